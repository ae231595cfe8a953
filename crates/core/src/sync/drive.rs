//! Drives what waits for a server or a slow stick, listening all the while for a caller who gives up.

use std::future::Future;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::api::types::{ApiError, ErrorCode, SyncPhase, SyncProgress};

/// Told how far a sync or import is; may stop it.
pub type OnSync<'a> = dyn FnMut(SyncProgress) -> ControlFlow<()> + 'a;

/// How often progress is told while waiting.
const TICK: Duration = Duration::from_millis(100);

/// A runtime of one thread, the caller's own.
pub(super) struct Driver(Option<Runtime>);

impl Driver {
    pub(super) fn new() -> Result<Self, ApiError> {
        Builder::new_current_thread()
            .enable_all()
            .build()
            .map(|runtime| Self(Some(runtime)))
            .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))
    }

    /// Runs to the end, or until `tick` gives up.
    pub(super) fn run<T>(
        &self,
        work: impl Future<Output = T>,
        tick: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<T, ApiError> {
        let cancelled = || ApiError::new(ErrorCode::Cancelled);
        if tick().is_break() {
            return Err(cancelled());
        }
        let runtime = self.0.as_ref().ok_or_else(cancelled)?;
        runtime.block_on(async {
            let mut work = pin!(work);
            loop {
                match tokio::time::timeout(TICK, &mut work).await {
                    Ok(done) => return Ok(done),
                    Err(_) if tick().is_break() => return Err(cancelled()),
                    Err(_) => {}
                }
            }
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A name that is still being looked up must not hold up the end.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Tells progress of one feed.
pub(super) struct Teller<'a, 'b> {
    pub(super) feed: &'a str,
    pub(super) progress: &'a mut OnSync<'b>,
}

impl Teller<'_, '_> {
    pub(super) fn tell(&mut self, phase: SyncPhase, done: u32, total: u32) -> ControlFlow<()> {
        (self.progress)(SyncProgress {
            feed: self.feed.to_owned(),
            phase,
            done,
            total,
        })
    }

    pub(super) fn bytes(&mut self, arrived: &Arc<AtomicU64>, total: u64) -> ControlFlow<()> {
        let number = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX);
        let arrived = arrived.load(Ordering::Relaxed);
        self.tell(SyncPhase::Download, number(arrived), number(total))
    }
}
