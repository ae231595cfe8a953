//! Saved searches: a name, what to search for, and up to which sync the results were seen.

use rusqlite::{OptionalExtension as _, params};

use super::User;
use super::edit::{Edited, refused};
use super::lists::named;
use super::needs::Desk;
use super::unreadable;
use crate::api::types::{Changes, Edit, SearchRequest, StoredSearch};
use crate::model::reference::is_uuid;
use crate::store::StoreError;

/// Most saved searches.
pub const SEARCHES_MAX: u32 = 100;
/// Longest request as JSON, in bytes.
const REQUEST_MAX: usize = 16 * 1024;
/// Longest time, with room to spare.
const TIME_MAX: usize = 32;

const SEARCHES: Changes = Changes {
    searches: true,
    ..Changes::NONE
};

impl User {
    /// The saved searches, in the user's order.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn searches(&self) -> Result<Vec<StoredSearch>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select * from saved_search order by place, id")?
                .query_map([], search)?
                .collect()
        })
    }
}

fn search(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredSearch> {
    let request: String = row.get("request")?;
    Ok(StoredSearch {
        id: row.get("id")?,
        name: row.get("name")?,
        request: serde_json::from_str(&request).map_err(unreadable)?,
        place: row.get("place")?,
        seen: row.get("seen")?,
        created: row.get("created")?,
    })
}

fn stored(desk: &Desk<'_>, id: &str) -> Result<Option<StoredSearch>, StoreError> {
    desk.transaction
        .query_row("select * from saved_search where id = ?", [id], search)
        .optional()
        .map_err(|error| desk.sql(error))
}

/// What a request asks for, without what only a screen needs of it.
fn bare(request: &SearchRequest) -> SearchRequest {
    SearchRequest {
        offset: 0,
        limit: 0,
        facets: Vec::new(),
        ..request.clone()
    }
}

fn put(desk: &Desk<'_>, search: &StoredSearch) -> Result<(), StoreError> {
    let name = named(&search.name, "name")?;
    let Ok(request) = serde_json::to_string(&bare(&search.request)) else {
        return refused("request");
    };
    if request.len() > REQUEST_MAX {
        return refused("request");
    }
    if search.seen.len() > TIME_MAX {
        return refused("seen");
    }
    desk.run(
        "insert or replace into saved_search values (?, ?, ?, ?, ?, ?)",
        params![
            search.id,
            name,
            request,
            search.place,
            search.seen,
            search.created
        ],
    )
}

/// Saves a search at the end, or changes one that is there.
pub(super) fn save(
    desk: &Desk<'_>,
    id: &str,
    name: &str,
    request: &SearchRequest,
    seen: &str,
) -> Edited {
    if !is_uuid(id) {
        return refused("search");
    }
    let former = stored(desk, id)?;
    let search = match &former {
        // What was seen of the search as it was says nothing about another one.
        Some(former) => StoredSearch {
            name: name.to_owned(),
            request: bare(request),
            ..former.clone()
        },
        None => StoredSearch {
            id: id.to_owned(),
            name: name.to_owned(),
            request: bare(request),
            place: desk.count("select coalesce(max(place) + 1, 0) from saved_search")?,
            seen: seen.to_owned(),
            created: desk.now.to_owned(),
        },
    };
    if former.as_ref() == Some(&search) {
        return Ok((None, SEARCHES));
    }
    if former.is_none() && desk.count("select count(*) from saved_search")? >= SEARCHES_MAX {
        return refused("searches");
    }
    put(desk, &search)?;
    let inverse = former.map_or_else(
        || Edit::RemoveSearch {
            search: id.to_owned(),
        },
        |former| Edit::SaveSearch {
            search: former.id,
            name: former.name,
            request: Box::new(former.request),
            seen: former.seen,
        },
    );
    Ok((Some(inverse), SEARCHES))
}

/// Removes a saved search.
pub(super) fn remove(desk: &Desk<'_>, id: &str) -> Edited {
    let Some(search) = stored(desk, id)? else {
        return Ok((None, SEARCHES));
    };
    desk.run("delete from saved_search where id = ?", [id])?;
    let inverse = Edit::RestoreSearch {
        search: Box::new(search),
    };
    Ok((Some(inverse), SEARCHES))
}

/// Puts a saved search back as it was.
pub(super) fn restore(desk: &Desk<'_>, search: &StoredSearch) -> Edited {
    if !is_uuid(&search.id) || stored(desk, &search.id)?.is_some() {
        return refused("search");
    }
    put(desk, search)?;
    let inverse = Edit::RemoveSearch {
        search: search.id.clone(),
    };
    Ok((Some(inverse), SEARCHES))
}

/// Keeps up to when the results were seen.
pub(super) fn see(desk: &Desk<'_>, id: &str, seen: &str) -> Edited {
    if seen.len() > TIME_MAX {
        return refused("seen");
    }
    desk.run(
        "update saved_search set seen = ?2 where id = ?1",
        params![id, seen],
    )?;
    Ok((None, SEARCHES))
}
