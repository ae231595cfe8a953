//! A solved portfolio: who serves which need, why some are not served, and how far providers are used.

use super::super::sink::{Bar, Bars, Cell, Told};
use super::super::sources::Sources;
use super::super::subject::PortfolioReport;
use super::super::texts::{Texts, filled};
use super::Pass;
use super::matching::rounded;
use super::needs::status;
use crate::api::types::{NeedRow, Portfolio, ShortReason};
use crate::model::PrivateField;

pub(super) fn build(report: &PortfolioReport, pass: &mut Pass<'_>) -> Told {
    let portfolio = &report.plan;
    let texts = pass.texts;
    let two = |value: f64| format!("{value:.2}");
    let served = [
        ("n", portfolio.served.to_string()),
        ("all", portfolio.needs.len().to_string()),
        ("share", format!("{:.1}%", portfolio.share * 100.0)),
    ];
    let total = [
        ("total", two(portfolio.total)),
        ("floor", two(portfolio.floor)),
    ];
    let gini = [("gini", two(portfolio.gini))];
    let said = |text: &str, values: &[(&str, String)]| {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        filled(text, &values)
    };
    let lines = vec![
        said(texts.served, &served),
        said(texts.total, &total),
        said(texts.gini, &gini),
    ];
    pass.front(texts.portfolio, lines, true)?;
    pass.out.heading(1, texts.portfolio)?;
    let columns = [
        (texts.need, 14.0),
        (texts.enterprise, 8.0),
        (texts.need_status, 4.0),
        (texts.demand, 3.4),
        (texts.provider, 12.0),
        (texts.score, 3.4),
        (texts.rank, 2.6),
        (texts.locked, 3.0),
        (texts.short, 14.0),
        (texts.source_numbers, 3.4),
        (texts.reference, 9.0),
    ];
    let mut sources = Sources::default();
    pass.begin(texts.portfolio, true, &columns)?;
    for (at, need) in portfolio.needs.iter().enumerate() {
        pass.step(at, portfolio.needs.len())?;
        let mut first = vec![
            Cell::text(pass.privacy.free(&need.need.title)),
            Cell::text(enterprise(&need.need, pass)),
            Cell::text(status(texts, need.need.status)),
            Cell::Number(f64::from(need.demand)),
        ];
        let short = need.short.as_ref().map(|reason| why(texts, reason));
        let last = |cited: String| {
            [
                Cell::text(short.clone().unwrap_or_default()),
                Cell::text(cited),
                Cell::text(need.need.reference.to_string()),
            ]
        };
        if need.assigned.is_empty() {
            first.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
            first.extend(last(String::new()));
            pass.out.row(&first)?;
        }
        for assigned in &need.assigned {
            let mut cells = first.clone();
            cells.extend([
                Cell::text(texts.pick(&assigned.provider.name)),
                Cell::Number(rounded(assigned.score)),
                Cell::Number(f64::from(assigned.rank)),
                Cell::text(if assigned.locked { texts.yes } else { "" }),
            ]);
            let cited = report.sources.get(&assigned.provider.reference.to_string());
            cells.extend(last(sources.numbers(cited.map_or(&[], Vec::as_slice))));
            pass.out.row(&cells)?;
        }
    }
    pass.out.end()?;
    loads(portfolio, pass)?;
    lost(portfolio, pass)?;
    sources.write(texts, pass.out)
}

fn loads(portfolio: &Portfolio, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if portfolio.loads.is_empty() {
        return Ok(());
    }
    pass.out.heading(1, texts.loads)?;
    if !pass.sheets {
        return pass.out.bars(&Bars {
            name: texts.loads.to_owned(),
            labels: texts.provider.to_owned(),
            parts: vec![texts.used.to_owned(), texts.free.to_owned()],
            bars: portfolio
                .loads
                .iter()
                .map(|load| Bar {
                    label: texts.pick(&load.provider.name).to_owned(),
                    values: vec![
                        f64::from(load.used),
                        f64::from(load.capacity.saturating_sub(load.used)),
                    ],
                })
                .collect(),
            digits: 0,
        });
    }
    let columns = [
        (texts.provider, 14.0),
        (texts.used, 4.0),
        (texts.capacity, 4.0),
        (texts.reference, 10.0),
    ];
    pass.begin(texts.loads, false, &columns)?;
    for load in &portfolio.loads {
        pass.out.row(&[
            Cell::text(texts.pick(&load.provider.name)),
            Cell::Number(f64::from(load.used)),
            Cell::Number(f64::from(load.capacity)),
            Cell::text(load.provider.reference.to_string()),
        ])?;
    }
    pass.out.end()
}

/// Whom staff settled on or kept in vain.
fn lost(portfolio: &Portfolio, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if portfolio.lost.is_empty() {
        return Ok(());
    }
    pass.out.heading(1, texts.lost)?;
    let columns = [
        (texts.need, 14.0),
        (texts.provider, 14.0),
        (texts.locked, 3.0),
        (texts.reference, 10.0),
    ];
    pass.begin(texts.lost, false, &columns)?;
    for pair in &portfolio.lost {
        let need = portfolio.needs.iter().map(|one| &one.need);
        let need = need.into_iter().find(|need| need.reference == pair.need);
        let title = need.map_or("", |need| need.title.as_str());
        let mut named = portfolio.named.iter();
        let provider = named.find(|one| one.reference == pair.provider);
        let provider = match provider {
            Some(one) if one.gone => format!("{} ({})", texts.pick(&one.name), texts.gone),
            Some(one) => texts.pick(&one.name).to_owned(),
            None => pair.provider.to_string(),
        };
        let settled = portfolio.plan.locks.contains(pair);
        pass.out.row(&[
            Cell::text(pass.privacy.free(title)),
            Cell::text(provider),
            Cell::text(if settled { texts.yes } else { "" }),
            Cell::text(pair.provider.to_string()),
        ])?;
    }
    pass.out.end()
}

fn enterprise(need: &NeedRow, pass: &mut Pass<'_>) -> String {
    if need.enterprise.is_empty() {
        return String::new();
    }
    let named = if need.masked {
        String::new()
    } else {
        pass.privacy
            .text(PrivateField::Enterprise, &need.enterprise)
    };
    if named.is_empty() {
        pass.texts.masked_name.to_owned()
    } else {
        named
    }
}

fn why(texts: &Texts, reason: &ShortReason) -> String {
    match reason {
        ShortReason::NoCandidate => texts.shorts[0].to_owned(),
        ShortReason::Forbidden => texts.shorts[1].to_owned(),
        ShortReason::NoCapacity => texts.shorts[2].to_owned(),
        ShortReason::FewCandidates { candidates } => {
            filled(texts.shorts[3], &[("n", &candidates.to_string())])
        }
        ShortReason::Contended { providers, .. } => {
            let full: Vec<&str> = providers
                .iter()
                .map(|provider| texts.pick(&provider.name))
                .collect();
            match texts.labelled(texts.shorts[4], &full.join(texts.comma)) {
                Some(text) => text,
                None => texts.shorts[4].to_owned(),
            }
        }
    }
}
