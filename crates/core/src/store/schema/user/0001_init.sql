-- user.db holds what the user made. It is irreplaceable: migrated, backed up, never deleted.

create table setting (
  key text primary key,
  value text not null
) strict, without rowid;

create table favourite (
  ref text primary key,
  -- When it was added, ISO 8601.
  added text not null,
  -- The whole record as it was then, so that it outlives its feed.
  copy text not null
) strict, without rowid;
