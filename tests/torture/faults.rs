//! G5: the fault server.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tests::faults::{File, Network};
use tests::feed::certificates::Authority;
use tests::torture::gates::Outcome;

use crate::histories::{broken, by};

/// Every fault at every file, in a process of its own: which authorities a program knows is settled as it starts.
pub fn run(place: &Path, jobs: usize) -> Result<Outcome, String> {
    let began = Instant::now();
    let failed = |error: std::io::Error| error.to_string();
    std::fs::create_dir_all(place).map_err(failed)?;
    let file = place.join("authority.pem");
    let output = Command::new(std::env::current_exe().map_err(failed)?)
        .args(["faults", &jobs.to_string()])
        .arg(&file)
        .env("SSL_CERT_FILE", &file)
        .output()
        .map_err(failed)?;
    std::fs::remove_dir_all(place).map_err(failed)?;
    let mut outcome = Outcome::default();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match line.split_once(' ') {
            Some(("kept", _)) => outcome.points += 1,
            Some(("broken", why)) => broken(&mut outcome, why.to_owned()),
            _ => {}
        }
    }
    if !output.status.success() {
        broken(
            &mut outcome,
            String::from_utf8_lossy(&output.stderr).into_owned(),
        );
    }
    outcome.took = began.elapsed();
    Ok(outcome)
}

/// Meets the faults and says, a line each, how it went.
pub fn meet(jobs: usize, authority: &Path) -> Result<(), String> {
    let known = Authority::new();
    known.write(authority);
    let network = Network::with(known);
    network.rehearse(true)?;
    let cases: Vec<(&str, File)> = Network::faults(true)
        .flat_map(|name| File::ALL.map(|file| (name, file)))
        .collect();
    let next = AtomicUsize::new(0);
    by(jobs, |_| {
        while let Some((name, file)) = cases.get(next.fetch_add(1, Ordering::SeqCst)) {
            match network.meet(name, *file) {
                Ok(()) => println!("kept {name} {file:?}"),
                Err(why) => println!("broken {why}"),
            }
        }
    });
    Ok(())
}
