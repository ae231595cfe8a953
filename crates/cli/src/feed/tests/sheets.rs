//! Spreadsheets as people and attackers make them.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::feed::records::sheet::{SheetError, csv, xlsx};

/// An archive with the files of a smallest spreadsheet, and this as its sheet.
fn archive(sheet: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="fixture" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(cells: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>"#
    )
}

#[test]
fn cells_come_as_a_person_reads_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let day = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
    sheet.write_string(0, 0, " 夹具 ").unwrap();
    sheet.write_number(0, 1, 3.0).unwrap();
    sheet.write_datetime_with_format(0, 2, &day, &date).unwrap();
    sheet
        .write_formula(2, 3, Formula::new("=1+1").set_result("2"))
        .unwrap();
    let tables = xlsx(&book.save_to_buffer().unwrap()).unwrap();
    let rows = &tables[0].rows;
    assert_eq!(rows[0].cells, ["夹具", "3", "2026-03-05"]);
    assert_eq!(
        (rows[1].number, rows[1].cells[3].as_str()),
        (3, "2"),
        "what was saved, never computed"
    );
}

#[test]
fn a_sheet_that_claims_to_be_huge_costs_only_its_cells() {
    let far = sheet(r#"<row r="9"><c r="A9" t="inlineStr"><is><t>夹具</t></is></c></row>"#);
    assert_eq!(xlsx(&archive(&far)).unwrap()[0].rows[0].cells, ["夹具"]);
    let wide = sheet(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(xlsx(&archive(&wide)), Err(SheetError::TooMuch(1)));
    let deep = sheet(r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#);
    assert_eq!(xlsx(&archive(&deep)), Err(SheetError::TooMuch(1_048_576)));
}

#[test]
fn a_bomb_and_a_damaged_archive_are_refused() {
    let bomb = sheet(&" ".repeat(600 * 1024 * 1024));
    assert_eq!(xlsx(&archive(&bomb)), Err(SheetError::TooLarge));
    drop(bomb);
    let whole = archive(&sheet(""));
    for cut in [0, 10, whole.len() / 2, whole.len() - 1] {
        assert!(
            matches!(xlsx(&whole[..cut]), Err(SheetError::Damaged(_))),
            "cut at {cut}"
        );
    }
}

#[test]
fn csv_is_read_in_the_encodings_that_spreadsheets_write() {
    let text = "名称,城市\n夹具案例,\"南京,\n二行\"\n";
    let (gbk, ..) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = format!("\u{feff}{text}");
    for bytes in [text.as_bytes(), marked.as_bytes(), &gbk, &utf16] {
        let table = csv(bytes).unwrap();
        assert_eq!(table.rows[0].cells, ["名称", "城市"]);
        assert_eq!(table.rows[1].cells, ["夹具案例", "南京,\n二行"]);
    }
    let wide = ",".repeat(300);
    assert_eq!(csv(wide.as_bytes()), Err(SheetError::TooMuch(1)));
    assert!(csv(&[0xff, 0xff, 0xff, 0x80]).is_err());
}
