//! Charts, drawn as vectors; every figure stands beside its bar or in its field.

use super::page::Colour;
use super::{BLACK, CELL, GREY, Ink, LEADING, MARGIN, Pdf, block_at, ink, lines, text};
use crate::exchange::export::sink::{Bars, Heat, Told};

/// Colours of parts; more parts than colours begin anew.
const PARTS: [Colour; 11] = [
    (0x1f, 0x4e, 0x96),
    (0xd9, 0x7b, 0x1c),
    (0x2e, 0x8b, 0x57),
    (0x8e, 0x44, 0xad),
    (0xc0, 0x39, 0x2b),
    (0x16, 0x84, 0x8c),
    (0x7f, 0x6b, 0x2a),
    (0x5d, 0x6d, 0x7e),
    (0xb0, 0x3a, 0x7a),
    (0x4a, 0x69, 0xbd),
    (0x55, 0x82, 0x2b),
];
const BAR: f32 = 9.0;
const LABEL: Ink = ink(8.0, false, BLACK);
const SMALL: Ink = ink(7.0, false, GREY);
/// The darkest field of a heat map.
const DARK: Colour = (0x1f, 0x4e, 0x96);

/// Bars from left to right, each made of its parts.
pub(super) fn bars(pdf: &mut Pdf<'_>, chart: &Bars) -> Told {
    caption(pdf, &chart.name)?;
    if chart.parts.len() > 1 {
        legend(pdf, &chart.parts)?;
    }
    let room = pdf.room();
    let (labels, figures) = (room * 0.34, 44.0);
    let length = room - labels - figures - 8.0;
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    let most = chart
        .bars
        .iter()
        .map(|bar| sum(&bar.values))
        .fold(0.0, f64::max);
    for bar in &chart.bars {
        let said = lines::wrap(pdf.fonts, &bar.label, LABEL.size, labels - 4.0)?;
        let leading = LABEL.size * LEADING;
        let height = (said.len() as f32 * leading).max(BAR) + 3.0;
        pdf.need(height);
        let top = pdf.y;
        for (at, line) in said.into_iter().enumerate() {
            let y = top + at as f32 * leading + LABEL.size;
            pdf.put(text(MARGIN, y, LABEL, line));
        }
        let mut x = MARGIN + labels;
        for (at, value) in bar.values.iter().enumerate() {
            let wide = if most > 0.0 {
                (value / most) as f32 * length
            } else {
                0.0
            };
            if wide > 0.0 {
                pdf.put(block_at(x, top + 1.0, wide, BAR, PARTS[at % PARTS.len()]));
            }
            x += wide;
        }
        let figure = format!("{:.*}", chart.digits, sum(&bar.values));
        pdf.put(text(x + 4.0, top + LABEL.size, LABEL, figure));
        pdf.y += height;
    }
    pdf.y += 8.0;
    Ok(())
}

/// Fields that are darker where there is more.
pub(super) fn heat(pdf: &mut Pdf<'_>, chart: &Heat) -> Told {
    caption(pdf, &chart.name)?;
    let labels = 120.0f32.min(pdf.room() * 0.3);
    let columns = chart.columns.len().max(1) as f32;
    let wide = ((pdf.room() - labels) / columns).min(72.0);
    let mut heads = Vec::new();
    for name in &chart.columns {
        heads.push(lines::wrap(pdf.fonts, name, SMALL.size, wide - 4.0)?);
    }
    let leading = SMALL.size * LEADING;
    let tall = heads.iter().map(Vec::len).max().unwrap_or(1) as f32 * leading + 4.0;
    pdf.need(tall + 32.0);
    let top = pdf.y;
    for (at, head) in heads.into_iter().enumerate() {
        for (line_at, line) in head.into_iter().enumerate() {
            let x = MARGIN + labels + at as f32 * wide + 2.0;
            pdf.put(text(
                x,
                top + line_at as f32 * leading + SMALL.size,
                SMALL,
                line,
            ));
        }
    }
    pdf.y += tall;
    let most = chart
        .rows
        .iter()
        .flat_map(|(_, counts)| counts)
        .max()
        .copied()
        .unwrap_or(0);
    for (label, counts) in &chart.rows {
        let said = lines::wrap(pdf.fonts, label, LABEL.size, labels - 4.0)?;
        let height = (said.len() as f32 * LABEL.size * LEADING + 4.0).max(16.0);
        pdf.need(height);
        let top = pdf.y;
        for (at, line) in said.into_iter().enumerate() {
            let y = top + 2.0 + at as f32 * LABEL.size * LEADING + LABEL.size;
            pdf.put(text(MARGIN, y, LABEL, line));
        }
        for (at, count) in counts.iter().enumerate() {
            let x = MARGIN + labels + at as f32 * wide;
            let part = if most == 0 {
                0.0
            } else {
                f64::from(*count) / f64::from(most)
            };
            pdf.put(block_at(
                x + 0.5,
                top + 0.5,
                wide - 1.0,
                height - 1.0,
                shade(part),
            ));
            let figure = count.to_string();
            let figure_wide = lines::width(pdf.fonts, &figure, CELL.size)?;
            let colour = if part > 0.55 {
                (0xff, 0xff, 0xff)
            } else {
                BLACK
            };
            let x = x + (wide - figure_wide) / 2.0;
            let y = top + height / 2.0 + CELL.size * 0.36;
            pdf.put(text(x, y, Ink { colour, ..CELL }, figure));
        }
        pdf.y += height;
    }
    pdf.y += 8.0;
    Ok(())
}

/// From almost white to [`DARK`].
fn shade(part: f64) -> Colour {
    let mix = |dark: u8| {
        let light = 246.0;
        (light + (f64::from(dark) - light) * part).round() as u8
    };
    (mix(DARK.0), mix(DARK.1), mix(DARK.2))
}

fn caption(pdf: &mut Pdf<'_>, name: &str) -> Told {
    pdf.need(60.0);
    pdf.block(name, ink(8.5, true, GREY), 2.0)
}

/// What the colours stand for.
fn legend(pdf: &mut Pdf<'_>, parts: &[String]) -> Told {
    let (mut x, right) = (MARGIN, MARGIN + pdf.room());
    for (at, part) in parts.iter().enumerate() {
        let wide = lines::width(pdf.fonts, &lines::visible(part), SMALL.size)? + 20.0;
        if x + wide > right && x > MARGIN {
            x = MARGIN;
            pdf.y += SMALL.size * LEADING;
        }
        let y = pdf.y;
        pdf.put(block_at(x, y + 1.0, 7.0, 7.0, PARTS[at % PARTS.len()]));
        pdf.put(text(x + 10.0, y + SMALL.size, SMALL, lines::visible(part)));
        x += wide;
    }
    pdf.y += SMALL.size * LEADING + 4.0;
    Ok(())
}
