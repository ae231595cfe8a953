//! Scenario Atlas without a screen: the records, their storage, their search, the matching of needs and offers.
//!
//! Data flows one way: feed → [`store`] → [`search`] index → query ([`api`]) → screen or terminal.
//! Start reading at [`api`], the table of everything that can be asked or changed.
//!
//! Invariants:
//! - Nothing here knows tauri, a webview, a locale or the wall clock; `now` is an argument.
//! - Only `feed::fetch` does network, only [`store`] touches SQLite, only [`search`] touches tantivy.
//! - [`sync`] is the one place that composes them: fetch → verify → plan → apply → index.
//! - Writes have two funnels: [`store::catalog`]'s `apply` and [`store::user`]'s `transact`.
//! - Order is total: score, then reference; never a row id or a document address.

pub mod api;
pub mod bundled;
pub mod exchange;
pub mod feed;
pub mod listing;
pub mod markdown;
pub mod matching;
pub mod model;
pub mod search;
pub mod store;
pub mod submission;
pub mod sync;
