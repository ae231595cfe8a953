//! The feed of the scenario `delta`, and how the product syncs it.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::App;
use atlas_core::api::types::{ApiError, ErrorCode, ProblemCode, SyncOutcome, SyncRequest};
use atlas_core::store::Folder;
use atlas_core::store::trust::{Source, Trust};

use super::scenario::{records, today};
use crate::feed::Feed;
use crate::fixtures;

/// Adds a feed that is published beside the folder. It goes by the id of the bundled catalog, as no user could add it, so that its
/// records are those which all scenarios know.
pub(super) fn add_feed(folder: &Path) {
    let mut feed = Feed::new(fixtures::FEED, 1);
    for record in &records(1) {
        feed.put(record);
    }
    feed.publish();
    feed.records.clear();
    for record in &records(2) {
        feed.put(record);
    }
    feed.publish();
    let changes = &feed.manifest["deltas"][0];
    let count = |key: &str| changes[key].as_u64().unwrap_or(0);
    assert_eq!(
        count("puts") + count("dels"),
        60,
        "the delta has the size that the gate names"
    );
    let tree = folder.with_extension("feed");
    let _ = fs::remove_dir_all(&tree);
    for (path, bytes) in feed.files() {
        let path = tree.join(path);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the place can be written");
        fs::write(path, bytes).expect("the place can be written");
    }
    let held = Folder::open(folder).expect("nobody holds it");
    let (trust, _) = Trust::open(&held).expect("it was made");
    let source = Source {
        feed: feed.id.clone(),
        base: tree.display().to_string(),
        mirrors: Vec::new(),
        local: true,
        root: feed.read("tuf/1.root.json"),
        added: today(),
    };
    trust.put_source(&source).expect("it can be written");
}

/// Syncs and answers how it ended, good or bad, as an error if it was bad.
///
/// # Errors
/// What the product answers, and the problem that it tells.
pub fn sync(app: &App) -> Result<SyncOutcome, ApiError> {
    let request = SyncRequest::default();
    let mut report = app.sync(&request, &mut |_| ControlFlow::Continue(()))?;
    let outcome = report.feeds.remove(0);
    match &outcome.problem {
        None => Ok(outcome),
        Some(problem) if problem.code == ProblemCode::DiskFull => Err(ApiError {
            trace: format!("{problem:?}"),
            ..ApiError::new(ErrorCode::DiskFull)
        }),
        // No message of the disk at all.
        Some(problem) => Err(ApiError {
            trace: format!("{problem:?}"),
            ..ApiError::new(ErrorCode::BadRequest)
        }),
    }
}
