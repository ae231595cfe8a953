//! What can be asked about the text of a need.

use super::App;
use super::matching::{TEXT_MAX, refused, today};
use super::types::{ApiError, NeedReading, ReadNeedRequest};
use crate::matching::reading;

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command takes its request by value"
)]
pub(super) fn read_need(app: &App, request: ReadNeedRequest) -> Result<NeedReading, ApiError> {
    if request.text.len() > TEXT_MAX {
        return Err(refused("text", TEXT_MAX));
    }
    Ok(reading::read(&request.text, &today(app)?))
}
