//! Which fields of a record nobody printed, in words: a document must not pass a conclusion off as a quotation.

use super::super::texts::{Texts, columns_of};
use super::records::header;
use crate::model::{Head, Kind};

/// Columns that lists of records have only where a record needs them are noted under their path; this is the path of
/// the one that names inferred fields.
pub(super) const USED: &str = "inferred";

/// The names of the inferred fields, in the order of the record.
pub(super) fn fields(texts: &Texts, head: &Head) -> String {
    let mut names: Vec<String> = Vec::new();
    for inferred in &head.inferred {
        let name = name(texts, &inferred.field);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(texts.semicolon)
}

/// The name of a field, or of a part of what stands beside the fields; what nobody knows is itself.
fn name(texts: &Texts, path: &str) -> String {
    let columns = columns_of(&Kind::ALL);
    let is_of = |column: &str| column == path || column.split('.').next() == Some(path);
    if let Some(field) = columns.iter().find(|field| is_of(field.path)) {
        return header(texts, field).to_owned();
    }
    match path.split_once('.') {
        Some(("links", relation)) => {
            format!(
                "{}{}{}",
                texts.links,
                texts.colon,
                texts.term("relation", relation)
            )
        }
        Some(("lists", "no")) => texts.membership[0].to_owned(),
        Some(("lists", "group")) => texts.membership[1].to_owned(),
        Some(("sources", "issuer")) => texts.source_parts[1].to_owned(),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::texts::{Language, texts};
    use super::*;
    use crate::exchange::mapping::propose;
    use crate::model::Inferred;

    #[test]
    fn every_field_that_the_catalog_infers_has_a_name_in_both_languages() {
        for path in [
            "action",
            "base_model",
            "city",
            "date",
            "field",
            "industry",
            "level",
            "links.instance_of",
            "lists.group",
            "lists.no",
            "name",
            "outcomes",
            "problem",
            "provider",
            "region",
            "sources.issuer",
            "stage",
            "technique",
            "technique_text",
            "typical_scenario",
        ] {
            for language in [Language::Zh, Language::En] {
                assert_ne!(name(texts(language), path), path);
            }
        }
    }

    #[test]
    fn a_name_stands_once() {
        let inferred = ["stage", "technique", "stage"].map(|field| Inferred {
            field: field.to_owned(),
            by: "source".to_owned(),
        });
        let head = Head {
            inferred: inferred.to_vec(),
            ..Head::default()
        };
        assert_eq!(fields(texts(Language::Zh), &head), "环节；技术");
    }

    #[test]
    fn an_import_takes_the_column_for_no_field() {
        for language in [Language::Zh, Language::En] {
            let headers = [texts(language).inferred_fields.to_owned()];
            for kind in crate::exchange::fields::KINDS {
                assert_eq!(propose(kind, &headers)[0].field, None);
            }
        }
    }
}
