//! `atlas undo`: takes the last edit back, whoever made it.

use std::process::ExitCode;

use atlas_core::api;
use atlas_core::api::types::LastEdit;
use serde_json::json;

use super::sync::open_to_write;
use crate::args::Args;
use crate::output::{Failure, Output};
use crate::texts::{kept as says, pick};

/// Takes the last edit back and says what it was.
pub fn undo(args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let app = open_to_write(args, output)?;
    let last: Option<LastEdit> = super::query(&app, "get_last_edit", json!({}))?;
    let Some(last) = last else {
        output.tell(pick(
            output.language,
            "没有可撤销的编辑。",
            "There is no edit to take back.",
        ));
        return Ok(ExitCode::from(1));
    };
    api::mutate(&app, "undo", json!({}))?;
    if output.json {
        output.value(&last)?;
    } else {
        output.line(&says::taken_back(output.language, &last))?;
    }
    Ok(ExitCode::SUCCESS)
}
