//! What is done to a folder while the disk misbehaves: the moments in which the product writes.

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::SystemTime;

use atlas_core::api::types::{ApiError, AppStatus, Edit};
use atlas_core::api::{self, App};
use atlas_core::bundled::Bundle;
use atlas_core::model::Taxonomies;
use atlas_core::search::Index;
use atlas_core::store::catalog::{Applied, Bytes, Catalog, Plan};
use atlas_core::store::{Folder, StoreError};
use serde_json::{Value, json};

use super::feed::{add_feed, sync};
use crate::fixtures::{self, record};

/// A moment in which the product writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// An empty folder gets the bundled catalog.
    FirstImport,
    /// A sync brings a delta of 60 records.
    Delta,
    /// A new version of the app brings a newer catalog as a snapshot.
    Snapshot,
    /// The index is damaged and built anew.
    Rebuild,
    /// The catalog is ahead of the index.
    Replay,
    /// The catalog is damaged and imported anew.
    Reset,
    /// The user edits.
    Edits,
    /// The daily backup of the user's data.
    Backup,
    /// A backup is put in the place of the user's data.
    Restore,
    /// A new version of the app finds the user's data of the first one.
    Migration,
    /// A control: an index that is marked with a revision before it shows it. Has to be caught.
    EarlyMark,
}

/// Records of the first generation.
const RECORDS: u32 = 220;

/// The backup that every prepared folder holds.
const FIRST_BACKUP: &str = "user-20261122T203000Z.db";

/// Favourites that every prepared folder holds.
const FAVOURITES: [u32; 2] = [100, 101];

/// Own records that every prepared folder holds.
const OWN: [u32; 2] = [1, 2];

/// The day of all scenarios but the backup.
pub fn today() -> String {
    "2026-11-22T20:30:00Z".to_owned()
}

fn tomorrow() -> String {
    "2026-11-23T08:00:00Z".to_owned()
}

impl Scenario {
    /// What the gates enumerate.
    pub const ALL: [Self; 10] = [
        Self::FirstImport,
        Self::Delta,
        Self::Snapshot,
        Self::Rebuild,
        Self::Replay,
        Self::Reset,
        Self::Edits,
        Self::Backup,
        Self::Restore,
        Self::Migration,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstImport => "first-import",
            Self::Delta => "delta",
            Self::Snapshot => "snapshot",
            Self::Rebuild => "index-rebuild",
            Self::Replay => "outbox-replay",
            Self::Reset => "catalog-reset",
            Self::Edits => "user-edits",
            Self::Backup => "user-backup",
            Self::Restore => "user-restore",
            Self::Migration => "user-migration",
            Self::EarlyMark => "early-mark",
        }
    }

    /// The scenario of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter().chain([Self::EarlyMark]);
        all.find(|scenario| scenario.name() == name)
    }

    /// The clock of the scenario, and of the start after it.
    pub fn clock(self) -> fn() -> String {
        if self == Self::Backup {
            tomorrow
        } else {
            today
        }
    }

    /// The catalog that the app of the scenario carries.
    pub fn bundle(self) -> Bundle {
        generation(if self == Self::Snapshot { 2 } else { 1 })
    }

    /// Makes the folder as it is before.
    pub fn prepare(self, folder: &Path) {
        if self == Self::FirstImport {
            return;
        }
        let app = App::with_bundle(folder.to_owned(), today, generation(1));
        open(&app).expect("a new folder opens");
        for edit in [
            json!({ "edit": "set_setting", "key": "theme", "value": "dark" }),
            favourite(FAVOURITES[0]),
            favourite(FAVOURITES[1]),
            written(&[(OWN[0], OLD), (OWN[1], OLD)]),
        ] {
            api::mutate(&app, "transact", edit).expect("an edit is taken");
        }
        drop(app);
        // The second start makes the first backup.
        let app = App::with_bundle(folder.to_owned(), today, generation(1));
        open(&app).expect("the folder opens again");
        drop(app);
        match self {
            Self::Delta => add_feed(folder),
            Self::Rebuild => {
                fs::write(folder.join("index/meta.json"), "damaged").expect("the index is there");
            }
            Self::Replay | Self::EarlyMark => {
                apply_delta(folder).expect("the delta fits");
            }
            Self::Reset => {
                fs::write(folder.join("catalog.db"), [b'x'; 9000]).expect("the catalog is there");
            }
            Self::Backup => {
                let backups = folder.join("backups");
                let made = backups.join(FIRST_BACKUP);
                for day in 10..21 {
                    let copy = backups.join(format!("user-202611{day}T203000Z.db"));
                    fs::copy(&made, copy).expect("the second start made a backup");
                }
            }
            Self::Restore => {
                let app = App::with_bundle(folder.to_owned(), today, generation(1));
                open(&app).expect("the folder opens again");
                for edit in edits() {
                    api::mutate(&app, "transact", edit).expect("an edit is taken");
                }
            }
            Self::Migration => {
                for backup in fs::read_dir(folder.join("backups")).expect("there are backups") {
                    old_user(&backup.expect("a backup").path(), 1);
                }
                old_user(&folder.join("user.db"), 1);
            }
            _ => {}
        }
    }

    /// Does it. `acknowledge` is told each step that a user has seen done.
    ///
    /// # Errors
    /// What the product answers.
    pub fn drive(self, folder: &Path, acknowledge: &mut dyn FnMut(u32)) -> Result<(), ApiError> {
        let app = App::with_bundle(folder.to_owned(), self.clock(), self.bundle());
        match self {
            Self::Delta => {
                open(&app)?;
                sync(&app)?;
                acknowledge(1);
            }
            Self::EarlyMark => {
                mark_early(folder)?;
                open(&app)?;
            }
            Self::Edits => {
                open(&app)?;
                for (number, edit) in (1..).zip(edits()) {
                    api::mutate(&app, "transact", edit)?;
                    acknowledge(number);
                }
            }
            Self::Restore => {
                open(&app)?;
                api::mutate(&app, "restore_backup", json!({ "name": FIRST_BACKUP }))?;
                acknowledge(1);
            }
            _ => {
                open(&app)?;
                acknowledge(1);
            }
        }
        drop(app);
        Ok(())
    }

    /// The generations that the catalog may hold before the next start; `None` for no readable catalog.
    pub fn before_start(self, acked: u32) -> &'static [Option<u32>] {
        match self {
            Self::FirstImport | Self::Reset if acked == 0 => &[None, Some(1)],
            Self::Delta | Self::Snapshot if acked == 0 => &[Some(1), Some(2)],
            Self::Delta | Self::Snapshot | Self::Replay | Self::EarlyMark => &[Some(2)],
            _ => &[Some(1)],
        }
    }

    /// The generations that it may hold after the next start.
    pub fn after_start(self, acked: u32) -> &'static [u32] {
        match self {
            Self::Delta if acked == 0 => &[1, 2],
            Self::Delta | Self::Snapshot | Self::Replay | Self::EarlyMark => &[2],
            _ => &[1],
        }
    }

    /// The states that the user's data may be in: the first is the prepared one.
    pub fn user_states(self) -> Vec<Vec<(String, String)>> {
        let mut state: Vec<(String, String)> = if self == Self::FirstImport {
            Vec::new()
        } else {
            let mut rows = vec![("theme".to_owned(), "\"dark\"".to_owned())];
            rows.extend(FAVOURITES.map(|n| (reference(n), "favourite".to_owned())));
            // The first version knew no own records.
            if self != Self::Migration {
                rows.extend(OWN.map(|n| (own(n), format!("own {}", own_name(n, OLD)))));
            }
            rows
        };
        let mut states = vec![state.clone()];
        if matches!(self, Self::Edits | Self::Restore) {
            for edit in edits() {
                expect(&mut state, &edit);
                states.push(state.clone());
            }
        }
        if self == Self::Restore {
            // From what was edited to what the backup holds.
            states = vec![states.remove(states.len() - 1), states.remove(0)];
        }
        for state in &mut states {
            state.sort();
        }
        states
    }
}

/// Does an edit to the rows that a folder is expected to hold.
fn expect(state: &mut Vec<(String, String)>, edit: &Value) {
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
        include_str!("../../../crates/core/src/store/schema/user/0001_init.sql"),
        include_str!("../../../crates/core/src/store/schema/user/0002_needs.sql"),
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

/// Makes the backups older than the data, as a copy of the folder does not.
pub fn settle(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder.join("backups")) else {
        return;
    };
    for entry in entries.flatten() {
        File::options()
            .write(true)
            .open(entry.path())
            .and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH))
            .expect("a backup can be dated");
    }
}

/// Opens a folder and lets it take its time.
///
/// # Errors
/// What the product answers.
pub fn open(app: &App) -> Result<AppStatus, ApiError> {
    app.open(&mut |_| ControlFlow::Continue(()))
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

fn edits() -> Vec<Value> {
    let edits = vec![
        json!({ "edit": "set_setting", "key": "theme", "value": "light" }),
        favourite(110),
        json!({ "edit": "remove_favourite", "ref": reference(FAVOURITES[0]) }),
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

/// The name of a record tells the generation that wrote it: 初版 or 新版.
fn case(n: u32, wording: &str) -> Value {
    record(
        "case",
        &format!("c{n:03}"),
        &format!("{wording}案例 {n:03}"),
        json!({
            "industry": ["equipment"], "stage": ["production"], "region": ["32"],
            "links": [{ "rel": "applied_by", "to": format!("enterprise/e{}", n % 3) }],
        }),
    )
}

/// Word in the names of records that the first generation wrote.
pub const OLD: &str = "初版";
/// Word in the names of records that the second generation wrote.
pub const NEW: &str = "新版";

pub(super) fn records(generation: u32) -> Vec<Value> {
    let mut records: Vec<Value> = (0..3)
        .map(|n| {
            record(
                "enterprise",
                &format!("e{n}"),
                &format!("企业{n}"),
                json!({}),
            )
        })
        .collect();
    for n in 0..RECORDS + 10 {
        // The second generation changes 40, removes 10 and adds 10.
        let second = generation == 2;
        let changed = second && !(40..RECORDS).contains(&n);
        let there = if second {
            !(40..50).contains(&n)
        } else {
            n < RECORDS
        };
        if there {
            records.push(case(n, if changed { NEW } else { OLD }));
        }
    }
    records
}

/// A generation of the catalog as a snapshot.
pub fn generation(generation: u32) -> Bundle {
    fixtures::bundle(generation, &records(generation))
}

fn lines(records: &[Value]) -> Vec<(String, String, String)> {
    let text = |record: &Value, key: &str| record[key].as_str().unwrap_or_default().to_owned();
    let mut lines: Vec<_> = records
        .iter()
        .map(|record| (text(record, "kind"), text(record, "id"), record.to_string()))
        .collect();
    lines.sort();
    lines
}

fn apply_delta(folder: &Path) -> Result<Applied, StoreError> {
    let (old, new) = (lines(&records(1)), lines(&records(2)));
    let mut changes: Vec<_> = new
        .iter()
        .filter(|line| !old.contains(line))
        .cloned()
        .collect();
    changes.extend(
        old.iter()
            .filter(|line| !new.iter().any(|new| (&new.0, &new.1) == (&line.0, &line.1)))
            .map(|line| (line.0.clone(), line.1.clone(), String::new())),
    );
    changes.sort();
    assert_eq!(
        changes.len(),
        60,
        "the delta has the size that the gate names"
    );
    let bundle = fixtures::pack(2, Some(1), &changes, &new);
    let manifest = bundle.manifest().expect("the fixture is valid");
    let plan = Plan {
        manifest: &manifest,
        from: Some(1),
        packs: manifest
            .snapshot
            .iter()
            .zip(&bundle.packs)
            .map(|(info, bytes)| (info, Bytes::Memory(bytes)))
            .collect(),
        replaces: None,
        source: None,
        at: "2026-11-22T00:00:00Z",
    };
    let folder = Folder::open(folder)?;
    Catalog::open(&folder)?.apply(&plan, Taxonomies::bundled(), &mut |_, _| {
        ControlFlow::Continue(())
    })
}

/// What the product must never do: the index says that it shows the new revision, and shows it a little later. Written here,
/// by hand, because no switch of the product may make it wrong.
fn mark_early(folder: &Path) -> Result<(), ApiError> {
    let held = Folder::open(folder)?;
    let catalog = Catalog::open(&held)?;
    let index = Index::open(&held.file("index"))?;
    let revision = catalog.revision()?;
    let changed = catalog.outbox(index.revision())?.unwrap_or_default();
    let mut writer = index.writer(1, 15_000_000)?;
    writer.commit(revision)?;
    for reference in &changed {
        match catalog.record(reference)? {
            Some(record) => writer.put(&atlas_core::search::Document {
                reference,
                record: &record,
                facts: atlas_core::search::Facts::default(),
            })?,
            None => writer.delete(reference),
        }
    }
    writer.commit(revision)?;
    writer.finish()?;
    Ok(())
}
