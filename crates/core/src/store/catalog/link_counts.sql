select
  (select count(*) from record join link on link.source = record.rowid
    where record.feed = ?1 and record.kind = ?2 and record.id = ?3 and link.rel <> 'listed_in')
  + (select count(*) from link where feed = ?1 and kind = ?2 and id = ?3 and rel <> 'listed_in') as links,
  (select count(*) from link join record on record.rowid = link.source
    where link.feed = ?1 and link.kind = ?2 and link.id = ?3 and record.kind = 'case') as cases
