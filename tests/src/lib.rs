//! What tests share.

pub mod fixtures;
