//! The product as a reader of feeds, on a folder of its own, with the questions that tests ask of it.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use atlas_core::api::types::{
    FeedView, ImportRequest, ProblemCode, SyncOutcome, SyncRequest, SyncResult,
};
use atlas_core::api::{self, App};
use atlas_core::feed::limits::Patience;
use serde_json::{Value, json};

use crate::feed::{Feed, packs::Records, server::Server};
use crate::fixtures::{bundle, case, clock, folder};

/// The product on a folder of its own, with one bundled record.
pub struct Reader {
    /// The product.
    pub app: App,
    /// Its data folder.
    pub folder: tempfile::TempDir,
}

impl Default for Reader {
    fn default() -> Self {
        Self::at(clock)
    }
}

impl Reader {
    /// One on a new folder.
    pub fn new() -> Self {
        Self::default()
    }

    /// One on a new folder, with another clock.
    pub fn at(clock: api::Clock) -> Self {
        Self::open(folder(), clock)
    }

    /// One on a folder that is there.
    pub fn open(folder: tempfile::TempDir, clock: api::Clock) -> Self {
        let app = open(folder.path(), clock);
        Self { app, folder }
    }

    /// One whose servers get half a second.
    pub fn impatient() -> Self {
        let short = Duration::from_millis(500);
        Self::new().with_patience(Patience {
            connect: short,
            idle: short,
            metadata: short,
            ..Patience::default()
        })
    }

    /// The same with other patience for servers.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self {
            app: self.app.with_patience(patience),
            folder: self.folder,
        }
    }

    /// Closes and opens it again, with another clock if need be.
    #[must_use]
    pub fn again(self, clock: api::Clock) -> Self {
        drop(self.app);
        let app = open(self.folder.path(), clock);
        Self {
            app,
            folder: self.folder,
        }
    }

    /// Asks.
    pub fn query(&self, name: &str, arguments: Value) -> Value {
        api::query(&self.app, name, arguments).expect("the reader works")
    }

    /// Adds a feed at the folder in which it is published.
    pub fn add(&self, feed: &Feed) {
        self.add_at(feed, &feed.base(), &[]);
    }

    /// Adds a feed, or changes its addresses.
    pub fn add_at(&self, feed: &Feed, base: &str, mirrors: &[&str]) {
        let request = json!({
            "base": base, "mirrors": mirrors, "fingerprint": feed.fingerprint(), "local": true,
        });
        api::mutate(&self.app, "add_feed", request).expect("the reader works");
    }

    /// Changes the address of a feed that is here, though the server there may not answer.
    pub fn re_add(&self, feed: &Feed, server: &Server) {
        self.with_addresses(feed, &server.base(), &[]);
    }

    /// Changes the addresses of a feed that is here; what is there need not answer.
    pub fn with_addresses(&self, feed: &Feed, base: &str, mirrors: &[&str]) {
        let addresses: Vec<&str> = std::iter::once(base)
            .chain(mirrors.iter().copied())
            .collect();
        let request = json!({ "feed": feed.id, "addresses": addresses, "local": true });
        api::mutate(&self.app, "set_feed_addresses", request).expect("the reader works");
    }

    /// Syncs the only feed.
    pub fn sync(&self) -> SyncOutcome {
        self.sync_of(&[])
    }

    /// Syncs the feeds of these ids, all when there are none, and answers the first outcome.
    pub fn sync_of(&self, feeds: &[&str]) -> SyncOutcome {
        let feeds = feeds.iter().map(|feed| (*feed).to_owned()).collect();
        let mut report = self
            .app
            .sync(&SyncRequest { feeds }, &mut |_| ControlFlow::Continue(()))
            .expect("a sync has an outcome");
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

    /// Imports a bundle or folder; `more` adds to the request.
    pub fn import(&self, path: &Path, more: &Value) -> SyncOutcome {
        let mut request = json!({ "path": path });
        request
            .as_object_mut()
            .expect("the reader works")
            .extend(more.as_object().expect("the reader works").clone());
        let request: ImportRequest = serde_json::from_value(request).expect("the reader works");
        self.app
            .import_bundle(&request, &mut |_| ControlFlow::Continue(()))
            .expect("the reader works")
    }

    /// A feed as screens show it.
    pub fn feed(&self, feed: &str) -> FeedView {
        let feeds = self.query("list_feeds", json!({}));
        let feeds: Vec<FeedView> = serde_json::from_value(feeds).expect("the reader works");
        feeds
            .into_iter()
            .find(|view| view.feed == feed)
            .expect("the reader works")
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
            .expect("the reader works")
            .iter()
            .map(|row| &row["ref"])
            .collect();
        json!({ "feeds": status["feeds"], "records": status["records"], "found": names })
    }

    /// The records of a feed as stored, byte by byte.
    pub fn stored(&self, feed: &str) -> Records {
        let path = self.folder.path().join("catalog.db");
        let connection = rusqlite::Connection::open(path).expect("the catalog can be read");
        let mut statement = connection
            .prepare("select kind, id, raw from record where feed = ?")
            .expect("the table is known");
        let rows = statement
            .query_map([feed], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
            .expect("the table can be read");
        rows.map(|row| row.expect("a row can be read")).collect()
    }

    /// References of a feed, as search finds them.
    pub fn found(&self, feed: &str) -> Vec<String> {
        let page = self.query("search_records", json!({ "limit": 200 }));
        let mut found: Vec<String> = page["rows"]
            .as_array()
            .expect("the reader works")
            .iter()
            .map(|row| row["ref"].as_str().expect("the reader works").to_owned())
            .filter(|reference| reference.starts_with(&format!("{feed}/")))
            .collect();
        found.sort();
        found
    }
}

/// Opens the product on a folder, with one bundled record.
pub fn open(folder: &Path, clock: api::Clock) -> App {
    let bundled = bundle(1, &[case("bundled", "equipment", "production", "32")]);
    let app = App::with_bundle(folder.to_owned(), clock, bundled);
    app.open(&mut |_| ControlFlow::Continue(()))
        .expect("the reader works");
    app
}
