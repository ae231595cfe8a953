//! Word documents: real headings, tables whose header rows repeat, fonts for Chinese named, page numbers as fields.
//!
//! The parts are written as they come; charts stay the tables that every sink makes of them. Written by hand because the
//! libraries at hand can neither repeat header rows nor write without holding the whole document.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::ExportError;
use super::file::Target;
use super::sink::{Bars, Cell, Front, Heat, Sink, Table, Told, bars_as_table, heat_as_table};
use super::texts::Texts;

/// Text width of a sheet of A4 in twentieths of a point, upright and on its side.
const WIDTH: (u32, u32) = (9_638, 14_570);

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
const DOCUMENT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="微软雅黑" w:cs="Calibri"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="200"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="1F3864"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40"/></w:pPr><w:rPr><w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="60"/></w:pPr><w:rPr><w:b/><w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="20" w:after="20" w:line="260" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style></w:styles>"#;
const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// Writes a document.
pub struct Docx<'a> {
    zip: ZipWriter<&'a mut Target>,
    path: PathBuf,
    texts: &'static Texts,
    now: String,
    /// The piece being put together.
    piece: String,
    widths: Vec<u32>,
    front: Option<Front>,
}

impl<'a> Docx<'a> {
    /// Begins. `now` is the moment that the document names as its creation.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(
        target: &'a mut Target,
        now: &str,
        texts: &'static Texts,
    ) -> Result<Self, ExportError> {
        let mut docx = Self {
            path: target.path().to_owned(),
            zip: ZipWriter::new(target),
            texts,
            now: now.to_owned(),
            piece: String::new(),
            widths: Vec::new(),
            front: None,
        };
        docx.part("[Content_Types].xml", TYPES)?;
        docx.part("_rels/.rels", RELS)?;
        docx.part("word/_rels/document.xml.rels", DOCUMENT_RELS)?;
        docx.part("word/styles.xml", STYLES)?;
        docx.begin("word/document.xml")?;
        docx.put(&format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document {NAMESPACES}><w:body>"#
        ))?;
        Ok(docx)
    }

    /// Ends.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> Told {
        let front = self
            .front
            .take()
            .ok_or_else(|| ExportError::fault("a document without a title"))?;
        let (size, width) = if front.landscape {
            (
                r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#,
                WIDTH.1,
            )
        } else {
            (r#"<w:pgSz w:w="11906" w:h="16838"/>"#, WIDTH.0)
        };
        self.put(&format!(
            r#"<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>{size}<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
        ))?;
        let field = |code: &str| {
            format!(
                r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
            )
        };
        let (before, between, after) = self.texts.page_of;
        let footer = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}{}</w:p></w:ftr>"#,
            run(&front.footer),
            run(before),
            field("PAGE"),
            run(between),
            field("NUMPAGES"),
            run(after),
        );
        self.part("word/footer1.xml", &footer)?;
        let core = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:language>{}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{}</dcterms:created></cp:coreProperties>"#,
            escaped(&front.title),
            self.texts.tag,
            escaped(&self.now),
        );
        self.part("docProps/core.xml", &core)?;
        let path = self.path;
        match self.zip.finish() {
            Ok(_) => Ok(()),
            Err(error) => Err(zipped(&path, error)),
        }
    }

    fn begin(&mut self, name: &str) -> Told {
        // The time of entries would be the only thing that differs between two exports of the same.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let begun = self.zip.start_file(name, options);
        begun.map_err(|error| zipped(&self.path, error))
    }

    fn part(&mut self, name: &str, text: &str) -> Told {
        self.begin(name)?;
        self.put(text)
    }

    fn put(&mut self, text: &str) -> Told {
        let written = self.zip.write_all(text.as_bytes());
        written.map_err(|error| ExportError::Io(self.path.clone(), error))
    }

    fn styled(&mut self, style: &str, text: &str) -> Told {
        let piece = paragraph(style, text);
        self.put(&piece)
    }
}

/// An error of the archive.
fn zipped(path: &Path, error: zip::result::ZipError) -> ExportError {
    match error {
        zip::result::ZipError::Io(error) => ExportError::Io(path.to_owned(), error),
        other => ExportError::fault(other),
    }
}

/// A paragraph of a style; lines are kept.
fn paragraph(style: &str, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#,
        run(text)
    )
}

/// A text, with its line breaks.
fn run(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line)))
        .collect();
    format!("<w:r>{}</w:r>", lines.join("<w:br/>"))
}

/// A text as XML takes it: markup escaped, characters that XML cannot hold left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

impl Sink for Docx<'_> {
    fn front(&mut self, front: &Front) -> Told {
        self.front = Some(front.clone());
        self.styled("Title", &front.title)?;
        for line in &front.lines {
            self.styled("Note", line)?;
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, text: &str) -> Told {
        self.styled(if level <= 1 { "Heading1" } else { "Heading2" }, text)
    }

    fn paragraph(&mut self, text: &str) -> Told {
        self.styled("Normal", text)
    }

    fn table(&mut self, table: &Table) -> Told {
        let landscape = self.front.as_ref().is_some_and(|front| front.landscape);
        let room = if landscape { WIDTH.1 } else { WIDTH.0 };
        let all: f32 = table.columns.iter().map(|column| column.width).sum();
        self.widths = table
            .columns
            .iter()
            .map(|column| (column.width / all.max(1.0) * room as f32) as u32)
            .collect();
        let mut grid = String::new();
        for width in &self.widths {
            let _ = write!(grid, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.put(&format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4" w:color="7F7F7F"/><w:bottom w:val="single" w:sz="4" w:color="7F7F7F"/><w:insideH w:val="single" w:sz="4" w:color="BFBFBF"/><w:insideV w:val="single" w:sz="4" w:color="D9D9D9"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"#
        ))?;
        self.piece.clear();
        for (column, width) in table.columns.iter().zip(&self.widths) {
            let _ = write!(
                self.piece,
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="E4ECF5"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/><w:keepNext/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:tc>"#,
                escaped(&column.name)
            );
        }
        self.piece.push_str("</w:tr>");
        let piece = std::mem::take(&mut self.piece);
        self.put(&piece)
    }

    fn row(&mut self, cells: &[Cell]) -> Told {
        let mut piece = String::from("<w:tr>");
        for (cell, width) in cells.iter().zip(&self.widths) {
            let right = matches!(cell, Cell::Number(_) | Cell::Money(_) | Cell::Share(_));
            let align = if right {
                r#"<w:jc w:val="right"/>"#
            } else {
                ""
            };
            let _ = write!(
                piece,
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>{align}</w:pPr>{}</w:p></w:tc>"#,
                run(&cell.shown())
            );
        }
        piece.push_str("</w:tr>");
        self.put(&piece)
    }

    fn end(&mut self) -> Told {
        // Two tables without anything between them would be one.
        self.put("</w:tbl>")?;
        self.styled("Note", "")
    }

    fn bars(&mut self, chart: &Bars) -> Told {
        self.styled("Caption", &chart.name)?;
        bars_as_table(self, chart)
    }

    fn heat(&mut self, chart: &Heat) -> Told {
        self.styled("Caption", &chart.name)?;
        heat_as_table(self, chart)
    }
}
