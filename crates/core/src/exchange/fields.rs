//! The fields that columns can fill, and the headers under which people write them. Data: `assets/exchange/`.
//!
//! Records have one set of fields; a need of the user's own is a form (`model::NeedForm`) and has another.

use std::sync::LazyLock;

use crate::model::{Kind, Taxonomies};
use crate::search::text;

/// How the text of a cell becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As it is.
    Plain,
    /// A text in Chinese or English.
    Text,
    /// Several plain texts.
    List,
    /// Several localized texts.
    Texts,
    /// A code of one of these taxonomies (`tier|maturity`), or its name.
    Code(&'static str),
    /// Several codes.
    Codes(&'static str),
    /// A date; a period counts from its beginning.
    Date,
    /// A date by which something ends; a period counts to its end.
    DateEnd,
    /// An amount of money, as printed.
    Money,
    /// An amount from which to which.
    Budget,
    /// Yes or no.
    YesNo,
    /// A unified social credit code.
    CreditCode,
    /// A result that a source reports.
    Outcomes,
}

impl Shape {
    /// The taxonomies of its codes.
    pub fn taxonomies(self) -> Option<&'static str> {
        match self {
            Self::Code(taxonomies) | Self::Codes(taxonomies) => Some(taxonomies),
            _ => None,
        }
    }

    /// Whether it is a date.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::DateEnd)
    }

    /// Whether several columns can fill it together.
    pub fn is_several(self) -> bool {
        matches!(
            self,
            Self::List | Self::Texts | Self::Codes(_) | Self::Outcomes
        )
    }

    fn parse(text: &'static str) -> Option<Self> {
        Some(match text.split_once(':') {
            Some(("code", taxonomies)) => Self::Code(taxonomies),
            Some(("codes", taxonomies)) => Self::Codes(taxonomies),
            Some(_) => return None,
            None => match text {
                "plain" => Self::Plain,
                "text" => Self::Text,
                "list" => Self::List,
                "texts" => Self::Texts,
                "date" => Self::Date,
                "date_end" => Self::DateEnd,
                "money" => Self::Money,
                "budget" => Self::Budget,
                "yes_no" => Self::YesNo,
                "credit_code" => Self::CreditCode,
                "outcomes" => Self::Outcomes,
                _ => return None,
            },
        })
    }
}

/// A field and its headers.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its path: `name`, `contact.phone`.
    pub path: &'static str,
    /// How a cell becomes its value.
    pub shape: Shape,
    /// Kinds whose records have it.
    kinds: &'static str,
    /// Its header in Chinese.
    pub zh: &'static str,
    /// Its header in English.
    pub en: &'static str,
    /// Every header under which it is known, as written.
    pub headers: Vec<&'static str>,
}

impl Field {
    /// Whether records of a kind have it, as far as people write it into a table.
    pub fn is_of(&self, kind: Kind) -> bool {
        self.kinds == "*" || self.kinds.split('|').any(|name| name == kind.as_str())
    }
}

/// Kinds that can be imported, in the order in which screens show them.
pub const KINDS: [Kind; 6] = [
    Kind::Provider,
    Kind::Solution,
    Kind::Need,
    Kind::Case,
    Kind::Scenario,
    Kind::Enterprise,
];

static RECORDS: LazyLock<Vec<Field>> =
    LazyLock::new(|| read(include_str!("../../../../assets/exchange/fields.csv")));
static NEEDS: LazyLock<Vec<Field>> =
    LazyLock::new(|| read(include_str!("../../../../assets/exchange/need_fields.csv")));
static HINTS: LazyLock<Vec<(Kind, Vec<String>)>> = LazyLock::new(|| {
    rows(include_str!("../../../../assets/exchange/kinds.csv"))
        .into_iter()
        .filter_map(|row| {
            let kind = Kind::parse(row.first()?)?;
            let words = row.get(1)?.split('|').map(text::normalise).collect();
            Some((kind, words))
        })
        .collect()
});

/// The rows of a data file below its header. The files are compiled in and none of their cells has a comma or a break
/// in it, so a line is a row.
pub(super) fn rows(file: &'static str) -> Vec<Vec<&'static str>> {
    file.lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect()
}

fn read(file: &'static str) -> Vec<Field> {
    rows(file)
        .into_iter()
        .filter_map(|row| {
            let [path, shape, kinds, zh, en, synonyms] = row.as_slice() else {
                return None;
            };
            Some(Field {
                path,
                shape: Shape::parse(shape)?,
                kinds,
                zh,
                en,
                headers: [*zh, *en]
                    .into_iter()
                    .chain(synonyms.split('|'))
                    .filter(|header| !header.is_empty())
                    .collect(),
            })
        })
        .collect()
}

/// All fields of published records, for whoever writes a feed.
pub fn records() -> &'static [Field] {
    &RECORDS
}

/// The fields that an import of a kind can fill; a field stands once for each set of headers that it has.
pub fn of(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let fields: &'static [Field] = if kind == Kind::Need { &NEEDS } else { &RECORDS };
    fields.iter().filter(move |field| field.is_of(kind))
}

/// The field of a kind by its path; its headers are the most special ones.
pub fn field(kind: Kind, path: &str) -> Option<&'static Field> {
    of(kind).filter(|field| field.path == path).last()
}

/// The field without which a row is no record.
pub fn required(kind: Kind) -> &'static str {
    if kind == Kind::Need { "title" } else { "name" }
}

/// What the rows of a table seem to be: by the names of file and sheet and its headers.
pub(super) fn hinted(texts: &[&str], kind: Kind) -> usize {
    let words = HINTS.iter().find(|(of, _)| *of == kind);
    let texts: Vec<String> = texts
        .iter()
        .map(|one| text::normalise(one).replace(['_', '-'], " "))
        .collect();
    words.map_or(0, |(_, words)| {
        words
            .iter()
            .map(|word| {
                texts
                    .iter()
                    .filter(|text| text.contains(word))
                    .count()
                    .min(3)
            })
            .sum()
    })
}

/// The names of a code in a field: Chinese and English.
pub fn term(taxonomies: &str, code: &str) -> Option<&'static crate::model::Term> {
    taxonomies
        .split('|')
        .find_map(|id| Taxonomies::bundled().term(id, code))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_of_the_data_is_read() {
        for (fields, file) in [
            (
                &RECORDS,
                include_str!("../../../../assets/exchange/fields.csv"),
            ),
            (
                &NEEDS,
                include_str!("../../../../assets/exchange/need_fields.csv"),
            ),
        ] {
            assert_eq!(fields.len(), file.lines().count() - 1);
            for field in fields.iter() {
                for id in field.shape.taxonomies().unwrap_or("stage").split('|') {
                    assert!(Taxonomies::bundled().get(id).is_some(), "{id}");
                }
                for kind in field.kinds.split('|') {
                    let known = ["*", "feed"].contains(&kind) || Kind::parse(kind).is_some();
                    assert!(known, "{kind}");
                }
            }
        }
        assert_eq!(HINTS.len(), KINDS.len());
    }

    #[test]
    fn a_header_means_one_field_of_a_kind() {
        for kind in KINDS {
            let mut seen: BTreeSet<(String, &str)> = BTreeSet::new();
            for field in of(kind) {
                for header in &field.headers {
                    seen.insert((text::key(header), field.path));
                }
            }
            let mut headers: Vec<&String> = seen.iter().map(|(header, _)| header).collect();
            let all = headers.len();
            headers.dedup();
            let twice: Vec<_> = seen
                .iter()
                .filter(|(header, _)| seen.iter().filter(|(other, _)| other == header).count() > 1)
                .collect();
            assert_eq!(headers.len(), all, "{kind:?}: {twice:?}");
        }
    }
}
