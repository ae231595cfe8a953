//! Markdown read into a typed tree (CommonMark with tables, task lists and struck-out text).
//!
//! Invariants: whatever the text, the tree is no deeper than [`DEPTH`] and no letter of it is lost up to [`TEXT_MAX`];
//! HTML stays the text that it is; an address is one of the web or no address. Deliberately absent: images, footnotes,
//! anything that would be fetched.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use url::Url;

use crate::api::types::{Block, Inline, Item};

/// Longest text that is read, in bytes; what is beyond is left out.
pub const TEXT_MAX: usize = 64 * 1024;
/// Deepest nesting; what is deeper stands at the last level.
pub const DEPTH: usize = 12;
/// Longest address, in bytes.
const ADDRESS_MAX: usize = 2048;

/// Reads a text.
pub fn read(text: &str) -> Vec<Block> {
    let mut end = text.len().min(TEXT_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut tree = Tree {
        open: vec![Open::new(What::Root)],
        passed: 0,
    };
    for event in Parser::new_ext(&text[..end], options) {
        tree.take(event);
    }
    while tree.open.len() > 1 {
        tree.close();
    }
    let mut root = tree.top();
    root.settle();
    root.blocks
}

/// A part that is being read.
struct Open {
    what: What,
    blocks: Vec<Block>,
    spans: Vec<Inline>,
    items: Vec<Item>,
    cells: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    done: Option<bool>,
}

enum What {
    Root,
    Paragraph,
    Heading(u32),
    Quote,
    /// Text that is shown as it is.
    Code,
    List(Option<u32>),
    Item,
    Table,
    Row,
    Cell,
    Emphasis,
    Strong,
    Strike,
    /// A link; without an address that can be opened, its text alone.
    Link(Option<String>),
    /// What has no form of its own.
    Plain,
}

impl Open {
    fn new(what: What) -> Self {
        Self {
            what,
            blocks: Vec::new(),
            spans: Vec::new(),
            items: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            done: None,
        }
    }

    /// Text that stands in no paragraph becomes one.
    fn settle(&mut self) {
        if !self.spans.is_empty() {
            let spans = std::mem::take(&mut self.spans);
            self.blocks.push(Block::Paragraph { spans });
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Inline::Text { text: last }) = self.spans.last_mut() {
            last.push_str(text);
        } else {
            self.spans.push(Inline::Text {
                text: text.to_owned(),
            });
        }
    }
}

struct Tree {
    open: Vec<Open>,
    /// Parts that were begun and are too deep to be parts of their own.
    passed: usize,
}

impl Tree {
    fn top(&mut self) -> Open {
        self.open.pop().unwrap_or_else(|| Open::new(What::Root))
    }

    /// Works on the innermost part.
    fn with(&mut self, work: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            work(open);
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(_) if self.passed > 0 => self.passed -= 1,
            Event::End(_) => self.close(),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.with(|open| open.text(&text)),
            Event::Code(text) => self.with(|open| {
                open.spans.push(Inline::Code {
                    text: text.into_string(),
                });
            }),
            // A new line in a note is meant as one, most of all in Chinese, where a space would be wrong.
            Event::SoftBreak | Event::HardBreak => {
                self.with(|open| open.spans.push(Inline::Break));
            }
            Event::Rule => self.with(|open| {
                open.settle();
                open.blocks.push(Block::Rule);
            }),
            Event::TaskListMarker(done) => self.with(|open| open.done = Some(done)),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        // What only makes sense with parts of its own needs room for them.
        let room = match tag {
            Tag::Table(_) => 3,
            Tag::List(_) => 2,
            _ => 1,
        };
        if self.passed > 0 || self.open.len() + room > DEPTH {
            self.passed += 1;
            return;
        }
        let what = match tag {
            Tag::Paragraph => What::Paragraph,
            Tag::Heading { level, .. } => What::Heading(number(*level)),
            Tag::BlockQuote(_) => What::Quote,
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) | Tag::HtmlBlock => {
                What::Code
            }
            Tag::List(start) => What::List(start.map(|start| u32::try_from(start).unwrap_or(1))),
            Tag::Item => What::Item,
            Tag::Table(_) => What::Table,
            Tag::TableHead | Tag::TableRow => What::Row,
            Tag::TableCell => What::Cell,
            Tag::Emphasis => What::Emphasis,
            Tag::Strong => What::Strong,
            Tag::Strikethrough => What::Strike,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                What::Link(address(dest_url))
            }
            _ => What::Plain,
        };
        self.open.push(Open::new(what));
    }

    /// Ends the innermost part and puts it where it belongs.
    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let mut done = self.top();
        let Some(outer) = self.open.last_mut() else {
            return;
        };
        let spans = |done: &mut Open| std::mem::take(&mut done.spans);
        let block = match done.what {
            What::Root => return,
            What::Emphasis => {
                outer.spans.push(Inline::Emphasis { spans: done.spans });
                return;
            }
            What::Strong => {
                outer.spans.push(Inline::Strong { spans: done.spans });
                return;
            }
            What::Strike => {
                outer.spans.push(Inline::Strike { spans: done.spans });
                return;
            }
            What::Link(Some(address)) => {
                outer.spans.push(Inline::Link {
                    address,
                    spans: done.spans,
                });
                return;
            }
            What::Link(None) => {
                outer.spans.append(&mut done.spans);
                return;
            }
            What::Cell => {
                outer.cells.push(done.spans);
                return;
            }
            What::Row => {
                outer.rows.push(done.cells);
                return;
            }
            What::Item => {
                done.settle();
                outer.items.push(Item {
                    done: done.done,
                    blocks: done.blocks,
                });
                return;
            }
            What::Plain => {
                done.settle();
                outer.settle();
                outer.blocks.append(&mut done.blocks);
                return;
            }
            What::Paragraph => {
                // The box of a task stands in the paragraph of its item.
                if done.done.is_some() {
                    outer.done = done.done;
                }
                Block::Paragraph {
                    spans: spans(&mut done),
                }
            }
            What::Heading(level) => Block::Heading {
                level,
                spans: spans(&mut done),
            },
            What::Quote => {
                done.settle();
                Block::Quote {
                    blocks: done.blocks,
                }
            }
            What::Code => Block::Code {
                text: done.spans.iter().map(plain).collect(),
            },
            What::List(start) => Block::List {
                start,
                items: done.items,
            },
            What::Table => {
                let mut rows = done.rows.into_iter();
                Block::Table {
                    head: rows.next().unwrap_or_default(),
                    rows: rows.collect(),
                }
            }
        };
        outer.settle();
        outer.blocks.push(block);
    }
}

fn plain(span: &Inline) -> &str {
    match span {
        Inline::Text { text } | Inline::Code { text } => text,
        Inline::Break => "\n",
        _ => "",
    }
}

fn number(level: HeadingLevel) -> u32 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// An address of the web in its normal form.
fn address(text: &str) -> Option<String> {
    if text.len() > ADDRESS_MAX {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    // A name and a password in an address make it look like another one.
    let plain = url.username().is_empty() && url.password().is_none();
    (web && plain).then(|| url.to_string())
}

#[cfg(test)]
mod tests;
