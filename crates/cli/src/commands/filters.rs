//! Facets, codes and kinds as they are typed. What nobody knows is refused, with what there is: a filter that is passed
//! over in silence answers another question than the one asked.

use std::collections::BTreeMap;

use atlas_core::api::App;
use atlas_core::api::types::{AppStatus, SearchPage, SearchRequest};
use atlas_core::model::{Kind, Taxonomies};
use atlas_core::search::FACETS;
use atlas_core::search::labels::Labels;
use atlas_core::search::schema::NONE;

use crate::args::Language;
use crate::output::Failure;
use crate::texts::filters as says;

/// Facet id → codes, as a request wants them.
pub type Filters = BTreeMap<String, Vec<String>>;

/// Filters and facets to count that were typed; facets by id or name, codes not looked at yet.
pub struct Typed {
    labels: Labels,
    wanted: Vec<(String, String)>,
    /// Facets to count, by id.
    pub counted: Vec<String>,
}

/// Reads the names of facets. This needs no data folder.
pub fn typed(
    facets: &[(String, String)],
    kinds: &[String],
    count: &[String],
    language: Language,
) -> Result<Typed, Failure> {
    let labels = Labels::new(Taxonomies::bundled());
    let facet = |name: &str| {
        let found = labels.facet_named(name).map(str::to_owned);
        found.ok_or_else(|| Failure::Usage(says::unknown_facet(language, name, FACETS)))
    };
    let kinds = kinds
        .iter()
        .map(|kind| Ok(("kind".to_owned(), kind.clone())));
    let wanted = facets
        .iter()
        .map(|(name, value)| Ok((facet(name)?, value.clone())))
        .chain(kinds)
        .collect::<Result<_, Failure>>()?;
    let counted = count.iter().map(|name| facet(name));
    let counted = counted.collect::<Result<_, _>>()?;
    Ok(Typed {
        labels,
        wanted,
        counted,
    })
}

impl Typed {
    /// The filters, with codes for names. A code of no taxonomy passes where a record of this catalog has it.
    pub fn filters(&self, app: &App, language: Language) -> Result<Filters, Failure> {
        let mut filters = Filters::new();
        for (facet, value) in &self.wanted {
            let codes = self.labels.values_named(taxonomy(facet), value);
            for code in codes {
                if !is_known(facet, &code) && !occurs(app, facet, &code)? {
                    return Err(Failure::Usage(says::unknown_code(language, facet, value)));
                }
                let filter = filters.entry(facet.clone()).or_default();
                if !filter.contains(&code) {
                    filter.push(code);
                }
            }
        }
        Ok(filters)
    }
}

/// The taxonomy of a facet: the first of several codes is a facet of its own with the same codes.
pub fn taxonomy(facet: &str) -> &str {
    facet.strip_prefix("main_").unwrap_or(facet)
}

/// Whether the code can be one of the facet. Years, lists and feeds are as many as there are.
fn is_known(facet: &str, code: &str) -> bool {
    if code == NONE {
        return true;
    }
    match facet {
        "inferred" | "doubtful" => ["yes", "no"].contains(&code),
        "year" => code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()),
        facet => Taxonomies::bundled()
            .get(taxonomy(facet))
            .is_some_and(|taxonomy| taxonomy.term(code).is_some()),
    }
}

/// Whether a record has the code.
fn occurs(app: &App, facet: &str, code: &str) -> Result<bool, Failure> {
    let request = SearchRequest {
        facets: vec![facet.to_owned()],
        ..SearchRequest::default()
    };
    let arguments = serde_json::to_value(&request).unwrap_or_default();
    let page: SearchPage = super::query(app, "search_records", arguments)?;
    let mut values = page.facets.iter().flat_map(|facet| &facet.values);
    Ok(values.any(|value| value.code == code))
}

/// The code of a kind that is typed by code or by name; a kind of later versions passes where the catalog has it.
pub fn kind(status: &AppStatus, typed: &str, language: Language) -> Result<String, Failure> {
    let named = Labels::new(Taxonomies::bundled()).values_named("kind", typed);
    let found = named
        .into_iter()
        .find(|code| Kind::parse(code).is_some() || status.records.contains_key(code));
    found.ok_or_else(|| Failure::Usage(says::unknown_code(language, "kind", typed)))
}
