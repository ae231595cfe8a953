//! Any table, mapped and checked as the product proposes: every row is accounted for, and what would be written is a record.
#![no_main]

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use atlas_core::api::types::{DuplicateChoice, TablePlan};
use atlas_core::exchange::draft::Origin;
use atlas_core::exchange::duplicates::Directory;
use atlas_core::exchange::read::{Options, read};
use atlas_core::exchange::words::Language;
use atlas_core::exchange::{check, fields, header, mapping, report};
use atlas_core::model::{Date, Kind, Record};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, data)) = data.split_first() else {
        return;
    };
    let Ok(book) = read("fuzz.csv", data, &Options::default()) else {
        return;
    };
    let kind = fields::KINDS[*first as usize % fields::KINDS.len()];
    let sheet = &book.sheets[0];
    let Some(number) = header::find(sheet) else {
        return;
    };
    let columns = mapping::columns(kind, sheet, number);
    let plan = TablePlan {
        table: 1,
        sheet: 0,
        header: number,
        mapping: mapping::proposed(kind, &columns),
        duplicates: DuplicateChoice::Fill,
        choices: BTreeMap::new(),
        fields: BTreeMap::new(),
    };
    assert_eq!(mapping::fault(&plan.mapping), None);
    let go_on = &mut |_| ControlFlow::Continue(());
    let known = Directory::default();
    let Ok(mut checked) = check::check(sheet, &plan, &known, &|_| None, go_on) else {
        unreachable!("nobody stops it");
    };
    let sums = &checked.sums;
    assert_eq!(sums.new + sums.duplicates + sums.skipped + sums.wrong, sums.rows);
    let origin = Origin {
        file: "fuzz.csv".to_owned(),
        today: Date::parse("2026-11-28").unwrap(),
    };
    let id = |row: u32| format!("0191e0b2-7c1d-7abc-8def-{row:012x}");
    let writes = checked.writes(sheet, &origin, &id, &|_| None, go_on);
    for write in writes.unwrap_or_default() {
        if kind == Kind::Need {
            assert!(serde_json::from_value::<atlas_core::model::NeedForm>(write.record).is_ok());
        } else {
            let record: Record = serde_json::from_value(write.record).expect("a record");
            assert!(!record.head().name.any().trim().is_empty());
        }
    }
    report::workbook(&book, 0, &checked, Language::En).expect("a report can be written");
});
