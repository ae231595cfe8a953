//! Damage: what can be made again is mended and told, what cannot is kept.

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api;
use atlas_core::api::types::{AppStatus, ErrorCode, NoticeCode};
use atlas_core::bundled::Bundle;
use atlas_core::feed::Digest;
use serde_json::json;
use tests::fixtures::{bundle, record};

use crate::folder::transact;
use crate::product::{app, codes, open, small};

fn damage(path: &Path, at: u64, bytes: &[u8]) {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

#[test]
fn a_damaged_or_missing_catalog_or_index_mends_itself_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    drop({
        let app = app(dir.path(), small());
        open(&app);
        app
    });
    let catalog = dir.path().join("catalog.db");
    let healthy = |status: &AppStatus| (status.records["case"], status.index.documents) == (2, 2);

    std::fs::write(&catalog, b"no database").unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(
        codes(&status).contains(&NoticeCode::CatalogRepaired) && healthy(&status),
        "{status:?}"
    );

    damage(&catalog, 4096, &[0xff; 8192]);
    let status = open(&app(dir.path(), small()));
    assert!(
        codes(&status).contains(&NoticeCode::CatalogRepaired) && healthy(&status),
        "{status:?}"
    );

    std::fs::remove_file(&catalog).unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(healthy(&status), "{status:?}");

    for entry in std::fs::read_dir(dir.path().join("index")).unwrap() {
        std::fs::write(entry.unwrap().path(), b"damaged").unwrap();
    }
    let status = open(&app(dir.path(), small()));
    assert!(
        codes(&status).contains(&NoticeCode::IndexRebuilt) && healthy(&status),
        "{status:?}"
    );

    std::fs::remove_dir_all(dir.path().join("index")).unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(healthy(&status), "{status:?}");
}

#[test]
fn damaged_user_data_is_kept_and_the_newest_sound_backup_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    transact(
        &first,
        json!({ "edit": "add_favourite", "ref": "fixture/case/a" }),
    );
    drop(first);
    // The second start makes a backup, because something changed since there was none.
    drop({
        let app = app(dir.path(), small());
        open(&app);
        app
    });
    let user = dir.path().join("user.db");
    std::fs::write(&user, [b'x'; 9_000]).unwrap();
    let app = app(dir.path(), small());
    let status = open(&app);
    assert!(
        codes(&status).contains(&NoticeCode::UserRestored),
        "{status:?}"
    );
    let list = api::query(&app, "list_favourites", json!({})).unwrap();
    assert_eq!(list[0]["row"]["ref"], "fixture/case/a");
    assert_eq!(
        std::fs::read(dir.path().join("user.db.damaged")).unwrap(),
        [b'x'; 9_000],
        "the damaged file is kept"
    );
}

#[test]
fn user_data_that_is_gone_or_empty_comes_back_from_the_newest_sound_backup() {
    for emptied in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let first = app(dir.path(), small());
        open(&first);
        transact(
            &first,
            json!({ "edit": "add_favourite", "ref": "fixture/case/a" }),
        );
        api::mutate(&first, "make_backup", json!({})).unwrap();
        drop(first);
        let user = dir.path().join("user.db");
        if emptied {
            std::fs::write(&user, b"").unwrap();
        } else {
            std::fs::remove_file(&user).unwrap();
        }
        let app = app(dir.path(), small());
        let status = open(&app);
        let told = (status.notices.iter())
            .find(|notice| notice.code == NoticeCode::UserRestored)
            .unwrap();
        assert_eq!(told.facts.contains_key("path"), emptied, "{told:?}");
        let list = api::query(&app, "list_favourites", json!({})).unwrap();
        assert_eq!(list[0]["row"]["ref"], "fixture/case/a");
    }
    // A folder without backups is a new one.
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("user.db"), b"").unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(
        !codes(&status).contains(&NoticeCode::UserDamaged),
        "{status:?}"
    );
}

#[test]
fn user_data_of_a_newer_version_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    drop({
        let app = app(dir.path(), small());
        open(&app);
        app
    });
    let user = dir.path().join("user.db");
    let newer = rusqlite::Connection::open(&user).unwrap();
    newer
        .execute_batch("create table later (a text) strict; pragma user_version = 99")
        .unwrap();
    drop(newer);
    let before = std::fs::read(&user).unwrap();
    let error = app(dir.path(), small())
        .open(&mut |_| ControlFlow::Continue(()))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::TooNew);
    assert_eq!(std::fs::read(&user).unwrap(), before);
}

#[test]
fn a_version_that_no_version_wrote_is_damage() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    transact(
        &first,
        json!({ "edit": "add_favourite", "ref": "fixture/case/a" }),
    );
    api::mutate(&first, "make_backup", json!({})).unwrap();
    drop(first);
    // Every migration changes the schema, so today's schema with another number is nobody's.
    for version in [0, 1, 99] {
        damage(&dir.path().join("user.db"), 60, &[0, 0, 0, version]);
        let app = app(dir.path(), small());
        let status = open(&app);
        assert!(
            codes(&status).contains(&NoticeCode::UserRestored),
            "{version}: {status:?}"
        );
        let list = api::query(&app, "list_favourites", json!({})).unwrap();
        assert_eq!(list[0]["row"]["ref"], "fixture/case/a");
    }
}

/// A catalog too large to be checked before the start goes on.
fn large() -> Bundle {
    let cases: Vec<_> = (0..300)
        .map(|n| {
            // A pack that compresses too well would be refused as a bomb.
            let problem: String = (0..256)
                .map(|part| Digest::of(format!("{n} {part}").as_bytes()).to_string() + " ")
                .collect();
            record(
                "case",
                &format!("c{n}"),
                &format!("案例{n}"),
                json!({ "problem": { "zh": problem } }),
            )
        })
        .collect();
    bundle(1, &cases)
}

#[test]
fn a_large_catalog_is_checked_beside_the_work_and_mended() {
    let dir = tempfile::tempdir().unwrap();
    open(&app(dir.path(), large()));
    let catalog = dir.path().join("catalog.db");
    let bytes = std::fs::metadata(&catalog).unwrap().len();
    assert!(bytes > 4 << 20, "{bytes} bytes are checked at once");

    let sound = app(dir.path(), large());
    assert_eq!(codes(&open(&sound)), []);
    assert_eq!(codes(&sound.check().unwrap()), []);
    drop(sound);

    damage(&catalog, bytes / 2 / 4096 * 4096, &vec![0xff; 64 * 1024]);
    let damaged = app(dir.path(), large());
    assert_eq!(codes(&open(&damaged)), [], "nobody waits for the check");
    let checked = damaged.check().unwrap();
    assert_eq!(codes(&checked), [NoticeCode::CatalogRepaired]);
    assert_eq!(
        (checked.records["case"], checked.index.documents),
        (300, 300)
    );
    drop(damaged);
    let after = app(dir.path(), large());
    open(&after);
    assert_eq!(codes(&after.check().unwrap()), []);
}

#[test]
fn an_end_without_ceremony_is_remembered_until_the_catalog_was_checked() {
    let dir = tempfile::tempdir().unwrap();
    open(&app(dir.path(), large()));
    let mark = dir.path().join("running");
    assert!(!mark.exists(), "an orderly end leaves no mark");

    std::fs::write(&mark, "").unwrap();
    open(&app(dir.path(), large()));
    assert!(mark.exists(), "no check, and the next start knows");

    let checked = app(dir.path(), large());
    open(&checked);
    checked.check().unwrap();
    checked.close();
    assert!(!mark.exists(), "closing is an orderly end");
    open(&checked);
}
