//! Names of organisations: when two spellings are the same name, and which names a printed text holds.
//!
//! Two names are the same when they are equal after Unicode NFKC, lower case, and dropping everything
//! that is neither letter nor digit. Legal suffixes stay: 海尔 and 海尔集团公司 are two names until
//! somebody says otherwise in an alias. `assets/catalog/names.csv` tells, for the few texts that are not
//! plainly a name, which organisations they name; an empty cell means none.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::CatalogError;

/// The form in which names are compared.
pub(crate) fn normalise(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// An id derived from a name: `e-` and ten hexadecimal digits.
pub(crate) fn derived_id(prefix: &str, name: &str) -> String {
    let hash = Sha256::digest(normalise(name).as_bytes());
    let digits: Vec<String> = hash
        .iter()
        .take(5)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{prefix}-{}", digits.concat())
}

/// Whether a name is a full legal or institutional name, which belongs to one organisation wherever it
/// is met.
pub(crate) fn is_full(name: &str) -> bool {
    const ENDINGS: [&str; 9] = [
        "有限公司",
        "有限责任公司",
        "股份公司",
        "大学",
        "学院",
        "研究院",
        "研究所",
        "医院",
        "分公司",
    ];
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// An organisation that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    printed: String,
    names: String,
    aliases: String,
    #[allow(dead_code, reason = "the reason is for people")]
    reason: String,
}

/// The table of texts that are not plainly a name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    rows: BTreeMap<String, Vec<Organisation>>,
}

impl Names {
    /// Reads `assets/catalog/names.csv`.
    pub(crate) fn read(root: &Path) -> Result<Self, CatalogError> {
        let mut rows = BTreeMap::new();
        for row in super::read_csv::<Row>(root, "assets/catalog/names.csv")? {
            let list = |text: &str| -> Vec<String> {
                text.split(';')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let aliases = list(&row.aliases);
            let names = list(&row.names);
            let alone = names.len() == 1;
            let organisations = names
                .into_iter()
                .map(|name| Organisation {
                    name,
                    aliases: if alone { aliases.clone() } else { Vec::new() },
                })
                .collect();
            rows.insert(row.printed, organisations);
        }
        Ok(Self { rows })
    }

    /// The texts of the table.
    #[cfg(test)]
    pub(crate) fn printed(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// The organisations that a printed text names: those of the table, or the text itself, cut at 、.
    pub(crate) fn of(&self, printed: &str) -> Vec<Organisation> {
        if let Some(organisations) = self.rows.get(printed) {
            return organisations.clone();
        }
        printed
            .split('、')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| Organisation {
                name: name.to_owned(),
                aliases: Vec::new(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_split_a_name_but_a_suffix_does() {
        for (a, b) in [
            ("TCL 王牌电器（惠州）有限公司", "TCL王牌电器(惠州)有限公司"),
            ("ＯＰＰＯ 广东移动通信有限公司", "oppo广东移动通信有限公司"),
            (
                "中国南方电网有限责任公司 超高压输电公司",
                "中国南方电网有限责任公司超高压输电公司",
            ),
        ] {
            assert_eq!(normalise(a), normalise(b));
        }
        for (a, b) in [
            ("海尔", "海尔集团"),
            ("宁德时代", "宁德时代（宜宾）"),
            ("云知声", "云知声智能科技股份有限公司"),
        ] {
            assert_ne!(normalise(a), normalise(b));
        }
    }

    #[test]
    fn derived_ids_do_not_depend_on_spelling() {
        assert_eq!(
            derived_id("e", "中移（苏州）软件技术有限公司"),
            derived_id("e", "中移(苏州) 软件技术有限公司")
        );
        assert_eq!(derived_id("l", "x").len(), 12);
    }
}
