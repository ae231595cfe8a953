//! What is read from the free text of a need.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Code, Date, NeedForm, Strength};

/// Something that a need can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeedElement {
    /// The problem in words.
    Problem,
    /// Industry of the enterprise.
    Industry,
    /// Process stage.
    Stage,
    /// Typical scenario.
    TypicalScenario,
    /// Technique.
    Technique,
    /// Data at hand.
    Data,
    /// How sensitive the data is.
    Sensitivity,
    /// Where it may run.
    Deployment,
    /// Form in which it is wanted.
    Delivery,
    /// Where.
    Region,
    /// Budget.
    Budget,
    /// When work can begin.
    Start,
    /// When it has to be done.
    Deadline,
    /// Maturity of the enterprise now.
    Maturity,
    /// Partner sought.
    Partner,
}

/// Words of the text, by characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextRange {
    /// First character, from 0.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// Something understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Chip {
    /// What it is about.
    pub element: NeedElement,
    /// A code of the element's taxonomy.
    pub code: Option<Code>,
    /// At least so many yuan.
    pub low: Option<f64>,
    /// At most so many yuan.
    pub high: Option<f64>,
    /// A day.
    pub date: Option<Date>,
    /// How strictly it seems to be meant.
    pub strength: Strength,
    /// From which words.
    pub places: Vec<TextRange>,
}

/// Whether a need states an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ElementState {
    /// The element.
    pub element: NeedElement,
    /// Whether it is stated.
    pub stated: bool,
}

/// A text to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadNeedRequest {
    /// The text; at most 64 KiB.
    pub text: String,
}

/// What was read from a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NeedReading {
    /// In the order of the text.
    pub chips: Vec<Chip>,
    /// Every element, and whether it is stated.
    pub elements: Vec<ElementState>,
    /// The need as it was understood.
    pub need: NeedForm,
}
