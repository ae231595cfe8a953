//! G5: every fault of a network and its servers, at every file that a sync asks for.
//!
//! Whatever happens, the state is the old one or the new one, the sync ends within its limits, and as soon as the fault is
//! over the next sync ends well and leaves nothing behind.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use atlas_core::api::types::{SyncOutcome, SyncResult};
use atlas_core::feed::limits::Patience;
use rustls::ServerConfig;
use serde_json::Value;
use tempfile::TempDir;

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

/// A file of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// The next root.
    Root,
    /// The timestamp.
    Timestamp,
    /// The signed snapshot file.
    Snapshot,
    /// The manifest.
    Manifest,
    /// The delta.
    Pack,
}

impl File {
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Self; 5] = [
        Self::Root,
        Self::Timestamp,
        Self::Snapshot,
        Self::Manifest,
        Self::Pack,
    ];

    fn is(self, path: &str) -> bool {
        match self {
            Self::Root => path == "tuf/2.root.json",
            Self::Timestamp => path == "tuf/timestamp.json",
            Self::Snapshot => path.ends_with(".snapshot.json"),
            Self::Manifest => path.starts_with("targets/"),
            Self::Pack => path.starts_with("packs/"),
        }
    }

    /// Which connection asks for it: between these lie a third root, which is not there, and the targets.
    fn connection(self) -> usize {
        match self {
            Self::Root => 0,
            Self::Timestamp => 2,
            Self::Snapshot => 3,
            Self::Manifest => 5,
            Self::Pack => 6,
        }
    }
}

/// How something goes wrong: in the answer, or before anything can be asked.
enum Wrong {
    /// From the request and the bytes of the right answer.
    Answer(fn(&Request, &[u8]) -> Fault),
    /// As if from the server at this address of another kind.
    Elsewhere,
    /// The file as it was before.
    Stale,
    /// An encrypted server sends the reader to one that is not.
    Unencrypted,
    /// A certificate.
    Certificate(Flaw),
    /// Bytes in place of a secure connection.
    Rude(&'static [u8]),
    /// Nobody listens any more.
    Refused,
}

fn answer(status: u16) -> Fault {
    Fault::Answer(status, String::new(), Vec::new())
}

fn moved(to: &str) -> Fault {
    Fault::Answer(302, format!("Location: {to}\r\n"), Vec::new())
}

/// The faults by name.
const FAULTS: &[(&str, Wrong)] = &[
    (
        "circle",
        Wrong::Answer(|request, _| moved(&format!("/{}", request.path))),
    ),
    ("other host", Wrong::Elsewhere),
    (
        "other scheme",
        Wrong::Answer(|request, _| moved(&format!("https://127.0.0.1/{}", request.path))),
    ),
    ("https to http", Wrong::Unencrypted),
    ("304 unasked", Wrong::Answer(|_, _| answer(304))),
    ("403", Wrong::Answer(|_, _| answer(403))),
    ("404", Wrong::Answer(|_, _| answer(404))),
    (
        "429",
        Wrong::Answer(|_, _| Fault::Answer(429, "Retry-After: 60\r\n".to_owned(), Vec::new())),
    ),
    ("500", Wrong::Answer(|_, _| answer(500))),
    ("503", Wrong::Answer(|_, _| answer(503))),
    (
        "a page",
        Wrong::Answer(|_, _| {
            Fault::Answer(
                200,
                "Content-Type: text/html\r\n".to_owned(),
                b"<html>log in</html>".to_vec(),
            )
        }),
    ),
    ("empty", Wrong::Answer(|_, _| answer(200))),
    (
        "cut at 1 %",
        Wrong::Answer(|_, file| Fault::Cut(file.len() / 100)),
    ),
    (
        "cut at 50 %",
        Wrong::Answer(|_, file| Fault::Cut(file.len() / 2)),
    ),
    (
        "cut at 99 %",
        Wrong::Answer(|_, file| Fault::Cut(file.len() * 99 / 100)),
    ),
    ("too long", Wrong::Answer(|_, _| Fault::Longer(300_000))),
    ("length too small", Wrong::Answer(|_, _| Fault::Length(-1))),
    ("length too large", Wrong::Answer(|_, _| Fault::Length(100))),
    (
        "encoded",
        Wrong::Answer(|_, _| Fault::Headers("Content-Encoding: gzip\r\n".to_owned())),
    ),
    (
        "drip",
        Wrong::Answer(|_, _| Fault::Drip(Duration::from_millis(60))),
    ),
    ("stall", Wrong::Answer(|_, _| Fault::Stall)),
    ("reset", Wrong::Answer(|_, _| Fault::Reset)),
    ("endless", Wrong::Answer(|_, _| Fault::Endless)),
    (
        "garbage",
        Wrong::Answer(|_, _| Fault::Raw(b"\x16\x03\x01 no http".to_vec())),
    ),
    ("stale", Wrong::Stale),
    (
        "range ignored",
        Wrong::Answer(|request, file| match request.nth {
            0 => Fault::Cut(file.len() / 2),
            _ => Fault::NoRange,
        }),
    ),
    ("wrong range", Wrong::Answer(|_, _| Fault::WrongRange)),
    ("refused", Wrong::Refused),
    ("expired certificate", Wrong::Certificate(Flaw::Expired)),
    ("unknown certificate", Wrong::Certificate(Flaw::SelfSigned)),
    ("other's certificate", Wrong::Certificate(Flaw::OtherName)),
    // "protocol version", as a server says it that speaks TLS 1.0 at best.
    ("old TLS", Wrong::Rude(b"\x15\x03\x01\x00\x02\x02\x46")),
    ("no TLS", Wrong::Rude(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
];

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
