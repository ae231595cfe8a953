//! What can be asked about matching.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use std::sync::Arc;

use super::App;
use super::open::Opened;
use super::types::{
    ApiError, ErrorCode, ExplainRequest, Match, MatchAnswer, MatchRequest, OfferRequest, Roadmap,
};
use crate::matching::{Engine, Library};
use crate::model::{Date, Kind, NeedForm, Record, RecordRef, Taxonomies};

/// Most hits of a list.
const LIMIT_MAX: u32 = 100;
/// Longest text of a need, in bytes.
pub(super) const TEXT_MAX: usize = 64 * 1024;
/// Most codes of one constraint, weights and assumptions.
const MANY: usize = 64;

impl Library for Opened {
    fn pointing_at(&self, reference: &RecordRef, relation: &str) -> Vec<RecordRef> {
        self.pointing(reference, relation).unwrap_or_default()
    }

    // Documents are asked for, and nobody writes documents of his own.
    fn all_of(&self, kind: Kind) -> Vec<(RecordRef, Arc<Record>)> {
        let all = self.catalog.all_of(kind).unwrap_or_default();
        all.into_iter()
            .filter_map(|(reference, raw)| {
                Some((reference, Arc::new(serde_json::from_str(&raw).ok()?)))
            })
            .collect()
    }

    fn own_form(&self, reference: &RecordRef) -> Option<NeedForm> {
        let own = reference.is_own_need().then(|| self.user.need(reference));
        own?.ok().flatten().map(|need| need.form)
    }
}

pub(super) fn match_need(app: &App, request: MatchRequest) -> Result<MatchAnswer, ApiError> {
    check(&request)?;
    let opened = app.opened()?;
    let today = today(app)?;
    Ok(engine(&opened, &today).answer(&request)?)
}

pub(super) fn match_start(app: &App, request: MatchRequest) -> Result<Roadmap, ApiError> {
    check(&request)?;
    let opened = app.opened()?;
    let today = today(app)?;
    Ok(engine(&opened, &today).roadmap(&request)?)
}

pub(super) fn explain_match(app: &App, request: ExplainRequest) -> Result<Match, ApiError> {
    check(&request.request)?;
    let opened = app.opened()?;
    let today = today(app)?;
    engine(&opened, &today)
        .explain_one(&request.request, &request.reference)?
        .ok_or_else(|| not_found(&request.reference))
}

pub(super) fn match_offer(app: &App, request: OfferRequest) -> Result<MatchAnswer, ApiError> {
    if request.limit > LIMIT_MAX {
        return Err(refused("limit", LIMIT_MAX as usize));
    }
    weights(&request.weights)?;
    if request.assume.len() > MANY {
        return Err(refused("assume", MANY));
    }
    if ![Kind::Provider.as_str(), Kind::Solution.as_str()]
        .contains(&request.reference.kind.as_str())
    {
        return Err(ApiError::new(ErrorCode::BadRequest).with("field", "ref"));
    }
    let opened = app.opened()?;
    let today = today(app)?;
    engine(&opened, &today)
        .answer_offer(&request)?
        .ok_or_else(|| not_found(&request.reference))
}

pub(super) fn engine<'a>(opened: &'a Opened, today: &'a Date) -> Engine<'a> {
    Engine::new(opened.index(), opened, Taxonomies::bundled(), today)
}

pub(super) fn today(app: &App) -> Result<Date, ApiError> {
    let now = app.now();
    Date::parse(now.get(..10).unwrap_or_default())
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))
}

pub(super) fn not_found(reference: &RecordRef) -> ApiError {
    ApiError::new(ErrorCode::NotFound).with("ref", reference.to_string())
}

pub(super) fn refused(field: &str, limit: usize) -> ApiError {
    ApiError::new(ErrorCode::BadRequest)
        .with("field", field)
        .with("limit", limit.to_string())
}

fn weights(weights: &std::collections::BTreeMap<String, f64>) -> Result<(), ApiError> {
    if weights.len() > MANY {
        return Err(refused("weights", MANY));
    }
    let known = |id: &str| {
        crate::matching::criteria::ALL
            .iter()
            .any(|known| known.id() == id)
    };
    match weights
        .iter()
        .find(|(id, weight)| !known(id) || !weight.is_finite() || **weight < 0.0)
    {
        Some((id, _)) => {
            Err(ApiError::new(ErrorCode::BadRequest).with("field", format!("weights.{id}")))
        }
        None => Ok(()),
    }
}

pub(super) fn check(request: &MatchRequest) -> Result<(), ApiError> {
    let need = &request.need;
    if request.limit > LIMIT_MAX {
        return Err(refused("limit", LIMIT_MAX as usize));
    }
    weights(&request.weights)?;
    let texts = [
        &need.title,
        &need.problem,
        &need.wanted,
        &need.data_text,
        &need.enterprise,
    ];
    if texts.iter().map(|text| text.len()).sum::<usize>() > TEXT_MAX {
        return Err(refused("need", TEXT_MAX));
    }
    let choices = [
        &need.industry,
        &need.region,
        &need.stage,
        &need.typical_scenario,
        &need.technique,
        &need.data,
        &need.deployment,
        &need.delivery,
        &need.partner,
    ];
    if request.assume.len() > MANY || choices.iter().any(|choice| choice.codes.len() > MANY) {
        return Err(refused("need", MANY));
    }
    Ok(())
}
