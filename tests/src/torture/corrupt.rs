//! G11: `user.db` is damaged by chance, five hundred times over.
//!
//! Promised each time: the product opens; every list of the user's can be read; no file that was there is gone or changed
//! but the damaged one, which is kept as it was if it is not used; and a verified backup holds the user's rows, in the
//! place of the data or offered in the list of backups.

use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use atlas_core::api::types::{BackupView, NoticeCode};
use atlas_core::api::{self, App};
use serde_json::json;

use super::gates::Outcome;
use crate::chance::Chance;
use crate::fixtures::{bundle, case, clock, folder};

/// Damages of the whole gate.
const DAMAGES: u64 = 500;
const NEED: &str = "own/need/0191e0b2-7c1d-7abc-8def-0123456789ab";
const LIST: &str = "0191e0b2-7c1d-7abc-8def-000000000001";

/// Every so-manieth damage of the five hundred. A point is one of them.
pub fn damages(jobs: usize, every: u64) -> Outcome {
    let began = Instant::now();
    let prepared = prepare();
    let outcome = Mutex::new(Outcome::default());
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(every, Ordering::SeqCst);
                    if seed >= DAMAGES {
                        return;
                    }
                    let verdict = catch_unwind(AssertUnwindSafe(|| damage(prepared.path(), seed)))
                        .unwrap_or_else(|_| Err("a panic".to_owned()));
                    let mut outcome = outcome.lock().expect("no check panics with the lock");
                    outcome.add(&format!("damage {seed}"), verdict);
                }
            });
        }
    });
    let mut outcome = outcome.into_inner().expect("no check panics with the lock");
    outcome.took = began.elapsed();
    outcome
}

fn product(folder: &Path) -> App {
    let records: Vec<_> = ["a", "b", "c"]
        .map(|id| case(id, "equipment", "production", "32"))
        .into();
    App::with_bundle(folder.to_owned(), clock, bundle(1, &records))
}

/// A folder with something in every part of the user's data, and a backup of all of it.
fn prepare() -> tempfile::TempDir {
    let dir = folder();
    let app = product(dir.path());
    app.open(&mut |_| ControlFlow::Continue(()))
        .expect("a new folder opens");
    let refs = ["fixture/case/a", "fixture/case/b", "fixture/case/c"];
    let mut edits = vec![
        json!({ "edit": "set_setting", "key": "theme", "value": "dark" }),
        json!({ "edit": "save_need", "ref": NEED, "form": { "title": "质检" }, "text": "目检".repeat(900) }),
        json!({ "edit": "shortlist", "need": NEED, "ref": refs[0], "note": "首选" }),
        json!({ "edit": "save_list", "list": LIST, "name": "候选", "note": "" }),
        json!({ "edit": "add_members", "list": LIST, "refs": refs }),
        json!({ "edit": "set_tags", "refs": refs, "add": ["质检"], "remove": [] }),
        json!({ "edit": "set_note", "ref": refs[1], "note": "看过".repeat(300) }),
        json!({ "edit": "save_search", "search": LIST, "name": "案例", "request": { "text": "kind:case" }, "seen": "" }),
        json!({ "edit": "set_tray", "refs": refs }),
        json!({ "edit": "see", "ref": refs[2] }),
        json!({ "edit": "save_portfolio", "plan": { "demand": 2 } }),
    ];
    edits.extend(refs.map(|reference| json!({ "edit": "add_favourite", "ref": reference })));
    for edit in edits {
        api::mutate(&app, "transact", edit).expect("an edit is taken");
    }
    api::mutate(&app, "make_backup", json!({})).expect("a backup is made");
    dir
}

/// Makes one damage in a copy of the folder, and says whether the promises were kept.
fn damage(prepared: &Path, seed: u64) -> Result<(), String> {
    let dir = folder();
    copy(prepared, dir.path());
    let user = dir.path().join("user.db");
    let sound = fs::read(&user).map_err(|error| error.to_string())?;
    let mut damaged = sound.clone();
    harm(&mut damaged, seed);
    if damaged == sound {
        return Ok(());
    }
    fs::write(&user, &damaged).map_err(|error| error.to_string())?;
    let before = backups(dir.path());

    let app = product(dir.path());
    let status = app
        .open(&mut |_| ControlFlow::Continue(()))
        .map_err(|error| format!("does not open: {error}"))?;
    let restored = status
        .notices
        .iter()
        .any(|notice| notice.code == NoticeCode::UserRestored);
    if status
        .notices
        .iter()
        .any(|notice| notice.code == NoticeCode::UserDamaged)
    {
        return Err("begun anew although there is a backup".to_owned());
    }
    let mut questions = vec![
        ("get_settings", json!({})),
        ("list_favourites", json!({})),
        ("list_needs", json!({})),
        ("list_lists", json!({})),
        ("list_tags", json!({})),
        ("list_tagged", json!({})),
        ("list_searches", json!({})),
        ("list_recent", json!({})),
        ("get_tray", json!({})),
        ("list_need_drafts", json!({})),
        ("list_events", json!({})),
        ("get_portfolio_plan", json!({})),
    ];
    if restored {
        // What came back is all of it.
        questions.push(("get_need", json!({ "ref": NEED })));
        questions.push(("get_list", json!({ "id": LIST })));
    }
    for (name, request) in questions {
        api::query(&app, name, request).map_err(|error| format!("{name}: {error}"))?;
    }
    if restored {
        let kept = dir.path().join("user.db.damaged");
        if fs::read(&kept).map_err(|error| error.to_string())? != damaged {
            return Err("the damaged file was changed".to_owned());
        }
        let favourites =
            api::query(&app, "list_favourites", json!({})).map_err(|error| error.to_string())?;
        if favourites.as_array().map(Vec::len) != Some(3) {
            return Err(format!("the backup was not put back: {favourites}"));
        }
    }
    let offered = api::query(&app, "list_backups", json!({})).map_err(|error| error.to_string())?;
    let offered: Vec<BackupView> =
        serde_json::from_value(offered).map_err(|error| error.to_string())?;
    let whole = |backup: &&BackupView| backup.holds.get("favourites") == Some(&3);
    let Some(newest) = offered.iter().rfind(whole) else {
        return Err(format!("no backup is offered: {offered:?}"));
    };
    let preview = api::query(&app, "preview_restore", json!({ "name": newest.name }))
        .map_err(|error| error.to_string())?;
    if preview["sound"] != true {
        return Err("what is offered is not verified".to_owned());
    }
    drop(app);
    for (path, bytes) in before {
        if fs::read(&path).ok().as_ref() != Some(&bytes) {
            return Err(format!("{} is gone or changed", path.display()));
        }
    }
    Ok(())
}

/// Harms bytes as disks and programs do: bits, bytes, sectors, ends, what was never written.
fn harm(bytes: &mut Vec<u8>, seed: u64) {
    let mut chance = Chance::new(seed);
    let len = bytes.len();
    match seed % 8 {
        0 => {
            let at = chance.below(len);
            bytes[at] ^= 1 << chance.below(8);
        }
        1 => {
            for _ in 0..=chance.below(16) {
                let at = chance.below(len);
                bytes[at] = chance.bits() as u8;
            }
        }
        2 => {
            // The header and the schema, of which every bit matters.
            let at = chance.below(len.min(4096));
            bytes[at] ^= 1 << chance.below(8);
        }
        3 => {
            let at = chance.below(len.min(100));
            bytes[at] = chance.bits() as u8;
        }
        4 => bytes.truncate(chance.below(len)),
        5 => {
            let sector = chance.below(len.div_ceil(512)) * 512;
            let end = (sector + 512).min(len);
            bytes[sector..end].fill(0);
        }
        6 => {
            let page = chance.below(len.div_ceil(4096)) * 4096;
            let end = (page + 4096).min(len);
            for byte in &mut bytes[page..end] {
                *byte = chance.bits() as u8;
            }
        }
        _ => {
            // A page in the place of another.
            let pages = len / 4096;
            let (from, to) = (chance.below(pages) * 4096, chance.below(pages) * 4096);
            bytes.copy_within(from..from + 4096, to);
        }
    }
}

fn backups(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    fs::read_dir(folder.join("backups"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.path(), fs::read(entry.path()).ok()?)))
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (name, path) in super::check::files(from) {
        let target = to.join(name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).expect("a folder can be made");
        }
        fs::copy(path, target).expect("a file can be copied");
    }
}
