//! `cargo xtask torture`: the data folder under kills, failing disks and power cuts, at every single call.

use std::process::Command;

use crate::process::{build, run as start};
use crate::{Failure, setup};

/// Builds what suffers and goes through the gates; arguments go to it as they are.
pub(crate) fn torture(args: &[&str]) -> Result<(), Failure> {
    setup::packages(setup::CORE)?;
    // What the conformance suite starts lies beside it.
    build("conformance")?;
    start(Command::new(build("torture")?).arg("run").args(args))
}
