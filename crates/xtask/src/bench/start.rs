//! How long until the first row is painted, and how much memory that takes, beside a window with nothing in it.
//!
//! Release builds start in turns under a display of their own. The clock runs from starting the process to the line
//! by which it says that it has painted; memory is read some seconds later, over all its processes.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{fs, thread};

use super::memory::pss_kb;
use crate::process::{cargo, root, run};
use crate::{Failure, test};

/// A start that takes longer has failed.
const PATIENCE: Duration = Duration::from_mins(1);
/// From painting to the reading of the memory.
const SETTLE: Duration = Duration::from_secs(4);
/// What may be added to the empty window: milliseconds to the first row; megabytes with the bundled catalog, and with
/// 100,000 records.
const TARGETS: (f64, f64, f64) = (300.0, 60.0, 120.0);

/// A program that is started again and again.
struct Subject {
    name: &'static str,
    program: PathBuf,
    /// Its data folder, if it has one.
    folder: Option<PathBuf>,
    /// What the line says by which it tells that it has painted.
    says: &'static str,
    milliseconds: Vec<f64>,
    megabytes: Vec<f64>,
}

pub(super) fn bench(args: &[&str]) -> Result<(), Failure> {
    let (mut runs, mut records) = (20, "100k".to_owned());
    for pair in args.chunks(2) {
        match pair {
            ["--runs", count] => {
                runs = count.parse().map_err(|_| format!("{count} is no number"))?;
            }
            ["--records", count] => (*count).clone_into(&mut records),
            _ => return Err(super::USAGE.to_owned()),
        }
    }
    test::set_up()?;
    run(cargo().args([
        "build",
        "--release",
        "--package",
        "scenario-atlas",
        "--package",
        "empty-window",
    ]))?;
    let display = Display::open()?;
    let mut subjects = subjects(&records)?;
    // The first start of each fills caches and, in a new folder, imports the catalog.
    for _ in 0..2 {
        for subject in &subjects {
            subject.start(&display)?;
        }
    }
    for round in 1..=runs {
        println!("start {round} of {runs}");
        for subject in &mut subjects {
            let (took, memory) = subject.start(&display)?;
            subject.milliseconds.push(took.as_secs_f64() * 1e3);
            subject.megabytes.push(memory as f64 / 1024.0);
        }
    }
    print(&subjects);
    Ok(())
}

fn subjects(records: &str) -> Result<Vec<Subject>, Failure> {
    let built = root().join("target/release");
    let folders = root().join("target/bench-start");
    let mut subjects = vec![Subject::new(
        "empty window",
        built.join("empty-window"),
        None,
        "painted",
    )];
    for (name, records) in [("bundled catalog", "0"), ("generated records", records)] {
        let folder = folders.join(records);
        if !folder.join("index").exists() {
            super::search(&["--folder", &folder.to_string_lossy(), "--records", records])?;
        }
        subjects.push(Subject::new(
            name,
            built.join("scenario-atlas"),
            Some(folder),
            "first rows after",
        ));
    }
    Ok(subjects)
}

impl Subject {
    fn new(
        name: &'static str,
        program: PathBuf,
        folder: Option<PathBuf>,
        says: &'static str,
    ) -> Self {
        Self {
            name,
            program,
            folder,
            says,
            milliseconds: Vec::new(),
            megabytes: Vec::new(),
        }
    }

    /// Starts the program, waits until it has painted, and ends it.
    fn start(&self, display: &Display) -> Result<(Duration, u64), Failure> {
        let mut command = Command::new(&self.program);
        command
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("NO_AT_BRIDGE", "1");
        if let Some(folder) = &self.folder {
            command.arg("--data-dir").arg(folder);
            // The program is ended without ceremony; the mark of that would make the next start check everything.
            let _ = fs::remove_file(folder.join("running"));
        }
        let began = Instant::now();
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", self.program.display()))?;
        let painted = self.listen(&mut child);
        let measured = painted.recv_timeout(PATIENCE).map(|at| {
            thread::sleep(SETTLE);
            (at - began, pss_kb(child.id()))
        });
        // Ended by now, or not: either way it must be gone before the next one starts.
        let _ = child.kill();
        let _ = child.wait();
        measured.map_err(|_| {
            format!(
                "{}: {} did not say {:?}",
                self.name,
                self.program.display(),
                self.says
            )
        })
    }

    fn listen(&self, child: &mut Child) -> Receiver<Instant> {
        let (tell, told) = channel();
        let says = self.says;
        if let Some(errors) = child.stderr.take() {
            thread::spawn(move || {
                for line in BufReader::new(errors).lines().map_while(Result::ok) {
                    if line.contains(says) {
                        let _ = tell.send(Instant::now());
                    }
                }
            });
        }
        told
    }
}

/// A display without a screen.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn open() -> Result<Self, Failure> {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1000x24",
                "-nolisten",
                "tcp",
                // Otherwise the server begins anew when a program ends, and the next one may meet it while it does.
                "-noreset",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start Xvfb: {error}"))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output)
                .read_line(&mut number)
                .map_err(|error| format!("Xvfb: {error}"))?;
        }
        Ok(Self {
            server,
            name: format!(":{}", number.trim()),
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn print(subjects: &[Subject]) {
    let load = fs::read_to_string(Path::new("/proc/loadavg")).unwrap_or_default();
    println!("\nload {}", load.split(' ').next().unwrap_or("unknown"));
    println!(
        "{:20}{:>14}{:>10}{:>10}{:>12}{:>12}{:>12}",
        "", "painted ms", "p90", "more", "PSS MB", "p90", "more"
    );
    let Some(empty) = subjects.first() else {
        return;
    };
    let [milliseconds, megabytes] =
        [&empty.milliseconds, &empty.megabytes].map(|values| quantile(values, 0.5));
    for subject in subjects {
        let [time, slow] = [0.5, 0.9].map(|share| quantile(&subject.milliseconds, share));
        let [memory, large] = [0.5, 0.9].map(|share| quantile(&subject.megabytes, share));
        println!(
            "{:20}{time:>14.0}{slow:>10.0}{:>10.0}{memory:>12.1}{large:>12.1}{:>12.1}",
            subject.name,
            time - milliseconds,
            memory - megabytes,
        );
    }
    let (late, bundled, many) = TARGETS;
    println!(
        "wanted: at most {late} ms, {bundled} MB (bundled catalog) and {many} MB (100k records) more than the empty window"
    );
}

fn quantile(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_value_that_was_measured() {
        let of = |share| quantile(&[3.0, 1.0, 2.0, 4.0], share) as u32;
        assert_eq!([0.5, 0.9].map(of), [2, 4]);
        assert!(quantile(&[], 0.5).abs() < f64::EPSILON);
    }
}
