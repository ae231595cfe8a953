//! Starting other programs.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Failure;

/// The repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The cargo that started this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm inside `ui/`.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command
        .args(args)
        .current_dir("ui")
        .env("npm_config_update_notifier", "false");
    command
}

/// Builds a program of this repository and says where it is.
///
/// The whole workspace is selected for every program: features then resolve as they do in the tests, and all share
/// one build of everything below them.
pub(crate) fn build(program: &str) -> Result<PathBuf, Failure> {
    run(cargo().args(["build", "--workspace", "--bin", program]))?;
    let here =
        std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    Ok(here
        .with_file_name(program)
        .with_extension(std::env::consts::EXE_EXTENSION))
}

/// Says what it does, does it, and fails with the same words.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    finish(begin(command)?)
}

/// [`run`] for commands that do not wait for each other. All come to their end; the first that fails gives the words.
pub(crate) fn run_beside(commands: &mut [Command]) -> Result<(), Failure> {
    let begun: Vec<_> = commands.iter_mut().map(begin).collect();
    let ends: Vec<_> = begun.into_iter().map(|begun| finish(begun?)).collect();
    ends.into_iter().collect()
}

fn begin(command: &mut Command) -> Result<(String, Child), Failure> {
    let words = words(command);
    println!("$ {words}");
    match command.spawn() {
        Ok(child) => Ok((words, child)),
        Err(error) => Err(format!("cannot start `{words}`: {error}")),
    }
}

fn finish((words, mut child): (String, Child)) -> Result<(), Failure> {
    let status = child
        .wait()
        .map_err(|error| format!("cannot wait for `{words}`: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{words}` failed ({status})"))
    }
}

/// What a program prints; nothing when it cannot be started or fails.
pub(crate) fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn words(command: &Command) -> String {
    let mut words = vec![
        Path::new(command.get_program())
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy(),
    ];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}
