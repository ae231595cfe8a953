select link.rel, true as forward, link.feed, link.kind, link.id, link.clause, target.raw -> '$.name' as name,
  (select value ->> 'by' from json_each(source.raw, '$.inferred') where value ->> 'field' = 'links.' || link.rel) as inferred
from record as source
join link on link.source = source.rowid
join record as target on target.feed = link.feed and target.kind = link.kind and target.id = link.id
where source.feed = ?1 and source.kind = ?2 and source.id = ?3
union all
select link.rel, false as forward, source.feed, source.kind, source.id, link.clause, source.raw -> '$.name' as name,
  (select value ->> 'by' from json_each(source.raw, '$.inferred') where value ->> 'field' = 'links.' || link.rel) as inferred
from link
join record as source on source.rowid = link.source
where link.feed = ?1 and link.kind = ?2 and link.id = ?3
