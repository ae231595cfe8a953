//! Two feeds and a reader to which anything may happen, beside the model that foretells what comes of it.

use std::cell::Cell;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::{
    self,
    types::{ProblemCode, SyncRequest},
};
use serde_json::json;

use super::model::{Flaw, Held, Offer};
use super::pairs::copy;
use super::published::Published;
use super::steps::{Attack, Step, Time, Which};
use crate::feed::packs::Records;
use crate::feed::{
    keys::{Key, envelope},
    packs,
};
use crate::reader::Reader;

thread_local! {
    static TIME: Cell<Time> = const { Cell::new(Time::Right) };
}

/// The reader's clock.
fn clock() -> String {
    let time = match TIME.get() {
        Time::Early => "2026-11-01T08:00:00Z",
        Time::Right => "2026-11-23T08:00:00Z",
        Time::Late => "2026-12-20T08:00:00Z",
    };
    time.to_owned()
}

/// Everything there is.
pub struct World {
    feeds: [Published; 2],
    reader: Option<Reader>,
}

impl Default for World {
    fn default() -> Self {
        TIME.set(Time::Right);
        let reader = Reader::at(clock);
        let favourite = json!({ "edit": "add_favourite", "ref": "fixture/case/bundled" });
        api::mutate(&reader.app, "transact", favourite).expect("an edit is taken");
        let mut world = Self {
            feeds: [Published::new("north", 1), Published::new("south", 2)],
            reader: Some(reader),
        };
        world.add(0);
        world
    }
}

impl World {
    /// Two feeds of one generation, of which one is added, and nothing is synced.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a step and compares everything with the model.
    pub fn take(&mut self, number: usize, step: &Step) {
        let before = self.feeds.each_ref().map(|published| published.held);
        self.step(step);
        for (published, before) in self.feeds.iter().zip(before) {
            let what = format!("step {number} {step:?}: {}", published.feed.id);
            let lost = matches!(step, Step::LoseCatalog | Step::Remove(_));
            assert!(
                lost || published.held.generation >= before.generation,
                "{what}: the generation fell"
            );
            self.compare(&what, published);
        }
        let favourites = self.reader().query("list_favourites", json!({}));
        let count = favourites.as_array().map(Vec::len);
        assert_eq!(
            count,
            Some(1),
            "step {number} {step:?}: the user's own data"
        );
    }

    fn reader(&self) -> &Reader {
        self.reader.as_ref().expect("between steps it is open")
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Publish(which, seed) => self.feeds[which].publish(seed),
            Step::Rotate(which) => {
                // Keys are made of a byte.
                if self.feeds[which].feed.root["version"].as_u64() < Some(4) {
                    self.feeds[which].feed.rotate();
                    self.feeds[which].keep();
                }
            }
            Step::Sync(which) => self.sync(which, self.feeds[which].offer(Flaw::None)),
            Step::Killed(which, at) => self.killed(which, at),
            Step::Attack(which, attack) => self.attack(which, attack),
            Step::Serve(which, age) => self.serve(which, age),
            Step::Import(which, age, consent) => self.import(which, age, consent),
            Step::Clock(time) => TIME.set(time),
            Step::Restart => self.restart(&[]),
            Step::LoseCatalog => {
                self.restart(&["catalog.db", "catalog.db-wal", "catalog.db-shm"]);
                self.feeds
                    .iter_mut()
                    .for_each(|feed| feed.held.lose_catalog());
            }
            Step::LoseTrust => {
                self.restart(&["trust.db", "trust.db-wal", "trust.db-shm"]);
                for which in [0, 1] {
                    self.feeds[which].held.lose_trust();
                    self.point_home(which);
                }
            }
            Step::Remove(which) => {
                if self.feeds[which].held.added {
                    let request = json!({ "feed": self.feeds[which].feed.id });
                    api::mutate(&self.reader().app, "remove_feed", request)
                        .expect("a feed can be removed");
                    self.feeds[which].held = Held::default();
                }
            }
            Step::Add(which) => self.add(which),
        }
    }

    fn add(&mut self, which: Which) {
        // A feed is looked at before it is added, which needs a clock that is right.
        if !self.feeds[which].held.added && TIME.get() == Time::Right {
            self.reader().add(&self.feeds[which].feed);
            self.feeds[which].held.added = true;
        }
    }

    fn sync(&mut self, which: Which, offer: Offer) {
        let published = &mut self.feeds[which];
        if published.held.added {
            let foretold = published.held.sync(offer, TIME.get());
            let id = published.feed.id.clone();
            let outcome = self.reader().sync_of(&[&id]);
            assert_eq!(outcome.result, foretold, "{outcome:?}");
            // What leads back is refused before any of it is fetched.
            let code = outcome.problem.as_ref().map(|problem| problem.code);
            let of_packs = matches!(code, Some(ProblemCode::Pack | ProblemCode::Digest));
            assert!(!of_packs || offer.flaw == Flaw::Packs, "{outcome:?}");
        }
    }

    /// The folder is copied in the middle of the work, as a kill would leave it, and the copy goes on.
    fn killed(&mut self, which: Which, at: usize) {
        let published = &self.feeds[which];
        if !published.held.added {
            return;
        }
        let offer = published.offer(Flaw::None);
        let request = SyncRequest {
            feeds: vec![published.feed.id.clone()],
        };
        let reader = self.reader.take().expect("between steps it is open");
        let (mut left, mut ticks) = (None, 0);
        let _ = reader.app.sync(&request, &mut |_| {
            if ticks == at {
                left = Some(copy(reader.folder.path()));
            }
            ticks += 1;
            if left.is_some() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let left = left.unwrap_or_else(|| copy(reader.folder.path()));
        drop(reader);
        let reader = Reader::open(left, clock);
        let held = generation_of(&reader, &request.feeds[0]);
        let mut after = self.feeds[which].held;
        after.sync(offer, TIME.get());
        let before = self.feeds[which].held.generation;
        assert!(
            held == before || held == after.generation,
            "killed between {before} and {}: {held}",
            after.generation
        );
        self.feeds[which].held.generation = held;
        self.feeds[which].held.floor = self.feeds[which].held.floor.max(held);
        self.reader = Some(reader);
        // Whatever was under way ends well the next time.
        self.sync(which, offer);
        let floor = self.feeds[which].held.floor;
        if floor_of(self.reader(), &request.feeds[0]) != floor {
            // Killed between the catalog and the floor, then refused: the catalog itself is the floor meanwhile.
            assert_eq!(held, floor, "the floor follows the catalog");
            assert!(TIME.get() != Time::Right, "a sync raises the floor");
            self.feeds[which].held.floor = floor_of(self.reader(), &request.feeds[0]);
        }
    }

    fn attack(&mut self, which: Which, attack: Attack) {
        let other = self.feeds[1 - which].feed.base();
        let published = &mut self.feeds[which];
        let feed = &mut published.feed;
        let flaw = match attack {
            Attack::Forged => {
                let bytes = envelope(&feed.roles.timestamp, &[&Key::new(99)]);
                feed.write("tuf/timestamp.json", &bytes);
                Flaw::Untrusted
            }
            Attack::Gone => {
                feed.remove_file("tuf/timestamp.json");
                Flaw::Unreachable
            }
            Attack::TornPacks => {
                for (path, mut bytes) in feed.files() {
                    if path.starts_with("packs/") {
                        let middle = bytes.len() / 2;
                        bytes[middle] ^= 1;
                        feed.write(&path, &bytes);
                    }
                }
                Flaw::Packs
            }
            Attack::Foreign => {
                self.point(which, &other);
                self.sync(which, self.feeds[which].offer(Flaw::Untrusted));
                return self.point_home(which);
            }
            Attack::WrongDigest => {
                return self.promise(which, self.feeds[which].feed.generation + 1, Flaw::Packs);
            }
            Attack::Older => return self.promise(which, 1, Flaw::None),
            // Somebody who has not seen the generation yet cannot tell.
            Attack::Fork if published.held.floor < feed.generation => return,
            Attack::Fork => {
                let generation = feed.generation;
                return self.promise(which, generation, Flaw::Fork);
            }
        };
        self.sync(which, self.feeds[which].offer(flaw));
        self.feeds[which].restore();
    }

    /// The holder of the keys promises what was not published, and later signs what was.
    fn promise(&mut self, which: Which, generation: u32, flaw: Flaw) {
        let published = &mut self.feeds[which];
        let honest = published.feed.manifest.clone();
        let records = match flaw {
            Flaw::None => published.records(generation),
            _ => Records::new(),
        };
        let feed = &mut published.feed;
        let snapshot = packs::snapshot(&feed.id, generation, &records);
        feed.manifest["gen"] = json!(generation);
        feed.manifest["deltas"] = json!([]);
        feed.manifest["snapshot"] = json!([feed.add_pack(&snapshot)]);
        if flaw != Flaw::Packs {
            feed.manifest["state"] = packs::state(&records);
        }
        feed.sign_manifest();
        let version = published.version();
        self.sync(
            which,
            Offer {
                generation,
                version,
                flaw,
            },
        );
        let published = &mut self.feeds[which];
        published.feed.manifest = honest;
        published.feed.sign_manifest();
        published.keep();
    }

    fn serve(&mut self, which: Which, age: usize) {
        let (path, offer) = self.earlier(which, age);
        self.point(which, &path);
        self.sync(which, offer);
        self.point_home(which);
    }

    fn import(&mut self, which: Which, age: usize, consent: bool) {
        let (path, offer) = self.earlier(which, age);
        let published = &mut self.feeds[which];
        if published.held.added {
            let foretold = published.held.import(offer, TIME.get(), consent);
            let more = json!({ "allow_expired": consent });
            let outcome = self.reader().import(Path::new(&path), &more);
            assert_eq!(outcome.result, foretold, "{outcome:?}");
        }
    }

    fn earlier(&self, which: Which, age: usize) -> (String, Offer) {
        let trees = &self.feeds[which].trees;
        let tree = &trees[trees.len() - 1 - age.min(trees.len() - 1)];
        let offer = Offer {
            generation: tree.generation,
            version: tree.version,
            flaw: Flaw::None,
        };
        (tree.folder.path().display().to_string(), offer)
    }

    fn point(&self, which: Which, base: &str) {
        if self.feeds[which].held.added {
            self.reader()
                .with_addresses(&self.feeds[which].feed, base, &[]);
        }
    }

    fn point_home(&self, which: Which) {
        self.point(which, &self.feeds[which].feed.base());
    }

    fn restart(&mut self, lost: &[&str]) {
        let reader = self.reader.take().expect("between steps it is open");
        drop(reader.app);
        for name in lost {
            let _ = fs::remove_file(reader.folder.path().join(name));
        }
        self.reader = Some(Reader::open(reader.folder, clock));
    }

    fn compare(&self, what: &str, published: &Published) {
        let (feed, held) = (&published.feed, &published.held);
        let reader = self.reader();
        let records = published.records(held.generation);
        assert_eq!(generation_of(reader, &feed.id), held.generation, "{what}");
        assert_eq!(floor_of(reader, &feed.id), held.floor, "{what}: floor");
        let state = reader.state();
        let status = state["feeds"].as_array().into_iter().flatten();
        let digest = status
            .filter(|status| status["feed"] == feed.id.as_str())
            .map(|status| status["digest"].clone())
            .next();
        let signed = (held.generation > 0).then(|| packs::state(&records)["digest"].clone());
        assert_eq!(digest, signed, "{what}: digest");
        assert!(reader.stored(&feed.id) == records, "{what}: records");
        let mut shown: Vec<String> = records
            .keys()
            .filter(|(kind, _)| kind != "exhibit")
            .map(|(kind, id)| format!("{}/{kind}/{id}", feed.id))
            .collect();
        shown.sort();
        assert_eq!(reader.found(&feed.id), shown, "{what}: search");
    }
}

fn generation_of(reader: &Reader, feed: &str) -> u32 {
    let status = reader.query("get_status", json!({}));
    let feeds = status["feeds"].as_array().into_iter().flatten();
    let generation = feeds
        .filter(|status| status["feed"] == feed)
        .find_map(|status| status["generation"].as_u64());
    generation.unwrap_or(0) as u32
}

fn floor_of(reader: &Reader, feed: &str) -> u32 {
    let path = reader.folder.path().join("trust.db");
    let connection = rusqlite::Connection::open(path).expect("the floors can be read");
    connection
        .query_row(
            "select max(generation) from floor where feed = ?",
            [feed],
            |row| row.get::<_, Option<u32>>(0),
        )
        .expect("the floors can be read")
        .unwrap_or(0)
}
