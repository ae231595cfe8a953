//! Any note: read into a tree that has an end, in which every address is one of the web and nothing else is one.
#![no_main]

use atlas_core::api::types::{Block, Inline};
use atlas_core::markdown;

fn spans(all: &[Inline], depth: usize) {
    assert!(depth <= markdown::DEPTH);
    for span in all {
        match span {
            Inline::Emphasis { spans: inner } | Inline::Strong { spans: inner } | Inline::Strike { spans: inner } => {
                spans(inner, depth + 1);
            }
            Inline::Link { address, spans: inner } => {
                assert!(address.starts_with("https://") || address.starts_with("http://"));
                spans(inner, depth + 1);
            }
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {}
        }
    }
}

fn blocks(all: &[Block], depth: usize) {
    assert!(depth <= markdown::DEPTH);
    for block in all {
        match block {
            Block::Paragraph { spans: inner } | Block::Heading { spans: inner, .. } => spans(inner, depth + 1),
            Block::Quote { blocks: inner } => blocks(inner, depth + 1),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, depth + 1)),
            Block::Table { head, rows } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    spans(cell, depth + 1);
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    blocks(&markdown::read(text), 0);
});
