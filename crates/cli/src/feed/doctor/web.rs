//! What a web server does with a feed.

use std::time::Duration;

use atlas_core::feed::Manifest;
use atlas_core::feed::manifest::Delta;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{self, HeaderName};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, Url};

use super::{Check, Grade, Report};
use crate::feed::error::FeedError;

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Clocks may differ by so many seconds before it is said.
const CLOCK: i64 = 5 * 60;
/// And by so many before readers refuse.
const CLOCK_LIMIT: i64 = 48 * 60 * 60;
/// Longest time that the timestamp may be cached, in seconds.
const BRIEF: u64 = 3600;
/// Shortest time that everything else should be cached, in seconds.
const LONG: u64 = 24 * 60 * 60;

struct Web<'a> {
    client: Client,
    base: &'a Url,
}

impl Web<'_> {
    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
    ) -> Result<Response, String> {
        let url = self.base.join(path).map_err(|error| error.to_string())?;
        let mut request = self.client.request(method, url);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        request.send().await.map_err(|error| error.to_string())
    }
}

fn text(response: &Response, name: HeaderName) -> &str {
    let value = response.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The seconds for which a response may be cached; none when it does not say.
fn max_age(response: &Response) -> Option<u64> {
    let control = text(response, header::CACHE_CONTROL).to_lowercase();
    if control.contains("no-store") || control.contains("no-cache") {
        return Some(0);
    }
    let part = control
        .split(',')
        .find_map(|part| part.trim().strip_prefix("max-age="))?;
    part.parse().ok()
}

/// Examines a server.
pub(super) async fn examine(
    base: &Url,
    manifest: Option<&Manifest>,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), FeedError> {
    let client = Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .build()
        .map_err(|error| {
            FeedError::new(format!("无法联网：{error}"), format!("no network: {error}"))
        })?;
    let web = Web { client, base };
    timestamp(&web, now, report).await;
    for path in [
        "tuf/4294967295.root.json".to_owned(),
        format!("packs/{}.zst", "0".repeat(64)),
    ] {
        match web.ask(Method::GET, &path, &[]).await {
            Ok(response) if [404, 410].contains(&response.status().as_u16()) => {
                report.see(
                    Check::Missing,
                    Grade::Good,
                    format!("{path}: {}", response.status()),
                );
            }
            Ok(response) => {
                report.see(
                    Check::Missing,
                    Grade::Bad,
                    format!("{path}: {}", response.status()),
                );
            }
            Err(error) => report.see(Check::Missing, Grade::Bad, format!("{path}: {error}")),
        }
    }
    if let Some(manifest) = manifest {
        packs(&web, manifest, report).await;
    }
    Ok(())
}

async fn timestamp(web: &Web<'_>, now: Timestamp, report: &mut Report) {
    let path = "tuf/timestamp.json";
    let coded = [(header::ACCEPT_ENCODING, "gzip, deflate, br, zstd")];
    let response = match web.ask(Method::GET, path, &coded).await {
        Ok(response) => response,
        Err(error) => {
            report.see(Check::Coding, Grade::Bad, format!("{path}: {error}"));
            return;
        }
    };
    coding(path, &response, report);
    let (grade, seen) = match max_age(&response) {
        Some(seconds) if seconds <= BRIEF => (Grade::Good, format!("max-age={seconds}")),
        Some(seconds) => (Grade::Bad, format!("max-age={seconds}")),
        None => (Grade::Warning, "no Cache-Control".to_owned()),
    };
    report.see(Check::CacheOfTimestamp, grade, format!("{path}: {seen}"));
    let date = text(&response, header::DATE).to_owned();
    let Ok(server) = rfc2822::parse(&date) else {
        report.see(Check::Clock, Grade::Warning, format!("Date: {date}"));
        return;
    };
    let apart = server.timestamp().as_second() - now.as_second();
    let grade = match apart.abs() {
        ..CLOCK => Grade::Good,
        CLOCK..CLOCK_LIMIT => Grade::Warning,
        _ => Grade::Bad,
    };
    report.see(Check::Clock, grade, format!("{date} ({apart:+} s)"));
}

/// Whether bytes come as they are, even to one who would take them coded.
fn coding(path: &str, response: &Response, report: &mut Report) {
    let coding = text(response, header::CONTENT_ENCODING);
    let grade = match coding {
        "" | "identity" => Grade::Good,
        // Our readers do not ask for it; a server that codes only on demand serves them as they need.
        _ => Grade::Warning,
    };
    let seen = if coding.is_empty() {
        "identity"
    } else {
        coding
    };
    report.see(Check::Coding, grade, format!("{path}: {seen}"));
}

async fn packs(web: &Web<'_>, manifest: &Manifest, report: &mut Report) {
    let deltas = manifest.deltas.iter().map(Delta::pack);
    let infos: Vec<_> = manifest.snapshot.iter().cloned().chain(deltas).collect();
    let mut bad = Vec::new();
    for info in &infos {
        let path = format!("packs/{}.zst", info.sha256);
        match web.ask(Method::HEAD, &path, &[]).await {
            Ok(response) if response.status() == 200 => {
                let length = text(&response, header::CONTENT_LENGTH);
                if length.parse() != Ok(info.size) {
                    bad.push(format!(
                        "{path}: Content-Length {length}, not {}",
                        info.size
                    ));
                }
                if !text(&response, header::CONTENT_ENCODING).is_empty() {
                    bad.push(format!("{path}: coded without being asked"));
                }
            }
            Ok(response) => bad.push(format!("{path}: {}", response.status())),
            Err(error) => bad.push(format!("{path}: {error}")),
        }
    }
    match bad.as_slice() {
        [] => report.see(Check::Packs, Grade::Good, infos.len().to_string()),
        bad => report.see(Check::Packs, Grade::Bad, bad.join("; ")),
    }
    let Some(first) = infos.first() else {
        return;
    };
    let path = format!("packs/{}.zst", first.sha256);
    let Ok(response) = web
        .ask(Method::GET, &path, &[(header::RANGE, "bytes=1-2")])
        .await
    else {
        return;
    };
    let range = text(&response, header::CONTENT_RANGE);
    let (grade, seen) = match response.status().as_u16() {
        206 if range == format!("bytes 1-2/{}", first.size) => (Grade::Good, range.to_owned()),
        206 => (Grade::Bad, format!("Content-Range: {range}")),
        // An interrupted download then starts again from the beginning.
        200 => (Grade::Warning, "200".to_owned()),
        status => (Grade::Bad, status.to_string()),
    };
    report.see(Check::Range, grade, format!("{path}: {seen}"));
    let tag = text(&response, header::ETAG);
    let grade = if tag.starts_with('"') {
        Grade::Good
    } else {
        Grade::Warning
    };
    report.see(Check::Tag, grade, format!("ETag: {tag}"));
    let (grade, seen) = match max_age(&response) {
        Some(seconds) if seconds >= LONG => (Grade::Good, format!("max-age={seconds}")),
        Some(seconds) => (Grade::Warning, format!("max-age={seconds}")),
        None => (Grade::Warning, "no Cache-Control".to_owned()),
    };
    report.see(Check::CacheOfTheRest, grade, format!("{path}: {seen}"));
}
