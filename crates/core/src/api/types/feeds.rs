//! Feeds: where the catalog comes from, in what state each feed is, and what a sync did.
//!
//! Being offline, being refused and being too old are outcomes here, never errors: the catalog at hand stays
//! usable through all of them.
//!
//! Queries: `list_feeds(Nothing) -> FeedView[]`, `preview_feed(PreviewRequest) -> FeedPreview` (asks the network or a
//! file, changes nothing), `list_due_feeds(Nothing) -> string[]` (for the host's timer), `list_news(NewsRequest) ->
//! NewsPage`, `get_news_record(NewsRecordRequest) -> NewsRecord`. Mutations: `add_feed(AddFeed) -> FeedView[]`,
//! `set_feed_addresses(FeedAddresses) -> FeedView[]`, `remove_feed(FeedRequest) -> FeedView[]`; the switch of the daily check is the setting `auto_check`. Streaming jobs
//! beside `open`: `sync(SyncRequest) -> SyncReport` and `import_bundle(ImportRequest) -> SyncOutcome`, each telling
//! [`SyncProgress`] and stopping with the error `cancelled` when told so; nothing is changed then.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::Text;

/// A feed with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedView {
    /// Feed id.
    pub feed: String,
    /// Title, in the words of the feed.
    pub title: Text,
    /// The catalog that came with the product: it has no address, and no key of its own.
    pub bundled: bool,
    /// Base address or folder; empty for a feed that only comes by file.
    pub base: String,
    /// Further addresses of the same feed, tried in turn.
    pub mirrors: Vec<String>,
    /// The user allowed an address without encryption or inside the local network.
    pub local: bool,
    /// SHA-256 of the first root, as the user confirmed it; empty for the bundled catalog.
    pub fingerprint: String,
    /// Generation in the catalog; zero when none was applied yet.
    pub generation: u32,
    /// When that generation was published (ISO 8601).
    pub published: Option<String>,
    /// Records in the catalog.
    pub records: u32,
    /// In what state the feed is.
    pub state: FeedState,
    /// What went wrong at the last attempt; none after a success.
    pub problem: Option<Problem>,
    /// Whole days since the generation was published, by the clock of the machine.
    pub age_days: Option<u32>,
    /// Until when the publisher vouches for this generation being the newest (ISO 8601).
    pub expires: Option<String>,
    /// The generation was imported from a file after its date of expiry, with consent.
    pub imported_expired: bool,
    /// When the feed was last found current or updated (ISO 8601).
    pub last_success: Option<String>,
    /// When it was last tried (ISO 8601).
    pub last_attempt: Option<String>,
    /// When the next automatic check is due (ISO 8601); none while checks are off or there is no address.
    pub next_check: Option<String>,
    /// Everything that a sync tells the server.
    pub sends: Sends,
    /// The feed that this one continues and whose records it replaced.
    pub continues: Option<String>,
}

/// In what state a feed is: the one thing that a reader should know first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FeedState {
    /// The catalog that came with the product.
    Bundled,
    /// Nothing of it was ever applied.
    NeverSynced,
    /// The last attempt was refused; `problem` says why.
    Refused,
    /// The machine's clock is wrong, so nothing can be checked.
    ClockWrong,
    /// A newer version of the product is needed.
    AppTooOld,
    /// The publisher's word that this is the newest generation has run out.
    Expired,
    /// The last attempt did not reach the feed.
    Offline,
    /// The last attempt failed here, for want of disk space.
    DiskFull,
    /// Found current within the last two days.
    UpToDate,
    /// Not checked for longer; `age_days` says how old the generation is.
    Aged,
}

/// What a sync tells the server: nothing else leaves the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sends {
    /// Base addresses that are asked.
    pub addresses: Vec<String>,
    /// Version of the product, as named in each request.
    pub version: String,
    /// Generation at hand; it shows in which delta is asked for.
    pub generation: u32,
}

/// Why something about a feed did not work, with facts for the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// What kind of problem.
    pub code: ProblemCode,
    /// Facts: `role`, `expires`, `status`, `generation`, `stored`, `address`, `needs`, `free` …
    pub facts: BTreeMap<String, String>,
}

/// Why something about a feed did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The address cannot be reached: no network, no such host, connection refused.
    Unreachable,
    /// The connection broke off.
    Interrupted,
    /// The server is too slow.
    TooSlow,
    /// The server answered with an error; `status` tells which.
    ServerError,
    /// The encrypted connection could not be set up.
    Insecure,
    /// There is no feed at the address, in the folder or in the file.
    NoFeed,
    /// The machine's clock is earlier than it can be.
    ClockWrong,
    /// The feed needs a newer version of the product.
    AppTooOld,
    /// Not enough free disk space.
    DiskFull,
    /// A signature is missing or wrong; `role` tells which.
    Signature,
    /// Signed with keys that the publisher has replaced since, so older than what was seen before.
    ReplacedKeys,
    /// Older than what was seen before.
    Rollback,
    /// The generation at hand, with other content.
    SameGeneration,
    /// The publisher's signature has run out; `role` and `expires` tell which and when.
    Expired,
    /// Signed files that do not belong together, or are not what their signature says.
    Integrity,
    /// A signed file that cannot be read; often a web page in its place.
    Malformed,
    /// The feed at the address is another one.
    OtherFeed,
    /// A file is larger than allowed.
    TooLarge,
    /// A pack is not what the signed manifest says, or breaks the format.
    Pack,
    /// The result of applying is not what was signed.
    Digest,
    /// The server leads elsewhere.
    Redirected,
    /// The server changed the bytes on the way (content encoding).
    Encoded,
    /// The address leads into the local network, which was not allowed for this feed.
    PrivateAddress,
    /// The file holds a feed that was not added here; `feed` and `fingerprint` tell which.
    UnknownFeed,
    /// The file is no bundle, or damaged.
    Unreadable,
}

/// Asks what is at an address before the feed is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// Base address, folder, or path of a `.atlas` file.
    pub base: String,
    /// Allows an address without encryption or inside the local network.
    #[serde(default)]
    pub local: bool,
}

/// What is at an address: a verified feed, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedPreview {
    /// What was found. Also present beside a problem where the signatures are sound, as when they ran out.
    pub found: Option<FoundFeed>,
    /// Why it cannot be used as it is.
    pub problem: Option<Problem>,
}

/// A feed that was found and verified against its own root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundFeed {
    /// Feed id.
    pub feed: String,
    /// Title.
    pub title: Text,
    /// SHA-256 of its first root, to be compared with what the publisher says elsewhere.
    pub fingerprint: String,
    /// Keys that may sign the root, and how many of them must.
    pub root_keys: u32,
    /// Signatures needed for the root.
    pub root_threshold: u32,
    /// Generation.
    pub generation: u32,
    /// When it was published (ISO 8601).
    pub published: String,
    /// Records.
    pub records: u32,
    /// The feed that it continues and would replace.
    pub continues: Option<String>,
    /// A feed of that id is here already; with the same root unless `problem` is `other_feed`.
    pub known: bool,
    /// The address is without encryption or inside the local network, and must be allowed as such.
    pub local: bool,
}

/// Adds a feed whose fingerprint the user compared and confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddFeed {
    /// Base address or folder.
    pub base: String,
    /// Further addresses of the same feed.
    #[serde(default)]
    pub mirrors: Vec<String>,
    /// The confirmed fingerprint. What is found at the address must have it.
    pub fingerprint: String,
    /// Allows an address without encryption or inside the local network.
    #[serde(default)]
    pub local: bool,
}

/// Changes where a feed that is here is asked. What is trusted stays as it is: an address is believed only as far as what
/// it serves is signed for this feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeedAddresses {
    /// Feed id.
    pub feed: String,
    /// Base addresses or folders, in the order in which they are tried; none for a feed that only comes by file.
    pub addresses: Vec<String>,
    /// Allows addresses without encryption or inside the local network.
    #[serde(default)]
    pub local: bool,
}

/// Names a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeedRequest {
    /// Feed id.
    pub feed: String,
}
