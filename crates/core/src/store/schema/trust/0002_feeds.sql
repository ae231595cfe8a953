-- The feeds that the user added, each with the root that was confirmed.
create table source (
  feed text primary key,
  -- Base address or folder; '' for a feed that only comes by file.
  base text not null,
  -- Further addresses, as a JSON array.
  mirrors text not null,
  -- Without encryption or inside the local network, which the user allowed.
  local integer not null,
  -- The first root, as published.
  root blob not null,
  added text not null
) strict, without rowid;

-- Signed files as last verified: their versions are floors too.
create table metadata (
  feed text not null,
  name text not null,
  bytes blob not null,
  primary key (feed, name)
) strict, without rowid;

-- How the last attempt went.
create table attempt (
  feed text primary key,
  last_attempt text not null,
  last_success text,
  failures integer not null,
  retry_after integer,
  -- As JSON; null after a success.
  problem text,
  -- Until when the publisher vouches for the generation.
  expires text,
  imported_expired integer not null
) strict, without rowid;
