//! Passphrases typed at a terminal: each twice when it is new, never shown, and once for keys that share one.
//!
//! `script` of util-linux, which every Debian has, gives the program a terminal of its own.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Runs a command in a terminal and answers each prompt with the next line. Answers whether it succeeded, and all that
/// stood in the terminal.
fn type_in(folder: &Path, command: &str, answers: &[&str]) -> (bool, String) {
    let mut script = Command::new("script")
        .args([
            "-qefc",
            &format!("{} {command}", env!("CARGO_BIN_EXE_atlas")),
            "/dev/null",
        ])
        .current_dir(folder)
        .env_remove("ATLAS_FEED_PASSPHRASE")
        .env("ATLAS_DATA_DIR", folder.join("reader"))
        .env("LC_ALL", "en_US.UTF-8")
        // A shell that says nothing of its own.
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut keyboard = script.stdin.take().unwrap();
    let mut screen = script.stdout.take().unwrap();
    let mut shown = Vec::new();
    let mut answers = answers.iter();
    let mut answered = 0;
    let mut byte = [0];
    // A prompt ends with a colon and a space, and waits.
    while screen.read(&mut byte).unwrap_or(0) == 1 {
        shown.push(byte[0]);
        let text = String::from_utf8_lossy(&shown[answered..]);
        if text.contains("assphrase") && text.ends_with(": ") {
            answered = shown.len();
            // The prompt is there a moment before the echo is switched off; no person is faster.
            std::thread::sleep(Duration::from_millis(400));
            let answer = answers
                .next()
                .unwrap_or_else(|| panic!("one more question: {text}"));
            keyboard
                .write_all(format!("{answer}\n").as_bytes())
                .unwrap();
        }
    }
    drop(keyboard);
    let ok = script.wait().unwrap().success();
    assert!(
        answers.next().is_none(),
        "{}",
        String::from_utf8_lossy(&shown)
    );
    (ok, String::from_utf8_lossy(&shown).into_owned())
}

const INIT: &str = "feed init feed --title Fixture --id fixture";
const TYPED: [&str; 8] = [
    "first root secret",
    "first root secret",
    "second root secret",
    "second root secret",
    "third root secret",
    "third root secret",
    "online secret",
    "online secret",
];

#[test]
fn new_passphrases_are_typed_twice_and_open_the_keys_again() {
    let temp = tempfile::tempdir().unwrap();
    let (ok, shown) = type_in(temp.path(), INIT, &TYPED);
    assert!(ok, "{shown}");
    assert!(
        !shown.contains("secret"),
        "what is typed is not shown: {shown}"
    );
    let record = r#"{"kind":"case","id":"fixture-1","name":{"zh":"夹具"},"sources":[{"key":"s1","cited":"夹具","checked":"2026-03-05","status":"excerpt"}]}"#;
    std::fs::write(temp.path().join("feed/records/fixture.jsonl"), record).unwrap();
    assert!(type_in(temp.path(), "feed build feed", &[]).0);
    let (ok, shown) = type_in(temp.path(), "feed sign feed", &["online secret"]);
    assert!(ok, "one passphrase opens the three online keys: {shown}");
    let (ok, shown) = type_in(
        temp.path(),
        "feed sign feed --anew snapshot",
        &["other secret"],
    );
    assert!(!ok, "{shown}");
}

#[test]
fn a_slip_makes_no_feed() {
    for typed in [
        &["first root secret", "first root sacret"][..],
        &["short"][..],
        &[TYPED[0], TYPED[1], TYPED[2], "other"][..],
    ] {
        let temp = tempfile::tempdir().unwrap();
        let (ok, shown) = type_in(temp.path(), INIT, typed);
        assert!(!ok, "{shown}");
        assert!(!temp.path().join("feed/keys").exists(), "{shown}");
    }
}
