//! A feed beside the model of what the reader has of it, and every state in which it was ever published.

use std::fs;

use tempfile::TempDir;

use super::model::{Flaw, Held, Offer};
use super::publisher::change;
use crate::chance::Chance;
use crate::feed::Feed;
use crate::feed::packs::Records;

/// A tree as it was once published.
pub(super) struct Tree {
    pub(super) folder: TempDir,
    pub(super) generation: u32,
    pub(super) version: u64,
}

pub(super) struct Published {
    pub(super) feed: Feed,
    /// Every state of the tree, oldest first.
    pub(super) trees: Vec<Tree>,
    pub(super) held: Held,
}

impl Published {
    pub(super) fn new(id: &str, series: u8) -> Self {
        let mut published = Self {
            feed: Feed::new(id, series),
            trees: Vec::new(),
            held: Held::default(),
        };
        published.publish(u64::from(series));
        published
    }

    pub(super) fn publish(&mut self, seed: u64) {
        change(&mut self.feed, &mut Chance::new(seed));
        self.feed.publish();
        self.keep();
    }

    pub(super) fn keep(&mut self) {
        self.trees.push(Tree {
            folder: self.feed.copy(),
            generation: self.feed.generation,
            version: self.version(),
        });
    }

    pub(super) fn version(&self) -> u64 {
        self.feed.roles.timestamp["version"].as_u64().unwrap_or(0)
    }

    pub(super) fn offer(&self, flaw: Flaw) -> Offer {
        Offer {
            generation: self.feed.generation,
            version: self.version(),
            flaw,
        }
    }

    /// The records of a generation.
    pub(super) fn records(&self, generation: u32) -> Records {
        let mut known = self.feed.history.iter();
        known
            .find(|(known, _)| *known == generation)
            .map(|(_, records)| records.clone())
            .unwrap_or_default()
    }

    /// Puts the tree back as it was last published.
    pub(super) fn restore(&self) {
        let Some(tree) = self.trees.last() else {
            return;
        };
        for (path, _) in self.feed.files() {
            let whole = fs::read(tree.folder.path().join(&path));
            match whole {
                Ok(bytes) => self.feed.write(&path, &bytes),
                Err(_) => self.feed.remove_file(&path),
            }
        }
        let timestamp = fs::read(tree.folder.path().join("tuf/timestamp.json"));
        let timestamp = timestamp.expect("a published tree has one");
        self.feed.write("tuf/timestamp.json", &timestamp);
    }
}
