//! Progress is drawn for people: more often than they can follow is only work.

use std::time::{Duration, Instant};

/// Between two steps of one phase.
const EVERY: Duration = Duration::from_millis(50);

/// Lets through the first and last step of each phase, and between them as many as people can follow.
pub(crate) struct Pace<P> {
    last: Option<(P, Instant)>,
}

impl<P: PartialEq> Pace<P> {
    /// At the beginning.
    pub(crate) fn new() -> Self {
        Self { last: None }
    }

    /// Whether to tell this step.
    pub(crate) fn lets_through(&mut self, phase: P, done: u32, total: u32, at: Instant) -> bool {
        let soon = self
            .last
            .as_ref()
            .is_some_and(|(last, told)| *last == phase && at - *told < EVERY);
        let complete = total > 0 && done >= total;
        if soon && !complete {
            return false;
        }
        self.last = Some((phase, at));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_thinned_but_never_loses_the_end_of_a_phase() {
        let mut pace = Pace::new();
        let start = Instant::now();
        assert!(pace.lets_through("verify", 0, 100, start));
        assert!(!pace.lets_through("verify", 1, 100, start));
        assert!(pace.lets_through("verify", 100, 100, start));
        assert!(pace.lets_through("apply", 0, 100, start));
        assert!(pace.lets_through("apply", 1, 100, start + EVERY));
    }
}
