//! Feeds as their reader relies on them: what is signed arrives, what is not leaves everything as it was.

mod bundles;
mod http;
mod news;
mod several;
mod steps;

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::{
    FeedView, ImportRequest, ProblemCode, SyncOutcome, SyncRequest, SyncResult,
};
use atlas_core::api::{self, App};
use serde_json::{Value, json};
use tests::feed::Feed;
use tests::fixtures::{bundle, case, clock};

/// The product on a folder of its own, with one bundled record.
pub struct Reader {
    pub app: App,
    pub folder: tempfile::TempDir,
}

impl Reader {
    pub fn new() -> Self {
        Self::at(clock)
    }

    pub fn at(clock: api::Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = open(folder.path(), clock);
        Self { app, folder }
    }

    /// One on a folder that is there.
    pub fn open(folder: tempfile::TempDir, clock: api::Clock) -> Self {
        let app = open(folder.path(), clock);
        Self { app, folder }
    }

    /// One whose servers get half a second.
    pub fn impatient() -> Self {
        let reader = Self::new();
        let short = std::time::Duration::from_millis(500);
        let patience = atlas_core::feed::limits::Patience {
            connect: short,
            idle: short,
            metadata: short,
            ..atlas_core::feed::limits::Patience::default()
        };
        Self {
            app: reader.app.with_patience(patience),
            folder: reader.folder,
        }
    }

    /// Closes and opens it again, with another clock if need be.
    pub fn again(self, clock: api::Clock) -> Self {
        drop(self.app);
        let app = open(self.folder.path(), clock);
        Self {
            app,
            folder: self.folder,
        }
    }

    pub fn query(&self, name: &str, arguments: Value) -> Value {
        api::query(&self.app, name, arguments).unwrap()
    }

    pub fn add(&self, feed: &Feed) {
        self.add_at(feed, &feed.base(), &[]);
    }

    pub fn add_at(&self, feed: &Feed, base: &str, mirrors: &[&str]) {
        let request = json!({
            "base": base, "mirrors": mirrors, "fingerprint": feed.fingerprint(), "local": true,
        });
        api::mutate(&self.app, "add_feed", request).unwrap();
    }

    /// Changes the address of a feed that is here, though the server there may not answer.
    pub fn re_add(&self, feed: &Feed, server: &tests::feed::server::Server) {
        self.with_addresses(feed, &server.base(), &[]);
    }

    /// Changes the addresses of a feed that is here, in the file itself: what is there need not answer.
    pub fn with_addresses(&self, feed: &Feed, base: &str, mirrors: &[&str]) {
        let path = self.folder.path().join("trust.db");
        let connection = rusqlite::Connection::open(path).unwrap();
        let mirrors = serde_json::to_string(mirrors).unwrap();
        let changed = connection.execute(
            "update source set base = ?, mirrors = ?, local = 1 where feed = ?",
            (base, mirrors, &feed.id),
        );
        assert_eq!(changed.unwrap(), 1);
    }

    pub fn sync(&self) -> SyncOutcome {
        let mut report = self
            .app
            .sync(&SyncRequest::default(), &mut |_| ControlFlow::Continue(()))
            .unwrap();
        report.feeds.remove(0)
    }

    /// Syncs, expecting an outcome without a problem.
    pub fn synced(&self, result: SyncResult) -> SyncOutcome {
        let outcome = self.sync();
        assert_eq!(
            (outcome.result, &outcome.problem),
            (result, &None),
            "{outcome:?}"
        );
        outcome
    }

    /// Syncs, expecting a refusal that changes nothing.
    pub fn refused(&self, code: ProblemCode) -> SyncOutcome {
        let before = self.state();
        let outcome = self.sync();
        let found = outcome.problem.as_ref().map(|problem| problem.code);
        assert_eq!(found, Some(code), "{outcome:?}");
        assert_eq!(outcome.result, SyncResult::Refused, "{outcome:?}");
        assert_eq!(self.state(), before, "a refusal changes nothing");
        outcome
    }

    pub fn import(&self, path: &Path, more: &Value) -> SyncOutcome {
        let mut request = json!({ "path": path });
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let request: ImportRequest = serde_json::from_value(request).unwrap();
        self.app
            .import_bundle(&request, &mut |_| ControlFlow::Continue(()))
            .unwrap()
    }

    pub fn feed(&self, feed: &str) -> FeedView {
        let feeds = self.query("list_feeds", json!({}));
        let feeds: Vec<FeedView> = serde_json::from_value(feeds).unwrap();
        feeds.into_iter().find(|view| view.feed == feed).unwrap()
    }

    /// What a user would see of the catalog: generations, digests, records, and that search finds them all.
    pub fn state(&self) -> Value {
        let status = self.query("get_status", json!({}));
        let page = self.query("search_records", json!({ "limit": 200 }));
        assert_eq!(
            status["index"]["revision"], status["revision"],
            "the index follows"
        );
        assert_eq!(status["index"]["documents"], page["total"]);
        let names: Vec<&Value> = page["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["ref"])
            .collect();
        json!({ "feeds": status["feeds"], "records": status["records"], "found": names })
    }

    /// References of a feed, as search finds them.
    pub fn found(&self, feed: &str) -> Vec<String> {
        let page = self.query("search_records", json!({ "limit": 200 }));
        let mut found: Vec<String> = page["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["ref"].as_str().unwrap().to_owned())
            .filter(|reference| reference.starts_with(&format!("{feed}/")))
            .collect();
        found.sort();
        found
    }
}

pub fn open(folder: &Path, clock: api::Clock) -> App {
    let bundled = bundle(1, &[case("bundled", "equipment", "production", "32")]);
    let app = App::with_bundle(folder.to_owned(), clock, bundled);
    app.open(&mut |_| ControlFlow::Continue(())).unwrap();
    app
}

/// A feed of two cases.
pub fn two() -> Feed {
    Feed::with(
        "north",
        1,
        &[
            case("a", "equipment", "production", "32"),
            case("b", "health", "rnd", "11"),
        ],
    )
}

/// A second generation: one record changed, one gone, one new.
pub fn publish_second(feed: &mut Feed) {
    feed.put(&case("a", "equipment", "production", "31"));
    feed.remove("case", "b");
    feed.put(&case("c", "health", "rnd", "11"));
    feed.publish();
}

pub fn later() -> String {
    "2026-12-20T08:00:00Z".to_owned()
}
