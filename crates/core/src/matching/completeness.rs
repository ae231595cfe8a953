//! How complete a need is: which missing element would change its ranking most.
//!
//! For each element that the need does not state, the answers that the first candidates state are tried as soft
//! constraints, and the candidates that were gathered are ranked anew with each. What counts is how many of the first
//! hits change places, on average. Nothing is gathered anew: an answer may bring further candidates, which is not
//! counted.

use super::candidate::{Candidate, Codes};
use super::criteria::{
    ALL, COUNT, Context, data_stated, days, deployments, kinds, lead, price, wording,
};
use super::engine::{Engine, Run, asked, entry, judge};
use super::reading::elements;
use super::weights;
use crate::api::types::{Completeness, MatchRequest, MissingElement, NeedElement};
use crate::model::{Choice, Code, Date, NeedForm, Strength};
use crate::search::{IndexError, Wording};

/// First hits whose places are compared.
const FIRST: usize = 10;
/// First hits that state an element whose answers are tried.
const ASKED: u32 = 20;
/// Most answers tried for each element.
const ANSWERS: usize = 3;

/// An answer to what a need does not state.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Code(Code),
    Yuan(f64),
    Date(Date),
    Words(String),
}

impl Engine<'_> {
    /// How complete a need is, and what to ask next.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn completeness(&self, request: &MatchRequest) -> Result<Completeness, IndexError> {
        let run = self.run(request, None)?;
        let mut complete = Completeness::default();
        for state in elements(&run.need) {
            if state.stated {
                complete.stated.push(state.element);
            } else {
                complete
                    .missing
                    .push(self.missing(&run, request, state.element)?);
            }
        }
        // Stable: ties stay in the order of the elements.
        complete.missing.sort_by(|one, other| {
            other
                .moves
                .total_cmp(&one.moves)
                .then(other.stating.cmp(&one.stating))
        });
        Ok(complete)
    }

    fn missing(
        &self,
        run: &Run,
        request: &MatchRequest,
        element: NeedElement,
    ) -> Result<MissingElement, IndexError> {
        let mut stating = 0;
        let mut tried: Vec<(Answer, u32)> = Vec::new();
        for at in &run.ranking.main {
            let answers = self.answers(&run.need, &run.judged[*at].candidate, element);
            stating += u32::from(!answers.is_empty());
            if stating > ASKED {
                continue;
            }
            for answer in answers {
                match tried.iter_mut().find(|(other, _)| *other == answer) {
                    Some((_, count)) => *count += 1,
                    None => tried.push((answer, 1)),
                }
            }
        }
        // Stable: of answers as frequent as each other, the one of the better hit comes first.
        tried.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        tried.truncate(ANSWERS);
        let mut moves = 0.0;
        for (answer, _) in &tried {
            moves += self.moves(run, request, element, answer)? as f64;
        }
        let codes = tried.iter().filter_map(|(answer, _)| match answer {
            Answer::Code(code) => Some(code.clone()),
            _ => None,
        });
        Ok(MissingElement {
            element,
            moves: moves / tried.len().max(1) as f64,
            stating,
            answers: codes.collect(),
        })
    }

    /// What a candidate says about an element, as a need would say it.
    fn answers(&self, need: &NeedForm, candidate: &Candidate, element: NeedElement) -> Vec<Answer> {
        let codes = |field| codes(candidate.codes(field));
        let delivery = candidate.codes(Codes::Delivery);
        match element {
            NeedElement::Problem => {
                vec![Answer::Words(candidate.record.head().name.any().to_owned())]
            }
            NeedElement::Industry => codes(Codes::Industry),
            NeedElement::Stage => codes(Codes::Stage),
            NeedElement::TypicalScenario => codes(Codes::TypicalScenario),
            NeedElement::Technique => codes(Codes::Technique),
            NeedElement::Region => codes(Codes::Region),
            NeedElement::Delivery => codes(Codes::Delivery),
            NeedElement::Deployment => self::codes(&deployments(delivery, self.taxonomies)),
            NeedElement::Data => self::codes(&kinds(&data_stated(candidate), self.taxonomies)),
            // How sensitive data is says where it may run, unless that is said already.
            NeedElement::Sensitivity if need.deployment.codes.is_empty() => {
                let stated = !deployments(delivery, self.taxonomies).is_empty();
                codes_if(stated, &["important"])
            }
            NeedElement::Budget => {
                let price = price(candidate).map(|(price, _)| price);
                let price = price.filter(|price| *price > 0.0);
                price.map(Answer::Yuan).into_iter().collect()
            }
            NeedElement::Deadline => self.dates(candidate, self.today, 1),
            NeedElement::Start => match &need.deadline.date {
                Some(deadline) => self.dates(candidate, deadline, -1),
                None => Vec::new(),
            },
            // The enterprise's level asks for what is in use or for what can be tried.
            NeedElement::Maturity => {
                let criterion = ALL.iter().find(|criterion| criterion.id() == "maturity");
                let stated = criterion.is_some_and(|criterion| criterion.states(candidate));
                codes_if(stated, &["g1", "g3"])
            }
            NeedElement::Sensitivity | NeedElement::Partner => Vec::new(),
        }
    }

    /// The day that is as far from another as a candidate takes, after it or before it.
    fn dates(&self, candidate: &Candidate, from: &Date, direction: i64) -> Vec<Answer> {
        let Some(lead) = lead(candidate) else {
            return Vec::new();
        };
        date(days(from) + direction * lead as i64, self.today)
            .map(Answer::Date)
            .into_iter()
            .collect()
    }

    /// How many of the first hits change places when the need says one thing more.
    fn moves(
        &self,
        run: &Run,
        request: &MatchRequest,
        element: NeedElement,
        answer: &Answer,
    ) -> Result<usize, IndexError> {
        let mut need = run.need.clone();
        say(&mut need, element, answer);
        let context = Context {
            need: &need,
            today: self.today,
            taxonomies: self.taxonomies,
            similarity: &run.similarity,
        };
        let asked = asked(&need, request.target);
        let criterion = criterion(element);
        let mut only = [false; COUNT];
        for (only, known) in only.iter_mut().zip(ALL) {
            *only = known.id() == criterion;
        }
        let affinity = match answer {
            Answer::Words(_) => {
                let (title, text) = wording(&need);
                let (title, text) = (title.as_str(), text.as_str());
                Some(self.index.affinity(Wording { title, text })?)
            }
            _ => None,
        };
        let mut board = run.board.clone();
        board.weights = weights::effective(request.preset, &request.weights, &asked);
        for (judged, old) in run.judged.iter().zip(&mut board.entries) {
            let mut candidate = std::borrow::Cow::Borrowed(&judged.candidate);
            if let Some(affinity) = &affinity {
                let part = candidate.best_part.as_ref();
                let part = part.and_then(|part| self.library.record(part));
                let part = part.map_or(0.0, |part| affinity.of(&part));
                candidate.to_mut().affinity = affinity.of(&judged.candidate.record).max(part);
                old.affinity = candidate.affinity;
            }
            let findings = judge(&context, &candidate, &only, &request.assume);
            let new = entry(&need, &candidate, &findings);
            for (at, only) in only.iter().enumerate() {
                if *only {
                    old.values[at] = new.values[at];
                    old.broken.retain(|broken| *broken != at);
                }
            }
            old.broken.extend(new.broken);
        }
        let after = board.rank().main;
        let before = run.ranking.main.iter().take(FIRST).enumerate();
        Ok(before
            .filter(|(rank, at)| after.get(*rank) != Some(at))
            .count())
    }
}

/// The criterion that judges by an element.
fn criterion(element: NeedElement) -> &'static str {
    match element {
        NeedElement::Problem => "text",
        NeedElement::Industry | NeedElement::Stage => "sector",
        NeedElement::TypicalScenario | NeedElement::Technique => "concepts",
        NeedElement::Data => "data",
        NeedElement::Sensitivity | NeedElement::Deployment => "deployment",
        NeedElement::Delivery => "delivery",
        NeedElement::Region => "region",
        NeedElement::Budget => "budget",
        NeedElement::Start | NeedElement::Deadline => "deadline",
        NeedElement::Maturity => "maturity",
        NeedElement::Partner => "partner",
    }
}

/// Lets a need say one thing more, not strictly.
fn say(need: &mut NeedForm, element: NeedElement, answer: &Answer) {
    let choice = match element {
        NeedElement::Industry => &mut need.industry,
        NeedElement::Stage => &mut need.stage,
        NeedElement::TypicalScenario => &mut need.typical_scenario,
        NeedElement::Technique => &mut need.technique,
        NeedElement::Data => &mut need.data,
        NeedElement::Deployment => &mut need.deployment,
        NeedElement::Delivery => &mut need.delivery,
        NeedElement::Region => &mut need.region,
        NeedElement::Partner => &mut need.partner,
        _ => return say_else(need, element, answer),
    };
    if let Answer::Code(code) = answer {
        *choice = Choice {
            codes: vec![code.clone()],
            strength: Strength::Soft,
        };
    }
}

fn say_else(need: &mut NeedForm, element: NeedElement, answer: &Answer) {
    match (element, answer) {
        (NeedElement::Problem, Answer::Words(words)) => need.problem.clone_from(words),
        (NeedElement::Budget, Answer::Yuan(yuan)) => {
            need.budget.high = Some(*yuan);
            need.budget.strength = Strength::Soft;
        }
        (NeedElement::Start, Answer::Date(date)) => need.start.date = Some(date.clone()),
        (NeedElement::Deadline, Answer::Date(date)) => {
            need.deadline.date = Some(date.clone());
            need.deadline.strength = Strength::Soft;
        }
        (NeedElement::Sensitivity, Answer::Code(code)) => need.sensitivity = Some(code.clone()),
        (NeedElement::Maturity, Answer::Code(code)) => need.maturity = Some(code.clone()),
        _ => {}
    }
}

fn codes(codes: &[Code]) -> Vec<Answer> {
    codes.iter().cloned().map(Answer::Code).collect()
}

fn codes_if(stated: bool, answers: &[&str]) -> Vec<Answer> {
    let answers = answers.iter().map(|code| Answer::Code(Code::from(*code)));
    answers.filter(|_| stated).collect()
}

/// The day of a number, as [`days`] counts; none before today.
pub(super) fn date(number: i64, today: &Date) -> Option<Date> {
    let ahead = number - days(today);
    let span = jiff::Span::new().try_days(ahead).ok()?;
    let today: jiff::civil::Date = today.as_str().parse().ok()?;
    let day = today.checked_add(span).ok().filter(|_| ahead >= 0)?;
    Date::parse(&day.to_string()).ok()
}
