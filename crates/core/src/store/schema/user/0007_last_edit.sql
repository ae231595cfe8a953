-- The last edit, so that whoever opens the file next can take it back.

create table last_edit (
  one integer primary key check (one = 1),
  -- When it was made, ISO 8601.
  made text not null,
  -- Which kinds of data it changed, as JSON, and how many records it was about.
  changes text not null,
  records integer not null,
  -- The edit that takes it back, as JSON.
  inverse text not null
) strict;
