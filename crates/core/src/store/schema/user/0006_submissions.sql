-- What the user handed to publishers, and what they answered. What has left the house cannot be taken back, so that no
-- step of undo knows of it.

create table submission_key (
  -- There is one.
  one integer primary key check (one = 1),
  -- Seed of the Ed25519 key; it leaves this file for nothing but signing.
  seed blob not null check (length(seed) = 32),
  -- When it was made, ISO 8601.
  made text not null
) strict;

create table submission (
  -- SHA-256 of the manifest, hexadecimal.
  id text primary key,
  -- When it was made, ISO 8601.
  made text not null
) strict, without rowid;

create table submitted (
  submission text not null references submission (id) on delete cascade,
  -- own/KIND/UUID.
  ref text not null,
  -- As it left.
  name text not null,
  -- SHA-256 of the record as it left, hexadecimal: tells whether it was changed since.
  sha256 text not null,
  primary key (submission, ref)
) strict, without rowid;

create index submitted_by_ref on submitted (ref);

create table submission_answer (
  submission text not null references submission (id) on delete cascade,
  ref text not null,
  feed text not null,
  -- When, as the publisher says, ISO 8601.
  made text not null,
  -- FEED/KIND/ID under which it is published; null when it was rejected.
  record text,
  reason text not null,
  primary key (submission, ref, feed)
) strict, without rowid;
