//! The form in which an own record is written: what it starts with, and what is to be said about what is typed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::api::App;
use crate::api::matching::today;
use crate::api::open::Opened;
use crate::api::types::{
    ApiError, DraftCheck, DraftRequest, ErrorCode, OwnForm, RecordRequest, RecordView, Row,
    SearchRequest, Shape,
};
use crate::listing::{self, Known};
use crate::matching::reading;
use crate::model::{Date, Kind, OWN, Record, RecordRef, Taxonomies, Text};
use crate::search;
use crate::store::user::own::RECORD_MAX;
use crate::submission::bundle::Submitted;
use crate::submission::need::of_record;

/// Records that look like the same, at most.
const TWINS: u32 = 3;
/// Records looked at for them.
const ALIKE: u32 = 20;

struct Shelf<'a> {
    opened: &'a Opened,
    today: &'a Date,
}

impl Known for Shelf<'_> {
    fn is_there(&self, reference: &RecordRef) -> bool {
        self.opened
            .find(reference)
            .is_ok_and(|found| found.is_some())
    }

    fn yuan(&self, text: &str) -> Option<f64> {
        // Read as the budget of a need is, so that both understand the same.
        let budget = reading::read(&format!("预算{text}"), self.today)
            .need
            .budget;
        match (budget.low, budget.high) {
            (Some(low), Some(high)) if low < high => None,
            (low, high) => high.or(low),
        }
    }
}

pub(in crate::api) fn get_own(app: &App, request: RecordRequest) -> Result<OwnForm, ApiError> {
    let reference = request.reference;
    let kind = written(&reference)?;
    let opened = app.opened()?;
    let stored = opened.user.own_document(&reference)?;
    let saved = stored.is_some();
    let document = match stored {
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| ApiError::new(ErrorCode::Damaged).caused_by(&error))?,
        None => listing::blank(&reference),
    };
    let draft = opened.user.draft(&reference)?.map(|draft| draft.document);
    let mut names = BTreeMap::new();
    for document in [Some(&document), draft.as_ref()].into_iter().flatten() {
        names.extend(linked(&opened, document)?);
    }
    Ok(OwnForm {
        reference,
        document,
        draft,
        saved,
        fields: listing::fields(kind).to_vec(),
        names,
    })
}

pub(in crate::api) fn check_draft(
    app: &App,
    request: DraftRequest,
) -> Result<DraftCheck, ApiError> {
    let reference = request.reference;
    let kind = written(&reference)?;
    if request.document.to_string().len() > RECORD_MAX {
        return Err(ApiError::new(ErrorCode::BadRequest).with("field", "document"));
    }
    let opened = app.opened()?;
    let today = today(app)?;
    let shelf = Shelf {
        opened: &opened,
        today: &today,
    };
    let read = listing::read(&reference, &request.document, Taxonomies::bundled(), &shelf);
    let amounts = listing::fields(kind)
        .iter()
        .filter(|field| field.shape == Shape::Amount)
        .filter_map(|field| {
            let text = read.document.get(field.path)?.as_str()?;
            Some((field.path.to_owned(), shelf.yuan(text)?))
        })
        .collect();
    let (quality, seen, twins) = match &read.record {
        Some(record) => (
            Some(listing::quality(record)),
            Some(seen(&opened, &reference, read.document.clone())?),
            twins(&opened, &reference, record)?,
        ),
        None => (None, None, Vec::new()),
    };
    let (preview, left_out) = seen.unzip();
    Ok(DraftCheck {
        document: Value::Object(read.document),
        faults: read.faults,
        amounts,
        quality,
        preview,
        left_out: left_out.unwrap_or_default(),
        twins,
    })
}

/// The kind of a record that is written in a form of this module.
fn written(reference: &RecordRef) -> Result<Kind, ApiError> {
    Kind::parse(&reference.kind)
        .filter(|kind| reference.is_own() && listing::KINDS.contains(kind))
        .ok_or_else(|| ApiError::new(ErrorCode::BadRequest).with("field", "ref"))
}

/// Names of the records to which a draft links.
fn linked(opened: &Opened, document: &Value) -> Result<BTreeMap<String, Text>, ApiError> {
    let mut names = BTreeMap::new();
    let links = document.get("links").and_then(Value::as_array);
    for link in links.into_iter().flatten() {
        let to = link.get("to").and_then(Value::as_str).unwrap_or_default();
        if let Ok(target) = RecordRef::resolve(OWN, to)
            && let Some(name) = opened.name(&target)?
        {
            names.insert(to.to_owned(), name);
        }
    }
    Ok(names)
}

/// A record as others would see it, and what they would not: as it leaves when it alone is handed in, with nothing asked
/// for beyond that.
fn seen(
    opened: &Opened,
    reference: &RecordRef,
    document: Map<String, Value>,
) -> Result<(RecordView, Vec<String>), ApiError> {
    let alone = BTreeSet::from([reference.clone()]);
    let Submitted {
        record, left_out, ..
    } = of_record(reference, document, &alone, false);
    let record: Record = serde_json::from_value(Value::Object(record))
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
    let mut links = Vec::new();
    for link in &record.head().links {
        if let Ok(target) = RecordRef::resolve(OWN, &link.to)
            && let Some(kind) = Kind::parse(&target.kind)
            && let Some(name) = opened.name(&target)?
        {
            links.push(crate::api::types::LinkView {
                rel: link.rel.clone(),
                forward: true,
                reference: target,
                kind,
                name,
                clause: link.clause.clone(),
                inferred: None,
            });
        }
    }
    let view = RecordView {
        links,
        twins: Vec::new(),
        lists: BTreeMap::new(),
        similar: Vec::new(),
        industry_group: search::industry_groups(&record, Taxonomies::bundled()),
        favourite: false,
        gone: false,
        overlay: None,
        moved_on: Vec::new(),
        history: Vec::new(),
        contact: None,
        reference: reference.clone(),
        record,
    };
    Ok((view, left_out))
}

/// Records of the same kind that have the same credit code or name.
fn twins(opened: &Opened, reference: &RecordRef, record: &Record) -> Result<Vec<Row>, ApiError> {
    let name = record.head().name.any();
    let code = credit_code(record);
    let mut found: Vec<Row> = Vec::new();
    for text in [code.unwrap_or_default(), name] {
        let quoted: String = text
            .chars()
            .filter(|c| !"\"“”「」『』＂".contains(*c))
            .collect();
        if quoted.trim().is_empty() {
            continue;
        }
        let request = SearchRequest {
            text: format!("\"{quoted}\""),
            filters: [("kind".to_owned(), vec![reference.kind.clone()])].into(),
            limit: ALIKE,
            ..SearchRequest::default()
        };
        let page = opened
            .index()
            .search(opened, Taxonomies::bundled(), &request)?;
        for row in page.rows {
            if row.reference == *reference
                || found.iter().any(|known| known.reference == row.reference)
            {
                continue;
            }
            let Some(other) = opened.find(&row.reference)? else {
                continue;
            };
            let same_code = code.is_some() && credit_code(&other) == code;
            let names: Vec<&str> = other.head().name.all().collect();
            if same_code || names.contains(&name) {
                found.push(row);
            }
        }
    }
    found.truncate(TWINS as usize);
    opened.complete(found.iter_mut())?;
    Ok(found)
}

fn credit_code(record: &Record) -> Option<&str> {
    match record {
        Record::Provider(provider) => provider.credit_code.as_deref(),
        Record::Enterprise(enterprise) => enterprise.credit_code.as_deref(),
        _ => None,
    }
}
