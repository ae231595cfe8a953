//! What was understood of a need's text, and from which words. Silent with `--json`, whose answer is the match alone.

use atlas_core::api::types::{Chip, NeedElement, NeedReading};
use atlas_core::model::Strength;

use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::{pick, term, work as says};

/// Prints a line for each thing understood.
pub fn print(reading: &NeedReading, output: &mut Output) -> Result<(), Failure> {
    if output.json || reading.chips.is_empty() {
        return Ok(());
    }
    let language = output.language;
    output.line(pick(language, "读出的要求：", "Understood:"))?;
    for chip in &reading.chips {
        let words: Vec<&str> = chip
            .places
            .iter()
            .map(|place| place.text.as_str())
            .collect();
        let strict = match chip.strength {
            Strength::Hard => pick(language, "（必须）", " (must)"),
            Strength::Soft | Strength::Unknown => "",
        };
        output.line(&format!(
            "  {} {}{strict} ← {}",
            says::element(language, chip.element),
            value(language, chip),
            words.join(" · ")
        ))?;
    }
    Ok(())
}

fn value(language: Language, chip: &Chip) -> String {
    if let Some(date) = &chip.date {
        return date.to_string();
    }
    if let Some(code) = &chip.code {
        let taxonomy = match chip.element {
            NeedElement::Stage => "stage",
            NeedElement::TypicalScenario => "typical_scenario",
            NeedElement::Technique => "technique",
            NeedElement::Data => "data_kind",
            NeedElement::Sensitivity => "sensitivity",
            NeedElement::Deployment => "deployment",
            NeedElement::Delivery => "delivery",
            NeedElement::Region => "region",
            NeedElement::Maturity => "maturity",
            NeedElement::Partner => "partner",
            _ => "industry",
        };
        let name = term(language, taxonomy, code.as_str());
        let group = term(language, "industry_group", code.as_str());
        // An industry is a class or a group of classes; a code that nobody knows shows as itself.
        return if taxonomy == "industry" && name == code.as_str() {
            group
        } else {
            name
        };
    }
    let yuan = |amount: f64| says::yuan(language, amount);
    match (chip.low, chip.high) {
        (Some(low), Some(high)) => format!("{} – {}", yuan(low), yuan(high)),
        (Some(low), None) => format!("≥ {}", yuan(low)),
        (None, Some(high)) => format!("≤ {}", yuan(high)),
        (None, None) => String::new(),
    }
}
