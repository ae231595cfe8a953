//! `atlas call`: any query of the command table.

use std::process::ExitCode;

use atlas_core::api::{self, Queries};
use serde_json::Value;

use crate::args::Args;
use crate::output::{Failure, Output};

/// Runs a query and prints its answer as JSON.
pub fn call(
    args: &Args,
    name: &str,
    arguments: &str,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    if !Queries::NAMES.contains(&name) {
        return Err(Failure::Usage(format!(
            "{name}: {}",
            Queries::NAMES.join(" ")
        )));
    }
    let arguments: Value = serde_json::from_str(arguments)
        .map_err(|error| Failure::Usage(format!("JSON: {error}")))?;
    let (app, _) = super::open(args, output)?;
    output.value(&api::query(&app, name, arguments)?)?;
    Ok(ExitCode::SUCCESS)
}
