//! The terminal on a disk that is full or may not be written: a clear message, and nothing lost.

use std::path::Path;
use std::process::{Command, Output};

use tests::process::terminal;
use tests::torture::shim::{self, EACCES, ENOSPC, Fault, Run};

/// `atlas status` on a folder whose every changing call from the `at`-th on fails; 0 for none.
fn status(folder: &Path, errno: i32, at: u64) -> Output {
    let scratch = tempfile::tempdir().unwrap();
    let run = Run {
        folder,
        fault: Fault::Fail(errno),
        at,
        once: false,
        scratch: scratch.path(),
        log: false,
    };
    let mut command = Command::new(terminal());
    command
        .arg("--data-dir")
        .arg(folder)
        .args(["--lang", "en", "status"]);
    if at > 0 {
        command
            .env("LD_PRELOAD", shim::library())
            .envs(run.environment());
    }
    command.output().unwrap()
}

fn assert_refused(output: &Output, words: &str, what: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{what}: {said}");
    assert!(said.contains(words), "{what}: {said}");
}

fn user_rows(folder: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(folder.join("user.db")).unwrap();
    let mut statement = connection
        .prepare("select key || value from setting order by key")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_full_or_read_only_disk_is_named_and_loses_nothing() {
    let _alone = crate::alone();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("data");
    let causes = [(ENOSPC, "The disk is full"), (EACCES, "cannot be written")];
    // While the catalog is imported for the first time.
    for (errno, words) in causes {
        for at in [1, 3, 30, 300, 1000] {
            assert_refused(
                &status(&folder, errno, at),
                words,
                &format!("import, call {at}"),
            );
        }
    }
    let sound = status(&folder, 0, 0);
    assert!(
        sound.status.success(),
        "the next start completes it: {sound:?}"
    );
    let connection = rusqlite::Connection::open(folder.join("user.db")).unwrap();
    connection
        .execute("insert into setting values ('theme', '\"dark\"')", [])
        .unwrap();
    drop(connection);
    // While the index is built anew.
    std::fs::write(folder.join("index/meta.json"), "damaged").unwrap();
    for (errno, words) in causes {
        for at in [1, 10, 40, 80] {
            assert_refused(
                &status(&folder, errno, at),
                words,
                &format!("rebuild, call {at}"),
            );
            assert_eq!(user_rows(&folder), ["theme\"dark\""]);
        }
    }
    let after = status(&folder, 0, 0);
    assert!(after.status.success(), "{after:?}");
    assert_eq!(user_rows(&folder), ["theme\"dark\""]);
}
