//! The fault shim, compiled, and the processes that run under it.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use super::scenario::Scenario;

/// What goes wrong at the n-th call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing; calls are counted.
    None,
    /// The process is killed before the call.
    Kill,
    /// Half of what the call writes reaches the file, then the process is killed.
    Tear,
    /// The call fails with this number.
    Fail(i32),
    /// The call writes half and says so.
    Short,
}

/// `EIO`: the disk does not answer.
pub const EIO: i32 = 5;
/// `EACCES`: not permitted.
pub const EACCES: i32 = 13;
/// `ENOSPC`: the disk is full.
pub const ENOSPC: i32 = 28;

/// One run under the shim.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// The folder whose calls count; absolute.
    pub folder: &'a Path,
    /// What goes wrong.
    pub fault: Fault,
    /// At which call, from 1.
    pub at: u64,
    /// At that call alone, or at all after it too.
    pub once: bool,
    /// Where the shim and the driver leave their files.
    pub scratch: &'a Path,
    /// Whether every call is logged with its data.
    pub log: bool,
}

impl Run<'_> {
    /// The environment that tells the shim.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let name = match self.fault {
            Fault::None => "count",
            Fault::Kill => "kill",
            Fault::Tear => "tear",
            Fault::Fail(_) => "fail",
            Fault::Short => "short",
        };
        let number = if let Fault::Fail(number) = self.fault {
            number
        } else {
            0
        };
        let mut environment = vec![
            ("ATLAS_FAULT_DIR", self.folder.into()),
            ("ATLAS_FAULT", name.into()),
            ("ATLAS_FAULT_AT", self.at.to_string().into()),
            ("ATLAS_FAULT_FOR", if self.once { "1" } else { "0" }.into()),
            ("ATLAS_FAULT_ERRNO", number.to_string().into()),
            ("ATLAS_FAULT_REPORT", self.scratch.join("report").into()),
            ("ATLAS_FAULT_ACK", self.scratch.join("ack").into()),
        ];
        if self.log {
            environment.push(("ATLAS_FAULT_LOG", self.scratch.join("log").into()));
        }
        environment
    }

    /// Calls seen and faults made, as the shim reported.
    pub fn report(&self) -> (u64, u64) {
        let bytes = fs::read(self.scratch.join("report")).expect("the shim reports");
        let number = |at: usize| {
            let bytes: [u8; 8] = bytes[at..at + 8].try_into().expect("eight bytes");
            u64::from_le_bytes(bytes)
        };
        (number(0), number(8))
    }
}

/// The compiled shim; compiled once a process.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("torture/shim.c");
        let beside = std::env::current_exe().expect("this program has a path");
        let beside = beside.parent().expect("it lies in a folder");
        let done = beside.join("libatlas_fault.so");
        // Compiled beside and renamed: several test programs may want it at the same time.
        let part = beside.join(format!("libatlas_fault.{}.part", std::process::id()));
        let status = Command::new("cc")
            .args([
                "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o",
            ])
            .args([&part, &source])
            .status()
            .expect("a C compiler is installed: apt-get install build-essential");
        assert!(status.success(), "the shim compiles");
        fs::rename(&part, &done).expect("the shim can be put in place");
        done
    })
}

/// A warmed-up driver that forks for every run.
pub struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts the driver, `torture drive`.
    pub fn start(driver: &Path) -> Self {
        let mut child = Command::new(driver)
            .arg("drive")
            .env("LD_PRELOAD", library())
            .env("ATLAS_FAULT_SERVER", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the driver starts");
        let input = child.stdin.take().expect("stdin is piped");
        let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Self {
            child,
            input,
            output,
        }
    }

    /// Drives a scenario once and says how the process ended.
    pub fn run(&mut self, scenario: Scenario, run: &Run<'_>) -> ExitStatus {
        for name in ["ack", "said"] {
            fs::write(run.scratch.join(name), "").expect("the scratch folder can be written");
        }
        let mut line = format!(
            "TORTURE_SCENARIO={}\tTORTURE_SCRATCH={}",
            scenario.name(),
            run.scratch.display()
        );
        for (name, value) in run.environment() {
            let _ = write!(line, "\t{name}={}", value.display());
        }
        line.push('\n');
        self.input
            .write_all(line.as_bytes())
            .expect("the driver listens");
        let mut answer = String::new();
        self.output
            .read_line(&mut answer)
            .expect("the driver answers");
        let status = answer.trim().parse().expect("the driver answers a number");
        ExitStatus::from_raw(status)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killed, not asked: it does nothing but wait.
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}
