//! The user's records as an import compares with them, and the edit that writes what it brings.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::api::open::Opened;
use crate::api::types::{
    ApiError, Edit, ErrorCode, Happening, NeedsRequest, OwnSort, RowFate, RowIssue,
};
use crate::exchange::check::{Checked, Write};
use crate::exchange::duplicates::{Directory, Identity, Known};
use crate::model::{Kind, NeedForm, NeedStatus, Record, RecordRef};
use crate::search::text::key;
use crate::store::user::needs::{NEEDS_MAX, Need};

/// The user's records of a kind, by what tells them.
pub(super) fn directory(opened: &Opened, kind: Kind) -> Result<Directory, ApiError> {
    const PAGE: u32 = 1_000;
    let mut known = Vec::new();
    if kind == Kind::Need {
        for row in opened.user.needs(&NeedsRequest::default())? {
            known.push(Known {
                identity: Identity {
                    names: vec![key(&row.title)],
                    owner: key(&row.enterprise),
                    credit_code: String::new(),
                },
                reference: row.reference,
                name: row.title,
            });
        }
        return Ok(Directory::new(known));
    }
    let mut offset = 0;
    loop {
        let page = opened.user.own_records(kind, OwnSort::Name, offset, PAGE)?;
        offset += PAGE;
        let last = page.len() < PAGE as usize;
        known.extend(page.into_iter().map(|own| Known {
            name: own.record.head().name.any().to_owned(),
            identity: identity(&own.record),
            reference: own.reference,
        }));
        if last {
            return Ok(Directory::new(known));
        }
    }
}

fn identity(record: &Record) -> Identity {
    let (owner, credit_code) = match record {
        Record::Scenario(record) => (&record.opened_by, &None),
        Record::Case(record) => (&record.enterprise, &None),
        Record::Solution(record) => (&record.provider, &None),
        Record::Provider(record) => (&None, &record.credit_code),
        Record::Enterprise(record) => (&None, &record.credit_code),
        _ => (&None, &None),
    };
    let mut names: Vec<String> = record.head().name.all().map(key).collect();
    names.retain(|name| !name.is_empty());
    names.dedup();
    Identity {
        names,
        owner: owner.as_deref().map(key).unwrap_or_default(),
        credit_code: credit_code.clone().unwrap_or_default(),
    }
}

/// A record as JSON; a need as its form.
pub(super) fn load(opened: &Opened, reference: &RecordRef) -> Option<Value> {
    if reference.is_own_need() {
        let need = opened.user.need(reference).ok()??;
        return serde_json::to_value(need.form).ok();
    }
    let document = opened.user.own_document(reference).ok()??;
    serde_json::from_str(&document).ok()
}

/// One edit takes so many needs and no more: the rows beyond are told.
pub(super) fn limit(checked: &mut Checked) {
    let mut left = NEEDS_MAX;
    for row in &mut checked.rows {
        if !matches!(row.fate, RowFate::New | RowFate::Duplicate) {
            continue;
        }
        if left == 0 {
            if row.fate == RowFate::New {
                checked.sums.new -= 1;
            } else {
                checked.sums.duplicates -= 1;
            }
            checked.sums.wrong += 1;
            *checked
                .sums
                .issues
                .entry("too_many_needs".to_owned())
                .or_default() += 1;
            row.fate = RowFate::Wrong;
            row.same = None;
            row.issues.push(RowIssue {
                column: None,
                field: String::new(),
                value: String::new(),
                code: "too_many_needs".to_owned(),
                wrong: true,
            });
        } else {
            left -= 1;
        }
    }
}

/// The edit that writes everything, and the first record that it adds.
pub(super) fn edit(
    opened: &Opened,
    kind: Kind,
    writes: Vec<Write>,
    id: &dyn Fn(u32) -> String,
    now: &str,
) -> Result<(Option<Edit>, Option<RecordRef>), ApiError> {
    let internal = |error: serde_json::Error| ApiError::new(ErrorCode::Internal).caused_by(&error);
    let mut records = Vec::with_capacity(writes.len());
    let mut first = None;
    for write in writes {
        let reference = if let Some(reference) = write.reference {
            reference
        } else {
            let reference = RecordRef::new("own", kind.as_str(), &id(write.row))
                .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
            first.get_or_insert_with(|| reference.clone());
            reference
        };
        let document = if kind == Kind::Need {
            let form = serde_json::from_value(write.record).map_err(internal)?;
            let need = need(opened, &reference, form, write.text, now)?;
            serde_json::to_string(&need)
        } else {
            serde_json::to_string(&write.record)
        };
        records.push((reference, Some(document.map_err(internal)?)));
    }
    let edit = match kind {
        _ if records.is_empty() => None,
        Kind::Need => Some(Edit::RestoreNeeds { needs: records }),
        _ => Some(Edit::SaveRecords { records }),
    };
    Ok((edit, first))
}

/// The need to be stored: a new one, or the one that is there with another form.
fn need(
    opened: &Opened,
    reference: &RecordRef,
    form: NeedForm,
    text: String,
    now: &str,
) -> Result<Need, ApiError> {
    let mut need = opened.user.need(reference)?.unwrap_or_else(|| Need {
        created: now.to_owned(),
        text,
        ..Need::default()
    });
    let is_new = need.changed.is_empty();
    let status = if is_new {
        NeedStatus::Draft
    } else {
        need.form.status
    };
    need.form = NeedForm { status, ..form };
    now.clone_into(&mut need.changed);
    let happening = if is_new {
        Happening::Created
    } else {
        Happening::Edited { fields: Vec::new() }
    };
    need.happened(happening, now);
    Ok(need)
}

/// A UUID that follows from another and a number (in the manner of version 8).
pub(super) fn uuid(seed: &str, row: u32) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    hash.update(seed);
    hash.update(row.to_be_bytes());
    let mut bytes: [u8; 32] = hash.finalize().into();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes[..16].iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}
