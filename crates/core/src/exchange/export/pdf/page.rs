//! What stands on a page, and drawing it.

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::super::error::ExportError;
use super::fonts::Fonts;
use super::lines::visible;

/// A colour: red, green, blue.
pub(super) type Colour = (u8, u8, u8);

/// How a text is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) colour: Colour,
}

/// Something on a page, in points from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// One line of text; `y` is its base line.
    Text {
        x: f32,
        y: f32,
        ink: Ink,
        text: String,
    },
    /// A filled rectangle.
    Box {
        x: f32,
        y: f32,
        w: f32,
        h: f32,
        colour: Colour,
    },
}

/// A heading, for the outline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) page: usize,
    pub(super) y: f32,
    pub(super) level: u8,
    pub(super) text: String,
}

/// A document whose pages are full.
pub(super) struct Bound<'a> {
    pub(super) size: (f32, f32),
    pub(super) pages: &'a [Vec<Mark>],
    pub(super) entries: &'a [Entry],
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    pub(super) now: &'a str,
}

/// Draws all pages. The same pages give the same bytes.
pub(super) fn draw(bound: &Bound<'_>, fonts: &mut Fonts) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new_with(SerializeSettings {
        enable_tagging: false,
        ..SerializeSettings::default()
    });
    for marks in bound.pages {
        let settings = PageSettings::from_wh(bound.size.0, bound.size.1)
            .ok_or_else(|| ExportError::fault("a page without size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text { x, y, ink, text } => text_at(&mut surface, fonts, *x, *y, *ink, text),
                Mark::Box { x, y, w, h, colour } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(fill(*colour)));
                    let mut path = PathBuilder::new();
                    if let Some(rect) = Rect::from_xywh(*x, *y, *w, *h) {
                        path.push_rect(rect);
                    }
                    if let Some(path) = path.finish() {
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(bound.entries));
    let mut metadata = Metadata::new()
        .title(bound.title.to_owned())
        .language(bound.language.to_owned())
        .creator("Scenario Atlas".to_owned());
    if let Some(created) = moment(bound.now) {
        metadata = metadata.creation_date(created);
    }
    document.set_metadata(metadata);
    document.finish().map_err(ExportError::fault)
}

fn fill(colour: Colour) -> Fill {
    Fill {
        paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

/// Draws a line of text, run by run of one font.
fn text_at(surface: &mut Surface<'_>, fonts: &mut Fonts, x: f32, y: f32, ink: Ink, text: &str) {
    surface.set_fill(Some(fill(ink.colour)));
    surface.set_stroke(ink.bold.then(|| Stroke {
        paint: rgb::Color::new(ink.colour.0, ink.colour.1, ink.colour.2).into(),
        width: ink.size * 0.03,
        ..Stroke::default()
    }));
    let (mut x, mut from) = (x, 0);
    while from < text.len() {
        let rest = &text[from..];
        let Some(first) = rest.chars().next().and_then(|c| fonts.glyph(c)) else {
            return;
        };
        let (mut glyphs, mut wide, mut end) = (Vec::new(), 0.0, 0);
        for (at, c) in rest.char_indices() {
            let Some(glyph) = fonts.glyph(c).filter(|glyph| glyph.face == first.face) else {
                break;
            };
            end = at + c.len_utf8();
            wide += glyph.advance;
            let id = GlyphId::new(glyph.id);
            glyphs.push(KrillaGlyph::new(
                id,
                glyph.advance,
                0.0,
                0.0,
                0.0,
                at..end,
                None,
            ));
        }
        let start = Point::from_xy(x, y);
        surface.draw_glyphs(
            start,
            &glyphs,
            fonts.font(first),
            &rest[..end],
            ink.size,
            false,
        );
        x += wide * ink.size;
        from += end;
    }
}

fn outline(entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for entry in entries {
        let place = XyzDestination::new(entry.page, Point::from_xy(0.0, entry.y));
        let node = OutlineNode::new(visible(&entry.text), place);
        match (&mut open, entry.level) {
            (Some(parent), 2..) => parent.push_child(node),
            _ => {
                if let Some(done) = open.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = open {
        outline.push_child(done);
    }
    outline
}

/// A moment of ISO 8601 in UTC.
fn moment(now: &str) -> Option<DateTime> {
    let number = |from: usize, to: usize| now.get(from..to)?.parse::<u16>().ok();
    let small = |from: usize, to: usize| u8::try_from(number(from, to)?).ok();
    let date = DateTime::new(number(0, 4)?)
        .month(small(5, 7)?)
        .day(small(8, 10)?);
    let Some((hour, minute)) = small(11, 13).zip(small(14, 16)) else {
        return Some(date);
    };
    Some(
        date.hour(hour)
            .minute(minute)
            .second(small(17, 19).unwrap_or(0))
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}
