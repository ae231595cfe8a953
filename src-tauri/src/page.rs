//! What the shell tells the page unasked: the daily check, and the files that come from the desktop: held over the
//! window, dropped on it, or opened with the program.
//!
//! Invariant: a file reaches the page as a path in a message, through one door whichever way it came; the page itself
//! can read nothing.

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
    /// A file or folder was dropped on the window, or opened with the program.
    Dropped { path: String },
}

/// The page that listens; a reloaded page takes the place of the one before.
#[derive(Default)]
pub(crate) struct Page(Mutex<Listener>);

#[derive(Default)]
struct Listener {
    channel: Option<Channel<Happening>>,
    /// A file that was opened before the page listened; the newest counts.
    opened: Option<String>,
}

impl Page {
    /// The page wants to know from now on, and first what it missed.
    pub(crate) fn listens(&self, channel: Channel<Happening>) {
        let mut page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = page.opened.take() {
            send(&channel, Happening::Dropped { path });
        }
        page.channel = Some(channel);
    }

    /// Tells the page, if there is one.
    pub(crate) fn tell(&self, happening: Happening) {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = page.channel.as_ref() {
            send(channel, happening);
        }
    }

    /// Opens a file that the desktop handed over, as soon as the page listens.
    pub(crate) fn opens(&self, path: String) {
        let mut page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match page.channel.as_ref() {
            Some(channel) => send(channel, Happening::Dropped { path }),
            None => page.opened = Some(path),
        }
    }

    /// Tells the page what is dragged. One file at a time can be imported: of several the first counts.
    pub(crate) fn dragged(&self, event: &DragDropEvent) {
        if let Some(happening) = of_drag(event) {
            self.tell(happening);
        }
    }
}

fn send(channel: &Channel<Happening>, happening: Happening) {
    if channel.send(happening).is_err() {
        log::debug!("nobody listens to what happens");
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
    use std::sync::Arc;

    use tauri::PhysicalPosition;
    use tauri::ipc::InvokeResponseBody;

    use super::*;

    /// A page that listens, and what it was told.
    fn listener() -> (Channel<Happening>, Arc<Mutex<Vec<String>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(json) = body {
                heard.lock().unwrap().push(json);
            }
            Ok(())
        });
        (channel, told)
    }

    #[test]
    fn a_file_opened_with_the_program_waits_for_the_page_and_is_told_once() {
        let page = Page::default();
        page.opens("a.atlas".to_owned());
        page.opens("b.atlas".to_owned());
        let (channel, told) = listener();
        page.listens(channel);
        let (reloaded, again) = listener();
        page.listens(reloaded);
        page.opens("c.atlaswork".to_owned());
        assert_eq!(
            *told.lock().unwrap(),
            [r#"{"kind":"dropped","path":"b.atlas"}"#]
        );
        assert_eq!(
            *again.lock().unwrap(),
            [r#"{"kind":"dropped","path":"c.atlaswork"}"#]
        );
    }

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
