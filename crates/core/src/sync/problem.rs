//! What went wrong with a feed, in the words of the boundary.

use std::collections::BTreeMap;
use std::error::Error;

use crate::api::types::{ApiError, Problem, ProblemCode, SyncResult};
use crate::feed::manifest::ManifestError;
use crate::feed::source::FetchError;
use crate::feed::trust::TrustError;
use crate::store::StoreError;

/// Why the attempt at one address ended.
pub(super) enum Stop {
    /// Something about the feed; another address may serve it.
    Problem(Problem),
    /// Something about this machine; no address will do better.
    Fatal(ApiError),
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Fatal(error)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Digest(_) => ProblemCode::Digest,
            StoreError::Refused(_) | StoreError::Pack(_) => ProblemCode::Pack,
            StoreError::DiskFull(_) => ProblemCode::DiskFull,
            _ => return Self::Fatal(error.into()),
        };
        Self::Problem(problem(code, &[("reason", &chain(&error))]))
    }
}

impl From<FetchError> for Stop {
    fn from(error: FetchError) -> Self {
        use ProblemCode as Code;
        let text = error.to_string();
        Self::Problem(match &error {
            FetchError::Unreachable(reason) => problem(Code::Unreachable, &[("reason", reason)]),
            FetchError::Interrupted(reason) => problem(Code::Interrupted, &[("reason", reason)]),
            FetchError::TooSlow => problem(Code::TooSlow, &[]),
            FetchError::Status {
                status,
                retry_after,
            } => {
                let mut problem = problem(Code::ServerError, &[("status", &status.to_string())]);
                if let Some(seconds) = retry_after {
                    let seconds = seconds.to_string();
                    problem.facts.insert("retry_after".to_owned(), seconds);
                }
                problem
            }
            FetchError::Missing(path) => {
                problem(Code::ServerError, &[("status", "404"), ("path", path)])
            }
            FetchError::Insecure(reason) => problem(Code::Insecure, &[("reason", reason)]),
            FetchError::Redirected(to) => problem(Code::Redirected, &[("address", to)]),
            FetchError::Encoded(encoding) => problem(Code::Encoded, &[("encoding", encoding)]),
            FetchError::Private(name) => problem(Code::PrivateAddress, &[("address", name)]),
            FetchError::TooLarge(limit) => {
                problem(Code::TooLarge, &[("limit", &limit.to_string())])
            }
            FetchError::Mismatch(_) => problem(Code::Pack, &[("reason", &text)]),
            FetchError::Unreadable(reason) => problem(Code::Unreadable, &[("reason", reason)]),
            FetchError::Staging(path, io) => {
                let io = std::io::Error::new(io.kind(), io.to_string());
                return StoreError::io(path, io).into();
            }
        })
    }
}

impl From<TrustError> for Stop {
    fn from(error: TrustError) -> Self {
        use ProblemCode as Code;
        let text = chain(&error);
        Self::Problem(match error {
            TrustError::Fetch(error) => return error.into(),
            TrustError::Missing(reason) => problem(Code::NoFeed, &[("reason", &reason)]),
            TrustError::Expired { role, expires } => problem(
                Code::Expired,
                &[("role", &role), ("expires", &expires.to_string())],
            ),
            TrustError::Rollback { role } => problem(Code::Rollback, &[("role", &role)]),
            TrustError::Signature { role, reason } => {
                problem(Code::Signature, &[("role", &role), ("reason", &reason)])
            }
            TrustError::Integrity(reason) => problem(Code::Integrity, &[("reason", &reason)]),
            TrustError::Malformed(reason) => problem(Code::Malformed, &[("reason", &reason)]),
            TrustError::Vault(error) => match error.downcast::<StoreError>() {
                Ok(error) => return (*error).into(),
                Err(_) => problem(Code::Malformed, &[("reason", &text)]),
            },
        })
    }
}

impl From<ManifestError> for Stop {
    fn from(error: ManifestError) -> Self {
        let reason = error.to_string();
        Self::Problem(match &error {
            ManifestError::TooNew(version) => problem(
                ProblemCode::AppTooOld,
                &[("needs", &format!("format {version}"))],
            ),
            ManifestError::NeedsClient(version) => {
                problem(ProblemCode::AppTooOld, &[("needs", version)])
            }
            ManifestError::TooLarge => problem(ProblemCode::TooLarge, &[("reason", &reason)]),
            _ => problem(ProblemCode::Malformed, &[("reason", &reason)]),
        })
    }
}

/// A problem with facts.
pub(super) fn problem(code: ProblemCode, facts: &[(&str, &str)]) -> Problem {
    let facts: BTreeMap<String, String> = facts
        .iter()
        .map(|(key, fact)| ((*key).to_owned(), (*fact).to_owned()))
        .collect();
    Problem { code, facts }
}

/// How an attempt that met a problem ended.
pub(super) fn result(code: ProblemCode) -> SyncResult {
    use ProblemCode as Code;
    match code {
        Code::Unreachable
        | Code::Interrupted
        | Code::TooSlow
        | Code::ServerError
        | Code::Insecure
        | Code::NoFeed => SyncResult::Offline,
        Code::ClockWrong => SyncResult::ClockWrong,
        Code::AppTooOld => SyncResult::AppTooOld,
        Code::DiskFull => SyncResult::DiskFull,
        _ => SyncResult::Refused,
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text = format!("{text}: {error}");
        next = error.source();
    }
    text
}
