//! Records in the form of a need: a public need of the catalog, and an offer as what it would like to be asked.

use std::sync::Arc;

use crate::model::{Budget, Choice, Day, NeedForm, Record, RecordRef, Strength, Text};

/// A public need of the catalog as it is matched; nothing for other records. What a notice prints is taken as it is,
/// and nothing in it is strict, since notices do not say so.
pub fn need_form(record: &Record) -> Option<NeedForm> {
    let Record::Need(need) = record else {
        return None;
    };
    let text = |text: Option<&Text>| text.map(Text::any).unwrap_or_default().to_owned();
    let head = &need.head;
    let budget = need.budget.as_ref().and_then(|budget| budget.yuan);
    Some(NeedForm {
        title: head.name.any().to_owned(),
        problem: text(need.problem.as_ref()),
        wanted: text(need.wanted.as_ref()),
        enterprise: need.buyer.clone().unwrap_or_default(),
        industry: choice(&head.industry),
        region: choice(&head.region),
        stage: choice(&head.stage),
        typical_scenario: choice(&head.typical_scenario),
        technique: choice(&head.technique),
        budget: Budget {
            low: None,
            high: budget,
            strength: Strength::Unknown,
        },
        consent: true,
        expires: need.deadline.clone(),
        deadline: Day::default(),
        ..NeedForm::default()
    })
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
        words.extend(content.body.iter().map(|piece| (*piece).to_owned()));
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
