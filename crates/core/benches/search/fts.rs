//! SQLite's own full-text search: trigrams of the text, or the same bigrams as ours separated by spaces.
//!
//! Contentless tables, optimised after building, with the facets of each record in a table beside; the matches of a
//! query go into a table in memory once, from which the best rows and all counts are taken.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, params};

use super::Failure;
use super::engine::{Answer, Engine, Which};
use super::facets::{FACETS, codes};
use super::queries::{Query, ROWS, Terms};
use super::{store, terms};

const SCHEMA: &str = "
    create table doc (id integer primary key, ref text not null, evidence integer not null);
    create table name (id integer primary key, facet integer not null, code text not null);
    create table code (doc integer not null, facet integer not null, code integer not null,
        primary key (doc, facet, code)) without rowid;
";
const FILE: &str = "fts.db";

pub fn build(dir: &Path, into: &Path, which: Which) -> Result<(), Failure> {
    std::fs::create_dir_all(into)?;
    let mut connection = Connection::open(into.join(FILE))?;
    connection.execute_batch(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -262144;",
    )?;
    connection.execute_batch(SCHEMA)?;
    connection.execute_batch(match which {
        Which::Trigrams => "create virtual table fts using fts5(text, content='', tokenize='trigram')",
        _ => "create virtual table fts using fts5(text, content='', tokenize='unicode61', prefix='1')",
    })?;
    let transaction = connection.transaction()?;
    let mut names: HashMap<(u32, String), u32> = HashMap::new();
    let mut doc = 0_i64;
    store::each(dir, |reference, record, _| {
        doc += 1;
        let text = if which == Which::Trigrams {
            terms::plain(record)
        } else {
            terms::cut(record)
        };
        transaction
            .prepare_cached("insert into fts (rowid, text) values (?, ?)")?
            .execute(params![doc, text])?;
        let evidence = record.head().sources.len() as u32;
        let reference = reference.to_string();
        transaction
            .prepare_cached("insert into doc values (?, ?, ?)")?
            .execute(params![doc, reference, evidence])?;
        for (facet, codes) in (0_u32..).zip(codes(record)) {
            for code in codes {
                let next = names.len() as u32 + 1;
                let id = *names.entry((facet, code)).or_insert(next);
                transaction
                    .prepare_cached("insert into code values (?, ?, ?)")?
                    .execute(params![doc, facet, id])?;
            }
        }
        Ok(())
    })?;
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort();
    for ((facet, code), id) in names {
        transaction.execute(
            "insert into name values (?, ?, ?)",
            params![id, facet, code],
        )?;
    }
    transaction.execute_batch("insert into fts (fts) values ('optimize')")?;
    transaction.commit()?;
    connection.execute_batch(
        "create index by_code on code (facet, code, doc); analyze doc; analyze code;",
    )?;
    Ok(())
}

pub struct Fts {
    connection: Connection,
    which: Which,
    names: HashMap<u32, (u32, String)>,
}

impl Fts {
    pub fn open(from: &Path, which: Which) -> Result<Self, Failure> {
        let connection = Connection::open(from.join(FILE))?;
        connection.execute_batch(
            "pragma cache_size = -262144; pragma mmap_size = 17179869184; pragma temp_store = memory;
             create temp table hit (doc integer primary key, rank real not null, missed integer not null);",
        )?;
        let mut names = HashMap::new();
        connection
            .prepare("select id, facet, code from name")?
            .query_map([], |row| {
                names.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
                Ok(())
            })?
            .collect::<Result<(), _>>()?;
        Ok(Self {
            connection,
            which,
            names,
        })
    }

    /// The query in the words of FTS5.
    fn expression(&self, terms: &Terms) -> Option<String> {
        let quoted = |terms: &[String]| {
            terms
                .iter()
                .map(|term| format!("\"{term}\""))
                .collect::<Vec<_>>()
        };
        match (self.which, terms) {
            (_, Terms::Nothing) => Some(String::new()),
            (Which::Trigrams, Terms::Char(_)) => None,
            (Which::Trigrams, Terms::All(words)) => words
                .iter()
                .all(|word| word.chars().count() >= 3)
                .then(|| quoted(words).join(" AND ")),
            (Which::Trigrams, Terms::Any(text)) => {
                let chars: Vec<char> = text.chars().collect();
                let trigrams: Vec<String> = chars
                    .windows(3)
                    .map(|three| three.iter().collect())
                    .collect();
                Some(quoted(&trigrams).join(" OR "))
            }
            (_, Terms::Char(c)) => Some(format!("\"{c}\"*")),
            (_, Terms::All(words)) => {
                let terms: Vec<String> = words.iter().flat_map(|word| terms::asked(word)).collect();
                Some(quoted(&terms).join(" AND "))
            }
            (_, Terms::Any(text)) => Some(quoted(&terms::asked(text)).join(" OR ")),
        }
    }

    /// A condition that is true where a document misses a filter.
    fn missed(&self, facet: u32, codes: &[String], doc: &str) -> String {
        let mut ids: Vec<String> = self
            .names
            .iter()
            .filter(|(_, (of, code))| *of == facet && codes.contains(code))
            .map(|(id, _)| id.to_string())
            .collect();
        ids.sort();
        let ids = ids.join(",");
        format!(
            "not exists (select 1 from code c where c.doc = {doc} and c.facet = {facet} and c.code in ({ids}))"
        )
    }

    /// The best rows and the number of matches alone, without a table of hits.
    fn few(&self, expression: &str) -> Result<Answer, Failure> {
        let mut total = self
            .connection
            .prepare_cached("select count(*) from fts where fts match ?")?;
        let mut best = self.connection.prepare_cached(
            "select d.ref from (select rowid, rank from fts where fts match ? order by rank limit ?) f
             join doc d on d.id = f.rowid order by f.rank",
        )?;
        Ok(Answer {
            total: total.query_row([expression], |row| row.get(0))?,
            best: best
                .query_map(params![expression, ROWS as u32], |row| row.get(0))?
                .collect::<Result<_, _>>()?,
            ..Answer::default()
        })
    }
}

impl Engine for Fts {
    fn answer(&mut self, query: &Query) -> Result<Option<Answer>, Failure> {
        let Some(expression) = self.expression(&query.terms) else {
            return Ok(None);
        };
        if !query.counted && query.filters.is_empty() {
            return Ok(Some(self.few(&expression)?));
        }
        let doc = if expression.is_empty() {
            "doc.id"
        } else {
            "fts.rowid"
        };
        let missed: Vec<String> = query
            .filters
            .iter()
            .enumerate()
            .map(|(at, (facet, codes))| {
                format!("({}) * {}", self.missed(*facet as u32, codes, doc), 1 << at)
            })
            .collect();
        let missed = if missed.is_empty() {
            "0".to_owned()
        } else {
            missed.join(" + ")
        };
        self.connection
            .prepare_cached("delete from temp.hit")?
            .execute([])?;
        if expression.is_empty() {
            let sql = format!("insert into temp.hit select id, -evidence, {missed} from doc");
            self.connection.prepare_cached(&sql)?.execute([])?;
        } else {
            let sql = format!(
                "insert into temp.hit select rowid, bm25(fts), {missed} from fts where fts match ?"
            );
            self.connection
                .prepare_cached(&sql)?
                .execute([expression])?;
        }
        let total = self
            .connection
            .prepare_cached("select count(*) from temp.hit where missed = 0")?
            .query_row([], |row| row.get(0))?;
        let mut best = self.connection.prepare_cached(
            "select ref from (select doc, rank from temp.hit where missed = 0 order by rank, doc limit ?) h
             join doc d on d.id = h.doc order by h.rank, h.doc",
        )?;
        let best = best
            .query_map([ROWS as u32], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut facets: Vec<Vec<(String, u32)>> = FACETS.iter().map(|_| Vec::new()).collect();
        // What fails one filter still counts in the facet of that filter.
        for (facet, counts) in (0_u32..).zip(&mut facets) {
            let own = query
                .filters
                .iter()
                .position(|(of, _)| *of as u32 == facet)
                .map_or(0, |at| 1_u32 << at);
            let mut counted = self.connection.prepare_cached(
                "select c.code, count(*) from temp.hit h cross join code c on c.doc = h.doc and c.facet = ?1
                 where (h.missed & ~?2) = 0 group by c.code",
            )?;
            let rows = counted.query_map(params![facet, own], |row| {
                Ok((row.get::<_, u32>(0)?, row.get(1)?))
            })?;
            for row in rows {
                let (code, count) = row?;
                counts.push((self.names[&code].1.clone(), count));
            }
            counts.sort();
        }
        Ok(Some(Answer {
            total,
            best,
            facets,
            ..Answer::default()
        }))
    }
}
