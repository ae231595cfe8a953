//! A hit of a match: what its score is made of, what speaks for it, what is not known, what would change its rank.

use atlas_core::api::types::{Match, MatchState};

use super::show;
use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::{mark, matching as says, pick, text};

/// Prints a hit: its score with what it is made of, and why.
pub fn print(hit: &Match, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let by = hit
        .provider
        .as_ref()
        .map(|provider| format!(" · {}", text(language, &provider.name)))
        .unwrap_or_default();
    let score = hit.sides.map_or(hit.score, |sides| sides.both);
    output.line(&format!(
        "{:>3}. {:.3}  {}{by}",
        hit.rank,
        score,
        text(language, &hit.name)
    ))?;
    output.line(&format!("      {}", hit.reference))?;
    if let Some(sides) = hit.sides {
        output.line(&format!(
            "      {} {:.3} · {} {:.3}",
            pick(language, "需求方看", "for the need"),
            sides.need,
            pick(language, "供给方看", "for the offer"),
            sides.offer
        ))?;
    }
    let parts: Vec<String> = hit
        .contributions
        .iter()
        .map(|part| {
            let mark = match part.state {
                MatchState::Met => "",
                MatchState::Unknown => "?",
                MatchState::Violated => "✗",
            };
            format!(
                "{}{mark} {:.2}×{:.2}={:.3}",
                says::criterion(language, &part.criterion),
                part.weight,
                part.value,
                part.contribution
            )
        })
        .collect();
    output.line(&format!("      {}", parts.join(" + ")))?;
    print_reasons(hit, output)
}

/// What speaks for a hit, what is not known of it and what would change its rank.
fn print_reasons(hit: &Match, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    if !hit.words.is_empty() {
        output.line(&format!(
            "      {} {}",
            pick(language, "相同的词：", "Shared words:"),
            words(language, hit)
        ))?;
        if let Some(of) = &hit.words_in {
            let name = text(language, &of.name);
            output.line(&format!("        {}", says::words_in(language, name)))?;
            output.line(&format!("        {}", of.reference))?;
        }
    }
    for evidence in &hit.evidence {
        let path: Vec<&str> = evidence
            .path
            .iter()
            .map(|step| text(language, &step.name))
            .collect();
        if !path.is_empty() {
            output.line(&format!(
                "      {} {} ({:.2})",
                pick(language, "佐证：", "Evidence:"),
                path.join(" → "),
                evidence.affinity
            ))?;
        }
        if !evidence.sources.is_empty() {
            output.line(&format!(
                "        {} {}",
                pick(language, "来源：", "Sources:"),
                evidence.sources.join(pick(language, "；", "; "))
            ))?;
        }
    }
    let questions: Vec<String> = hit
        .contributions
        .iter()
        .filter(|part| part.state == MatchState::Unknown && part.criterion != "evidence")
        .map(|part| says::criterion(language, &part.criterion).to_owned())
        .collect();
    if !questions.is_empty() {
        output.line(&format!(
            "      {} {}",
            pick(language, "要问对方：", "Ask the provider:"),
            questions.join(pick(language, "、", ", "))
        ))?;
    }
    for change in &hit.counterfactuals {
        let criteria: Vec<&str> = change
            .criteria
            .iter()
            .map(|criterion| says::criterion(language, criterion))
            .collect();
        output.line(&format!(
            "      {}",
            says::lifted(language, &criteria.join(" + "), change.rank)
        ))?;
    }
    for change in &hit.need_changes {
        let change_of = says::need_change(language, change);
        output.line(&format!(
            "      {}",
            says::admitted(language, &change_of, change.rank)
        ))?;
    }
    if let Some((best, worst)) = hit.ranks.filter(|(best, worst)| best != worst) {
        output.line(&format!(
            "      {} {best}–{worst}",
            pick(
                language,
                "权重变动两成时的名次：",
                "Rank when weights vary by a fifth:"
            )
        ))?;
    }
    Ok(())
}

/// Shared words by the field in which they are read, what says most first.
fn words(language: Language, hit: &Match) -> String {
    let kind = hit.words_in.as_ref().map_or(hit.kind, |of| of.kind);
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for word in &hit.words {
        let field = if word.in_name { "name" } else { &word.field };
        let name = show::label(language, kind, field);
        let field = format!("{name}{}", mark(language, word.inferred));
        let said = format!("{} {:.0}%", word.text, word.share * 100.0);
        match groups.iter_mut().find(|(known, _)| *known == field) {
            Some((_, words)) => words.push(said),
            None => groups.push((field, vec![said])),
        }
    }
    let (colon, comma) = (pick(language, "：", ": "), pick(language, "、", ", "));
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(field, words)| format!("{field}{colon}{}", words.join(comma)))
        .collect();
    groups.join(pick(language, "；", "; "))
}
