//! Why a need got fewer providers than it wanted.

use serde::Serialize;

/// A need that got fewer providers than it wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Short {
    /// The need.
    pub need: String,
    /// Providers it lacks.
    pub missing: u32,
    /// Why.
    pub reason: Reason,
}

/// Why providers are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// No provider can serve it.
    NoCandidate,
    /// Fewer providers can serve it than it wants.
    FewCandidates {
        /// How many can.
        candidates: u32,
    },
    /// Staff have forbidden every provider that could serve it.
    Forbidden,
    /// None of its providers can take anything at all.
    NoCapacity,
    /// It and the other needs want more of these providers than they can take; whoever is served, one goes short.
    Contended {
        /// Needs that compete, itself included.
        needs: Vec<String>,
        /// What they compete for.
        providers: Vec<String>,
    },
    /// Its providers are taken by needs that fill them better. Other than with `Contended`, this is not proved to be
    /// unavoidable unless the gap is zero.
    Crowded,
}
