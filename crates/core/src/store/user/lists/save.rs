//! Making a list, renaming it, giving it another place.

use rusqlite::{OptionalExtension as _, params};

use super::{Desk, Edited, LISTS, LISTS_MAX, NOTE_MAX, named, refused};
use crate::api::types::Edit;
use crate::model::reference::is_uuid;
use crate::store::StoreError;

/// Makes a list at the end, or changes the name and note of one that is there.
pub(in crate::store::user) fn save(desk: &Desk<'_>, list: &str, name: &str, note: &str) -> Edited {
    if !is_uuid(list) {
        return refused("list");
    }
    let name = named(name, "name")?;
    if note.len() > NOTE_MAX {
        return refused("note");
    }
    let former: Option<(String, String)> = desk
        .transaction
        .query_row("select name, note from list where id = ?", [list], |row| {
            Ok((row.get("name")?, row.get("note")?))
        })
        .optional()
        .map_err(|error| desk.sql(error))?;
    let inverse = match former {
        Some(former) if former == (name.to_owned(), note.to_owned()) => None,
        Some((former_name, former_note)) => {
            desk.run(
                "update list set name = ?2, note = ?3 where id = ?1",
                params![list, name, note],
            )?;
            Some(Edit::SaveList {
                list: list.to_owned(),
                name: former_name,
                note: former_note,
            })
        }
        None => {
            let place: u32 = desk.count("select count(*) from list")?;
            if place >= LISTS_MAX {
                return refused("lists");
            }
            desk.run(
                "insert into list values (?, ?, ?, ?, ?)",
                params![list, name, note, place, desk.now],
            )?;
            Some(Edit::RemoveList {
                list: list.to_owned(),
            })
        }
    };
    Ok((inverse, LISTS))
}

/// Gives a list another place among the others.
pub(in crate::store::user) fn move_list(desk: &Desk<'_>, list: &str, to: u32) -> Edited {
    let from: u32 = desk
        .transaction
        .query_row("select place from list where id = ?", [list], |row| {
            row.get("place")
        })
        .optional()
        .map_err(|error| desk.sql(error))?
        .ok_or_else(|| StoreError::NotFound(list.to_owned()))?;
    let last = desk.count("select count(*) from list")?.saturating_sub(1);
    let to = to.min(last);
    if to == from {
        return Ok((None, LISTS));
    }
    desk.shift_lists(from + 1, -1)?;
    desk.shift_lists(to, 1)?;
    desk.run(
        "update list set place = ?2 where id = ?1",
        params![list, to],
    )?;
    let inverse = Edit::MoveList {
        list: list.to_owned(),
        to: from,
    };
    Ok((Some(inverse), LISTS))
}
