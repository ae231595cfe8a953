//! Requests and answers of the command table. Data only: codes, ids, numbers, facts; never prose.

mod audit;
mod backups;
mod error;
mod export;
mod feeds;
mod form;
mod lists;
mod markdown;
mod matching;
mod news;
mod own;
mod panorama;
mod portfolio;
mod reading;
mod record;
mod search;
mod status;
mod submission;
mod sync;
mod tables;
mod user;
mod work;

pub use audit::{AuditLine, BackupReason, Deleted, Event};
pub use backups::{
    BackupRequest, BackupView, BackupsRequest, ForgetRequest, Forgotten, RestorePreview,
};
pub use error::{ApiError, ErrorCode};
pub use export::{ExportPreview, ExportProgress, ExportRequest, ExportWhat, Exported};
pub use feeds::{
    AddFeed, FeedAddresses, FeedPreview, FeedRequest, FeedState, FeedView, FoundFeed,
    PreviewRequest, Problem, ProblemCode, Sends,
};
pub use form::{Field, Shape};
pub use lists::{
    Annotation, AnnotationView, KeptDraft, KeptRecord, ListRequest, ListRow, ListView, NeedDraft,
    ReadNoteRequest, SearchRow, SeenSearchRequest, StoredList, StoredMember, StoredSearch, TagRow,
    TaggedRequest,
};
pub use markdown::{Block, Inline, Item};
pub use matching::{
    Assumption, Contribution, Counterfactual, CriterionUse, EvidencePath, ExplainRequest, Match,
    MatchAnswer, MatchFact, MatchRecord, MatchRequest, MatchState, MatchTarget, MatchedWord,
    NeedChange, OfferRequest, Preset, Roadmap, RoadmapPhase, RoadmapStep, RoadmapSupport, Sides,
    Unjudged, Weighing,
};
pub use news::{
    Change, FieldChange, NewsEntry, NewsPage, NewsRecord, NewsRecordRequest, NewsRequest, NewsSync,
};
pub use own::{
    Corrected, Correction, Draft, DraftCheck, DraftRequest, Fault, FaultCode, Overlay, OwnForm,
    OwnPage, OwnRequest, OwnRow, OwnSort, Quality, QualityCriterion, QualityGrade, QualityPoint,
    TrashEntry, TrashPage, TrashRequest,
};
pub use panorama::{Cell, Panorama, PanoramaRequest, TargetView};
pub use portfolio::{
    Assigned, Portfolio, PortfolioCount, PortfolioLoad, PortfolioNeed, PortfolioPair,
    PortfolioPlan, PortfolioProvider, ShortReason,
};
pub use reading::{Chip, ElementState, NeedElement, NeedReading, ReadNeedRequest, TextRange};
pub use record::{ContactPart, ContactView, LinkView, RecordRequest, RecordView, Revision};
pub use search::{
    Facet, FacetValue, ParsedQuery, Relaxed, Row, SearchPage, SearchRequest, Sort, Span, Twin,
};
pub use status::{
    AppStatus, FeedStatus, IndexStatus, LogTail, Notice, NoticeCode, Phase, Progress,
};
pub use submission::{
    ExportSubmissionRequest, ExportedSubmission, ImportReceiptRequest, LeavingRecord,
    PreviewSubmissionRequest, ReceiptView, SubmissionRow, SubmissionState, Submissions,
};
pub use sync::{
    FailedAddress, ImportRequest, SyncOutcome, SyncPhase, SyncProgress, SyncReport, SyncRequest,
    SyncResult,
};
pub use tables::{
    CheckedRow, DateOrder, DuplicateChoice, FieldDifference, ImportTableRequest, MapTableRequest,
    MappedColumn, OpenTableRequest, PreviewCell, PreviewRow, PreviewTableRequest, RowFate,
    RowIssue, SameAs, SameBy, TableCheck, TableColumn, TableColumns, TableField, TableFile,
    TableImported, TableMapping, TablePhase, TablePlan, TableProgress, TableRequest, TableRows,
    TableRowsRequest, TableSheet, TableTemplate, TableValue, TemplateAge, ValueRule, ValueState,
};
pub use user::{Changes, Edit, Favourite, LastEdit, Settings, StoredFavourite};
pub use work::{
    Completeness, ExportWorkRequest, Happening, HistoryEntry, ImportWorkRequest, LookedAt,
    MissingElement, Move, MoveCause, Moves, MovesCount, MovesRequest, NeedRequest, NeedRow,
    NeedView, NeedsRequest, Received, ReceivedNeed, Shortlisted,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request without arguments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(type = "{ [key in string]: never }")]
pub struct Nothing {}
