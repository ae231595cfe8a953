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
    Ok(opened.transact(&edit, &app.now())?)
}

pub(super) fn undo(app: &App, _: Nothing) -> Result<Changes, ApiError> {
    let opened = app.opened()?;
    let changes = opened.user.undo(&app.now())?;
    opened.follow(changes);
    Ok(changes)
}

pub(super) fn redo(app: &App, _: Nothing) -> Result<Changes, ApiError> {
    let opened = app.opened()?;
    let changes = opened.user.redo(&app.now())?;
    opened.follow(changes);
    Ok(changes)
}

pub(super) fn check_catalog(app: &App, _: Nothing) -> Result<AppStatus, ApiError> {
    app.check()
}
