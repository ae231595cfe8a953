//! What each criterion counts: presets, and what a request puts in their place.

use std::collections::BTreeMap;

use super::criteria::COUNT;
use crate::api::types::Preset;

/// Weights of a preset by criterion, in proportion to each other: what they sum to plays no part.
pub fn preset(preset: Preset) -> [(&'static str, f64); COUNT] {
    let weights = match preset {
        Preset::Balanced => [
            0.32, 0.18, 0.15, 0.10, 0.05, 0.02, 0.06, 0.04, 0.04, 0.02, 0.02, 0.02,
        ],
        Preset::Proven => [
            0.25, 0.12, 0.35, 0.10, 0.04, 0.02, 0.03, 0.02, 0.03, 0.02, 0.02, 0.02,
        ],
        Preset::Feasible => [
            0.20, 0.12, 0.08, 0.08, 0.12, 0.06, 0.12, 0.08, 0.06, 0.05, 0.03, 0.06,
        ],
        Preset::Topic => [0.65, 0.35, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    };
    let mut table = [("", 0.0); COUNT];
    for ((slot, criterion), weight) in table.iter_mut().zip(super::criteria::ALL).zip(weights) {
        *slot = (criterion.id(), weight);
    }
    table
}

/// The weights of a preset with what a request puts in their place.
pub fn chosen(from: Preset, own: &BTreeMap<String, f64>) -> [(&'static str, f64); COUNT] {
    preset(from).map(|(id, usual)| {
        let own = own.get(id).copied().filter(|own| own.is_finite());
        (id, own.unwrap_or(usual).max(0.0))
    })
}

/// The weight of every criterion that is asked for; they sum to 1. When nothing that is asked for has a weight, all
/// that is asked for counts alike.
pub(super) fn effective(
    from: Preset,
    own: &BTreeMap<String, f64>,
    asked: &[bool; COUNT],
) -> [f64; COUNT] {
    let mut weights = [0.0; COUNT];
    for ((weight, (_, chosen)), asked) in weights.iter_mut().zip(chosen(from, own)).zip(asked) {
        if *asked {
            *weight = chosen;
        }
    }
    let sum: f64 = weights.iter().sum();
    let count = asked.iter().filter(|asked| **asked).count().max(1) as f64;
    for (weight, asked) in weights.iter_mut().zip(asked) {
        *weight = match (sum > 0.0, asked) {
            (true, _) => *weight / sum,
            (false, true) => 1.0 / count,
            (false, false) => 0.0,
        };
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_one_and_those_of_what_is_not_asked_go_to_the_rest() {
        for chosen in [
            Preset::Balanced,
            Preset::Proven,
            Preset::Feasible,
            Preset::Topic,
        ] {
            let weights = effective(chosen, &BTreeMap::new(), &[true; COUNT]);
            assert!(
                (weights.iter().sum::<f64>() - 1.0).abs() < 1e-12,
                "{chosen:?}"
            );
        }
        let mut asked = [false; COUNT];
        asked[0] = true;
        asked[2] = true;
        let weights = effective(Preset::Balanced, &BTreeMap::new(), &asked);
        assert!((weights[0] - 0.32 / 0.47).abs() < 1e-12 && weights[1] == 0.0);
        let own = BTreeMap::from([("text".to_owned(), 0.0), ("evidence".to_owned(), f64::NAN)]);
        assert!((effective(Preset::Balanced, &own, &asked)[2] - 1.0).abs() < 1e-12);
        let none = BTreeMap::from([("text".to_owned(), 0.0), ("evidence".to_owned(), 0.0)]);
        assert!((effective(Preset::Balanced, &none, &asked)[0] - 0.5).abs() < 1e-12);
    }
}
