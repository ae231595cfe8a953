//! Builds and memory in processes of their own, so that the peak of one engine is not that of another.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Failure;

/// What building cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Built {
    pub seconds: f64,
    pub peak_kb: u64,
    pub bytes: u64,
}

/// Memory of a process that has answered queries.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    /// Its own.
    pub own_kb: u64,
    /// Pages of mapped files, which the system takes back when it needs them.
    pub mapped_kb: u64,
}

/// Runs this program with other arguments and returns what it prints.
pub fn run(args: &[&str]) -> Result<String, Failure> {
    let output = Command::new(std::env::current_exe()?)
        .args(args)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{} failed", args.join(" ")).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The numbers of the last line of a text.
pub fn numbers(text: &str) -> Result<Vec<f64>, Failure> {
    let line = text.lines().last().unwrap_or_default();
    Ok(line.split(' ').map(str::parse).collect::<Result<_, _>>()?)
}

/// A line of `/proc/self/status` in kilobytes; zero where there is no such file.
pub fn status(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

/// Milliseconds of processor time that this process has used so far, all threads together; zero where there is no
/// `/proc/self/stat`.
pub fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses; user and system time are the 14th and 15th value of the line, in hundredths.
    let values = text.rsplit_once(')').map_or("", |(_, values)| values);
    let values = values.split_whitespace().skip(11).take(2);
    values
        .filter_map(|value| value.parse::<f64>().ok())
        .sum::<f64>()
        * 10.0
}

/// Bytes of a file or of all files below a folder.
pub fn bytes(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else {
        return path.metadata().map_or(0, |metadata| metadata.len());
    };
    entries.flatten().map(|entry| bytes(&entry.path())).sum()
}

/// The machine in one line.
pub fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, name)| name);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total: u64 = memory
        .lines()
        .find_map(|line| {
            line.strip_prefix("MemTotal:")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{model}, {cores} cores, {} GB, {} {}, load {}",
        total.div_ceil(1 << 20),
        std::env::consts::OS,
        std::env::consts::ARCH,
        load.split(' ').next().unwrap_or("unknown"),
    )
}
