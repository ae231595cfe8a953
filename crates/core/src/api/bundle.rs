//! Handing work to a colleague, and taking it in: the work bundle.
//!
//! Invariant: a bundle comes in through one edit, which undo takes back. A need that is newer here stays.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use super::App;
use super::app::display;
use super::types::{
    ApiError, Changes, Edit, ErrorCode, Event, ExportWorkRequest, Happening, ImportWorkRequest,
    Received, ReceivedNeed,
};
use super::work::own;
use crate::exchange::export::Target;
use crate::model::RecordRef;
use crate::store::user::needs::bundle::{self, BUNDLE_MAX, BundleError};
use crate::store::user::needs::{NEEDS_MAX, Need};

/// A need with the document to be stored.
type Written = (RecordRef, Option<String>);

impl App {
    /// Writes needs with the work on them into a file; either whole or not at all.
    ///
    /// # Errors
    /// `NotFound` when one of the needs is not there, `BadRequest` when there are too many, those of writing.
    pub fn export_work(&self, request: &ExportWorkRequest) -> Result<(), ApiError> {
        if request.refs.is_empty() || request.refs.len() > NEEDS_MAX {
            return Err(super::matching::refused("refs", NEEDS_MAX));
        }
        let opened = self.opened()?;
        let mut needs: Vec<(RecordRef, Need)> = Vec::new();
        for reference in &request.refs {
            if !needs.iter().any(|(known, _)| known == reference) {
                needs.push((reference.clone(), own(&opened, reference)?));
            }
        }
        let path = Path::new(&request.path);
        let records = needs.len() as u32;
        let bytes = bundle::write(needs, request.masked, &self.now())
            .map_err(|error| refused(path, &error))?;
        replace(path, &bytes)?;
        self.note(&Event::Export {
            what: "need".to_owned(),
            format: "atlaswork".to_owned(),
            file: file_name(path),
            records,
            private: !request.masked,
        });
        Ok(())
    }

    /// What a work bundle would do. Nothing is changed.
    ///
    /// # Errors
    /// `BadRequest` when the file is no work bundle, `TooNew` when a newer version wrote it.
    pub fn inspect_work(&self, request: &ImportWorkRequest) -> Result<Vec<ReceivedNeed>, ApiError> {
        let (needs, _) = self.received(request)?;
        Ok(needs)
    }

    /// Takes in what is new or newer, in one edit.
    ///
    /// # Errors
    /// Those of [`Self::inspect_work`], and those of writing.
    pub fn import_work(&self, request: &ImportWorkRequest) -> Result<Changes, ApiError> {
        let (seen, needs) = self.received(request)?;
        let edit = Edit::RestoreNeeds { needs };
        let changed = self.opened()?.transact(&edit, &self.now());
        let changed = changed.map_err(|error| self.explain(error.into()))?;
        let count = |wanted: &[Received]| {
            let those = seen.iter().filter(|one| wanted.contains(&one.received));
            those.count() as u32
        };
        self.note(&Event::Import {
            kind: "need".to_owned(),
            file: file_name(Path::new(&request.path)),
            added: count(&[Received::New]),
            changed: count(&[Received::Newer]),
            rejected: count(&[Received::Same, Received::Older]),
        });
        Ok(changed)
    }

    /// The needs of a bundle, and those to be written with their documents.
    fn received(
        &self,
        request: &ImportWorkRequest,
    ) -> Result<(Vec<ReceivedNeed>, Vec<Written>), ApiError> {
        let path = Path::new(&request.path);
        let needs =
            bundle::read(&read(path, BUNDLE_MAX)?).map_err(|error| refused(path, &error))?;
        let opened = self.opened()?;
        let (mut seen, mut written) = (Vec::new(), Vec::new());
        for (reference, mut need) in needs {
            let here = opened.user.need(&reference)?;
            let received = match &here {
                None => Received::New,
                Some(here) => match need.changed.cmp(&here.changed) {
                    std::cmp::Ordering::Greater => Received::Newer,
                    std::cmp::Ordering::Equal => Received::Same,
                    std::cmp::Ordering::Less => Received::Older,
                },
            };
            seen.push(ReceivedNeed {
                need: need.row(&reference),
                received,
            });
            if matches!(received, Received::New | Received::Newer) {
                if let Some(here) = here {
                    unmask(&mut need, here);
                }
                need.happened(Happening::Received, &self.now());
                let document = serde_json::to_string(&need)
                    .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
                written.push((reference, Some(document)));
            }
        }
        Ok((seen, written))
    }
}

/// The name of a file, for the record of what happened.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// What a masked bundle left out, and is known here, stays.
fn unmask(need: &mut Need, here: Need) {
    if need.form.masked && need.form.enterprise.is_empty() {
        need.form.enterprise = here.form.enterprise;
    }
    if need.text.is_empty() {
        need.text = here.text;
    }
}

/// Reads a file that somebody else wrote: at most one byte more than it may have, so that its reader sees that it is too large.
pub(super) fn read(path: &Path, max: u64) -> Result<Vec<u8>, ApiError> {
    let unreadable = |error: std::io::Error| {
        ApiError::new(ErrorCode::BadRequest)
            .with("path", display(path))
            .with("reason", "unreadable")
            .caused_by(&error)
    };
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(max + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    Ok(bytes)
}

fn refused(path: &Path, error: &BundleError) -> ApiError {
    let api = match error {
        BundleError::TooNew(version) => {
            ApiError::new(ErrorCode::TooNew).with("version", version.to_string())
        }
        BundleError::TooLarge { what, limit } => ApiError::new(ErrorCode::BadRequest)
            .with("reason", "too_large")
            .with("field", *what)
            .with("limit", limit.to_string()),
        BundleError::Foreign(_) => {
            ApiError::new(ErrorCode::BadRequest).with("reason", "no_work_bundle")
        }
        BundleError::Need { at, field } => ApiError::new(ErrorCode::BadRequest)
            .with("reason", "need")
            .with("need", at.to_string())
            .with("field", field),
    };
    api.with("path", display(path)).caused_by(error)
}

/// Writes a file; one that is there is replaced once the new one is whole.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), ApiError> {
    let mut target = Target::begin(path, true)?;
    let written = target.write_all(bytes);
    written.map_err(|error| target.failed(error))?;
    target.finish()?;
    Ok(())
}
