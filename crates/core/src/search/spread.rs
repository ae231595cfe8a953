//! Work on many records at once. A need waits for hundreds of records to be read and compared, each on its own.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

/// Most threads; beyond them, readers of one file wait for each other.
const THREADS: usize = 4;
/// Asked once: the system looks through several files for it.
static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));
/// Items below which a thread costs more than it saves.
const FEW: usize = 8;

/// What `work` makes of the items, in their order; it gets some of them that follow each other.
pub(crate) fn in_parts<I: Sync, O: Send>(
    items: &[I],
    work: impl Fn(&[I]) -> Vec<O> + Sync,
) -> Vec<O> {
    let threads = (*CORES).min(THREADS).min(items.len() / FEW);
    if threads < 2 {
        return work(items);
    }
    let (first, rest) = items.split_at(items.len().div_ceil(threads));
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = rest
            .chunks(first.len())
            .map(|part| scope.spawn(move || work(part)))
            .collect();
        // This thread is one of them.
        let mut made = work(first);
        for thread in running {
            match thread.join() {
                Ok(part) => made.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_of_the_items() {
        for count in [0, 1, 31, 64, 65, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            let even = |part: &[usize]| -> Vec<usize> {
                let even = part.iter().filter(|item| *item % 2 == 0);
                even.map(|item| item * 10).collect()
            };
            let expected: Vec<usize> = (0..count).step_by(2).map(|item| item * 10).collect();
            assert_eq!(in_parts(&items, even), expected);
        }
    }
}
