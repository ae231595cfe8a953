//! The path of a need: read its words, gather candidates, judge each by every criterion, rank, explain.

use super::admit::unjudged;
use super::board::{Board, Entry, Ranking};
use super::candidate::Candidate;
use super::criteria::{ALL, COUNT, Context, Finding, wording};
use super::gather::Reading;
use super::shelf::Shelf;
use super::similarity::Similarity;
use super::{Library, weights};
use crate::api::types::{Assumption, CriterionUse, Match, MatchAnswer, MatchRequest, MatchTarget};
use crate::model::{Date, NeedForm, RecordRef, Taxonomies};
use crate::search::{Affinity, Index, IndexError, Wording};

/// What matching works with. Records are read once in its life, so it is made anew for what is asked next.
pub struct Engine<'a> {
    pub(super) index: &'a Index,
    pub(super) library: Shelf<'a>,
    pub(super) taxonomies: &'a Taxonomies,
    pub(super) today: &'a Date,
}

/// A candidate with what the criteria found.
pub(super) struct Judged {
    pub(super) candidate: Candidate,
    /// By criterion; none where the need does not ask.
    pub(super) findings: Vec<Option<Finding>>,
}

/// A need, matched.
pub(super) struct Run {
    pub(super) need: NeedForm,
    pub(super) affinity: Affinity,
    pub(super) similarity: Similarity,
    pub(super) judged: Vec<Judged>,
    pub(super) board: Board,
    pub(super) ranking: Ranking,
    pub(super) asked: [bool; COUNT],
}

/// Which criteria a need asks for, where a kind of target can answer them.
pub(super) fn asked(need: &NeedForm, target: MatchTarget) -> [bool; COUNT] {
    ALL.map(|criterion| {
        // Needs are alike or not; no case proves a need.
        criterion.asked(need) && (target != MatchTarget::Needs || criterion.id() != "evidence")
    })
}

/// Judges a candidate by every criterion that is asked for.
pub(super) fn judge(
    context: &Context<'_>,
    candidate: &Candidate,
    asked: &[bool; COUNT],
    assume: &[Assumption],
) -> Vec<Option<Finding>> {
    ALL.iter()
        .zip(asked)
        .map(|(criterion, asked)| {
            let assumed = assume.iter().any(|assumption| {
                assumption.reference == candidate.reference
                    && assumption.criterion == criterion.id()
            });
            match (*asked, assumed) {
                (false, _) => None,
                (true, assumed) => {
                    let finding = criterion.assess(context, candidate);
                    Some(if assumed && criterion.changeable(finding.state) {
                        Finding::met(1.0).fact("assumed", "")
                    } else {
                        finding
                    })
                }
            }
        })
        .collect()
}

/// What ranking needs to know of a judged candidate.
pub(super) fn entry(need: &NeedForm, candidate: &Candidate, findings: &[Option<Finding>]) -> Entry {
    let mut values = [0.0; COUNT];
    let mut broken = Vec::new();
    for (at, (criterion, finding)) in ALL.iter().zip(findings).enumerate() {
        if let Some(finding) = finding {
            values[at] = finding.value;
            if finding.breaks(*criterion, need) {
                broken.push(at);
            }
        }
    }
    Entry {
        values,
        broken,
        affinity: candidate.affinity,
        reference: candidate.reference.to_string(),
        group: candidate.group(),
        small: candidate.is_small(),
    }
}

impl<'a> Engine<'a> {
    /// An engine over an index and the records that it shows, on a day.
    pub fn new(
        index: &'a Index,
        library: &'a dyn Library,
        taxonomies: &'a Taxonomies,
        today: &'a Date,
    ) -> Self {
        Self {
            index,
            library: Shelf::over(library),
            taxonomies,
            today,
        }
    }

    /// Matches a need.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer(&self, request: &MatchRequest) -> Result<MatchAnswer, IndexError> {
        let need = &request.need;
        let run = self.run(request, None)?;
        let limit = request.limit as usize;
        let ranges = run.board.ranges(&run.ranking.main, limit);
        let hits = run
            .ranking
            .main
            .iter()
            .take(limit)
            .zip(ranges)
            .map(|(at, range)| self.explain(&run, *at, Some(range)))
            .collect();
        let first = &run.ranking.near[..limit.min(run.ranking.near.len())];
        let admissions = self.admissions(&run, first, &request.assume);
        let near = first
            .iter()
            .zip(admissions)
            .map(|(at, need_changes)| Match {
                need_changes,
                ..self.explain(&run, *at, None)
            });
        let near = near.collect();
        Ok(MatchAnswer {
            candidates: run.judged.len() as u32,
            criteria: run.uses(),
            unjudged: unjudged(need),
            hits,
            near,
        })
    }

    /// One candidate of a need with its reasons, wherever it ranks.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn explain_one(
        &self,
        request: &MatchRequest,
        reference: &RecordRef,
    ) -> Result<Option<Match>, IndexError> {
        let run = self.run(request, Some(reference))?;
        let Some(at) = run
            .judged
            .iter()
            .position(|judged| judged.candidate.reference == *reference)
        else {
            return Ok(None);
        };
        let range = run.ranking.main.iter().position(|other| *other == at);
        let range = range.map(|place| run.board.ranges(&run.ranking.main, place + 1)[place]);
        let near = range
            .is_none()
            .then(|| self.admissions(&run, &[at], &request.assume));
        Ok(Some(Match {
            need_changes: near.unwrap_or_default().concat(),
            ..self.explain(&run, at, range)
        }))
    }

    /// Gathers, judges and ranks; one more record with the candidates, if it is asked for.
    pub(super) fn run(
        &self,
        request: &MatchRequest,
        also: Option<&RecordRef>,
    ) -> Result<Run, IndexError> {
        let need = &request.need;
        let (title, text) = wording(need);
        let words = Wording {
            title: &title,
            text: &text,
        };
        let affinity = self.index.affinity(words)?;
        let similarity = Similarity::of(self.index, self.taxonomies)?;
        let reading = Reading {
            index: self.index,
            library: &self.library,
            need,
            wording: words,
            affinity: &affinity,
            today: self.today,
        };
        let context = Context {
            need,
            today: self.today,
            taxonomies: self.taxonomies,
            similarity: &similarity,
        };
        let asked = asked(need, request.target);
        let mut board = Board {
            entries: Vec::new(),
            weights: weights::effective(request.preset, &request.weights, &asked),
            diverse: matches!(
                request.target,
                MatchTarget::Solutions | MatchTarget::Providers | MatchTarget::Cases
            ),
        };
        let mut judged = Vec::new();
        for candidate in reading.candidates(request.target, also)? {
            let findings = judge(&context, &candidate, &asked, &request.assume);
            board.entries.push(entry(need, &candidate, &findings));
            judged.push(Judged {
                candidate,
                findings,
            });
        }
        let ranking = board.rank();
        Ok(Run {
            need: need.clone(),
            affinity,
            similarity,
            judged,
            board,
            ranking,
            asked,
        })
    }
}

impl Run {
    /// The criteria as they were used.
    pub(super) fn uses(&self) -> Vec<CriterionUse> {
        ALL.iter()
            .enumerate()
            .map(|(at, criterion)| CriterionUse {
                criterion: criterion.id().to_owned(),
                weight: self.board.weights[at],
                asked: self.asked[at],
                stating: self
                    .judged
                    .iter()
                    .filter(|judged| criterion.states(&judged.candidate))
                    .count() as u32,
            })
            .collect()
    }
}
