//! The syncs, imports and exports that run, so that they can be stopped.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// All that run, or wait for their turn in the core.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<Vec<Weak<AtomicBool>>>);

/// One of them. It runs until this is dropped.
pub(crate) struct Job(Arc<AtomicBool>);

impl Jobs {
    /// Enters a job.
    pub(crate) fn begin(&self) -> Job {
        let stop = Arc::new(AtomicBool::new(false));
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|job| job.strong_count() > 0);
        running.push(Arc::downgrade(&stop));
        Job(stop)
    }

    /// Tells every job to stop at its next step.
    pub(crate) fn cancel(&self) {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for job in running.iter().filter_map(Weak::upgrade) {
            job.store(true, Ordering::Relaxed);
        }
    }

    /// Whether any runs.
    pub(crate) fn any(&self) -> bool {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.iter().any(|job| job.strong_count() > 0)
    }
}

impl Job {
    /// Whether to go on.
    pub(crate) fn flow(&self) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancel_stops_what_runs_and_nothing_that_begins_later() {
        let jobs = Jobs::default();
        let first = jobs.begin();
        assert_eq!(first.flow(), ControlFlow::Continue(()));
        jobs.cancel();
        assert_eq!(first.flow(), ControlFlow::Break(()));
        let second = jobs.begin();
        assert_eq!(second.flow(), ControlFlow::Continue(()));
        drop((first, second));
        assert!(!jobs.any());
    }
}
