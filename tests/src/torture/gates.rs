//! The gates: every n of every scenario, with every fault.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::check::{self, Promise};
use super::power::{self, Op};
use super::scenario::{Scenario, settle};
use super::shim::{EACCES, EIO, ENOSPC, Fault, Run, Server};
use crate::chance::Chance;

/// Runs beyond the calls of the counted run: threads may make one run a little longer than another.
const SLACK: u64 = 12;

/// Broken promises that are told in full.
const TOLD: usize = 8;

/// Where and with how many processes gates run.
#[derive(Debug, Clone)]
pub struct Bench {
    /// The program that `Server` starts.
    pub driver: PathBuf,
    /// An empty folder, best in memory.
    pub place: PathBuf,
    /// Processes at a time.
    pub jobs: usize,
    /// Only every so-manieth point: one for the gates, more for a slice of them.
    pub every: u64,
}

/// What a gate found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Points where the fault was made.
    pub points: u64,
    /// Broken promises.
    pub violations: u64,
    /// The first of them, told.
    pub told: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    pub(super) fn add(&mut self, point: &str, verdict: Result<(), String>) {
        self.points += 1;
        if let Err(broken) = verdict {
            self.violations += 1;
            if self.told.len() < TOLD {
                self.told.push(format!("{point}: {broken}"));
            }
        }
    }

    /// Adds what another part of the gate found.
    pub fn join(&mut self, other: Self) {
        self.points += other.points;
        self.violations += other.violations;
        self.told.extend(other.told);
        self.told.truncate(TOLD);
    }
}

/// A prepared scenario with the calls that it makes when nothing goes wrong.
pub struct Prepared {
    /// The scenario.
    pub scenario: Scenario,
    /// The folder as it is before.
    pub before: PathBuf,
    /// The calls.
    pub ops: Vec<Op>,
    /// What is promised.
    pub promise: Promise,
}

impl Bench {
    /// Prepares a scenario and logs its calls.
    pub fn prepare(&self, scenario: Scenario) -> Prepared {
        let home = self.place.join(scenario.name());
        let _ = fs::remove_dir_all(&home);
        let before = home.join("before");
        fs::create_dir_all(&home).expect("the place can be written");
        scenario.prepare(&before);
        let mut desk = Desk::new(self, &home.join("log"));
        let (status, _) = desk.run(scenario, &before, Fault::None, 0, true, true);
        assert!(
            status.success(),
            "{} runs undisturbed: {}",
            scenario.name(),
            desk.said()
        );
        let log = fs::read(desk.scratch.join("log")).expect("the shim logs");
        let ops = power::read_log(&log, &desk.folder);
        self.is_complete(&ops, &before, &desk.folder);
        let promise = Promise::of(scenario);
        let verdict = promise.check(&desk.folder, &desk.scratch, desk.acked());
        assert_eq!(
            verdict,
            Ok(()),
            "{} keeps its promises undisturbed",
            scenario.name()
        );
        Prepared {
            scenario,
            before,
            ops,
            promise,
        }
    }

    /// The shim saw everything: the log, replayed on what was there before, leads to what is there now, byte for byte. A call that
    /// gets past the shim shows here.
    fn is_complete(&self, ops: &[Op], before: &Path, after: &Path) {
        let mut disk = power::Disk::new(before, false);
        for op in ops {
            disk.apply(op);
        }
        let replayed = self.place.join("replayed");
        let _ = fs::remove_dir_all(&replayed);
        disk.write(&replayed, power::Loss::None, &mut Chance::new(0))
            .expect("the place can be written");
        let content = |folder: &Path| -> Vec<(String, Vec<u8>)> {
            let read = |(name, path)| (name, fs::read(path).expect("a file can be read"));
            check::files(folder).into_iter().map(read).collect()
        };
        let (replayed, after) = (content(&replayed), content(after));
        let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
            files.iter().map(|file| file.0.clone()).collect()
        };
        assert_eq!(names(&replayed), names(&after), "the shim saw every name");
        for (replayed, after) in replayed.iter().zip(&after) {
            assert!(replayed == after, "the shim saw every byte of {}", after.0);
        }
    }

    /// G2: killed before every call, and in the middle of every write.
    pub fn kills(&self, prepared: &Prepared) -> Outcome {
        let faults = [(Fault::Kill, true), (Fault::Tear, true)];
        self.enumerate(prepared, &faults, "kill", |_, status, _| {
            if status.signal() == Some(9) {
                Ok(())
            } else {
                Err(format!("ended by itself: {status}"))
            }
        })
    }

    /// G4: every call fails, once or from then on.
    pub fn errors(&self, prepared: &Prepared) -> Outcome {
        let mut faults = Vec::new();
        for fault in [
            Fault::Fail(EIO),
            Fault::Fail(ENOSPC),
            Fault::Fail(EACCES),
            Fault::Short,
        ] {
            faults.extend([(fault, true), (fault, false)]);
        }
        self.enumerate(
            prepared,
            &faults,
            "error",
            |(fault, once), status, said| match (status.code(), fault) {
                (Some(0), _) => Ok(()),
                (Some(1), Fault::Fail(number)) => names_the_cause(number, once, said),
                _ => Err(format!("{status}: {said}")),
            },
        )
    }

    /// Goes through all points with all faults.
    fn enumerate(
        &self,
        prepared: &Prepared,
        faults: &[(Fault, bool)],
        name: &str,
        judge: impl Fn((Fault, bool), std::process::ExitStatus, &str) -> Result<(), String> + Sync,
    ) -> Outcome {
        let began = Instant::now();
        let calls: Vec<&Op> = prepared
            .ops
            .iter()
            .filter(|op| op.acknowledges().is_none())
            .collect();
        let last = calls.len() as u64 + SLACK;
        // All helpers start before any folder is checked: a process that is being started holds the locks of its starter.
        let mut desks: Vec<Desk> = (0..self.jobs)
            .map(|job| Desk::new(self, &self.place.join(format!("{name}{job}"))))
            .collect();
        let whole = Mutex::new(Outcome::default());
        for &fault in faults {
            let round = Round {
                fault,
                next: AtomicU64::new(1),
                every: self.every,
                last,
                ended: AtomicBool::new(false),
            };
            std::thread::scope(|scope| {
                for desk in &mut desks {
                    let (round, whole, judge, calls) = (&round, &whole, &judge, &calls);
                    scope.spawn(move || {
                        let own = round.go(prepared, calls, desk, judge);
                        whole.lock().expect("no job panics").join(own);
                    });
                }
            });
        }
        let mut whole = whole.into_inner().expect("no job panics");
        whole.took = began.elapsed();
        whole
    }
}

/// One fault, at every call.
struct Round {
    fault: (Fault, bool),
    next: AtomicU64,
    every: u64,
    last: u64,
    ended: AtomicBool,
}

impl Round {
    /// Takes points until there are none left.
    fn go(
        &self,
        prepared: &Prepared,
        calls: &[&Op],
        desk: &mut Desk,
        judge: &impl Fn((Fault, bool), std::process::ExitStatus, &str) -> Result<(), String>,
    ) -> Outcome {
        let (fault, once) = self.fault;
        let mut own = Outcome::default();
        loop {
            let at = self.next.fetch_add(self.every, Ordering::Relaxed);
            // Beyond the counted calls one goes on until a run ends undisturbed.
            if at > self.last || self.ended.load(Ordering::Relaxed) {
                return own;
            }
            let call = calls.get(at as usize - 1);
            let halves = matches!(fault, Fault::Tear | Fault::Short);
            if halves && call.is_some_and(|op| !op.is_write()) {
                continue;
            }
            let (status, faults) =
                desk.run(prepared.scenario, &prepared.before, fault, at, once, false);
            if faults == 0 {
                if call.is_none() {
                    self.ended.store(true, Ordering::Relaxed);
                }
                continue;
            }
            let verdict = judge(self.fault, status, &desk.said()).and_then(|()| {
                prepared
                    .promise
                    .check(&desk.folder, &desk.scratch, desk.acked())
            });
            let point = format!(
                "{fault:?}{} at {at} ({})",
                if once { "" } else { " from then on" },
                call.map_or_else(String::new, |op| op.describe())
            );
            own.add(&point, verdict);
        }
    }
}

/// Whether an error that the user is shown tells what is wrong with the disk. A fault that has passed by the time that
/// the product asks the folder leaves only what SQLite said, which keeps no error number, and calls a file read-only that
/// it could not open for writing.
fn names_the_cause(number: i32, passed: bool, said: &str) -> Result<(), String> {
    let code = match number {
        ENOSPC => "DiskFull",
        EACCES => "FolderReadOnly",
        _ => "Internal",
    };
    let words = [
        "I/O error",
        "os error",
        "code: ",
        "io::Error",
        "unable to open database",
    ];
    let told = said.starts_with("Internal") && words.iter().any(|word| said.contains(word));
    let named = said.starts_with(code) && (number != EIO || told);
    if named || (passed && (told || said.starts_with("FolderReadOnly"))) {
        Ok(())
    } else {
        Err(format!("the message does not name the cause: {said}"))
    }
}

/// One job's folder and helper.
pub struct Desk {
    /// The folder that suffers.
    pub folder: PathBuf,
    /// Beside it.
    pub scratch: PathBuf,
    server: Server,
}

impl Desk {
    /// Lays out a desk.
    pub fn new(bench: &Bench, home: &Path) -> Self {
        let _ = fs::remove_dir_all(home);
        let scratch = home.join("scratch");
        fs::create_dir_all(&scratch).expect("the place can be written");
        Self {
            folder: home.join("data"),
            scratch,
            server: Server::start(&bench.driver),
        }
    }

    /// Runs a scenario on a fresh copy; answers how it ended and how many faults were made.
    pub fn run(
        &mut self,
        scenario: Scenario,
        before: &Path,
        fault: Fault,
        at: u64,
        once: bool,
        log: bool,
    ) -> (std::process::ExitStatus, u64) {
        lay_out(before, &self.folder);
        let run = Run {
            folder: &self.folder,
            fault,
            at,
            once,
            scratch: &self.scratch,
            log,
        };
        let status = self.server.run(scenario, &run);
        (status, run.report().1)
    }

    /// What the driver said at its end.
    pub fn said(&self) -> String {
        fs::read_to_string(self.scratch.join("said")).unwrap_or_default()
    }

    /// The last step that it acknowledged.
    pub fn acked(&self) -> u32 {
        let acked = fs::read_to_string(self.scratch.join("ack")).unwrap_or_default();
        acked.trim().parse().unwrap_or(0)
    }
}

/// Puts a copy of a prepared folder in a place.
fn lay_out(before: &Path, folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    for (name, path) in check::files(before) {
        let target = folder.join(name);
        let parent = target.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the place can be written");
        fs::copy(path, target).expect("a prepared file can be copied");
    }
    settle(folder);
}
