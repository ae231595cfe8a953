//! *What it measures*: whether who offers it is the kind of partner that is sought: a product vendor, an integrator, a
//! research institute, a pilot base, a small provider.
//!
//! *Why it matters*: a plant that wants one party to answer for the whole line is not served by a laboratory, and funds
//! for cooperation with institutes are not paid for a company.
//!
//! *Example*: sought 科研院所, offered by a 大学: met. Offered by a 有限公司 that is no institute by name: violated.
//! Sought 系统集成商, and the company says nothing of integration: a question.
//!
//! *When data is missing*: no record has a field for it. What is printed counts: the name of the organisation, its
//! products, what it offers, its qualifications and titles. A company that is no integrator by these words may be one,
//! and one without the title of a small provider may be small: that counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::Candidate;
use crate::model::{Code, NeedForm, Provider, Record, Strength};

/// See the module.
pub struct Partner;

const PRIOR: f64 = 0.5;
const COMPANY: &[&str] = &["公司", "集团", "厂", "Inc", "Ltd", "GmbH", "Corp", "LLC"];
const RESEARCH: &[&str] = &[
    "大学",
    "学院",
    "研究院",
    "研究所",
    "实验室",
    "科学院",
    "设计院",
    "University",
    "Institute",
    "Laboratory",
    "Academy",
];
const BASE: &[&str] = &["中试基地", "中试平台", "中试中心"];
const INTEGRATION: &[&str] = &["集成", "总包", "总承包", "ntegrat"];
/// Titles that only small providers bear.
const SMALL: &[&str] = &["sme_innovative", "little_giant"];

/// What is known of who offers a candidate.
struct Who<'a> {
    names: Vec<&'a str>,
    record: Option<&'a Provider>,
}

fn who(candidate: &Candidate) -> Who<'_> {
    let offering = candidate.provider.as_ref().map(|(_, record)| record);
    if let Record::Provider(provider) = &**offering.unwrap_or(&candidate.record) {
        let name = &provider.head.name;
        let names = name.zh.iter().chain(&name.en).chain(&name.aliases);
        return Who {
            names: names.map(String::as_str).collect(),
            record: Some(provider),
        };
    }
    let printed = match &*candidate.record {
        Record::Solution(solution) => solution.provider.as_deref(),
        Record::Case(case) => case.provider.as_deref(),
        _ => None,
    };
    Who {
        names: printed.into_iter().collect(),
        record: None,
    }
}

impl Who<'_> {
    fn named(&self, words: &[&str]) -> bool {
        let says = |name: &&str| words.iter().any(|word| name.contains(word));
        self.names.iter().any(says)
    }

    /// Whether anything printed speaks of integration.
    fn integrates(&self) -> bool {
        let printed = self.record.into_iter().flat_map(|record| {
            let fields = [&record.products, &record.offers, &record.qualifications];
            fields.into_iter().flatten()
        });
        let says = |text: &str| INTEGRATION.iter().any(|word| text.contains(word));
        self.named(INTEGRATION) || printed.map(String::as_str).any(says)
    }

    /// What is printed about one kind of partner.
    fn state(&self, kind: &str) -> MatchState {
        let company = self.named(COMPANY);
        let (research, base) = (self.named(RESEARCH), self.named(BASE));
        // An institute or a base that is no company neither sells products nor builds plants, as far as is printed.
        let other = (research || base) && !company;
        let (met, violated) = match kind {
            "vendor" => (
                self.record
                    .is_some_and(|record| !record.products.is_empty()),
                other,
            ),
            "integrator" => (self.integrates(), other),
            "research" => (research, company || base),
            "base" => (base, company || research),
            "small" => (
                self.record.is_some_and(|record| {
                    let mut titles = record.tier.iter();
                    titles.any(|title| SMALL.contains(&title.as_str()))
                }),
                other,
            ),
            _ => (false, false),
        };
        match (met, violated) {
            (true, _) => MatchState::Met,
            (false, true) => MatchState::Violated,
            (false, false) => MatchState::Unknown,
        }
    }
}

/// The kinds of partner that are told apart.
const KINDS: [&str; 5] = ["vendor", "integrator", "research", "base", "small"];

impl Criterion for Partner {
    fn id(&self) -> &'static str {
        "partner"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.partner.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.partner.strength
    }

    fn changeable(&self, state: MatchState) -> bool {
        state == MatchState::Unknown
    }

    fn states(&self, candidate: &Candidate) -> bool {
        let who = who(candidate);
        KINDS.iter().any(|kind| who.state(kind) == MatchState::Met)
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let wanted = &context.need.partner.codes;
        let who = who(candidate);
        // Any of the kinds will do: the best state counts, and states are in that order.
        let states = wanted.iter().map(|kind| who.state(kind.as_str()));
        let unknown = states.clone().any(|state| state == MatchState::Unknown);
        let finding = if states.min() == Some(MatchState::Met) {
            Finding::met(1.0)
        } else if unknown {
            Finding::unknown(PRIOR)
        } else {
            Finding::violated(0.0)
        };
        let printed = KINDS
            .iter()
            .filter(|kind| who.state(kind) == MatchState::Met);
        let printed: Vec<Code> = printed.map(|kind| Code::from(*kind)).collect();
        finding
            .codes("asked", "partner", wanted)
            .codes("offered", "partner", &printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Name;

    fn state(name: &str, change: impl FnOnce(&mut Provider), kind: &str) -> MatchState {
        let mut provider = Provider::default();
        provider.head.name = Name {
            zh: Some(name.to_owned()),
            ..Name::default()
        };
        change(&mut provider);
        let who = Who {
            names: vec![name],
            record: Some(&provider),
        };
        who.state(kind)
    }

    #[test]
    fn what_is_printed_tells_kinds_of_partners_apart_and_the_rest_is_a_question() {
        use MatchState::{Met, Unknown, Violated};
        let bare = |name, kind| state(name, |_| {}, kind);
        for (name, kind, expected) in [
            ("样例大学", "research", Met),
            ("样例大学", "vendor", Violated),
            ("样例大学", "small", Violated),
            ("样例科技有限公司", "research", Violated),
            ("样例科技有限公司", "base", Violated),
            ("样例科技有限公司", "integrator", Unknown),
            ("样例科技有限公司", "small", Unknown),
            ("样例系统集成有限公司", "integrator", Met),
            ("样例研究院有限公司", "research", Met),
            ("样例研究院有限公司", "vendor", Unknown),
            ("样例制造业中试基地", "base", Met),
            ("样例", "research", Unknown),
            ("样例", "a kind that nobody knows", Unknown),
        ] {
            assert_eq!(bare(name, kind), expected, "{name} {kind}");
        }
        let products = |provider: &mut Provider| provider.products = vec!["视觉检测机".to_owned()];
        assert_eq!(state("样例科技有限公司", products, "vendor"), Met);
        let titled = |provider: &mut Provider| provider.tier = vec![Code::from("little_giant")];
        assert_eq!(state("样例科技有限公司", titled, "small"), Met);
    }
}
