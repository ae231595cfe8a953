//! A need in the form in which it is matched: what a person enters, what is read from free text, what a public
//! need of the catalog turns into.
//!
//! Every constraint says how strictly it is meant. A constraint without a value asks for nothing, whatever its
//! strength. Codes are those of the taxonomy that a field names; codes that nobody knows are kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Code, Date};

/// How strictly a constraint is meant.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// What is known to break it is no answer, however well the rest fits.
    Hard,
    /// What meets it is better.
    #[default]
    Soft,
    /// Nobody said how strictly; treated as soft, and asked about.
    Unknown,
}

/// Codes of one taxonomy, any of which will do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Choice {
    /// The codes.
    pub codes: Vec<Code>,
    /// How strictly they are meant.
    pub strength: Strength,
}

/// An amount of money from which to which, in yuan (CNY).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// At least.
    pub low: Option<f64>,
    /// At most.
    pub high: Option<f64>,
    /// How strictly it is meant.
    pub strength: Strength,
}

/// A date by which something begins or ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Day {
    /// The date.
    pub date: Option<Date>,
    /// How strictly it is meant.
    pub strength: Strength,
}

/// How far the work on a need has come.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum NeedStatus {
    /// Being written.
    #[default]
    Draft,
    /// Somebody is interested.
    Interest,
    /// Both sides agreed to talk.
    Contact,
    /// Tried out.
    Trial,
    /// In a pilot.
    Pilot,
    /// Under contract.
    Contract,
    /// Given up.
    Dropped,
}

impl NeedStatus {
    /// Every status, in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Interest,
        Self::Contact,
        Self::Trial,
        Self::Pilot,
        Self::Contract,
        Self::Dropped,
    ];

    /// The status as it is stored and crosses the boundary.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Interest => "interest",
            Self::Contact => "contact",
            Self::Trial => "trial",
            Self::Pilot => "pilot",
            Self::Contract => "contract",
            Self::Dropped => "dropped",
        }
    }

    /// The status of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// What somebody needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct NeedForm {
    /// The need in one line.
    pub title: String,
    /// The problem in the words of those who have it.
    pub problem: String,
    /// What is wanted, where that is written apart from the problem.
    pub wanted: String,
    /// Who needs it.
    pub enterprise: String,
    /// The enterprise is not to be named to others.
    pub masked: bool,
    /// Industry of the enterprise: GB/T 4754 codes or codes of `industry_group`.
    pub industry: Choice,
    /// Where: codes of `region`.
    pub region: Choice,
    /// Process stage: codes of `stage`.
    pub stage: Choice,
    /// Typical scenarios of 2025: codes of `typical_scenario`.
    pub typical_scenario: Choice,
    /// Techniques: codes of `technique`.
    pub technique: Choice,
    /// Data at hand: codes of `data_kind`.
    pub data: Choice,
    /// Data at hand in the words of those who have it.
    pub data_text: String,
    /// How sensitive the data is: a code of `sensitivity`.
    pub sensitivity: Option<Code>,
    /// Where it may run: codes of `deployment`.
    pub deployment: Choice,
    /// Form in which it is wanted: codes of `delivery`.
    pub delivery: Choice,
    /// Budget.
    pub budget: Budget,
    /// When work can begin.
    pub start: Day,
    /// When it has to be done.
    pub deadline: Day,
    /// Maturity of the enterprise now: a code of `maturity` (`g1`–`g5`, `s1`–`s4`).
    pub maturity: Option<Code>,
    /// Level aimed at: a code of `tier` (`smart_basic` … `smart_leading`) or of `maturity`.
    pub goal: Option<Code>,
    /// Partner sought: codes of `partner`.
    pub partner: Choice,
    /// The enterprise agrees that the need is shown to others.
    pub consent: bool,
    /// How far the work on it has come.
    pub status: NeedStatus,
    /// Until when the need stands.
    pub expires: Option<Date>,
}

impl NeedForm {
    /// A need of which nothing but a text is known: the first line is its title.
    pub fn text(text: &str) -> Self {
        let text = text.trim();
        let (title, problem) = text.split_once('\n').unwrap_or((text, ""));
        Self {
            title: title.trim().to_owned(),
            problem: problem.trim().to_owned(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_object_is_a_need_and_a_misspelt_field_is_refused() {
        let empty: NeedForm = serde_json::from_str("{}").unwrap();
        assert_eq!(empty, NeedForm::default());
        let need: NeedForm = serde_json::from_str(
            r#"{"title": "质检", "deployment": {"codes": ["on_premises"], "strength": "hard"}}"#,
        )
        .unwrap();
        assert_eq!(need.deployment.strength, Strength::Hard);
        assert!(serde_json::from_str::<NeedForm>(r#"{"titel": "质检"}"#).is_err());
    }

    #[test]
    fn a_status_is_named_as_it_crosses_the_boundary() {
        for status in NeedStatus::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
            assert_eq!(NeedStatus::parse(status.as_str()), Some(status));
        }
    }

    #[test]
    fn the_first_line_of_a_text_is_its_title() {
        let need = NeedForm::text("表面缺陷检测\n目前靠人工。\n");
        assert_eq!(
            (need.title.as_str(), need.problem.as_str()),
            ("表面缺陷检测", "目前靠人工。")
        );
    }
}
