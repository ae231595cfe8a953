//! From the start of the process to a drawn window: when to show it, and what to do when nothing is drawn.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tauri::WebviewWindow;

use crate::graphics;

/// A window that is not drawn by now is shown as it is: it has the right background at least.
const SHOW_AFTER: Duration = Duration::from_millis(500);
/// A page that has not reported by now is blank.
const BLANK_AFTER: Duration = Duration::from_secs(8);

/// What happened since the process began.
pub(crate) struct Startup {
    began: Instant,
    /// Taken by the first report.
    report: Mutex<Option<Sender<()>>>,
}

impl Startup {
    /// Starts counting. The receiver belongs to [`watch`].
    pub(crate) fn begin() -> (Self, Receiver<()>) {
        let (report, reported) = channel();
        (
            Self {
                began: Instant::now(),
                report: Mutex::new(Some(report)),
            },
            reported,
        )
    }

    /// The page is drawn. Only the first report counts.
    pub(crate) fn page_is_ready(&self) {
        let mut report = self
            .report
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(report) = report.take() {
            log::info!("page ready after {} ms", self.began.elapsed().as_millis());
            if report.send(()).is_err() {
                log::debug!("nobody watches the start any more");
            }
        }
    }

    /// The first rows of a list are painted; `cargo xtask bench start` listens for this line of the log.
    pub(crate) fn rows_are_painted(&self) {
        log::info!("first rows after {} ms", self.began.elapsed().as_millis());
    }
}

/// Shows the window; harmless when it is shown.
pub(crate) fn show(window: &WebviewWindow) {
    if let Err(error) = window.show() {
        log::error!("cannot show the window: {error}");
    }
}

/// Shows the window in time, and leaves it for a safer one when the page never reports.
pub(crate) fn watch(window: WebviewWindow, reported: Receiver<()>, data_dir: PathBuf) {
    thread::spawn(move || {
        if reported.recv_timeout(SHOW_AFTER) != Err(RecvTimeoutError::Timeout) {
            return;
        }
        show(&window);
        let late = reported.recv_timeout(BLANK_AFTER.saturating_sub(SHOW_AFTER))
            == Err(RecvTimeoutError::Timeout);
        if late && !graphics::automated() {
            graphics::leave_blank_window(&data_dir);
        }
    });
}
