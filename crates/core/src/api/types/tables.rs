//! Importing a spreadsheet into the user's own records: what is asked and answered on the way.
//!
//! A file is opened once and stays in the host under a number; screens ask for parts of it. Rows are numbered from 1 as a
//! spreadsheet shows them, columns from 0.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::model::{Code, Kind, RecordRef};

/// Which file to open, and what the user says about a text file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenTableRequest {
    /// The file.
    pub path: String,
    /// Encoding of a text file: `utf-8`, `gb18030`, `windows-1252` …; found out when absent.
    #[serde(default)]
    pub encoding: Option<String>,
    /// What stands between two cells of a text file, one character; found out when absent.
    #[serde(default)]
    pub delimiter: Option<String>,
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableSheet {
    /// Its name; empty in a text file.
    pub name: String,
    /// The author hid it.
    pub hidden: bool,
    /// Number of the last row.
    pub rows: u32,
    /// Columns of the widest row.
    pub columns: u32,
    /// The row that names the columns, as far as it was recognised; 0 where there is none.
    pub header: u32,
}

/// A file that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableFile {
    /// Its number in the host.
    pub table: u32,
    /// Its name without folders.
    pub name: String,
    /// `xlsx`, `xls`, `ods` or `csv`.
    pub format: String,
    /// Encoding of a text file.
    pub encoding: Option<String>,
    /// Delimiter of a text file.
    pub delimiter: Option<String>,
    /// Its sheets.
    pub sheets: Vec<TableSheet>,
    /// The sheet to begin with.
    pub sheet: u32,
    /// What its rows seem to be.
    pub kind: Kind,
}

/// Order of the parts of dates such as `03/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The day first.
    DayFirst,
    /// The month first.
    MonthFirst,
}

/// Which field a column fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// The header as it stands in the file.
    pub header: String,
    /// The field, by its path; none keeps the column under its own name.
    #[serde(default)]
    pub field: Option<String>,
}

/// What a value of a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ValueRule {
    /// The field.
    pub field: String,
    /// The value as it stands in the file.
    pub value: String,
    /// What it means; nothing leaves it as text.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// What is read in its place, whatever the field holds; an empty text leaves the field empty. Goes before `codes`.
    #[serde(default)]
    pub text: Option<String>,
}

/// How a table becomes records: what `atlas import --mapping` reads, and what is kept for the next file alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TableMapping {
    /// What a row is.
    pub kind: Kind,
    /// The columns, from the left.
    pub columns: Vec<MappedColumn>,
    /// Order of day and month, by field, where the values do not tell.
    #[serde(default)]
    pub dates: BTreeMap<String, DateOrder>,
    /// What values mean, beyond what the product knows.
    #[serde(default)]
    pub rules: Vec<ValueRule>,
}

/// What is done with a row that is there already.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateChoice {
    /// What is there stays as it is.
    Keep,
    /// What is missing there is filled from the row.
    #[default]
    Fill,
    /// What the row says replaces what is there.
    Replace,
    /// The row becomes a record of its own.
    Add,
}

/// What is to be imported, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TablePlan {
    /// The open file.
    pub table: u32,
    /// The sheet, from 0.
    pub sheet: u32,
    /// The row that names the columns.
    pub header: u32,
    /// How its rows become records.
    pub mapping: TableMapping,
    /// What is done with duplicates where nothing else is said.
    #[serde(default)]
    pub duplicates: DuplicateChoice,
    /// What is done with the duplicate in a row.
    #[serde(default)]
    pub choices: BTreeMap<u32, DuplicateChoice>,
    /// Fields for which the row decides or does not, by row: `true` takes the value of the row.
    #[serde(default)]
    pub fields: BTreeMap<u32, BTreeMap<String, bool>>,
}

/// Asks which field each column fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MapTableRequest {
    /// The open file.
    pub table: u32,
    /// The sheet, from 0.
    pub sheet: u32,
    /// The row that names the columns.
    pub header: u32,
    /// What a row is.
    pub kind: Kind,
}

/// A field that a column can fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableField {
    /// Its path.
    pub field: String,
    /// Its header in Chinese and English.
    pub zh: String,
    /// Its header in English.
    pub en: String,
    /// A record without it is none.
    pub required: bool,
    /// Taxonomies of its codes, separated by `|`; empty where it has none.
    pub taxonomies: String,
    /// It holds a date.
    pub date: bool,
    /// Several columns can fill it together.
    pub several: bool,
}

/// How a column was matched with a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TableColumn {
    /// The header as it stands in the file.
    pub header: String,
    /// The field.
    pub field: Option<String>,
    /// How sure the match is, 0–1.
    pub score: f64,
    /// First values that are not empty.
    pub samples: Vec<String>,
    /// Cells that hold something.
    pub filled: u32,
}

/// The columns of a sheet and what they can fill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TableColumns {
    /// The columns, from the left.
    pub columns: Vec<TableColumn>,
    /// What they can fill.
    pub fields: Vec<TableField>,
    /// The mapping that was kept for columns like these, or the one proposed.
    pub mapping: TableMapping,
    /// It was kept from an earlier import.
    pub kept: bool,
    /// The official template from which the sheet was made.
    pub template: Option<TableTemplate>,
}

/// How the version of a template stands to the one that this program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TemplateAge {
    /// It is the same.
    Current,
    /// It is an earlier one.
    Older,
    /// It is a later one, which a later program wrote.
    Newer,
    /// It is none that a program wrote.
    Unknown,
}

/// The official template from which a sheet was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableTemplate {
    /// Its version.
    pub version: String,
    /// The version that this program writes.
    pub known: String,
    /// How the one stands to the other.
    pub age: TemplateAge,
}

/// A cell of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewCell {
    /// As it stands in the file.
    pub text: String,
    /// `empty`, `text`, `number`, `date`, `boolean` or `error`.
    pub form: String,
}

/// A row of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewRow {
    /// Its number.
    pub row: u32,
    /// Its cells, from the left.
    pub cells: Vec<PreviewCell>,
}

/// Asks for the first rows of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewTableRequest {
    /// The open file.
    pub table: u32,
    /// The sheet, from 0.
    pub sheet: u32,
}

/// How a value was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ValueState {
    /// It is what the field holds.
    Read,
    /// The user said what it means.
    Ruled,
    /// It is kept as text beside the record's fields.
    Kept,
    /// It is wrong.
    Wrong,
}

/// A value of a column: as it stands, and as it is understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableValue {
    /// The field.
    pub field: String,
    /// As it stands in the file.
    pub value: String,
    /// As it is understood: codes, a date, an amount; empty where it is kept as text or wrong.
    pub normal: Vec<String>,
    /// Codes that come close, where it is not understood.
    pub near: Vec<Code>,
    /// How it was understood.
    pub state: ValueState,
    /// Why it is wrong.
    pub issue: Option<String>,
    /// How many cells hold it.
    pub count: u32,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowFate {
    /// It becomes a record.
    New,
    /// It is there already.
    Duplicate,
    /// It is no record: empty, a header again, a sample.
    Skipped,
    /// Something in it is wrong.
    Wrong,
}

/// Something about a cell that the user has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowIssue {
    /// The column, from 0; none when it is about the row.
    pub column: Option<u32>,
    /// The field.
    pub field: String,
    /// The value as it stands.
    pub value: String,
    /// What is wrong: a code.
    pub code: String,
    /// The row cannot be imported with it; otherwise it is a remark.
    pub wrong: bool,
}

/// Why two records count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SameBy {
    /// They have the same credit code.
    CreditCode,
    /// They have the same name, and nothing says that they belong to different parties.
    Name,
    /// Their names are nearly the same.
    Similarity,
}

/// A field in which a row and what is there differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldDifference {
    /// The field.
    pub field: String,
    /// What is there; null when nothing is.
    #[ts(type = "unknown")]
    pub there: Value,
    /// What the row says.
    #[ts(type = "unknown")]
    pub row: Value,
    /// The value of the row is taken.
    pub taken: bool,
}

/// What a row is the same as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SameAs {
    /// The user's record; none when it is another row.
    #[serde(rename = "ref")]
    pub reference: Option<RecordRef>,
    /// The row of the file that says the same first; none when it is a record.
    pub row: Option<u32>,
    /// Its name.
    pub name: String,
    /// Why.
    pub by: SameBy,
    /// What is done about it.
    pub choice: DuplicateChoice,
    /// Where they differ.
    pub differences: Vec<FieldDifference>,
}

/// A row that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckedRow {
    /// Its number.
    pub row: u32,
    /// What becomes of it.
    pub fate: RowFate,
    /// Its name, where it has one.
    pub name: String,
    /// Why it is skipped: a code.
    pub skipped: Option<String>,
    /// What is wrong or worth knowing.
    pub issues: Vec<RowIssue>,
    /// What it is the same as.
    pub same: Option<SameAs>,
}

/// What a check found, over all rows. The four fates sum to `rows`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableCheck {
    /// Number of the last row of the sheet.
    pub rows: u32,
    /// Rows that become records.
    pub new: u32,
    /// Rows that are there already.
    pub duplicates: u32,
    /// Duplicates that change what is there.
    pub merged: u32,
    /// Rows that are no records.
    pub skipped: u32,
    /// Rows in which something is wrong.
    pub wrong: u32,
    /// Why rows are skipped: how often each code.
    pub reasons: BTreeMap<String, u32>,
    /// What is wrong or worth knowing: how often each code.
    pub issues: BTreeMap<String, u32>,
    /// Values that are kept as text beside the fields.
    pub kept: u32,
    /// Fields whose dates could be read either way.
    pub ambiguous: Vec<String>,
}

/// Asks for checked rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TableRowsRequest {
    /// The open file.
    pub table: u32,
    /// Only rows of these fates; all when none is named.
    #[serde(default)]
    pub fates: Vec<RowFate>,
    /// Rows to skip.
    #[serde(default)]
    pub offset: u32,
    /// Rows to answer, at most 200.
    pub limit: u32,
}

/// A page of checked rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableRows {
    /// How many there are in all.
    pub total: u32,
    /// These.
    pub rows: Vec<CheckedRow>,
}

/// Names an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TableRequest {
    /// The open file.
    pub table: u32,
}

/// Takes checked rows in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportTableRequest {
    /// The open file, which was checked.
    pub table: u32,
    /// Take the good rows in although others are wrong; otherwise all rows must be good.
    pub partly: bool,
    /// Keep the mapping for the next file with these columns.
    pub keep_mapping: bool,
    /// A UUID that was never used; the ids of new records follow from it.
    pub seed: String,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableImported {
    /// Records that were added.
    pub added: u32,
    /// Records that were changed.
    pub changed: u32,
    /// Duplicates that changed nothing.
    pub kept: u32,
    /// Rows that are no records.
    pub skipped: u32,
    /// Rows in which something is wrong; they were left out.
    pub wrong: u32,
    /// The first record that was added.
    pub first: Option<RecordRef>,
    /// What the user can take back.
    pub changes: super::Changes,
}

/// How far a job on a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TablePhase {
    /// Reading the file.
    Read,
    /// Checking its rows.
    Check,
    /// Looking for duplicates.
    Compare,
    /// Writing.
    Write,
}

/// Progress of a job on a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableProgress {
    /// What is being done.
    pub phase: TablePhase,
    /// Rows done.
    pub done: u32,
    /// Rows in all; 0 when that is not known.
    pub total: u32,
}
