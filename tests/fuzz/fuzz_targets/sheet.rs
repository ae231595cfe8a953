//! A spreadsheet from anybody: read to the end or refused, within the limits of a cell and a row.
#![no_main]

use atlas_core::exchange::read::{MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Options, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The old binary format is read by a library whose panics are caught, which the fuzzer does not let pass; what is
    // measured before it has tests of its own.
    if data.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return;
    }
    let Ok(book) = read("", data, &Options::default()) else {
        return;
    };
    for row in book.sheets.iter().flat_map(|sheet| &sheet.rows) {
        assert!(row.number > 0 && row.number <= MAX_ROWS);
        assert!(row.cells.len() <= MAX_COLUMNS as usize);
        assert!(row.cells.iter().all(|cell| cell.text().len() <= MAX_TEXT));
    }
    for sheet in &book.sheets {
        assert!(sheet.rows.is_sorted_by_key(|row| row.number));
    }
});
