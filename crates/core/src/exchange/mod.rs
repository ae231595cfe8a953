//! Spreadsheets in: reading what anybody wrote, making records of it, and handing it back. And out: [`export`].
//!
//! The way of an import: bytes → [`read`] (sheets of cells with their places) → [`header`] (which row names the columns)
//! → [`mapping`] (which field each column fills) → [`normalise`] (codes, dates, amounts) → [`check`] (every row is new,
//! a duplicate, skipped or wrong, before anything is written) → edits of the user's data, made by the caller. [`report`]
//! hands the same rows back with what is wrong with them, [`template`] writes the forms to fill in.
//!
//! Nothing here touches a clock or the user's data, and only [`export`] a file, the one that it is told; words in two languages are data (`assets/exchange/`).

pub mod check;
pub mod draft;
pub mod duplicates;
pub mod export;
pub mod fields;
pub mod header;
pub mod mapping;
pub mod normalise;
pub mod read;
pub mod report;
pub mod template;
pub mod words;
