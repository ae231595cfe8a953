-- A need tells where it may run, what data there is, how far the enterprise is and wants to come, and until when it stands.
drop view need;

create view need as
  select feed, id, raw ->> '$.name.zh' as name, raw ->> '$.name.en' as name_en, raw ->> '$.buyer' as buyer,
    raw ->> '$.need_kind' as need_kind, raw ->> '$.problem.zh' as problem, raw ->> '$.wanted.zh' as wanted,
    raw ->> '$.budget.text' as budget, raw ->> '$.budget.yuan' as budget_yuan,
    raw -> '$.data' as data, raw ->> '$.data_text' as data_text, raw ->> '$.sensitivity' as sensitivity,
    raw -> '$.deployment' as deployment, raw -> '$.delivery' as delivery, raw ->> '$.maturity' as maturity,
    raw ->> '$.goal' as goal, raw -> '$.partner' as partner, raw ->> '$.start' as start, raw ->> '$.finish' as finish,
    raw -> '$.hard' as hard, raw ->> '$.noticed' as noticed, raw ->> '$.deadline' as deadline, raw ->> '$.expires' as expires,
    raw ->> '$.consent' as consent, raw -> '$.industry' as industry, raw -> '$.stage' as stage,
    raw -> '$.technique' as technique, raw -> '$.typical_scenario' as typical_scenario, raw -> '$.region' as region,
    raw ->> '$.city' as city, raw -> '$.sources' as sources, raw
  from record where kind = 'need';
