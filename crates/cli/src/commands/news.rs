//! `atlas news`: what syncs added, changed and removed.

use std::process::ExitCode;

use atlas_core::api::types::{Change, NewsPage};
use serde_json::{Value, json};

use crate::args::{Args, News};
use crate::output::{Failure, Output};
use crate::texts::{self, pick};

/// Prints the news, newest sync first.
pub fn news(args: &Args, request: &News, output: &mut Output) -> Result<ExitCode, Failure> {
    let (app, status) = super::open(args, output)?;
    let language = output.language;
    let kind = request.kind.as_deref();
    let kind = kind
        .map(|typed| super::filters::kind(&status, typed, language))
        .transpose()?;
    if let Some(feed) = &request.feed {
        super::feeds::known(&app, std::slice::from_ref(feed), language)?;
    }
    let wanted = json!({
        "revision": request.sync, "feed": request.feed, "kind": kind, "change": request.change,
        "limit": request.limit, "offset": request.offset,
    });
    let page: NewsPage = super::query(&app, "list_news", wanted)?;
    if output.json {
        output.value(&page)?;
    } else {
        print(&page, output)?;
    }
    Ok(if page.total == 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn print(page: &NewsPage, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    for sync in &page.syncs {
        output.line(&texts::feeds::sync(language, sync))?;
        for entry in page
            .entries
            .iter()
            .filter(|entry| entry.revision == sync.revision)
        {
            let mark = match entry.change {
                Change::Added => "+",
                Change::Changed => "~",
                Change::Removed => "-",
            };
            let name = texts::text(language, &entry.name);
            output.line(&format!("  {mark} {}  {name}", entry.reference))?;
            for field in &entry.fields {
                let show =
                    |value: &Option<Value>| value.as_ref().map_or("—".to_owned(), Value::to_string);
                output.line(&format!(
                    "      {}: {} → {}",
                    field.field,
                    show(&field.old),
                    show(&field.new)
                ))?;
            }
        }
    }
    if page.total > page.entries.len() as u32 {
        output.tell(&format!(
            "{} {}/{}",
            pick(language, "仅列出", "Listed"),
            page.entries.len(),
            page.total
        ));
    }
    Ok(())
}
