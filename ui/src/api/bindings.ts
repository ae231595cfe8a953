// Generated from crates/core/src/api by `cargo xtask bindings`. Do not edit.

/**
 * Adds a feed whose fingerprint the user compared and confirmed.
 */
export type AddFeed = { 
/**
 * Base address or folder.
 */
base: string, 
/**
 * Further addresses of the same feed.
 */
mirrors: Array<string>, 
/**
 * The confirmed fingerprint. What is found at the address must have it.
 */
fingerprint: string, 
/**
 * Allows an address without encryption or inside the local network.
 */
local: boolean, };

/**
 * What the user said about a record, as stored.
 */
export type Annotation = { 
/**
 * Tags, in order.
 */
tags: Array<string>, 
/**
 * The note, in Markdown.
 */
note: string, 
/**
 * When either last changed (ISO 8601).
 */
changed: string, 
/**
 * The copy of the record kept with it.
 */
copy: string, };

/**
 * What the user said about a record, and where it was kept.
 */
export type AnnotationView = { 
/**
 * Tags, in order.
 */
tags: Array<string>, 
/**
 * The note, in Markdown.
 */
note: string, 
/**
 * The note, read.
 */
blocks: Array<Block>, 
/**
 * When either last changed (ISO 8601); empty when nothing was said.
 */
changed: string, 
/**
 * Lists on which the record stands, by UUID.
 */
lists: Array<string>, };

/**
 * An error as it crosses the boundary: a code and facts, no prose. `trace` is for logs.
 */
export type ApiError = { 
/**
 * What kind of failure.
 */
code: ErrorCode, 
/**
 * Facts for the text: `path`, `field`, `limit` …
 */
facts: { [key in string]: string }, 
/**
 * Cause chain for logs and "copy details".
 */
trace: string, };

/**
 * The state of the data folder.
 */
export type AppStatus = { 
/**
 * Version of the product.
 */
version: string, 
/**
 * Feeds.
 */
feeds: Array<FeedStatus>, 
/**
 * Local revision of the catalog; grows with every change.
 */
revision: number, 
/**
 * Records per kind, including kinds that this version does not show.
 */
records: { [key in string]: number }, 
/**
 * Search index.
 */
index: IndexStatus, 
/**
 * Where everything lies.
 */
paths: { [key in string]: string }, 
/**
 * What happened while opening, newest last.
 */
notices: Array<Notice>, 
/**
 * The folder was opened beside another process: reading only.
 */
read_only: boolean, };

/**
 * A provider assigned to a need.
 */
export type Assigned = { 
/**
 * The provider.
 */
provider: MatchRecord, 
/**
 * Score of the match.
 */
score: number, 
/**
 * Rank of the provider among all for this need.
 */
rank: number, 
/**
 * Settled by staff.
 */
locked: boolean, 
/**
 * Was in the solution last kept.
 */
kept: boolean, };

/**
 * A constraint that is taken as met for one candidate: what if?
 */
export type Assumption = { 
/**
 * The candidate.
 */
ref: RecordRef, 
/**
 * The criterion.
 */
criterion: string, };

/**
 * A line of the record.
 */
export type AuditLine = { 
/**
 * When (ISO 8601).
 */
at: string, 
/**
 * What happened.
 */
what: Event, };

/**
 * Why a backup was made.
 */
export type BackupReason = "daily" | "migration" | "asked" | "safety";

/**
 * Which backup.
 */
export type BackupRequest = { 
/**
 * Name of the file.
 */
name: string, };

/**
 * A backup, or a damaged file that was kept.
 */
export type BackupView = { 
/**
 * Name of the file.
 */
name: string, 
/**
 * When it was made (ISO 8601); empty for a damaged file that was kept.
 */
made: string, 
/**
 * Its size in bytes, as far as 32 bits hold it.
 */
bytes: number, 
/**
 * What is in it, by kind: `needs`, `favourites`, `lists`, `members`, `annotations`, `searches` …; empty when it
 * cannot be read.
 */
holds: { [key in string]: number }, };

/**
 * Which backups.
 */
export type BackupsRequest = { 
/**
 * Names of the files.
 */
names: Array<string>, };

/**
 * A pilot base.
 */
export type Base = { 
/**
 * Host in the words of the source.
 */
host?: string | null, 
/**
 * Partners in the words of the source.
 */
partners?: Array<string>, 
/**
 * Services: advice, need collection, product trial, test and verification.
 */
services?: Array<Text>, 
/**
 * What must be met to enter.
 */
entry?: Text | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * A piece of a note that stands on lines of its own.
 */
export type Block = { "block": "paragraph", 
/**
 * Its text.
 */
spans: Array<Inline>, } | { "block": "heading", 
/**
 * 1–6.
 */
level: number, 
/**
 * Its text.
 */
spans: Array<Inline>, } | { "block": "list", 
/**
 * Number of the first item; absent where items are not numbered.
 */
start: number | null, 
/**
 * Its items.
 */
items: Array<Item>, } | { "block": "quote", 
/**
 * What is quoted.
 */
blocks: Array<Block>, } | { "block": "code", 
/**
 * The text.
 */
text: string, } | { "block": "table", 
/**
 * Cells of the first row.
 */
head: Array<Array<Inline>>, 
/**
 * Cells of the other rows.
 */
rows: Array<Array<Array<Inline>>>, } | { "block": "rule" };

/**
 * An amount of money from which to which, in yuan (CNY).
 */
export type Budget = { 
/**
 * At least.
 */
low: number | null, 
/**
 * At most.
 */
high: number | null, 
/**
 * How strictly it is meant.
 */
strength: Strength, };

/**
 * A case: an enterprise applied AI, possibly with a provider, with some result.
 */
export type Case = { 
/**
 * Enterprise in the words of the source.
 */
enterprise?: string | null, 
/**
 * Provider in the words of the source.
 */
provider?: string | null, 
/**
 * The problem.
 */
problem?: Text | null, 
/**
 * What was done about it.
 */
approach?: Text | null, 
/**
 * Maturity code.
 */
maturity?: Code | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * A cell of the panorama.
 */
export type Cell = { 
/**
 * Records whose industry and stage are both printed by the source (or not stated).
 */
printed: number, 
/**
 * Records of which at least one of the two was concluded.
 */
inferred: number, };

/**
 * What happened to a record.
 */
export type Change = "added" | "changed" | "removed";

/**
 * Which kinds of user data an edit changed; screens re-read what they show.
 */
export type Changes = { 
/**
 * Settings.
 */
settings: boolean, 
/**
 * Favourites.
 */
favourites: boolean, 
/**
 * Needs, and the work on them.
 */
needs: boolean, 
/**
 * What staff decided about the portfolio.
 */
portfolio: boolean, 
/**
 * Own records, and what is being written of them.
 */
own: boolean, 
/**
 * The trash.
 */
trash: boolean, 
/**
 * Corrections of catalog records.
 */
overlays: boolean, 
/**
 * Mappings of tables.
 */
mappings: boolean, 
/**
 * Lists.
 */
lists: boolean, 
/**
 * Tags and notes.
 */
annotations: boolean, 
/**
 * Saved searches.
 */
searches: boolean, 
/**
 * Records that are compared.
 */
tray: boolean, 
/**
 * Records that were looked at.
 */
recent: boolean, 
/**
 * Steps that can be undone.
 */
undo: number, 
/**
 * Steps that can be redone.
 */
redo: number, };

/**
 * A row that was checked.
 */
export type CheckedRow = { 
/**
 * Its number.
 */
row: number, 
/**
 * What becomes of it.
 */
fate: RowFate, 
/**
 * Its name, where it has one.
 */
name: string, 
/**
 * Why it is skipped: a code.
 */
skipped: string | null, 
/**
 * What is wrong or worth knowing.
 */
issues: Array<RowIssue>, 
/**
 * What it is the same as.
 */
same: SameAs | null, };

/**
 * Something understood.
 */
export type Chip = { 
/**
 * What it is about.
 */
element: NeedElement, 
/**
 * A code of the element's taxonomy.
 */
code: Code | null, 
/**
 * At least so many yuan.
 */
low: number | null, 
/**
 * At most so many yuan.
 */
high: number | null, 
/**
 * A day.
 */
date: Date | null, 
/**
 * How strictly it seems to be meant.
 */
strength: Strength, 
/**
 * From which words.
 */
places: Array<TextRange>, };

/**
 * Codes of one taxonomy, any of which will do.
 */
export type Choice = { 
/**
 * The codes.
 */
codes: Array<Code>, 
/**
 * How strictly they are meant.
 */
strength: Strength, };

/**
 * A clause of a document. Records point to it as `document/<id>` with the clause key.
 */
export type Clause = { 
/**
 * Key within the document, such as `2.2` or `(十)`.
 */
key: string, 
/**
 * Heading.
 */
title: Text, 
/**
 * Key of the clause that this one is part of.
 */
parent?: string | null, 
/**
 * What it says, in the catalog's own words.
 */
summary?: Text | null, };

/**
 * A taxonomy code. Codes that no taxonomy knows are kept and show as themselves.
 */
export type Code = string;

/**
 * How complete a need is, and what to ask next.
 */
export type Completeness = { 
/**
 * Elements stated.
 */
stated: Array<NeedElement>, 
/**
 * Elements missing; the one that would change the ranking most first.
 */
missing: Array<MissingElement>, };

/**
 * A part of a contact.
 */
export type ContactPart = { 
/**
 * Its field within the contact: `phone`.
 */
field: string, 
/**
 * The private field that it is.
 */
private: PrivateField | null, 
/**
 * As published.
 */
text: string, };

/**
 * How an organisation can be reached.
 */
export type ContactView = { 
/**
 * Its parts: persons, phones, mailboxes, others.
 */
parts: Array<ContactPart>, 
/**
 * The day of the consent; own records need none.
 */
consent: Date | null, 
/**
 * Key of the source that holds the consent; empty where there is none.
 */
source: string, };

/**
 * What one criterion adds to a score.
 */
export type Contribution = { 
/**
 * The criterion.
 */
criterion: string, 
/**
 * Its weight; the weights of a hit sum to 1.
 */
weight: number, 
/**
 * How well the candidate does, from 0 to 1.
 */
value: number, 
/**
 * Weight times value; the contributions of a hit sum to its score.
 */
contribution: number, 
/**
 * What the candidate says.
 */
state: MatchState, 
/**
 * How strictly the need means it.
 */
strength: Strength, 
/**
 * Facts behind the value.
 */
facts: Array<MatchFact>, };

/**
 * A catalog record that the user corrected.
 */
export type Corrected = { 
/**
 * The record; nothing when it is gone from the catalog.
 */
row: Row | null, 
/**
 * Its reference.
 */
ref: RecordRef, 
/**
 * What was corrected.
 */
overlay: Overlay, };

/**
 * A correction of one field.
 */
export type Correction = { 
/**
 * The field of the record, such as `website`.
 */
field: string, 
/**
 * What the catalog had when it was corrected; nothing where it had none.
 */
original: unknown, 
/**
 * What is right.
 */
value: unknown, };

/**
 * A change that would lift a hit; found by ranking anew with it.
 */
export type Counterfactual = { 
/**
 * Criteria that would have to be met.
 */
criteria: Array<string>, 
/**
 * The rank that the hit would then have in the main list.
 */
rank: number, 
/**
 * The score that it would then have.
 */
score: number, };

/**
 * A criterion as it was used.
 */
export type CriterionUse = { 
/**
 * The criterion.
 */
criterion: string, 
/**
 * Its weight among the criteria that the need asks for; zero when it does not.
 */
weight: number, 
/**
 * Whether the need asks for it.
 */
asked: boolean, 
/**
 * Candidates that state it at all.
 */
stating: number, };

/**
 * A dataset.
 */
export type Dataset = { 
/**
 * Who made it, in the words of the source.
 */
holder?: string | null, 
/**
 * Type of data, in the words of the source.
 */
data_kind?: string | null, 
/**
 * Size, as printed.
 */
size?: string | null, 
/**
 * Licence, as printed.
 */
licence?: string | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * A date of ISO 8601 reduced precision: `2025`, `2025-11` or `2025-11-24`.
 *
 * Sorts as text: a less precise date comes before the more precise ones it contains.
 */
export type Date = string;

/**
 * Order of the parts of dates such as `03/04/2026`.
 */
export type DateOrder = "day_first" | "month_first";

/**
 * A date by which something begins or ends.
 */
export type Day = { 
/**
 * The date.
 */
date: Date | null, 
/**
 * How strictly it is meant.
 */
strength: Strength, };

/**
 * What the user deleted.
 */
export type Deleted = "need" | "need_forgotten" | "record" | "list" | "search";

/**
 * A policy, standard or support measure.
 */
export type Document = { 
/**
 * Document number 文号.
 */
doc_number?: string | null, 
/**
 * `policy`, `standard` or `support`.
 */
doc_kind?: Code | null, 
/**
 * Issuing bodies.
 */
issuers?: Array<string>, 
/**
 * Date of signature.
 */
signed?: Date | null, 
/**
 * Date of publication.
 */
published?: Date | null, 
/**
 * Validity: in force, draft, superseded …
 */
validity?: Code | null, 
/**
 * Document that replaces this one: `document/<id>`.
 */
replaced_by?: string | null, 
/**
 * Clauses.
 */
clauses?: Array<Clause>, 
/**
 * Numeric targets.
 */
targets?: Array<Target>, 
/**
 * Support offered.
 */
support?: Array<Support>, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * A doubt about a field, or about the whole record.
 */
export type Doubt = { 
/**
 * Field in doubt; absent when the doubt is about the record.
 */
field?: string | null, 
/**
 * What is in doubt.
 */
text: Text, };

/**
 * What is being written in a form.
 */
export type Draft = { 
/**
 * The record, which need not be there yet.
 */
ref: RecordRef, 
/**
 * When it was last typed (ISO 8601).
 */
changed: string, 
/**
 * The form as it stands.
 */
document: { [key in string]: unknown }, };

/**
 * What is to be said about what is typed in a form.
 */
export type DraftCheck = { 
/**
 * What would be written.
 */
document: { [key in string]: unknown }, 
/**
 * Everything that is wrong.
 */
faults: Array<Fault>, 
/**
 * Amounts of money that were read, in yuan, by field.
 */
amounts: { [key in string]: number }, 
/**
 * How good it is; nothing while something stops it.
 */
quality: Quality | null, 
/**
 * The record as others would see it; nothing while something stops it.
 */
preview: RecordView | null, 
/**
 * Names of what others would not see, as a submission of it leaves it out.
 */
left_out: Array<string>, 
/**
 * Records that look like the same: of the same credit code or name.
 */
twins: Array<Row>, };

/**
 * What is typed in a form.
 */
export type DraftRequest = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * The form as it stands.
 */
document: { [key in string]: unknown }, };

/**
 * What is done with a row that is there already.
 */
export type DuplicateChoice = "keep" | "fill" | "replace" | "add";

/**
 * A change of the user's own data. Applying one returns its inverse, which undoes it.
 */
export type Edit = { "edit": "set_setting", 
/**
 * Field of [`Settings`].
 */
key: string, 
/**
 * New value as JSON.
 */
value: unknown, } | { "edit": "add_favourite", 
/**
 * The record.
 */
ref: RecordRef, } | { "edit": "remove_favourites", 
/**
 * The records.
 */
refs: Array<RecordRef>, } | { "edit": "restore_favourites", 
/**
 * The favourites.
 */
favourites: Array<StoredFavourite>, } | { "edit": "save_need", 
/**
 * `own/need/UUID`; the UUID is made by whoever creates the need.
 */
ref: RecordRef, 
/**
 * The form. Its status is not taken from here: see `set_need_status`.
 */
form: NeedForm, 
/**
 * The text from which it was read.
 */
text: string, } | { "edit": "set_need_status", 
/**
 * The need.
 */
ref: RecordRef, 
/**
 * The status.
 */
status: NeedStatus, 
/**
 * Why it is given up: asked for with `dropped`, empty otherwise.
 */
reason: string, } | { "edit": "note_need", 
/**
 * The need.
 */
ref: RecordRef, 
/**
 * The note.
 */
note: string, 
/**
 * The next date.
 */
next: Date | null, } | { "edit": "weigh_need", 
/**
 * The need.
 */
ref: RecordRef, 
/**
 * The weights.
 */
weighing: Weighing, } | { "edit": "shortlist", 
/**
 * The need.
 */
need: RecordRef, 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * What the user notes about it.
 */
note: string, } | { "edit": "unlist", 
/**
 * The need.
 */
need: RecordRef, 
/**
 * The record.
 */
ref: RecordRef, } | { "edit": "remove_need", 
/**
 * The need.
 */
ref: RecordRef, } | { "edit": "restore_needs", 
/**
 * Each need with its whole document, as stored; without a document, the need did not exist.
 */
needs: Array<[RecordRef, string | null]>, } | { "edit": "save_records", 
/**
 * Each record (`own/KIND/UUID`, any kind but needs) with its JSON; without one it goes to the trash.
 */
records: Array<[RecordRef, string | null]>, } | { "edit": "move_to_trash", 
/**
 * What is removed.
 */
refs: Array<RecordRef>, } | { "edit": "restore_trash", 
/**
 * What is put back.
 */
refs: Array<RecordRef>, } | { "edit": "clear_trash", 
/**
 * What is removed; nothing for all of it.
 */
refs: Array<RecordRef> | null, } | { "edit": "save_draft", 
/**
 * The record, which need not be there yet.
 */
ref: RecordRef, 
/**
 * The form as it stands; nothing when it was given up.
 */
document: { [key in string]: unknown } | null, } | { "edit": "save_overlay", 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * All corrections; nothing removes them.
 */
overlay: Overlay | null, } | { "edit": "save_mapping", 
/**
 * SHA-256 of the kind and the headers.
 */
fingerprint: string, 
/**
 * The mapping; nothing removes it.
 */
mapping: TableMapping | null, } | { "edit": "save_portfolio", 
/**
 * All of it.
 */
plan: PortfolioPlan, } | { "edit": "save_list", 
/**
 * The list: a UUID, made by whoever creates it.
 */
list: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What the user notes about it, in Markdown.
 */
note: string, } | { "edit": "move_list", 
/**
 * The list.
 */
list: string, 
/**
 * Its place, from 0.
 */
to: number, } | { "edit": "remove_list", 
/**
 * The list.
 */
list: string, } | { "edit": "restore_list", 
/**
 * All of it.
 */
list: StoredList, } | { "edit": "add_members", 
/**
 * The list.
 */
list: string, 
/**
 * The records; those that are there already stay where they are.
 */
refs: Array<RecordRef>, } | { "edit": "remove_members", 
/**
 * The list.
 */
list: string, 
/**
 * The records.
 */
refs: Array<RecordRef>, } | { "edit": "restore_members", 
/**
 * The list.
 */
list: string, 
/**
 * The records, by place.
 */
members: Array<StoredMember>, } | { "edit": "move_member", 
/**
 * The list.
 */
list: string, 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its place, from 0.
 */
to: number, } | { "edit": "set_tags", 
/**
 * The records.
 */
refs: Array<RecordRef>, 
/**
 * Tags to put on.
 */
add: Array<string>, 
/**
 * Tags to take off.
 */
remove: Array<string>, } | { "edit": "rename_tag", 
/**
 * The tag.
 */
from: string, 
/**
 * Its new name; empty takes it off.
 */
to: string, } | { "edit": "set_note", 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * The note, in Markdown; empty for none.
 */
note: string, } | { "edit": "restore_annotations", 
/**
 * Each record with what was said about it; nothing when nothing was.
 */
annotations: Array<[RecordRef, Annotation | null]>, } | { "edit": "save_search", 
/**
 * The search: a UUID, made by whoever creates it.
 */
search: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What to search for; page and facets play no part.
 */
request: SearchRequest, 
/**
 * The newest sync, as the catalog names it: what came before is not new. Filled in where it is empty.
 */
seen: string, } | { "edit": "remove_search", 
/**
 * The search.
 */
search: string, } | { "edit": "restore_search", 
/**
 * All of it.
 */
search: StoredSearch, } | { "edit": "see_search", 
/**
 * The search.
 */
search: string, 
/**
 * The newest sync, as the catalog names it.
 */
seen: string, } | { "edit": "set_tray", 
/**
 * The records, in order.
 */
refs: Array<RecordRef>, } | { "edit": "see", 
/**
 * The record.
 */
ref: RecordRef, } | { "edit": "set_recent", 
/**
 * The records.
 */
refs: Array<RecordRef>, } | { "edit": "keep_draft", 
/**
 * The need; empty for one that does not exist yet.
 */
ref: string, 
/**
 * What is typed; nothing forgets the draft.
 */
draft: NeedDraft | null, };

/**
 * Whether a need states an element.
 */
export type ElementState = { 
/**
 * The element.
 */
element: NeedElement, 
/**
 * Whether it is stated.
 */
stated: boolean, };

/**
 * An enterprise.
 */
export type Enterprise = { 
/**
 * Unified social credit code (GB 32100).
 */
credit_code?: string | null, 
/**
 * Tiers: smart-factory ladder, benchmark enterprise, lighthouse …
 */
tier?: Array<Code>, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * Why a command failed. A code exists only where a screen or the terminal acts on it.
 */
export type ErrorCode = "bad_request" | "not_found" | "catalog_missing" | "folder_in_use" | "folder_read_only" | "folder_missing" | "disk_full" | "too_new" | "damaged" | "file_exists" | "file_unwritable" | "no_font" | "missing_glyph" | "cancelled" | "internal";

/**
 * What happened.
 */
export type Event = { "event": "sync", 
/**
 * Feed id.
 */
feed: string, 
/**
 * How it ended.
 */
result: SyncResult, 
/**
 * Generation before.
 */
from: number, 
/**
 * Generation after.
 */
to: number, 
/**
 * Records added.
 */
added: number, 
/**
 * Records changed.
 */
changed: number, 
/**
 * Records removed.
 */
removed: number, } | { "event": "feed_removed", 
/**
 * Feed id.
 */
feed: string, } | { "event": "import", 
/**
 * Kind of record.
 */
kind: string, 
/**
 * Name of the file, without its folder.
 */
file: string, 
/**
 * Records added.
 */
added: number, 
/**
 * Records changed.
 */
changed: number, 
/**
 * Rows that were not taken.
 */
rejected: number, } | { "event": "export", 
/**
 * What: a kind of record, or the screen that it came from.
 */
what: string, 
/**
 * Format of the file.
 */
format: string, 
/**
 * Name of the file, without its folder.
 */
file: string, 
/**
 * Records written.
 */
records: number, 
/**
 * Whether private fields were among them.
 */
private: boolean, } | { "event": "deletion", 
/**
 * What.
 */
what: Deleted, 
/**
 * How many.
 */
count: number, } | { "event": "backup", 
/**
 * Its name.
 */
name: string, 
/**
 * Why.
 */
reason: BackupReason, } | { "event": "restore", 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it was put there because the data was damaged.
 */
damaged: boolean, } | { "event": "backups_removed", 
/**
 * How many.
 */
count: number, } | { "event": "moved" };

/**
 * A case that speaks for a hit.
 */
export type EvidencePath = { 
/**
 * Provider, case, scenario, as far as they are known and not the hit itself.
 */
path: Array<MatchRecord>, 
/**
 * How like the need the case is, from 0 to 1.
 */
affinity: number, 
/**
 * What its verification counts, from 0 to 1.
 */
verification: number, 
/**
 * What its age leaves of it, from 0 to 1.
 */
freshness: number, 
/**
 * Sources of the case: what was read.
 */
sources: Array<string>, };

/**
 * One hit to explain: the request that found it, and the hit.
 */
export type ExplainRequest = { 
/**
 * The request.
 */
request: MatchRequest, 
/**
 * The record to explain.
 */
ref: RecordRef, };

/**
 * The formats.
 */
export type ExportFormat = "xlsx" | "csv" | "json" | "pdf" | "docx";

/**
 * The language of a document.
 */
export type ExportLanguage = "zh" | "en";

/**
 * What an export would contain.
 */
export type ExportPreview = { 
/**
 * Rows of its main table.
 */
rows: number, 
/**
 * Private fields that it would contain if none were left out.
 */
private: Array<PrivateField>, 
/**
 * A name for the file.
 */
file: string, };

/**
 * How far an export is.
 */
export type ExportProgress = { 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all; zero while unknown.
 */
total: number, };

/**
 * An export.
 */
export type ExportRequest = { 
/**
 * What.
 */
what: ExportWhat, 
/**
 * In which format.
 */
format: ExportFormat, 
/**
 * Language of the file.
 */
language: ExportLanguage, 
/**
 * Private fields to leave out.
 */
without: Array<PrivateField>, 
/**
 * Phones in full; masked otherwise.
 */
phones: boolean, 
/**
 * CSV without the byte order mark that Excel needs.
 */
plain: boolean, };

/**
 * What is exported.
 */
export type ExportWhat = { "what": "search", 
/**
 * The search.
 */
request: SearchRequest, } | { "what": "records", 
/**
 * The records, in their order; at most 100,000.
 */
refs: Array<RecordRef>, 
/**
 * Name of the list; empty when it has none.
 */
name: string, } | { "what": "comparison", 
/**
 * The records.
 */
refs: Array<RecordRef>, } | { "what": "match", 
/**
 * The match.
 */
request: MatchRequest, 
/**
 * The need of the user's own or of the catalog, where it is one; its shortlist is exported too.
 */
ref: RecordRef | null, } | { "what": "offer", 
/**
 * The match.
 */
request: OfferRequest, } | { "what": "roadmap", 
/**
 * The need.
 */
request: MatchRequest, 
/**
 * The need of the user's own or of the catalog, where it is one.
 */
ref: RecordRef | null, } | { "what": "portfolio", 
/**
 * What staff decided.
 */
plan: PortfolioPlan, } | { "what": "needs", 
/**
 * The needs; all when empty.
 */
refs: Array<RecordRef>, };

/**
 * A file that was written.
 */
export type Exported = { 
/**
 * The file.
 */
path: string, 
/**
 * Rows of its main table.
 */
rows: number, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * Texts cut because a cell takes no more.
 */
cut: number, 
/**
 * Private fields that it contains.
 */
private: Array<PrivateField>, };

/**
 * A submission that was written.
 */
export type ExportedSubmission = { 
/**
 * Its id: SHA-256 of its manifest, hexadecimal.
 */
id: string, 
/**
 * The file.
 */
path: string, 
/**
 * Records in it.
 */
records: number, 
/**
 * Fingerprint of the key that signed it, for the publisher to compare.
 */
fingerprint: string, };

/**
 * Counts of one facet.
 */
export type Facet = { 
/**
 * Facet id, which is also the taxonomy that names its codes.
 */
id: string, 
/**
 * Codes with counts, most frequent first, then by code. Counts ignore the facet's own selection.
 */
values: Array<FacetValue>, };

/**
 * One value of a facet.
 */
export type FacetValue = { 
/**
 * Code; `none` stands for records that state nothing.
 */
code: string, 
/**
 * Records.
 */
count: number, };

/**
 * An address that failed.
 */
export type FailedAddress = { 
/**
 * The address.
 */
address: string, 
/**
 * Why.
 */
problem: Problem, };

/**
 * Something that is wrong with what was typed.
 */
export type Fault = { 
/**
 * Path of the field, such as `outcomes.0.metric`; for links the relation, `link:provided_by`.
 */
field: string, 
/**
 * What is wrong.
 */
code: FaultCode, 
/**
 * What the text about it names.
 */
facts: { [key in string]: string }, 
/**
 * It cannot be saved so.
 */
stops: boolean, };

/**
 * What is wrong with a field.
 */
export type FaultCode = "required" | "too_long" | "too_many" | "not_text" | "bad_date" | "bad_year" | "unknown_code" | "credit_code_length" | "credit_code_character" | "credit_code_check" | "bad_address" | "bad_mail" | "bad_phone" | "unclear_amount" | "bad_link" | "dead_link" | "unreadable";

/**
 * A favourite.
 */
export type Favourite = { 
/**
 * When it was added (ISO 8601).
 */
added: string, 
/**
 * The record; from the kept copy when it is gone from the catalog.
 */
row: Row, 
/**
 * No longer in the catalog.
 */
gone: boolean, };

/**
 * Changes where a feed that is here is asked. What is trusted stays as it is: an address is believed only as far as what
 * it serves is signed for this feed.
 */
export type FeedAddresses = { 
/**
 * Feed id.
 */
feed: string, 
/**
 * Base addresses or folders, in the order in which they are tried; none for a feed that only comes by file.
 */
addresses: Array<string>, 
/**
 * Allows addresses without encryption or inside the local network.
 */
local: boolean, };

/**
 * What is at an address: a verified feed, or why not.
 */
export type FeedPreview = { 
/**
 * What was found. Also present beside a problem where the signatures are sound, as when they ran out.
 */
found: FoundFeed | null, 
/**
 * Why it cannot be used as it is.
 */
problem: Problem | null, };

/**
 * Names a feed.
 */
export type FeedRequest = { 
/**
 * Feed id.
 */
feed: string, };

/**
 * In what state a feed is: the one thing that a reader should know first.
 */
export type FeedState = "bundled" | "never_synced" | "refused" | "clock_wrong" | "app_too_old" | "expired" | "offline" | "disk_full" | "up_to_date" | "aged";

/**
 * The state of one feed.
 */
export type FeedStatus = { 
/**
 * Feed id.
 */
feed: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Generation.
 */
generation: number, 
/**
 * Digest of the whole state, `sha256-buckets-1`, hexadecimal.
 */
digest: string, 
/**
 * When the generation was published (ISO 8601).
 */
published: string, 
/**
 * Records.
 */
records: number, };

/**
 * A feed with its state.
 */
export type FeedView = { 
/**
 * Feed id.
 */
feed: string, 
/**
 * Title, in the words of the feed.
 */
title: Text, 
/**
 * The catalog that came with the product: it has no address, and no key of its own.
 */
bundled: boolean, 
/**
 * Base address or folder; empty for a feed that only comes by file.
 */
base: string, 
/**
 * Further addresses of the same feed, tried in turn.
 */
mirrors: Array<string>, 
/**
 * The user allowed an address without encryption or inside the local network.
 */
local: boolean, 
/**
 * SHA-256 of the first root, as the user confirmed it; empty for the bundled catalog.
 */
fingerprint: string, 
/**
 * Generation in the catalog; zero when none was applied yet.
 */
generation: number, 
/**
 * When that generation was published (ISO 8601).
 */
published: string | null, 
/**
 * Records in the catalog.
 */
records: number, 
/**
 * In what state the feed is.
 */
state: FeedState, 
/**
 * What went wrong at the last attempt; none after a success.
 */
problem: Problem | null, 
/**
 * Whole days since the generation was published, by the clock of the machine.
 */
age_days: number | null, 
/**
 * Until when the publisher vouches for this generation being the newest (ISO 8601).
 */
expires: string | null, 
/**
 * The generation was imported from a file after its date of expiry, with consent.
 */
imported_expired: boolean, 
/**
 * When the feed was last found current or updated (ISO 8601).
 */
last_success: string | null, 
/**
 * When it was last tried (ISO 8601).
 */
last_attempt: string | null, 
/**
 * When the next automatic check is due (ISO 8601); none while checks are off or there is no address.
 */
next_check: string | null, 
/**
 * Everything that a sync tells the server.
 */
sends: Sends, 
/**
 * The feed that this one continues and whose records it replaced.
 */
continues: string | null, };

/**
 * A field of a form.
 */
export type Field = { 
/**
 * Its path in the record, such as `summary.zh`; for links the relation, such as `link:provided_by`.
 */
path: string, 
/**
 * What may be typed.
 */
shape: Shape, 
/**
 * The taxonomies whose codes it takes, and for links the kinds of record.
 */
of: Array<string>, 
/**
 * Part of the form: `name`, `about`, `offer`, `place`, `proof` or `links`.
 */
part: string, 
/**
 * A record without it cannot be saved; of the names one is enough.
 */
required: boolean, };

/**
 * A field that changed.
 */
export type FieldChange = { 
/**
 * Path of the field: `city`, `name.zh`, `outcomes`.
 */
field: string, 
/**
 * Value before, as JSON; absent when the field was absent.
 */
old?: unknown, 
/**
 * Value after, as JSON; absent when the field is gone.
 */
new?: unknown, };

/**
 * A field in which a row and what is there differ.
 */
export type FieldDifference = { 
/**
 * The field.
 */
field: string, 
/**
 * What is there; null when nothing is.
 */
there: unknown, 
/**
 * What the row says.
 */
row: unknown, 
/**
 * The value of the row is taken.
 */
taken: boolean, };

/**
 * A need that is to be forgotten.
 */
export type ForgetRequest = { 
/**
 * `own/need/UUID`.
 */
ref: RecordRef, };

/**
 * What was forgotten, and what still holds it.
 */
export type Forgotten = { 
/**
 * What screens read again.
 */
changes: Changes, 
/**
 * Backups, and damaged files that were kept, in which it can still be found.
 */
held: Array<BackupView>, };

/**
 * A feed that was found and verified against its own root.
 */
export type FoundFeed = { 
/**
 * Feed id.
 */
feed: string, 
/**
 * Title.
 */
title: Text, 
/**
 * SHA-256 of its first root, to be compared with what the publisher says elsewhere.
 */
fingerprint: string, 
/**
 * Keys that may sign the root, and how many of them must.
 */
root_keys: number, 
/**
 * Signatures needed for the root.
 */
root_threshold: number, 
/**
 * Generation.
 */
generation: number, 
/**
 * When it was published (ISO 8601).
 */
published: string, 
/**
 * Records.
 */
records: number, 
/**
 * The feed that it continues and would replace.
 */
continues: string | null, 
/**
 * A feed of that id is here already; with the same root unless `problem` is `other_feed`.
 */
known: boolean, 
/**
 * The address is without encryption or inside the local network, and must be allowed as such.
 */
local: boolean, };

/**
 * One line of the history of a need.
 */
export type HistoryEntry = { 
/**
 * When (ISO 8601).
 */
at: string, } & ({ "what": "created" } | { "what": "edited", 
/**
 * Fields of [`NeedForm`] that changed, and `text` when the text from which it was read did.
 */
fields: Array<string>, } | { "what": "status", 
/**
 * From.
 */
from: NeedStatus, 
/**
 * To.
 */
to: NeedStatus, 
/**
 * Why it was given up; empty otherwise.
 */
reason: string, } | { "what": "noted" } | { "what": "shortlisted", 
/**
 * The record as it was named then.
 */
record: MatchRecord, } | { "what": "unlisted", 
/**
 * The record as it was named then.
 */
record: MatchRecord, } | { "what": "received" });

/**
 * Which file to import.
 */
export type ImportRequest = { 
/**
 * Path of a `.atlas` file, or of a folder that holds a feed.
 */
path: string, 
/**
 * Consent to a generation whose signature has run out.
 */
allow_expired: boolean, 
/**
 * Confirmed fingerprint of a feed that is not here yet; it is then added without an address.
 */
fingerprint: string | null, };

/**
 * Takes checked rows in.
 */
export type ImportTableRequest = { 
/**
 * The open file, which was checked.
 */
table: number, 
/**
 * Take the good rows in although others are wrong; otherwise all rows must be good.
 */
partly: boolean, 
/**
 * Keep the mapping for the next file with these columns.
 */
keep_mapping: boolean, 
/**
 * A UUID that was never used; the ids of new records follow from it.
 */
seed: string, };

/**
 * The state of the search index.
 */
export type IndexStatus = { 
/**
 * Documents in it.
 */
documents: number, 
/**
 * Revision it shows.
 */
revision: number, 
/**
 * Versions of schema, analyzer and lexicon.
 */
stamp: string, };

/**
 * A field whose value was concluded, not printed.
 */
export type Inferred = { 
/**
 * Field of the record, such as `industry`.
 */
field: string, 
/**
 * Who concluded it: a rule of the catalog's rule table (`rule:…`), or `source` when whoever
 * gathered the source did.
 */
by: string, };

/**
 * A piece of a line.
 */
export type Inline = { "inline": "text", 
/**
 * The text.
 */
text: string, } | { "inline": "code", 
/**
 * The text.
 */
text: string, } | { "inline": "emphasis", 
/**
 * What is.
 */
spans: Array<Inline>, } | { "inline": "strong", 
/**
 * What is.
 */
spans: Array<Inline>, } | { "inline": "strike", 
/**
 * What is.
 */
spans: Array<Inline>, } | { "inline": "link", 
/**
 * `http` or `https`, in its normal form.
 */
address: string, 
/**
 * What stands for it.
 */
spans: Array<Inline>, } | { "inline": "break" };

/**
 * An item of a list.
 */
export type Item = { 
/**
 * Whether its box is ticked; absent where it has none.
 */
done: boolean | null, 
/**
 * What stands in it.
 */
blocks: Array<Block>, };

/**
 * A draft and the need that it is of.
 */
export type KeptDraft = { 
/**
 * The need; empty for one that does not exist yet.
 */
ref: string, 
/**
 * What was typed.
 */
draft: NeedDraft, };

/**
 * A record that the user kept.
 */
export type KeptRecord = { 
/**
 * The record; from the kept copy when it is gone from the catalog.
 */
row: Row, 
/**
 * No longer in the catalog.
 */
gone: boolean, 
/**
 * When it was added, or the note on it last changed (ISO 8601).
 */
added: string, };

/**
 * The kinds of record that this version shows.
 */
export type Kind = "scenario" | "enterprise" | "provider" | "solution" | "case" | "base" | "dataset" | "model" | "document" | "need" | "list";

/**
 * The last edit that can be taken back.
 */
export type LastEdit = { 
/**
 * When it was made (ISO 8601).
 */
made: string, 
/**
 * Which kinds of data it changed; its steps play no part.
 */
changes: Changes, 
/**
 * How many records it was about.
 */
records: number, };

/**
 * What leaves of a record, exactly.
 */
export type LeavingRecord = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its name as it leaves.
 */
name: string, 
/**
 * Every field that leaves.
 */
fields: { [key in string]: unknown }, 
/**
 * Fields that stay here, wholly or in part.
 */
left_out: Array<string>, };

/**
 * A typed link to another record.
 */
export type Link = { 
/**
 * Code of the taxonomy `relation`, such as `applied_by` (case → enterprise).
 */
rel: Code, 
/**
 * Target: `kind/id` within the same feed, or `feed/kind/id`.
 */
to: string, 
/**
 * Clause of a document, when the target is one.
 */
clause?: string | null, };

/**
 * A link as seen from one record.
 */
export type LinkView = { 
/**
 * Relation code.
 */
rel: Code, 
/**
 * From this record to the other; otherwise the other points here.
 */
forward: boolean, 
/**
 * The other record.
 */
ref: RecordRef, 
/**
 * Kind of the other record.
 */
kind: Kind, 
/**
 * Its name.
 */
name: Text, 
/**
 * Clause, when the other record is a document.
 */
clause: string | null, 
/**
 * Who concluded it, where the record that has the link marks it as inferred.
 */
inferred: string | null, };

/**
 * A list: the publication on which records stand.
 */
export type List = { 
/**
 * Document number 文号.
 */
doc_number?: string | null, 
/**
 * Issuing bodies.
 */
issuers?: Array<string>, 
/**
 * How many entries the whole list has, as printed; the catalog may hold fewer.
 */
announced?: string | null, 
/**
 * Entries that are no records of their own (zones, areas).
 */
entries?: Array<ListEntry>, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * An entry of a list that is no record of its own.
 */
export type ListEntry = { 
/**
 * Name, as printed.
 */
name: string, 
/**
 * Region.
 */
region?: Code | null, 
/**
 * Date, as printed.
 */
date?: Date | null, 
/**
 * Remark.
 */
note?: string | null, 
/**
 * Key of the source that says so.
 */
source: string, };

/**
 * Which list.
 */
export type ListRequest = { 
/**
 * UUID.
 */
id: string, };

/**
 * A list among the others.
 */
export type ListRow = { 
/**
 * UUID.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Records in it.
 */
members: number, 
/**
 * When it was made (ISO 8601).
 */
created: string, };

/**
 * A list with its members.
 */
export type ListView = { 
/**
 * The list.
 */
list: ListRow, 
/**
 * What the user noted about it, in Markdown.
 */
note: string, 
/**
 * The note, read.
 */
blocks: Array<Block>, 
/**
 * Its members, in order.
 */
members: Array<KeptRecord>, };

/**
 * The last lines of the log.
 */
export type LogTail = { 
/**
 * Lines, oldest first.
 */
lines: Array<string>, };

/**
 * Marks a match as looked at: its first hits are kept, so that a later one can say what moved.
 */
export type LookedAt = { 
/**
 * A need of the user's own.
 */
ref: RecordRef, 
/**
 * The match that was looked at.
 */
request: MatchRequest, };

/**
 * Asks which field each column fills.
 */
export type MapTableRequest = { 
/**
 * The open file.
 */
table: number, 
/**
 * The sheet, from 0.
 */
sheet: number, 
/**
 * The row that names the columns.
 */
header: number, 
/**
 * What a row is.
 */
kind: Kind, };

/**
 * Which field a column fills.
 */
export type MappedColumn = { 
/**
 * The header as it stands in the file.
 */
header: string, 
/**
 * The field, by its path; none keeps the column under its own name.
 */
field: string | null, };

/**
 * One hit with its reasons.
 */
export type Match = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * Its name.
 */
name: Text, 
/**
 * Who offers it, where that is another record.
 */
provider: MatchRecord | null, 
/**
 * Rank in its list, from 1.
 */
rank: number, 
/**
 * The score: the sum of the contributions.
 */
score: number, 
/**
 * Best and worst rank when the weights vary by a fifth; absent in the near-miss list.
 */
ranks: [number, number] | null, 
/**
 * Moved ahead of a larger provider of about the same score.
 */
lifted: boolean, 
/**
 * What the criteria add, in the order of their table.
 */
contributions: Array<Contribution>, 
/**
 * Words shared, what says most first.
 */
words: Array<MatchedWord>, 
/**
 * The record in which they stand, where that is not the hit itself: the solution of a provider that answers best.
 */
words_in: MatchRecord | null, 
/**
 * Cases that speak for it, strongest first.
 */
evidence: Array<EvidencePath>, 
/**
 * Changes that would lift it.
 */
counterfactuals: Array<Counterfactual>, 
/**
 * Changes of the need that would admit it, where it is a near miss.
 */
need_changes: Array<NeedChange>, 
/**
 * How well the need fits the offer and the offer the need, when an offer was asked for.
 */
sides: Sides | null, };

/**
 * What was found for a need or an offer.
 */
export type MatchAnswer = { 
/**
 * Candidates whose records were read.
 */
candidates: number, 
/**
 * The criteria, in the order of their table.
 */
criteria: Array<CriterionUse>, 
/**
 * What the need asks for and no record states: to be asked about, whatever the rank.
 */
unjudged: Array<Unjudged>, 
/**
 * The main list.
 */
hits: Array<Match>, 
/**
 * Candidates that are known to break something strict.
 */
near: Array<Match>, };

/**
 * A fact behind a value.
 */
export type MatchFact = { 
/**
 * What the values are: `asked`, `offered`, `same`, `record` …
 */
key: string, 
/**
 * The taxonomy whose codes the values are, if they are codes.
 */
taxonomy: string | null, 
/**
 * The values.
 */
values: Array<string>, };

/**
 * A record on the way from a hit to its evidence.
 */
export type MatchRecord = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * Its name.
 */
name: Text, };

/**
 * A need to match.
 */
export type MatchRequest = { 
/**
 * The need.
 */
need: NeedForm, 
/**
 * With what.
 */
target: MatchTarget, 
/**
 * Hits wanted in each of the two lists; at most 100.
 */
limit: number, 
/**
 * Weights to begin with.
 */
preset: Preset, 
/**
 * Criterion → weight, in place of the preset's. Weights are taken in proportion to their sum.
 */
weights: { [key in string]: number }, 
/**
 * Constraints taken as met.
 */
assume: Array<Assumption>, };

/**
 * What a candidate says about a criterion.
 */
export type MatchState = "met" | "unknown" | "violated";

/**
 * What a need is matched with.
 */
export type MatchTarget = "solutions" | "providers" | "scenarios" | "cases" | "needs";

/**
 * Words that need and record share.
 */
export type MatchedWord = { 
/**
 * The words, as the record writes them, in normal form.
 */
text: string, 
/**
 * Their share of the value of the criterion `text`.
 */
share: number, 
/**
 * The record in which they stand.
 */
ref: RecordRef, 
/**
 * Whether they stand in a name.
 */
in_name: boolean, 
/**
 * The field of the record in which they are first read.
 */
field: string, 
/**
 * Whether that field was concluded, not printed.
 */
inferred: boolean, };

/**
 * That a record stands on a list.
 */
export type Membership = { 
/**
 * The list: `list/<id>`.
 */
list: string, 
/**
 * Number on the list, as printed.
 */
no?: number | null, 
/**
 * Tier, class or group on the list, as printed.
 */
group?: string | null, 
/**
 * Review score, as printed.
 */
score?: string | null, 
/**
 * Key of the source that says so.
 */
source: string, };

/**
 * A missing element of a need.
 */
export type MissingElement = { 
/**
 * The element.
 */
element: NeedElement, 
/**
 * How many of the first ten hits change places, on average over the answers tried.
 */
moves: number, 
/**
 * Hits of the main list that state it, so that an answer could tell them apart.
 */
stating: number, 
/**
 * The answers tried: codes that the candidates state, most frequent first; empty for amounts and dates.
 */
answers: Array<Code>, };

/**
 * A model.
 */
export type Model = { 
/**
 * Developer in the words of the source.
 */
developer?: string | null, 
/**
 * Filing number of the generative AI service, as printed.
 */
filing_no?: string | null, 
/**
 * Filing number of the algorithm, as printed.
 */
algorithm_filing_no?: string | null, 
/**
 * Name under which the algorithm is filed.
 */
algorithm_name?: string | null, 
/**
 * Base model, in the words of the source.
 */
base_model?: string | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * An amount of money: the text as printed and, where it is one clear figure, its value.
 */
export type Money = { 
/**
 * As printed: `162万元`.
 */
text: string, 
/**
 * The figure in yuan (CNY), where the text is one clear amount.
 */
yuan?: number | null, };

/**
 * A hit that moved since the match was last looked at.
 */
export type Move = { 
/**
 * The record.
 */
record: MatchRecord, 
/**
 * Rank before; absent when it is new in the list.
 */
from: number | null, 
/**
 * Rank now; absent when it left the list.
 */
to: number | null, 
/**
 * It is no longer in the catalog.
 */
gone: boolean, 
/**
 * Criteria whose contribution changed, largest change first, with the change.
 */
criteria: Array<[string, number]>, };

/**
 * Why a hit moved.
 */
export type MoveCause = "need" | "catalog" | "weights" | "time";

/**
 * What moved among the first hits since the match was last looked at.
 */
export type Moves = { 
/**
 * When it was last looked at (ISO 8601); empty when never.
 */
since: string, 
/**
 * What changed in between.
 */
causes: Array<MoveCause>, 
/**
 * Hits that moved, by their rank now, then by their rank before.
 */
moves: Array<Move>, };

/**
 * How much moved in a match of a need since it was last looked at.
 */
export type MovesCount = { 
/**
 * What the need is matched with.
 */
target: MatchTarget, 
/**
 * Hits that moved.
 */
moves: number, 
/**
 * Another hit is the first.
 */
first: boolean, };

/**
 * Which match is compared with the one last looked at.
 */
export type MovesRequest = { 
/**
 * A need of the user's own.
 */
ref: RecordRef, 
/**
 * The match as it is asked for now; its form may be newer than the one stored.
 */
request: MatchRequest, };

/**
 * The name of a record, exactly as its source prints it.
 */
export type Name = { 
/**
 * Chinese name as printed.
 */
zh?: string | null, 
/**
 * English name as printed or translated.
 */
en?: string | null, 
/**
 * Other names under which people look for it.
 */
aliases?: Array<string>, 
/**
 * The source gives a brand or short name; the legal name is not known.
 */
short?: boolean, 
/**
 * The title was put together by the source or by the catalog, not printed officially.
 */
composed?: boolean, 
/**
 * Pinyin that overrides the computed one: syllables separated by spaces, no tones.
 */
pinyin?: string | null, };

/**
 * A need: somebody looks for a solution.
 */
export type Need = { 
/**
 * Who needs it, in the words of the source; may be masked.
 */
buyer?: string | null, 
/**
 * Kind of need: tender, procurement intention, challenge, need list …
 */
need_kind?: Code | null, 
/**
 * The problem.
 */
problem?: Text | null, 
/**
 * What is wanted.
 */
wanted?: Text | null, 
/**
 * Budget.
 */
budget?: Money | null, 
/**
 * Date of the notice. A notice is never shown as open without it.
 */
noticed?: Date | null, 
/**
 * Until when one may answer: the closing date of the notice.
 */
deadline?: Date | null, 
/**
 * Until when the need stands.
 */
expires?: Date | null, 
/**
 * When work can begin.
 */
start?: Date | null, 
/**
 * When it has to be done.
 */
finish?: Date | null, 
/**
 * Data at hand: codes of `data_kind`.
 */
data?: Array<Code>, 
/**
 * Data at hand in the words of the source.
 */
data_text?: string | null, 
/**
 * How sensitive the data is: a code of `sensitivity`.
 */
sensitivity?: Code | null, 
/**
 * Where it may run: codes of `deployment`.
 */
deployment?: Array<Code>, 
/**
 * Form in which it is wanted: codes of `delivery`.
 */
delivery?: Array<Code>, 
/**
 * Maturity of the enterprise now: a code of `maturity`.
 */
maturity?: Code | null, 
/**
 * Level aimed at: a code of `tier` or of `maturity`.
 */
goal?: Code | null, 
/**
 * Partner sought: codes of `partner`.
 */
partner?: Array<Code>, 
/**
 * What the source states as a condition, and not as a wish: codes of `constraint`, which are names of fields.
 */
hard?: Array<Code>, 
/**
 * The enterprise agreed that the need is shown to others. A notice that has to be public says nothing of it.
 */
consent?: boolean, 
/**
 * Project number, as printed.
 */
project_no?: string | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * A change of the need that would admit a near miss; found by ranking anew with it.
 */
export type NeedChange = { 
/**
 * Fields of the need that would have to be meant less strictly.
 */
soft: Array<string>, 
/**
 * The budget, at most, that it would take, in yuan.
 */
budget: number | null, 
/**
 * The deadline that it would take.
 */
deadline: Date | null, 
/**
 * The rank that the near miss would then have in the main list.
 */
rank: number, 
/**
 * The score that it would then have.
 */
score: number, };

/**
 * A need that is being written: it outlives the screen and the window.
 */
export type NeedDraft = { 
/**
 * The form.
 */
form: NeedForm, 
/**
 * The text from which it is read.
 */
text: string, };

/**
 * Something that a need can state.
 */
export type NeedElement = "problem" | "industry" | "stage" | "typical_scenario" | "technique" | "data" | "sensitivity" | "deployment" | "delivery" | "region" | "budget" | "start" | "deadline" | "maturity" | "partner";

/**
 * What somebody needs.
 */
export type NeedForm = { 
/**
 * The need in one line.
 */
title: string, 
/**
 * The problem in the words of those who have it.
 */
problem: string, 
/**
 * What is wanted, where that is written apart from the problem.
 */
wanted: string, 
/**
 * Who needs it.
 */
enterprise: string, 
/**
 * The enterprise is not to be named to others.
 */
masked: boolean, 
/**
 * Industry of the enterprise: GB/T 4754 codes or codes of `industry_group`.
 */
industry: Choice, 
/**
 * Where: codes of `region`.
 */
region: Choice, 
/**
 * Process stage: codes of `stage`.
 */
stage: Choice, 
/**
 * Typical scenarios of 2025: codes of `typical_scenario`.
 */
typical_scenario: Choice, 
/**
 * Techniques: codes of `technique`.
 */
technique: Choice, 
/**
 * Data at hand: codes of `data_kind`.
 */
data: Choice, 
/**
 * Data at hand in the words of those who have it.
 */
data_text: string, 
/**
 * How sensitive the data is: a code of `sensitivity`.
 */
sensitivity: Code | null, 
/**
 * Where it may run: codes of `deployment`.
 */
deployment: Choice, 
/**
 * Form in which it is wanted: codes of `delivery`.
 */
delivery: Choice, 
/**
 * Budget.
 */
budget: Budget, 
/**
 * When work can begin.
 */
start: Day, 
/**
 * When it has to be done.
 */
deadline: Day, 
/**
 * Maturity of the enterprise now: a code of `maturity` (`g1`–`g5`, `s1`–`s4`).
 */
maturity: Code | null, 
/**
 * Level aimed at: a code of `tier` (`smart_basic` … `smart_leading`) or of `maturity`.
 */
goal: Code | null, 
/**
 * Partner sought: codes of `partner`.
 */
partner: Choice, 
/**
 * The enterprise agrees that the need is shown to others.
 */
consent: boolean, 
/**
 * How far the work on it has come.
 */
status: NeedStatus, 
/**
 * Until when the need stands.
 */
expires: Date | null, };

/**
 * What was read from a text.
 */
export type NeedReading = { 
/**
 * In the order of the text.
 */
chips: Array<Chip>, 
/**
 * Every element, and whether it is stated.
 */
elements: Array<ElementState>, 
/**
 * The need as it was understood.
 */
need: NeedForm, };

/**
 * Which need is asked for.
 */
export type NeedRequest = { 
/**
 * `own/need/UUID`, or a public need of the catalog.
 */
ref: RecordRef, };

/**
 * A need of the user's own, in a list or on the board.
 */
export type NeedRow = { 
/**
 * The need.
 */
ref: RecordRef, 
/**
 * The need in one line.
 */
title: string, 
/**
 * Who needs it.
 */
enterprise: string, 
/**
 * The enterprise is not to be named to others.
 */
masked: boolean, 
/**
 * How far the work has come.
 */
status: NeedStatus, 
/**
 * Why it was given up.
 */
reason: string, 
/**
 * When something has to be done next.
 */
next: Date | null, 
/**
 * When it has to be done.
 */
deadline: Date | null, 
/**
 * Until when the need stands.
 */
expires: Date | null, 
/**
 * Records on the shortlist.
 */
shortlisted: number, 
/**
 * When it was last changed (ISO 8601).
 */
changed: string, };

/**
 * How far the work on a need has come.
 */
export type NeedStatus = "draft" | "interest" | "contact" | "trial" | "pilot" | "contract" | "dropped";

/**
 * A need with the work on it. A public need of the catalog has a form and nothing else.
 */
export type NeedView = { 
/**
 * The need.
 */
ref: RecordRef, 
/**
 * Its form.
 */
form: NeedForm, 
/**
 * The text from which it was read.
 */
text: string, 
/**
 * The user's note.
 */
note: string, 
/**
 * When something has to be done next.
 */
next: Date | null, 
/**
 * Why it was given up.
 */
reason: string, 
/**
 * The weights with which it is matched.
 */
weighing: Weighing, 
/**
 * When it was written down (ISO 8601); empty for a need of the catalog.
 */
created: string, 
/**
 * When it was last changed (ISO 8601); empty for a need of the catalog.
 */
changed: string, 
/**
 * The shortlist, oldest first.
 */
shortlist: Array<Shortlisted>, 
/**
 * What happened, newest first.
 */
history: Array<HistoryEntry>, };

/**
 * Which of the user's needs are listed.
 */
export type NeedsRequest = { 
/**
 * Only needs whose title, text, enterprise or note contain this, whatever the case.
 */
text: string, 
/**
 * Only these statuses; all when empty.
 */
status: Array<NeedStatus>, };

/**
 * What happened to one record.
 */
export type NewsEntry = { 
/**
 * The sync, by revision.
 */
revision: number, 
/**
 * What happened.
 */
change: Change, 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its kind, also one that this version does not show.
 */
kind: string, 
/**
 * Its name; after the change, unless it was removed.
 */
name: Text, 
/**
 * Fields that changed, in the order of their paths; empty unless `changed`.
 */
fields: Array<FieldChange>, 
/**
 * The record is in the catalog now and can be opened.
 */
present: boolean, };

/**
 * News, newest sync first, then in reference order.
 */
export type NewsPage = { 
/**
 * The syncs, newest first, at most 30 a feed; not narrowed by kind and change.
 */
syncs: Array<NewsSync>, 
/**
 * Entries that fit the request.
 */
total: number, 
/**
 * Entries of this page.
 */
entries: Array<NewsEntry>, };

/**
 * A record before and after a sync.
 */
export type NewsRecord = { 
/**
 * What happened, with the fields that changed.
 */
entry: NewsEntry, 
/**
 * The whole record before, as JSON; absent for an added one.
 */
before: unknown, 
/**
 * The whole record after, as JSON; absent for a removed one, and for an added one that has changed since.
 */
after: unknown, };

/**
 * A record as it was before or after a sync: what a removed record said can still be read.
 */
export type NewsRecordRequest = { 
/**
 * The sync, by revision.
 */
revision: number, 
/**
 * The record.
 */
ref: RecordRef, };

/**
 * Which news to list. All parts narrow.
 */
export type NewsRequest = { 
/**
 * One sync, by revision; all when absent.
 */
revision: number | null, 
/**
 * One feed; all when absent.
 */
feed: string | null, 
/**
 * One kind of record; all when absent.
 */
kind: string | null, 
/**
 * One kind of change; all when absent.
 */
change: Change | null, 
/**
 * Entries to skip.
 */
offset: number, 
/**
 * Entries wanted; at most 200.
 */
limit: number, };

/**
 * A sync that changed the catalog.
 */
export type NewsSync = { 
/**
 * Revision of the catalog to which it led; names the sync.
 */
revision: number, 
/**
 * Feed id.
 */
feed: string, 
/**
 * Title of the feed.
 */
title: Text, 
/**
 * When it was applied (ISO 8601).
 */
at: string, 
/**
 * Generation before; zero for the first.
 */
from: number, 
/**
 * Generation after.
 */
to: number, 
/**
 * Records added.
 */
added: number, 
/**
 * Records changed.
 */
changed: number, 
/**
 * Records removed.
 */
removed: number, 
/**
 * Records that can be listed; fewer than changed when the sync was the first of its feed or very large.
 */
listed: number, };

/**
 * A request without arguments.
 */
export type Nothing = { [key in string]: never };

/**
 * Something that happened and that the user should know.
 */
export type Notice = { 
/**
 * What happened.
 */
code: NoticeCode, 
/**
 * Facts: paths, counts.
 */
facts: { [key in string]: string }, };

/**
 * What can happen while a data folder is opened.
 */
export type NoticeCode = "catalog_imported" | "catalog_updated" | "catalog_repaired" | "index_rebuilt" | "user_restored" | "user_damaged" | "trust_reset";

/**
 * An offer whose needs are looked for.
 */
export type OfferRequest = { 
/**
 * A provider or a solution.
 */
ref: RecordRef, 
/**
 * Hits wanted in each of the two lists; at most 100.
 */
limit: number, 
/**
 * Weights to begin with.
 */
preset: Preset, 
/**
 * Criterion → weight, in place of the preset's.
 */
weights: { [key in string]: number }, 
/**
 * Constraints of needs taken as met by the offer; each names the need.
 */
assume?: Array<Assumption>, };

/**
 * Which file to open, and what the user says about a text file.
 */
export type OpenTableRequest = { 
/**
 * The file.
 */
path: string, 
/**
 * Encoding of a text file: `utf-8`, `gb18030`, `windows-1252` …; found out when absent.
 */
encoding: string | null, 
/**
 * What stands between two cells of a text file, one character; found out when absent.
 */
delimiter: string | null, };

/**
 * A result that a source reports. Figures stay exactly as printed.
 */
export type Outcome = { 
/**
 * What was measured; the whole sentence where the source does not separate it.
 */
metric: string, 
/**
 * Figure, as printed.
 */
value?: string | null, 
/**
 * Unit, as printed.
 */
unit?: string | null, 
/**
 * What it is compared with, as printed.
 */
baseline?: string | null, 
/**
 * Keys of the sources that report it.
 */
sources: Array<string>, };

/**
 * What the user corrects in a catalog record.
 */
export type Overlay = { 
/**
 * The corrections, each of another field.
 */
corrections: Array<Correction>, 
/**
 * A remark on the record.
 */
note: string, };

/**
 * An own record to be written in a form.
 */
export type OwnForm = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * As it is saved; blank for a new one.
 */
document: { [key in string]: unknown }, 
/**
 * As it was last typed, where that was not saved.
 */
draft: { [key in string]: unknown } | null, 
/**
 * It is saved; otherwise it is new.
 */
saved: boolean, 
/**
 * The fields of the form.
 */
fields: Array<Field>, 
/**
 * Names of the records that it links to.
 */
names: { [key in string]: Text }, };

/**
 * A page of own records.
 */
export type OwnPage = { 
/**
 * The rows.
 */
rows: Array<OwnRow>, 
/**
 * How many there are of each kind, needs included.
 */
counts: { [key in string]: number }, };

/**
 * Which own records are asked for.
 */
export type OwnRequest = { 
/**
 * Their kind.
 */
kind: Kind, 
/**
 * Their order.
 */
sort: OwnSort, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, 200 at most.
 */
limit: number, };

/**
 * An own record in a list.
 */
export type OwnRow = { 
/**
 * The record.
 */
row: Row, 
/**
 * When it was last changed (ISO 8601).
 */
changed: string, 
/**
 * How good it is as a listing, 0–20.
 */
quality: number, };

/**
 * In which order own records are listed; references break ties.
 */
export type OwnSort = "changed" | "name";

/**
 * Industry × process stage, regions, kinds. Every record counts once: under its first industry
 * group, its first stage and its first region, or under `none`.
 */
export type Panorama = { 
/**
 * Records counted.
 */
total: number, 
/**
 * Industry groups, in taxonomy order; codes that no taxonomy knows; `none` last.
 */
rows: Array<string>, 
/**
 * Process stages, likewise.
 */
columns: Array<string>, 
/**
 * Cells by row and column.
 */
cells: Array<Array<Cell>>, 
/**
 * Region code → records; `none` for those without.
 */
regions: { [key in string]: number }, 
/**
 * Records per kind in the whole catalog, whatever the request.
 */
kinds: { [key in string]: number }, };

/**
 * Which panorama.
 */
export type PanoramaRequest = { 
/**
 * Only this kind; all kinds but documents and lists when absent.
 */
kind: Kind | null, 
/**
 * Only this action of the AI+ action (`1` … `6`).
 */
action: Code | null, };

/**
 * A query text, read.
 */
export type ParsedQuery = { 
/**
 * Free words.
 */
words: Array<string>, 
/**
 * Quoted literals.
 */
literals: Array<string>, 
/**
 * Words that must not occur.
 */
excluded: Array<string>, 
/**
 * Filters written in the text.
 */
filters: { [key in string]: Array<string> }, 
/**
 * Parts that look like a filter but name no facet, or are beyond the limits; they were ignored or read as words. Filters
 * of the request that name no facet stand here too; they were ignored.
 */
ignored: Array<string>, 
/**
 * The Latin words were read as pinyin.
 */
pinyin: boolean, 
/**
 * Words replaced because nothing matched, by a translation or a correction: `[typed, used]`.
 */
corrected: Array<[string, string]>, };

/**
 * Phases of a long job.
 */
export type Phase = "verify" | "apply" | "index";

/**
 * A solved portfolio.
 */
export type Portfolio = { 
/**
 * What staff decided.
 */
plan: PortfolioPlan, 
/**
 * The needs, in the order of the list.
 */
needs: Array<PortfolioNeed>, 
/**
 * Providers in use, or with a number of their own; fullest first.
 */
loads: Array<PortfolioLoad>, 
/**
 * Needs with at least one provider.
 */
served: number, 
/**
 * Sum of the scores.
 */
total: number, 
/**
 * `total` as a part of what would be possible.
 */
share: number, 
/**
 * The least sum of scores among the needs served.
 */
floor: number, 
/**
 * Gini coefficient of how far providers are used: 0 is the same for all.
 */
gini: number, 
/**
 * Pairs of `plan.kept` that the solution departs from.
 */
departures: number, 
/**
 * Pairs that were settled or kept, whose provider is no longer there or fits no more.
 */
lost: Array<PortfolioPair>, 
/**
 * Who is meant by `lost` and `plan.forbids`, as far as that is known.
 */
named: Array<PortfolioProvider>, 
/**
 * Needs of the chosen statuses that take no part because they have expired.
 */
expired: number, };

/**
 * How many of something: needs that a provider can take, providers that a need wants.
 */
export type PortfolioCount = { 
/**
 * The need or provider.
 */
ref: RecordRef, 
/**
 * How many.
 */
count: number, };

/**
 * How far a provider is used.
 */
export type PortfolioLoad = { 
/**
 * The provider.
 */
provider: MatchRecord, 
/**
 * Needs assigned to it.
 */
used: number, 
/**
 * Needs that it can take.
 */
capacity: number, };

/**
 * One need of a portfolio.
 */
export type PortfolioNeed = { 
/**
 * The need.
 */
need: NeedRow, 
/**
 * Providers that it wants.
 */
demand: number, 
/**
 * Who serves it, best first.
 */
assigned: Array<Assigned>, 
/**
 * Others that would fit, best first; at most five.
 */
others: Array<Assigned>, 
/**
 * Why it has fewer than it wants.
 */
short: ShortReason | null, };

/**
 * A need and a provider, as staff decide about them.
 */
export type PortfolioPair = { 
/**
 * The need.
 */
need: RecordRef, 
/**
 * The provider.
 */
provider: RecordRef, };

/**
 * What staff decided about a portfolio; kept, and changed as a whole.
 */
export type PortfolioPlan = { 
/**
 * Statuses whose needs take part.
 */
status: Array<NeedStatus>, 
/**
 * Needs left out.
 */
without: Array<RecordRef>, 
/**
 * Providers that a need wants, unless `demands` says otherwise.
 */
demand: number, 
/**
 * Needs that a provider can take, unless `capacities` says otherwise.
 */
capacity: number, 
/**
 * Needs with their own number.
 */
demands: Array<PortfolioCount>, 
/**
 * Providers with their own number.
 */
capacities: Array<PortfolioCount>, 
/**
 * Pairs that are settled.
 */
locks: Array<PortfolioPair>, 
/**
 * Pairs that must not be.
 */
forbids: Array<PortfolioPair>, 
/**
 * Raise the worst-off need at the price of at most 2 % of the total.
 */
fair: boolean, 
/**
 * The pairs of the solution that was last kept; a new one departs from them only for a gain.
 */
kept: Array<PortfolioPair>, };

/**
 * A provider that staff decided about and that is not among those of the needs.
 */
export type PortfolioProvider = { 
/**
 * The provider.
 */
ref: RecordRef, 
/**
 * Its name; of one that is gone, as it was when staff decided.
 */
name: Text, 
/**
 * It is no longer there.
 */
gone: boolean, };

/**
 * Weights to begin with.
 */
export type Preset = "balanced" | "proven" | "feasible" | "topic";

/**
 * A cell of the preview.
 */
export type PreviewCell = { 
/**
 * As it stands in the file.
 */
text: string, 
/**
 * `empty`, `text`, `number`, `date`, `boolean` or `error`.
 */
form: string, };

/**
 * Asks what is at an address before the feed is added.
 */
export type PreviewRequest = { 
/**
 * Base address, folder, or path of a `.atlas` file.
 */
base: string, 
/**
 * Allows an address without encryption or inside the local network.
 */
local: boolean, };

/**
 * A row of the preview.
 */
export type PreviewRow = { 
/**
 * Its number.
 */
row: number, 
/**
 * Its cells, from the left.
 */
cells: Array<PreviewCell>, };

/**
 * What is to be handed in.
 */
export type PreviewSubmissionRequest = { 
/**
 * Records of the user's own.
 */
refs: Array<RecordRef>, 
/**
 * Leave the enterprise's name, phone numbers and mailboxes out of needs. Of a need that is not to be named they are
 * left out in any case.
 */
masked: boolean, 
/**
 * Hand the contact of organisations in as well.
 */
contact: boolean, };

/**
 * Asks for the first rows of a sheet.
 */
export type PreviewTableRequest = { 
/**
 * The open file.
 */
table: number, 
/**
 * The sheet, from 0.
 */
sheet: number, };

/**
 * Something that belongs to a person or stays within the house.
 */
export type PrivateField = "person" | "phone" | "email" | "enterprise" | "letter" | "note";

/**
 * Why something about a feed did not work, with facts for the text.
 */
export type Problem = { 
/**
 * What kind of problem.
 */
code: ProblemCode, 
/**
 * Facts: `role`, `expires`, `status`, `generation`, `stored`, `address`, `needs`, `free` …
 */
facts: { [key in string]: string }, };

/**
 * Why something about a feed did not work.
 */
export type ProblemCode = "unreachable" | "interrupted" | "too_slow" | "server_error" | "insecure" | "no_feed" | "clock_wrong" | "app_too_old" | "disk_full" | "signature" | "replaced_keys" | "rollback" | "same_generation" | "expired" | "integrity" | "malformed" | "other_feed" | "too_large" | "pack" | "digest" | "redirected" | "encoded" | "private_address" | "unknown_feed" | "unreadable";

/**
 * Progress of a long job. `total` is zero while unknown.
 */
export type Progress = { 
/**
 * What is being done.
 */
phase: Phase, 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all.
 */
total: number, };

/**
 * A provider of AI solutions or services.
 */
export type Provider = { 
/**
 * Unified social credit code (GB 32100).
 */
credit_code?: string | null, 
/**
 * Tiers.
 */
tier?: Array<Code>, 
/**
 * Year of foundation, as printed.
 */
founded?: string | null, 
/**
 * Products, as printed.
 */
products?: Array<string>, 
/**
 * What it offers, in the words of the source.
 */
offers?: Array<string>, 
/**
 * Qualifications, as printed.
 */
qualifications?: Array<string>, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * How good a listing is: four criteria of 0–5 each.
 */
export type Quality = { 
/**
 * Sum of the criteria, 0–20.
 */
total: number, 
/**
 * What that means.
 */
grade: QualityGrade, 
/**
 * `advantages`, `clarity`, `cooperation`, `language`.
 */
criteria: Array<QualityCriterion>, };

/**
 * One criterion: a point for each thing that is there.
 */
export type QualityCriterion = { 
/**
 * Id.
 */
id: string, 
/**
 * Points, 0–5.
 */
score: number, 
/**
 * All five things.
 */
points: Array<QualityPoint>, };

/**
 * How good a listing is as a whole.
 */
export type QualityGrade = "excellent" | "good" | "sufficient" | "on_hold" | "rejected";

/**
 * One thing that makes a listing better.
 */
export type QualityPoint = { 
/**
 * Id.
 */
id: string, 
/**
 * It is there.
 */
there: boolean, };

/**
 * A text to read.
 */
export type ReadNeedRequest = { 
/**
 * The text; at most 64 KiB.
 */
text: string, };

/**
 * A note that is being written.
 */
export type ReadNoteRequest = { 
/**
 * Markdown.
 */
text: string, };

/**
 * What a publisher answered.
 */
export type ReceiptView = { 
/**
 * The feed.
 */
feed: string, 
/**
 * When, as the publisher says (ISO 8601).
 */
made: string, 
/**
 * Records accepted.
 */
accepted: number, 
/**
 * Records rejected, with the reasons in the list of submissions.
 */
rejected: number, };

/**
 * What a work bundle does with a need.
 */
export type Received = "new" | "newer" | "same" | "older";

/**
 * A need in a work bundle.
 */
export type ReceivedNeed = { 
/**
 * The need.
 */
need: NeedRow, 
/**
 * What is done with it.
 */
received: Received, };

/**
 * A record of any kind. On the wire: one object with the kind in the field `kind`.
 */
export type Record = { "kind": "scenario" } & Scenario | { "kind": "enterprise" } & Enterprise | { "kind": "provider" } & Provider | { "kind": "solution" } & Solution | { "kind": "case" } & Case | { "kind": "base" } & Base | { "kind": "dataset" } & Dataset | { "kind": "model" } & Model | { "kind": "document" } & Document | { "kind": "need" } & Need | { "kind": "list" } & List;

/**
 * A reference to a record: `feed/kind/id`. The kind is free text here, because a feed may carry
 * kinds that this version does not know.
 *
 * Orders by feed, kind and id bytewise; every tie in the product breaks on this order.
 */
export type RecordRef = string;

/**
 * Which record.
 */
export type RecordRequest = { 
/**
 * Reference `feed/kind/id`.
 */
ref: RecordRef, };

/**
 * A record with what surrounds it.
 */
export type RecordView = { 
/**
 * Reference.
 */
ref: RecordRef, 
/**
 * The record.
 */
record: Record, 
/**
 * Links in both directions, forward ones first.
 */
links: Array<LinkView>, 
/**
 * Other records of the same thing.
 */
twins: Array<Twin>, 
/**
 * Lists on which it stands: `list/<id>` → name.
 */
lists: { [key in string]: Text }, 
/**
 * Similar records of the same kind, best first.
 */
similar: Array<Row>, 
/**
 * Industry groups derived from the industries.
 */
industry_group: Array<Code>, 
/**
 * Whether it is among the favourites.
 */
favourite: boolean, 
/**
 * The record is no longer in the catalog: what is shown is the copy kept with the favourite.
 */
gone: boolean, 
/**
 * What the user corrects in it.
 */
overlay: Overlay | null, 
/**
 * Fields that the catalog has changed since they were corrected.
 */
moved_on: Array<string>, 
/**
 * What its publisher confirmed and corrected, newest first.
 */
history: Array<Revision>, 
/**
 * How the organisation can be reached, published with its consent.
 */
contact: ContactView | null, };

/**
 * How far a query was relaxed until something matched.
 */
export type Relaxed = "all" | "most" | "any";

/**
 * What a restore would change.
 */
export type RestorePreview = { 
/**
 * The backup.
 */
backup: BackupView, 
/**
 * Whether it proved sound; one that did not cannot be restored.
 */
sound: boolean, 
/**
 * What is there now, by the same kinds.
 */
now: { [key in string]: number }, };

/**
 * A confirmation, or a correction of some fields.
 */
export type Revision = { 
/**
 * The day.
 */
date: Date | null, 
/**
 * Who did it; empty where that is not said.
 */
by: string, 
/**
 * Key of the source by which it was done; empty where that is not said.
 */
source: string, 
/**
 * What was corrected; nothing in a confirmation.
 */
changes: Array<FieldChange>, };

/**
 * Where to start.
 */
export type Roadmap = { 
/**
 * Scenarios, by phase and then by rank.
 */
steps: Array<RoadmapStep>, 
/**
 * Scenarios that rank among these, belong to another industry than the enterprise and are no steps for it.
 */
elsewhere: number, 
/**
 * Support measures that are not known to be closed or to exclude the enterprise.
 */
support: Array<RoadmapSupport>, };

/**
 * When a step is taken.
 */
export type RoadmapPhase = "now" | "next" | "later";

/**
 * A scenario on the way.
 */
export type RoadmapStep = { 
/**
 * When.
 */
phase: RoadmapPhase, 
/**
 * The scenario with its reasons.
 */
scenario: Match, 
/**
 * Steps of this roadmap that come first.
 */
after: Array<RecordRef>, 
/**
 * Typical scenarios that should be in place, whether they are steps or not. They are this catalog's reading
 * of what builds on what, not printed anywhere.
 */
prerequisites: Array<Code>, 
/**
 * What must be in place first, as the record states it.
 */
stated: Text | null, };

/**
 * A support measure that may apply.
 */
export type RoadmapSupport = { 
/**
 * The document.
 */
document: MatchRecord, 
/**
 * Kind of support: a code of `support_kind`.
 */
kind: Code, 
/**
 * Who may have it.
 */
eligible: Text | null, 
/**
 * Where it applies; empty means nationwide.
 */
region: Array<Code>, 
/**
 * Until when it may be asked for.
 */
deadline: Date | null, 
/**
 * What is given, as printed.
 */
amount: Text | null, };

/**
 * One record in a list.
 */
export type Row = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * Name in both languages.
 */
name: Text, 
/**
 * Name marked where the query matched, in the language that it matched in (Chinese first).
 */
title: Array<Span>, 
/**
 * A piece of the text that matched, where the name alone does not explain the hit.
 */
snippet: Array<Span>, 
/**
 * Whether that text was concluded, not printed.
 */
snippet_inferred: boolean, 
/**
 * Whether every word of the query occurs.
 */
exact: boolean, 
/**
 * Strongest verification status.
 */
status: Status, 
/**
 * Who: enterprise, provider, developer, host, buyer or issuer in the words of the source.
 */
who: string | null, 
/**
 * Case: who provides, in the words of the source, where that is not already `who`.
 */
provider: string | null, 
/**
 * Industry groups.
 */
industry_group: Array<Code>, 
/**
 * Process stages.
 */
stage: Array<Code>, 
/**
 * Techniques.
 */
technique: Array<Code>, 
/**
 * Regions.
 */
region: Array<Code>, 
/**
 * City, as printed.
 */
city: string | null, 
/**
 * Date of the newest fact.
 */
date: Date | null, 
/**
 * Need: deadline; scenario: valid until.
 */
until: Date | null, 
/**
 * Need: budget as printed; solution: price.
 */
amount: string | null, 
/**
 * Fields concluded, not printed.
 */
inferred: Array<string>, 
/**
 * Something about it is doubtful.
 */
doubtful: boolean, 
/**
 * Number of sources.
 */
sources: number, 
/**
 * Number of outcomes.
 */
outcomes: number, 
/**
 * Number of links in both directions.
 */
links: number, 
/**
 * Whether it is among the favourites.
 */
favourite: boolean, 
/**
 * Other records of the same thing; told in lists and search results.
 */
twins: Array<Twin>, };

/**
 * What becomes of a row.
 */
export type RowFate = "new" | "duplicate" | "skipped" | "wrong";

/**
 * Something about a cell that the user has to know.
 */
export type RowIssue = { 
/**
 * The column, from 0; none when it is about the row.
 */
column: number | null, 
/**
 * The field.
 */
field: string, 
/**
 * The value as it stands.
 */
value: string, 
/**
 * What is wrong: a code.
 */
code: string, 
/**
 * The row cannot be imported with it; otherwise it is a remark.
 */
wrong: boolean, };

/**
 * What a row is the same as.
 */
export type SameAs = { 
/**
 * The user's record; none when it is another row.
 */
ref: RecordRef | null, 
/**
 * The row of the file that says the same first; none when it is a record.
 */
row: number | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Why.
 */
by: SameBy, 
/**
 * What is done about it.
 */
choice: DuplicateChoice, 
/**
 * Where they differ.
 */
differences: Array<FieldDifference>, };

/**
 * Why two records count as the same.
 */
export type SameBy = "credit_code" | "name" | "similarity";

/**
 * An application scenario: the setting in which AI is applied or to be tried.
 */
export type Scenario = { 
/**
 * Who opens the scenario, in the words of the source.
 */
opened_by?: string | null, 
/**
 * The problem.
 */
problem?: Text | null, 
/**
 * What is done about it.
 */
approach?: Text | null, 
/**
 * Data that it needs.
 */
data_needed?: Text | null, 
/**
 * What must be in place first.
 */
prerequisites?: Text | null, 
/**
 * Maturity code.
 */
maturity?: Code | null, 
/**
 * Until when the opportunity stands.
 */
valid_until?: Date | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * One page of search results.
 */
export type SearchPage = { 
/**
 * Records that match.
 */
total: number, 
/**
 * Records that would match without any filter; tells "filtered out" from "no hits".
 */
unfiltered: number, 
/**
 * How far the query had to be relaxed.
 */
relaxed: Relaxed, 
/**
 * How the query text was understood.
 */
query: ParsedQuery, 
/**
 * The rows.
 */
rows: Array<Row>, 
/**
 * Counts, in the order asked for.
 */
facets: Array<Facet>, };

/**
 * What to search for. All parts narrow: kinds and filters are ANDed, values of one filter are ORed.
 */
export type SearchRequest = { 
/**
 * Text of the query box: words, `"literals"`, `field:value` filters, `-not`. At most 512 characters.
 */
text: string, 
/**
 * Facet id → codes. The facet `kind` holds record kinds.
 */
filters: { [key in string]: Array<string> }, 
/**
 * Order of the rows.
 */
sort: Sort, 
/**
 * Rows to skip; at most 10,000.
 */
offset: number, 
/**
 * Rows wanted; at most 200. Zero asks for counts alone.
 */
limit: number, 
/**
 * Facets to count; empty asks for none.
 */
facets: Array<string>, };

/**
 * A saved search and what is new in it.
 */
export type SearchRow = { 
/**
 * UUID.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What to search for.
 */
request: SearchRequest, 
/**
 * Records that match it.
 */
total: number, 
/**
 * Of these, records that were added or changed since it was last looked at.
 */
fresh: number, 
/**
 * There may be more of these: a sync changed more records than are listed one by one.
 */
more: boolean, };

/**
 * Which saved search was looked at.
 */
export type SeenSearchRequest = { 
/**
 * UUID.
 */
id: string, };

/**
 * What a sync tells the server: nothing else leaves the machine.
 */
export type Sends = { 
/**
 * Base addresses that are asked.
 */
addresses: Array<string>, 
/**
 * Version of the product, as named in each request.
 */
version: string, 
/**
 * Generation at hand; it shows in which delta is asked for.
 */
generation: number, };

/**
 * Settings that the user may change.
 */
export type Settings = { 
/**
 * `zh-CN` or `en`; empty follows the system.
 */
language: string, 
/**
 * `system`, `light` or `dark`.
 */
theme: string, 
/**
 * Zoom in percent, 80–200.
 */
zoom: number, 
/**
 * Last address of the window, restored at start.
 */
address: string, 
/**
 * Rows as `table` or `cards`.
 */
view: string, 
/**
 * Feeds are checked for a newer generation once a day.
 */
auto_check: boolean, 
/**
 * When the newest sync that the user has looked at was applied (ISO 8601); `-` while there was none, empty
 * before the window first opened.
 */
news_seen: string, };

/**
 * What may be typed into a field.
 */
export type Shape = "line" | "paragraph" | "lines" | "texts" | "date" | "year" | "code" | "codes" | "credit_code" | "address" | "mail" | "phone" | "amount" | "outcomes" | "link";

/**
 * Why a need has fewer providers than it wants.
 */
export type ShortReason = { "why": "no_candidate" } | { "why": "forbidden" } | { "why": "no_capacity" } | { "why": "few_candidates", 
/**
 * So many do.
 */
candidates: number, } | { "why": "contended", 
/**
 * Needs that hold them.
 */
needs: Array<RecordRef>, 
/**
 * Providers that are full; more capacity there would help.
 */
providers: Array<MatchRecord>, };

/**
 * A record on a shortlist.
 */
export type Shortlisted = { 
/**
 * The record; from the kept copy when it is gone from the catalog.
 */
row: Row, 
/**
 * No longer in the catalog.
 */
gone: boolean, 
/**
 * When it was added (ISO 8601).
 */
added: string, 
/**
 * What the user noted about it.
 */
note: string, };

/**
 * Both sides of a match.
 */
export type Sides = { 
/**
 * How well the offer fits the need: the score of the contributions.
 */
need: number, 
/**
 * How well the need fits the offer.
 */
offer: number, 
/**
 * Harmonic mean of both, by which offers rank needs.
 */
both: number, };

/**
 * A solution or product on offer.
 */
export type Solution = { 
/**
 * Provider in the words of the source.
 */
provider?: string | null, 
/**
 * Category: data, platform, toolchain, model, application, compute.
 */
category?: Array<Code>, 
/**
 * Delivery forms.
 */
delivery?: Array<Code>, 
/**
 * Delivery form in the words of the source.
 */
delivery_text?: string | null, 
/**
 * What it can do.
 */
capability?: Text | null, 
/**
 * What must be in place first.
 */
prerequisites?: Text | null, 
/**
 * Price model, as printed.
 */
price?: string | null, 
/**
 * Maturity code.
 */
maturity?: Code | null, 
/**
 * Id within feed and kind.
 */
id: string, 
/**
 * Name, exactly as printed.
 */
name: Name, 
/**
 * What it is, in the catalog's own words.
 */
summary?: Text | null, 
/**
 * Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
 */
industry?: Array<Code>, 
/**
 * Industry or field in the words of the source.
 */
field?: Array<string>, 
/**
 * Process stages.
 */
stage?: Array<Code>, 
/**
 * AI techniques.
 */
technique?: Array<Code>, 
/**
 * Techniques in the words of the source.
 */
technique_text?: Array<string>, 
/**
 * Typical scenarios of 2025 (1–40).
 */
typical_scenario?: Array<Code>, 
/**
 * Clauses of the AI+ action: `2`, `2.2`, `(十)`.
 */
action?: Array<Code>, 
/**
 * Regions: GB/T 2260 codes.
 */
region?: Array<Code>, 
/**
 * City, as printed.
 */
city?: string | null, 
/**
 * Administrative level of the list or act: national, provincial …
 */
level?: Code | null, 
/**
 * Results that sources report.
 */
outcomes?: Array<Outcome>, 
/**
 * Lists on which the record stands.
 */
lists?: Array<Membership>, 
/**
 * Links to other records.
 */
links?: Array<Link>, 
/**
 * Web page of the thing itself.
 */
website?: string | null, 
/**
 * Date of the newest fact.
 */
date?: Date | null, 
/**
 * Remarks that the reader should see.
 */
notes?: Array<Text>, 
/**
 * Where the facts come from; never empty in a published record.
 */
sources: Array<Source>, 
/**
 * Fields concluded, not printed.
 */
inferred?: Array<Inferred>, 
/**
 * Doubts.
 */
doubts?: Array<Doubt>, 
/**
 * Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
 */
same_as?: Array<RecordRef>, };

/**
 * Order of search results. Ties always break on the reference.
 */
export type Sort = "relevance" | "updated" | "name" | "evidence";

/**
 * One source of a record.
 */
export type Source = { 
/**
 * Key within the record, by which facts point to their source: `s1`, `s2` …
 */
key: string, 
/**
 * Address or description of what was read, as noted by the person who read it.
 */
cited: string, 
/**
 * Title of the list or document.
 */
title?: string | null, 
/**
 * Address of the official publication, where known; it was not necessarily read.
 */
official?: string | null, 
/**
 * Who issued the list or document.
 */
issuer?: string | null, 
/**
 * Date of the facts.
 */
date?: Date | null, 
/**
 * Date on which the source was last checked.
 */
checked: Date, 
/**
 * How far it was verified.
 */
status: Status, 
/**
 * Licence and attribution that the source asks for.
 */
licence?: string | null, 
/**
 * Remark on the source.
 */
note?: string | null, 
/**
 * Fields of the record that this source states; empty means all of them.
 */
fields?: Array<string>, };

/**
 * A piece of text, marked where the query matched.
 */
export type Span = { 
/**
 * The text.
 */
t: string, 
/**
 * Whether it matched.
 */
m: boolean, };

/**
 * How far a source was verified. Ordered from the strongest to the weakest.
 */
export type Status = "confirmed" | "third_party" | "excerpt" | "community";

/**
 * A favourite, as stored.
 */
export type StoredFavourite = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * When it was added (ISO 8601).
 */
added: string, 
/**
 * The copy of the record kept with it.
 */
copy: string, };

/**
 * A list with its members, as stored.
 */
export type StoredList = { 
/**
 * UUID.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What the user noted about it, in Markdown.
 */
note: string, 
/**
 * Its place among the lists, from 0.
 */
place: number, 
/**
 * When it was made (ISO 8601).
 */
created: string, 
/**
 * Its members, in order.
 */
members: Array<StoredMember>, };

/**
 * A record in a list, as stored.
 */
export type StoredMember = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its place in the list, from 0.
 */
place: number, 
/**
 * When it was added (ISO 8601).
 */
added: string, 
/**
 * The copy of the record kept with it.
 */
copy: string, };

/**
 * A saved search, as stored.
 */
export type StoredSearch = { 
/**
 * UUID.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What to search for.
 */
request: SearchRequest, 
/**
 * Its place among the searches, from 0.
 */
place: number, 
/**
 * The newest sync whose results were seen, as the catalog names it; empty for none.
 */
seen: string, 
/**
 * When it was saved (ISO 8601).
 */
created: string, };

/**
 * How strictly a constraint is meant.
 */
export type Strength = "hard" | "soft" | "unknown";

/**
 * A record of the user's own on its way into a feed.
 */
export type SubmissionRow = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its name; as it left, when it is no longer here.
 */
name: string, 
/**
 * How far it has come.
 */
state: SubmissionState, 
/**
 * When it was last handed in (ISO 8601); empty for a draft.
 */
made: string, 
/**
 * It was changed since it was last handed in.
 */
changed: boolean, 
/**
 * It is no longer here.
 */
gone: boolean, 
/**
 * As what a feed publishes it, or will.
 */
published: RecordRef | null, 
/**
 * Why it was rejected.
 */
reason: string, };

/**
 * How far a record has come on its way into a feed.
 */
export type SubmissionState = "draft" | "exported" | "accepted" | "published" | "rejected";

/**
 * All that was handed in, and what could be.
 */
export type Submissions = { 
/**
 * Fingerprint of the user's key: SHA-256 of its public half, hexadecimal; none before the first submission.
 */
fingerprint: string | null, 
/**
 * What was handed in, newest first, then drafts, the last changed first.
 */
rows: Array<SubmissionRow>, 
/**
 * Drafts that are here; `rows` holds the first of them only.
 */
drafts: number, };

/**
 * Support that a document offers.
 */
export type Support = { 
/**
 * Kind of support: `voucher`, `subsidy`, `compute`, `data`, `recognition` …
 */
kind: Code, 
/**
 * Who may have it.
 */
eligible?: Text | null, 
/**
 * Where it applies; empty means nationwide.
 */
region?: Array<Code>, 
/**
 * Until when it may be asked for.
 */
deadline?: Date | null, 
/**
 * What is given, as printed.
 */
amount?: Text | null, };

/**
 * What a sync or an import did with one feed.
 */
export type SyncOutcome = { 
/**
 * Feed id; empty when a file could not be read so far.
 */
feed: string, 
/**
 * Title.
 */
title: Text, 
/**
 * How it ended.
 */
result: SyncResult, 
/**
 * Why it did not end well; none otherwise.
 */
problem: Problem | null, 
/**
 * Addresses that failed before another one served, each with its problem.
 */
failed: Array<FailedAddress>, 
/**
 * Generation before; zero when there was none.
 */
from: number, 
/**
 * Generation now.
 */
to: number, 
/**
 * By a delta; otherwise by the snapshot, or not at all.
 */
delta: boolean, 
/**
 * Records added.
 */
added: number, 
/**
 * Records changed.
 */
changed: number, 
/**
 * Records removed.
 */
removed: number, 
/**
 * Bytes received: bodies, without headers.
 */
received: number, 
/**
 * Requests made.
 */
requests: number, 
/**
 * Notice of the publisher, shown as text.
 */
notice: Text | null, };

/**
 * Phases of a sync, in their order.
 */
export type SyncPhase = "check" | "download" | "apply" | "index";

/**
 * Progress of a sync or an import. `total` is zero while unknown.
 */
export type SyncProgress = { 
/**
 * Feed id; empty while an import does not know it yet.
 */
feed: string, 
/**
 * What is being done.
 */
phase: SyncPhase, 
/**
 * Steps done: bytes while downloading, otherwise records.
 */
done: number, 
/**
 * Steps in all.
 */
total: number, };

/**
 * What a sync did, one outcome a feed, in feed order.
 */
export type SyncReport = { 
/**
 * Outcomes.
 */
feeds: Array<SyncOutcome>, };

/**
 * Which feeds to sync.
 */
export type SyncRequest = { 
/**
 * Feed ids; empty for all that have an address.
 */
feeds: Array<string>, };

/**
 * How the sync of a feed ended.
 */
export type SyncResult = "updated" | "unchanged" | "offline" | "refused" | "expired" | "app_too_old" | "clock_wrong" | "disk_full";

/**
 * What a check found, over all rows. The four fates sum to `rows`.
 */
export type TableCheck = { 
/**
 * Number of the last row of the sheet.
 */
rows: number, 
/**
 * Rows that become records.
 */
new: number, 
/**
 * Rows that are there already.
 */
duplicates: number, 
/**
 * Duplicates that change what is there.
 */
merged: number, 
/**
 * Rows that are no records.
 */
skipped: number, 
/**
 * Rows in which something is wrong.
 */
wrong: number, 
/**
 * Why rows are skipped: how often each code.
 */
reasons: { [key in string]: number }, 
/**
 * What is wrong or worth knowing: how often each code.
 */
issues: { [key in string]: number }, 
/**
 * Values that are kept as text beside the fields.
 */
kept: number, 
/**
 * Fields whose dates could be read either way.
 */
ambiguous: Array<string>, };

/**
 * How a column was matched with a field.
 */
export type TableColumn = { 
/**
 * The header as it stands in the file.
 */
header: string, 
/**
 * The field.
 */
field: string | null, 
/**
 * How sure the match is, 0–1.
 */
score: number, 
/**
 * First values that are not empty.
 */
samples: Array<string>, 
/**
 * Cells that hold something.
 */
filled: number, };

/**
 * The columns of a sheet and what they can fill.
 */
export type TableColumns = { 
/**
 * The columns, from the left.
 */
columns: Array<TableColumn>, 
/**
 * What they can fill.
 */
fields: Array<TableField>, 
/**
 * The mapping that was kept for columns like these, or the one proposed.
 */
mapping: TableMapping, 
/**
 * It was kept from an earlier import.
 */
kept: boolean, 
/**
 * The official template from which the sheet was made.
 */
template: TableTemplate | null, };

/**
 * A field that a column can fill.
 */
export type TableField = { 
/**
 * Its path.
 */
field: string, 
/**
 * Its header in Chinese and English.
 */
zh: string, 
/**
 * Its header in English.
 */
en: string, 
/**
 * A record without it is none.
 */
required: boolean, 
/**
 * Taxonomies of its codes, separated by `|`; empty where it has none.
 */
taxonomies: string, 
/**
 * It holds a date.
 */
date: boolean, 
/**
 * Several columns can fill it together.
 */
several: boolean, };

/**
 * A file that is open.
 */
export type TableFile = { 
/**
 * Its number in the host.
 */
table: number, 
/**
 * Its name without folders.
 */
name: string, 
/**
 * `xlsx`, `xls`, `ods` or `csv`.
 */
format: string, 
/**
 * Encoding of a text file.
 */
encoding: string | null, 
/**
 * Delimiter of a text file.
 */
delimiter: string | null, 
/**
 * Its sheets.
 */
sheets: Array<TableSheet>, 
/**
 * The sheet to begin with.
 */
sheet: number, 
/**
 * What its rows seem to be.
 */
kind: Kind, };

/**
 * What an import did.
 */
export type TableImported = { 
/**
 * Records that were added.
 */
added: number, 
/**
 * Records that were changed.
 */
changed: number, 
/**
 * Duplicates that changed nothing.
 */
kept: number, 
/**
 * Rows that are no records.
 */
skipped: number, 
/**
 * Rows in which something is wrong; they were left out.
 */
wrong: number, 
/**
 * The first record that was added.
 */
first: RecordRef | null, 
/**
 * What the user can take back.
 */
changes: Changes, };

/**
 * How a table becomes records: what `atlas import --mapping` reads, and what is kept for the next file alike.
 */
export type TableMapping = { 
/**
 * What a row is.
 */
kind: Kind, 
/**
 * The columns, from the left.
 */
columns: Array<MappedColumn>, 
/**
 * Order of day and month, by field, where the values do not tell.
 */
dates: { [key in string]: DateOrder }, 
/**
 * What values mean, beyond what the product knows.
 */
rules: Array<ValueRule>, };

/**
 * How far a job on a table is.
 */
export type TablePhase = "read" | "check" | "compare" | "write";

/**
 * What is to be imported, and how.
 */
export type TablePlan = { 
/**
 * The open file.
 */
table: number, 
/**
 * The sheet, from 0.
 */
sheet: number, 
/**
 * The row that names the columns.
 */
header: number, 
/**
 * How its rows become records.
 */
mapping: TableMapping, 
/**
 * What is done with duplicates where nothing else is said.
 */
duplicates: DuplicateChoice, 
/**
 * What is done with the duplicate in a row.
 */
choices: { [key in number]: DuplicateChoice }, 
/**
 * Fields for which the row decides or does not, by row: `true` takes the value of the row.
 */
fields: { [key in number]: { [key in string]: boolean } }, };

/**
 * Progress of a job on a table.
 */
export type TableProgress = { 
/**
 * What is being done.
 */
phase: TablePhase, 
/**
 * Rows done.
 */
done: number, 
/**
 * Rows in all; 0 when that is not known.
 */
total: number, };

/**
 * Names an open file.
 */
export type TableRequest = { 
/**
 * The open file.
 */
table: number, };

/**
 * A page of checked rows.
 */
export type TableRows = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * These.
 */
rows: Array<CheckedRow>, };

/**
 * Asks for checked rows.
 */
export type TableRowsRequest = { 
/**
 * The open file.
 */
table: number, 
/**
 * Only rows of these fates; all when none is named.
 */
fates: Array<RowFate>, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to answer, at most 200.
 */
limit: number, };

/**
 * A sheet of a file.
 */
export type TableSheet = { 
/**
 * Its name; empty in a text file.
 */
name: string, 
/**
 * The author hid it.
 */
hidden: boolean, 
/**
 * Number of the last row.
 */
rows: number, 
/**
 * Columns of the widest row.
 */
columns: number, 
/**
 * The row that names the columns, as far as it was recognised; 0 where there is none.
 */
header: number, };

/**
 * The official template from which a sheet was made.
 */
export type TableTemplate = { 
/**
 * Its version.
 */
version: string, 
/**
 * The version that this program writes.
 */
known: string, 
/**
 * How the one stands to the other.
 */
age: TemplateAge, };

/**
 * A value of a column: as it stands, and as it is understood.
 */
export type TableValue = { 
/**
 * The field.
 */
field: string, 
/**
 * As it stands in the file.
 */
value: string, 
/**
 * As it is understood: codes, a date, an amount; empty where it is kept as text or wrong.
 */
normal: Array<string>, 
/**
 * Codes that come close, where it is not understood.
 */
near: Array<Code>, 
/**
 * How it was understood.
 */
state: ValueState, 
/**
 * Why it is wrong.
 */
issue: string | null, 
/**
 * How many cells hold it.
 */
count: number, };

/**
 * A tag and how many records have it.
 */
export type TagRow = { 
/**
 * The tag.
 */
tag: string, 
/**
 * Records.
 */
records: number, };

/**
 * Which records the user said something about.
 */
export type TaggedRequest = { 
/**
 * Records with this tag; those with a note when empty.
 */
tag: string, };

/**
 * A numeric target that a document sets.
 */
export type Target = { 
/**
 * What is counted or measured.
 */
what: Text, 
/**
 * The figure exactly as printed: `500`, `3–5`, `>70%`.
 */
value: string, 
/**
 * Unit of the figure.
 */
unit?: Text | null, 
/**
 * Year by which it is to be reached.
 */
by?: Date | null, 
/**
 * What the catalog holds beside it, as a filter query of the list screen (`kind:case action:…`);
 * absent where nothing in the catalog corresponds.
 */
held?: string | null, };

/**
 * A policy target beside what the catalog holds. This compares nothing with national progress.
 */
export type TargetView = { 
/**
 * The document that sets it.
 */
document: RecordRef, 
/**
 * Name of the document.
 */
name: Text, 
/**
 * Document number.
 */
doc_number: string | null, 
/**
 * The target.
 */
target: Target, 
/**
 * Records that the catalog holds for the target's filter query.
 */
held: number | null, };

/**
 * All taxonomies by id.
 */
export type Taxonomies = { [key in string]: Taxonomy };

/**
 * A versioned list of codes.
 */
export type Taxonomy = { 
/**
 * Id, which is also the facet and filter name: `industry`, `stage`, `region` …
 */
id: string, 
/**
 * Edition: `GB/T 4754-2017`, `2025` …
 */
version: string, 
/**
 * Name of the taxonomy.
 */
name: Text, 
/**
 * Where it was taken from.
 */
source: string, 
/**
 * Id of the taxonomy whose codes the terms' `covers` name.
 */
covers?: string | null, 
/**
 * The codes, in their official order.
 */
terms: Array<Term>, };

/**
 * How the version of a template stands to the one that this program writes.
 */
export type TemplateAge = "current" | "older" | "newer" | "unknown";

/**
 * One code of a taxonomy.
 */
export type Term = { 
/**
 * The code.
 */
code: Code, 
/**
 * Chinese name.
 */
zh: string, 
/**
 * English name.
 */
en: string, 
/**
 * Other names that mean the same, in any language.
 */
aliases?: Array<string>, 
/**
 * The code of which this one is part.
 */
parent?: Code | null, 
/**
 * Codes of another taxonomy that this one covers; see the taxonomy's `covers`.
 */
covers?: Array<Code>, 
/**
 * Definition or remark.
 */
note?: Text | null, 
/**
 * The name or its place in the list is not confirmed against the official text.
 */
unconfirmed?: boolean, };

/**
 * A text in Chinese, English or both. At least one is present in a valid record.
 */
export type Text = { 
/**
 * Simplified Chinese.
 */
zh?: string | null, 
/**
 * English.
 */
en?: string | null, };

/**
 * Words of the text, by characters.
 */
export type TextRange = { 
/**
 * First character, from 0.
 */
start: number, 
/**
 * Character after the last one.
 */
end: number, 
/**
 * The words.
 */
text: string, };

/**
 * Something in the trash.
 */
export type TrashEntry = { 
/**
 * What it was.
 */
ref: RecordRef, 
/**
 * Its name.
 */
name: string, 
/**
 * When it was written down (ISO 8601).
 */
created: string, 
/**
 * When it was removed (ISO 8601); it is kept for 30 days.
 */
removed: string, };

/**
 * A page of the trash, last removed first.
 */
export type TrashPage = { 
/**
 * The entries.
 */
entries: Array<TrashEntry>, 
/**
 * How many there are.
 */
total: number, };

/**
 * Which part of the trash.
 */
export type TrashRequest = { 
/**
 * Entries to skip.
 */
offset: number, 
/**
 * Entries wanted, 200 at most.
 */
limit: number, };

/**
 * Another record of the same thing, as somebody says by `same_as`; or, of an own record, what a feed published of it, and the
 * other way round.
 */
export type Twin = { 
/**
 * The record.
 */
ref: RecordRef, 
/**
 * Its name.
 */
name: Text, 
/**
 * Title of the feed that it is from; empty for an own record.
 */
feed: Text, };

/**
 * Something that a need asks for and no criterion judges.
 */
export type Unjudged = { 
/**
 * Field of the need.
 */
field: string, 
/**
 * How strictly it is meant.
 */
strength: Strength, };

/**
 * What a value of a column means.
 */
export type ValueRule = { 
/**
 * The field.
 */
field: string, 
/**
 * The value as it stands in the file.
 */
value: string, 
/**
 * What it means; nothing leaves it as text.
 */
codes: Array<Code>, 
/**
 * What is read in its place, whatever the field holds; an empty text leaves the field empty. Goes before `codes`.
 */
text: string | null, };

/**
 * How a value was understood.
 */
export type ValueState = "read" | "ruled" | "kept" | "wrong";

/**
 * The weights with which a need is matched.
 */
export type Weighing = { 
/**
 * Weights to begin with.
 */
preset: Preset, 
/**
 * Criterion → weight, in place of the preset's.
 */
weights: { [key in string]: number }, };

export interface Queries {
  get_status: [Nothing, AppStatus];
  get_taxonomies: [Nothing, Taxonomies];
  get_settings: [Nothing, Settings];
  get_record: [RecordRequest, RecordView];
  search_records: [SearchRequest, SearchPage];
  search_references: [SearchRequest, Array<RecordRef>];
  count_panorama: [PanoramaRequest, Panorama];
  list_targets: [Nothing, Array<TargetView>];
  get_last_edit: [Nothing, LastEdit | null];
  list_favourites: [Nothing, Array<Favourite>];
  match_need: [MatchRequest, MatchAnswer];
  match_offer: [OfferRequest, MatchAnswer];
  match_start: [MatchRequest, Roadmap];
  explain_match: [ExplainRequest, Match];
  read_need: [ReadNeedRequest, NeedReading];
  list_needs: [NeedsRequest, Array<NeedRow>];
  get_need: [NeedRequest, NeedView];
  get_completeness: [MatchRequest, Completeness];
  list_moves: [MovesRequest, Moves];
  count_moves: [NeedRequest, Array<MovesCount>];
  get_portfolio_plan: [Nothing, PortfolioPlan];
  match_portfolio: [PortfolioPlan, Portfolio];
  preview_export: [ExportRequest, ExportPreview];
  list_own: [OwnRequest, OwnPage];
  get_own: [RecordRequest, OwnForm];
  check_draft: [DraftRequest, DraftCheck];
  list_drafts: [Nothing, Array<Draft>];
  list_corrected: [Nothing, Array<Corrected>];
  list_trash: [TrashRequest, TrashPage];
  list_submissions: [Nothing, Submissions];
  preview_submission: [PreviewSubmissionRequest, Array<LeavingRecord>];
  get_log: [Nothing, LogTail];
  list_feeds: [Nothing, Array<FeedView>];
  list_due_feeds: [Nothing, Array<string>];
  preview_feed: [PreviewRequest, FeedPreview];
  preview_table: [PreviewTableRequest, Array<PreviewRow>];
  map_table: [MapTableRequest, TableColumns];
  list_table_values: [TableRequest, Array<TableValue>];
  list_table_rows: [TableRowsRequest, TableRows];
  list_news: [NewsRequest, NewsPage];
  get_news_record: [NewsRecordRequest, NewsRecord];
  list_lists: [Nothing, Array<ListRow>];
  get_list: [ListRequest, ListView];
  list_tags: [Nothing, Array<TagRow>];
  list_tagged: [TaggedRequest, Array<KeptRecord>];
  get_annotation: [RecordRequest, AnnotationView];
  read_note: [ReadNoteRequest, Array<Block>];
  list_searches: [Nothing, Array<SearchRow>];
  list_recent: [Nothing, Array<KeptRecord>];
  get_tray: [Nothing, Array<RecordRef>];
  list_need_drafts: [Nothing, Array<KeptDraft>];
  list_backups: [Nothing, Array<BackupView>];
  preview_restore: [BackupRequest, RestorePreview];
  list_events: [Nothing, Array<AuditLine>];
}

export interface Mutations {
  transact: [Edit, Changes];
  undo: [Nothing, Changes];
  redo: [Nothing, Changes];
  check_catalog: [Nothing, AppStatus];
  add_feed: [AddFeed, Array<FeedView>];
  set_feed_addresses: [FeedAddresses, Array<FeedView>];
  remove_feed: [FeedRequest, Array<FeedView>];
  close_table: [TableRequest, Nothing];
  mark_looked_at: [LookedAt, Changes];
  see_search: [SeenSearchRequest, Changes];
  make_backup: [Nothing, Array<BackupView>];
  restore_backup: [BackupRequest, Changes];
  remove_backups: [BackupsRequest, Array<BackupView>];
  forget_need: [ForgetRequest, Forgotten];
  let_old_folder_go: [Nothing, AppStatus];
}
