//! `cargo xtask bindings`: the TypeScript side of the boundary, printed by the program that owns it.

use std::process::Command;

use crate::Failure;
use crate::process::{build, run};

/// Writes `ui/src/api/bindings.ts`. A test of the suite fails when that file is stale.
pub(crate) fn write() -> Result<(), Failure> {
    run(Command::new(build("bindings")?).arg("ui/src/api/bindings.ts"))
}
