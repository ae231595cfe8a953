//! What moved among the first hits of a need since they were last looked at, and why.
//!
//! Invariant: a query stores nothing; what was looked at is kept only when the page says that it was.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use std::collections::BTreeMap;

use super::App;
use super::matching::{check, engine, today};
use super::open::Opened;
use super::types::{
    ApiError, Changes, ErrorCode, LookedAt, MatchRequest, MatchTarget, Move, MoveCause, Moves,
    MovesCount, MovesRequest, NeedRequest,
};
use super::work::own;
use crate::feed::Digest;
use crate::matching::{Place, Places, weights};
use crate::model::{NeedForm, NeedStatus, RecordRef};
use crate::search::Texts as _;
use crate::store::user::needs::{Standing, StandingHit};

/// First hits that are kept and compared.
const FIRST: usize = 20;
/// A contribution that differs by less is the same.
const SAME: f64 = 1e-9;

pub(super) fn mark_looked_at(app: &App, request: LookedAt) -> Result<Changes, ApiError> {
    let opened = app.opened()?;
    own(&opened, &request.reference)?;
    let places = places(app, &opened, &request.request)?;
    let first: Vec<Place> = places.hits.into_iter().take(FIRST).collect();
    let references: Vec<RecordRef> = first
        .iter()
        .map(|place| place.record.reference.clone())
        .collect();
    let copies = opened.records(&references);
    let hits = first
        .into_iter()
        .zip(copies)
        .map(|(place, copy)| StandingHit {
            record: place.record,
            contributions: place.contributions,
            copy: copy.and_then(|record| serde_json::to_value(&*record).ok()),
        });
    let standing = Standing {
        at: app.now(),
        form: digest(&request.request.need)?,
        revision: opened.catalog.revision()?,
        weights: places.weights,
        hits: hits.collect(),
    };
    let target = target(request.request.target);
    Ok(opened.user.look_at(&request.reference, target, standing)?)
}

pub(super) fn list_moves(app: &App, request: MovesRequest) -> Result<Moves, ApiError> {
    let opened = app.opened()?;
    let need = own(&opened, &request.reference)?;
    let target = target(request.request.target);
    let Some(before) = need.standings.get(target) else {
        return Ok(Moves::default());
    };
    let causes = causes(app, &opened, before, &request.request)?;
    let places = places(app, &opened, &request.request)?;
    Ok(Moves {
        since: before.at.clone(),
        causes,
        moves: moves(&opened, before, &places)?,
    })
}

/// How much moved in each match of a need that was looked at. Where nothing changed that a match depends on, nothing is
/// matched.
pub(super) fn count_moves(app: &App, request: NeedRequest) -> Result<Vec<MovesCount>, ApiError> {
    let opened = app.opened()?;
    let need = own(&opened, &request.reference)?;
    let mut counts = Vec::new();
    for (name, before) in &need.standings {
        let Ok(target) = serde_json::from_value(serde_json::Value::String(name.clone())) else {
            continue;
        };
        let request = MatchRequest {
            need: need.form.clone(),
            target,
            preset: need.weighing.preset,
            weights: need.weighing.weights.clone(),
            ..MatchRequest::default()
        };
        if causes(app, &opened, before, &request)?.is_empty() {
            continue;
        }
        let places = places(app, &opened, &request)?;
        let moves = moves(&opened, before, &places)?;
        counts.push(MovesCount {
            target,
            moves: moves.len() as u32,
            first: before.hits.first().map(|hit| &hit.record.reference)
                != places.hits.first().map(|place| &place.record.reference),
        });
    }
    counts.retain(|count| count.moves > 0);
    Ok(counts)
}

/// What changed since a match was looked at, of all that it depends on.
fn causes(
    app: &App,
    opened: &Opened,
    before: &Standing,
    request: &MatchRequest,
) -> Result<Vec<MoveCause>, ApiError> {
    let weights = weights::chosen(request.preset, &request.weights);
    let weights = weights.map(|(id, weight)| (id.to_owned(), weight)).into();
    let changed = [
        (before.form != digest(&request.need)?, MoveCause::Need),
        (
            before.revision != opened.catalog.revision()?,
            MoveCause::Catalog,
        ),
        (
            !changes(&before.weights, &weights).is_empty(),
            MoveCause::Weights,
        ),
        (before.at.get(..10) != app.now().get(..10), MoveCause::Time),
    ];
    let changed = changed.into_iter().filter(|(changed, _)| *changed);
    Ok(changed.map(|(_, cause)| cause).collect())
}

/// The places as they are now. What is assumed for the sake of argument is no part of them.
fn places(app: &App, opened: &Opened, request: &MatchRequest) -> Result<Places, ApiError> {
    check(request)?;
    let today = today(app)?;
    let request = MatchRequest {
        assume: Vec::new(),
        ..request.clone()
    };
    Ok(engine(opened, &today).places(&request)?)
}

fn moves(opened: &Opened, before: &Standing, now: &Places) -> Result<Vec<Move>, ApiError> {
    let mut found: BTreeMap<&RecordRef, Move> = BTreeMap::new();
    let all: BTreeMap<&RecordRef, &Place> = now
        .hits
        .iter()
        .chain(&now.near)
        .map(|place| (&place.record.reference, place))
        .collect();
    for (rank, hit) in (1..).zip(&before.hits) {
        let reference = &hit.record.reference;
        let place = all.get(reference);
        let criteria = place.map(|place| changes(&hit.contributions, &place.contributions));
        let gone = place.is_none() && opened.find(reference)?.is_none();
        found.insert(
            reference,
            Move {
                record: hit.record.clone(),
                from: Some(rank),
                to: None,
                gone,
                criteria: criteria.unwrap_or_default(),
            },
        );
    }
    for (rank, place) in (1..).zip(now.hits.iter().take(FIRST)) {
        let entry = found.entry(&place.record.reference);
        let entry = entry.or_insert_with(|| Move {
            record: place.record.clone(),
            from: None,
            to: None,
            gone: false,
            criteria: Vec::new(),
        });
        entry.to = Some(rank);
    }
    let mut moves: Vec<Move> = found.into_values().collect();
    moves.retain(|one| one.from != one.to);
    // Stable: what has no rank now comes last, by its rank before.
    let last = |rank: Option<u32>| rank.unwrap_or(u32::MAX);
    moves.sort_by_key(|one| (last(one.to), last(one.from)));
    Ok(moves)
}

/// By how much each criterion differs from before, largest change first.
fn changes(before: &BTreeMap<String, f64>, now: &BTreeMap<String, f64>) -> Vec<(String, f64)> {
    let of = |side: &BTreeMap<String, f64>, id: &String| side.get(id).copied().unwrap_or_default();
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let mut changes: Vec<(String, f64)> = ids
        .into_iter()
        .map(|id| (id.clone(), of(now, id) - of(before, id)))
        .filter(|(_, change)| change.abs() > SAME)
        .collect();
    changes.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    changes
}

/// Tells two forms apart. How far the work has come is no part of what is matched.
fn digest(form: &NeedForm) -> Result<String, ApiError> {
    let form = NeedForm {
        status: NeedStatus::default(),
        ..form.clone()
    };
    let json = serde_json::to_vec(&form)
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
    Ok(Digest::of(&json).to_string())
}

fn target(target: MatchTarget) -> &'static str {
    match target {
        MatchTarget::Solutions => "solutions",
        MatchTarget::Providers => "providers",
        MatchTarget::Scenarios => "scenarios",
        MatchTarget::Cases => "cases",
        MatchTarget::Needs => "needs",
    }
}
