select
  (select count(*) from record join link on link.source = record.rowid
    where record.feed = ?1 and record.kind = ?2 and record.id = ?3 and link.rel not in ('listed_in', 'same_as'))
  + (select count(*) from link where feed = ?1 and kind = ?2 and id = ?3 and rel not in ('listed_in', 'same_as')) as links,
  (select count(*) from link join record on record.rowid = link.source
    where link.feed = ?1 and link.kind = ?2 and link.id = ?3 and record.kind = 'case' and link.rel <> 'same_as') as cases
