//! `atlas feed add|addresses|remove|list`: the feeds that this data folder trusts.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, absolute};
use std::process::ExitCode;

use atlas_core::api::types::{ApiError, FeedPreview, FeedView, FoundFeed};
use atlas_core::api::{self, App};
use serde_json::json;

use super::sync::open_to_write;
use crate::args::{AddFeed, Args, Feed, FeedAddresses, Language};
use crate::output::{Failure, Output};
use crate::texts::{self, pick};

/// Runs a command on feeds.
pub fn feed(args: &Args, command: &Feed, output: &mut Output) -> Result<ExitCode, Failure> {
    match command {
        Feed::Add(request) => add(args, request, output),
        Feed::Addresses(request) => addresses(args, request, output),
        Feed::Remove { feed } => remove(args, feed, output),
        Feed::List => list(args, output),
        Feed::Publish(publish) => crate::feed::run(publish, output),
    }
}

fn add(args: &Args, request: &AddFeed, output: &mut Output) -> Result<ExitCode, Failure> {
    let app = open_to_write(args, output)?;
    let base = address(&request.base)?;
    if !base.contains("://") && !Path::new(&base).exists() {
        let text = texts::feeds::no_file(output.language, Path::new(&base));
        return Err(Failure::Refused(text));
    }
    let mirrors = whole(&request.mirror)?;
    let fingerprint = if let Some(fingerprint) = &request.fingerprint {
        fingerprint.clone()
    } else {
        let look = json!({ "base": base, "local": request.local });
        let preview: FeedPreview = super::query(&app, "preview_feed", look)?;
        match confirm(&preview, output)? {
            Some(fingerprint) => fingerprint,
            None => return Ok(ExitCode::from(1)),
        }
    };
    let language = output.language;
    let added = json!({
        "base": base, "mirrors": mirrors, "fingerprint": fingerprint, "local": request.local,
    });
    let feeds = api::mutate(&app, "add_feed", added).map_err(|error| not_taken(language, error))?;
    if output.json {
        output.value(&feeds)?;
    } else {
        output.line(pick(
            output.language,
            "已添加。运行 atlas sync 取得数据。",
            "Added. `atlas sync` fetches its records.",
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Why addresses were not taken.
fn not_taken(language: Language, error: ApiError) -> Failure {
    match texts::feeds::not_taken(language, &error) {
        // What is at the address is no matter of usage.
        Some(text) if error.facts.contains_key("reason") => Failure::Refused(text),
        Some(text) => Failure::Usage(text),
        None => Failure::Api(error),
    }
}

fn addresses(
    args: &Args,
    request: &FeedAddresses,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let app = open_to_write(args, output)?;
    let language = output.language;
    added(&app, std::slice::from_ref(&request.feed), language)?;
    let wanted = json!({
        "feed": request.feed, "addresses": whole(&request.addresses)?, "local": request.local,
    });
    let feeds = api::mutate(&app, "set_feed_addresses", wanted)
        .map_err(|error| not_taken(language, error))?;
    if output.json {
        output.value(&feeds)?;
    } else {
        output.line(pick(
            language,
            "已更改地址，信任与记录不变。运行 atlas sync 时逐个核验。",
            "Addresses changed; trust and records stay. `atlas sync` verifies what is there.",
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what was found and asks; answers the fingerprint if the user agrees.
fn confirm(preview: &FeedPreview, output: &mut Output) -> Result<Option<String>, Failure> {
    let language = output.language;
    if let Some(problem) = &preview.problem {
        output.line(&texts::feeds::problem(language, problem))?;
    }
    let Some(found) = &preview.found else {
        return Ok(None);
    };
    for line in describe(found, output) {
        output.line(&line)?;
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "{} --fingerprint {}",
            pick(
                language,
                "请与发布方另行公布的指纹核对，一致后再次运行并加上",
                "Compare the fingerprint with what the publisher says elsewhere, then repeat with",
            ),
            found.fingerprint
        )));
    }
    output.tell(pick(
        language,
        "指纹与发布方另行公布的一致吗？输入 yes 添加。",
        "Is the fingerprint what the publisher says elsewhere? Type yes to add the feed.",
    ));
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let agreed = answer.trim().eq_ignore_ascii_case("yes");
    Ok(agreed.then(|| found.fingerprint.clone()))
}

fn describe(found: &FoundFeed, output: &Output) -> Vec<String> {
    let language = output.language;
    let label = |zh, en| pick(language, zh, en);
    let mut lines = vec![
        format!("{} ({})", texts::text(language, &found.title), found.feed),
        format!("  {}: {}", label("指纹", "Fingerprint"), found.fingerprint),
        format!(
            "  {}: {} / {}",
            label("根密钥（需签 / 共有）", "Root keys (needed / all)"),
            found.root_threshold,
            found.root_keys
        ),
        format!(
            "  {}: {}, {}, {}",
            label("版次、发布、记录数", "Generation, published, records"),
            found.generation,
            found.published,
            found.records
        ),
    ];
    if let Some(continued) = &found.continues {
        lines.push(format!("  {}: {continued}", label("接替", "Continues")));
    }
    lines
}

/// An address as core wants it: a folder as a whole path, anything else as it is.
fn address(text: &str) -> Result<String, Failure> {
    if text.contains("://") {
        return Ok(text.to_owned());
    }
    Ok(absolute(Path::new(text))?.display().to_string())
}

fn whole(addresses: &[String]) -> Result<Vec<String>, Failure> {
    addresses.iter().map(|text| address(text)).collect()
}

fn remove(args: &Args, feed: &str, output: &mut Output) -> Result<ExitCode, Failure> {
    let app = open_to_write(args, output)?;
    let language = output.language;
    added(&app, &[feed.to_owned()], language)?;
    let feeds = api::mutate(&app, "remove_feed", json!({ "feed": feed }))?;
    if output.json {
        output.value(&feeds)?;
    } else {
        let text = pick(
            output.language,
            "已移除来源及其全部记录：",
            "Removed with all its records: ",
        );
        output.line(&format!("{text}{feed}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks that all feeds are here, and answers those that are.
pub(super) fn known(
    app: &App,
    wanted: &[String],
    language: Language,
) -> Result<Vec<FeedView>, Failure> {
    let views: Vec<FeedView> = super::query(app, "list_feeds", json!({}))?;
    here(&views, wanted, language)?;
    Ok(views)
}

fn here(views: &[FeedView], wanted: &[String], language: Language) -> Result<(), Failure> {
    let is_here = |wanted: &str| views.iter().any(|view| view.feed == wanted);
    match wanted.iter().find(|wanted| !is_here(wanted)) {
        Some(unknown) => Err(Failure::Usage(texts::feeds::unknown(
            language, unknown, views,
        ))),
        None => Ok(()),
    }
}

/// Checks that all feeds are here and were added by the user, and answers those.
fn added(app: &App, wanted: &[String], language: Language) -> Result<Vec<FeedView>, Failure> {
    let mut views = known(app, &[], language)?;
    let bundled = |view: &&FeedView| view.bundled && wanted.contains(&view.feed);
    if let Some(bundled) = views.iter().find(bundled) {
        let text = texts::feeds::bundled(language, &bundled.feed);
        return Err(Failure::Usage(text));
    }
    views.retain(|view| !view.bundled);
    here(&views, wanted, language)?;
    views.retain(|view| wanted.contains(&view.feed));
    Ok(views)
}

/// Checks that all feeds are here and have an address that can be asked.
pub(super) fn asked(app: &App, wanted: &[String], language: Language) -> Result<(), Failure> {
    let views = added(app, wanted, language)?;
    match views.iter().find(|view| view.base.is_empty()) {
        Some(view) => Err(Failure::Usage(texts::feeds::by_file(language, &view.feed))),
        None => Ok(()),
    }
}

fn list(args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let (app, _) = super::open(args, output)?;
    let feeds: Vec<FeedView> = super::query(&app, "list_feeds", json!({}))?;
    if output.json {
        output.value(&feeds)?;
        return Ok(ExitCode::SUCCESS);
    }
    let language = output.language;
    for feed in &feeds {
        output.line(&format!(
            "{}: {}",
            texts::feeds::name(language, &feed.title, &feed.feed),
            texts::feeds::state(language, feed)
        ))?;
        if let Some(problem) = &feed.problem {
            output.line(&format!("  {}", texts::feeds::problem(language, problem)))?;
        }
        for line in texts::feeds::checks(language, feed) {
            output.line(&format!("  {line}"))?;
        }
        for address in &feed.sends.addresses {
            output.line(&format!("  {address}"))?;
        }
        if !feed.fingerprint.is_empty() {
            let label = pick(language, "指纹", "Fingerprint");
            output.line(&format!("  {label}: {}", feed.fingerprint))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
