//! Own records beside those of the catalog: the index that is derived from `user.db`, and reading that looks in both.

mod index;
mod library;

pub(super) use index::OwnIndex;
