use super::App;
use super::types::*;
use crate::model::Taxonomies;
pub(super) fn transact(_: &App, _: Edit) -> Result<Changes, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn undo(_: &App, _: Nothing) -> Result<Changes, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn redo(_: &App, _: Nothing) -> Result<Changes, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
