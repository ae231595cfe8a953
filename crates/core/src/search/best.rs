//! Keeps the best of many documents.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocId;

/// The best so many documents: by score, then by order.
pub(super) struct Best {
    wanted: usize,
    heap: BinaryHeap<Reverse<Entry>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    score: f64,
    order: u64,
    doc: DocId,
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score
            .total_cmp(&other.score)
            .then_with(|| other.order.cmp(&self.order))
    }
}

impl Best {
    pub(super) fn new(wanted: usize) -> Self {
        Self {
            wanted,
            heap: BinaryHeap::with_capacity(wanted.min(1 << 14) + 1),
        }
    }

    /// Takes a document if it is among the best; its order is asked for only when that matters.
    pub(super) fn offer(&mut self, score: f64, doc: DocId, order: impl Fn(DocId) -> u64) {
        let full = self.heap.len() >= self.wanted;
        let Some(Reverse(last)) = self.heap.peek().filter(|_| full).copied() else {
            if self.wanted > 0 {
                self.heap.push(Reverse(Entry {
                    score,
                    order: order(doc),
                    doc,
                }));
            }
            return;
        };
        if score < last.score {
            return;
        }
        let entry = Entry {
            score,
            order: order(doc),
            doc,
        };
        if entry > last {
            self.heap.pop();
            self.heap.push(Reverse(entry));
        }
    }

    /// The score below which a document is not taken, once there are enough.
    pub(super) fn floor(&self) -> Option<f64> {
        (self.heap.len() >= self.wanted).then(|| {
            self.heap
                .peek()
                .map_or(f64::INFINITY, |Reverse(entry)| entry.score)
        })
    }

    pub(super) fn into_sorted(self) -> Vec<(f64, DocId)> {
        let mut entries: Vec<Entry> = self.heap.into_iter().map(|Reverse(entry)| entry).collect();
        entries.sort_unstable_by(|left, right| right.cmp(left));
        entries
            .into_iter()
            .map(|entry| (entry.score, entry.doc))
            .collect()
    }
}
