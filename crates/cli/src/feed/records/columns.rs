//! What the columns of a table mean: headers in Chinese or English, and the field of a record that each fills.
//!
//! A header is one of those of `atlas_core::exchange::fields`, a path such as `summary.en`, `关联:` or `link:` with a relation, or the name of
//! a part of a source with its number (`来源`, `来源2`). What no synonym knows is told, never guessed.

use atlas_core::exchange::fields::{self, Shape};
use atlas_core::model::Taxonomies;

/// The field that a column fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// A field, by its path.
    Field(String, Shape),
    /// A part of the source with that number, from 1.
    Source(u32, &'static str),
    /// Links of a relation.
    Link(String),
    /// The kind of the record.
    Kind,
}

/// Parts of a source.
pub(crate) const SOURCES: &[(&str, &[&str])] = &[
    ("cited", &["来源", "source", "cited"]),
    ("title", &["来源标题", "source title"]),
    ("official", &["官方网址", "official"]),
    ("issuer", &["发布单位", "issuer"]),
    ("date", &["来源日期", "source date"]),
    ("checked", &["核对日期", "checked"]),
    ("status", &["核实程度", "status"]),
    ("licence", &["来源许可", "source licence"]),
    ("note", &["来源备注", "source note"]),
];

/// What a header means; none when no synonym knows it.
pub(crate) fn column(header: &str) -> Option<Column> {
    let header = plain(header);
    if ["类型", "记录类型", "kind"].contains(&header.as_str()) {
        return Some(Column::Kind);
    }
    for prefix in ["关联:", "关联：", "link:"] {
        if let Some(relation) = header.strip_prefix(prefix) {
            let code = code("relation", relation.trim())?;
            return Some(Column::Link(code));
        }
    }
    for field in fields::records() {
        let (path, shape) = (field.path, field.shape);
        if path == header || field.headers.iter().any(|known| plain(known) == header) {
            let path = match shape {
                Shape::Text => format!("{path}.zh"),
                _ => path.to_owned(),
            };
            return Some(Column::Field(path, plain_shape(shape)));
        }
        if shape == Shape::Text
            && [".zh", ".en"]
                .iter()
                .any(|end| header == format!("{path}{end}"))
        {
            return Some(Column::Field(header, Shape::Plain));
        }
    }
    let number = header.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (name, number) = match number.parse::<u32>() {
        Ok(number @ 1..=20) => (
            header[..header.len() - number.to_string().len()].trim(),
            number,
        ),
        _ => (header.as_str(), 1),
    };
    SOURCES
        .iter()
        .find(|(part, synonyms)| name == format!("source.{part}") || synonyms.contains(&name))
        .map(|(part, _)| Column::Source(number, part))
}

fn plain_shape(shape: Shape) -> Shape {
    match shape {
        Shape::Text => Shape::Plain,
        other => other,
    }
}

/// A header without marks of obligation, case and doubled spaces.
fn plain(header: &str) -> String {
    let header = header.replace(['*', '＊'], "").to_lowercase();
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code that a text names in one of several taxonomies: by code, name or other name.
pub(crate) fn code(taxonomies: &str, text: &str) -> Option<String> {
    let wanted = text.to_lowercase();
    let find = |matches: &dyn Fn(&atlas_core::model::Term) -> bool| {
        taxonomies
            .split('|')
            .filter_map(|id| Taxonomies::bundled().get(id))
            .flat_map(|taxonomy| &taxonomy.terms)
            .find(|term| matches(term))
            .map(|term| term.code.to_string())
    };
    find(&|term| term.code.as_str() == text).or_else(|| {
        find(&|term| {
            [&term.zh, &term.en]
                .into_iter()
                .chain(&term.aliases)
                .any(|name| name.to_lowercase() == wanted)
        })
    })
}
