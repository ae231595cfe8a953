//! What the user says about records, whosever they are: tags and a note, with a whole copy of the record.
//!
//! A record about which nothing is said any more has no row. Tags stand in the order of their names.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, params};

use super::edit::{Edited, refused};
use super::needs::{Desk, NOTE_MAX};
use super::{Kept, User};
use crate::api::types::{Annotation, Changes, Edit, TagRow};
use crate::model::{Record, RecordRef};
use crate::store::StoreError;

/// Most tags of a record.
pub const TAGS_MAX: usize = 20;
/// Longest tag, in characters.
const TAG_MAX: usize = 40;
/// Most records of one edit.
const REFS_MAX: usize = 2_000;

const ANNOTATIONS: Changes = Changes {
    annotations: true,
    ..Changes::NONE
};

impl User {
    /// What was said about a record.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn annotation(&self, reference: &RecordRef) -> Result<Option<Annotation>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select * from annotation where ref = ?")?
                .query_row([reference.to_string()], annotation)
                .optional()
        })
    }

    /// The tags in use, in the order of their names.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn tags(&self) -> Result<Vec<TagRow>, StoreError> {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let stored: Vec<String> = self.read(|connection| {
            connection
                .prepare_cached("select tags from annotation where tags <> '[]'")?
                .query_map([], |row| row.get("tags"))?
                .collect()
        })?;
        for tag in stored.iter().flat_map(|tags| read_tags(tags)) {
            *counts.entry(tag).or_default() += 1;
        }
        Ok(counts
            .into_iter()
            .map(|(tag, records)| TagRow { tag, records })
            .collect())
    }

    /// The records with a tag, or those with a note when no tag is named; what was said last comes first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn tagged(&self, tag: &str) -> Result<Vec<Kept>, StoreError> {
        let sql = if tag.is_empty() {
            "select ref, changed as added, copy from annotation where note <> ?1 order by changed desc, ref"
        } else {
            "select ref, changed as added, copy from annotation
             where exists (select 1 from json_each(tags) where value = ?1) order by changed desc, ref"
        };
        self.kept_records(sql, [tag])
    }
}

fn annotation(row: &rusqlite::Row<'_>) -> rusqlite::Result<Annotation> {
    Ok(Annotation {
        tags: read_tags(&row.get::<_, String>("tags")?),
        note: row.get("note")?,
        changed: row.get("changed")?,
        copy: row.get("copy")?,
    })
}

fn read_tags(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

/// A tag as it is stored: one line, without space around it.
fn tagged(tag: &str) -> Result<String, StoreError> {
    let tag = tag.trim();
    if tag.is_empty() || tag.chars().count() > TAG_MAX || tag.chars().any(char::is_control) {
        return refused("tag");
    }
    Ok(tag.to_owned())
}

impl Desk<'_> {
    fn annotation(&self, reference: &RecordRef) -> Result<Option<Annotation>, StoreError> {
        self.transaction
            .query_row(
                "select * from annotation where ref = ?",
                [reference.to_string()],
                annotation,
            )
            .optional()
            .map_err(|error| self.sql(error))
    }

    /// Writes what is said about a record; nothing of it stays when nothing is.
    fn annotate(&self, reference: &RecordRef, said: Option<&Annotation>) -> Result<(), StoreError> {
        match said.filter(|said| !said.tags.is_empty() || !said.note.is_empty()) {
            Some(said) => self.run(
                "insert or replace into annotation values (?, ?, ?, ?, ?)",
                params![
                    reference.to_string(),
                    serde_json::Value::from(said.tags.clone()).to_string(),
                    said.note,
                    said.changed,
                    said.copy
                ],
            ),
            None => self.run(
                "delete from annotation where ref = ?",
                [reference.to_string()],
            ),
        }
    }

    /// What was said about a record, or the beginning of it, with a copy of the record as it is now.
    fn begun(&self, reference: &RecordRef) -> Result<Annotation, StoreError> {
        if let Some(said) = self.annotation(reference)? {
            return Ok(said);
        }
        let copy = self.copy_of(reference)?;
        Ok(Annotation {
            tags: Vec::new(),
            note: String::new(),
            changed: String::new(),
            copy: copy.ok_or_else(|| StoreError::NotFound(reference.to_string()))?,
        })
    }

    /// Changes what is said about records, and answers how to take that back.
    fn say(
        &self,
        refs: &[RecordRef],
        mut work: impl FnMut(&mut Annotation) -> Result<(), StoreError>,
    ) -> Edited {
        let mut former = Vec::new();
        for reference in refs {
            let mut said = self.begun(reference)?;
            let before = (said.tags.clone(), said.note.clone());
            let existed = !said.changed.is_empty();
            let stored = existed.then(|| said.clone());
            work(&mut said)?;
            if before == (said.tags.clone(), said.note.clone()) {
                continue;
            }
            self.now.clone_into(&mut said.changed);
            self.annotate(reference, Some(&said))?;
            former.push((reference.clone(), stored));
        }
        former.reverse();
        let inverse = (!former.is_empty()).then_some(Edit::RestoreAnnotations {
            annotations: former,
        });
        Ok((inverse, ANNOTATIONS))
    }
}

/// Puts tags on records and takes others off.
pub(super) fn set_tags(
    desk: &Desk<'_>,
    refs: &[RecordRef],
    add: &[String],
    remove: &[String],
) -> Edited {
    if refs.len() > REFS_MAX {
        return refused("refs");
    }
    let add: Vec<String> = add
        .iter()
        .map(|tag| tagged(tag))
        .collect::<Result<_, _>>()?;
    desk.say(refs, |said| {
        let mut tags: BTreeSet<String> = said.tags.drain(..).collect();
        for tag in remove {
            tags.remove(tag.trim());
        }
        tags.extend(add.iter().cloned());
        if tags.len() > TAGS_MAX {
            return refused("tags");
        }
        said.tags = tags.into_iter().collect();
        Ok(())
    })
}

/// Gives a tag another name on every record; an empty name takes it off.
pub(super) fn rename_tag(desk: &Desk<'_>, from: &str, to: &str) -> Edited {
    let to = if to.trim().is_empty() {
        None
    } else {
        Some(tagged(to)?)
    };
    let refs: Vec<String> = desk
        .transaction
        .prepare_cached(
            "select ref from annotation where exists (select 1 from json_each(tags) where value = ?)
             order by ref",
        )
        .and_then(|mut statement| {
            statement
                .query_map([from], |row| row.get("ref"))?
                .collect()
        })
        .map_err(|error| desk.sql(error))?;
    let refs: Vec<RecordRef> = refs
        .iter()
        .filter_map(|reference| reference.parse().ok())
        .collect();
    desk.say(&refs, |said| {
        let mut tags: BTreeSet<String> = said.tags.drain(..).filter(|tag| tag != from).collect();
        tags.extend(to.clone());
        said.tags = tags.into_iter().collect();
        Ok(())
    })
}

/// Sets the note on a record.
pub(super) fn set_note(desk: &Desk<'_>, reference: &RecordRef, note: &str) -> Edited {
    if note.len() > NOTE_MAX {
        return refused("note");
    }
    let note = if note.trim().is_empty() { "" } else { note };
    desk.say(std::slice::from_ref(reference), |said| {
        note.clone_into(&mut said.note);
        Ok(())
    })
}

/// Puts back what was said.
pub(super) fn restore(desk: &Desk<'_>, annotations: &[(RecordRef, Option<Annotation>)]) -> Edited {
    let mut former = Vec::new();
    for (reference, said) in annotations {
        if let Some(said) = said {
            if said.tags.len() > TAGS_MAX || said.note.len() > NOTE_MAX {
                return refused("annotations");
            }
            said.tags
                .iter()
                .try_for_each(|tag| tagged(tag).map(|_| ()))?;
            if serde_json::from_str::<Record>(&said.copy).is_err() {
                return refused("copy");
            }
        }
        former.push((reference.clone(), desk.annotation(reference)?));
        desk.annotate(reference, said.as_ref())?;
    }
    former.reverse();
    let inverse = (!former.is_empty()).then_some(Edit::RestoreAnnotations {
        annotations: former,
    });
    Ok((inverse, ANNOTATIONS))
}
