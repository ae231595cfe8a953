//! Requests and answers of the command table. Data only: codes, ids, numbers, facts; never prose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Code, Date, Kind, Record, RecordRef, Status, Target, Text};

/// A request without arguments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(type = "{ [key in string]: never }")]
pub struct Nothing {}

/// What to search for. All parts narrow: kinds and filters are ANDed, values of one filter are ORed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct SearchRequest {
    /// Text of the query box: words, `"literals"`, `field:value` filters, `-not`. At most 512 characters.
    pub text: String,
    /// Facet id → codes. The facet `kind` holds record kinds.
    pub filters: BTreeMap<String, Vec<String>>,
    /// Order of the rows.
    pub sort: Sort,
    /// Rows to skip; at most 10,000.
    pub offset: u32,
    /// Rows wanted; at most 200. Zero asks for counts alone.
    pub limit: u32,
    /// Facets to count; empty asks for none.
    pub facets: Vec<String>,
}

/// Order of search results. Ties always break on the reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By score; without query text by evidence.
    #[default]
    Relevance,
    /// By date of the newest fact, newest first; records without a date last.
    Updated,
    /// By name: stored pinyin, Latin names among them.
    Name,
    /// By evidence: verification status, then number of sources and linked cases.
    Evidence,
}

/// One page of search results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchPage {
    /// Records that match.
    pub total: u32,
    /// Records that would match without any filter; tells "filtered out" from "no hits".
    pub unfiltered: u32,
    /// How far the query had to be relaxed.
    pub relaxed: Relaxed,
    /// How the query text was understood.
    pub query: ParsedQuery,
    /// The rows.
    pub rows: Vec<Row>,
    /// Counts, in the order asked for.
    pub facets: Vec<Facet>,
}

/// How far a query was relaxed until something matched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relaxed {
    /// Every word had to match.
    #[default]
    All,
    /// Most of the words had to match.
    Most,
    /// Any word was enough.
    Any,
}

/// A query text, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParsedQuery {
    /// Free words.
    pub words: Vec<String>,
    /// Quoted literals.
    pub literals: Vec<String>,
    /// Words that must not occur.
    pub excluded: Vec<String>,
    /// Filters written in the text.
    pub filters: BTreeMap<String, Vec<String>>,
    /// Parts that look like a filter but name no facet, or are beyond the limits; they were ignored or read as words.
    pub ignored: Vec<String>,
    /// The Latin words were read as pinyin.
    pub pinyin: bool,
    /// Words replaced because nothing matched: `[typed, used]`.
    pub corrected: Vec<(String, String)>,
}

/// A piece of text, marked where the query matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Span {
    /// The text.
    pub t: String,
    /// Whether it matched.
    pub m: bool,
}

/// One record in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Row {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its kind.
    pub kind: Kind,
    /// Name in both languages.
    pub name: Text,
    /// Name marked where the query matched, in the language that it matched in (Chinese first).
    pub title: Vec<Span>,
    /// A piece of the text that matched, where the name alone does not explain the hit.
    pub snippet: Vec<Span>,
    /// Whether every word of the query occurs.
    pub exact: bool,
    /// Strongest verification status.
    pub status: Status,
    /// Who: enterprise, provider, developer, host, buyer or issuer in the words of the source.
    pub who: Option<String>,
    /// Industry groups.
    pub industry_group: Vec<Code>,
    /// Process stages.
    pub stage: Vec<Code>,
    /// Techniques.
    pub technique: Vec<Code>,
    /// Regions.
    pub region: Vec<Code>,
    /// City, as printed.
    pub city: Option<String>,
    /// Date of the newest fact.
    pub date: Option<Date>,
    /// Need: deadline; scenario: valid until.
    pub until: Option<Date>,
    /// Need: budget as printed; solution: price.
    pub amount: Option<String>,
    /// Fields concluded, not printed.
    pub inferred: Vec<String>,
    /// Something about it is doubtful.
    pub doubtful: bool,
    /// Number of sources.
    pub sources: u32,
    /// Number of outcomes.
    pub outcomes: u32,
    /// Number of links in both directions.
    pub links: u32,
    /// Whether it is among the favourites.
    pub favourite: bool,
}

/// Counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Facet {
    /// Facet id, which is also the taxonomy that names its codes.
    pub id: String,
    /// Codes with counts, most frequent first, then by code. Counts ignore the facet's own selection.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FacetValue {
    /// Code; `none` stands for records that state nothing.
    pub code: String,
    /// Records.
    pub count: u32,
}

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordRequest {
    /// Reference `feed/kind/id`.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
}

/// A record with what surrounds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordView {
    /// Reference.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The record.
    pub record: Record,
    /// Links in both directions, forward ones first.
    pub links: Vec<LinkView>,
    /// Lists on which it stands: `list/<id>` → name.
    pub lists: BTreeMap<String, Text>,
    /// Similar records of the same kind, best first.
    pub similar: Vec<Row>,
    /// Industry groups derived from the industries.
    pub industry_group: Vec<Code>,
    /// Whether it is among the favourites.
    pub favourite: bool,
    /// The record is no longer in the catalog: what is shown is the copy kept with the favourite.
    pub gone: bool,
}

/// A link as seen from one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkView {
    /// Relation code.
    pub rel: Code,
    /// From this record to the other; otherwise the other points here.
    pub forward: bool,
    /// The other record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Kind of the other record.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
    /// Clause, when the other record is a document.
    pub clause: Option<String>,
}

/// Which panorama.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct PanoramaRequest {
    /// Only this kind; all kinds but documents and lists when absent.
    pub kind: Option<Kind>,
    /// Only this action of the AI+ action (`1` … `6`).
    pub action: Option<Code>,
}

/// Industry × process stage, regions, kinds. Every record counts once: under its first industry
/// group, its first stage and its first region, or under `none`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Panorama {
    /// Records counted.
    pub total: u32,
    /// Industry groups, in taxonomy order; codes that no taxonomy knows; `none` last.
    pub rows: Vec<String>,
    /// Process stages, likewise.
    pub columns: Vec<String>,
    /// Cells by row and column.
    pub cells: Vec<Vec<Cell>>,
    /// Region code → records; `none` for those without.
    pub regions: BTreeMap<String, u32>,
    /// Records per kind in the whole catalog, whatever the request.
    pub kinds: BTreeMap<String, u32>,
}

/// A cell of the panorama.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Cell {
    /// Records whose industry and stage are both printed by the source (or not stated).
    pub printed: u32,
    /// Records of which at least one of the two was concluded.
    pub inferred: u32,
}

/// A policy target beside what the catalog holds. This compares nothing with national progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetView {
    /// The document that sets it.
    pub document: RecordRef,
    /// Name of the document.
    pub name: Text,
    /// Document number.
    pub doc_number: Option<String>,
    /// The target.
    pub target: Target,
    /// Records that the catalog holds for the target's filter query.
    pub held: Option<u32>,
}

/// The state of the data folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppStatus {
    /// Version of the product.
    pub version: String,
    /// Feeds.
    pub feeds: Vec<FeedStatus>,
    /// Local revision of the catalog; grows with every change.
    pub revision: u32,
    /// Records per kind, including kinds that this version does not show.
    pub records: BTreeMap<String, u32>,
    /// Search index.
    pub index: IndexStatus,
    /// Where everything lies.
    pub paths: BTreeMap<String, String>,
    /// What happened while opening, newest last.
    pub notices: Vec<Notice>,
    /// The folder was opened beside another process: reading only.
    pub read_only: bool,
}

/// The state of one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedStatus {
    /// Feed id.
    pub feed: String,
    /// Title.
    pub title: Text,
    /// Generation.
    pub generation: u32,
    /// Digest of the whole state, `sha256-buckets-1`, hexadecimal.
    pub digest: String,
    /// When the generation was published (ISO 8601).
    pub published: String,
    /// Records.
    pub records: u32,
}

/// The state of the search index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndexStatus {
    /// Documents in it.
    pub documents: u32,
    /// Revision it shows.
    pub revision: u32,
    /// Versions of schema, analyzer and lexicon.
    pub stamp: String,
}

/// Something that happened and that the user should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// What happened.
    pub code: NoticeCode,
    /// Facts: paths, counts.
    pub facts: BTreeMap<String, String>,
}

/// What can happen while a data folder is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// The bundled catalog was imported into an empty folder.
    CatalogImported,
    /// The bundled catalog is newer than the one at hand and replaced it.
    CatalogUpdated,
    /// The catalog was damaged or of another version and was rebuilt; the old file was kept aside.
    CatalogRepaired,
    /// The index did not fit the catalog and was rebuilt.
    IndexRebuilt,
    /// `user.db` was damaged; the newest verified backup was put in its place, the damaged file kept.
    UserRestored,
    /// `user.db` is damaged and there is no backup; it was kept aside and an empty one begun.
    UserDamaged,
    /// The rollback floors were damaged and were begun anew.
    TrustReset,
}

/// Progress of a long job. `total` is zero while unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// Phases of a long job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Checking hash and size.
    Verify,
    /// Writing records.
    Apply,
    /// Building the search index.
    Index,
}

/// Settings that the user may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// `zh-CN` or `en`; empty follows the system.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Zoom in percent, 80–200.
    pub zoom: u32,
    /// Last address of the window, restored at start.
    pub address: String,
    /// Rows as `table` or `cards`.
    pub view: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: String::new(),
            theme: "system".to_owned(),
            zoom: 100,
            address: String::new(),
            view: "table".to_owned(),
        }
    }
}

/// A change of the user's own data. Applying one returns its inverse, which undoes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Changes one setting; the value is checked against what the setting allows.
    SetSetting {
        /// Field of [`Settings`].
        key: String,
        /// New value as JSON.
        #[ts(type = "unknown")]
        value: serde_json::Value,
    },
    /// Adds a favourite, with a whole copy of the record as it is now.
    AddFavourite {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Removes a favourite.
    RemoveFavourite {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Puts a removed favourite back as it was (the inverse of a removal).
    RestoreFavourite {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// When it was added (ISO 8601).
        added: String,
        /// The copy of the record kept with it.
        copy: String,
    },
}

/// Which kinds of user data an edit changed; screens re-read what they show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changes {
    /// Settings.
    pub settings: bool,
    /// Favourites.
    pub favourites: bool,
    /// Steps that can be undone.
    pub undo: u32,
    /// Steps that can be redone.
    pub redo: u32,
}

/// A favourite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Favourite {
    /// When it was added (ISO 8601).
    pub added: String,
    /// The record; from the kept copy when it is gone from the catalog.
    pub row: Row,
    /// No longer in the catalog.
    pub gone: bool,
}

/// The last lines of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogTail {
    /// Lines, oldest first.
    pub lines: Vec<String>,
}

/// Why a command failed. A code exists only where a screen or the terminal acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request does not fit the command; facts say where.
    BadRequest,
    /// No such record.
    NotFound,
    /// The catalog is not there yet (first run not finished).
    CatalogMissing,
    /// Another process holds the data folder.
    FolderInUse,
    /// The data folder cannot be written.
    FolderReadOnly,
    /// The disk is full.
    DiskFull,
    /// A file was written by a newer version.
    TooNew,
    /// A file is damaged and could not be repaired.
    Damaged,
    /// The user cancelled.
    Cancelled,
    /// A fault of the product.
    Internal,
}

/// An error as it crosses the boundary: a code and facts, no prose. `trace` is for logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiError {
    /// What kind of failure.
    pub code: ErrorCode,
    /// Facts for the text: `path`, `field`, `limit` …
    pub facts: BTreeMap<String, String>,
    /// Cause chain for logs and "copy details".
    pub trace: String,
}
