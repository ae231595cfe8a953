//! Markdown as a typed tree: a screen draws it element by element, and nothing in it is ever HTML.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A piece of a note that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        spans: Vec<Inline>,
    },
    /// A heading.
    Heading {
        /// 1–6.
        level: u32,
        /// Its text.
        spans: Vec<Inline>,
    },
    /// A list.
    List {
        /// Number of the first item; absent where items are not numbered.
        start: Option<u32>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Text to be shown as it is.
    Code {
        /// The text.
        text: String,
    },
    /// A table.
    Table {
        /// Cells of the first row.
        head: Vec<Vec<Inline>>,
        /// Cells of the other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Item {
    /// Whether its box is ticked; absent where it has none.
    pub done: Option<bool>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "inline", rename_all = "snake_case")]
pub enum Inline {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// Text to be shown as it is.
    Code {
        /// The text.
        text: String,
    },
    /// Stressed.
    Emphasis {
        /// What is.
        spans: Vec<Inline>,
    },
    /// Strongly stressed.
    Strong {
        /// What is.
        spans: Vec<Inline>,
    },
    /// Struck out.
    Strike {
        /// What is.
        spans: Vec<Inline>,
    },
    /// A web address, which the user may copy or open in a browser; nothing is ever fetched from it.
    Link {
        /// `http` or `https`, in its normal form.
        address: String,
        /// What stands for it.
        spans: Vec<Inline>,
    },
    /// A new line.
    Break,
}
