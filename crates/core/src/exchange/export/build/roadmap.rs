//! Where an enterprise can start: scenarios by phase, and support that may apply.

use super::super::sink::{Cell, Told};
use super::super::sources::Sources;
use super::super::subject::RoadmapReport;
use super::matching::{bars, main_reasons, rounded};
use super::{Pass, stated};
use crate::api::types::RoadmapPhase;

pub(super) fn build(report: &RoadmapReport, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let form = &report.view.form;
    let enterprise = stated::enterprise(form, pass);
    let need = pass.privacy.free(&form.title);
    let lines = texts.labelled(texts.enterprise, &enterprise).into_iter();
    let title = format!("{}{}{need}", texts.roadmap, texts.colon);
    pass.front(&title, lines.collect(), true)?;
    stated::stated(form, pass)?;
    let mut sources = Sources::default();
    let steps = &report.roadmap.steps;
    pass.out.heading(1, texts.roadmap)?;
    if steps.is_empty() {
        pass.out.paragraph(texts.none)?;
    }
    if !pass.sheets {
        let hits: Vec<_> = steps.iter().map(|step| &step.scenario).collect();
        bars(texts.contributions, &hits, pass)?;
    }
    let columns = [
        (texts.phase, 4.0),
        (texts.scenario, 14.0),
        (texts.score, 3.0),
        (texts.after, 10.0),
        (texts.prerequisites, 10.0),
        (texts.stated, 10.0),
        (texts.reasons, 12.0),
        (texts.source_numbers, 3.4),
        (texts.reference, 8.0),
    ];
    pass.begin(texts.roadmap, true, &columns)?;
    for (at, step) in steps.iter().enumerate() {
        pass.step(at, steps.len())?;
        let hit = &step.scenario;
        let named = |reference: &crate::model::RecordRef| {
            let other = steps
                .iter()
                .find(|step| step.scenario.reference == *reference);
            other.map_or_else(
                || reference.to_string(),
                |step| texts.pick(&step.scenario.name).to_owned(),
            )
        };
        let after: Vec<String> = step.after.iter().map(named).collect();
        let stated = step.stated.as_ref().map_or("", |text| texts.pick(text));
        let cited = report.sources.get(&hit.reference.to_string());
        pass.out.row(&[
            Cell::text(
                texts.phases[match step.phase {
                    RoadmapPhase::Now => 0,
                    RoadmapPhase::Next => 1,
                    RoadmapPhase::Later => 2,
                }],
            ),
            Cell::text(texts.pick(&hit.name)),
            Cell::Number(rounded(hit.score)),
            Cell::text(after.join(texts.semicolon)),
            Cell::text(texts.terms("typical_scenario", &step.prerequisites)),
            Cell::text(stated),
            Cell::text(main_reasons(texts, hit)),
            Cell::text(sources.numbers(cited.map_or(&[], Vec::as_slice))),
            Cell::text(hit.reference.to_string()),
        ])?;
    }
    pass.out.end()?;
    pass.out.paragraph(texts.prerequisites_note)?;
    let elsewhere = report.roadmap.elsewhere;
    if elsewhere > 0 {
        let told = format!("{}{}{elsewhere}", texts.elsewhere, texts.colon);
        pass.out.paragraph(&told)?;
    }
    support(report, pass)?;
    sources.write(texts, pass.out)
}

fn support(report: &RoadmapReport, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if report.roadmap.support.is_empty() {
        return Ok(());
    }
    pass.out.heading(1, texts.support)?;
    let columns = [
        (texts.support_kind, 6.0),
        (texts.name, 16.0),
        (texts.eligible, 12.0),
        (texts.region, 6.0),
        (texts.amount, 10.0),
        (texts.deadline, 5.0),
        (texts.reference, 8.0),
    ];
    pass.begin(texts.support, false, &columns)?;
    for support in &report.roadmap.support {
        let text = |text: &Option<crate::model::Text>| {
            Cell::text(text.as_ref().map_or("", |text| texts.pick(text)))
        };
        let region = if support.region.is_empty() {
            texts.nationwide.to_owned()
        } else {
            texts.terms("region", &support.region)
        };
        pass.out.row(&[
            Cell::text(texts.term("support_kind", support.kind.as_str())),
            Cell::text(texts.pick(&support.document.name)),
            text(&support.eligible),
            Cell::text(region),
            text(&support.amount),
            Cell::date(support.deadline.as_ref()),
            Cell::text(support.document.reference.to_string()),
        ])?;
    }
    pass.out.end()
}
