//! *What it measures*: how well the words of a record answer the words of the need.
//!
//! *Why it matters*: catalogs are thin; the text is often all that a record says.
//!
//! *Example*: 表面缺陷检测 in a need and 缺陷在线检测 in the name of a solution share 缺陷 and 检测; what counts is what
//! they weigh of everything that the need says, τ. Short records answer a fifth of a long need at best, so that a fifth
//! already counts for much: the value is 1 − exp(−τ / 0.2).
//!
//! *When data is missing*: never; a record always has a name.

use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::Candidate;
use crate::model::NeedForm;

/// See the module.
pub struct Text;

/// Affinity at which about two thirds are reached.
const ENOUGH: f64 = 0.2;

/// Title and text of a need, as its words are compared.
pub fn wording(need: &NeedForm) -> (String, String) {
    let text: Vec<&str> = [&need.problem, &need.wanted, &need.data_text]
        .into_iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    (need.title.trim().to_owned(), text.join("\n"))
}

impl Criterion for Text {
    fn id(&self) -> &'static str {
        "text"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        let (title, text) = wording(need);
        !title.is_empty() || !text.is_empty()
    }

    fn changeable(&self, _: MatchState) -> bool {
        false
    }

    fn states(&self, _: &Candidate) -> bool {
        true
    }

    fn assess(&self, _: &Context<'_>, candidate: &Candidate) -> Finding {
        let finding = Finding::met(1.0 - (-candidate.affinity / ENOUGH).exp());
        match &candidate.best_part {
            Some(part) => finding.fact("record", part.to_string()),
            None => finding,
        }
    }
}
