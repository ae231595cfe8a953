//! Writing down a need, or changing its form.

use serde_json::Value;

use super::{Desk, Edited, NEEDS, Need, refused, restoring};
use crate::api::types::Happening;
use crate::model::{NeedForm, NeedStatus, RecordRef};

/// Saves the form of a need and the text that it was read from. How far the work has come stays as it is.
pub(in crate::store::user) fn save(
    desk: &Desk<'_>,
    reference: &RecordRef,
    form: &NeedForm,
    text: &str,
) -> Edited {
    if !reference.is_own_need() {
        return refused("ref");
    }
    if desk.stored(reference)?.is_none() {
        let mut need = Need {
            form: NeedForm {
                status: NeedStatus::Draft,
                ..form.clone()
            },
            text: text.to_owned(),
            created: desk.now.to_owned(),
            changed: desk.now.to_owned(),
            ..Need::default()
        };
        need.happened(Happening::Created, desk.now);
        desk.keep(reference, &need)?;
        return Ok((Some(restoring(reference, None)), NEEDS));
    }
    desk.change(reference, |need| {
        let form = NeedForm {
            status: need.form.status,
            ..form.clone()
        };
        let mut fields = changed(&need.form, &form);
        if need.text != text {
            fields.push("text".to_owned());
        }
        need.form = form;
        text.clone_into(&mut need.text);
        Ok((!fields.is_empty()).then_some(Happening::Edited { fields }))
    })
}

/// Names of the fields in which two forms differ.
fn changed(before: &NeedForm, after: &NeedForm) -> Vec<String> {
    let fields = |form: &NeedForm| match serde_json::to_value(form) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let before = fields(before);
    fields(after)
        .into_iter()
        .filter(|(key, value)| before.get(key) != Some(value))
        .map(|(key, _)| key)
        .collect()
}
