//! The integration tests: one binary, so that SQLite and tantivy are linked once.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

mod attacks;
mod backups;
mod committed;
mod damage;
mod evaluating;
mod export;
mod feeds;
mod folder;
mod handed;
mod histories;
mod import;
mod lists;
mod matching;
mod moves;
mod needs;
mod offer;
mod own;
mod pack;
mod portfolio;
mod product;
mod reading;
mod store;
mod tidy;
mod truth;
mod work;
