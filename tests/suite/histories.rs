//! A slice of the made-up histories; `cargo xtask torture` goes through thousands.

use tests::histories::{model, pairs};

#[test]
fn delta_snapshot_and_an_index_built_anew_end_the_same() {
    let compared = pairs::history(1, 5);
    assert_eq!(compared.pairs, 10);
    assert!(compared.deltas >= 5, "{compared:?}");
}

#[test]
fn whatever_happens_the_state_is_a_signed_one_and_no_generation_falls() {
    model::check(1, 12, 25).unwrap();
}
