//! *What it measures*: whether an offer can run where the need allows.
//!
//! *Why it matters*: data that may not leave the plant ends every talk about a cloud service.
//!
//! *Example*: allowed 私有化; offered as 一体机: met. Offered as SaaS alone: violated. Data that is 重要数据 or 核心数据
//! asks for 私有化, 一体机 or the edge even where nobody said so.
//!
//! *When data is missing*: counts half and is asked about. 定制 alone says nothing about where it runs.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{Code, NeedForm, Strength, Taxonomies};

/// See the module.
pub struct Deployment;

const PRIOR: f64 = 0.5;

/// Where the need allows an offer to run.
fn allowed(need: &NeedForm) -> Vec<Code> {
    let sensitive = need
        .sensitivity
        .as_ref()
        .is_some_and(|code| matches!(code.as_str(), "important" | "core"));
    if need.deployment.codes.is_empty() && sensitive {
        return ["private", "one_box", "edge"].map(Code::from).to_vec();
    }
    need.deployment.codes.clone()
}

/// The deployments of which one of these delivery forms is one.
pub fn deployments(delivery: &[Code], taxonomies: &Taxonomies) -> Vec<Code> {
    taxonomies
        .get("deployment")
        .map_or_else(Vec::new, |taxonomy| {
            taxonomy
                .terms
                .iter()
                .filter(|term| term.covers.iter().any(|code| delivery.contains(code)))
                .map(|term| term.code.clone())
                .collect()
        })
}

impl Criterion for Deployment {
    fn id(&self) -> &'static str {
        "deployment"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !allowed(need).is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.deployment.strength
    }

    fn states(&self, candidate: &Candidate) -> bool {
        candidate
            .codes(Codes::Delivery)
            .iter()
            .any(|code| code.as_str() != "custom")
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let wanted = allowed(context.need);
        let offered = deployments(candidate.codes(Codes::Delivery), context.taxonomies);
        let finding = if offered.is_empty() {
            Finding::unknown(PRIOR)
        } else if offered.iter().any(|code| wanted.contains(code)) {
            Finding::met(1.0)
        } else {
            Finding::violated(0.0)
        };
        finding
            .codes("asked", "deployment", &wanted)
            .codes("offered", "deployment", &offered)
    }
}
