//! The file: whole or not there, replaced only with consent, the same bytes for the same data.

use std::ops::ControlFlow;

use atlas_core::api::ExportTarget;
use atlas_core::api::types::{ErrorCode, ExportRequest};
use serde_json::{Value, json};

use super::{all, rich, with, write};

fn request(format: &str) -> ExportRequest {
    let request = json!({ "what": all(), "format": format, "language": "zh" });
    serde_json::from_value(request).unwrap()
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    for format in ["xlsx", "csv", "json", "pdf", "docx"] {
        let once = |_: u32| {
            let (path, written) = write(&app, dir.path(), &all(), format, json!({})).unwrap();
            let bytes = std::fs::read(path).unwrap();
            assert!((written.bytes - bytes.len() as f64).abs() < 0.5);
            bytes
        };
        assert!(once(1) == once(2), "{format} differs");
    }
}

#[test]
fn a_file_is_replaced_only_with_consent() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let path = dir.path().join("名单.csv");
    std::fs::write(&path, "mine").unwrap();
    let target = |replace| ExportTarget {
        path: &path,
        replace,
        font: None,
    };
    let on = &mut |_| ControlFlow::Continue(());
    let error = app.export(&request("csv"), &target(false), on).unwrap_err();
    assert_eq!(error.code, ErrorCode::FileExists);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    app.export(&request("csv"), &target(true), on).unwrap();
    assert_ne!(std::fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn a_cancelled_export_leaves_nothing_and_the_old_file_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let folder = dir.path().join("out");
    std::fs::create_dir(&folder).unwrap();
    for format in ["xlsx", "csv", "json", "pdf", "docx"] {
        let path = folder.join(format!("文件.{format}"));
        std::fs::write(&path, "old").unwrap();
        let target = ExportTarget {
            path: &path,
            replace: true,
            font: None,
        };
        for stop_at in [0, 1, 4] {
            let mut steps = 0;
            let error = app
                .export(&request(format), &target, &mut |_| {
                    steps += 1;
                    if steps > stop_at {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                })
                .unwrap_err();
            assert_eq!(error.code, ErrorCode::Cancelled, "{format} at {stop_at}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    }
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        5,
        "no parts are left"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let path = dir.path().join("nowhere/文件.xlsx");
    let target = ExportTarget {
        path: &path,
        replace: false,
        font: None,
    };
    let on = &mut |_| ControlFlow::Continue(());
    let error = app.export(&request("xlsx"), &target, on).unwrap_err();
    assert!(error.facts["path"].contains("nowhere"), "{error}");
}

/// A device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_as_one() {
    use atlas_core::api::types::ApiError;
    use atlas_core::exchange::export::ExportError;
    let full = std::io::Error::from_raw_os_error(28);
    let error: ApiError = ExportError::Io("/x/文件.xlsx".into(), full).into();
    assert_eq!(error.code, ErrorCode::DiskFull);
    assert_eq!(error.facts["path"], "/x/文件.xlsx");
}

#[test]
fn an_unknown_search_or_too_many_to_compare_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let refused = |what: Value| write(&app, dir.path(), &what, "xlsx", json!({})).unwrap_err();
    let one = "fixture/case/c1";
    for refs in [vec![one], vec![one; 5]] {
        let error = refused(json!({ "what": "comparison", "refs": refs }));
        assert_eq!(error.code, ErrorCode::BadRequest);
    }
    let error = refused(json!({ "what": "records", "refs": [], "name": "" }));
    assert_eq!(error.code, ErrorCode::BadRequest);
    let gone = json!({ "what": "comparison", "refs": [one, "fixture/case/none"] });
    assert_eq!(refused(gone).code, ErrorCode::NotFound);
}
