//! Writes the TypeScript side of the boundary to the file named on the command line.

use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "a command speaks through the terminal")]
fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("usage: bindings FILE");
        return ExitCode::FAILURE;
    };
    match std::fs::write(&file, atlas_core::api::bindings::typescript()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "cannot write {}: {error}",
                std::path::Path::new(&file).display()
            );
            ExitCode::FAILURE
        }
    }
}
