//! What is asked next is what moves the ranking most.

use super::{FIXTURES, answer, shelf, with};
use crate::api::types::{Completeness, MatchAnswer, MatchRequest, MissingElement, NeedElement};
use crate::model::{Budget, Choice, Code, NeedForm, Strength};

fn request() -> MatchRequest {
    MatchRequest {
        need: NeedForm::text("表面缺陷检测，目前靠人工目检"),
        limit: 20,
        ..MatchRequest::default()
    }
}

fn complete(request: &MatchRequest) -> Completeness {
    let (index, shelf) = shelf(|_| {});
    with(&index, &shelf, |engine| {
        engine.completeness(request).unwrap()
    })
}

/// The request with an element answered, as the screen would then ask it.
fn answered(element: NeedElement, code: &Code) -> MatchRequest {
    let mut request = request();
    let choice = Choice {
        codes: vec![code.clone()],
        strength: Strength::Soft,
    };
    match element {
        NeedElement::Industry => request.need.industry = choice,
        NeedElement::Technique => request.need.technique = choice,
        NeedElement::Deployment => request.need.deployment = choice,
        NeedElement::Delivery => request.need.delivery = choice,
        NeedElement::Region => request.need.region = choice,
        NeedElement::Sensitivity => request.need.sensitivity = Some(code.clone()),
        other => panic!("no fixture states {other:?}"),
    }
    request
}

fn moved(before: &MatchAnswer, after: &MatchAnswer) -> usize {
    let first = before.hits.iter().take(10).enumerate();
    first
        .filter(|(at, hit)| after.hits.get(*at).map(|hit| &hit.reference) != Some(&hit.reference))
        .count()
}

fn of(complete: &Completeness, element: NeedElement) -> &MissingElement {
    let found = complete.missing.iter().find(|one| one.element == element);
    found.unwrap()
}

#[test]
fn the_element_reported_first_moves_most_when_it_is_answered() {
    let before = answer(&request());
    let complete = complete(&request());
    let mut most = 0.0_f64;
    for missing in complete
        .missing
        .iter()
        .filter(|one| !one.answers.is_empty())
    {
        let moves: Vec<f64> = missing
            .answers
            .iter()
            .map(|code| moved(&before, &answer(&answered(missing.element, code))) as f64)
            .collect();
        let mean = moves.iter().sum::<f64>() / moves.len() as f64;
        assert!((mean - missing.moves).abs() < 1e-9, "{missing:?}: {mean}");
        most = most.max(mean);
    }
    assert!(most > 0.0 && (complete.missing[0].moves - most).abs() < 1e-9);
    assert!(
        complete
            .missing
            .is_sorted_by(|one, other| one.moves >= other.moves)
    );
}

#[test]
fn answers_are_what_the_candidates_state_most_frequent_first() {
    let complete = complete(&request());
    let region = of(&complete, NeedElement::Region);
    // Three solutions of a provider in 江苏, two of one in 广东.
    assert_eq!((region.stating, region.answers.len()), (5, 2));
    assert_eq!(region.answers[0].as_str(), "32");
    let technique = of(&complete, NeedElement::Technique);
    assert_eq!(
        (technique.stating, technique.answers[0].as_str()),
        (4, "vision")
    );
    assert!(FIXTURES.contains(r#""lead_days":40"#));
    let deadline = of(&complete, NeedElement::Deadline);
    assert_eq!(
        (deadline.stating, deadline.answers.len()),
        (1, 0),
        "dates are no codes"
    );
    let partner = of(&complete, NeedElement::Partner);
    assert_eq!(
        (partner.stating, partner.moves.to_bits()),
        (0, 0),
        "nobody states it"
    );
}

#[test]
fn what_is_stated_is_not_missing_and_together_they_are_all() {
    let mut request = request();
    request.need.budget = Budget {
        high: Some(5e5),
        ..Budget::default()
    };
    let complete = complete(&request);
    assert_eq!(complete.stated, [NeedElement::Problem, NeedElement::Budget]);
    assert_eq!(complete.missing.len() + complete.stated.len(), 15);
}
