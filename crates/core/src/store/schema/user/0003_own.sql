-- What the user lists: records of the user's own, what was removed, what is being written, corrections of the catalog.

create table own (
  -- own/KIND/UUID. Needs are not here: they have a table of their own.
  ref text primary key,
  kind text not null,
  -- The name by which lists are put in order, taken from the document whenever it is written.
  name text not null,
  -- When it was written down and last changed, ISO 8601.
  created text not null,
  changed text not null,
  -- The record as JSON, as a feed would carry it.
  document text not null
) strict;

create index own_by_changed on own (kind, changed, ref);
create index own_by_name on own (kind, name, ref);

-- The links of own records, taken from the documents whenever they are written, so that both ends find them.
create table own_link (
  source text not null references own (ref) on delete cascade,
  rel text not null,
  -- FEED/KIND/ID, of this user or of the catalog; it need not be there.
  target text not null,
  clause text
) strict;

create index own_link_by_source on own_link (source);
create index own_link_by_target on own_link (target);

-- The last revision in which each own record or need changed. One that is in neither table is gone. The index of own
-- records follows by this.
create table own_change (
  ref text primary key,
  revision integer not null
) strict, without rowid;

create index own_change_by_revision on own_change (revision);

-- The last revisions; the greatest is what is there now.
create table own_revision (
  revision integer primary key,
  -- SHA-256 over everything that was ever changed: tells a file from one that was put in its place.
  history text not null
) strict;

insert into own_change select ref, 1 from need;
insert into own_revision values ((select count(*) > 0 from need), '');

-- What was removed, kept for 30 days.
create table trash (
  ref text primary key,
  name text not null,
  -- When it was written down and when it was removed, ISO 8601.
  created text not null,
  removed text not null,
  -- All of it, in the form in which its own table keeps it.
  document text not null
) strict;

create index trash_by_removed on trash (removed, ref);

-- What is being written in a form, not yet a record: it may lack anything.
create table draft (
  ref text primary key,
  changed text not null,
  document text not null
) strict, without rowid;

-- Corrections of catalog records and remarks on them. The records stay as their feed has them.
create table overlay (
  ref text primary key,
  changed text not null,
  document text not null
) strict, without rowid;
