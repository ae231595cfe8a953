//! What can be asked about the portfolio: the user's needs given to providers of limited capacity.
//!
//! Every need is matched with providers as it would be alone; what breaks something strict is never assigned, unless
//! staff settled it. What a plan names and is no longer there is told.

mod matched;

pub(super) use matched::Matched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use matched::{Found, matched};

use super::App;
use super::matching::{check, refused, today};
use super::open::Opened;
use super::types::{
    ApiError, Assigned, ErrorCode, MatchRecord, MatchRequest, NeedRow, NeedsRequest, Nothing,
    Portfolio, PortfolioCount, PortfolioLoad, PortfolioNeed, PortfolioPair, PortfolioPlan,
    PortfolioProvider, ShortReason,
};
use crate::matching::portfolio::{
    Edge, Goal, Need, Outcome, Pair, Problem, ProblemError, Provider, Reason, Wishes, solve,
};
use crate::model::{Name, RecordRef, Text};
use crate::search::Texts as _;

/// Most needs of a portfolio.
const NEEDS_MAX: usize = 1_000;
/// A match that scores less is none: about what a provider gets of whom nothing is known.
const FLOOR: f64 = 0.2;
/// What a departure from the kept solution must gain: scores nearer than this are about the same.
const INERTIA: f64 = 0.02;
/// Others shown.
const OTHERS: usize = 5;

/// A need with everybody who can serve it.
struct Wanted {
    row: NeedRow,
    demand: u32,
    /// Best first; rank, score and record.
    offers: Vec<Offer>,
}

struct Offer {
    rank: u32,
    score: f64,
    record: Arc<MatchRecord>,
}

pub(super) fn get_portfolio_plan(app: &App, _: Nothing) -> Result<PortfolioPlan, ApiError> {
    Ok(app.opened()?.user.portfolio()?)
}

pub(super) fn match_portfolio(app: &App, plan: PortfolioPlan) -> Result<Portfolio, ApiError> {
    let opened = app.opened()?;
    let (wanted, expired) = wanted(app, &opened, &plan)?;
    let capacities = numbers(&plan.capacities);
    let mut providers: BTreeMap<&RecordRef, &MatchRecord> = BTreeMap::new();
    for offer in wanted.iter().flat_map(|need| &need.offers) {
        providers.insert(&offer.record.reference, &offer.record);
    }
    let capacity =
        |provider: &RecordRef| capacities.get(provider).copied().unwrap_or(plan.capacity);
    let places: BTreeMap<&RecordRef, usize> = providers.keys().copied().zip(0..).collect();
    let edges = wanted.iter().enumerate().flat_map(|(need, one)| {
        let places = &places;
        one.offers.iter().map(move |offer| Edge {
            need,
            provider: places[&offer.record.reference],
            score: offer.score,
            load: 1,
        })
    });
    let there = |pair: &&PortfolioPair| {
        wanted.iter().any(|need| need.row.reference == pair.need)
            && providers.contains_key(&pair.provider)
    };
    let pairs = |pairs: &[PortfolioPair]| pairs.iter().filter(there).map(named).collect::<Vec<_>>();
    let wishes = Wishes {
        locks: pairs(&plan.locks),
        forbids: pairs(&plan.forbids),
        former: pairs(&plan.kept),
        inertia: INERTIA,
    };
    let needs = wanted.iter().map(|one| Need {
        id: one.row.reference.to_string(),
        demand: one.demand,
    });
    let sides = providers.keys().map(|provider| Provider {
        id: provider.to_string(),
        capacity: capacity(provider),
    });
    let problem = Problem::new(needs.collect(), sides.collect(), edges.collect(), &wishes);
    let problem = problem.map_err(|error| conflict(&error))?;
    let goal = if plan.fair { Goal::Fair } else { Goal::Total };
    let outcome = solve(&problem, goal);
    let mut used: BTreeMap<RecordRef, u32> = BTreeMap::new();
    let chosen: BTreeSet<(&str, &str)> = outcome
        .assignments
        .iter()
        .map(|one| (one.need.as_str(), one.provider.as_str()))
        .collect();
    for one in &outcome.assignments {
        *used.entry(parse(&one.provider)?).or_default() += 1;
    }
    let mut loads: Vec<PortfolioLoad> = providers
        .values()
        .filter(|record| {
            used.contains_key(&record.reference) || capacities.contains_key(&record.reference)
        })
        .map(|record| PortfolioLoad {
            provider: (*record).clone(),
            used: used.get(&record.reference).copied().unwrap_or_default(),
            capacity: capacity(&record.reference),
        })
        .collect();
    let full = |load: &PortfolioLoad| f64::from(load.used) / f64::from(load.capacity.max(1));
    // Stable: what is as full stays in the order of the references.
    loads.sort_by(|one, other| {
        let by_use = full(other).total_cmp(&full(one));
        by_use.then(other.used.cmp(&one.used))
    });
    let takes_part =
        |pair: &&PortfolioPair| wanted.iter().any(|one| one.row.reference == pair.need);
    let lost: BTreeSet<&PortfolioPair> = (plan.locks.iter().chain(&plan.kept))
        .filter(takes_part)
        .filter(|pair| !providers.contains_key(&pair.provider))
        .collect();
    let departed = |pair: &&PortfolioPair| {
        let pair = named(pair);
        !chosen.contains(&(pair.need.as_str(), pair.provider.as_str()))
    };
    let departures = plan.kept.iter().filter(takes_part).filter(departed).count() as u32;
    let answers = wanted
        .iter()
        .map(|need| answer(need, &plan, &chosen, &outcome, &providers));
    let named = providers_named(&opened, &lost, &plan)?;
    Ok(Portfolio {
        needs: answers.collect::<Result<_, _>>()?,
        loads,
        served: outcome.served as u32,
        total: outcome.objective,
        share: outcome.share,
        floor: outcome.min,
        gini: outcome.gini,
        departures,
        lost: lost.into_iter().cloned().collect(),
        named,
        expired,
        plan,
    })
}

/// The needs that take part, in the order of the list, each matched with providers; and how many would, had they not
/// expired.
fn wanted(
    app: &App,
    opened: &Opened,
    plan: &PortfolioPlan,
) -> Result<(Vec<Wanted>, u32), ApiError> {
    let listed = NeedsRequest {
        status: plan.status.clone(),
        ..NeedsRequest::default()
    };
    // Nothing chosen means nothing here, where for a list it means everything.
    let mut rows = if plan.status.is_empty() {
        Vec::new()
    } else {
        opened.user.needs(&listed)?
    };
    rows.retain(|row| !plan.without.contains(&row.reference));
    let all = rows.len();
    let today = today(app)?;
    // A month or a year lasts to its end.
    rows.retain(|row| {
        let expires = row.expires.as_ref().map_or("9999", |date| date.as_str());
        expires >= &today.as_str()[..expires.len()]
    });
    let expired = (all - rows.len()) as u32;
    if rows.len() > NEEDS_MAX {
        return Err(refused("needs", NEEDS_MAX));
    }
    let mut needs = Vec::new();
    for row in &rows {
        // Gone since the list was read.
        let Some(need) = opened.user.need(&row.reference)? else {
            continue;
        };
        check(&MatchRequest {
            need: need.form.clone(),
            ..MatchRequest::default()
        })?;
        needs.push((row.reference.clone(), need.form, need.weighing));
    }
    rows.retain(|row| needs.iter().any(|(need, ..)| *need == row.reference));
    let found = matched(app, opened, &needs)?;
    let demands = numbers(&plan.demands);
    let offered = rows.into_iter().zip(found).map(|(row, found)| Wanted {
        offers: offers(opened, plan, &row.reference, &found),
        demand: demands.get(&row.reference).copied().unwrap_or(plan.demand),
        row,
    });
    Ok((offered.collect(), expired))
}

/// Who may serve a need: whoever was found good enough, and whom staff settled on.
fn offers(opened: &Opened, plan: &PortfolioPlan, need: &RecordRef, found: &Found) -> Vec<Offer> {
    let locks = plan.locks.iter().filter(|pair| pair.need == *need);
    let settled: Vec<&RecordRef> = locks.map(|pair| &pair.provider).collect();
    let mut offers: Vec<Offer> = (1..)
        .zip(&found.places)
        .filter(|(rank, (score, record))| {
            let fits = *rank as usize <= found.good && *score >= FLOOR;
            fits || settled.contains(&&record.reference)
        })
        .map(|(rank, (score, record))| Offer {
            rank,
            score: *score,
            record: record.clone(),
        })
        .collect();
    // What staff settled holds, even with somebody whom nothing speaks for.
    let last = found.places.len() as u32 + 1;
    for provider in settled {
        let known = offers.iter().any(|one| one.record.reference == *provider);
        if let (false, Some(record)) = (known, named_record(opened, provider)) {
            offers.push(Offer {
                rank: last,
                score: 0.0,
                record: Arc::new(record),
            });
        }
    }
    offers
}

/// A provider of the catalog.
fn named_record(opened: &Opened, reference: &RecordRef) -> Option<MatchRecord> {
    let record = opened.record(reference)?;
    (record.kind() == crate::model::Kind::Provider).then(|| MatchRecord {
        reference: reference.clone(),
        kind: record.kind(),
        name: plain(&record.head().name),
    })
}

fn plain(name: &Name) -> Text {
    Text {
        zh: name.zh.clone(),
        en: name.en.clone(),
    }
}

/// Who is meant by pairs whose provider no need lists.
fn providers_named(
    opened: &Opened,
    lost: &BTreeSet<&PortfolioPair>,
    plan: &PortfolioPlan,
) -> Result<Vec<PortfolioProvider>, ApiError> {
    let pairs = lost.iter().copied().chain(&plan.forbids);
    let providers: BTreeSet<&RecordRef> = pairs.map(|pair| &pair.provider).collect();
    let mut named = Vec::new();
    for reference in providers {
        let current = opened.name(reference)?;
        let gone = current.is_none();
        let name = match current {
            Some(name) => Some(name),
            None => opened
                .user
                .copy(reference)?
                .map(|copy| plain(&copy.head().name)),
        };
        named.extend(name.map(|name| PortfolioProvider {
            reference: reference.clone(),
            name,
            gone,
        }));
    }
    Ok(named)
}

/// What is found for one need.
fn answer(
    wanted: &Wanted,
    plan: &PortfolioPlan,
    chosen: &BTreeSet<(&str, &str)>,
    outcome: &Outcome,
    providers: &BTreeMap<&RecordRef, &MatchRecord>,
) -> Result<PortfolioNeed, ApiError> {
    let need = wanted.row.reference.to_string();
    let mut assigned = Vec::new();
    let mut others = Vec::new();
    for offer in &wanted.offers {
        let pair = PortfolioPair {
            need: wanted.row.reference.clone(),
            provider: offer.record.reference.clone(),
        };
        let one = Assigned {
            provider: (*offer.record).clone(),
            score: offer.score,
            rank: offer.rank,
            locked: plan.locks.contains(&pair),
            kept: plan.kept.contains(&pair),
        };
        if chosen.contains(&(need.as_str(), pair.provider.to_string().as_str())) {
            assigned.push(one);
        } else if others.len() < OTHERS && !plan.forbids.contains(&pair) {
            others.push(one);
        }
    }
    let short = outcome.short.iter().find(|short| short.need == need);
    Ok(PortfolioNeed {
        need: wanted.row.clone(),
        demand: wanted.demand,
        assigned,
        others,
        short: short
            .map(|short| reason(&short.reason, providers))
            .transpose()?,
    })
}

fn reason(
    reason: &Reason,
    providers: &BTreeMap<&RecordRef, &MatchRecord>,
) -> Result<ShortReason, ApiError> {
    Ok(match reason {
        Reason::NoCandidate => ShortReason::NoCandidate,
        Reason::Forbidden => ShortReason::Forbidden,
        Reason::NoCapacity => ShortReason::NoCapacity,
        Reason::FewCandidates { candidates } => ShortReason::FewCandidates {
            candidates: *candidates,
        },
        Reason::Contended {
            needs,
            providers: full,
        } => {
            let needs = needs.iter().map(|need| parse(need));
            let mut named = Vec::new();
            for provider in full {
                named.extend(
                    providers
                        .get(&parse(provider)?)
                        .map(|record| (*record).clone()),
                );
            }
            ShortReason::Contended {
                needs: needs.collect::<Result<_, _>>()?,
                providers: named,
            }
        }
        // Of person-days, which are not asked for here.
        Reason::Crowded => ShortReason::Contended {
            needs: Vec::new(),
            providers: Vec::new(),
        },
    })
}

/// Decisions of staff that contradict each other, with the need or provider at fault.
fn conflict(error: &ProblemError) -> ApiError {
    let at = match error {
        ProblemError::LockWithoutEdge { need, .. } | ProblemError::LockBeyondDemand(need) => need,
        ProblemError::LockBeyondCapacity(provider) => provider,
        _ => return ApiError::new(ErrorCode::Internal).caused_by(error),
    };
    ApiError::new(ErrorCode::BadRequest)
        .with("field", "locks")
        .with("ref", at)
        .caused_by(error)
}

fn numbers(counts: &[PortfolioCount]) -> BTreeMap<&RecordRef, u32> {
    let counts = counts.iter().map(|one| (&one.reference, one.count));
    counts.collect()
}

fn named(pair: &PortfolioPair) -> Pair {
    Pair {
        need: pair.need.to_string(),
        provider: pair.provider.to_string(),
    }
}

fn parse(reference: &str) -> Result<RecordRef, ApiError> {
    let parsed = reference.parse();
    parsed.map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))
}
