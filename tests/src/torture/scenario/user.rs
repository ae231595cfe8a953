//! The user's data of the scenarios: what every folder holds, the edits, and the rows that are expected of them.

use std::fs;
use std::path::Path;

use atlas_core::api::types::Edit;
use serde_json::{Value, json};

use super::catalog::{NEW, OLD, case};
use super::{Rows, today};
use crate::fixtures::{self, record};

/// Favourites that every prepared folder holds.
const FAVOURITES: [u32; 2] = [100, 101];

/// Own records that every prepared folder holds.
const OWN: [u32; 2] = [1, 2];

/// The edits that made what every prepared folder holds.
pub(super) fn kept() -> [Value; 4] {
    [
        json!({ "edit": "set_setting", "key": "theme", "value": "dark" }),
        favourite(FAVOURITES[0]),
        favourite(FAVOURITES[1]),
        written(&[(OWN[0], OLD), (OWN[1], OLD)]),
    ]
}

/// The rows that they made.
pub(super) fn rows() -> Rows {
    let mut rows = rows_of_the_first_version();
    rows.extend(OWN.map(|n| (own(n), format!("own {}", own_name(n, OLD)))));
    rows
}

/// Those of them that the first version of the product knew.
pub(super) fn rows_of_the_first_version() -> Rows {
    let mut rows = vec![("theme".to_owned(), "\"dark\"".to_owned())];
    rows.extend(FAVOURITES.map(|n| (reference(n), "favourite".to_owned())));
    rows
}

/// The own records that every prepared folder holds, by row and name.
pub(super) fn own_rows() -> [(String, String); 2] {
    OWN.map(|n| (own(n), own_name(n, OLD)))
}

/// Does an edit to the rows that a folder is expected to hold.
pub(super) fn expect(state: &mut Rows, edit: &Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (reference, list) = (text(&edit["ref"]), edit["refs"].as_array());
    let listed: Vec<String> = list.into_iter().flatten().map(text).collect();
    // What rows say begins with the table that they are in.
    let mut moved = |from: &str, to: &str| {
        for row in state.iter_mut().filter(|row| listed.contains(&row.0)) {
            if let Some(rest) = row.1.strip_prefix(from) {
                row.1 = format!("{to}{rest}");
            }
        }
    };
    match text(&edit["edit"]).as_str() {
        "move_to_trash" => moved("own", "trash"),
        "restore_trash" => moved("trash", "own"),
        "clear_trash" => state.retain(|row| !row.1.starts_with("trash")),
        "set_setting" => {
            state.retain(|row| row.0 != text(&edit["key"]));
            state.push((text(&edit["key"]), edit["value"].to_string()));
        }
        "add_favourite" => state.push((reference, "favourite".to_owned())),
        "remove_favourites" => state.retain(|row| !listed.contains(&row.0)),
        "save_draft" => state.push((reference, "draft".to_owned())),
        "save_overlay" => state.push((reference, "overlay".to_owned())),
        "save_records" => {
            for record in edit["records"].as_array().into_iter().flatten() {
                let document: Value = serde_json::from_str(&text(&record[1])).unwrap_or_default();
                state.retain(|row| row.0 != text(&record[0]));
                state.push((
                    text(&record[0]),
                    format!("own {}", text(&document["name"]["zh"])),
                ));
            }
        }
        _ => state.retain(|row| row.0 != reference),
    }
}

/// Puts user data in a place as a version of the product wrote it, with what every prepared folder holds.
///
/// # Panics
/// When it cannot be written.
pub fn old_user(path: &Path, version: u32) {
    const STEPS: &[&str] = &[
        include_str!("../../../../crates/core/src/store/schema/user/0001_init.sql"),
        include_str!("../../../../crates/core/src/store/schema/user/0002_needs.sql"),
    ];
    let _ = fs::remove_file(path);
    let user = rusqlite::Connection::open(path).expect("a file can be made");
    for step in &STEPS[..version as usize] {
        user.execute_batch(step).expect("the schema was released");
    }
    user.pragma_update(None, "user_version", version)
        .expect("a version is a number");
    user.execute("insert into setting values ('theme', '\"dark\"')", [])
        .expect("there are settings");
    for n in FAVOURITES {
        let copy = case(n, OLD).to_string();
        user.execute(
            "insert into favourite values (?, ?, ?)",
            [reference(n), today(), copy],
        )
        .expect("there are favourites");
    }
}

fn reference(n: u32) -> String {
    format!("{}/case/c{n:03}", fixtures::FEED)
}

fn favourite(n: u32) -> Value {
    json!({ "edit": "add_favourite", "ref": reference(n) })
}

/// The reference of an own record.
fn own(n: u32) -> String {
    format!("own/case/00000000-0000-4000-8000-{n:012}")
}

/// Its name holds no word by which the catalog is asked.
fn own_name(n: u32, wording: &str) -> String {
    let wording = if wording == OLD { "先" } else { "后" };
    format!("自有{wording}{n:03}")
}

/// An edit that writes own records.
fn written(records: &[(u32, &str)]) -> Value {
    let records: Vec<Value> = records
        .iter()
        .map(|(n, wording)| {
            let reference = own(*n);
            let id = reference.rsplit('/').next().unwrap_or_default();
            let fields = json!({
                "sources": [],
                "links": [{ "rel": "applied_by", "to": format!("{}/enterprise/e0", fixtures::FEED) }],
            });
            let document = record("case", id, &own_name(*n, wording), fields);
            json!([reference, document.to_string()])
        })
        .collect();
    json!({ "edit": "save_records", "records": records })
}

pub(super) fn edits() -> Vec<Value> {
    let edits = vec![
        json!({ "edit": "set_setting", "key": "theme", "value": "light" }),
        favourite(110),
        json!({ "edit": "remove_favourites", "refs": [reference(FAVOURITES[0])] }),
        json!({ "edit": "set_setting", "key": "zoom", "value": 120 }),
        json!({ "edit": "save_draft", "ref": own(3), "document": { "name": { "zh": "写到一" } } }),
        written(&[(3, OLD), (OWN[0], NEW)]),
        json!({ "edit": "move_to_trash", "refs": [own(OWN[1]), own(3)] }),
        json!({ "edit": "restore_trash", "refs": [own(OWN[1])] }),
        json!({ "edit": "clear_trash", "refs": null }),
        json!({
            "edit": "save_overlay", "ref": reference(120),
            "overlay": { "corrections": [], "note": "已电话核实" },
        }),
    ];
    for edit in &edits {
        serde_json::from_value::<Edit>(edit.clone()).expect("the edits are edits");
    }
    edits
}
