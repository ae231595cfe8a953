//! Data that leaves and enters in the formats of other programs.
//!
//! Invariant: nothing here asks a clock, a locale or the environment; the day, the language and the fonts are arguments.

pub mod export;
