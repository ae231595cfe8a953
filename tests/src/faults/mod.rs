//! G5: every fault of a network and its servers, at every file that a sync asks for.
//!
//! Whatever happens, the state is the old one or the new one, the sync ends within its limits, and as soon as the fault is
//! over the next sync ends well and leaves nothing behind.

mod table;

pub use table::File;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use atlas_core::api::types::{SyncOutcome, SyncResult};
use atlas_core::feed::limits::Patience;
use rustls::ServerConfig;
use serde_json::Value;
use tempfile::TempDir;

use self::table::{FAULTS, Wrong, answer, moved};
use crate::feed::Feed;
use crate::feed::certificates::{Authority, Flaw};
use crate::feed::server::{Fault, Greeted, Request, Server};
use crate::fixtures::{case, clock};
use crate::histories::pairs::copy;
use crate::reader::Reader;

/// How long a sync that meets a fault may take: three times what its servers get.
const LIMIT: Duration = Duration::from_secs(9);
/// Most bytes that it may take in: the largest signed file and what was under way.
const BYTES: u32 = 400_000;
/// How long servers get here.
const PATIENCE: Duration = Duration::from_millis(1500);

/// A feed of two generations, a reader at the first, and what it should look like at either.
pub struct Network {
    feed: Feed,
    /// The tree as it was first published.
    first: TempDir,
    folder: TempDir,
    old: Value,
    new: Value,
    /// Where others serve the same tree.
    elsewhere: Server,
    authority: Authority,
    right: Arc<ServerConfig>,
}

impl Default for Network {
    fn default() -> Self {
        Self::with(Authority::new())
    }
}

impl Network {
    /// One whose authority nobody knows: its secure servers cannot be asked.
    pub fn new() -> Self {
        Self::default()
    }

    /// One with an authority that the process knows.
    pub fn with(authority: Authority) -> Self {
        let text = |n: u32| {
            let digest = atlas_core::feed::Digest::of(&n.to_be_bytes());
            case(
                &format!("c{n}-{}", &digest.to_string()[..24]),
                "health",
                "rnd",
                "11",
            )
        };
        let records: Vec<Value> = (0..40).map(text).collect();
        let mut feed = Feed::with("north", 1, &records);
        let reader = Reader::new();
        reader.add(&feed);
        reader.synced(SyncResult::Updated);
        let old = reader.state();
        drop(reader.app);
        let first = feed.copy();
        feed.rotate();
        for n in 40..60 {
            feed.put(&text(n));
        }
        feed.publish();
        let fresh = Reader::open(copy(reader.folder.path()), clock);
        assert!(fresh.synced(SyncResult::Updated).delta);
        Self {
            new: fresh.state(),
            old,
            first,
            folder: reader.folder,
            elsewhere: Server::good(feed.path()),
            right: authority.server(Flaw::None),
            authority,
            feed,
        }
    }

    /// Whether the files are asked for in the order on which [`File::connection`] relies; over a secure connection if the
    /// process knows the authority.
    ///
    /// # Errors
    /// What is asked for instead.
    pub fn rehearse(&self, secure: bool) -> Result<(), String> {
        let right = self.right.clone();
        let scheme = if secure { "https" } else { "http" };
        let server = Server::greeting(
            self.feed.path(),
            scheme,
            move |_| {
                if secure {
                    Greeted::Securely(right.clone())
                } else {
                    Greeted::Plainly
                }
            },
            |_| Fault::None,
        );
        let reader = self.reader();
        reader.re_add(&self.feed, &server);
        let outcome = reader.sync();
        let requests = server.requests();
        let right = File::ALL.iter().all(|file| {
            let asked = requests.get(file.connection());
            asked.is_some_and(|request| file.is(&request.path))
        });
        if outcome.result == SyncResult::Updated && right {
            Ok(())
        } else {
            Err(format!("without a fault: {outcome:?}, {requests:?}"))
        }
    }

    /// The names of all faults; `secure` adds those that need an authority which the process knows.
    pub fn faults(secure: bool) -> impl Iterator<Item = &'static str> {
        let needs = |wrong: &Wrong| {
            matches!(
                wrong,
                Wrong::Unencrypted | Wrong::Certificate(_) | Wrong::Rude(_)
            )
        };
        FAULTS
            .iter()
            .filter(move |(_, wrong)| secure || !needs(wrong))
            .map(|(name, _)| *name)
    }

    fn reader(&self) -> Reader {
        Reader::open(copy(self.folder.path()), clock).with_patience(Patience {
            connect: PATIENCE,
            idle: PATIENCE,
            metadata: PATIENCE,
            pack: PATIENCE * 2,
            grace: PATIENCE,
            rate: 1024,
        })
    }

    /// Lets one fault happen to one file.
    ///
    /// # Errors
    /// What was promised and is not so.
    pub fn meet(&self, name: &str, file: File) -> Result<(), String> {
        let reader = self.reader();
        let server = self.server(name, file);
        reader.re_add(&self.feed, &server);
        let began = Instant::now();
        let outcome = reader.sync();
        let took = began.elapsed();
        let wrong = |what: &str| Err(format!("{name} at {file:?}: {what}: {outcome:?}"));
        if took > LIMIT {
            return wrong(&format!("took {took:?}"));
        }
        if outcome.received > BYTES {
            return wrong("takes in too much");
        }
        let updated = outcome.result == SyncResult::Updated;
        if reader.state() != *(if updated { &self.new } else { &self.old }) {
            return wrong("the state is neither the old nor the new one");
        }
        if !ends_as_it_may(name, file, &outcome) {
            return wrong("may not end so");
        }
        drop(server);
        reader.add(&self.feed);
        let next = reader.sync();
        let right = if updated {
            SyncResult::Unchanged
        } else {
            SyncResult::Updated
        };
        if next.result != right || reader.state() != self.new {
            return Err(format!("{name} at {file:?}: afterwards {next:?}"));
        }
        let staged = fs::read_dir(reader.folder.path().join("staging"));
        if staged.is_ok_and(|mut entries| entries.next().is_some()) {
            return wrong("something stays staged");
        }
        Ok(())
    }

    fn server(&self, name: &str, file: File) -> Server {
        let wrong = FAULTS.iter().find(|(known, _)| *known == name);
        let (_, wrong) = wrong.expect("the fault is known");
        let folder = self.feed.path().to_owned();
        let right = self.right.clone();
        let at = file.connection();
        match *wrong {
            Wrong::Answer(fault) => Server::start(&folder, only(file, folder.clone(), fault)),
            Wrong::Elsewhere => {
                let base = self.elsewhere.base();
                Server::start(&folder, move |request| {
                    if file.is(&request.path) {
                        moved(&format!("{base}{}", request.path))
                    } else {
                        Fault::None
                    }
                })
            }
            Wrong::Unencrypted => {
                let base = self.elsewhere.base();
                Server::greeting(
                    &folder,
                    "https",
                    move |_| Greeted::Securely(right.clone()),
                    move |request| {
                        if file.is(&request.path) {
                            moved(&format!("{base}{}", request.path))
                        } else {
                            Fault::None
                        }
                    },
                )
            }
            Wrong::Stale => {
                let first = self.first.path().to_owned();
                Server::start(&folder, move |request| {
                    if !file.is(&request.path) {
                        return Fault::None;
                    }
                    match earlier(&first, &request.path) {
                        Some(bytes) => Fault::Answer(200, String::new(), bytes),
                        None => answer(404),
                    }
                })
            }
            Wrong::Certificate(flaw) => {
                let bad = self.authority.server(flaw);
                Server::greeting(
                    &folder,
                    "https",
                    move |number| {
                        Greeted::Securely(if number < at {
                            right.clone()
                        } else {
                            bad.clone()
                        })
                    },
                    |_| Fault::None,
                )
            }
            Wrong::Rude(bytes) => Server::greeting(
                &folder,
                "https",
                move |number| {
                    if number < at {
                        Greeted::Securely(right.clone())
                    } else {
                        Greeted::Rudely(bytes.to_vec())
                    }
                },
                |_| Fault::None,
            ),
            Wrong::Refused => Server::greeting(
                &folder,
                "http",
                move |number| {
                    if number < at {
                        Greeted::Plainly
                    } else {
                        Greeted::Never
                    }
                },
                |_| Fault::None,
            ),
        }
    }
}

fn only(
    file: File,
    folder: PathBuf,
    fault: fn(&Request, &[u8]) -> Fault,
) -> impl Fn(&Request) -> Fault + Send + Sync {
    move |request| {
        if file.is(&request.path) {
            let bytes = fs::read(folder.join(&request.path)).unwrap_or_default();
            fault(request, &bytes)
        } else {
            Fault::None
        }
    }
}

/// The file of the same name, or of the same kind, in an earlier tree.
fn earlier(first: &std::path::Path, path: &str) -> Option<Vec<u8>> {
    let exact = first.join(path);
    if exact.exists() {
        return fs::read(exact).ok();
    }
    let (folder, name) = path.split_once('/')?;
    let ending = name.split_once('.')?.1;
    if ending == "root.json" {
        return None;
    }
    let mut entries = fs::read_dir(first.join(folder)).ok()?.flatten();
    let entry = entries.find(|entry| entry.file_name().to_string_lossy().ends_with(ending))?;
    fs::read(entry.path()).ok()
}

/// Whether a sync that met a fault may end like this.
fn ends_as_it_may(name: &str, file: File, outcome: &SyncOutcome) -> bool {
    // No next root is what usually is the case; the keys that sign the rest are the same here.
    let harmless = file == File::Root && ["404", "stale"].contains(&name);
    // A pack that breaks off is continued.
    let continued = file == File::Pack
        && ["cut at 50 %", "cut at 99 %", "reset", "range ignored"].contains(&name);
    match outcome.result {
        SyncResult::Updated => harmless || continued,
        // An old timestamp cannot be told from no news.
        SyncResult::Unchanged => file == File::Timestamp && name == "stale",
        _ => outcome.problem.is_some() && !harmless,
    }
}
