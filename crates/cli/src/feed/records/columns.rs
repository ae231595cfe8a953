//! What the columns of a table mean: headers in Chinese or English, and the field of a record that each fills.
//!
//! A header is one of those of `atlas_core::exchange::fields`, a path such as `summary.en`, `关联:` or `link:` with a relation, or the name of
//! a part of a source with its number (`来源`, `来源2`). What no synonym knows is told, never guessed.

use atlas_core::exchange::fields::{self, Field, Shape};
use atlas_core::model::{Kind, Taxonomies};

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

/// What a header means in a table of a kind; none when no synonym knows it. What the fields of the kind are called goes
/// before what others are, and the name of a field before other names.
pub(crate) fn column(header: &str, kind: Option<Kind>) -> Option<Column> {
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
    let own = |field: &&Field| kind.is_some_and(|kind| field.is_of(kind));
    let all = |_: &&Field| true;
    let named = |field: &Field| {
        field.path == header
            || [field.zh, field.en]
                .iter()
                .any(|name| plain(name) == header)
    };
    let known = |field: &Field| field.headers.iter().any(|name| plain(name) == header);
    let find = |of: &dyn Fn(&&Field) -> bool, means: &dyn Fn(&Field) -> bool| {
        let mut fields = fields::records().iter();
        fields.find(|field| of(field) && means(field))
    };
    let found = find(&own, &named)
        .or_else(|| find(&own, &known))
        .or_else(|| find(&all, &named))
        .or_else(|| find(&all, &known));
    if let Some(field) = found {
        let path = match field.shape {
            Shape::Text => format!("{}.zh", field.path),
            _ => field.path.to_owned(),
        };
        return Some(Column::Field(path, plain_shape(field.shape)));
    }
    if let Some((path, "zh" | "en")) = header.rsplit_once('.')
        && fields::records()
            .iter()
            .any(|field| field.path == path && field.shape == Shape::Text)
    {
        return Some(Column::Field(header, Shape::Plain));
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
