//! Records and links, wherever they are: own ones in `user.db`, all others in the catalog.

use std::sync::Arc;

use serde_json::Value;

use crate::api::open::Opened;
use crate::api::types::{Changes, Edit, LinkView, Overlay, Row};
use crate::model::{Kind, Record, RecordRef, Text};
use crate::search::Index;
use crate::store::StoreError;
use crate::store::user::own::OwnLink;

impl Opened {
    /// Applies an edit, and lets the index of own records follow it.
    pub(in crate::api) fn transact(&self, edit: &Edit, now: &str) -> Result<Changes, StoreError> {
        let copy = |reference: &RecordRef| self.catalog.raw(reference);
        let changes = self.user.transact(edit, now, &copy)?;
        self.follow(changes);
        Ok(changes)
    }

    /// Lets the index of own records follow what an edit changed: at once where that is much, otherwise before
    /// something is next searched, so that nobody who only edits and lists waits for it.
    pub(in crate::api) fn follow(&self, changes: Changes) {
        if (changes.own || changes.needs || changes.trash) && !self.read_only() {
            self.own.fall_behind();
            if self.own.is_far_behind(&self.user) {
                self.catch_up();
            }
        }
    }

    /// The indexes, showing everything that was edited.
    pub(in crate::api) fn index(&self) -> &Index {
        self.catch_up();
        &self.catalog_index
    }

    fn catch_up(&self) {
        // An edit is done whatever becomes of the index; what it misses now it makes up for after the next edit, or at
        // the next start.
        let _ = self.own.catch_up(&self.user);
    }

    /// A record of a kind that this version knows, as it is now.
    pub(in crate::api) fn find(
        &self,
        reference: &RecordRef,
    ) -> Result<Option<Arc<Record>>, StoreError> {
        if reference.is_own() {
            return Ok(self.user.own(reference)?.map(Arc::new));
        }
        self.catalog.record(reference)
    }

    /// Several records, in the order asked for.
    pub(in crate::api) fn find_all(
        &self,
        references: &[RecordRef],
    ) -> Result<Vec<Option<Arc<Record>>>, StoreError> {
        if references.iter().any(RecordRef::is_own) {
            return references
                .iter()
                .map(|reference| self.find(reference))
                .collect();
        }
        self.catalog.records(references)
    }

    /// The records that point to a record by a relation, in the order of their references.
    pub(in crate::api) fn pointing(
        &self,
        target: &RecordRef,
        relation: &str,
    ) -> Result<Vec<RecordRef>, StoreError> {
        let mut pointing = if target.is_own() {
            Vec::new()
        } else {
            self.catalog.pointing_at(target, relation)?
        };
        for link in self.user.own_links_to(target)? {
            if link.rel.as_str() == relation
                && let Some(link) = self.named(false, link)?
            {
                pointing.push(link.reference);
            }
        }
        pointing.retain(|reference| Kind::parse(&reference.kind).is_some());
        pointing.sort_unstable();
        pointing.dedup();
        Ok(pointing)
    }

    /// The links of a record in both directions, forward ones first, each with the name of the other record.
    pub(in crate::api) fn links(&self, reference: &RecordRef) -> Result<Vec<LinkView>, StoreError> {
        let mut links = if reference.is_own() {
            Vec::new()
        } else {
            self.catalog.links(reference)?
        };
        let mut own = Vec::new();
        if reference.is_own() {
            for link in self.user.own_links_from(reference)? {
                own.push((true, link));
            }
        }
        for link in self.user.own_links_to(reference)? {
            own.push((false, link));
        }
        if own.is_empty() {
            return Ok(links);
        }
        for (forward, link) in own {
            links.extend(self.named(forward, link)?);
        }
        links.sort_by(|a, b| {
            (b.forward, &a.rel, &a.reference).cmp(&(a.forward, &b.rel, &b.reference))
        });
        Ok(links)
    }

    fn named(&self, forward: bool, link: OwnLink) -> Result<Option<LinkView>, StoreError> {
        let Some(kind) = Kind::parse(&link.other.kind) else {
            return Ok(None);
        };
        Ok(self.name(&link.other)?.map(|name| LinkView {
            rel: link.rel,
            forward,
            reference: link.other,
            kind,
            name,
            clause: link.clause,
            inferred: None,
        }))
    }

    /// What the user corrects in a record, and the fields that the catalog has changed since.
    pub(in crate::api) fn overlay(
        &self,
        reference: &RecordRef,
        record: &Record,
    ) -> Result<(Option<Overlay>, Vec<String>), StoreError> {
        let overlay = self.user.overlay(reference)?;
        let Some(corrected) = &overlay else {
            return Ok((None, Vec::new()));
        };
        let now = serde_json::to_value(record).unwrap_or_default();
        let moved_on = corrected
            .corrections
            .iter()
            .filter(|correction| {
                let is = now.pointer(&format!("/{}", correction.field.replace('.', "/")));
                is.unwrap_or(&Value::Null) != &correction.original
            })
            .map(|correction| correction.field.clone())
            .collect();
        Ok((overlay, moved_on))
    }

    /// Name of a record, if it is there.
    pub(in crate::api) fn name(&self, reference: &RecordRef) -> Result<Option<Text>, StoreError> {
        if !reference.is_own() {
            return self.catalog.name(reference);
        }
        Ok(self.user.own(reference)?.map(|record| {
            let name = &record.head().name;
            Text {
                zh: name.zh.clone(),
                en: name.en.clone(),
            }
        }))
    }

    /// How many links a record has in both directions, lists not counted.
    pub(in crate::api) fn link_count(&self, reference: &RecordRef) -> Result<u32, StoreError> {
        if !reference.is_own() {
            return Ok(self.catalog.link_counts(reference)?.links);
        }
        self.user.own_link_count(reference)
    }

    /// Completes rows with what the index does not know.
    pub(in crate::api) fn complete<'r>(
        &self,
        rows: impl IntoIterator<Item = &'r mut Row>,
    ) -> Result<(), StoreError> {
        let favourites = self.user.favourite_refs()?;
        let mut rows: Vec<&mut Row> = rows.into_iter().collect();
        let references: Vec<&RecordRef> = rows.iter().map(|row| &row.reference).collect();
        let twins = self.twins(&references)?;
        for (row, twins) in rows.iter_mut().zip(twins) {
            row.favourite = favourites.contains(&row.reference.to_string());
            row.twins = twins;
            if row.reference.is_own() {
                row.links = self.link_count(&row.reference)?;
            }
        }
        Ok(())
    }
}
