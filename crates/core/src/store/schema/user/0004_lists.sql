-- Lists, tags, notes, saved searches, what was seen, what is compared, drafts, and the record of what happened.

create table list (
  -- UUID.
  id text primary key,
  name text not null,
  -- Markdown.
  note text not null,
  -- Order among the lists, from 0 without gaps.
  place integer not null,
  -- When it was made, ISO 8601.
  created text not null
) strict, without rowid;

create table member (
  list text not null references list (id) on delete cascade,
  ref text not null,
  -- Order within the list, from 0 without gaps.
  place integer not null,
  -- When it was added, ISO 8601.
  added text not null,
  -- The whole record as it was then, so that it outlives its feed.
  copy text not null,
  primary key (list, ref)
) strict;

create index member_ref on member (ref);

create table annotation (
  -- The record of the catalog or of the user's own.
  ref text primary key,
  -- Names as a JSON array, in order.
  tags text not null,
  -- Markdown.
  note text not null,
  -- When either last changed, ISO 8601.
  changed text not null,
  -- The whole record as it was when the user first said something about it.
  copy text not null
) strict;

create table saved_search (
  -- UUID.
  id text primary key,
  name text not null,
  -- What to search for as JSON.
  request text not null,
  place integer not null,
  -- When the newest sync that the user has seen the results of was applied, ISO 8601; empty for none.
  seen text not null,
  -- When it was saved, ISO 8601.
  created text not null
) strict, without rowid;

create table recent (
  ref text primary key,
  -- Grows with every record looked at.
  turn integer not null
) strict, without rowid;

create table tray (
  ref text primary key,
  place integer not null
) strict, without rowid;

create table need_draft (
  -- The need that is being written; empty for one that does not exist yet.
  ref text primary key,
  -- Form and text as JSON.
  document text not null
) strict;

create table audit (
  -- Grows; the oldest lines give way.
  id integer primary key autoincrement,
  -- When, ISO 8601.
  at text not null,
  -- What happened as JSON.
  event text not null
) strict;
