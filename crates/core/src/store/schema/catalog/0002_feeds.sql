-- The feed whose records this one replaced.
alter table feed add column continues text;

-- Copy of what trust.db knows about the feed, so that a damaged trust.db can be begun anew without losing the feeds.
alter table feed add column source text;

-- What syncs changed: the last of each feed.
create table news_sync (
  -- The revision to which the sync led.
  revision integer primary key,
  feed text not null,
  at text not null,
  from_generation integer not null,
  to_generation integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  -- How many of them can be listed.
  listed integer not null
) strict;

create index news_sync_feed on news_sync (feed, revision);

create table news (
  revision integer not null,
  kind text not null,
  id text not null,
  -- added, changed, removed
  change text not null,
  -- Name, as JSON.
  name text not null,
  -- The record exactly as published before and after; for an added one the catalog has it.
  before text,
  after text,
  primary key (revision, kind, id)
) strict, without rowid;
