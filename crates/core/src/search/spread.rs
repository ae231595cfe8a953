//! Work on many records at once. A need waits for hundreds of records to be read and compared, each on its own.

use std::num::NonZero;
use std::thread;

/// Most threads; beyond them, readers of one file wait for each other.
const THREADS: usize = 4;
/// Items below which a thread costs more than it saves.
const FEW: usize = 32;

/// What `work` makes of each item, in the order of the items; nothing for some.
pub(crate) fn spread<I: Sync, O: Send>(
    items: &[I],
    work: impl Fn(&I) -> Option<O> + Sync,
) -> Vec<O> {
    in_parts(items, |part| part.iter().filter_map(&work).collect())
}

/// The same where several items are better worked on together: `work` gets some of them that follow each other.
pub(crate) fn in_parts<I: Sync, O: Send>(
    items: &[I],
    work: impl Fn(&[I]) -> Vec<O> + Sync,
) -> Vec<O> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(THREADS)
        .min(items.len() / FEW);
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
            let even: Vec<usize> = spread(&items, |item| (item % 2 == 0).then_some(item * 10));
            let expected: Vec<usize> = (0..count).step_by(2).map(|item| item * 10).collect();
            assert_eq!(even, expected);
            assert_eq!(in_parts(&items, <[usize]>::to_vec), items);
        }
    }
}
