//! Matching: which supply answers which demand, and why.

pub mod portfolio;
