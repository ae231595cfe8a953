//! Reading needs.

use rusqlite::OptionalExtension as _;

use super::Need;
use crate::api::types::{NeedRow, NeedsRequest};
use crate::model::{Date, NeedStatus, Record, RecordRef};
use crate::store::StoreError;
use crate::store::user::{User, unreadable};

impl User {
    /// The needs that a request asks for, most recently changed first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn needs(&self, request: &NeedsRequest) -> Result<Vec<NeedRow>, StoreError> {
        let rows: Vec<NeedRow> = self.read(|connection| {
            connection
                .prepare_cached(
                    "select ref, title, enterprise, masked, status, reason, next, deadline, expires, shortlisted, changed \
                     from need order by changed desc, ref",
                )?
                .query_map([], row)?
                .collect()
        })?;
        let wanted = request.text.trim().to_lowercase();
        let mut found = Vec::new();
        for row in rows {
            if (request.status.is_empty() || request.status.contains(&row.status))
                && (wanted.is_empty() || self.mentions(&row, &wanted)?)
            {
                found.push(row);
            }
        }
        Ok(found)
    }

    /// How many needs there are.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn need_count(&self) -> Result<u32, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select count(*) from need")?
                .query_row([], |row| row.get(0))
        })
    }

    fn mentions(&self, row: &NeedRow, wanted: &str) -> Result<bool, StoreError> {
        let has = |text: &str| text.to_lowercase().contains(wanted);
        if has(&row.title) || has(&row.enterprise) {
            return Ok(true);
        }
        let need = self.need(&row.reference)?;
        Ok(need.is_some_and(|need| {
            [
                &need.text,
                &need.note,
                &need.form.problem,
                &need.form.wanted,
            ]
            .into_iter()
            .any(|text| has(text))
        }))
    }

    /// The copy of a record that is kept with a need: on its shortlist, or among the hits that were last looked at.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn kept_with_need(&self, reference: &RecordRef) -> Result<Option<Record>, StoreError> {
        let documents: Vec<Need> = self.read(|connection| {
            connection
                .prepare_cached(
                    "select document from need where instr(document, ?) > 0 order by changed desc, ref",
                )?
                .query_map([reference.to_string()], |row| {
                    let document: String = row.get("document")?;
                    serde_json::from_str(&document).map_err(unreadable)
                })?
                .collect()
        })?;
        let shortlisted = documents
            .iter()
            .flat_map(|need| &need.shortlist)
            .filter(|kept| kept.reference == *reference)
            .find_map(super::Kept::read);
        let standings = || documents.iter().flat_map(|need| need.standings.values());
        Ok(shortlisted.or_else(|| {
            standings()
                .flat_map(|standing| &standing.hits)
                .filter(|hit| hit.record.reference == *reference)
                .find_map(|hit| serde_json::from_value(hit.copy.clone()?).ok())
        }))
    }

    /// A need with all the work on it.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn need(&self, reference: &RecordRef) -> Result<Option<Need>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select document from need where ref = ?")?
                .query_row([reference.to_string()], |row| {
                    row.get::<_, String>("document")
                })
                .optional()?
                .map(|document| serde_json::from_str(&document).map_err(unreadable))
                .transpose()
        })
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<NeedRow> {
    let text = |column: &str| row.get::<_, String>(column);
    let date = |column: &str| -> rusqlite::Result<Option<Date>> {
        let text: Option<String> = row.get(column)?;
        Ok(text.and_then(|text| Date::parse(&text).ok()))
    };
    let reference = text("ref")?.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(NeedRow {
        reference,
        title: text("title")?,
        enterprise: text("enterprise")?,
        masked: row.get("masked")?,
        status: NeedStatus::parse(&text("status")?).unwrap_or_default(),
        reason: text("reason")?,
        next: date("next")?,
        deadline: date("deadline")?,
        expires: date("expires")?,
        shortlisted: row.get("shortlisted")?,
        changed: text("changed")?,
    })
}
