//! What is at hand for a while: records that were looked at, records that are compared, drafts.

use rusqlite::params;

use super::User;
use super::edit::{Edited, refused};
use super::needs::{Desk, TEXT_MAX};
use super::unreadable;
use crate::api::types::{Changes, Edit, KeptDraft, NeedDraft};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Records that were looked at and are remembered.
pub const RECENT_MAX: usize = 50;
/// Most records that are compared.
pub const TRAY_MAX: usize = 4;
/// Most drafts.
const DRAFTS_MAX: u32 = 200;
/// Longest draft as JSON, in bytes.
const DRAFT_MAX: usize = 4 * TEXT_MAX;

const RECENT: Changes = Changes {
    recent: true,
    ..Changes::NONE
};
const TRAY: Changes = Changes {
    tray: true,
    ..Changes::NONE
};

impl User {
    /// The records that were looked at, newest first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn recent(&self) -> Result<Vec<RecordRef>, StoreError> {
        self.references("select ref from recent order by turn desc, ref")
    }

    /// The records that are compared, in order.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn tray(&self) -> Result<Vec<RecordRef>, StoreError> {
        self.references("select ref from tray order by place, ref")
    }

    /// What was typed and not saved; a draft that this version cannot read is passed over.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn need_drafts(&self) -> Result<Vec<KeptDraft>, StoreError> {
        let rows: Vec<(String, String)> = self.read(|connection| {
            connection
                .prepare_cached("select ref, document from need_draft order by ref")?
                .query_map([], |row| Ok((row.get("ref")?, row.get("document")?)))?
                .collect()
        })?;
        let read = |(reference, document): (String, String)| {
            let draft: NeedDraft = serde_json::from_str(&document).ok()?;
            Some(KeptDraft { reference, draft })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    fn references(&self, sql: &str) -> Result<Vec<RecordRef>, StoreError> {
        let refs: Vec<String> = self.read(|connection| {
            connection
                .prepare_cached(sql)?
                .query_map([], |row| row.get("ref"))?
                .collect()
        })?;
        Ok(refs
            .iter()
            .filter_map(|reference| reference.parse().ok())
            .collect())
    }
}

fn references(desk: &Desk<'_>, sql: &str) -> Result<Vec<RecordRef>, StoreError> {
    let refs: Vec<String> = desk
        .transaction
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_map([], |row| row.get("ref"))?.collect())
        .map_err(|error| desk.sql(error))?;
    Ok(refs
        .iter()
        .filter_map(|reference| reference.parse().ok())
        .collect())
}

/// Keeps that a record was looked at; the one that was not for longest gives way.
pub(super) fn see(desk: &Desk<'_>, reference: &RecordRef) -> Edited {
    desk.run(
        "insert or replace into recent values (?, (select coalesce(max(turn), 0) + 1 from recent))",
        [reference.to_string()],
    )?;
    desk.run(
        "delete from recent where ref not in (select ref from recent order by turn desc limit ?)",
        [RECENT_MAX as u32],
    )?;
    Ok((None, RECENT))
}

/// Sets the records that were looked at, newest first.
pub(super) fn set_recent(desk: &Desk<'_>, refs: &[RecordRef]) -> Edited {
    if refs.len() > RECENT_MAX {
        return refused("refs");
    }
    let former = references(desk, "select ref from recent order by turn desc, ref")?;
    if former == refs {
        return Ok((None, RECENT));
    }
    desk.run("delete from recent", [])?;
    for (turn, reference) in (1u32..).zip(refs.iter().rev()) {
        desk.run(
            "insert or replace into recent values (?, ?)",
            params![reference.to_string(), turn],
        )?;
    }
    Ok((Some(Edit::SetRecent { refs: former }), RECENT))
}

/// Sets the records that are compared.
pub(super) fn set_tray(desk: &Desk<'_>, refs: &[RecordRef]) -> Edited {
    if refs.len() > TRAY_MAX {
        return refused("refs");
    }
    let former = references(desk, "select ref from tray order by place, ref")?;
    if former == refs {
        return Ok((None, TRAY));
    }
    desk.run("delete from tray", [])?;
    for (place, reference) in (0u32..).zip(refs) {
        desk.run(
            "insert or ignore into tray values (?, ?)",
            params![reference.to_string(), place],
        )?;
    }
    Ok((Some(Edit::SetTray { refs: former }), TRAY))
}

/// Keeps a draft, or forgets it.
pub(super) fn keep_draft(desk: &Desk<'_>, reference: &str, draft: Option<&NeedDraft>) -> Edited {
    let known = reference.is_empty()
        || reference
            .parse::<RecordRef>()
            .is_ok_and(|reference| reference.is_own_need());
    if !known {
        return refused("ref");
    }
    let Some(draft) = draft else {
        desk.run("delete from need_draft where ref = ?", [reference])?;
        return Ok((None, Changes::NONE));
    };
    let document = serde_json::to_string(draft).map_err(|error| desk.sql(unreadable(error)))?;
    if document.len() > DRAFT_MAX || desk.count("select count(*) from need_draft")? >= DRAFTS_MAX {
        return refused("draft");
    }
    desk.run(
        "insert or replace into need_draft values (?, ?)",
        params![reference, document],
    )?;
    Ok((None, Changes::NONE))
}
