//! PDF: text that can be read back as it was put in, tables that break over pages with their header, charts as vectors.
//!
//! Pages are laid out first and drawn once their number is known, which stands in each footer.

mod charts;
mod fonts;
mod lines;
mod page;

use std::io::Write as _;

pub use fonts::Fonts;
use page::{Bound, Colour, Entry, Ink, Mark};

use super::error::ExportError;
use super::file::Target;
use super::sink::{Bars, Cell, Front, Heat, Sink, Table, Told};
use super::texts::Texts;

/// A sheet of A4 in points.
const A4: (f32, f32) = (595.276, 841.89);
const MARGIN: f32 = 42.0;
/// Room between the text and the base line of the footer.
const FOOT: f32 = 22.0;
/// Between the lines of a text of size 1.
const LEADING: f32 = 1.45;
/// Room around the text of a cell.
const PAD: f32 = 3.0;
/// Most rows: such a document has about 500 pages, and nobody reads more.
const ROWS_MAX: usize = 20_000;

const BLACK: Colour = (0x1a, 0x1a, 0x1a);
const GREY: Colour = (0x59, 0x59, 0x59);
const HEAD: Colour = (0xe4, 0xec, 0xf5);
const RULE: Colour = (0xc8, 0xcc, 0xd2);
const BLUE: Colour = (0x1f, 0x4e, 0x96);

const fn ink(size: f32, bold: bool, colour: Colour) -> Ink {
    Ink { size, bold, colour }
}

const TITLE: Ink = ink(18.0, true, BLACK);
const NOTE: Ink = ink(8.5, false, GREY);
const HEADINGS: [Ink; 2] = [ink(13.0, true, BLUE), ink(10.5, true, BLACK)];
const BODY: Ink = ink(9.5, false, BLACK);
const CELL: Ink = ink(8.0, false, BLACK);
const CELL_HEAD: Ink = ink(8.0, true, BLACK);

/// The table being laid out.
struct Grid {
    widths: Vec<f32>,
    head: Vec<Vec<String>>,
}

/// Writes a document.
pub struct Pdf<'a> {
    target: &'a mut Target,
    fonts: &'a mut Fonts,
    texts: &'static Texts,
    now: &'a str,
    size: (f32, f32),
    pages: Vec<Vec<Mark>>,
    entries: Vec<Entry>,
    /// Where the next thing stands.
    y: f32,
    grid: Option<Grid>,
    rows: usize,
    front: Option<Front>,
}

impl<'a> Pdf<'a> {
    /// Begins. `now` is the moment that the document names as its creation.
    pub fn new(
        target: &'a mut Target,
        now: &'a str,
        texts: &'static Texts,
        fonts: &'a mut Fonts,
    ) -> Self {
        Self {
            target,
            fonts,
            texts,
            now,
            size: A4,
            pages: vec![Vec::new()],
            entries: Vec::new(),
            y: MARGIN,
            grid: None,
            rows: 0,
            front: None,
        }
    }

    /// Numbers the pages, draws and writes them.
    ///
    /// # Errors
    /// Those of writing, and a missing glyph in the footer.
    pub fn finish(mut self) -> Told {
        let front = self
            .front
            .take()
            .ok_or_else(|| ExportError::fault("a document without a title"))?;
        let all = self.pages.len();
        for at in 0..all {
            let (before, between, after) = self.texts.page_of;
            let number = format!("{before}{}{between}{all}{after}", at + 1);
            let wide = lines::width(self.fonts, &number, NOTE.size)?;
            let room = self.size.0 - 2.0 * MARGIN - wide - 12.0;
            let left = lines::wrap(self.fonts, &front.footer, NOTE.size, room)?;
            let y = self.size.1 - FOOT;
            let page = &mut self.pages[at];
            page.push(text(
                MARGIN,
                y,
                NOTE,
                left.into_iter().next().unwrap_or_default(),
            ));
            page.push(text(self.size.0 - MARGIN - wide, y, NOTE, number));
        }
        let bound = Bound {
            size: self.size,
            pages: &self.pages,
            entries: &self.entries,
            title: &front.title,
            language: self.texts.tag,
            now: self.now,
        };
        let bytes = page::draw(&bound, self.fonts)?;
        let written = self.target.write_all(&bytes);
        written.map_err(|error| self.target.failed(error))
    }

    fn room(&self) -> f32 {
        self.size.0 - 2.0 * MARGIN
    }

    /// The lowest place of a page.
    fn bottom(&self) -> f32 {
        self.size.1 - MARGIN - 8.0
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Goes on to the next page unless so much fits on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() && self.y > MARGIN {
            self.next_page();
        }
    }

    /// A text over the whole width.
    fn block(&mut self, content: &str, ink: Ink, after: f32) -> Told {
        let leading = ink.size * LEADING;
        for line in lines::wrap(self.fonts, content, ink.size, self.room())? {
            self.need(leading);
            let y = self.y + ink.size;
            self.put(text(MARGIN, y, ink, line));
            self.y += leading;
        }
        self.y += after;
        Ok(())
    }

    fn grid_row(&mut self, cells: &[(Vec<String>, bool)], widths: &[f32], head: bool) -> Told {
        let ink = if head { CELL_HEAD } else { CELL };
        let leading = ink.size * LEADING;
        let mut from = 0;
        let most = cells
            .iter()
            .map(|(lines, _)| lines.len())
            .max()
            .unwrap_or(0)
            .max(1);
        // A row taller than what is left goes to the next page; one taller than a page is broken.
        let height = most as f32 * leading + 2.0 * PAD;
        if self.y + height > self.bottom() && !head {
            self.break_page()?;
        }
        loop {
            let fit = ((self.bottom() - self.y - 2.0 * PAD) / leading).max(1.0) as usize;
            let to = most.min(from + fit);
            let height = (to - from) as f32 * leading + 2.0 * PAD;
            let (top, room) = (self.y, self.room());
            if head {
                self.put(block_at(MARGIN, top, room, height, HEAD));
            }
            let mut x = MARGIN;
            for ((lines, right), width) in cells.iter().zip(widths) {
                for (at, line) in lines.iter().enumerate().take(to).skip(from) {
                    let y = top + PAD + (at - from) as f32 * leading + ink.size;
                    let left = if *right {
                        let wide = lines::width(self.fonts, line, ink.size)?;
                        x + (width - PAD - wide).max(PAD)
                    } else {
                        x + PAD
                    };
                    self.put(text(left, y, ink, line.clone()));
                }
                x += width;
            }
            self.y += height;
            let y = self.y;
            self.put(block_at(MARGIN, y - 0.4, room, 0.4, RULE));
            from = to;
            if from >= most {
                return Ok(());
            }
            self.break_page()?;
        }
    }

    /// A new page within a table, which begins with its header.
    fn break_page(&mut self) -> Told {
        self.next_page();
        self.head()
    }

    fn head(&mut self) -> Told {
        let Some(grid) = self.grid.take() else {
            return Ok(());
        };
        let cells: Vec<_> = grid
            .head
            .iter()
            .map(|lines| (lines.clone(), false))
            .collect();
        let told = self.grid_row(&cells, &grid.widths, true);
        self.grid = Some(grid);
        told
    }
}

/// A line of text on a page.
fn text(x: f32, y: f32, ink: Ink, text: String) -> Mark {
    Mark::Text { x, y, ink, text }
}

/// A filled box on a page.
fn block_at(x: f32, y: f32, w: f32, h: f32, colour: Colour) -> Mark {
    Mark::Box { x, y, w, h, colour }
}

impl Sink for Pdf<'_> {
    fn front(&mut self, front: &Front) -> Told {
        if front.landscape {
            self.size = (A4.1, A4.0);
        }
        self.front = Some(front.clone());
        self.block(&front.title, TITLE, 4.0)?;
        for line in &front.lines {
            self.block(line, NOTE, 0.0)?;
        }
        self.y += 8.0;
        Ok(())
    }

    fn heading(&mut self, level: u8, content: &str) -> Told {
        let ink = HEADINGS[usize::from(level > 1)];
        // A heading at the end of a page would have lost what it heads.
        self.need(ink.size * LEADING + 48.0);
        if self.y > MARGIN {
            self.y += 6.0;
        }
        self.entries.push(Entry {
            page: self.pages.len() - 1,
            y: self.y,
            level,
            text: content.to_owned(),
        });
        self.block(content, ink, 3.0)
    }

    fn paragraph(&mut self, content: &str) -> Told {
        self.block(content, BODY, 4.0)
    }

    fn table(&mut self, table: &Table) -> Told {
        let all: f32 = table.columns.iter().map(|column| column.width).sum();
        let room = self.room();
        let widths: Vec<f32> = table
            .columns
            .iter()
            .map(|column| column.width / all.max(1.0) * room)
            .collect();
        let mut head = Vec::new();
        for (column, width) in table.columns.iter().zip(&widths) {
            head.push(lines::wrap(
                self.fonts,
                &column.name,
                CELL_HEAD.size,
                width - 2.0 * PAD,
            )?);
        }
        self.need(64.0);
        self.grid = Some(Grid { widths, head });
        self.head()
    }

    fn row(&mut self, cells: &[Cell]) -> Told {
        self.rows += 1;
        if self.rows > ROWS_MAX {
            return Err(ExportError::TooMany(ROWS_MAX));
        }
        let widths = self
            .grid
            .as_ref()
            .map(|grid| grid.widths.clone())
            .unwrap_or_default();
        let mut laid = Vec::with_capacity(cells.len());
        for (cell, width) in cells.iter().zip(&widths) {
            let right = matches!(cell, Cell::Number(_) | Cell::Money(_) | Cell::Share(_));
            let lines = lines::wrap(self.fonts, &cell.shown(), CELL.size, width - 2.0 * PAD)?;
            laid.push((lines, right));
        }
        self.grid_row(&laid, &widths, false)
    }

    fn end(&mut self) -> Told {
        self.grid = None;
        self.y += 10.0;
        Ok(())
    }

    fn bars(&mut self, chart: &Bars) -> Told {
        charts::bars(self, chart)
    }

    fn heat(&mut self, chart: &Heat) -> Told {
        charts::heat(self, chart)
    }
}
