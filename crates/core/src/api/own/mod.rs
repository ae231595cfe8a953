//! Own records beside those of the catalog: the index that is derived from `user.db`, reading that looks in both, and
//! the forms in which they are written.

mod form;
mod index;
mod library;
mod list;
mod twins;

pub(super) use form::{check_draft, get_own};
pub(super) use index::OwnIndex;
pub(super) use list::{list_corrected, list_drafts, list_own, list_trash};
