//! What the shell tells the page unasked: the daily check, and what is held over or dropped on the window.
//!
//! Invariant: a dropped file reaches the page as a path in a message; the page itself can read nothing.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use atlas_core::api::types::{ApiError, SyncProgress, SyncReport};
use serde::Serialize;
use tauri::DragDropEvent;
use tauri::ipc::Channel;

/// One message. `ui/src/api/seam.ts` has its counterpart.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Happening {
    /// The daily check is at work.
    Checking { progress: SyncProgress },
    /// It is done.
    Checked { report: SyncReport },
    /// It could not be done.
    CheckFailed { error: ApiError },
    /// Something is held over the window, or no longer.
    Hovering { over: bool },
    /// A file or folder was dropped on the window.
    Dropped { path: String },
}

/// The page that listens; a reloaded page takes the place of the one before.
#[derive(Default)]
pub(crate) struct Page(Mutex<Option<Channel<Happening>>>);

impl Page {
    /// The page wants to know from now on.
    pub(crate) fn listens(&self, channel: Channel<Happening>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(channel);
    }

    /// Tells the page, if there is one.
    pub(crate) fn tell(&self, happening: Happening) {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = page.as_ref()
            && channel.send(happening).is_err()
        {
            log::debug!("nobody listens to what happens");
        }
    }

    /// Tells the page what is dragged. One file at a time can be imported: of several the first counts.
    pub(crate) fn dragged(&self, event: &DragDropEvent) {
        if let Some(happening) = of_drag(event) {
            self.tell(happening);
        }
    }
}

fn of_drag(event: &DragDropEvent) -> Option<Happening> {
    match event {
        // Text and pictures can be dragged too; nothing is promised for them.
        DragDropEvent::Enter { paths, .. } => {
            (!paths.is_empty()).then_some(Happening::Hovering { over: true })
        }
        DragDropEvent::Leave => Some(Happening::Hovering { over: false }),
        DragDropEvent::Drop { paths, .. } => {
            Some(match paths.first().map(|path| Path::to_str(path)) {
                Some(Some(path)) => Happening::Dropped {
                    path: path.to_owned(),
                },
                _ => Happening::Hovering { over: false },
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tauri::PhysicalPosition;

    use super::*;

    fn told(event: &DragDropEvent) -> String {
        serde_json::to_string(&of_drag(event)).unwrap()
    }

    #[test]
    fn a_dropped_file_becomes_a_path_and_dropped_text_nothing() {
        let position = PhysicalPosition::new(1.0, 1.0);
        let paths = vec![PathBuf::from("a.atlas"), PathBuf::from("b.atlas")];
        assert_eq!(
            told(&DragDropEvent::Drop {
                paths: paths.clone(),
                position
            }),
            r#"{"kind":"dropped","path":"a.atlas"}"#
        );
        assert_eq!(
            told(&DragDropEvent::Enter { paths, position }),
            r#"{"kind":"hovering","over":true}"#
        );
        let none = || Vec::new();
        assert_eq!(
            told(&DragDropEvent::Enter {
                paths: none(),
                position
            }),
            "null"
        );
        assert_eq!(
            told(&DragDropEvent::Drop {
                paths: none(),
                position
            }),
            r#"{"kind":"hovering","over":false}"#
        );
        assert_eq!(
            told(&DragDropEvent::Leave),
            r#"{"kind":"hovering","over":false}"#
        );
    }
}
