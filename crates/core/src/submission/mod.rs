//! Submissions: what a user hands to the publisher of a feed, and the publisher's answer.
//!
//! A submission (`.atlassub`, [`bundle`]) holds records of the user's own and is signed with the user's key ([`key`]). The
//! receipt (`.atlasreceipt`, [`receipt`]) says of each record whether it was accepted, and is signed with a key that the
//! root of the feed names. Neither is trusted further than that: a signature says who wrote a file, not that it is true.
//!
//! Invariants: what is read is checked whole before anything is made of it; what was signed is read from the very bytes
//! that were signed; an own need leaves without what its user keeps ([`need`]). Deliberately absent: files, the clock,
//! chance; all three are arguments.

pub mod bundle;
pub mod key;
pub mod need;
pub mod receipt;

/// Largest submission, in bytes.
pub const BUNDLE_MAX: u64 = 16 * 1024 * 1024;
/// Records that a submission may hold.
pub const RECORDS_MAX: usize = 1_000;
/// Largest receipt, in bytes.
pub const RECEIPT_MAX: u64 = 1024 * 1024;
/// Longest reason for a rejection, in characters.
pub const REASON_MAX: usize = 1_000;

/// Why a submission or receipt is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionError {
    /// Larger, or with more records, than it may be.
    #[error("at most {limit} {what}")]
    TooLarge {
        /// Bytes or records.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// It is no such file.
    #[error("no such file: {0}")]
    Foreign(String),
    /// A newer version wrote it.
    #[error("version {0}")]
    TooNew(u32),
    /// The signature does not fit: somebody changed it.
    #[error("the signature does not fit")]
    Signature,
    /// A record in it that no submission may hold.
    #[error("record {at}: {reason}")]
    Record {
        /// Which one, from 1.
        at: usize,
        /// What is wrong with it.
        reason: String,
    },
}

fn foreign(error: impl std::fmt::Display) -> SubmissionError {
    SubmissionError::Foreign(error.to_string())
}
