//! Records of the same thing: those that feeds say are the same, and the user's own beside what a feed published of them.
//! A feed keeps as `origin` from which own record its own came.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::open::Opened;
use crate::api::types::Twin;
use crate::model::{Record, RecordRef, Text};
use crate::store::StoreError;

impl Opened {
    /// The twins of some records, each asked for by itself: what this costs follows their number, not the catalog.
    pub(in crate::api) fn twins(
        &self,
        references: &[&RecordRef],
    ) -> Result<Vec<Vec<Twin>>, StoreError> {
        let mut all = self.catalog.twins(references)?;
        if !self.user.has_own()? {
            return Ok(all);
        }
        let feeds = self.catalog.feeds()?.into_iter();
        let feeds: BTreeMap<String, Text> = feeds.map(|feed| (feed.feed, feed.title)).collect();
        for (reference, twins) in references.iter().zip(&mut all) {
            let own = if reference.is_own() {
                self.published(reference, feeds.keys())?
            } else {
                self.origins(reference)?
            };
            for (at, reference) in own.into_iter().enumerate() {
                let twin = Twin {
                    name: self.name(&reference)?.unwrap_or_default(),
                    feed: feeds.get(&reference.feed).cloned().unwrap_or_default(),
                    reference,
                };
                twins.insert(at, twin);
            }
        }
        Ok(all)
    }

    /// The records of feeds that say they come from an own one. A publisher keeps the id unless the record went into
    /// another, which its receipt names; the last answer comes first.
    pub(in crate::api) fn published<'f>(
        &self,
        own: &RecordRef,
        feeds: impl Iterator<Item = &'f String>,
    ) -> Result<Vec<RecordRef>, StoreError> {
        let mut published = Vec::new();
        let kept = feeds.map(|feed| RecordRef {
            feed: feed.clone(),
            ..own.clone()
        });
        for candidate in self.user.accepted(own)?.into_iter().chain(kept) {
            if published.contains(&candidate) {
                continue;
            }
            let record = self.catalog.record(&candidate)?;
            if record.is_some_and(|record| origins(&record).any(|said| said == *own)) {
                published.push(candidate);
            }
        }
        Ok(published)
    }

    /// The records of this user from which one of a feed came.
    fn origins(&self, reference: &RecordRef) -> Result<Vec<RecordRef>, StoreError> {
        let Some(record) = self.catalog.record(reference)? else {
            return Ok(Vec::new());
        };
        let mut here = Vec::new();
        for own in origins(&record) {
            if self.name(&own)?.is_some() && !here.contains(&own) {
                here.push(own);
            }
        }
        Ok(here)
    }
}

/// The own records, of whomever, that a record says it came from: one, or all that went into it.
fn origins(record: &Record) -> impl Iterator<Item = RecordRef> {
    let said = match record.extra().get("origin") {
        Some(Value::Array(said)) => said.as_slice(),
        Some(said) => std::slice::from_ref(said),
        None => &[],
    };
    said.iter()
        .filter_map(|said| said.as_str()?.parse::<RecordRef>().ok())
        .filter(RecordRef::is_own)
}
