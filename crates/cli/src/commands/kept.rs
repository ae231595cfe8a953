//! What the user kept under a name: a list, a tag, a saved search.

use atlas_core::api::App;
use atlas_core::api::types::{ExportWhat, KeptRecord, ListRow, ListView, SearchRow, TagRow};
use serde_json::json;

use super::query;
use crate::args::Language;
use crate::output::Failure;
use crate::texts::export as says;

/// The records of a list, in their order.
pub(super) fn list(app: &App, name: &str, language: Language) -> Result<ExportWhat, Failure> {
    let lists: Vec<ListRow> = query(app, "list_lists", json!({}))?;
    let list = named(lists, name, |list| &list.name, ("清单", "list"), language)?;
    let list: ListView = query(app, "get_list", json!({ "id": list.id }))?;
    Ok(records(list.members, name))
}

/// The records with a tag.
pub(super) fn tag(app: &App, name: &str, language: Language) -> Result<ExportWhat, Failure> {
    let tags: Vec<TagRow> = query(app, "list_tags", json!({}))?;
    let tag = named(tags, name, |tag| &tag.tag, ("标签", "tag"), language)?;
    let tagged: Vec<KeptRecord> = query(app, "list_tagged", json!({ "tag": tag.tag }))?;
    Ok(records(tagged, name))
}

/// What a saved search finds now.
pub(super) fn saved(app: &App, name: &str, language: Language) -> Result<ExportWhat, Failure> {
    let searches: Vec<SearchRow> = query(app, "list_searches", json!({}))?;
    let what = ("保存的搜索", "saved search");
    let search = named(searches, name, |search| &search.name, what, language)?;
    Ok(ExportWhat::Search {
        request: search.request,
    })
}

fn records(kept: Vec<KeptRecord>, name: &str) -> ExportWhat {
    ExportWhat::Records {
        refs: kept.into_iter().map(|kept| kept.row.reference).collect(),
        name: name.to_owned(),
    }
}

/// The one of that name; without it the names that there are. Names may repeat: the first in order is meant, as screens
/// show it first.
fn named<T>(
    rows: Vec<T>,
    name: &str,
    name_of: impl Fn(&T) -> &String,
    what: (&str, &str),
    language: Language,
) -> Result<T, Failure> {
    let names: Vec<String> = rows.iter().map(|row| name_of(row).clone()).collect();
    let found = rows.into_iter().find(|row| name_of(row) == name.trim());
    found.ok_or_else(|| Failure::Usage(says::not_named(language, what, name, &names)))
}
