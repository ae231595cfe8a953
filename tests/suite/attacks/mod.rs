//! Attacks on a feed, one test each, numbered as in `docs/feed.md`. Each is refused with its reason and leaves
//! everything as it was.

mod bundle;
mod content;
mod trust;
mod values;

use atlas_core::api::types::{ProblemCode, SyncResult};
use serde_json::Value;
use tests::feed::Feed;
use tests::feed::keys::{Key, envelope};
use tests::fixtures::case;

use crate::feeds::{Reader, two};

/// A reader at the first generation, and the feed with an honest second one.
fn second() -> (Feed, Reader) {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    feed.put(&case("c", "health", "rnd", "44"));
    feed.publish();
    (feed, reader)
}

/// The second generation with something wrong is refused, and once that is mended it is accepted: nothing but the
/// attack stood in the way.
fn refused(code: ProblemCode, attack: impl FnOnce(&mut Feed)) {
    let (mut feed, reader) = second();
    let honest = feed.files();
    attack(&mut feed);
    reader.refused(code);
    for (path, _) in feed.files() {
        feed.remove_file(&path);
    }
    for (path, bytes) in honest {
        feed.write(&path, &bytes);
    }
    reader.synced(SyncResult::Updated);
}

/// Writes a role of the second generation with other signatures.
fn sign_with(feed: &Feed, role: &str, keys: &[&Key]) {
    let signed = signed_of(feed, role);
    feed.write(&path_of(feed, role), &envelope(signed, keys));
}

fn signed_of<'a>(feed: &'a Feed, role: &str) -> &'a Value {
    match role {
        "targets" => &feed.roles.targets,
        "snapshot" => &feed.roles.snapshot,
        _ => &feed.roles.timestamp,
    }
}

fn path_of(feed: &Feed, role: &str) -> String {
    match role {
        "timestamp" => "tuf/timestamp.json".to_owned(),
        role => format!("tuf/{}.{role}.json", signed_of(feed, role)["version"]),
    }
}
