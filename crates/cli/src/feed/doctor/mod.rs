//! `atlas feed doctor`: what a reader would stumble over, at a server or in a folder.
//!
//! The signatures are verified by the client that readers run; the rest are habits of web servers that break feeds: a page
//! in place of "not found", bytes recoded on the way, caches that hold the one file that changes.

mod web;

use std::path::Path;
use std::sync::Arc;

use atlas_core::feed::folder::Folder as TreeSource;
use atlas_core::feed::limits::Patience;
use atlas_core::feed::manifest::Delta;
use atlas_core::feed::source::{Address, FetchError, Source};
use atlas_core::feed::trust::{self, FIRST_ROOT, MemoryVault, TrustError};
use atlas_core::feed::{Digest, Manifest, fetch, limits};
use jiff::Timestamp;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::error::FeedError;
use super::tree::Tree;
use super::{serve, verify};

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grade {
    /// As it should be.
    Good,
    /// Readers get by, or will not for long.
    Warning,
    /// Readers are turned away.
    Bad,
}

/// What is examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Check {
    /// Whether there is an encrypted connection.
    Encryption,
    /// Whether readers accept the server's certificate.
    Certificate,
    /// Whether what is missing is said to be missing.
    Missing,
    /// Whether bytes come as they are.
    Coding,
    /// Whether a part of a file can be asked for.
    Range,
    /// Whether files can be told from their former versions.
    Tag,
    /// Whether the timestamp is cached briefly.
    CacheOfTimestamp,
    /// Whether all other files are cached long.
    CacheOfTheRest,
    /// Whether the server's clock is that of this machine.
    Clock,
    /// Whether a reader accepts the signatures.
    Signatures,
    /// How long each role still vouches.
    Expiry,
    /// Whether every pack is there, whole.
    Packs,
    /// Whether anything is there that has no place in a published tree.
    Strangers,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Sight {
    /// What was examined.
    pub check: Check,
    /// How bad it is.
    pub grade: Grade,
    /// What was seen: a file, a header, a date.
    pub seen: String,
}

/// What was seen at an address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Report {
    /// SHA-256 of the first root, for comparing with what the publisher says.
    pub fingerprint: Option<String>,
    /// Everything that was examined.
    pub sights: Vec<Sight>,
}

impl Report {
    fn see(&mut self, check: Check, grade: Grade, seen: impl Into<String>) {
        self.sights.push(Sight {
            check,
            grade,
            seen: seen.into(),
        });
    }

    /// The worst grade.
    pub(crate) fn worst(&self) -> Grade {
        let grades = self.sights.iter().map(|sight| sight.grade);
        grades.max().unwrap_or(Grade::Bad)
    }
}

/// Examines a base address or a folder.
pub(crate) fn doctor(base: &str, now: Timestamp) -> Result<Report, FeedError> {
    let mut report = Report {
        fingerprint: None,
        sights: Vec::new(),
    };
    let runtime = verify::runtime()?;
    if !base.contains("://") {
        let tree = Tree::new(&serve::base(Path::new(base))?);
        let source: Arc<dyn Source> = Arc::new(TreeSource::new(tree.base.clone()));
        if let Some(manifest) = signatures(&runtime, &source, now, &mut report) {
            packs_in(&tree, &manifest, &mut report);
        }
        match verify::files(&tree) {
            Ok(files) => report.see(Check::Strangers, Grade::Good, files.len().to_string()),
            Err(error) => report.see(Check::Strangers, Grade::Bad, error.to_string()),
        }
        return Ok(report);
    }
    let Ok(Address::Web(url)) = Address::parse(base) else {
        return Err(FeedError::new(
            format!("{base:?} 不是可用的地址。"),
            format!("{base:?} is no usable address."),
        ));
    };
    let encrypted = match url.scheme() {
        "https" => Grade::Good,
        _ => Grade::Warning,
    };
    report.see(Check::Encryption, encrypted, url.scheme());
    // The publisher named the address: it may be in the local network.
    match fetch::Http::new(url.clone(), true, Patience::default()) {
        Ok(source) => {
            let source: Arc<dyn Source> = Arc::new(source);
            if encrypted == Grade::Good && !certified(&runtime, &*source, &mut report) {
                return Ok(report);
            }
            let manifest = signatures(&runtime, &source, now, &mut report);
            runtime.block_on(web::examine(&url, manifest.as_ref(), now, &mut report))?;
        }
        Err(error) => report.see(Check::Signatures, Grade::Bad, error.to_string()),
    }
    Ok(report)
}

/// Whether a connection comes about that readers accept. Where none does, nothing else can be examined.
fn certified(runtime: &Runtime, source: &dyn Source, report: &mut Report) -> bool {
    let first = runtime.block_on(source.get(FIRST_ROOT, limits::ROOT));
    if let Err(FetchError::Insecure(reason)) = first {
        report.see(Check::Certificate, Grade::Bad, reason);
        return false;
    }
    // Whatever else is wrong is said by the checks that follow.
    report.see(Check::Certificate, Grade::Good, "TLS");
    true
}

/// Verifies the signatures as a reader would who sees the feed for the first time, and looks at the dates.
fn signatures(
    runtime: &Runtime,
    source: &Arc<dyn Source>,
    now: Timestamp,
    report: &mut Report,
) -> Option<Manifest> {
    let root = match runtime.block_on(source.get(FIRST_ROOT, limits::ROOT)) {
        Ok(Some(root)) => root,
        Ok(None) => {
            report.see(
                Check::Signatures,
                Grade::Bad,
                format!("{FIRST_ROOT}: missing"),
            );
            return None;
        }
        Err(error) => {
            report.see(
                Check::Signatures,
                Grade::Bad,
                format!("{FIRST_ROOT}: {error}"),
            );
            return None;
        }
    };
    report.fingerprint = Some(Digest::of(&root).to_string());
    let vault = Arc::new(MemoryVault::default());
    let refreshed = runtime.block_on(trust::refresh(source.clone(), vault, &root, now));
    let manifest = match refreshed {
        Ok(verified) => match Manifest::parse(&verified.manifest) {
            Ok(manifest) => {
                let seen = format!("{} {}", manifest.feed, manifest.generation);
                report.see(Check::Signatures, Grade::Good, seen);
                Some(manifest)
            }
            Err(error) => {
                report.see(Check::Signatures, Grade::Bad, error.to_string());
                None
            }
        },
        Err(TrustError::Expired { role, expires }) => {
            report.see(Check::Expiry, Grade::Bad, format!("{role}: {expires}"));
            None
        }
        Err(error) => {
            report.see(Check::Signatures, Grade::Bad, error.to_string());
            None
        }
    };
    for (role, expires, days) in dates(runtime, &**source, now) {
        // Half of the shortest pause between two weekly signings is left at least.
        let soon = if role == "timestamp" { 4 } else { 21 };
        let grade = match days {
            ..0 => Grade::Bad,
            _ if days < soon => Grade::Warning,
            _ => Grade::Good,
        };
        report.see(
            Check::Expiry,
            grade,
            format!("{role}: {expires} ({days} d)"),
        );
    }
    manifest
}

/// Until when each role vouches, as its file states, and the days that are left.
fn dates(runtime: &Runtime, source: &dyn Source, now: Timestamp) -> Vec<(String, String, i64)> {
    let read = |name: &str| -> Option<Value> {
        let bytes = runtime.block_on(source.get(&format!("tuf/{name}"), limits::ROOT));
        let bytes = bytes.ok().flatten()?;
        let mut value: Value = serde_json::from_slice(&bytes).ok()?;
        Some(value["signed"].take())
    };
    let mut files = Vec::new();
    let mut root = None;
    for version in 1..=u64::from(limits::ROTATIONS) {
        match read(&format!("{version}.root.json")) {
            Some(next) => root = Some(next),
            None => break,
        }
    }
    files.extend(root.map(|root| ("root", root)));
    if let Some(timestamp) = read("timestamp.json") {
        let snapshot = &timestamp["meta"]["snapshot.json"]["version"];
        let snapshot = read(&format!("{snapshot}.snapshot.json"));
        files.push(("timestamp", timestamp));
        if let Some(snapshot) = snapshot {
            let targets = &snapshot["meta"]["targets.json"]["version"];
            let targets = read(&format!("{targets}.targets.json"));
            files.push(("snapshot", snapshot));
            files.extend(targets.map(|targets| ("targets", targets)));
        }
    }
    files
        .into_iter()
        .filter_map(|(role, file)| {
            let expires = file["expires"].as_str()?.to_owned();
            let at: Timestamp = expires.parse().ok()?;
            let days = (at.as_second() - now.as_second()).div_euclid(24 * 60 * 60);
            Some((role.to_owned(), expires, days))
        })
        .collect()
}

fn packs_in(tree: &Tree, manifest: &Manifest, report: &mut Report) {
    let deltas = manifest.deltas.iter().map(Delta::pack);
    let infos = manifest.snapshot.iter().cloned().chain(deltas);
    let (mut count, mut bad) = (0, Vec::new());
    for info in infos {
        count += 1;
        let whole = std::fs::read(tree.pack(&info.sha256))
            .is_ok_and(|bytes| Digest::of(&bytes).to_string() == info.sha256);
        if !whole {
            bad.push(info.sha256);
        }
    }
    match bad.as_slice() {
        [] => report.see(Check::Packs, Grade::Good, count.to_string()),
        bad => report.see(Check::Packs, Grade::Bad, bad.join(", ")),
    }
}
