-- trust.db holds the rollback floors. It survives a reset of the catalog.

create table floor (
  feed text primary key,
  -- The highest generation ever applied.
  generation integer not null,
  digest text not null
) strict, without rowid;
