//! `cargo xtask bindings`: the TypeScript side of the boundary, printed by the program that owns it.

use crate::Failure;
use crate::process::{cargo, run};

/// Writes `ui/src/api/bindings.ts`. A test of the suite fails when that file is stale.
pub(crate) fn write() -> Result<(), Failure> {
    run(cargo().args([
        "run",
        "--quiet",
        "--package",
        "tests",
        "--bin",
        "bindings",
        "--",
        "ui/src/api/bindings.ts",
    ]))
}
