//! Needs matched with providers, kept as long as nothing changes that a match depends on: whatever staff locks, forbids
//! or weighs is answered without matching hundreds of needs again.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, MutexGuard, PoisonError};

use super::NEEDS_MAX;
use crate::api::App;
use crate::api::matching::{engine, today};
use crate::api::open::Opened;
use crate::api::types::{ApiError, MatchRecord, MatchRequest, MatchTarget, Weighing};
use crate::matching::{Place, Places};
use crate::model::{Date, NeedForm, RecordRef};
use crate::search::spread::in_parts;

/// The matches that are kept.
#[derive(Default)]
pub(in crate::api) struct Matched {
    seen: Option<Seen>,
    needs: HashMap<RecordRef, Arc<Found>>,
    /// Each provider once, though hundreds of needs find it.
    records: HashMap<RecordRef, Arc<MatchRecord>>,
}

/// What a match depends on; needs are own records too.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    today: Date,
    catalog: u32,
    own: (u32, String),
    /// What the two indexes show: they may be behind.
    shown: (u32, u32),
}

/// A need with what it is matched by: its form and its own weights.
pub(super) type Asked = (RecordRef, NeedForm, Weighing);

/// Who was found for a need.
pub(super) struct Found {
    /// Score and record, best first.
    pub(super) places: Vec<(f64, Arc<MatchRecord>)>,
    /// How many of them, from the first, break nothing strict.
    pub(super) good: usize,
}

impl Seen {
    fn now(opened: &Opened, today: &Date) -> Result<Self, ApiError> {
        let index = opened.index();
        Ok(Self {
            today: today.clone(),
            catalog: opened.catalog.revision()?,
            own: opened.user.own_revision()?,
            shown: (index.revision(), opened.own.index.revision()),
        })
    }
}

impl Matched {
    /// Forgets what was matched when something else was there.
    fn begin(&mut self, seen: &Seen) {
        if self.seen.as_ref() != Some(seen) {
            *self = Self {
                seen: Some(seen.clone()),
                ..Self::default()
            };
        }
    }

    /// Keeps who was found for a need.
    fn keep(&mut self, need: RecordRef, places: Places) -> Arc<Found> {
        let good = places.hits.len();
        let all = places.hits.into_iter().chain(places.near);
        let shared = |Place { record, score, .. }| {
            let kept = self.records.entry(record.reference.clone());
            (score, kept.or_insert_with(|| Arc::new(record)).clone())
        };
        let found = Arc::new(Found {
            places: all.map(shared).collect(),
            good,
        });
        self.needs.insert(need, found.clone());
        found
    }
}

/// Who is found for each of some needs, in their order.
pub(super) fn matched(
    app: &App,
    opened: &Opened,
    needs: &[Asked],
) -> Result<Vec<Arc<Found>>, ApiError> {
    let today = today(app)?;
    let seen = Seen::now(opened, &today)?;
    let mut found: Vec<Option<Arc<Found>>> = {
        let mut kept = kept(opened);
        kept.begin(&seen);
        let known = |(need, ..): &Asked| kept.needs.get(need).cloned();
        needs.iter().map(known).collect()
    };
    let missing: Vec<&Asked> = (needs.iter().zip(&found))
        .filter_map(|(need, found)| found.is_none().then_some(need))
        .collect();
    if !missing.is_empty() {
        let engine = engine(opened, &today);
        let matched = in_parts(&missing, |part| {
            let of = |(_, form, weighing): &&Asked| {
                engine.places(&MatchRequest {
                    need: form.clone(),
                    target: MatchTarget::Providers,
                    preset: weighing.preset,
                    weights: weighing.weights.clone(),
                    ..MatchRequest::default()
                })
            };
            part.iter().map(of).collect()
        });
        // What came to be while something changed answers this time alone.
        let lasting = Seen::now(opened, &today)? == seen;
        let mut passing = Matched::default();
        let mut kept = kept(opened);
        let keeper = if lasting { &mut *kept } else { &mut passing };
        keeper.begin(&seen);
        let mut new = missing.into_iter().zip(matched);
        for place in found.iter_mut().filter(|found| found.is_none()) {
            if let Some(((need, ..), places)) = new.next() {
                *place = Some(keeper.keep(need.clone(), places?));
            }
        }
        if kept.needs.len() > NEEDS_MAX {
            let asked: BTreeSet<&RecordRef> = needs.iter().map(|(need, ..)| need).collect();
            kept.needs.retain(|need, _| asked.contains(need));
        }
    }
    Ok(found.into_iter().flatten().collect())
}

fn kept(opened: &Opened) -> MutexGuard<'_, Matched> {
    let kept = opened.portfolio.lock();
    kept.unwrap_or_else(PoisonError::into_inner)
}
