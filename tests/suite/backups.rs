//! Backups: made, listed, put back without a loss; the record of what happened; moving the folder; forgetting for good.

use std::fs;
use std::path::{Path, PathBuf};

use atlas_core::api::types::{BackupView, ErrorCode, Event, Forgotten, RestorePreview};
use atlas_core::api::{self, App};
use serde_json::{Value, json};

use crate::folder::transact;
use crate::needs::{NEED, save};
use crate::product::{app, open, small};

fn opened(dir: &Path) -> App {
    let app = app(dir, small());
    open(&app);
    app
}

fn favourite(app: &App, id: &str) {
    transact(
        app,
        json!({ "edit": "add_favourite", "ref": format!("fixture/case/{id}") }),
    );
}

fn favourites(app: &App) -> usize {
    let list = api::query(app, "list_favourites", json!({})).unwrap();
    list.as_array().unwrap().len()
}

fn backups(app: &App) -> Vec<BackupView> {
    serde_json::from_value(api::query(app, "list_backups", json!({})).unwrap()).unwrap()
}

fn events(app: &App) -> Vec<Event> {
    let lines = api::query(app, "list_events", json!({})).unwrap();
    let lines = lines.as_array().unwrap().clone();
    lines
        .into_iter()
        .map(|line| serde_json::from_value(line["what"].clone()).unwrap())
        .collect()
}

#[test]
fn a_backup_is_put_back_after_what_is_there_was_backed_up_and_what_it_holds_is_told_before() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    favourite(&app, "a");
    api::mutate(&app, "make_backup", json!({})).unwrap();
    favourite(&app, "b");
    save(&app, NEED, json!({ "title": "质检" }));
    let made = backups(&app);
    let [backup] = &made[..] else {
        panic!("{made:?}")
    };
    assert_eq!(backup.made, "2026-11-22T20:30:00Z");
    assert!(backup.bytes > 4096);
    assert_eq!((backup.holds["favourites"], backup.holds["needs"]), (1, 0));
    assert_eq!(
        (backup.holds["records"], backup.holds["corrections"]),
        (0, 0)
    );
    let request = json!({ "name": backup.name });
    let preview = api::query(&app, "preview_restore", request.clone()).unwrap();
    let preview: RestorePreview = serde_json::from_value(preview).unwrap();
    assert!(preview.sound);
    assert_eq!((preview.now["favourites"], preview.now["needs"]), (2, 1));

    let changes = api::mutate(&app, "restore_backup", request).unwrap();
    assert_eq!(
        (&changes["needs"], &changes["undo"]),
        (&json!(true), &json!(0))
    );
    assert_eq!(favourites(&app), 1);
    let kept = backups(&app);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert_eq!(kept[0].holds["favourites"], 2, "what was there is kept");
    let back = json!({ "name": kept[0].name });
    api::mutate(&app, "restore_backup", back).unwrap();
    assert_eq!(favourites(&app), 2, "and can be put back");
    drop(app);
    let again = opened(dir.path());
    assert_eq!(favourites(&again), 2);
    let told = events(&again);
    let restores = told
        .iter()
        .filter(|event| matches!(event, Event::Restore { damaged: false, .. }));
    assert_eq!(
        restores.count(),
        1,
        "the record is part of the data: {told:?}"
    );
}

#[test]
fn a_damaged_or_foreign_backup_is_never_put_back() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    favourite(&app, "a");
    api::mutate(&app, "make_backup", json!({})).unwrap();
    let backup = backups(&app).remove(0);
    let file = dir.path().join("backups").join(&backup.name);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0xa5);
    fs::write(&file, bytes).unwrap();
    let request = json!({ "name": backup.name });
    let preview = api::query(&app, "preview_restore", request.clone()).unwrap();
    assert_eq!(preview["sound"], false);
    for (name, code) in [
        (backup.name.as_str(), ErrorCode::Damaged),
        ("../user.db", ErrorCode::NotFound),
        ("user-20200101T000000Z.db", ErrorCode::NotFound),
    ] {
        let refused = api::mutate(&app, "restore_backup", json!({ "name": name })).unwrap_err();
        let mended = matches!(refused.code, ErrorCode::Damaged | ErrorCode::Internal);
        assert!(
            refused.code == code || (code == ErrorCode::Damaged && mended),
            "{refused}"
        );
    }
    assert_eq!((favourites(&app), backups(&app).len()), (1, 1));
}

#[test]
fn a_backup_of_an_older_version_is_put_back_and_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    fs::create_dir_all(dir.path().join("backups")).unwrap();
    let file = dir.path().join("backups/user-20250101T120000Z.db");
    tests::torture::old_user(&file, 1);
    let request = json!({ "name": "user-20250101T120000Z.db" });
    let preview = api::query(&app, "preview_restore", request.clone()).unwrap();
    assert_eq!(preview["sound"], true, "{preview}");
    api::mutate(&app, "restore_backup", request).unwrap();
    assert_eq!(favourites(&app), 2);
    save(&app, NEED, json!({ "title": "质检" }));
}

#[test]
fn deletions_backups_and_feeds_are_written_down_and_the_record_has_an_end() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    save(&app, NEED, json!({ "title": "质检" }));
    transact(&app, json!({ "edit": "remove_need", "ref": NEED }));
    api::mutate(&app, "undo", json!({})).unwrap();
    api::mutate(&app, "redo", json!({})).unwrap();
    let told = serde_json::to_value(events(&app)).unwrap();
    assert_eq!(
        told,
        json!([{ "event": "deletion", "what": "need", "count": 1 }])
    );
    let connection = rusqlite::Connection::open(dir.path().join("user.db")).unwrap();
    connection
        .execute_batch(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
             insert into audit (at, event) select '2026-01-01T00:00:00Z', '{\"event\":\"moved\"}' from n",
        )
        .unwrap();
    drop(connection);
    api::mutate(&app, "make_backup", json!({})).unwrap();
    let told = events(&app);
    assert_eq!(told.len(), 2000);
    assert!(matches!(told[0], Event::Backup { .. }));
}

/// The files of a folder that hold some bytes.
fn holding(dir: &Path, wanted: &[u8]) -> Vec<String> {
    let files = tests::torture::check::files(dir);
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    };
    files
        .into_iter()
        .filter(|(_, path)| holds(path))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn a_need_that_is_forgotten_leaves_no_byte_behind_but_in_the_backups_that_are_named() {
    const CANARY: &str = "CANARY-忘记我-7f3a";
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    // Enough of it that pages are freed, moved and split.
    for round in 0..8 {
        let filler = format!("{CANARY} {} ", "需求正文".repeat(round * 300));
        save(
            &app,
            NEED,
            json!({ "title": CANARY, "enterprise": CANARY, "problem": filler }),
        );
        transact(
            &app,
            json!({ "edit": "note_need", "ref": NEED, "note": format!("{CANARY}{round}"), "next": null }),
        );
    }
    transact(
        &app,
        json!({ "edit": "set_need_status", "ref": NEED, "status": "dropped", "reason": CANARY }),
    );
    transact(
        &app,
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/a", "note": CANARY }),
    );
    let mut form = api::query(&app, "get_need", json!({ "ref": NEED })).unwrap()["form"].clone();
    form["wanted"] = json!(CANARY);
    transact(
        &app,
        json!({ "edit": "keep_draft", "ref": NEED, "draft": { "form": form, "text": CANARY } }),
    );
    transact(
        &app,
        json!({ "edit": "set_setting", "key": "address", "value": format!("/match/{NEED}") }),
    );
    transact(
        &app,
        json!({ "edit": "save_portfolio", "plan": { "without": [NEED], "demands": [{ "ref": NEED, "count": 2 }] } }),
    );
    api::mutate(&app, "make_backup", json!({})).unwrap();
    transact(&app, json!({ "edit": "remove_need", "ref": NEED }));
    assert!(holding(dir.path(), CANARY.as_bytes()).len() >= 2);

    let forgotten = api::mutate(&app, "forget_need", json!({ "ref": NEED })).unwrap();
    let forgotten: Forgotten = serde_json::from_value(forgotten).unwrap();
    let names: Vec<String> = forgotten
        .held
        .iter()
        .map(|held| held.name.clone())
        .collect();
    assert_eq!(names.len(), 1, "the backup is named");
    let id = NEED.rsplit('/').next().unwrap();
    for wanted in [CANARY, id] {
        assert_eq!(
            holding(dir.path(), wanted.as_bytes()),
            [format!("backups/{}", names[0])],
            "{wanted}"
        );
    }
    for _ in 0..30 {
        api::mutate(&app, "undo", json!({})).unwrap();
    }
    assert_eq!(
        holding(dir.path(), CANARY.as_bytes()).len(),
        1,
        "undo brings nothing back"
    );

    api::mutate(&app, "remove_backups", json!({ "names": names })).unwrap();
    assert_eq!(backups(&app).len(), 1, "a new one took its place");
    drop(app);
    for wanted in [CANARY, id] {
        assert_eq!(
            holding(dir.path(), wanted.as_bytes()),
            [] as [&str; 0],
            "{wanted}"
        );
    }
}

#[test]
fn a_folder_is_moved_whole_found_again_and_the_old_copy_stays_until_it_may_go() {
    let (old, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = place.path().join("数据");
    let app = opened(old.path());
    favourite(&app, "a");
    api::mutate(&app, "make_backup", json!({})).unwrap();
    for (to, why) in [
        (old.path().join("inside"), "inside"),
        (PathBuf::from("relative"), "not_absolute"),
        (Path::new("/").to_owned(), "inside"),
    ] {
        let refused = app.move_folder(&to).unwrap_err();
        assert_eq!(
            (refused.code, refused.facts["field"].as_str()),
            (ErrorCode::BadRequest, why)
        );
    }
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("mine.txt"), "x").unwrap();
    assert_eq!(
        app.move_folder(&target).unwrap_err().facts["field"],
        "not_empty"
    );
    assert!(target.join("mine.txt").exists());
    fs::remove_file(target.join("mine.txt")).unwrap();
    assert_eq!(favourites(&app), 1, "a refusal leaves all in use");

    let status = app.move_folder(&target).unwrap();
    assert_eq!(Path::new(&status.paths["folder"]), target);
    assert_eq!(Path::new(&status.paths["moved_from"]), old.path());
    favourite(&app, "b");
    drop(app);
    assert!(old.path().join("user.db").exists(), "the old copy stays");
    // A start that looks where the data was finds where it is.
    let again = opened(old.path());
    assert_eq!((favourites(&again), backups(&again).len()), (2, 1));
    let status = api::mutate(&again, "let_old_folder_go", json!({})).unwrap();
    assert_eq!(status["paths"].get("moved_from"), None);
    assert!(!old.path().join("user.db").exists() && !old.path().join("backups").exists());
    drop(again);
    // And back again.
    let back = opened(old.path());
    back.move_folder(old.path()).unwrap();
    api::mutate(&back, "let_old_folder_go", json!({})).unwrap();
    drop(back);
    assert!(!target.join("user.db").exists());
    assert_eq!(favourites(&opened(old.path())), 2);
}

#[test]
fn a_moved_folder_that_is_not_there_is_named_and_nothing_is_begun_anew() {
    let (old, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = place.path().join("stick");
    let app = opened(old.path());
    app.move_folder(&target).unwrap();
    drop(app);
    fs::rename(&target, place.path().join("unplugged")).unwrap();
    let error = crate::product::app(old.path(), small())
        .open(&mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::FolderMissing);
    assert_eq!(Path::new(&error.facts["path"]), target);
    assert!(!target.exists());
    fs::rename(place.path().join("unplugged"), &target).unwrap();
    opened(old.path());
}

#[test]
fn beside_another_process_nothing_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let first = opened(dir.path());
    favourite(&first, "a");
    api::mutate(&first, "make_backup", json!({})).unwrap();
    let beside = app(dir.path(), small());
    beside.open_beside().unwrap();
    let name = backups(&beside)[0].name.clone();
    for (command, request) in [
        ("make_backup", json!({})),
        ("restore_backup", json!({ "name": name })),
        ("remove_backups", json!({ "names": [name] })),
        ("forget_need", json!({ "ref": NEED })),
        ("let_old_folder_go", json!({})),
    ] {
        let refused = api::mutate(&beside, command, request).unwrap_err();
        assert_eq!(refused.code, ErrorCode::FolderReadOnly, "{command}");
    }
    assert_eq!(
        beside.move_folder(Path::new("/x")).unwrap_err().code,
        ErrorCode::FolderReadOnly
    );
    let _: Value = api::query(&beside, "list_events", json!({})).unwrap();
}
