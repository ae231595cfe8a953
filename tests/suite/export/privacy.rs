//! What is private is masked, told and left out as asked, whatever the format.

use atlas_core::api;
use atlas_core::model::PrivateField;
use serde_json::{Value, json};
use tests::pdf;

use super::{all, parts, rich, with, write};
use crate::folder::transact;
use crate::needs::{NEED, save};

/// All that a file says, as one text.
fn text(path: &std::path::Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    match path.extension().and_then(|it| it.to_str()) {
        Some("xlsx" | "docx") => parts(path).into_iter().map(|(_, text)| text).collect(),
        Some("pdf") => pdf::pages(&bytes).concat(),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

#[test]
fn phones_of_contacts_are_masked_unless_asked_for_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let provider = json!({ "what": "records", "refs": ["fixture/provider/p1"], "name": "" });
    for format in ["xlsx", "csv", "json", "pdf", "docx"] {
        let (path, written) = write(&app, dir.path(), &provider, format, json!({})).unwrap();
        let said = text(&path);
        assert!(
            said.contains("138****8000") && !said.contains("13800138000"),
            "{format}"
        );
        assert_eq!(
            written.private,
            [
                PrivateField::Person,
                PrivateField::Phone,
                PrivateField::Email
            ],
            "{format}"
        );
        let full = json!({ "phones": true });
        let (path, _) = write(&app, dir.path(), &provider, format, full).unwrap();
        assert!(text(&path).contains("13800138000"), "{format}");
        let without = json!({ "without": ["person", "phone", "email"] });
        let (path, written) = write(&app, dir.path(), &provider, format, without).unwrap();
        let said = text(&path);
        for gone in ["138****8000", "13800138000", "测试员", "office@"] {
            assert!(!said.contains(gone), "{gone} in {format}");
        }
        assert_eq!(written.private, []);
    }
}

#[test]
fn a_document_says_which_private_fields_it_contains() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let (path, _) = write(&app, dir.path(), &all(), "xlsx", json!({})).unwrap();
    assert!(text(&path).contains("含有个人或内部信息：联系人、联系电话（已打码）、联系邮箱"));
    let without = json!({ "without": ["person", "phone", "email"] });
    let (path, _) = write(&app, dir.path(), &all(), "xlsx", without).unwrap();
    assert!(text(&path).contains("不含联系人"));
    let request = json!({ "what": all(), "format": "xlsx", "language": "zh" });
    let preview = api::query(&app, "preview_export", request).unwrap();
    assert_eq!(preview["rows"], 3);
    assert_eq!(preview["private"], json!(["person", "phone", "email"]));
}

#[test]
fn a_masked_enterprise_is_named_in_no_format_and_notes_can_be_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let form = json!({
        "title": "密名厂外观检测", "enterprise": "密名厂", "masked": true,
        "problem": "密名厂联系13912345678、0512-66668888、wang@fixture.example",
    });
    save(&app, NEED, form);
    transact(
        &app,
        json!({ "edit": "note_need", "ref": NEED, "note": "只在内部说密名厂的事", "next": null }),
    );
    let board = json!({ "what": "needs", "refs": [] });
    for format in ["xlsx", "csv", "json", "pdf", "docx"] {
        let (path, written) = write(&app, dir.path(), &board, format, json!({})).unwrap();
        let said = text(&path);
        assert!(
            !said.contains("密名厂") && said.contains("外观检测"),
            "{format}"
        );
        for contact in ["13912345678", "66668888", "wang@"] {
            assert!(!said.contains(contact), "{format}");
        }
        assert!(said.contains("只在内部说"), "{format}");
        assert!(written.private.contains(&PrivateField::Note), "{format}");
        let without = json!({ "without": ["note"] });
        let (path, _) = write(&app, dir.path(), &board, format, without).unwrap();
        assert!(!text(&path).contains("只在内部说"), "{format}");
    }
    let (path, _) = write(&app, dir.path(), &board, "json", json!({})).unwrap();
    let read: Value = serde_json::from_str(&text(&path)).unwrap();
    assert_eq!(read["needs"][0]["form"]["enterprise"], "");
}

#[test]
fn what_an_import_kept_beside_the_fields_counts_as_a_note_and_its_mobiles_are_masked() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let own = "own/provider/0191e0b2-7c1d-7abc-8def-000000000001";
    let fields = json!({
        "columns": { "法定代表人": "测试员", "负责人手机": "13911112222" },
        "offers": ["请打13911113333"],
    });
    crate::own::write(&app, own, "样例服务商", fields);
    let what = json!({ "what": "records", "refs": [own, own], "name": "样例" });
    for format in ["json", "csv", "xlsx"] {
        let (path, written) = write(&app, dir.path(), &what, format, json!({})).unwrap();
        let said = text(&path);
        assert!(
            said.contains("测试员") && said.contains("139****2222"),
            "{format}"
        );
        assert!(
            !said.contains("13911112222") && !said.contains("13911113333"),
            "{format}"
        );
        assert!(written.private.contains(&PrivateField::Note), "{format}");
        let (path, _) = write(
            &app,
            dir.path(),
            &what,
            format,
            json!({ "without": ["note"] }),
        )
        .unwrap();
        assert!(!text(&path).contains("测试员"), "{format}");
    }
}

#[test]
fn an_offers_matches_name_no_masked_enterprise_and_go_without_own_needs() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let form = json!({ "title": "密名厂外观检测", "enterprise": "密名厂", "masked": true });
    save(&app, NEED, form);
    let own = "own/solution/0191e0b2-7c1d-7abc-8def-000000000001";
    crate::own::write(&app, own, "外观检测", json!({ "delivery": ["saas"] }));
    let what = json!({ "what": "offer", "request": { "ref": own, "limit": 10 } });
    let (path, _) = write(&app, dir.path(), &what, "json", json!({})).unwrap();
    let said = text(&path);
    assert!(said.contains(NEED) && said.contains("**外观检测") && !said.contains("密名厂"));
    let (path, _) = write(
        &app,
        dir.path(),
        &what,
        "json",
        json!({ "without": ["enterprise"] }),
    )
    .unwrap();
    assert!(!text(&path).contains(NEED));
}
