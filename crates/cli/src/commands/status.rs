//! `atlas status`: the state of the data folder.

use std::process::ExitCode;

use atlas_core::model::Kind;

use crate::args::Args;
use crate::output::{Failure, Output};
use crate::texts::{pick, term, text};

/// Prints feeds, records per kind, index and paths.
pub fn status(args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let (app, opened) = super::open(args, output)?;
    // Who asks how the folder is gets an answer that was looked up, not the last one believed.
    let status = if opened.read_only {
        opened
    } else {
        let checked = app.check()?;
        super::tell(
            output,
            &checked.notices[opened.notices.len().min(checked.notices.len())..],
        );
        checked
    };
    if output.json {
        output.value(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    let language = output.language;
    output.line(&format!("Scenario Atlas 场景图谱 {}", status.version))?;
    for feed in &status.feeds {
        let published = feed.published.get(..10).unwrap_or(&feed.published);
        let name = text(language, &feed.title);
        output.line(&match language {
            crate::args::Language::Zh => format!(
                "{name}：第 {} 版，{published}，{} 条",
                feed.generation, feed.records
            ),
            crate::args::Language::En => format!(
                "{name}: generation {}, {published}, {} records",
                feed.generation, feed.records
            ),
        })?;
    }
    let known = Kind::ALL.iter().map(|kind| kind.as_str());
    let unknown = status
        .records
        .keys()
        .map(String::as_str)
        .filter(|kind| Kind::parse(kind).is_none());
    for kind in known.chain(unknown) {
        let count = status.records.get(kind).copied().unwrap_or(0);
        output.line(&format!(
            "{count:>8}  {} ({kind})",
            term(language, "kind", kind)
        ))?;
    }
    output.line(&format!(
        "{}: {} ({} {})",
        pick(language, "索引", "Index"),
        status.index.documents,
        pick(language, "修订", "revision"),
        status.index.revision
    ))?;
    for (name, path) in &status.paths {
        output.line(&format!("{name:>8}  {path}"))?;
    }
    if status.read_only {
        output.line(pick(
            language,
            "另一个程序正在使用此文件夹；此处只读。",
            "Another program uses this folder; reading only.",
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
