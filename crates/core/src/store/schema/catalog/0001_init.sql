-- catalog.db holds what feeds publish. It is derived: it may be deleted and is built anew, and it has no
-- migrations: a file of another version is set aside and imported again.

create table meta (
  key text primary key,
  value integer not null
) strict, without rowid;

insert into meta values ('revision', 0);

create table feed (
  feed text primary key,
  generation integer not null,
  digest text not null,
  published text not null,
  title text not null,
  records integer not null
) strict, without rowid;

create table record (
  rowid integer primary key,
  feed text not null,
  kind text not null,
  id text not null,
  bucket integer not null,
  sha256 blob not null,
  -- The record exactly as published: the digest is over these bytes.
  raw text not null,
  unique (feed, kind, id)
) strict;

create index record_bucket on record (feed, bucket, kind, id);

create table bucket (
  feed text not null,
  bucket integer not null,
  digest blob not null,
  primary key (feed, bucket)
) strict, without rowid;

create table link (
  source integer not null references record (rowid) on delete cascade,
  rel text not null,
  feed text not null,
  kind text not null,
  id text not null,
  clause text
) strict;

create index link_source on link (source);
create index link_target on link (feed, kind, id);

-- Records whose index documents are to be written anew, by the revision that changed them.
create table outbox (
  revision integer not null,
  feed text not null,
  kind text not null,
  id text not null,
  primary key (revision, feed, kind, id)
) strict, without rowid;

-- The panorama, counted as records come and go, so that the first screen costs the same at any size.
-- action is '' for the count over all records.
create table panorama (
  kind text not null,
  action text not null,
  industry_group text not null,
  stage text not null,
  inferred integer not null,
  records integer not null,
  primary key (kind, action, industry_group, stage, inferred)
) strict, without rowid;

create table panorama_region (
  kind text not null,
  action text not null,
  region text not null,
  records integer not null,
  primary key (kind, action, region)
) strict, without rowid;

-- Records of the kinds that this version does not show are counted here too.
create table kind_count (
  kind text primary key,
  records integer not null
) strict, without rowid;

-- Views for people who read the file with other tools: one per kind, the common facts as columns.
create view scenario as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.summary.zh' as summary,
    raw -> '$.industry' as industry, raw -> '$.stage' as stage, raw -> '$.technique' as technique, raw -> '$.region' as region,
    raw ->> '$.opened_by' as opened_by, raw -> '$.typical_scenario' as typical_scenario, raw ->> '$.problem.zh' as problem,
    raw ->> '$.approach.zh' as approach, raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'scenario';

create view enterprise as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.credit_code' as credit_code,
    raw -> '$.tier' as tier, raw -> '$.industry' as industry, raw -> '$.region' as region, raw ->> '$.city' as city,
    raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'enterprise';

create view provider as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.credit_code' as credit_code,
    raw -> '$.tier' as tier, raw -> '$.industry' as industry, raw -> '$.products' as products, raw -> '$.offers' as offers,
    raw -> '$.region' as region, raw ->> '$.city' as city, raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'provider';

create view solution as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.provider' as provider,
    raw -> '$.category' as category, raw -> '$.delivery' as delivery, raw -> '$.industry' as industry, raw -> '$.stage' as stage,
    raw -> '$.technique' as technique, raw ->> '$.capability.zh' as capability, raw ->> '$.price' as price,
    raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'solution';

-- "case" is a word of SQL, so readers must quote this view.
create view "case" as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.enterprise' as enterprise,
    raw ->> '$.provider' as provider, raw -> '$.industry' as industry, raw -> '$.stage' as stage, raw -> '$.technique' as technique,
    raw -> '$.region' as region, raw -> '$.outcomes' as outcomes, raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'case';

create view base as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.host' as host,
    raw -> '$.partners' as partners, raw -> '$.services' as services, raw -> '$.region' as region, raw ->> '$.city' as city,
    raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'base';

create view dataset as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.holder' as holder,
    raw ->> '$.data_kind' as data_kind, raw ->> '$.size' as size, raw -> '$.industry' as industry, raw ->> '$.website' as website,
    raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'dataset';

create view model as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.developer' as developer,
    raw ->> '$.filing_no' as filing_no, raw ->> '$.algorithm_filing_no' as algorithm_filing_no, raw -> '$.field' as field,
    raw ->> '$.website' as website, raw ->> '$.date' as date, raw -> '$.sources' as sources, raw
  from record where kind = 'model';

create view document as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.doc_number' as doc_number,
    raw ->> '$.doc_kind' as doc_kind, raw -> '$.issuers' as issuers, raw ->> '$.signed' as signed, raw ->> '$.published' as published,
    raw -> '$.clauses' as clauses, raw -> '$.targets' as targets, raw -> '$.support' as support, raw -> '$.sources' as sources, raw
  from record where kind = 'document';

create view need as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.buyer' as buyer,
    raw ->> '$.need_kind' as need_kind, raw ->> '$.budget.text' as budget, raw ->> '$.budget.yuan' as budget_yuan,
    raw ->> '$.noticed' as noticed, raw ->> '$.deadline' as deadline, raw -> '$.industry' as industry, raw -> '$.region' as region,
    raw ->> '$.city' as city, raw -> '$.sources' as sources, raw
  from record where kind = 'need';

create view list as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.doc_number' as doc_number,
    raw -> '$.issuers' as issuers, raw ->> '$.announced' as announced, raw -> '$.entries' as entries, raw ->> '$.date' as date,
    raw -> '$.sources' as sources, raw
  from record where kind = 'list';
