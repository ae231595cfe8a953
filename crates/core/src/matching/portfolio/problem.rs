//! What is to be assigned, checked once: identifiers are unique, decisions of staff can be carried out.
//!
//! Needs and providers are sorted by identifier here, which is why the order of the input cannot matter later.

use std::collections::{BTreeMap, BTreeSet};

/// A need and how many providers it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Unique name.
    pub id: String,
    /// Providers wanted.
    pub demand: u32,
}

/// A provider and how much it can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Unique name.
    pub id: String,
    /// Capacity, in the unit of [`Edge::load`].
    pub capacity: u32,
}

/// A provider that may serve a need. Pairs without an edge are never assigned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Index of the need.
    pub need: usize,
    /// Index of the provider.
    pub provider: usize,
    /// Affinity; any finite number, more is better.
    pub score: f64,
    /// What the provider spends on it: 1 where assignments are counted, else (say) tenths of a person-day.
    pub load: u32,
}

/// A need and a provider, by identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The need.
    pub need: String,
    /// The provider.
    pub provider: String,
}

/// What staff have decided, and what was so before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wishes {
    /// Pairs that must be assigned.
    pub locks: Vec<Pair>,
    /// Pairs that must not be assigned.
    pub forbids: Vec<Pair>,
    /// The former assignment. What no longer exists is passed over.
    pub former: Vec<Pair>,
    /// What a change must gain in score, for each former pair that it gives up.
    pub inertia: f64,
}

/// Why a problem cannot be solved as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// Two needs have one name.
    #[error("there are two needs {0:?}")]
    DuplicateNeed(String),
    /// Two providers have one name.
    #[error("there are two providers {0:?}")]
    DuplicateProvider(String),
    /// A pair is given twice.
    #[error("need {need:?} and provider {provider:?} are given twice")]
    DuplicateEdge {
        /// The need.
        need: String,
        /// The provider.
        provider: String,
    },
    /// A score is not a finite number.
    #[error("the score of need {need:?} and provider {provider:?} is not a finite number")]
    Score {
        /// The need.
        need: String,
        /// The provider.
        provider: String,
    },
    /// More needs, providers or edges than can be handled.
    #[error("{count} {what} are more than {limit}")]
    TooLarge {
        /// Of what there are too many.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A locked pair is also forbidden, or has no score.
    #[error("need {need:?} is locked to provider {provider:?}, which cannot serve it")]
    LockWithoutEdge {
        /// The need.
        need: String,
        /// The provider.
        provider: String,
    },
    /// A need is locked to more providers than it wants.
    #[error("need {0:?} is locked to more providers than it wants")]
    LockBeyondDemand(String),
    /// A provider is locked to more than it can take.
    #[error("provider {0:?} is locked to more than it can take")]
    LockBeyondCapacity(String),
}

/// An edge as the solvers see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Arc {
    pub(super) need: usize,
    pub(super) provider: usize,
    pub(super) score: f64,
    pub(super) load: u32,
    pub(super) locked: bool,
    pub(super) former: bool,
}

/// A checked problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Sorted by identifier.
    pub(super) needs: Vec<Need>,
    /// Sorted by identifier.
    pub(super) providers: Vec<Provider>,
    /// What may be assigned, by need, then provider.
    pub(super) arcs: Vec<Arc>,
    /// Needs that had edges before staff forbade them.
    pub(super) forbidden: BTreeSet<usize>,
    pub(super) inertia: f64,
}

/// Most needs and most providers.
pub const MAX_SIDE: usize = 20_000;
/// Most edges.
pub const MAX_EDGES: usize = 20_000_000;
/// Most providers that one need may want; more than there are is the same as all.
const MAX_DEMAND: u32 = 1_000;

impl Problem {
    /// Checks and sorts a problem.
    pub fn new(
        needs: Vec<Need>,
        providers: Vec<Provider>,
        edges: Vec<Edge>,
        wishes: &Wishes,
    ) -> Result<Self, ProblemError> {
        limit("needs", needs.len(), MAX_SIDE)?;
        limit("providers", providers.len(), MAX_SIDE)?;
        limit("edges", edges.len(), MAX_EDGES)?;
        let (needs, need_places) = sorted(needs, |need| &need.id);
        if let Some(id) = repeated(&needs, |need| &need.id) {
            return Err(ProblemError::DuplicateNeed(id));
        }
        let (providers, provider_places) = sorted(providers, |provider| &provider.id);
        if let Some(id) = repeated(&providers, |provider| &provider.id) {
            return Err(ProblemError::DuplicateProvider(id));
        }
        let arcs = edges.into_iter().map(|edge| Arc {
            need: need_places[edge.need],
            provider: provider_places[edge.provider],
            score: edge.score,
            load: edge.load,
            locked: false,
            former: false,
        });
        let mut problem = Self {
            needs,
            providers,
            arcs: arcs.collect(),
            forbidden: BTreeSet::new(),
            inertia: wishes.inertia.max(0.0),
        };
        for need in &mut problem.needs {
            need.demand = need.demand.min(MAX_DEMAND);
        }
        problem
            .arcs
            .sort_unstable_by_key(|arc| (arc.need, arc.provider));
        problem.check_arcs()?;
        problem.follow(wishes)?;
        Ok(problem)
    }

    /// The names of a pair.
    pub(super) fn pair(&self, arc: &Arc) -> Pair {
        Pair {
            need: self.needs[arc.need].id.clone(),
            provider: self.providers[arc.provider].id.clone(),
        }
    }

    fn check_arcs(&self) -> Result<(), ProblemError> {
        for arc in &self.arcs {
            if !arc.score.is_finite() {
                let Pair { need, provider } = self.pair(arc);
                return Err(ProblemError::Score { need, provider });
            }
        }
        let twice = self
            .arcs
            .windows(2)
            .find(|two| (two[0].need, two[0].provider) == (two[1].need, two[1].provider));
        match twice {
            Some(two) => {
                let Pair { need, provider } = self.pair(&two[0]);
                Err(ProblemError::DuplicateEdge { need, provider })
            }
            None => Ok(()),
        }
    }

    fn place(&self, pair: &Pair) -> Option<(usize, usize)> {
        let need = self
            .needs
            .binary_search_by(|need| need.id.as_str().cmp(&pair.need));
        let provider = self
            .providers
            .binary_search_by(|provider| provider.id.as_str().cmp(&pair.provider));
        Some((need.ok()?, provider.ok()?))
    }

    fn arc(&self, (need, provider): (usize, usize)) -> Option<usize> {
        self.arcs
            .binary_search_by_key(&(need, provider), |arc| (arc.need, arc.provider))
            .ok()
    }

    /// Marks locked and former pairs and takes out the forbidden ones.
    fn follow(&mut self, wishes: &Wishes) -> Result<(), ProblemError> {
        let forbids: BTreeSet<(usize, usize)> = wishes
            .forbids
            .iter()
            .filter_map(|pair| self.place(pair))
            .collect();
        self.forbidden = self
            .arcs
            .iter()
            .filter(|arc| forbids.contains(&(arc.need, arc.provider)))
            .map(|arc| arc.need)
            .collect();
        self.arcs
            .retain(|arc| !forbids.contains(&(arc.need, arc.provider)));
        for pair in &wishes.former {
            if let Some(arc) = self.place(pair).and_then(|place| self.arc(place)) {
                self.arcs[arc].former = true;
            }
        }
        for pair in &wishes.locks {
            match self.place(pair).and_then(|place| self.arc(place)) {
                Some(arc) => self.arcs[arc].locked = true,
                None => {
                    return Err(ProblemError::LockWithoutEdge {
                        need: pair.need.clone(),
                        provider: pair.provider.clone(),
                    });
                }
            }
        }
        self.check_locks()
    }

    fn check_locks(&self) -> Result<(), ProblemError> {
        let mut wanted: BTreeMap<usize, u64> = BTreeMap::new();
        let mut taken: BTreeMap<usize, u64> = BTreeMap::new();
        for arc in self.arcs.iter().filter(|arc| arc.locked) {
            *wanted.entry(arc.need).or_default() += 1;
            *taken.entry(arc.provider).or_default() += u64::from(arc.load);
        }
        for (need, count) in wanted {
            if count > u64::from(self.needs[need].demand) {
                let id = self.needs[need].id.clone();
                return Err(ProblemError::LockBeyondDemand(id));
            }
        }
        for (provider, load) in taken {
            if load > u64::from(self.providers[provider].capacity) {
                let id = self.providers[provider].id.clone();
                return Err(ProblemError::LockBeyondCapacity(id));
            }
        }
        Ok(())
    }
}

fn limit(what: &'static str, count: usize, limit: usize) -> Result<(), ProblemError> {
    if count > limit {
        return Err(ProblemError::TooLarge { what, count, limit });
    }
    Ok(())
}

/// The items by name, and for each former place the new one.
fn sorted<T>(items: Vec<T>, name: impl Fn(&T) -> &String) -> (Vec<T>, Vec<usize>) {
    let mut numbered: Vec<(usize, T)> = items.into_iter().enumerate().collect();
    numbered.sort_by(|(_, a), (_, b)| name(a).cmp(name(b)));
    let mut places = vec![0; numbered.len()];
    for (place, (former, _)) in numbered.iter().enumerate() {
        places[*former] = place;
    }
    (numbered.into_iter().map(|(_, item)| item).collect(), places)
}

/// A name that two neighbours share.
fn repeated<T>(sorted: &[T], name: impl Fn(&T) -> &String) -> Option<String> {
    sorted
        .windows(2)
        .find(|two| name(&two[0]) == name(&two[1]))
        .map(|two| name(&two[0]).clone())
}
