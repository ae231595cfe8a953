//! What may happen to a reader and its feeds, in any order.

use proptest::prelude::*;

/// One of the two feeds.
pub type Which = usize;

/// Something happens.
#[derive(Debug, Clone)]
pub enum Step {
    /// A new generation is published; the number chooses what changes.
    Publish(Which, u64),
    /// The root keys are exchanged.
    Rotate(Which),
    /// The reader syncs one feed.
    Sync(Which),
    /// The same, and the process is killed after so many signs of progress and started again.
    Killed(Which, usize),
    /// The feed is attacked and synced, then mended.
    Attack(Which, Attack),
    /// For one sync, the address serves the tree as it was so many publications ago.
    Serve(Which, usize),
    /// The tree of so many publications ago is imported, with or without consent to its age.
    Import(Which, usize, bool),
    /// The clock is set.
    Clock(Time),
    /// The product is closed and opened.
    Restart,
    /// The catalog is lost, and the product is started.
    LoseCatalog,
    /// The floors are lost, and the product is started.
    LoseTrust,
    /// The user removes the feed.
    Remove(Which),
    /// The user adds the feed.
    Add(Which),
}

/// What somebody does to a feed who does, or does not, hold its keys.
#[derive(Debug, Clone, Copy)]
pub enum Attack {
    /// The timestamp is signed by somebody else.
    Forged,
    /// The timestamp is not there.
    Gone,
    /// A byte of every pack is another.
    TornPacks,
    /// The files of the other feed lie there.
    Foreign,
    /// A new generation promises a state to which its packs do not lead.
    WrongDigest,
    /// The first generation is signed anew as the newest.
    Older,
    /// The newest generation is signed anew with other records.
    Fork,
}

/// What the reader's clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Weeks before everything was published.
    Early,
    /// As it should.
    Right,
    /// After the signatures ran out.
    Late,
}

/// A history of at most so many steps.
pub fn history(steps: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..=steps)
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..2_usize;
    let attack = prop_oneof![
        Just(Attack::Forged),
        Just(Attack::Gone),
        Just(Attack::TornPacks),
        Just(Attack::Foreign),
        Just(Attack::WrongDigest),
        Just(Attack::Older),
        Just(Attack::Fork),
    ];
    // Most of the time the clock is right, or there would be little to see.
    let time = prop_oneof![
        4 => Just(Time::Right),
        1 => Just(Time::Early),
        1 => Just(Time::Late),
    ];
    prop_oneof![
        4 => (which.clone(), any::<u64>()).prop_map(|(which, seed)| Step::Publish(which, seed)),
        1 => which.clone().prop_map(Step::Rotate),
        5 => which.clone().prop_map(Step::Sync),
        3 => (which.clone(), 0..10_usize).prop_map(|(which, at)| Step::Killed(which, at)),
        4 => (which.clone(), attack).prop_map(|(which, attack)| Step::Attack(which, attack)),
        2 => (which.clone(), 0..6_usize).prop_map(|(which, age)| Step::Serve(which, age)),
        2 => (which.clone(), 0..6_usize, any::<bool>())
            .prop_map(|(which, age, consent)| Step::Import(which, age, consent)),
        2 => time.prop_map(Step::Clock),
        1 => Just(Step::Restart),
        1 => Just(Step::LoseCatalog),
        1 => Just(Step::LoseTrust),
        1 => which.clone().prop_map(Step::Remove),
        2 => which.prop_map(Step::Add),
    ]
}
