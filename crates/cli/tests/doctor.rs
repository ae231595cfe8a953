//! `atlas feed doctor` at a server with a certificate: a right one, and wrong ones. Which authorities the program knows is
//! settled by its environment as it starts.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tests::feed::Feed;
use tests::feed::certificates::{Authority, Flaw};
use tests::feed::server::{Fault, Greeted, Server};
use tests::fixtures::case;

const NOW: &str = "2026-11-25T08:00:00Z";

fn doctor(base: &str, authority: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atlas"))
        .args(["feed", "doctor", base, "--now", NOW])
        .args(more)
        .env("SSL_CERT_FILE", authority)
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap()
}

/// The server of a feed with a certificate.
fn server(feed: &Feed, authority: &Authority, flaw: Flaw) -> Server {
    let config = authority.server(flaw);
    let greet = move |_| Greeted::Securely(config.clone());
    Server::greeting(feed.path(), "https", greet, |_| Fault::None)
}

/// The grade of a check.
fn grade(report: &Value, check: &str) -> Value {
    let sights = report["sights"].as_array().unwrap();
    let sight = sights.iter().find(|sight| sight["check"] == check);
    sight.map_or(Value::Null, |sight| sight["grade"].clone())
}

#[test]
fn a_certificate_that_readers_know_is_sound_and_any_other_is_named_as_what_turns_them_away() {
    let temp = tempfile::tempdir().unwrap();
    let known = temp.path().join("authority.pem");
    let authority = Authority::new();
    authority.write(&known);
    let feed = Feed::with("north", 1, &[case("a", "equipment", "production", "32")]);

    let good = server(&feed, &authority, Flaw::None);
    let output = doctor(&good.base(), &known, &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for check in ["encryption", "certificate", "signatures", "packs"] {
        assert_eq!(grade(&report, check), json!("good"), "{check}: {report:#}");
    }
    assert_eq!(report["fingerprint"], json!(feed.fingerprint()));

    for (flaw, word) in [
        (Flaw::SelfSigned, "invalid peer certificate"),
        (Flaw::Expired, "certificate expired"),
        (Flaw::OtherName, "not valid for name"),
    ] {
        let server = server(&feed, &authority, flaw);
        let output = doctor(&server.base(), &known, &[]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!output.status.success(), "{flaw:?}: {said}");
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "nothing else can be examined: {said}");
        assert!(
            lines[1].starts_with("X  服务器证书") && lines[1].contains(word),
            "{flaw:?}: {said}"
        );
        assert_eq!(server.requests(), [], "nothing was asked for");
    }
}
