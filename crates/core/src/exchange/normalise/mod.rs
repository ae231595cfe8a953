//! Cells become values: codes, dates, amounts, yes and no, credit codes. One file a kind of value.
//!
//! Nothing is guessed in silence: a value is read, kept as text because nobody knows what it means, or wrong; all of them
//! are told with how often they occur. What the user says a value means goes before what the product knows.

mod codes;
pub mod dates;
mod money;
mod rules;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use rules::{Meaning, Rules};

use super::fields::{Field, Shape};
use super::read::{Cell, MAX_TEXT};
use crate::api::types::{DateOrder, Shape as Typed, ValueRule, ValueState};
use crate::listing;
use crate::model::Code;
use crate::model::credit_code::{self, CreditCodeError};
use crate::search::text::{is_han, key};

/// What people write where there is nothing.
const NOTHING: &[&str] = &[
    "",
    "无",
    "暂无",
    "没有",
    "不详",
    "未知",
    "待定",
    "未定",
    "不适用",
    "na",
    "none",
    "null",
    "nil",
    "tbd",
    "unknown",
    "notavailable",
    "notapplicable",
    "空",
];

/// How a cell was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// How.
    pub state: ValueState,
    /// The value for the field; none when there is none.
    pub value: Option<Value>,
    /// As it is shown: codes, a date, an amount.
    pub normal: Vec<String>,
    /// Parts that nobody knows, kept as text.
    pub kept: Vec<String>,
    /// Codes that come close to what nobody knows.
    pub near: Vec<Code>,
    /// What is wrong.
    pub issue: Option<&'static str>,
    /// The value says what the cell says, so the cell need not be kept beside it.
    pub faithful: bool,
}

impl Reading {
    fn value(value: Value, normal: Vec<String>, faithful: bool) -> Self {
        Self {
            state: ValueState::Read,
            value: Some(value),
            normal,
            kept: Vec::new(),
            near: Vec::new(),
            issue: None,
            faithful,
        }
    }

    fn nothing(cell: &str) -> Self {
        Self {
            value: None,
            ..Self::value(Value::Null, Vec::new(), cell.is_empty())
        }
    }

    fn wrong(issue: &'static str) -> Self {
        Self {
            state: ValueState::Wrong,
            issue: Some(issue),
            ..Self::nothing("x")
        }
    }

    /// Not what the field takes, and no reason to refuse the row: the cell stays beside it.
    fn aside(issue: &'static str) -> Self {
        Self {
            state: ValueState::Kept,
            ..Self::wrong(issue)
        }
    }

    fn kept(text: &str, near: Vec<Code>) -> Self {
        Self {
            state: ValueState::Kept,
            kept: vec![text.to_owned()],
            near,
            ..Self::nothing("x")
        }
    }
}

/// Reads the cells of one column.
pub struct Reader {
    field: &'static Field,
    /// The shape in which forms ask for it, where they have a rule for it.
    typed: Option<Typed>,
    header: String,
    order: Option<DateOrder>,
    rules: Rules,
    /// The commonest spelling of what differs in nothing but case, spaces and punctuation.
    spellings: BTreeMap<String, String>,
    known: HashMap<String, Reading>,
}

impl Reader {
    /// A reader for a column with this header.
    pub fn new(field: &'static Field, header: &str, rules: &[ValueRule]) -> Self {
        let rules = rules
            .iter()
            .filter(|rule| rule.field == field.path)
            .map(|rule| (rule.value.clone(), rule.into()))
            .collect();
        Self {
            field,
            typed: listing::rules::shape(field.path).filter(|typed| {
                field.shape == Shape::Plain
                    && matches!(
                        typed,
                        Typed::Year | Typed::Address | Typed::Mail | Typed::Phone
                    )
            }),
            header: header.to_owned(),
            order: None,
            rules,
            spellings: BTreeMap::new(),
            known: HashMap::new(),
        }
    }

    /// Looks at the whole column first: in which order its dates are written, how its words are mostly spelt. Answers
    /// whether some dates can be read either way and nothing tells which.
    pub fn look<'a>(
        &mut self,
        cells: impl Iterator<Item = &'a Cell>,
        order: Option<DateOrder>,
    ) -> bool {
        if self.field.shape.is_date() {
            // What is replaced says nothing of how the others are written.
            let read = |cell: &&Cell| !self.rules.contains_key(cell.text().as_ref());
            let (found, open) = if self.rules.is_empty() {
                dates::order(cells)
            } else {
                dates::order(cells.filter(read))
            };
            self.order = order.or(found);
            return open && self.order.is_none();
        }
        if self.field.path == "field" {
            let mut counts: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
            for cell in cells {
                for part in several(&cell.text()) {
                    let spelt = counts.entry(print(part)).or_default();
                    *spelt.entry(part.to_owned()).or_default() += 1;
                }
            }
            self.spellings = counts
                .into_iter()
                .filter_map(|(print, spelt)| {
                    let most = spelt.into_iter().max_by_key(|(_, count)| *count);
                    most.map(|(spelling, _)| (print, spelling))
                })
                .collect();
        }
        false
    }

    /// Whether values of the field are worth a table of what they mean.
    pub fn is_listed(&self) -> bool {
        self.typed == Some(Typed::Year)
            || !matches!(
                self.field.shape,
                Shape::Plain | Shape::Text | Shape::Texts | Shape::Outcomes | Shape::CreditCode
            ) && (self.field.shape != Shape::List || self.field.path == "field")
    }

    /// Reads a cell.
    pub fn read(&mut self, cell: &Cell) -> Reading {
        if cell.is_empty() {
            return Reading::nothing("");
        }
        let text = cell.text();
        if let Some(Meaning::Text(other)) = self.rules.get(text.as_ref()) {
            return self.replaced(other);
        }
        if matches!(cell, Cell::Error(_)) {
            return Reading::wrong("formula_error");
        }
        if text.len() > MAX_TEXT {
            return Reading::wrong("too_long");
        }
        if !self.is_listed() {
            return self.plainly(cell, &text);
        }
        if let Some(known) = self.known.get(text.as_ref())
            && !matches!(cell, Cell::Number(_) | Cell::Date(_))
        {
            return known.clone();
        }
        let reading = self.carefully(cell, &text);
        self.known.insert(text.into_owned(), reading.clone());
        reading
    }

    fn plainly(&self, cell: &Cell, text: &str) -> Reading {
        let shown = vec![text.to_owned()];
        if let Some(typed) = self.typed {
            return ruled_as(typed, cell, text);
        }
        match self.field.shape {
            Shape::Text => Reading::value(localized(text), shown, true),
            Shape::List => Reading::value(several(text).collect(), shown, true),
            Shape::Texts => Reading::value(several(text).map(localized).collect(), shown, true),
            Shape::Outcomes => Reading::value(
                several(text)
                    .map(|part| json!({ "metric": part, "sources": [] }))
                    .collect(),
                shown,
                true,
            ),
            Shape::CreditCode => {
                if NOTHING.contains(&key(text).as_str()) {
                    return Reading::nothing(text);
                }
                let code = credit_code::normalise(text);
                match credit_code_of(cell, &code) {
                    Ok(()) => {
                        let faithful = code == text;
                        Reading::value(code.clone().into(), vec![code], faithful)
                    }
                    Err(issue) => Reading::wrong(issue),
                }
            }
            _ => Reading::value(text.into(), shown, true),
        }
    }

    fn carefully(&self, cell: &Cell, text: &str) -> Reading {
        if let Some(Meaning::Codes(codes)) = self.rules.get(text) {
            return self.ruled(text, codes);
        }
        let empty = NOTHING.contains(&key(text).as_str());
        if empty && !matches!(self.field.shape, Shape::YesNo | Shape::List) {
            return Reading::nothing(text);
        }
        if let Some(typed) = self.typed {
            return ruled_as(typed, cell, text);
        }
        match self.field.shape {
            Shape::Code(taxonomies) => codes::one(taxonomies, text, &self.rules),
            Shape::Codes(taxonomies) => codes::several(taxonomies, text, &self.rules),
            Shape::Date | Shape::DateEnd => {
                let end = self.field.shape == Shape::DateEnd;
                match dates::read(cell, self.order, end) {
                    Ok(date) => {
                        let same = date.as_str() == text;
                        Reading::value(date.as_str().into(), vec![date.to_string()], same)
                    }
                    Err(issue) => Reading::wrong(issue),
                }
            }
            Shape::Money => money::printed(cell, text, &self.header),
            Shape::Budget => money::range(cell, text, &self.header),
            Shape::YesNo => yes_no(cell, text),
            _ => {
                let parts: Vec<String> = several(text)
                    .map(|part| {
                        let spelt = self.spellings.get(&print(part));
                        spelt.map_or(part, String::as_str).to_owned()
                    })
                    .collect();
                let faithful = several(text).eq(parts.iter().map(String::as_str));
                Reading::value(parts.clone().into(), parts, faithful)
            }
        }
    }

    /// What the user says that a value means.
    fn ruled(&self, text: &str, codes: &[Code]) -> Reading {
        if codes.is_empty() {
            return Reading {
                state: ValueState::Ruled,
                ..Reading::kept(text, Vec::new())
            };
        }
        let shown: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let value = match self.field.shape {
            Shape::Codes(_) | Shape::List => json!(shown),
            _ => json!(shown[0]),
        };
        Reading {
            state: ValueState::Ruled,
            ..Reading::value(value, shown, false)
        }
    }
}

/// Reads a cell by the rule that the form has for the field. A year that is none is wrong, for it says something of the
/// record that cannot be; how to reach somebody is left aside, for the record is worth having without it.
fn ruled_as(typed: Typed, cell: &Cell, text: &str) -> Reading {
    if NOTHING.contains(&key(text).as_str()) {
        return Reading::nothing(text);
    }
    let mut value = listing::rules::tidied(typed, text);
    if typed == Typed::Year && !listing::rules::takes(typed, &value) {
        let year = dates::year(cell);
        value = year.unwrap_or(value);
    }
    if listing::rules::takes(typed, &value) {
        let faithful = value == text;
        return Reading::value(value.clone().into(), vec![value], faithful);
    }
    match typed {
        Typed::Address => Reading::aside("address_unreadable"),
        Typed::Mail => Reading::aside("mail_unreadable"),
        Typed::Phone => Reading::aside("phone_unreadable"),
        _ => Reading::wrong("year_unreadable"),
    }
}

/// Checks a credit code. One that a spreadsheet made a number of has lost its last digits.
fn credit_code_of(cell: &Cell, code: &str) -> Result<(), &'static str> {
    if !matches!(cell, Cell::Text(_)) {
        return Err("credit_code_shape");
    }
    credit_code::check(code).map_err(|error| match error {
        CreditCodeError::Check(_) => "credit_code_check",
        CreditCodeError::Length(_) | CreditCodeError::Character(..) => "credit_code_shape",
    })
}

/// The share of cells that a shape can hold; none where it can hold anything.
pub fn fitting(shape: Shape, cells: &[&Cell]) -> Option<f64> {
    if cells.len() < 3 {
        return None;
    }
    let none = Rules::new();
    let fits = |cell: &Cell| match shape {
        Shape::Code(taxonomies) | Shape::Codes(taxonomies) => {
            codes::several(taxonomies, &cell.text(), &none)
                .value
                .is_some()
        }
        Shape::Date | Shape::DateEnd => {
            !matches!(dates::read(cell, None, false), Err("date_unreadable"))
        }
        Shape::CreditCode => {
            let code = credit_code::normalise(&cell.text());
            credit_code_of(cell, &code) != Err("credit_code_shape")
        }
        _ => true,
    };
    match shape {
        Shape::Code(_) | Shape::Codes(_) | Shape::Date | Shape::DateEnd | Shape::CreditCode => {
            let fitting = cells.iter().filter(|cell| fits(cell)).count();
            Some(fitting as f64 / cells.len() as f64)
        }
        _ => None,
    }
}

/// A text under its language: Chinese where it has an ideograph.
pub(super) fn localized(text: &str) -> Value {
    if text.chars().any(is_han) {
        json!({ "zh": text })
    } else {
        json!({ "en": text })
    }
}

/// The parts of a cell that holds several: on lines, or between semicolons.
pub fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', '；'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// What spellings of the same words have in common: the words, sorted, without plural.
fn print(text: &str) -> String {
    let normal = crate::search::text::normalise(text);
    let mut words: Vec<&str> = normal
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !["", "and", "the", "of"].contains(word))
        .map(|word| {
            let plural = word.len() > 3 && word.is_ascii() && !word.ends_with("ss");
            if plural {
                word.trim_end_matches('s')
            } else {
                word
            }
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words.concat()
}

/// Whether a text says yes or no, as people write it; nothing when it says neither.
pub fn agrees(text: &str) -> Option<bool> {
    match key(text).as_str() {
        _ if ["√", "✓", "✔"].contains(&text) => Some(true),
        _ if ["×", "✗", "✘"].contains(&text) => Some(false),
        "是" | "有" | "对" | "同意" | "y" | "yes" | "true" | "1" | "v" | "已授权" => {
            Some(true)
        }
        "否" | "无" | "没有" | "不" | "不同意" | "n" | "no" | "false" | "0" | "x" | ""
        | "未授权" => Some(false),
        _ => None,
    }
}

fn yes_no(cell: &Cell, text: &str) -> Reading {
    let yes = match cell {
        Cell::Bool(yes) => Some(*yes),
        _ => agrees(text),
    };
    yes.map_or_else(
        || Reading::wrong("yes_no_unreadable"),
        |yes| {
            Reading::value(
                yes.into(),
                vec![if yes { "yes" } else { "no" }.to_owned()],
                true,
            )
        },
    )
}

#[cfg(test)]
mod tests;
