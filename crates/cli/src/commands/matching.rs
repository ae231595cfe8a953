//! `atlas match`.

use std::path::Path;
use std::process::ExitCode;

use atlas_core::api::types::{
    MatchAnswer, MatchRequest, MatchTarget, NeedReading, OfferRequest, Preset, ReadNeedRequest,
    Roadmap,
};
use atlas_core::model::NeedForm;

use super::hit;
use crate::args::{Args, Language, Matching};
use crate::output::{Failure, Output};
use crate::texts::{matching as says, pick, term, text, unreadable};

/// Longest need file read.
const FILE_MAX: u64 = 1024 * 1024;

/// Matches a need or an offer and prints the hits with their reasons, or the whole answer as JSON.
pub fn matching(
    args: &Args,
    matching: &Matching,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let preset: Preset = serde_json::from_value(serde_json::Value::String(matching.preset.clone()))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let weights = matching.weight.iter().cloned().collect();
    if let Some(reference) = &matching.offer {
        let typed = super::reference::typed(reference, output.language)?;
        let (app, _) = super::open(args, output)?;
        let reference = typed.find(&app, output.language)?;
        let request = OfferRequest {
            reference,
            limit: matching.limit,
            preset,
            weights,
            assume: Vec::new(),
        };
        let answer: MatchAnswer = match super::query(&app, "match_offer", value(&request)) {
            // It is there, and of another kind.
            Err(Failure::Api(error)) if error.facts.get("field").is_some_and(|at| at == "ref") => {
                return Err(Failure::Usage(says::no_offer(output.language).to_owned()));
            }
            answer => answer?,
        };
        return print(&answer, "≤ ", output);
    }
    let mut read = None;
    let need = if let Some(path) = &matching.need {
        need(path, output.language)?
    } else {
        let text = given(matching.text.as_deref(), output.language)?;
        let (app, _) = super::open(args, output)?;
        let reading: NeedReading =
            super::query(&app, "read_need", value(&ReadNeedRequest { text }))?;
        let need = reading.need.clone();
        read = Some((app, reading));
        need
    };
    let request = MatchRequest {
        need,
        target: match matching.target.as_str() {
            "providers" => MatchTarget::Providers,
            "scenarios" => MatchTarget::Scenarios,
            "cases" => MatchTarget::Cases,
            "needs" => MatchTarget::Needs,
            _ => MatchTarget::Solutions,
        },
        limit: matching.limit,
        preset,
        weights,
        assume: Vec::new(),
    };
    let app = match read {
        Some((app, reading)) => {
            super::reading::print(&reading, output)?;
            app
        }
        None => super::open(args, output)?.0,
    };
    if matching.roadmap {
        let roadmap: Roadmap = super::query(&app, "match_start", value(&request))?;
        return print_roadmap(&roadmap, output);
    }
    let answer: MatchAnswer = super::query(&app, "match_need", value(&request))?;
    print(&answer, "", output)
}

fn value(request: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(request).unwrap_or_default()
}

/// The text of a need; an empty one says nothing that could be matched.
pub(super) fn given(text: Option<&str>, language: Language) -> Result<String, Failure> {
    match text.map(str::trim) {
        None | Some("") => Err(Failure::Usage(says::no_text(language).to_owned())),
        Some(text) => Ok(text.to_owned()),
    }
}

/// A need from a file in the form of one.
pub(super) fn need(path: &Path, language: Language) -> Result<NeedForm, Failure> {
    let usage = |reason: String| Failure::Usage(format!("{}: {reason}", path.display()));
    let unread = |error| Failure::Usage(unreadable(language, path, &error));
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > FILE_MAX {
        return Err(usage(format!("{size} > {FILE_MAX}")));
    }
    let file = std::fs::read_to_string(path).map_err(unread)?;
    serde_json::from_str(file.trim_start_matches('\u{feff}'))
        .map_err(|error| usage(error.to_string()))
}

/// Prints an answer. `most` stands before the weights where they are the largest of several needs, each of which weighs by itself.
fn print(answer: &MatchAnswer, most: &str, output: &mut Output) -> Result<ExitCode, Failure> {
    let language = output.language;
    let code = if answer.hits.is_empty() && answer.near.is_empty() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    };
    if output.json {
        output.value(answer)?;
        return Ok(code);
    }
    output.line(&format!(
        "{} {}",
        answer.candidates,
        pick(language, "个候选", "candidates")
    ))?;
    let weights: Vec<String> = answer
        .criteria
        .iter()
        .filter(|used| used.asked)
        .map(|used| {
            format!(
                "{} {most}{:.0}% ({} {}/{})",
                says::criterion(language, &used.criterion),
                used.weight * 100.0,
                pick(language, "有此信息", "stated by"),
                used.stating,
                answer.candidates
            )
        })
        .collect();
    output.line(&weights.join(" · "))?;
    for one in &answer.unjudged {
        output.line(&says::unjudged(language, one))?;
    }
    for found in &answer.hits {
        hit::print(found, output)?;
    }
    if !answer.near.is_empty() {
        output.line(pick(language, "—— 差一点：", "—— near misses:"))?;
        for found in &answer.near {
            hit::print(found, output)?;
        }
    }
    if answer.hits.is_empty() && answer.near.is_empty() {
        output.line(pick(
            language,
            "没有可用的候选。试试另一种对象：--target providers 或 cases。",
            "No candidates. Try another target: --target providers or cases.",
        ))?;
    }
    Ok(code)
}

fn print_roadmap(roadmap: &Roadmap, output: &mut Output) -> Result<ExitCode, Failure> {
    let language = output.language;
    if output.json {
        output.value(roadmap)?;
    } else {
        let mut phase = None;
        for step in &roadmap.steps {
            if phase != Some(step.phase) {
                output.line(says::phase(language, step.phase))?;
                phase = Some(step.phase);
            }
            hit::print(&step.scenario, output)?;
            if !step.prerequisites.is_empty() {
                let before: Vec<String> = step
                    .prerequisites
                    .iter()
                    .map(|code| term(language, "typical_scenario", code.as_str()))
                    .collect();
                output.line(&format!(
                    "      {} {}",
                    pick(
                        language,
                        "先有（本目录的判断）：",
                        "First (this catalog's reading):"
                    ),
                    before.join(pick(language, "、", ", "))
                ))?;
            }
        }
        if roadmap.elsewhere > 0 {
            output.line(&says::elsewhere(language, roadmap.elsewhere))?;
        }
        if !roadmap.support.is_empty() {
            output.line(pick(
                language,
                "可能适用的支持措施",
                "Support that may apply",
            ))?;
        }
        for support in &roadmap.support {
            let amount = support
                .amount
                .as_ref()
                .map_or("", |amount| text(language, amount));
            output.line(&format!(
                "  - {} · {} {amount}",
                term(language, "support_kind", support.kind.as_str()),
                text(language, &support.document.name),
            ))?;
            output.line(&format!("      {}", support.document.reference))?;
        }
    }
    Ok(if roadmap.steps.is_empty() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}
