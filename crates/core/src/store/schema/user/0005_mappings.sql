-- How tables that the user imported became records, kept for the next file with the same columns.

create table mapping (
  -- SHA-256 of the kind and the headers.
  fingerprint text primary key,
  kind text not null,
  -- When it was last kept, ISO 8601.
  changed text not null,
  -- The mapping as JSON.
  document text not null
) strict, without rowid;
