//! Lists that the user makes: a name, a note, and records in an order, each with a whole copy of it.
//!
//! Invariants: places have no gaps, among lists and within one; a member outlives its feed.

mod list;
mod member;
mod remove;
mod save;

pub(super) use member::{add_members, move_member, remove_members, restore_members};
pub(super) use remove::{remove, restore};
pub(super) use save::{move_list, save};

use rusqlite::{OptionalExtension as _, params};

use super::edit::{Edited, refused};
use super::needs::Desk;
use crate::api::types::Changes;
use crate::store::StoreError;

/// Most lists.
pub const LISTS_MAX: u32 = 200;
/// Most records of a list, and of one edit of it.
pub const MEMBERS_MAX: usize = 2_000;
/// Longest name, in characters.
pub(super) const NAME_MAX: usize = 120;
/// Longest note, in bytes.
pub(super) const NOTE_MAX: usize = 16 * 1024;

pub(super) const LISTS: Changes = Changes {
    lists: true,
    ..Changes::NONE
};

/// A name as it is stored: one line, without space around it.
pub(super) fn named<'a>(name: &'a str, field: &str) -> Result<&'a str, StoreError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return refused(field);
    }
    Ok(name)
}

impl Desk<'_> {
    /// How many members a list has.
    fn members(&self, list: &str) -> Result<Option<u32>, StoreError> {
        self.transaction
            .query_row(
                "select (select count(*) from member where list = id) from list where id = ?",
                [list],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.sql(error))
    }

    /// Makes room at a place, or closes the gap that is left there (`by` = 1 or -1).
    fn shift_members(&self, list: &str, from: u32, by: i32) -> Result<(), StoreError> {
        self.run(
            "update member set place = place + ?3 where list = ?1 and place >= ?2",
            params![list, from, by],
        )
    }

    fn shift_lists(&self, from: u32, by: i32) -> Result<(), StoreError> {
        self.run(
            "update list set place = place + ?2 where place >= ?1",
            params![from, by],
        )
    }
}
