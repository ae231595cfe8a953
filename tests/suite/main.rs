//! The integration tests: one binary, so that SQLite and tantivy are linked once.

mod pack;
mod store;
