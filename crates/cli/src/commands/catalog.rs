//! `atlas catalog`: building the catalog that the product carries.

use std::path::Path;
use std::process::ExitCode;

use crate::catalog;
use crate::output::{Failure, Output};

/// Builds records, ledger and pack, or checks that the committed ones are what a build gives.
pub fn catalog(root: &Path, check: bool, output: &mut Output) -> Result<ExitCode, Failure> {
    match catalog::run(root, check) {
        Ok(report) => {
            let summary = &report.summary;
            output.line(&format!(
                "{} lines, {} records",
                summary.lines, summary.records
            ))?;
            for file in &report.written {
                output.line(&format!("wrote {file}"))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(Failure::Usage(error.to_string())),
    }
}
