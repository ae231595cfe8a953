//! The process that suffers: warms up once, then forks for every run and does one scenario.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atlas_core::api::{self, App};
use serde_json::json;
use tests::torture::scenario::{self, Scenario};

/// Becomes a server of forks; each does what its environment says. Returns in the forks.
pub fn drive() -> ExitCode {
    warm_up();
    // The shim answers this, and lets each fork go on with an error.
    if fs::File::open("/atlas-fork-server").is_ok() || variable("TORTURE_SCENARIO").is_none() {
        eprintln!("the driver runs under the shim alone");
        return ExitCode::FAILURE;
    }
    let scratch = PathBuf::from(variable("TORTURE_SCRATCH").expect("the gates tell where"));
    let folder = PathBuf::from(variable("ATLAS_FAULT_DIR").expect("the gates tell what"));
    let name = variable("TORTURE_SCENARIO").expect("the gates tell which");
    let scenario = Scenario::parse(&name).expect("the gates know the scenarios");
    let said = scratch.join("said");
    let panicked = said.clone();
    std::panic::set_hook(Box::new(move |info| {
        let _ = fs::write(&panicked, format!("panic: {info}"));
    }));
    let ack = scratch.join("ack");
    let done = scenario.drive(&folder, &mut |step| {
        fs::write(&ack, step.to_string()).expect("an acknowledgement can be written");
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            fs::write(said, error.to_string()).expect("an error can be told");
            ExitCode::from(1)
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// Does everything once that later is remembered, and waits until the threads of it are gone: a fork has one thread.
fn warm_up() {
    let folder = super::place().with_extension("warm");
    let app = App::with_bundle(folder.clone(), scenario::today, scenario::generation(1));
    scenario::open(&app).expect("a new folder opens");
    api::query(
        &app,
        "search_records",
        json!({ "text": "案例", "limit": 5 }),
    )
    .expect("it answers");
    drop(app);
    fs::remove_dir_all(folder).expect("the folder can be removed");
    while threads() > 1 {
        std::thread::yield_now();
    }
}

fn threads() -> usize {
    fs::read_dir(Path::new("/proc/self/task")).map_or(1, Iterator::count)
}
