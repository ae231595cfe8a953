//! A match as a report: the need, what fits it and why, what is nearly so, the shortlist.

use super::super::sink::{Bar, Bars, Cell, Told, figure};
use super::super::sources::Sources;
use super::super::subject::{MatchReport, OfferReport, SourcesOf};
use super::super::texts::{Texts, filled};
use super::{Pass, needs, stated};
use crate::api::types::{Contribution, Match, MatchAnswer, MatchState, MatchTarget};
use crate::model::Strength;

/// Criteria and words named as the main reasons of a hit.
const REASONS: usize = 3;
const WORDS: usize = 4;

pub(super) fn build(report: &MatchReport, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let form = &report.view.form;
    let target = texts.targets[match report.target {
        MatchTarget::Solutions => 0,
        MatchTarget::Providers => 1,
        MatchTarget::Scenarios => 2,
        MatchTarget::Cases => 3,
        MatchTarget::Needs => 4,
    }];
    let need = pass.privacy.free(&form.title);
    let need = if need.is_empty() {
        texts.untitled.to_owned()
    } else {
        need
    };
    let enterprise = stated::enterprise(form, pass);
    let lines = [
        texts.labelled(texts.enterprise, &enterprise),
        texts.labelled(texts.target, target),
    ];
    let title = format!("{}{}{need}", texts.match_report, texts.colon);
    pass.front(&title, lines.into_iter().flatten().collect(), true)?;
    stated::stated(form, pass)?;
    stated::unjudged(form, &report.answer.unjudged, pass)?;
    let mut sources = Sources::default();
    hits(&report.answer, &report.sources, &mut sources, pass)?;
    near(&report.answer.near, pass)?;
    let view = std::slice::from_ref(&report.view);
    needs::shortlist(view, &report.sources, &mut sources, pass)?;
    reasons(&report.answer.hits, pass)?;
    evidence(&report.answer.hits, pass)?;
    pass.out.paragraph(texts.caution)?;
    sources.write(texts, pass.out)
}

pub(super) fn offer(report: &OfferReport, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let offer = texts.pick(&report.offer.name);
    let lines = vec![report.offer.reference.to_string()];
    let title = format!("{}{}{offer}", texts.match_offer, texts.colon);
    pass.front(&title, lines, true)?;
    let mut sources = Sources::default();
    hits(&report.answer, &report.sources, &mut sources, pass)?;
    near(&report.answer.near, pass)?;
    reasons(&report.answer.hits, pass)?;
    pass.out.paragraph(texts.caution)?;
    sources.write(texts, pass.out)
}

/// The hits, each with the parts of its score as a bar.
pub(super) fn bars(name: &str, hits: &[&Match], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let Some(first) = hits.first() else {
        return Ok(());
    };
    let criteria: Vec<&str> = first
        .contributions
        .iter()
        .map(|part| part.criterion.as_str())
        .collect();
    pass.out.bars(&Bars {
        name: name.to_owned(),
        labels: texts.name.to_owned(),
        parts: criteria
            .iter()
            .map(|id| texts.criterion(id).to_owned())
            .collect(),
        bars: hits
            .iter()
            .map(|hit| {
                let value = |id: &&str| {
                    let part = hit.contributions.iter().find(|part| part.criterion == *id);
                    part.map_or(0.0, |part| part.contribution)
                };
                Bar {
                    label: format!("{}. {}", hit.rank, texts.pick(&hit.name)),
                    values: criteria.iter().map(value).collect(),
                }
            })
            .collect(),
        digits: 3,
    })
}

fn hits(
    answer: &MatchAnswer,
    sources_of: &SourcesOf,
    sources: &mut Sources,
    pass: &mut Pass<'_>,
) -> Told {
    let texts = pass.texts;
    let hits = &answer.hits;
    pass.out.heading(1, texts.hits)?;
    if hits.is_empty() {
        pass.out.paragraph(texts.none)?;
    }
    let all: Vec<&Match> = hits.iter().collect();
    if !pass.sheets {
        bars(texts.contributions, &all, pass)?;
    }
    let columns = [
        (texts.rank, 2.4),
        (texts.name, 14.0),
        (texts.provider, 8.0),
        (texts.score, 3.0),
        (texts.reasons, 14.0),
        (texts.open_questions, 16.0),
        (texts.source_numbers, 3.4),
        (texts.reference, 8.0),
    ];
    pass.begin(texts.hits, true, &columns)?;
    // Elsewhere it has a table of its own.
    let unjudged = if pass.single {
        stated::unjudged_lines(texts, &answer.unjudged)
    } else {
        Vec::new()
    };
    for (at, hit) in hits.iter().enumerate() {
        pass.step(at, hits.len())?;
        let provider = hit.provider.as_ref();
        let provider = provider.map_or("", |provider| texts.pick(&provider.name));
        let score = hit.sides.map_or(hit.score, |sides| sides.both);
        let cited = sources_of.get(&hit.reference.to_string());
        let mut questions = open_questions(texts, hit);
        questions.extend(unjudged.iter().cloned());
        pass.out.row(&[
            Cell::Number(f64::from(hit.rank)),
            Cell::text(texts.pick(&hit.name)),
            Cell::text(provider),
            Cell::Number(rounded(score)),
            Cell::text(main_reasons(texts, hit)),
            Cell::text(questions.join("\n")),
            Cell::text(sources.numbers(cited.map_or(&[], Vec::as_slice))),
            Cell::text(hit.reference.to_string()),
        ])?;
    }
    pass.out.end()
}

fn near(near: &[Match], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if near.is_empty() {
        return Ok(());
    }
    pass.out.heading(1, texts.near)?;
    let columns = [
        (texts.name, 16.0),
        (texts.score, 3.0),
        (texts.violated, 10.0),
        (texts.reasons, 18.0),
        (texts.reference, 9.0),
    ];
    pass.begin(texts.near, false, &columns)?;
    for hit in near {
        let broken = hit
            .contributions
            .iter()
            .filter(|part| part.state == MatchState::Violated && part.strength == Strength::Hard);
        let broken: Vec<&str> = broken
            .map(|part| texts.criterion(&part.criterion))
            .collect();
        let lifts = hit.counterfactuals.iter().map(|change| {
            let criteria: Vec<&str> = change
                .criteria
                .iter()
                .map(|id| texts.criterion(id))
                .collect();
            let values = [
                ("criteria", criteria.join(" + ")),
                ("rank", change.rank.to_string()),
            ];
            filled(
                texts.would_rank,
                &values.each_ref().map(|(key, value)| (*key, value.as_str())),
            )
        });
        pass.out.row(&[
            Cell::text(texts.pick(&hit.name)),
            Cell::Number(rounded(hit.score)),
            Cell::text(broken.join(texts.comma)),
            Cell::text(lifts.collect::<Vec<_>>().join(texts.semicolon)),
            Cell::text(hit.reference.to_string()),
        ])?;
    }
    pass.out.end()
}

/// What each score is made of: contributions that sum to it.
fn reasons(hits: &[Match], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if hits.is_empty() {
        return Ok(());
    }
    pass.out.heading(1, texts.contributions)?;
    let columns = [
        (texts.rank, 2.4),
        (texts.name, 13.0),
        (texts.criterion_title, 6.0),
        (texts.weight, 3.4),
        (texts.fit, 3.6),
        (texts.contribution, 3.6),
        (texts.state, 4.4),
        (texts.strictness, 4.0),
        (texts.conditions, 16.0),
    ];
    pass.begin(texts.contributions, false, &columns)?;
    for hit in hits {
        for part in &hit.contributions {
            pass.out.row(&[
                Cell::Number(f64::from(hit.rank)),
                Cell::text(texts.pick(&hit.name)),
                Cell::text(texts.criterion(&part.criterion)),
                Cell::Number(rounded(part.weight)),
                Cell::Number(rounded(part.value)),
                Cell::Number(rounded(part.contribution)),
                Cell::text(
                    texts.states[match part.state {
                        MatchState::Met => 0,
                        MatchState::Unknown => 1,
                        MatchState::Violated => 2,
                    }],
                ),
                Cell::text(strength(texts, part.strength)),
                Cell::text(facts(texts, part)),
            ])?;
        }
    }
    pass.out.end()
}

/// The cases that speak for the hits, with what was read.
fn evidence(hits: &[Match], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if hits.iter().all(|hit| hit.evidence.is_empty()) {
        return Ok(());
    }
    pass.out.heading(1, texts.evidence)?;
    let columns = [
        (texts.rank, 2.4),
        (texts.name, 12.0),
        (texts.evidence, 20.0),
        (texts.affinity, 4.0),
        (texts.cited, 18.0),
    ];
    pass.begin(texts.evidence, false, &columns)?;
    for hit in hits {
        for path in &hit.evidence {
            let steps: Vec<&str> = path
                .path
                .iter()
                .map(|step| texts.pick(&step.name))
                .collect();
            pass.out.row(&[
                Cell::Number(f64::from(hit.rank)),
                Cell::text(texts.pick(&hit.name)),
                Cell::text(steps.join(" → ")),
                Cell::Share(path.affinity),
                Cell::text(path.sources.join(texts.semicolon)),
            ])?;
        }
    }
    pass.out.end()
}

pub(super) fn strength(texts: &Texts, strength: Strength) -> &'static str {
    texts.strengths[match strength {
        Strength::Hard => 0,
        Strength::Soft => 1,
        Strength::Unknown => 2,
    }]
}

/// The criteria that add most to a hit, with what they add, and the words that it shares.
pub(super) fn main_reasons(texts: &Texts, hit: &Match) -> String {
    let mut parts: Vec<&Contribution> = hit
        .contributions
        .iter()
        .filter(|part| part.state == MatchState::Met)
        .collect();
    parts.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
    let mut reasons: Vec<String> = parts
        .into_iter()
        .take(REASONS)
        .map(|part| {
            let name = texts.criterion(&part.criterion);
            format!(
                "{name} {:.2} ({:.0}%)",
                part.contribution,
                part.value * 100.0
            )
        })
        .collect();
    let words: Vec<String> = hit
        .words
        .iter()
        .take(WORDS)
        .map(|word| {
            if word.inferred {
                format!("{} ({})", word.text, texts.inferred)
            } else {
                word.text.clone()
            }
        })
        .collect();
    if !words.is_empty() {
        reasons.push(filled(texts.words, &[("words", &words.join(texts.comma))]));
    }
    reasons.join(texts.semicolon)
}

fn open_questions(texts: &Texts, hit: &Match) -> Vec<String> {
    let unknown = hit
        .contributions
        .iter()
        .filter(|part| part.state == MatchState::Unknown);
    let question = |part: &Contribution| {
        let id = &part.criterion;
        texts.labelled(texts.criterion(id), texts.question(id))
    };
    unknown.filter_map(question).collect()
}

/// What is asked and what is offered, in words.
fn facts(texts: &Texts, part: &Contribution) -> String {
    let mut out = Vec::new();
    for fact in &part.facts {
        let pattern = match fact.key.as_str() {
            "asked" => texts.asked,
            "offered" => texts.offered,
            _ => continue,
        };
        let names: Vec<String> = fact
            .values
            .iter()
            .map(|value| match &fact.taxonomy {
                Some(taxonomy) => texts.term(taxonomy, value),
                None => value.parse::<f64>().map_or_else(|_| value.clone(), figure),
            })
            .collect();
        out.push(filled(pattern, &[("x", &names.join(texts.comma))]));
    }
    out.join(texts.semicolon)
}

/// A score with the digits that screens show, and one more.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
