//! The work bundle: what is handed over comes in whole, in one step, and nothing that is not sound does.

use std::path::Path;

use atlas_core::api::types::{ErrorCode, ExportWorkRequest, ImportWorkRequest, Received};
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

fn get(app: &App) -> Value {
    api::query(app, "get_need", json!({ "ref": NEED })).unwrap()
}

fn count(app: &App) -> usize {
    let needs = api::query(app, "list_needs", json!({})).unwrap();
    needs.as_array().unwrap().len()
}

/// A need with work on it, whose enterprise is not to be named.
fn work(app: &App) {
    save(
        app,
        NEED,
        json!({ "title": "样例厂质检", "enterprise": "样例厂", "masked": true, "problem": "样例厂靠人工" }),
    );
    transact(
        app,
        json!({ "edit": "note_need", "ref": NEED, "note": "样例厂的王工", "next": "2026-12-01" }),
    );
    transact(
        app,
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/a", "note": "首选" }),
    );
    transact(
        app,
        json!({ "edit": "set_need_status", "ref": NEED, "status": "trial", "reason": "" }),
    );
}

fn export(app: &App, path: &Path, masked: bool) {
    let request = ExportWorkRequest {
        refs: vec![NEED.parse().unwrap()],
        path: path.to_str().unwrap().to_owned(),
        masked,
    };
    app.export_work(&request).unwrap();
}

fn import(path: &Path) -> ImportWorkRequest {
    ImportWorkRequest {
        path: path.to_str().unwrap().to_owned(),
    }
}

#[test]
fn work_handed_to_a_colleague_arrives_whole_and_undo_takes_it_back() {
    let (mine, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = mine.path().join("needs.atlaswork");
    let (from, to) = (opened(mine.path()), opened(theirs.path()));
    work(&from);
    export(&from, &file, false);
    let seen = to.inspect_work(&import(&file)).unwrap();
    assert_eq!(
        (seen[0].received, seen[0].need.title.as_str()),
        (Received::New, "样例厂质检")
    );
    assert_eq!(count(&to), 0, "looking changes nothing");
    let changes = to.import_work(&import(&file)).unwrap();
    assert!(changes.needs && changes.undo == 1);
    let (mut sent, mut arrived) = (get(&from), get(&to));
    let last = arrived["history"].as_array_mut().unwrap().remove(0);
    assert_eq!(last["what"], "received");
    for side in [&mut sent, &mut arrived] {
        side["history"].take();
    }
    assert_eq!(sent, arrived);
    assert_eq!(
        to.inspect_work(&import(&file)).unwrap()[0].received,
        Received::Same
    );
    assert_eq!(
        to.import_work(&import(&file)).unwrap().undo,
        1,
        "nothing more to do"
    );
    api::mutate(&to, "undo", json!({})).unwrap();
    assert_eq!(count(&to), 0);
    api::mutate(&to, "redo", json!({})).unwrap();
    assert_eq!(get(&to)["note"], "样例厂的王工");
}

#[test]
fn a_masked_bundle_names_no_enterprise_anywhere_and_brings_no_raw_text() {
    let mine = tempfile::tempdir().unwrap();
    let file = mine.path().join("needs.atlaswork");
    let from = opened(mine.path());
    work(&from);
    transact(
        &from,
        json!({ "edit": "set_need_status", "ref": NEED, "status": "dropped", "reason": "样例厂停产" }),
    );
    export(&from, &file, true);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        !text.contains("样例厂") && !text.contains("漏检率"),
        "{text}"
    );
    assert!(text.contains("**停产") && text.contains("首选"));
    let theirs = tempfile::tempdir().unwrap();
    let to = opened(theirs.path());
    to.import_work(&import(&file)).unwrap();
    assert_eq!(get(&to)["form"]["enterprise"], "");
}

#[test]
fn a_newer_need_replaces_an_older_one_and_keeps_the_name_that_was_masked() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("needs.atlaswork");
    let app = opened(dir.path());
    work(&app);
    export(&app, &file, true);
    let bundle = std::fs::read_to_string(&file).unwrap();
    let newer = bundle
        .replace(r#""changed":"2026-11-22"#, r#""changed":"2026-11-23"#)
        .replace("**的王工", "王工回电");
    std::fs::write(&file, newer).unwrap();
    assert_eq!(
        app.inspect_work(&import(&file)).unwrap()[0].received,
        Received::Newer
    );
    app.import_work(&import(&file)).unwrap();
    let need = get(&app);
    assert_eq!(
        (&need["note"], &need["form"]["enterprise"]),
        (&json!("王工回电"), &json!("样例厂"))
    );
    assert_eq!(
        need["text"], "人工目检漏检率高",
        "what stayed at home is still there"
    );
    let older = bundle.replace(r#""changed":"2026-11-22"#, r#""changed":"2026-11-21"#);
    std::fs::write(&file, older).unwrap();
    assert_eq!(
        app.inspect_work(&import(&file)).unwrap()[0].received,
        Received::Older
    );
    app.import_work(&import(&file)).unwrap();
    assert_eq!(get(&app)["note"], "王工回电");
}

#[test]
fn what_is_no_sound_work_bundle_is_refused_with_the_reason_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("needs.atlaswork");
    let app = opened(dir.path());
    work(&app);
    export(&app, &file, false);
    let good = std::fs::read_to_string(&file).unwrap();
    let before = get(&app);
    let fact = |reason: &'static str, field: &'static str| (ErrorCode::BadRequest, reason, field);
    let mut twice: Value = serde_json::from_str(&good).unwrap();
    let line = twice["needs"][0].clone();
    twice["needs"].as_array_mut().unwrap().push(line.clone());
    let mut many = twice.clone();
    many["needs"] = vec![line; 2001].into();
    let hostile: Vec<(String, (ErrorCode, &str, &str))> = vec![
        (String::new(), fact("no_work_bundle", "")),
        ("{}".to_owned(), fact("no_work_bundle", "")),
        ("[".repeat(100_000), fact("no_work_bundle", "")),
        (
            good.replace("atlas-work", "atlas-feed"),
            fact("no_work_bundle", ""),
        ),
        (
            good.replace(r#""v":1"#, r#""v":0"#),
            fact("no_work_bundle", ""),
        ),
        (
            good.replace(r#""v":1"#, r#""v":9,"new":1"#),
            (ErrorCode::TooNew, "", ""),
        ),
        (
            good.replace(r#""title""#, r#""titel""#),
            fact("no_work_bundle", ""),
        ),
        (good.replace("own/need", "own/case"), fact("need", "ref")),
        (
            good.replace("0191e0b2-", "../../e0b2-"),
            fact("no_work_bundle", ""),
        ),
        (
            good.replace("2026-11-22T20:30:00Z\",\"shortlist", "9999\",\"shortlist"),
            fact("need", "changed"),
        ),
        (
            good.replace("首选", &"a".repeat(16_385)),
            fact("need", "note"),
        ),
        (
            good.replace(r#""status":"trial""#, r#""status":"dropped""#),
            fact("need", "reason"),
        ),
        (twice.to_string(), fact("need", "ref")),
        (many.to_string(), fact("too_large", "needs")),
        (
            format!("{good}{}", " ".repeat(16 << 20)),
            fact("too_large", "bytes"),
        ),
    ];
    for (text, (code, reason, field)) in hostile {
        std::fs::write(&file, &text).unwrap();
        let error = app.import_work(&import(&file)).unwrap_err();
        let of = |key: &str| error.facts.get(key).map_or("", String::as_str);
        let shown: String = text.chars().take(120).collect();
        assert_eq!(
            (error.code, of("reason"), of("field")),
            (code, reason, field),
            "{shown}"
        );
    }
    let missing = app
        .inspect_work(&import(&dir.path().join("none")))
        .unwrap_err();
    assert_eq!(missing.facts["reason"], "unreadable");
    assert_eq!(get(&app), before);
}

#[test]
fn what_cannot_be_written_leaves_the_file_that_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("needs.atlaswork");
    let app = opened(dir.path());
    work(&app);
    std::fs::write(&file, "before").unwrap();
    let request = |refs: Vec<&str>| ExportWorkRequest {
        refs: refs.into_iter().map(|text| text.parse().unwrap()).collect(),
        path: file.to_str().unwrap().to_owned(),
        masked: false,
    };
    let gone = "own/need/0191e0b2-7c1d-7abc-8def-0123456789ff";
    let error = app.export_work(&request(vec![NEED, gone])).unwrap_err();
    assert_eq!(
        (error.code, error.facts["ref"].as_str()),
        (ErrorCode::NotFound, gone)
    );
    assert!(app.export_work(&request(Vec::new())).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
    let left: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(".part"))
        .collect();
    assert!(left.is_empty());
}
