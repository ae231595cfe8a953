//! Records in the form of a need: a public need of the catalog, and an offer as what it would like to be asked.

use std::sync::Arc;

use crate::model::{Choice, NeedForm, Record, RecordRef, Strength};

/// A public need of the catalog as it is matched; nothing for other records. What a notice prints is taken as it is, and as
/// a condition only where the record says so.
pub fn need_form(record: &Record) -> Option<NeedForm> {
    match record {
        Record::Need(need) => Some(NeedForm::of(need)),
        _ => None,
    }
}

/// What an offer would like to be asked for: its own words, the industries, stages, techniques and the region that it
/// states.
pub(super) fn offer_form(record: &Record, solutions: &[(RecordRef, Arc<Record>)]) -> NeedForm {
    let head = record.head();
    let mut form = NeedForm {
        title: head.name.any().to_owned(),
        industry: choice(&head.industry),
        region: choice(&head.region),
        stage: choice(&head.stage),
        technique: choice(&head.technique),
        typical_scenario: choice(&head.typical_scenario),
        ..NeedForm::default()
    };
    let mut words = Vec::new();
    let all = std::iter::once(record).chain(solutions.iter().map(|(_, record)| &**record));
    for (at, record) in all.enumerate() {
        let content = crate::search::content::Content::of(record);
        if at > 0 {
            words.extend(content.names.iter().map(|name| (*name).to_owned()));
        }
        words.extend(content.body.iter().map(|piece| piece.text.to_owned()));
        for (field, codes) in [
            (&mut form.technique, &record.head().technique),
            (&mut form.typical_scenario, &record.head().typical_scenario),
            (&mut form.industry, &record.head().industry),
        ] {
            field.codes.extend(codes.iter().cloned());
            field.codes.sort_unstable();
            field.codes.dedup();
        }
    }
    form.problem = words.join("\n");
    form
}

fn choice(codes: &[crate::model::Code]) -> Choice {
    Choice {
        codes: codes.to_vec(),
        strength: Strength::Soft,
    }
}
