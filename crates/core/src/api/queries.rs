use super::App;
use super::types::*;
use crate::model::Taxonomies;
pub(super) fn get_status(_: &App, _: Nothing) -> Result<AppStatus, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn get_taxonomies(_: &App, _: Nothing) -> Result<Taxonomies, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn get_settings(_: &App, _: Nothing) -> Result<Settings, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn get_record(_: &App, _: RecordRequest) -> Result<RecordView, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn search_records(_: &App, _: SearchRequest) -> Result<SearchPage, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn count_panorama(_: &App, _: PanoramaRequest) -> Result<Panorama, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn list_targets(_: &App, _: Nothing) -> Result<Vec<TargetView>, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn list_favourites(_: &App, _: Nothing) -> Result<Vec<Favourite>, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
pub(super) fn get_log(_: &App, _: Nothing) -> Result<LogTail, ApiError> { Err(ApiError::new(ErrorCode::Internal)) }
