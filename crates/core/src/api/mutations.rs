//! What can be changed.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use super::App;
use super::types::{ApiError, AppStatus, Changes, Edit, Nothing};

pub(super) fn transact(app: &App, edit: Edit) -> Result<Changes, ApiError> {
    Ok(app.opened()?.transact(&edit, &app.now())?)
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
