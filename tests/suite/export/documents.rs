//! Documents: text that reads back as it was put in, tables over many pages, a missing glyph as an error.

use std::path::{Path, PathBuf};
use std::process::Command;

use atlas_core::exchange::export::sink::{Bar, Bars, Cell, Column, Front, Heat, Sink, Table};
use atlas_core::exchange::export::texts::Language;
use atlas_core::exchange::export::{ExportError, Fonts, Format, Options, Stamp, tell};
use tests::pdf::{dense, pages};

use super::{part, parts};

fn options(format: Format) -> Options<'static> {
    Options {
        format,
        language: Language::Zh,
        now: "2026-11-22T20:30:00Z",
        stamp: Stamp::default(),
        without: std::collections::BTreeSet::new(),
        phones: false,
        bom: true,
        fonts: Vec::new(),
        replace: true,
    }
}

fn front(title: &str) -> Front {
    Front {
        title: title.to_owned(),
        lines: vec!["生成于 2026-11-22".to_owned()],
        footer: "场景图谱 · 目录第 1 版".to_owned(),
        landscape: false,
    }
}

/// Writes a document of paragraphs.
fn paragraphs(dir: &Path, format: Format, texts: &[&str]) -> Result<PathBuf, ExportError> {
    let path = dir.join(format!("文档.{}", format.extension()));
    tell(&options(format), &path, &mut |sink| {
        sink.front(&front("标题"))?;
        texts.iter().try_for_each(|text| sink.paragraph(text))
    })?;
    Ok(path)
}

/// The pages of a PDF without their footers.
fn bodies(path: &Path) -> Vec<String> {
    let pages = pages(&std::fs::read(path).unwrap());
    let all = pages.len();
    pages
        .iter()
        .enumerate()
        .map(|(at, page)| {
            let footer = format!("场景图谱·目录第1版第{}页，共{all}页", at + 1);
            page.strip_suffix(footer.as_str())
                .unwrap_or_else(|| panic!("page {at} ends without {footer}: {page}"))
                .to_owned()
        })
        .collect()
}

/// Texts with what is easily lost: rare characters, twins of one glyph, marks that may begin no line, words without a
/// place to break, spaces, markup.
const TEXTS: [&str; 9] = [
    "㐀𠮷𬭎䶵龘",
    "一⼀二⼆·•∙ ΩΩ µμ",
    "他说：“这里（在线）检测，误报率≤0.5％。”随后——没有了……",
    "The quick brown fox jumps over the lazy dog, and files reports about fine affinity (ffi) — twice.",
    "https://fixture.example/a/very/long/address/without/any/place/to/break/it/0123456789012345678901234567890123456789",
    "两  个空格\u{3000}和全角空格\u{a0}和不换行空格",
    "<b>&amp;\"引号\"</b> ]]> \\ % #",
    "第一行\n第二行\n\n第四行",
    "中文English混排123个、㎡℃½①Ⅳ→±×÷",
];

#[test]
fn text_read_from_a_pdf_is_the_text_that_was_put_in() {
    let dir = tempfile::tempdir().unwrap();
    let path = paragraphs(dir.path(), Format::Pdf, &TEXTS).unwrap();
    let expected = format!("标题生成于2026-11-22{}", dense(&TEXTS.concat()));
    assert_eq!(bodies(&path).concat(), expected);
    // The same by the reader that most systems have, where this one has it.
    if let Ok(read) = Command::new("pdftotext")
        .arg("-raw")
        .arg(&path)
        .arg("-")
        .output()
    {
        let read = dense(&String::from_utf8(read.stdout).unwrap());
        for text in TEXTS {
            assert!(read.contains(&dense(text)), "{text} in {read}");
        }
    }
}

#[test]
fn no_closing_mark_begins_a_line_and_no_opening_one_ends_it() {
    let dir = tempfile::tempdir().unwrap();
    let text = "表面缺陷检测（在线），误报率低。".repeat(40);
    let path = paragraphs(dir.path(), Format::Pdf, &[&text]).unwrap();
    let Ok(read) = Command::new("pdftotext")
        .arg("-raw")
        .arg(&path)
        .arg("-")
        .output()
    else {
        return;
    };
    let read = String::from_utf8(read.stdout).unwrap();
    assert!(read.lines().count() > 8, "the text has many lines");
    for line in read.lines() {
        assert!(!line.starts_with(['，', '。', '）']), "{line}");
        assert!(!line.ends_with('（'), "{line}");
    }
}

#[test]
fn a_character_in_no_font_is_an_error_that_names_it_and_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let error = paragraphs(dir.path(), Format::Pdf, &["前\u{10fffd}后"]).unwrap_err();
    assert!(
        matches!(&error, ExportError::MissingGlyph { char: '\u{10fffd}', text } if text.contains('前')),
        "{error}"
    );
    let error: atlas_core::api::types::ApiError = error.into();
    assert_eq!(error.facts["code"], "U+10FFFD");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    // Letters that join would be wrong one by one.
    let error = paragraphs(dir.path(), Format::Pdf, &["السلام"]).unwrap_err();
    assert!(matches!(error, ExportError::MissingGlyph { .. }), "{error}");
}

#[test]
fn what_is_never_seen_is_no_missing_glyph() {
    let dir = tempfile::tempdir().unwrap();
    let path = paragraphs(
        dir.path(),
        Format::Pdf,
        &["a\u{200b}b\u{202e}c\u{feff}d\u{7}e"],
    )
    .unwrap();
    assert!(bodies(&path).concat().ends_with("abcde"));
}

#[test]
fn a_file_that_is_no_font_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let font = dir.path().join("字体.ttf");
    std::fs::write(&font, b"no font").unwrap();
    let error = Fonts::find(std::slice::from_ref(&font)).err().unwrap();
    assert!(
        matches!(
            error,
            ExportError::Font {
                reason: "unreadable",
                ..
            }
        ),
        "{error}"
    );
    // Among others in a folder it is passed over.
    assert!(Fonts::find(&[dir.path().to_owned()]).is_ok());
}

#[test]
fn a_system_without_a_chinese_font_is_told_what_to_install() {
    let dir = tempfile::tempdir().unwrap();
    let error = Fonts::find_in(&[], &[dir.path()]).err().unwrap();
    let error: atlas_core::api::types::ApiError = error.into();
    assert_eq!(error.code, atlas_core::api::types::ErrorCode::NoFont);
    assert_eq!(error.facts["package"], "fonts-noto-cjk");
}

/// Some font of this system with one face; none where there is no such font.
fn some_font() -> Option<Vec<u8>> {
    let mut folders = vec![PathBuf::from("/usr/share/fonts")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "ttf") {
                return std::fs::read(path).ok();
            }
        }
    }
    None
}

#[test]
fn a_font_that_forbids_embedding_is_not_embedded() {
    let Some(mut font) = some_font() else {
        return;
    };
    let word = |font: &[u8], at: usize| u16::from_be_bytes([font[at], font[at + 1]]);
    let tables = usize::from(word(&font, 4));
    let os2 = (0..tables)
        .map(|table| 12 + 16 * table)
        .find(|at| &font[*at..at + 4] == b"OS/2");
    let os2 = os2.unwrap();
    let offset = usize::from(word(&font, os2 + 8)) << 16 | usize::from(word(&font, os2 + 10));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("字体.ttf");
    for (bits, allowed) in [
        (0u16, true),
        (4, true),
        (8, true),
        (2, false),
        (0x100, false),
        (0x200, false),
    ] {
        font[offset + 8..offset + 10].copy_from_slice(&bits.to_be_bytes());
        std::fs::write(&path, &font).unwrap();
        let read = Fonts::of(std::slice::from_ref(&path));
        assert_eq!(read.is_ok(), allowed, "{bits:#x}");
        if let Err(error) = read {
            assert!(
                matches!(
                    error,
                    ExportError::Font {
                        reason: "embedding",
                        ..
                    }
                ),
                "{error}"
            );
        }
    }
}

const ROWS: usize = 1_000;

fn long(sink: &mut dyn Sink) -> Result<(), ExportError> {
    sink.front(&front("长表"))?;
    sink.table(&Table {
        name: "表".to_owned(),
        columns: vec![
            Column::new("序", 3.0),
            Column::new("内容甲", 20.0),
            Column::new("日期", 5.0),
        ],
        main: true,
    })?;
    for row in 0..ROWS {
        let text = format!("第{row}条：{}", "缺陷检测".repeat(row % 40));
        sink.row(&[
            Cell::Number(row as f64),
            Cell::Text(text),
            Cell::Date("2026-01-02".to_owned()),
        ])?;
    }
    sink.end()
}

#[test]
fn a_long_table_breaks_over_pages_and_begins_each_with_its_header() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("表.pdf");
    tell(&options(Format::Pdf), &path, &mut long).unwrap();
    let bodies = bodies(&path);
    assert!(bodies.len() > 20, "{} pages", bodies.len());
    let mut text = String::new();
    for (at, body) in bodies.iter().enumerate() {
        let body = if at == 0 {
            body.strip_prefix("长表生成于2026-11-22").unwrap()
        } else {
            body
        };
        text.push_str(
            body.strip_prefix("序内容甲日期")
                .unwrap_or_else(|| panic!("page {at}: {body}")),
        );
    }
    let rows =
        (0..ROWS).map(|row| format!("{row}第{row}条：{}2026-01-02", "缺陷检测".repeat(row % 40)));
    assert_eq!(text, rows.collect::<String>(), "every row once, in order");

    let path = dir.path().join("表.docx");
    tell(&options(Format::Docx), &path, &mut long).unwrap();
    let document = part(&path, "word/document.xml");
    assert_eq!(document.matches("<w:tr>").count(), ROWS + 1);
    assert_eq!(
        document.matches("<w:tblHeader/>").count(),
        1,
        "the header repeats"
    );
}

#[test]
fn a_cell_taller_than_a_page_is_broken_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("表.pdf");
    let tall = "质检".repeat(4_000);
    tell(&options(Format::Pdf), &path, &mut |sink| {
        sink.front(&front("高格"))?;
        sink.table(&Table {
            name: "表".to_owned(),
            columns: vec![Column::new("内容", 1.0)],
            main: true,
        })?;
        sink.row(&[Cell::Text(tall.clone())])?;
        sink.end()
    })
    .unwrap();
    let text: String = bodies(&path).concat().replace("内容", "");
    assert!(text.ends_with(&tall), "all of it");
}

fn charts(sink: &mut dyn Sink) -> Result<(), ExportError> {
    sink.front(&front("图表"))?;
    sink.bars(&Bars {
        name: "负荷".to_owned(),
        labels: "服务商".to_owned(),
        parts: vec!["已接".to_owned(), "余量".to_owned()],
        bars: vec![
            Bar {
                label: "样例甲".to_owned(),
                values: vec![2.0, 1.0],
            },
            Bar {
                label: "样例乙".to_owned(),
                values: vec![0.0, 3.0],
            },
        ],
        digits: 0,
    })?;
    sink.heat(&Heat {
        name: "行业 × 环节".to_owned(),
        labels: "行业".to_owned(),
        columns: vec!["研发".to_owned(), "生产".to_owned()],
        rows: vec![
            ("装备".to_owned(), vec![7, 0]),
            ("电子".to_owned(), vec![3, 12]),
        ],
    })
}

#[test]
fn charts_are_vectors_in_pdf_and_tables_in_docx_with_every_figure() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("图.pdf");
    tell(&options(Format::Pdf), &path, &mut charts).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(
        !bytes.windows(7).any(|window| window == b"/Image "),
        "no pictures"
    );
    let text = bodies(&path).concat();
    assert_eq!(
        text,
        "图表生成于2026-11-22负荷已接余量样例甲3样例乙3行业×环节研发生产装备70电子312"
    );
    let path = dir.path().join("图.docx");
    tell(&options(Format::Docx), &path, &mut charts).unwrap();
    let document = part(&path, "word/document.xml");
    assert_eq!(document.matches("<w:tbl>").count(), 2);
    assert!(document.contains(">12</w:t>"));
}

#[test]
fn a_word_document_has_real_headings_chinese_fonts_and_page_fields() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("文.docx");
    tell(&options(Format::Docx), &path, &mut |sink| {
        sink.front(&front("标题 & <书名>"))?;
        sink.heading(1, "一级")?;
        sink.heading(2, "二级")?;
        TEXTS.iter().try_for_each(|text| sink.paragraph(text))
    })
    .unwrap();
    let document = part(&path, "word/document.xml");
    for style in ["Title", "Heading1", "Heading2"] {
        assert!(
            document.contains(&format!("<w:pStyle w:val=\"{style}\"/>")),
            "{style}"
        );
    }
    assert!(document.contains("标题 &amp; &lt;书名&gt;"));
    assert!(
        document.contains("第一行</w:t><w:br/><w:t"),
        "lines are kept"
    );
    let styles = part(&path, "word/styles.xml");
    assert!(
        styles.contains("w:eastAsia=\"微软雅黑\"") && styles.contains("w:outlineLvl w:val=\"1\"")
    );
    let footer = part(&path, "word/footer1.xml");
    assert!(
        footer.contains(" PAGE ")
            && footer.contains(" NUMPAGES ")
            && footer.contains("目录第 1 版")
    );
    for (name, xml) in parts(&path) {
        let balanced = xml.matches("<w:p>").count() == xml.matches("</w:p>").count();
        assert!(balanced, "{name}");
    }
}
