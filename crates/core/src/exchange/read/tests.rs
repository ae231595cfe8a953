//! Spreadsheets as people and attackers make them.

use std::io::Write as _;

use rust_xlsxwriter::{ExcelDateTime, Format as Look, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// An archive with these files.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The files of a smallest spreadsheet, with this as its sheet and these beside it.
fn archive(sheet: &str, beside: &[(&str, &str)]) -> Vec<u8> {
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
    zipped(&[&parts, beside].concat())
}

fn worksheet(cells: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>"#
    )
}

/// An OpenDocument file with these rows.
fn opendocument(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet><table:table table:name="夹具">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ])
}

fn open(name: &str, bytes: &[u8]) -> Result<Book, ReadError> {
    read(name, bytes, &Options::default())
}

fn texts(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .map(|cell| cell.text().into_owned())
        .collect()
}

fn csv(text: &str) -> Vec<(u32, Vec<String>)> {
    let book = open("fixture.csv", text.as_bytes()).unwrap();
    let rows = &book.sheets[0].rows;
    rows.iter().map(|row| (row.number, texts(row))).collect()
}

#[test]
fn cells_keep_their_form_and_place() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Look::new().set_num_format("yyyy-mm-dd");
    let day = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
    sheet.write_string(0, 0, " 夹具 ").unwrap();
    sheet.write_number(0, 1, 3.0).unwrap();
    sheet.write_datetime_with_format(0, 2, &day, &date).unwrap();
    sheet.write_boolean(0, 3, true).unwrap();
    sheet
        .write_formula(2, 3, Formula::new("=1+1").set_result("2"))
        .unwrap();
    let book = open("fixture.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let rows = &book.sheets[0].rows;
    assert_eq!(texts(&rows[0]), ["夹具", "3", "2026-03-05", "是"]);
    assert!(matches!(
        rows[0].cells[2],
        Cell::Date(Stamp {
            year: 2026,
            month: 3,
            day: 5,
            seconds: 0
        })
    ));
    assert_eq!(
        (rows[1].number, texts(&rows[1])[3].as_str()),
        (3, "2"),
        "what was saved, never computed"
    );
}

#[test]
fn a_formula_that_was_saved_without_its_result_is_told_and_an_empty_result_is_empty() {
    let sheet = worksheet(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>夹具</t></is></c><c r="B1"><f>SUM(1)</f><v></v></c><c r="C1"><f>A1</f></c><c r="D1" t="str"><f>IF(1,"")</f><v></v></c></row>"#,
    );
    let book = open("fixture.xlsx", &archive(&sheet, &[])).unwrap();
    let formula = |text: &str| Cell::Error(text.to_owned());
    assert_eq!(
        book.sheets[0].rows[0].cells[1..],
        [formula("=SUM(1)"), formula("=A1")]
    );
    let rows =
        r#"<table:table-row><table:table-cell table:formula="of:=SUM(1)"/></table:table-row>"#;
    let book = open("fixture.ods", &opendocument(rows)).unwrap();
    assert_eq!(book.sheets[0].rows[0].cells, [formula("=SUM(1)")]);
}

#[test]
fn a_stray_byte_of_zero_does_not_make_a_text_utf_16() {
    let text = format!("名称,城市\n{}夹\0具,北京\n", "夹具案例,南京\n".repeat(40));
    let text = if text.len() % 2 == 0 {
        text
    } else {
        text + "\n"
    };
    let book = open("fixture.csv", text.as_bytes()).unwrap();
    assert_eq!(book.encoding, Some("UTF-8"));
    assert_eq!(texts(&book.sheets[0].rows[41]), ["夹具", "北京"]);
}

#[test]
fn a_sheet_that_claims_to_be_huge_costs_only_its_cells() {
    let far = worksheet(r#"<row r="9"><c r="A9" t="inlineStr"><is><t>夹具</t></is></c></row>"#);
    assert_eq!(
        texts(&open("", &archive(&far, &[])).unwrap().sheets[0].rows[0]),
        ["夹具"]
    );
    let wide = worksheet(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(open("", &archive(&wide, &[])), Err(ReadError::TooMuch(1)));
    let deep = worksheet(r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#);
    assert_eq!(
        open("", &archive(&deep, &[])),
        Err(ReadError::TooMuch(1_048_576))
    );
}

#[test]
fn a_text_that_an_export_guarded_is_the_text_again() {
    let rows = csv("'=1+1,''-1,'plain,'t is\n");
    assert_eq!(rows[0].1, ["=1+1", "'-1", "'plain", "'t is"]);
}

#[test]
fn a_bomb_and_a_damaged_archive_are_refused() {
    let bomb = worksheet(&" ".repeat(600 * 1024 * 1024));
    assert_eq!(open("", &archive(&bomb, &[])), Err(ReadError::TooLarge));
    drop(bomb);
    let whole = archive(&worksheet(""), &[]);
    for cut in [10, whole.len() / 2, whole.len() - 1] {
        assert!(
            matches!(open("", &whole[..cut]), Err(ReadError::Damaged(_))),
            "cut at {cut}"
        );
    }
    assert_eq!(open("", &[]), Err(ReadError::NoSpreadsheet));
}

#[test]
fn what_is_packed_too_tightly_is_a_bomb() {
    // Forty million spaces, deflated by hand: one stored block of nothing would not be a bomb, so a real one is made.
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("xl/workbook.xml", packed).unwrap();
    zip.write_all(&vec![b' '; 40 * 1024 * 1024]).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 100 * 1024);
    assert_eq!(open("", &bytes), Err(ReadError::Bomb));
}

#[test]
fn macros_passwords_and_other_formats_are_named() {
    let macros = archive(&worksheet(""), &[("xl/vbaProject.bin", "x")]);
    assert_eq!(open("fixture.xlsm", &macros), Err(ReadError::Macros));
    let mut locked = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    locked.create_stream("/EncryptedPackage").unwrap();
    locked.create_stream("/EncryptionInfo").unwrap();
    let locked = locked.into_inner().into_inner();
    assert_eq!(open("fixture.xlsx", &locked), Err(ReadError::Encrypted));
    let sealed = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
        ("content.xml", "<x/>"),
    ]);
    assert_eq!(open("fixture.ods", &sealed), Err(ReadError::Encrypted));
    let binary = zipped(&[("xl/workbook.bin", "x")]);
    assert_eq!(open("fixture.xlsb", &binary), Err(ReadError::Unsupported));
    assert_eq!(
        open("fixture.xls", b"<html><table></table></html>"),
        Err(ReadError::Unsupported)
    );
    assert_eq!(
        open("fixture.csv", b"%PDF-1.7"),
        Err(ReadError::NoSpreadsheet)
    );
    let sheet = archive(&worksheet(""), &[]);
    assert_eq!(
        open("fixture.csv", &sheet),
        Err(ReadError::WrongEnding(Format::Xlsx))
    );
    assert_eq!(
        open("fixture.xls", "名称,城市\n".as_bytes()),
        Err(ReadError::WrongEnding(Format::Csv))
    );
    assert!(open("fixture.XLSX", &sheet).is_ok());
}

#[test]
fn text_is_read_in_the_encodings_that_spreadsheets_write() {
    let text = "名称,城市\n夹具案例𬭎,\"南京,\n二行\"\n";
    let (gbk, ..) = encoding_rs::GB18030.encode(text);
    let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let little: Vec<u8> = std::iter::once(0xfeff)
        .chain(units(text))
        .flat_map(u16::to_le_bytes)
        .collect();
    let unmarked: Vec<u8> = units(text).into_iter().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units(text).into_iter().flat_map(u16::to_be_bytes).collect();
    let marked = format!("\u{feff}{text}");
    for (bytes, encoding) in [
        (text.as_bytes(), "UTF-8"),
        (marked.as_bytes(), "UTF-8"),
        (&gbk, "gb18030"),
        (&little, "UTF-16LE"),
        (&unmarked, "UTF-16LE"),
        (&big, "UTF-16BE"),
    ] {
        let book = open("fixture.csv", bytes).unwrap();
        assert_eq!(book.encoding, Some(encoding));
        let rows = &book.sheets[0].rows;
        assert_eq!(texts(&rows[0]), ["名称", "城市"]);
        assert_eq!(texts(&rows[1]), ["夹具案例𬭎", "南京,\n二行"]);
    }
    let western =
        "Name;Stadt;Straße\nMüller & Söhne – “Fixture”;Köln;Große Allee\nCafé;Zürich;Höhe\n";
    let (cp1252, ..) = encoding_rs::WINDOWS_1252.encode(western);
    let book = open("fixture.csv", &cp1252).unwrap();
    assert_eq!(
        (book.encoding, book.delimiter),
        (Some("windows-1252"), Some(';'))
    );
    assert_eq!(
        texts(&book.sheets[0].rows[1])[0],
        "Müller & Söhne – “Fixture”"
    );
    let chosen = Options {
        encoding: Some("gb18030".to_owned()),
        delimiter: None,
    };
    assert_eq!(
        read("fixture.csv", &gbk, &chosen).unwrap().encoding,
        Some("gb18030")
    );
    let wrong = Options {
        encoding: Some("utf-8".to_owned()),
        delimiter: None,
    };
    assert!(matches!(
        read("fixture.csv", &gbk, &wrong),
        Err(ReadError::Encoding(_))
    ));
}

#[test]
fn rows_of_a_text_file_are_numbered_as_a_spreadsheet_shows_them() {
    let rows = csv("a,b\r\n\r\n\"x\ny\",z\r\rlast,row");
    let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 3, 5]);
    assert_eq!(rows[1].1, ["x\ny", "z"]);
    assert_eq!(
        csv("a \"quoted\" word,\"say \"\"hi\"\"\"\n")[0].1,
        ["a \"quoted\" word", "say \"hi\""]
    );
    assert_eq!(
        open("f.csv", b"a,b\n1,\"open\n2,x\n"),
        Err(ReadError::OpenQuote(2))
    );
    let wide = ",".repeat(300);
    assert_eq!(open("f.csv", wide.as_bytes()), Err(ReadError::TooMuch(1)));
    let long = format!("a,{}\n", "x".repeat(MAX_TEXT + 1));
    assert_eq!(open("f.csv", long.as_bytes()), Err(ReadError::TooMuch(1)));
    let deep = "x\n".repeat(MAX_ROWS as usize + 1);
    assert_eq!(
        open("f.csv", deep.as_bytes()),
        Err(ReadError::TooMuch(MAX_ROWS + 1))
    );
}

#[test]
fn the_delimiter_is_the_one_that_fits_the_rows() {
    for delimiter in [",", ";", "\t", "|"] {
        let text =
            format!("name{delimiter}note\nA{delimiter}one, two; three\nB{delimiter}four, five\n");
        let quoted = text
            .replace("one, two; three", "\"one, two; three\"")
            .replace("four, five", "\"four, five\"");
        assert_eq!(csv(&quoted)[1].1.len(), 2, "{delimiter:?}");
    }
    assert_eq!(
        csv("sep=;\na;b,c\n"),
        [(2, vec!["a".to_owned(), "b,c".to_owned()])]
    );
    let chosen = Options {
        encoding: None,
        delimiter: Some('#'),
    };
    assert_eq!(
        read("f.csv", b"a#b,c\n", &chosen).unwrap().sheets[0].rows[0]
            .cells
            .len(),
        2
    );
}

#[test]
fn opendocument_cells_have_their_values_and_no_comments() {
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>comment</text:p></office:annotation><text:p>夹具 &amp; <text:span>甲</text:span></text:p><text:p>二行</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="3.5"><text:p>3,5</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-03-05"><text:p>05.03.26</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true" table:number-columns-repeated="2"/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let book = open("fixture.ods", &opendocument(rows)).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(
        (sheet.name.as_str(), sheet.rows.len(), sheet.rows[0].number),
        ("夹具", 1, 3)
    );
    assert_eq!(
        texts(&sheet.rows[0]),
        ["夹具 & 甲\n二行", "3.5", "2026-03-05", "是", "是"]
    );
}

#[test]
fn a_short_opendocument_file_does_not_become_a_long_one() {
    let row = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    assert_eq!(
        open("f.ods", &opendocument(row)),
        Err(ReadError::TooMuch(1))
    );
    let wide = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(
        open("f.ods", &opendocument(wide)),
        Err(ReadError::TooMuch(1))
    );
    let many = r#"<table:table-row table:number-rows-repeated="100000"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="256"/></table:table-row>"#;
    assert!(matches!(
        open("f.ods", &opendocument(many)),
        Err(ReadError::TooMuch(_))
    ));
}

/// An old spreadsheet with these records in its stream.
fn legacy(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let mut stream = file.create_stream("/Workbook").unwrap();
    for (kind, content) in records {
        stream.write_all(&kind.to_le_bytes()).unwrap();
        stream
            .write_all(&(content.len() as u16).to_le_bytes())
            .unwrap();
        stream.write_all(content).unwrap();
    }
    drop(stream);
    file.into_inner().into_inner()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A workbook of one sheet, whose records these are.
fn one_sheet(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let begin = words(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0]);
    let name = [&[4u8, 0][..], b"demo"].concat();
    // BOF and BoundSheet with their heads, and EOF: where the sheet begins.
    let place = (4 + begin.len()) + (4 + 6 + name.len()) + 4;
    let bound = [&(place as u32).to_le_bytes()[..], &[0, 0], &name].concat();
    let sheet = words(&[0x0600, 0x0010, 0, 0, 0, 0, 0, 0]);
    let mut all = vec![
        (0x0809, begin),
        (0x0085, bound),
        (0x000a, Vec::new()),
        (0x0809, sheet),
    ];
    all.extend(records.iter().cloned());
    all.push((0x000a, Vec::new()));
    legacy(&all)
}

#[test]
fn an_old_spreadsheet_is_read() {
    let number = |row: u16, column: u16, value: f64| {
        (
            0x0203,
            [words(&[row, column, 0]), value.to_le_bytes().to_vec()].concat(),
        )
    };
    let book = open("f.xls", &one_sheet(&[number(1, 0, 3.5), number(1, 2, 4.0)])).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.rows[0].number), ("demo", 2));
    assert_eq!(texts(&sheet.rows[0]), ["3.5", "", "4"]);
}

#[test]
fn an_old_spreadsheet_that_claims_to_be_huge_is_refused_before_room_is_made() {
    let huge = |rows: u32, columns: u16| {
        let mut content = words(&[0, 0, 0, 0, 0, columns, 0]);
        content[4..8].copy_from_slice(&rows.to_le_bytes());
        one_sheet(&[(0x0200, content)])
    };
    for (rows, columns) in [(u32::MAX, 1), (65_536, 65_535), (65_536, 256)] {
        let refused = open("f.xls", &huge(rows, columns));
        assert!(
            matches!(refused, Err(ReadError::TooMuch(_))),
            "{rows} {columns}"
        );
    }
    let far = (0x0203, [words(&[65_535, 255, 0]), vec![0; 8]].concat());
    let near = (0x0203, [words(&[0, 0, 0]), vec![0; 8]].concat());
    assert!(matches!(
        open("f.xls", &one_sheet(&[near, far])),
        Err(ReadError::TooMuch(_))
    ));
    let locked = one_sheet(&[(0x002f, words(&[1, 0]))]);
    assert_eq!(open("f.xls", &locked), Err(ReadError::Encrypted));
    // A sheet that begins within another record.
    let mut moved = one_sheet(&[]);
    let at = moved.windows(4).position(|part| part == b"demo").unwrap() - 8;
    moved[at] ^= 2;
    assert!(matches!(open("f.xls", &moved), Err(ReadError::Damaged(_))));
}
