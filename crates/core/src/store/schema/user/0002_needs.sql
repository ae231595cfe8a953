-- What the user needs, the work on it, and what staff decided about giving needs to providers.

create table need (
  -- own/need/UUID.
  ref text primary key,
  -- What lists and the board show, taken from the document whenever it is written.
  title text not null,
  enterprise text not null,
  masked integer not null check (masked in (0, 1)),
  status text not null,
  reason text not null,
  next text,
  deadline text,
  expires text,
  shortlisted integer not null,
  -- When it was written down and last changed, ISO 8601.
  created text not null,
  changed text not null,
  -- The whole need as JSON: form, text, note, next date, reason, shortlist with copies of the records, history, and
  -- the hits that were last looked at. One document, so that what undo puts back is all of it.
  document text not null
) strict;

create table portfolio (
  -- There is one.
  one integer primary key check (one = 1),
  plan text not null
) strict;
