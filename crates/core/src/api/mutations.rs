//! What can be changed.

use super::App;
use super::types::{ApiError, AppStatus, Changes, Edit, Nothing};

pub(super) fn transact(app: &App, mut edit: Edit) -> Result<Changes, ApiError> {
    let opened = app.opened()?;
    if let Edit::SaveSearch { seen, .. } = &mut edit
        && seen.is_empty()
    {
        *seen = opened.catalog.newest_sync()?;
    }
    let copy = |reference: &crate::model::RecordRef| opened.catalog.raw(reference);
    Ok(opened.user.transact(&edit, &app.now(), &copy)?)
}

pub(super) fn undo(app: &App, _: Nothing) -> Result<Changes, ApiError> {
    Ok(app.opened()?.user.undo()?)
}

pub(super) fn redo(app: &App, _: Nothing) -> Result<Changes, ApiError> {
    Ok(app.opened()?.user.redo()?)
}

pub(super) fn check_catalog(app: &App, _: Nothing) -> Result<AppStatus, ApiError> {
    app.check()
}
