//! A spreadsheet of records from anybody: read to the end or refused, within the limits of a cell and a row.
#![no_main]

#[allow(dead_code)]
#[path = "../../../crates/cli/src/feed/records/sheet.rs"]
mod sheet;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let tables = sheet::xlsx(data).unwrap_or_default();
    for table in tables.iter().chain(sheet::csv(data).iter()) {
        for row in &table.rows {
            assert!(row.number > 0 && row.cells.len() <= 256);
            assert!(row.cells.iter().all(|cell| cell.len() <= 64 * 1024));
        }
    }
});
