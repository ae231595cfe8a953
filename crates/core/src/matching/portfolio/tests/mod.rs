#![expect(
    clippy::float_cmp,
    reason = "scores here are halves and quarters, whose sums are exact"
)]

mod brute;
mod days;
mod fairness;
mod flow;
mod random;
mod staff;
mod tables;
