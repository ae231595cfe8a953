//! Remarks: the English ones in entries have a Chinese wording in a table.

use std::collections::BTreeMap;
use std::path::Path;

use atlas_core::model::Text;
use serde::Deserialize;

use super::CatalogError;

#[derive(Deserialize)]
struct RemarkRow {
    remark: String,
    zh: String,
    field: String,
}

/// Chinese wording of the English remarks in entries, and the field that a doubt is about.
#[derive(Debug, Default)]
pub(crate) struct Remarks(BTreeMap<String, (String, Option<String>)>);

impl Remarks {
    /// Reads `assets/catalog/remarks.csv`.
    pub(crate) fn read(root: &Path) -> Result<Self, CatalogError> {
        let rows = super::read_csv::<RemarkRow>(root, "assets/catalog/remarks.csv")?;
        Ok(Self(
            rows.into_iter()
                .map(|row| {
                    (
                        row.remark,
                        (row.zh, Some(row.field).filter(|field| !field.is_empty())),
                    )
                })
                .collect(),
        ))
    }

    /// A remark in the languages in which there is one.
    pub(crate) fn text(&self, remark: &str) -> Text {
        match self.0.get(remark) {
            Some((zh, _)) => Text {
                zh: Some(zh.clone()),
                en: Some(remark.to_owned()),
            },
            None if has_han(remark) => Text::zh(remark),
            None => Text {
                zh: None,
                en: Some(remark.to_owned()),
            },
        }
    }

    /// The field that a doubt is about.
    pub(crate) fn field(&self, remark: &str) -> Option<String> {
        self.0.get(remark).and_then(|(_, field)| field.clone())
    }

    /// The Chinese wording of a remark that the table has.
    pub(crate) fn zh(&self, remark: &str) -> Option<String> {
        self.0.get(remark).map(|(zh, _)| zh.clone())
    }
}

/// Whether a text has Chinese characters.
pub(crate) fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}
