//! `atlas feed confirm` and `atlas feed correct`: one step each, with its history.

use atlas_core::model::{Date, Taxonomies};
use serde_json::{Map, Value};

use super::args::Voucher;
use super::error::FeedError;
use super::folder::Folder;
use super::lints::{self, Finding};
use super::records::edits::{self, Edit};
use super::records::{Draft, read};

/// An edit that was kept, and what the rules say of the record with it.
pub(crate) struct Kept {
    /// The edit.
    pub edit: Edit,
    /// Findings about the record with the edit.
    pub findings: Vec<Finding>,
}

/// Confirms a record, or corrects fields of it. An edit with which the record could not be published is not kept.
pub(crate) fn edit(
    folder: &Folder,
    record: &str,
    set: &[String],
    voucher: &Voucher,
) -> Result<Kept, FeedError> {
    let today = voucher.time.now().strftime("%Y-%m-%d").to_string();
    let date = voucher.date.as_deref().unwrap_or(&today);
    let date = Date::parse(date).map_err(|error| {
        FeedError::new(
            format!("{date:?} 不是日期：应写作 2026-11-25。"),
            error.to_string(),
        )
    })?;
    if Taxonomies::bundled()
        .term("status", &voucher.status)
        .is_none()
    {
        return Err(FeedError::new(
            format!(
                "核实程度 {:?} 无效：confirmed、third_party、excerpt、community。",
                voucher.status
            ),
            format!(
                "{:?} is no status: confirmed, third_party, excerpt, community.",
                voucher.status
            ),
        ));
    }
    let mut ignored = Vec::new();
    let mut drafts = read::read(&folder.records(), &mut ignored)?;
    let former = edits::read(&folder.edits())?;
    edits::apply(&mut drafts, &former, &mut ignored);
    let within = format!("{}/", folder.config.feed);
    let wanted = record.strip_prefix(&within).unwrap_or(record);
    let draft = drafts
        .iter()
        .find(|draft| draft.reference() == wanted)
        .ok_or_else(|| {
            FeedError::new(
                format!("{} 中没有记录 {wanted}。", folder.records().display()),
                format!(
                    "There is no record {wanted} in {}.",
                    folder.records().display()
                ),
            )
        })?;
    let set = edits::values(&draft.fields, set)?;
    let former: Map<String, Value> = set
        .keys()
        .map(|field| {
            let value = draft.fields.get(field).cloned().unwrap_or_default();
            (field.clone(), value)
        })
        .collect();
    let edit = Edit {
        record: wanted.to_owned(),
        set,
        former,
        by: voucher.by.clone(),
        source: voucher.source.clone(),
        title: voucher.title.clone(),
        status: voucher.status.clone(),
        date,
    };
    let findings = findings(&drafts, draft, &edit, &folder.config.feed, &today)?;
    if !findings.iter().any(|finding| finding.rule.stops()) {
        edits::append(&folder.edits(), &edit)?;
    }
    Ok(Kept { edit, findings })
}

/// What the rules say of a record with an edit and did not say without.
fn findings(
    drafts: &[Draft],
    draft: &Draft,
    edit: &Edit,
    feed: &str,
    today: &str,
) -> Result<Vec<Finding>, FeedError> {
    let today =
        Date::parse(today).map_err(|error| FeedError::new(error.to_string(), error.to_string()))?;
    let mut before = Vec::new();
    lints::check(drafts, feed, &today, &mut before);
    let mut changed = drafts.to_vec();
    let mut after = Vec::new();
    edits::apply(&mut changed, std::slice::from_ref(edit), &mut after);
    lints::check(&changed, feed, &today, &mut after);
    let reference = draft.reference();
    after.retain(|finding| finding.record == reference && !before.contains(finding));
    Ok(after)
}
