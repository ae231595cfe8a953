select twin.feed, twin.kind, twin.id, twin.raw -> '$.name' as name, feed.title
from (
  select link.feed, link.kind, link.id
  from record as source
  join link on link.source = source.rowid
  where source.feed = ?1 and source.kind = ?2 and source.id = ?3 and link.rel = 'same_as'
  union
  select source.feed, source.kind, source.id
  from link
  join record as source on source.rowid = link.source
  where link.feed = ?1 and link.kind = ?2 and link.id = ?3 and link.rel = 'same_as' and ?4
) as said
join record as twin on twin.feed = said.feed and twin.kind = said.kind and twin.id = said.id
join feed on feed.feed = twin.feed
where (twin.feed, twin.kind, twin.id) <> (?1, ?2, ?3)
order by twin.feed, twin.kind, twin.id
limit ?5
