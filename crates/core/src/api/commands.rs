//! The command table. One macro turns a list of `name(Request) -> Answer` into the dispatcher, the list
//! of names and the TypeScript types; the function behind each name is ordinary and lives in
//! `queries.rs` or `mutations.rs`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::{Config, TS};

use super::types::{
    AddFeed, AnnotationView, ApiError, AppStatus, AuditLine, BackupRequest, BackupView,
    BackupsRequest, Block, Changes, Completeness, Corrected, Draft, DraftCheck, DraftRequest, Edit,
    ErrorCode, ExplainRequest, ExportPreview, ExportRequest, Favourite, FeedAddresses, FeedPreview,
    FeedRequest, FeedView, ForgetRequest, Forgotten, KeptDraft, KeptRecord, LastEdit,
    LeavingRecord, ListRequest, ListRow, ListView, LogTail, LookedAt, MapTableRequest, Match,
    MatchAnswer, MatchRequest, Moves, MovesCount, MovesRequest, NeedReading, NeedRequest, NeedRow,
    NeedView, NeedsRequest, NewsPage, NewsRecord, NewsRecordRequest, NewsRequest, Nothing,
    OfferRequest, OwnForm, OwnPage, OwnRequest, Panorama, PanoramaRequest, Portfolio,
    PortfolioPlan, PreviewRequest, PreviewRow, PreviewSubmissionRequest, PreviewTableRequest,
    ReadNeedRequest, ReadNoteRequest, RecordRequest, RecordView, RestorePreview, Roadmap,
    SearchPage, SearchRequest, SearchRow, SeenSearchRequest, Settings, Submissions, TableColumns,
    TableRequest, TableRows, TableRowsRequest, TableValue, TagRow, TaggedRequest, TargetView,
    TrashPage, TrashRequest,
};
use super::{
    App, backups, bindings, export, feeds, lists, matching, moves, mutations, own, portfolio,
    queries, reading, submission, tables, work,
};
use crate::model::{RecordRef, Taxonomies};

/// Expands a command list, e.g. `commands! { Queries, query; /// Doc. get_x(Req) -> Res = queries::get_x; }`.
macro_rules! commands {
    ($(#[$table_doc:meta])* $table:ident, $dispatch:ident;
     $( $(#[$doc:meta])* $name:ident($request:ty) -> $answer:ty = $function:path; )*) => {
        $(#[$table_doc])*
        pub struct $table;

        impl $table {
            /// The commands, in table order.
            pub const NAMES: &[&str] = &[$( stringify!($name), )*];

            /// The table as a TypeScript interface: command → `[request, answer]`.
            pub(crate) fn typescript(out: &mut bindings::Bindings, cfg: &Config) {
                let mut lines = Vec::new();
                $(
                    out.add::<$request>(cfg);
                    out.add::<$answer>(cfg);
                    lines.push(format!(
                        "  {}: [{}, {}];",
                        stringify!($name), <$request as TS>::name(cfg), <$answer as TS>::name(cfg),
                    ));
                )*
                out.interface(stringify!($table), &lines);
            }
        }

        /// Runs a command of the table by name.
        ///
        /// # Errors
        /// `BadRequest` when the name is unknown or the arguments do not fit; otherwise what the command returns.
        pub fn $dispatch(app: &App, name: &str, args: Value) -> Result<Value, ApiError> {
            match name {
                $( stringify!($name) => encode($function(app, decode::<$request>(name, args)?)?), )*
                _ => Err(ApiError::new(ErrorCode::BadRequest).with("command", name)),
            }
        }
    };
}

fn decode<T: DeserializeOwned>(name: &str, args: Value) -> Result<T, ApiError> {
    serde_json::from_value(args).map_err(|error| {
        ApiError::new(ErrorCode::BadRequest)
            .with("command", name)
            .with("reason", error.to_string())
    })
}

fn encode<T: Serialize>(answer: T) -> Result<Value, ApiError> {
    serde_json::to_value(answer)
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))
}

commands! {
    /// What can be asked. A query changes nothing.
    Queries, query;
    /// State of the data folder.
    get_status(Nothing) -> AppStatus = queries::get_status;
    /// All taxonomies.
    get_taxonomies(Nothing) -> Taxonomies = queries::get_taxonomies;
    /// Settings.
    get_settings(Nothing) -> Settings = queries::get_settings;
    /// A record with its links and similar records.
    get_record(RecordRequest) -> RecordView = queries::get_record;
    /// A page of records.
    search_records(SearchRequest) -> SearchPage = queries::search_records;
    /// The records that a search finds, in its order and at most 10,000 of them; its page plays no part.
    search_references(SearchRequest) -> Vec<RecordRef> = queries::search_references;
    /// Industry × stage, regions and kinds.
    count_panorama(PanoramaRequest) -> Panorama = queries::count_panorama;
    /// Policy targets beside what the catalog holds.
    list_targets(Nothing) -> Vec<TargetView> = queries::list_targets;
    /// The last edit, as the data file keeps it; nothing when there is none to take back.
    get_last_edit(Nothing) -> Option<LastEdit> = queries::get_last_edit;
    /// Favourites, newest first.
    list_favourites(Nothing) -> Vec<Favourite> = queries::list_favourites;
    /// What is offered for a need, with reasons.
    match_need(MatchRequest) -> MatchAnswer = matching::match_need;
    /// The open needs that an offer serves, with reasons.
    match_offer(OfferRequest) -> MatchAnswer = matching::match_offer;
    /// Where an enterprise can start: scenarios in order, with support measures.
    match_start(MatchRequest) -> Roadmap = matching::match_start;
    /// The reasons of one candidate, wherever it ranks.
    explain_match(ExplainRequest) -> Match = matching::explain_match;
    /// What a text says about a need, as chips with the words that they were read from.
    read_need(ReadNeedRequest) -> NeedReading = reading::read_need;
    /// The user's needs, most recently changed first.
    list_needs(NeedsRequest) -> Vec<NeedRow> = work::list_needs;
    /// A need of the user's own with the work on it, or the form of a public one.
    get_need(NeedRequest) -> NeedView = work::get_need;
    /// How complete a need is, and which missing element would change its ranking most.
    get_completeness(MatchRequest) -> Completeness = work::get_completeness;
    /// What moved since the match of a need was last looked at, and why.
    list_moves(MovesRequest) -> Moves = moves::list_moves;
    /// How much moved in each match of a need that was looked at.
    count_moves(NeedRequest) -> Vec<MovesCount> = moves::count_moves;
    /// What staff decided about the portfolio.
    get_portfolio_plan(Nothing) -> PortfolioPlan = portfolio::get_portfolio_plan;
    /// The user's needs given to providers of limited capacity, as a plan says.
    match_portfolio(PortfolioPlan) -> Portfolio = portfolio::match_portfolio;
    /// What an export would contain; writes nothing.
    preview_export(ExportRequest) -> ExportPreview = export::preview_export;
    /// The user's own records of a kind.
    list_own(OwnRequest) -> OwnPage = own::list_own;
    /// An own record, or a new one, to be written in a form.
    get_own(RecordRequest) -> OwnForm = own::get_own;
    /// What is to be said about what is typed in a form: faults, quality, the record as others would see it.
    check_draft(DraftRequest) -> DraftCheck = own::check_draft;
    /// What is being written and not saved, last changed first.
    list_drafts(Nothing) -> Vec<Draft> = own::list_drafts;
    /// Catalog records that the user corrected, last changed first.
    list_corrected(Nothing) -> Vec<Corrected> = own::list_corrected;
    /// What was removed, last removed first.
    list_trash(TrashRequest) -> TrashPage = own::list_trash;
    /// What was handed to publishers and what came of it, and what could be handed in.
    list_submissions(Nothing) -> Submissions = submission::list_submissions;
    /// What would leave the house, field by field; nothing is written.
    preview_submission(PreviewSubmissionRequest) -> Vec<LeavingRecord> = submission::preview_submission;
    /// The last lines of the log.
    get_log(Nothing) -> LogTail = queries::get_log;
    /// Feeds with their state.
    list_feeds(Nothing) -> Vec<FeedView> = feeds::list_feeds;
    /// Feeds whose automatic check is due; none while the setting `auto_check` is off.
    list_due_feeds(Nothing) -> Vec<String> = feeds::list_due_feeds;
    /// What is at an address, verified against its own root; asks the network, changes nothing.
    preview_feed(PreviewRequest) -> FeedPreview = feeds::preview_feed;
    /// The first rows of a sheet that is being imported.
    preview_table(PreviewTableRequest) -> Vec<PreviewRow> = tables::preview_table;
    /// Which field each column of a sheet fills.
    map_table(MapTableRequest) -> TableColumns = tables::map_table;
    /// The values of a checked sheet, as they stand and as they are understood.
    list_table_values(TableRequest) -> Vec<TableValue> = tables::list_table_values;
    /// The rows of a checked sheet, with what becomes of them.
    list_table_rows(TableRowsRequest) -> TableRows = tables::list_table_rows;
    /// What syncs changed.
    list_news(NewsRequest) -> NewsPage = feeds::list_news;
    /// A record before and after a sync.
    get_news_record(NewsRecordRequest) -> NewsRecord = feeds::get_news_record;
    /// The user's lists, in order.
    list_lists(Nothing) -> Vec<ListRow> = lists::list_lists;
    /// A list with its members.
    get_list(ListRequest) -> ListView = lists::get_list;
    /// Tags in use, by name.
    list_tags(Nothing) -> Vec<TagRow> = lists::list_tags;
    /// Records with a tag, or with a note.
    list_tagged(TaggedRequest) -> Vec<KeptRecord> = lists::list_tagged;
    /// What the user said about a record.
    get_annotation(RecordRequest) -> AnnotationView = lists::get_annotation;
    /// A note as it will be shown.
    read_note(ReadNoteRequest) -> Vec<Block> = lists::read_note;
    /// Saved searches with what is new in them, in order.
    list_searches(Nothing) -> Vec<SearchRow> = lists::list_searches;
    /// The last records that were looked at, newest first.
    list_recent(Nothing) -> Vec<KeptRecord> = lists::list_recent;
    /// The records that are compared, in order.
    get_tray(Nothing) -> Vec<RecordRef> = lists::get_tray;
    /// What was typed into needs and not saved.
    list_need_drafts(Nothing) -> Vec<KeptDraft> = lists::list_need_drafts;
    /// Backups of the user's own data, newest first.
    list_backups(Nothing) -> Vec<BackupView> = backups::list_backups;
    /// What putting a backup back would change.
    preview_restore(BackupRequest) -> RestorePreview = backups::preview_restore;
    /// What happened to the data, newest first.
    list_events(Nothing) -> Vec<AuditLine> = backups::list_events;
}

commands! {
    /// What can be changed. An edit answers which kinds of data it changed.
    Mutations, mutate;
    /// Applies an edit.
    transact(Edit) -> Changes = mutations::transact;
    /// Takes the last edit back.
    undo(Nothing) -> Changes = mutations::undo;
    /// Applies the last edit that was taken back.
    redo(Nothing) -> Changes = mutations::redo;
    /// Checks the catalog where the start left that for later, and mends it.
    check_catalog(Nothing) -> AppStatus = mutations::check_catalog;
    /// Adds a feed whose fingerprint the user confirmed; answers all feeds. Nothing is synced yet.
    add_feed(AddFeed) -> Vec<FeedView> = feeds::add_feed;
    /// Changes where a feed is asked, and in which order; what is trusted stays. Nothing is synced yet.
    set_feed_addresses(FeedAddresses) -> Vec<FeedView> = feeds::set_feed_addresses;
    /// Removes a feed and its records; answers the feeds that are left.
    remove_feed(FeedRequest) -> Vec<FeedView> = feeds::remove_feed;
    /// Forgets a file that was being imported.
    close_table(TableRequest) -> Nothing = tables::close_table;
    /// Keeps the first hits of a match that was looked at, so that a later one can say what moved.
    mark_looked_at(LookedAt) -> Changes = moves::mark_looked_at;
    /// Keeps that the results of a saved search were seen.
    see_search(SeenSearchRequest) -> Changes = lists::see_search;
    /// Makes a verified backup; answers all of them.
    make_backup(Nothing) -> Vec<BackupView> = backups::make_backup;
    /// Puts a backup in the place of the user's data, which is backed up before.
    restore_backup(BackupRequest) -> Changes = backups::restore_backup;
    /// Removes backups, and damaged files that were kept; answers the backups that are left.
    remove_backups(BackupsRequest) -> Vec<BackupView> = backups::remove_backups;
    /// Deletes a need without a trace; answers which files still hold it.
    forget_need(ForgetRequest) -> Forgotten = backups::forget_need;
    /// Removes the old copy of a data folder that was moved.
    let_old_folder_go(Nothing) -> AppStatus = backups::let_old_folder_go;
}
