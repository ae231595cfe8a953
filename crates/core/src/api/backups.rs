//! Backups, moving the data folder, the record of what happened, and forgetting for good.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use super::App;
use super::types::{
    ApiError, AppStatus, AuditLine, BackupRequest, BackupView, BackupsRequest, Changes, ErrorCode,
    ForgetRequest, Forgotten, Nothing, RestorePreview,
};
use crate::store::moving;
use crate::store::user::{LINES_MAX, User};

pub(super) fn list_backups(app: &App, _: Nothing) -> Result<Vec<BackupView>, ApiError> {
    Ok(User::backups(app.opened()?.folder()))
}

pub(super) fn preview_restore(
    app: &App,
    request: BackupRequest,
) -> Result<RestorePreview, ApiError> {
    let opened = app.opened()?;
    Ok(opened
        .user
        .preview_restore(opened.folder(), &request.name)?)
}

pub(super) fn list_events(app: &App, _: Nothing) -> Result<Vec<AuditLine>, ApiError> {
    Ok(app.opened()?.user.events(LINES_MAX)?)
}

pub(super) fn make_backup(app: &App, _: Nothing) -> Result<Vec<BackupView>, ApiError> {
    let opened = app.writable()?;
    opened.user.back_up(opened.folder(), &app.now())?;
    Ok(User::backups(opened.folder()))
}

pub(super) fn restore_backup(app: &App, request: BackupRequest) -> Result<Changes, ApiError> {
    let opened = app.writable()?;
    let changes = opened
        .user
        .restore(opened.folder(), &request.name, &app.now())?;
    opened.own.rebuild(&opened.user)?;
    Ok(changes)
}

pub(super) fn remove_backups(
    app: &App,
    request: BackupsRequest,
) -> Result<Vec<BackupView>, ApiError> {
    let opened = app.writable()?;
    opened
        .user
        .remove_backups(opened.folder(), &request.names, &app.now())?;
    Ok(User::backups(opened.folder()))
}

pub(super) fn forget_need(app: &App, request: ForgetRequest) -> Result<Forgotten, ApiError> {
    if !request.reference.is_own_need() {
        return Err(ApiError::new(ErrorCode::BadRequest).with("field", "ref"));
    }
    let opened = app.writable()?;
    let forgotten = opened
        .user
        .forget(opened.folder(), &request.reference, &app.now())?;
    opened.own.rebuild(&opened.user)?;
    Ok(forgotten)
}

pub(super) fn let_old_folder_go(app: &App, _: Nothing) -> Result<AppStatus, ApiError> {
    let opened = app.writable()?;
    moving::let_go(opened.folder())?;
    opened.status()
}
