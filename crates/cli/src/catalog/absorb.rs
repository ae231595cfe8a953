//! What one record says that was made from two.
//!
//! Everything that either says stays: sources, lists, results and names add up; where two sources give
//! different values for one field, the first stays and a doubt tells the other. A field that one source
//! prints loses the mark that another had concluded it.

use std::collections::BTreeMap;

use atlas_core::model::{Doubt, Head, Name, Record, Source, Text};
use serde_json::{Map, Value};

use super::merge::Draft;
use super::names::normalise;

/// Takes everything that `other` says into `draft`.
pub(crate) fn absorb(draft: &mut Draft, other: Draft) {
    draft.from.extend(
        other
            .from
            .into_iter()
            .filter(|id| !draft.from.contains(id))
            .collect::<Vec<_>>(),
    );
    let mut other = other.record;
    let keys = take_sources(
        draft.record.head_mut(),
        std::mem::take(&mut other.head_mut().sources),
    );
    rename_sources(other.head_mut(), &keys);
    take_names(draft.record.head_mut(), &other.head().name);
    let mut mine = as_object(&draft.record);
    let theirs = as_object(&other);
    settle_marks(&mut mine, &theirs);
    let mut doubts: Vec<Doubt> = Vec::new();
    for (field, value) in theirs {
        match (field.as_str(), mine.get_mut(&field)) {
            ("id" | "kind" | "name" | "sources" | "inferred", _) => {}
            (_, None) => {
                mine.insert(field, value);
            }
            (_, Some(Value::Array(list))) => {
                if let Value::Array(more) = value {
                    let new: Vec<Value> = more
                        .into_iter()
                        .filter(|item| !list.contains(item))
                        .collect();
                    list.extend(new);
                }
            }
            ("date", Some(known)) => {
                if known.as_str() < value.as_str() {
                    *known = value;
                }
            }
            // Lists and firms are met at different levels; that is no contradiction.
            ("level", _) => {}
            (_, Some(known)) if *known == value => {}
            (_, Some(known)) => doubts.push(contradiction(&field, known, &value)),
        }
    }
    draft.record = serde_json::from_value(Value::Object(mine))
        .expect("two records of one kind make a record of it");
    let head = draft.record.head_mut();
    head.doubts.extend(doubts);
    if let Record::Need(need) = &mut draft.record
        && need.problem == need.wanted
    {
        need.problem = None;
    }
}

fn as_object(record: &Record) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        other => unreachable!("a record is an object: {other:?}"),
    }
}

/// Whether two sources are one: the same text was read of the same publication, and neither says what the other
/// denies. Where nothing but a description says what was read, the titles must be equal.
pub(crate) fn same_source(one: &Source, other: &Source) -> bool {
    fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
        one.is_none() || other.is_none() || one == other
    }
    one.cited == other.cited
        && one.official == other.official
        && one.status == other.status
        && one.licence == other.licence
        && (one.official.is_some() || one.title == other.title)
        && agree(one.title.as_ref(), other.title.as_ref())
        && agree(one.issuer.as_ref(), other.issuer.as_ref())
        && agree(one.date.as_ref(), other.date.as_ref())
        && agree(one.note.as_ref(), other.note.as_ref())
}

/// Adds sources under new keys and tells which old key became which. A source that is already there
/// stays single, and takes what it did not say yet.
fn take_sources(head: &mut Head, sources: Vec<Source>) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for source in sources {
        let next = format!("s{}", head.sources.len() + 1);
        let known = head
            .sources
            .iter_mut()
            .find(|known| same_source(known, &source));
        if let Some(known) = known {
            keys.insert(source.key, known.key.clone());
            known.title = known.title.take().or(source.title);
            known.issuer = known.issuer.take().or(source.issuer);
            known.date = known.date.take().or(source.date);
            known.note = known.note.take().or(source.note);
            // No fields means the whole record.
            if known.fields.is_empty() || source.fields.is_empty() {
                known.fields.clear();
            } else {
                let fields = &mut known.fields;
                let new = source.fields.into_iter();
                let new: Vec<String> = new.filter(|field| !fields.contains(field)).collect();
                fields.extend(new);
            }
        } else {
            keys.insert(source.key.clone(), next.clone());
            head.sources.push(Source {
                key: next,
                ..source
            });
        }
    }
    keys
}

fn rename_sources(head: &mut Head, keys: &BTreeMap<String, String>) {
    let rename = |key: &mut String| {
        if let Some(new) = keys.get(key) {
            key.clone_from(new);
        }
    };
    head.lists
        .iter_mut()
        .for_each(|membership| rename(&mut membership.source));
    head.outcomes
        .iter_mut()
        .flat_map(|outcome| &mut outcome.sources)
        .for_each(rename);
}

fn take_names(head: &mut Head, other: &Name) {
    let forms: Vec<String> = other.all().map(str::to_owned).collect();
    for form in forms {
        // A title that somebody put together is no name under which a thing is known.
        if other.composed {
            break;
        }
        let known = head
            .name
            .all()
            .any(|name| normalise(name) == normalise(&form));
        if !known {
            head.name.aliases.push(form);
        }
    }
    // One source that prints the full name is enough.
    head.name.short &= other.short;
    head.name.composed &= other.composed;
}

/// Keeps the marks that still hold: a field stays marked as concluded only when no source prints it.
fn settle_marks(mine: &mut Map<String, Value>, theirs: &Map<String, Value>) {
    let list = |object: &Map<String, Value>| {
        object
            .get("inferred")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let field = |mark: &Value| mark["field"].as_str().unwrap_or_default().to_owned();
    let (my_marks, their_marks) = (list(mine), list(theirs));
    let marked = |marks: &[Value], name: &str| marks.iter().any(|mark| field(mark) == name);
    let has = |object: &Map<String, Value>, name: &str| {
        object.contains_key(name.split('.').next().unwrap_or(name))
    };
    let mut marks: Vec<Value> = my_marks
        .iter()
        .filter(|mark| {
            !has(theirs, &field(mark))
                || marked(&their_marks, &field(mark))
                || theirs.get(&field(mark)) != mine.get(&field(mark))
        })
        .cloned()
        .collect();
    for mark in &their_marks {
        let name = field(mark);
        if (!has(mine, &name) || marked(&my_marks, &name)) && !marks.contains(mark) {
            marks.push(mark.clone());
        }
    }
    if marks.is_empty() {
        mine.remove("inferred");
    } else {
        mine.insert("inferred".to_owned(), Value::Array(marks));
    }
}

fn contradiction(field: &str, known: &Value, other: &Value) -> Doubt {
    let show = |value: &Value| -> String {
        let text = value
            .as_str()
            .or_else(|| value["text"].as_str())
            .or_else(|| value["zh"].as_str())
            .or_else(|| value["en"].as_str());
        text.map_or_else(|| value.to_string(), str::to_owned)
    };
    let (known, other) = (show(known), show(other));
    Doubt {
        field: Some(field.to_owned()),
        text: Text {
            zh: Some(format!("来源不一致：“{known}”与“{other}”")),
            en: Some(format!("Sources differ: “{known}” and “{other}”")),
        },
    }
}
