//! G3: what a power cut leaves, at every call of every scenario.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::gates::{Bench, Outcome, Prepared};
use super::power::{Disk, Loss};
use super::scenario::settle;
use crate::chance::Chance;

impl Bench {
    /// Checks an image before every call and at the end, with nothing, some writes and some sectors of the unsynced kept.
    /// With `careless`, what databases ask to be synced is ignored, as `synchronous=OFF` does: the control.
    pub fn power_cuts(&self, prepared: &Prepared, careless: bool) -> Outcome {
        let began = Instant::now();
        let next = AtomicUsize::new(0);
        let whole = Mutex::new(Outcome::default());
        std::thread::scope(|scope| {
            for job in 0..self.jobs {
                let (next, whole) = (&next, &whole);
                scope.spawn(move || {
                    let home = self.place.join(format!("power{job}"));
                    let own = self.images(prepared, careless, next, &home);
                    whole.lock().expect("no job panics").join(own);
                });
            }
        });
        let mut whole = whole.into_inner().expect("no job panics");
        whole.took = began.elapsed();
        whole
    }

    fn images(
        &self,
        prepared: &Prepared,
        careless: bool,
        next: &AtomicUsize,
        home: &std::path::Path,
    ) -> Outcome {
        let (folder, scratch) = (home.join("data"), home.join("scratch"));
        fs::create_dir_all(&scratch).expect("the place can be written");
        let mut outcome = Outcome::default();
        let mut disk = Disk::new(&prepared.before, careless);
        let mut applied = 0;
        let mut acked = 0;
        loop {
            let cut = next.fetch_add(self.every as usize, Ordering::Relaxed);
            if cut > prepared.ops.len() {
                return outcome;
            }
            for op in &prepared.ops[applied..cut] {
                disk.apply(op);
                acked = op.acknowledges().unwrap_or(acked);
            }
            applied = cut;
            for loss in [Loss::All, Loss::Some, Loss::Torn] {
                let _ = fs::remove_dir_all(&folder);
                let mut chance = Chance::new(cut as u64 * 4 + loss as u64);
                disk.write(&folder, loss, &mut chance)
                    .expect("the place can be written");
                settle(&folder);
                let verdict = prepared.promise.check(&folder, &scratch, acked);
                let before = prepared
                    .ops
                    .get(cut)
                    .map_or_else(String::new, super::power::Op::describe);
                outcome.add(
                    &format!(
                        "power cut before call {} ({before}), lost {loss:?}",
                        cut + 1
                    ),
                    verdict,
                );
            }
        }
    }
}
