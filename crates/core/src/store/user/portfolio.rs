//! What staff decided about the portfolio: one row, changed as a whole, and a copy of every provider that it names, so that
//! who is meant can be told when a feed drops it.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, params};

use super::User;
use super::keyed::Keyed;
use super::needs::Desk;
use crate::api::types::{Changes, Edit, PortfolioPlan};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Longest plan as JSON, in bytes.
const PLAN_MAX: usize = 4 * 1024 * 1024;
/// Most providers that a need wants, and needs that a provider can take.
const COUNT_MAX: u32 = 1_000;

const PORTFOLIO: Changes = Changes {
    portfolio: true,
    ..Changes::NONE
};

impl User {
    /// What staff decided about the portfolio; the default when nothing was.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn portfolio(&self) -> Result<PortfolioPlan, StoreError> {
        let plan: Option<String> = self.read(|connection| {
            connection
                .prepare_cached("select plan from portfolio")?
                .query_row([], |row| row.get("plan"))
                .optional()
        })?;
        Ok(plan.map_or_else(PortfolioPlan::default, |plan| read(&plan)))
    }
}

/// A plan that a newer version wrote and this one cannot read falls back to the default, as settings do.
fn read(plan: &str) -> PortfolioPlan {
    serde_json::from_str(plan).unwrap_or_default()
}

/// Saves the plan.
pub(super) fn save(
    desk: &Desk<'_>,
    plan: &PortfolioPlan,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let sql = |error| StoreError::sqlite(desk.path, error);
    let json = check(plan)?;
    let before: Option<String> = desk
        .transaction
        .query_row("select plan from portfolio", [], |row| row.get("plan"))
        .optional()
        .map_err(sql)?;
    if before.as_ref() == Some(&json) {
        return Ok((None, PORTFOLIO));
    }
    desk.transaction
        .execute(
            "insert or replace into portfolio values (1, ?)",
            params![json],
        )
        .map_err(sql)?;
    let before = before.map_or_else(PortfolioPlan::default, |plan| read(&plan));
    keep_copies(desk, &before, plan)?;
    let inverse = Edit::SavePortfolio {
        plan: Box::new(before),
    };
    Ok((Some(inverse), PORTFOLIO))
}

/// Keeps a copy of each provider that a plan names, as it was when it was first named, and lets go of the others.
fn keep_copies(
    desk: &Desk<'_>,
    before: &PortfolioPlan,
    plan: &PortfolioPlan,
) -> Result<(), StoreError> {
    let (before, now) = (named(before), named(plan));
    for provider in &now {
        if desk.keyed(Keyed::Portfolio, provider)?.is_none()
            && let Some(copy) = desk.copy_of(provider)?
        {
            desk.set_keyed(Keyed::Portfolio, provider, Some(&copy))?;
        }
    }
    for provider in before.difference(&now) {
        desk.set_keyed(Keyed::Portfolio, provider, None)?;
    }
    Ok(())
}

/// The providers of the pairs of a plan.
fn named(plan: &PortfolioPlan) -> BTreeSet<&RecordRef> {
    let pairs = plan.locks.iter().chain(&plan.forbids).chain(&plan.kept);
    pairs.map(|pair| &pair.provider).collect()
}

/// Checks a plan and answers it as JSON.
fn check(plan: &PortfolioPlan) -> Result<String, StoreError> {
    let refuse = |field: &str| StoreError::Edit {
        field: field.to_owned(),
    };
    for (field, count) in [("demand", plan.demand), ("capacity", plan.capacity)] {
        if count > COUNT_MAX {
            return Err(refuse(field));
        }
    }
    for (field, counts) in [("demands", &plan.demands), ("capacities", &plan.capacities)] {
        if counts.iter().any(|one| one.count > COUNT_MAX) {
            return Err(refuse(field));
        }
    }
    let json = serde_json::to_string(plan).map_err(|_| refuse("plan"))?;
    if json.len() > PLAN_MAX {
        return Err(refuse("plan"));
    }
    Ok(json)
}
