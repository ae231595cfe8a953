//! The tests that start programs: the terminal on a failing disk, and a slice of the torture.
//!
//! A binary of their own, and one at a time: a process that is being started holds, for a moment, the file locks of
//! the one that starts it, so that a folder which another test has just closed would be found in use.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

mod disk;
mod slice;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held by each test while it runs.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
