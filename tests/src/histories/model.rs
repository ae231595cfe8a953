//! G9: what should come of a sync, told from a few numbers, and the test that it does.
//!
//! The model knows of a feed: which generation is held, the highest ever applied, and the newest signature seen. From these and
//! from what lies at the address it foretells how a sync ends and what is held afterwards. It knows nothing of packs,
//! signatures, tables or the index.

use atlas_core::api::types::SyncResult;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::steps::{self, Time};
use super::world::World;

/// What the reader has of a feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Whether the user added it.
    pub added: bool,
    /// The generation in the catalog; zero for none.
    pub generation: u32,
    /// The highest generation ever applied.
    pub floor: u32,
    /// The version of the newest signature seen.
    pub seen: u64,
}

/// What lies at an address.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// Its generation.
    pub generation: u32,
    /// The version of its signatures.
    pub version: u64,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with what lies at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// It cannot be reached.
    Unreachable,
    /// Its signatures are not those of the feed.
    Untrusted,
    /// Its signatures are right and its packs are not.
    Packs,
    /// Its signatures are right and the state is another than the one that the reader has of the same generation.
    Fork,
}

impl Held {
    /// How a sync ends.
    pub fn sync(&mut self, offer: Offer, time: Time) -> SyncResult {
        match (time, offer.flaw) {
            (Time::Early, _) => SyncResult::ClockWrong,
            (_, Flaw::Unreachable) => SyncResult::Offline,
            (Time::Late, _) | (_, Flaw::Untrusted) => SyncResult::Refused,
            (Time::Right, _) => self.verified(offer),
        }
    }

    /// How an import ends.
    pub fn import(&mut self, offer: Offer, time: Time, consent: bool) -> SyncResult {
        match time {
            Time::Early => SyncResult::ClockWrong,
            Time::Late if offer.generation < self.floor => SyncResult::Refused,
            Time::Late if !consent => SyncResult::Expired,
            Time::Right | Time::Late => self.verified(offer),
        }
    }

    fn verified(&mut self, offer: Offer) -> SyncResult {
        if offer.version < self.seen {
            return SyncResult::Refused;
        }
        self.seen = offer.version;
        let leads_back = offer.generation < self.floor;
        let differs = offer.flaw == Flaw::Fork && offer.generation == self.floor;
        if leads_back || differs {
            SyncResult::Refused
        } else if offer.generation == self.generation {
            SyncResult::Unchanged
        } else if offer.flaw == Flaw::Packs {
            SyncResult::Refused
        } else {
            self.generation = offer.generation;
            self.floor = offer.generation;
            SyncResult::Updated
        }
    }

    /// The catalog is lost: floors and signatures are not.
    pub fn lose_catalog(&mut self) {
        self.generation = 0;
    }

    /// The floors are lost: what is known beside the records comes back, and nothing else.
    pub fn lose_trust(&mut self) {
        self.added &= self.generation > 0;
        self.floor = self.generation;
        self.seen = 0;
    }
}

/// Goes through so many histories of at most so many steps. Answers how many steps there were.
///
/// # Errors
/// The shortest history found in which the product does not do what the model foretells.
pub fn check(seed: u8, histories: u32, steps: usize) -> Result<u64, String> {
    let config = Config {
        cases: histories,
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let taken = std::cell::Cell::new(0);
    let done = runner.run(&steps::history(steps), |history| {
        let mut world = World::new();
        for (number, step) in history.iter().enumerate() {
            world.take(number, step);
            taken.set(taken.get() + 1);
        }
        Ok(())
    });
    match done {
        Ok(()) => Ok(taken.get()),
        Err(TestError::Fail(why, history)) => Err(format!("{why}\n{history:#?}")),
        Err(TestError::Abort(why)) => Err(why.to_string()),
    }
}
