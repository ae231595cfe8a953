//! Feeds as their reader relies on them: what is signed arrives, what is not leaves everything as it was.

mod addresses;
mod bundles;
mod faults;
mod http;
mod news;
mod private;
mod several;
mod steps;

use tests::feed::Feed;
use tests::fixtures::case;
pub use tests::reader::Reader;

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
