//! `atlas search`.

use std::process::ExitCode;

use atlas_core::api::types::{Row, SearchPage, SearchRequest, Span};

use super::filters;
use crate::args::{Args, Search};
use crate::output::{Failure, Output};
use crate::texts::{
    feeds::twin as says_twin, filters as says, mark, pick, relaxed, term, terms, verification,
};

/// Searches and prints the rows, or the whole page as JSON.
pub fn search(args: &Args, search: &Search, output: &mut Output) -> Result<ExitCode, Failure> {
    let language = output.language;
    let typed = filters::typed(&search.facet, &search.kind, &search.count, language)?;
    let sort = serde_json::from_value(serde_json::Value::String(search.sort.clone()))
        .map_err(|_| Failure::Usage("--sort relevance|updated|name|evidence".to_owned()))?;
    let (app, _) = super::open(args, output)?;
    let request = SearchRequest {
        text: search.query.clone(),
        filters: typed.filters(&app, language)?,
        sort,
        offset: search.offset,
        limit: search.limit,
        facets: typed.counted,
    };
    let arguments = serde_json::to_value(&request).unwrap_or_default();
    let page: SearchPage = super::query(&app, "search_records", arguments)?;
    if output.json {
        output.value(&page)?;
    } else {
        print(&page, search.offset, output)?;
    }
    Ok(if page.total == 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn print(page: &SearchPage, offset: u32, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    for (typed, used) in &page.query.corrected {
        output.line(&format!("{typed} → {used}"))?;
    }
    if page.total == 0 {
        let text = if page.unfiltered > 0 {
            format!(
                "{} ({})",
                pick(
                    language,
                    "没有符合筛选条件的记录；不筛选时有",
                    "Nothing passes the filters; without them"
                ),
                page.unfiltered
            )
        } else {
            pick(
                language,
                "没有找到。试试更少的词，或用拼音。",
                "Nothing found. Try fewer words, or pinyin.",
            )
            .to_owned()
        };
        return output.line(&text);
    }
    output.line(&format!(
        "{} {}",
        page.total,
        pick(language, "条", "records")
    ))?;
    if let Some(text) = relaxed(language, page.relaxed) {
        output.line(text)?;
    }
    for (idx, row) in page.rows.iter().enumerate() {
        let number = offset as usize + idx + 1;
        output.line(&format!("{number:>4}. {}", marked(&row.title)))?;
        output.line(&format!("      {}", facts(row, language)))?;
        if !row.snippet.is_empty() {
            let inferred = mark(language, row.snippet_inferred);
            output.line(&format!("      {}{inferred}", marked(&row.snippet)))?;
        }
        output.line(&format!("      {}", row.reference))?;
        for twin in &row.twins {
            output.line(&format!(
                "      {}",
                says_twin(language, &row.reference, twin)
            ))?;
        }
    }
    for facet in &page.facets {
        let values: Vec<String> = facet
            .values
            .iter()
            .map(|value| {
                let name = says::code(language, &facet.id, &value.code);
                if name == value.code {
                    format!("{name} {}", value.count)
                } else {
                    format!("{name} ({}) {}", value.code, value.count)
                }
            })
            .collect();
        let name = says::facet(language, &facet.id);
        output.line(&format!("{name} ({}): {}", facet.id, values.join(" · ")))?;
    }
    Ok(())
}

fn facts(row: &Row, language: crate::args::Language) -> String {
    let parts = [
        term(language, "kind", row.kind.as_str()),
        row.who.clone().unwrap_or_default(),
        terms(language, "industry_group", &row.industry_group),
        terms(language, "stage", &row.stage),
        terms(language, "region", &row.region),
        row.amount.clone().unwrap_or_default(),
        row.date
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        verification(language, &row.reference, Some(row.status)),
        if row.exact {
            String::new()
        } else {
            pick(language, "部分匹配", "partial match").to_owned()
        },
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Brackets what matched: a pipe knows no colours.
fn marked(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| {
            if span.m {
                format!("[{}]", span.t)
            } else {
                span.t.clone()
            }
        })
        .collect()
}
