//! Importing a spreadsheet, beside what any program would have to do: read its cells and insert the rows as JSON.
//!
//! The product reads, recognises the columns, normalises and checks every cell, looks for duplicates, writes records with
//! undo, and indexes them; the plain program does none of that.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use atlas_core::api;
use atlas_core::api::types::{ImportTableRequest, OpenTableRequest, TableColumns, TablePlan};
use calamine::{Data, Reader as _};
use rusqlite::{Connection, params};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Map, Value, json};

use super::{Failure, app, middle};

/// Rows of the made-up table.
const ROWS: u32 = 20_000;
/// Runs of each, in turns.
const RUNS: usize = 3;

/// Compares the two, on a file or on a made-up one in both formats.
pub fn compare(dir: &Path, file: Option<&str>) -> Result<(), Failure> {
    fs::create_dir_all(dir)?;
    let files: Vec<PathBuf> = match file {
        Some(file) => vec![PathBuf::from(file)],
        None => made(dir)?,
    };
    println!(
        "file                              rows   read+check   write+index   rows/s   plain rows/s"
    );
    for file in &files {
        let (mut looked, mut written, mut plain, mut rows) =
            (Vec::new(), Vec::new(), Vec::new(), 0);
        for run in 0..RUNS {
            let folder = dir.join(format!("folder-{run}"));
            let (count, look, write) = ours(&folder, file)?;
            rows = count;
            looked.push(look);
            written.push(write);
            plain.push(simple(&folder, file)?);
            fs::remove_dir_all(folder)?;
        }
        let (look, write, plain) = (
            middle(&mut looked),
            middle(&mut written),
            middle(&mut plain),
        );
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!(
            "{name:32} {rows:6} {look:10.2} s {write:11.2} s {:8.0} {:14.0}",
            f64::from(rows) / (look + write),
            f64::from(rows) / plain
        );
    }
    fs::remove_dir_all(dir)?;
    Ok(())
}

/// Imports a file as the product proposes; tells rows, and seconds until checked and until written.
fn ours(folder: &Path, file: &Path) -> Result<(u32, f64, f64), Failure> {
    let app = app(folder)?;
    let go_on = &mut |_| ControlFlow::Continue(());
    let began = Instant::now();
    let request = OpenTableRequest {
        path: file.display().to_string(),
        ..OpenTableRequest::default()
    };
    let table = app.open_table(&request, go_on)?;
    let sheet = table.sheet as usize;
    let header = table.sheets[sheet].header;
    let request =
        json!({ "table": table.table, "sheet": sheet, "header": header, "kind": table.kind });
    let columns: TableColumns = serde_json::from_value(api::query(&app, "map_table", request)?)?;
    let plan: TablePlan = serde_json::from_value(json!({
        "table": table.table, "sheet": sheet, "header": header, "mapping": columns.mapping,
    }))?;
    let check = app.check_table(&plan, go_on)?;
    let looked = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let request = ImportTableRequest {
        table: table.table,
        partly: true,
        keep_mapping: false,
        seed: "bench".to_owned(),
    };
    let done = app.import_table(&request, go_on)?;
    let written = began.elapsed().as_secs_f64();
    if done.added + done.kept + done.changed + done.wrong != check.rows - check.skipped {
        return Err(format!("{done:?} {check:?}").into());
    }
    Ok((check.rows - check.skipped, looked, written))
}

/// Reads the cells and inserts the rows as JSON in one transaction; tells seconds.
fn simple(folder: &Path, file: &Path) -> Result<f64, Failure> {
    let began = Instant::now();
    let rows: Vec<Vec<String>> = if file.extension().is_some_and(|ending| ending == "csv") {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(file)?;
        let records: Result<Vec<_>, _> = reader.records().collect();
        records?
            .iter()
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect()
    } else {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(file)?;
        let name = book.sheet_names().remove(0);
        let range = book.worksheet_range(&name)?;
        let text = |cell: &Data| cell.to_string();
        range
            .rows()
            .map(|row| row.iter().map(text).collect())
            .collect()
    };
    let mut connection = Connection::open(folder.join("plain.db"))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection
        .execute_batch("create table record (id integer primary key, raw text not null) strict;")?;
    let transaction = connection.transaction()?;
    let head = rows.first().cloned().unwrap_or_default();
    for row in rows.iter().skip(1) {
        let cells = head
            .iter()
            .cloned()
            .zip(row.iter().map(|cell| Value::from(cell.as_str())));
        let raw = serde_json::to_string(&cells.collect::<Map<String, Value>>())?;
        transaction
            .prepare_cached("insert into record (raw) values (?)")?
            .execute(params![raw])?;
    }
    transaction.commit()?;
    Ok(began.elapsed().as_secs_f64())
}

/// A made-up table of the width of public inventories, as XLSX and as CSV.
fn made(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    const HEADERS: [&str; 16] = [
        "Agency Name",
        "Use Case ID",
        "Use Case Name",
        "Bureau",
        "Email Address",
        "Stage of Development",
        "Topic Area",
        "AI Classification",
        "Problem Solved",
        "Expected benefits",
        "System outputs",
        "Operational Date",
        "Vendor Name",
        "Data description",
        "Justification",
        "Comments on review",
    ];
    let text = |number: u32, column: u32| -> String {
        match column {
            0 => format!("Fixture agency {}", number % 40),
            1 => format!("FX-{number}"),
            2 => format!("Fixture use case {number}: sorting of incoming documents"),
            4 => format!("office{}@example.org", number % 40),
            5 => ["Pilot", "Deployed", "Pre-deployment", "Retired"][number as usize % 4].to_owned(),
            6 => ["Science", "Health & Medical", "Law Enforcement"][number as usize % 3].to_owned(),
            7 => ["Computer Vision", "NLP", "Classical ML", "Generative AI"][number as usize % 4].to_owned(),
            11 => format!("{}/{}/2025", number % 12 + 1, number % 28 + 1),
            column => format!("Made-up text {number} of column {column}, as long as such texts commonly are in forms of offices. ").repeat(2),
        }
    };
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    let mut csv = csv::Writer::from_path(dir.join("made.csv"))?;
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write_string(0, column, header)?;
    }
    csv.write_record(HEADERS)?;
    for number in 0..ROWS {
        let mut record = Vec::new();
        for column in 0..HEADERS.len() as u32 {
            let text = text(number, column);
            if column == 11 {
                let day = ExcelDateTime::from_ymd(
                    2025,
                    (number % 12 + 1) as u8,
                    (number % 28 + 1) as u8,
                )?;
                sheet.write_datetime_with_format(number + 1, column as u16, &day, &date)?;
            } else {
                sheet.write_string(number + 1, column as u16, text.as_str())?;
            }
            record.push(text);
        }
        csv.write_record(record)?;
    }
    csv.flush()?;
    book.save(dir.join("made.xlsx"))?;
    Ok(vec![dir.join("made.xlsx"), dir.join("made.csv")])
}
