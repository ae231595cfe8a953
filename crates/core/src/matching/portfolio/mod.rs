//! Portfolio: many needs against providers of limited capacity.
//!
//! Read [`solve`] first. A [`Problem`] says what is wanted, what is on offer and what staff have decided; the answer
//! is an [`Outcome`]. Goals are lexicographic: first as many needs served as possible, then as many of the wanted
//! providers as possible, then (in fair mode) the floor of the worst-off need, then the total affinity. Where a provider
//! takes the same from every need this is a flow (`flow`), otherwise an assignment of person-days (`days`).
//!
//! Invariants: the same problem gives the same answer on every machine and in whatever order it was written; scores are
//! compared as integers; an optimum is proved or its gap is stated. Where scores come from is not this module's affair.

mod branch;
mod chain;
mod days;
mod fair;
mod flow;
mod knapsack;
mod problem;
mod report;
mod scale;
mod short;
mod solve;
pub mod table;

pub use problem::{Edge, Need, Pair, Problem, ProblemError, Provider, Wishes};
pub use report::{Assignment, Outcome};
pub use short::{Reason, Short};
pub use solve::{FAIR_SHARE, Goal, solve};

#[cfg(test)]
mod tests;
