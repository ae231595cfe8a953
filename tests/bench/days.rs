//! Days of 25 changed records each on a large catalog, and a check that finds nothing.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use atlas_core::api::types::{SyncPhase, SyncRequest, SyncResult};
use atlas_core::feed::{Digest, digest};
use atlas_core::store::Folder;
use atlas_core::store::trust::{Source, Trust};
use serde_json::{Value, json};
use tests::feed::packs::{self, Records};
use tests::feed::server::Server;
use tests::feed::{Feed, PUBLISHED};

use super::records::{FEED, Generator};
use super::{Failure, app, generator, middle, process, store};

/// Days that are measured.
const DAYS: usize = 5;
/// Records changed, new and removed a day.
const CHANGED: usize = 20;
// Fewer than are removed: a million records is the most that a feed may have.
const NEW: usize = 2;
const REMOVED: usize = 3;

/// The feed; its keys are always the same.
fn publisher() -> Feed {
    Feed::new(FEED, 1)
}

/// Writes a folder at the first generation, index included, with the feed added.
pub fn base(dir: &Path, generator: &Generator) -> Result<(), Failure> {
    store::write(dir, generator)?;
    add(dir, "")?;
    app(dir)?;
    println!("0");
    Ok(())
}

/// Adds the feed at an address; nothing is asked of it.
pub fn add(dir: &Path, base: &str) -> Result<(), Failure> {
    let (trust, _) = Trust::open(&Folder::open(dir)?)?;
    Ok(trust.put_source(&Source {
        feed: FEED.to_owned(),
        base: base.to_owned(),
        mirrors: Vec::new(),
        local: true,
        root: publisher().read("tuf/1.root.json"),
        added: PUBLISHED.to_owned(),
    })?)
}

/// Syncs once and tells: seconds in all, until all is fetched, in the catalog, in the index; peak memory before and after in
/// kilobytes; requests; whether there was news.
pub fn sync(dir: &Path, base: &str) -> Result<(), Failure> {
    add(dir, base)?;
    let app = app(dir)?;
    let before = process::status("VmHWM");
    let began = Instant::now();
    let mut last = [began; 3];
    let report = app.sync(&SyncRequest::default(), &mut |progress| {
        let now = Instant::now();
        match progress.phase {
            SyncPhase::Check | SyncPhase::Download => last[0] = now,
            SyncPhase::Apply => last[1] = now,
            SyncPhase::Index => last[2] = now,
        }
        ControlFlow::Continue(())
    })?;
    let all = began.elapsed().as_secs_f64();
    let outcome = report.feeds.first().ok_or("no feed was synced")?;
    let updated = match outcome.result {
        SyncResult::Updated if outcome.delta => 1,
        SyncResult::Unchanged => 0,
        _ => return Err(format!("{outcome:?}").into()),
    };
    let until = |at: Instant| at.duration_since(began).as_secs_f64();
    println!(
        "{all} {} {} {} {before} {} {} {updated}",
        until(last[0]),
        until(last[1]),
        until(last[2]),
        process::status("VmHWM"),
        outcome.requests
    );
    Ok(())
}

/// What a publisher knows of a large state: the digests of its records.
struct State {
    records: Vec<Option<(&'static str, String, Digest)>>,
    generation: u32,
}

impl State {
    fn of(generator: &Generator) -> Result<Self, Failure> {
        let mut records = Vec::with_capacity(generator.len());
        for number in 0..generator.len() {
            let record = generator.record(number);
            let json = serde_json::to_string(&record)?;
            let id = record.head().id.clone();
            records.push(Some((
                record.kind().as_str(),
                id,
                Digest::of(json.as_bytes()),
            )));
        }
        Ok(Self {
            records,
            generation: 1,
        })
    }

    /// Publishes a day of changes.
    fn publish(&mut self, generator: &Generator, feed: &mut Feed) -> Result<(), Failure> {
        let day = self.generation as usize;
        let total = generator.len();
        let (mut old, mut new) = (Records::new(), Records::new());
        let first = day * (CHANGED + REMOVED);
        for step in 0..CHANGED + REMOVED {
            // Spread over the whole catalog, and no record twice.
            let number = ((first + step) * 7919) % total;
            let record = generator.record(number);
            let key = (record.kind().as_str().to_owned(), record.head().id.clone());
            let json = serde_json::to_string(&record)?;
            if step < CHANGED {
                let mut value: Value = serde_json::from_str(&json)?;
                value["date"] = json!(format!("2026-11-{:02}", 10 + day));
                value["name"]["zh"] = json!(format!("第{day}日修订的记录{step}"));
                let changed = value.to_string();
                if let Some(Some(known)) = self.records.get_mut(number) {
                    known.2 = Digest::of(changed.as_bytes());
                }
                new.insert(key.clone(), changed);
            } else if let Some(known) = self.records.get_mut(number) {
                *known = None;
            }
            old.insert(key, json);
        }
        for step in 0..NEW {
            let record = generator.record(total / 10 + day * NEW + step);
            let id = format!("new-{day}-{step}");
            let mut value = serde_json::to_value(&record)?;
            value["id"] = json!(id);
            let json = value.to_string();
            let kind = record.kind().as_str();
            self.records
                .push(Some((kind, id.clone(), Digest::of(json.as_bytes()))));
            new.insert((kind.to_owned(), id), json);
        }
        let from = self.generation;
        self.generation += 1;
        let delta = packs::delta(FEED, (from, &old), (self.generation, &new));
        let known = self.records.iter().flatten();
        let whole = digest::of_records(
            known
                .clone()
                .map(|(kind, id, sha)| (*kind, id.as_str(), *sha)),
        );
        // The snapshot is named and never asked for: whoever has the generation before takes the delta.
        let snapshot = json!({ "sha256": Digest::of(b"").to_string(), "size": 60_000_000, "raw": 500_000_000, "lines": known.clone().count() });
        feed.manifest = json!({
            "format": "atlas-feed", "v": 1, "feed": FEED, "title": { "zh": "测试来源", "en": "Generated records" },
            "gen": self.generation, "published": PUBLISHED,
            "state": { "algo": digest::ALGORITHM, "digest": whole.to_string(), "records": known.count() },
            "snapshot": [snapshot], "deltas": [feed.add_pack(&delta)],
        });
        feed.sign_manifest();
        Ok(())
    }
}

/// Names the columns.
pub fn header() {
    println!(
        "\n25 changed records a day ({CHANGED} changed, {NEW} new, {REMOVED} gone), middle and worst of {DAYS} days; then a check without news\n\
         {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>10} {:>16}",
        "records", "all ms", "worst", "catalog", "index", "requests", "bytes", "peak MB", "no news"
    );
}

/// Measures one size.
pub fn measure(records: usize, dir: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(dir)?;
    let text = dir.display().to_string();
    process::run(&["child", "base", &records.to_string(), &text])?;
    let generator = generator(records)?;
    let mut state = State::of(&generator)?;
    let mut feed = publisher();
    let server = Arc::new(Server::good(feed.path()));
    let base = server.base();
    let ask = || -> Result<(Vec<f64>, u64), Failure> {
        server.forget();
        let told = process::numbers(&process::run(&["child", "sync", &text, &base])?)?;
        Ok((told, server.bytes()))
    };
    let (mut all, mut catalog, mut index, mut bytes) = (vec![], vec![], vec![], vec![]);
    let (mut peak, mut requests) = (0.0_f64, 0.0_f64);
    for _ in 0..DAYS {
        state.publish(&generator, &mut feed)?;
        let (told, sent) = ask()?;
        let [whole, fetched, applied, indexed, _, after, asked, 1.0] = *told.as_slice() else {
            return Err(format!("no news: {told:?}").into());
        };
        all.push(whole * 1000.0);
        catalog.push((applied - fetched) * 1000.0);
        index.push((indexed - applied) * 1000.0);
        bytes.push(sent as f64);
        peak = peak.max(after);
        requests = requests.max(asked);
    }
    let (told, sent) = ask()?;
    let quiet = told.get(6).copied().unwrap_or_default();
    if told.last() != Some(&0.0) {
        return Err(format!("news: {told:?}").into());
    }
    let worst = all.iter().copied().fold(0.0, f64::max);
    println!(
        "{records:>9} {:>9.0} {worst:>9.0} {:>9.0} {:>9.0} {requests:>9.0} {:>9.0} {:>10.0} {:>16}",
        middle(&mut all),
        middle(&mut catalog),
        middle(&mut index),
        middle(&mut bytes),
        peak / 1024.0,
        format!("{quiet:.0} req, {sent} B")
    );
    drop(server);
    std::fs::remove_dir_all(dir)?;
    Ok(())
}
