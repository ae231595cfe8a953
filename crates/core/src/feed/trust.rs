//! Trust: The Update Framework around one small signed file, the manifest. The only module that knows `sigstore-tuf`.
//!
//! The root, the clock and the store of what was seen before are arguments. What was seen before is a floor: no
//! role's version ever falls. A store that cannot be read or written stops the refresh, for a floor that is not
//! kept is none. The chain of roots is walked from the first one, whose fingerprint the user confirmed.
//!
//! Deliberately absent: signing, and any file but `manifest.json`; packs are trusted by the hashes in it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use sigstore_tuf::metadata::Role;
use sigstore_tuf::transport::FetchFuture;
use sigstore_tuf::{Error, MetadataStore, Repository, Updater, UpdaterConfig};

use super::source::{FetchError, Source};
use super::{limits, manifest};

/// The one target of every feed.
pub const TARGET: &str = "manifest.json";
/// Path of the root whose fingerprint is confirmed.
pub const FIRST_ROOT: &str = "tuf/1.root.json";

/// A failure of what keeps the floors.
pub type VaultError = Box<dyn std::error::Error + Send + Sync>;

/// Keeps verified signed files of one feed between refreshes.
pub trait Vault: Send + Sync {
    /// A file kept before.
    ///
    /// # Errors
    /// When it may be there and cannot be read.
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError>;

    /// Keeps a file.
    ///
    /// # Errors
    /// When it is not kept.
    fn store(&self, name: &str, bytes: &[u8]) -> Result<(), VaultError>;
}

/// Keeps files for as long as it lives: for looking at a feed that was not added.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<String, Vec<u8>>>);

impl Vault for MemoryVault {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(files.get(name).cloned())
    }

    fn store(&self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// A manifest with what vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The manifest's bytes.
    pub manifest: Vec<u8>,
    /// When the first of its signatures runs out.
    pub expires: Timestamp,
    /// Keys of the root.
    pub root_keys: u32,
    /// Signatures that a root needs.
    pub root_threshold: u32,
}

/// Why a feed is not trusted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// Something could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A file that every feed has is not there.
    #[error("no feed: {0}")]
    Missing(String),
    /// A signature has run out.
    #[error("{role} expired at {expires}")]
    Expired {
        /// The role.
        role: String,
        /// Since when.
        expires: Timestamp,
    },
    /// Older than what was seen before.
    #[error("rollback of {role}")]
    Rollback {
        /// The role.
        role: String,
    },
    /// A signature is missing or wrong, or the chain of roots is broken.
    #[error("signature of {role}: {reason}")]
    Signature {
        /// The role.
        role: String,
        /// What is wrong.
        reason: String,
    },
    /// Files that do not belong together.
    #[error("integrity: {0}")]
    Integrity(String),
    /// A file that cannot be read.
    #[error("malformed: {0}")]
    Malformed(String),
    /// The floors cannot be read or kept.
    #[error("floors cannot be kept")]
    Vault(#[source] VaultError),
}

/// Fetches the newest manifest and verifies everything that vouches for it.
///
/// # Errors
/// [`TrustError`]; the floors keep what was verified until then.
pub async fn refresh(
    source: Arc<dyn Source>,
    vault: Arc<dyn Vault>,
    root: &[u8],
    now: Timestamp,
) -> Result<Verified, TrustError> {
    let fault = Fault::default();
    let result = match begin(source, vault, root, &fault, is_plain) {
        Ok(updater) => walk(updater, now).await,
        Err(error) => Err(error),
    };
    // Whatever came of it: a floor that was not kept is a failure.
    if let Some(error) = fault.take() {
        return Err(TrustError::Vault(error));
    }
    result.map_err(classify)
}

/// The library's client over a source and a vault, as [`refresh`] drives it, for those who measure it with trees that are none
/// of the product's, such as the public conformance suite. Files may have any name there; in a feed they may not.
///
/// # Errors
/// When the root does not vouch for itself.
pub fn client(
    source: Arc<dyn Source>,
    vault: Arc<dyn Vault>,
    root: &[u8],
) -> sigstore_tuf::Result<Updater> {
    begin(source, vault, root, &Fault::default(), |_| true)
}

fn begin(
    source: Arc<dyn Source>,
    vault: Arc<dyn Vault>,
    root: &[u8],
    fault: &Fault,
    allowed: fn(&str) -> bool,
) -> sigstore_tuf::Result<Updater> {
    let tree = Tree {
        source,
        allowed,
        fault: fault.clone(),
    };
    let store = Floors {
        vault,
        fault: fault.clone(),
    };
    Ok(Updater::new(tree, root)?
        .with_config(config())
        .with_store(store))
}

async fn walk(mut updater: Updater, now: Timestamp) -> Result<Verified, Error> {
    updater.refresh(now).await?;
    let manifest = updater.get_target(TARGET, now).await?;
    let trusted = updater.trusted();
    let root = trusted.root();
    let role = root.role("root");
    let lower = [
        trusted.timestamp().map(Role::expires),
        trusted.snapshot().map(Role::expires),
        trusted.targets_role("targets").map(Role::expires),
    ];
    let expires = lower
        .into_iter()
        .flatten()
        .fold(root.expires(), Timestamp::min);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Verified {
        manifest,
        expires,
        root_keys: role.map_or(0, |role| count(role.keyids.len())),
        root_threshold: role.map_or(0, |role| count(role.threshold)),
    })
}

/// The public halves of the keys that a verified root names for a role, hexadecimal; none when it is no root.
pub fn keys(root: &[u8], role: &str) -> Vec<String> {
    let Ok(root) = serde_json::from_slice::<serde_json::Value>(root) else {
        return Vec::new();
    };
    let signed = &root["signed"];
    let ids = signed["roles"][role]["keyids"].as_array();
    let public = ids.into_iter().flatten().filter_map(|id| {
        let public = &signed["keys"][id.as_str()?]["keyval"]["public"];
        public.as_str().map(str::to_owned)
    });
    public.collect()
}

/// The version of a verified root; none when it is no root.
pub fn version(root: &[u8]) -> Option<u64> {
    let root: serde_json::Value = serde_json::from_slice(root).ok()?;
    root["signed"]["version"].as_u64()
}

/// The limits of a refresh.
pub fn config() -> UpdaterConfig {
    let mut config = UpdaterConfig::default();
    config.root_max_length = limits::ROOT;
    config.timestamp_max_length = limits::TIMESTAMP;
    config.snapshot_max_length = limits::ROLE;
    config.targets_max_length = limits::ROLE;
    config.target_max_length = manifest::MAX_BYTES as u64;
    config.max_root_rotations = limits::ROTATIONS;
    config
}

/// When the timestamp of a source says it runs out. Not verified: it only chooses the moment at which an import
/// with consent is verified.
///
/// # Errors
/// Those of fetching it.
pub async fn stated_expiry(source: &dyn Source) -> Result<Option<Timestamp>, FetchError> {
    let bytes = source.get("tuf/timestamp.json", limits::TIMESTAMP).await?;
    let json: Option<serde_json::Value> =
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(json.and_then(|json| json["signed"]["expires"].as_str()?.parse().ok()))
}

/// The first failure of the vault, shared by those who meet it and those who must stop.
#[derive(Debug, Clone, Default)]
struct Fault(Arc<Mutex<Option<VaultError>>>);

impl Fault {
    fn note(&self, error: VaultError) -> Error {
        let text = error.to_string();
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slot.get_or_insert(error);
        Error::transport(text)
    }

    fn stop(&self) -> Result<(), Error> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(Error::transport(error.to_string())),
            None => Ok(()),
        }
    }

    fn take(&self) -> Option<VaultError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The tree of a feed as the library asks for it.
struct Tree {
    source: Arc<dyn Source>,
    /// What files may be called.
    allowed: fn(&str) -> bool,
    fault: Fault,
}

impl Tree {
    async fn get(
        &self,
        folder: &str,
        name: &str,
        max: u64,
    ) -> sigstore_tuf::Result<Option<Vec<u8>>> {
        self.fault.stop()?;
        // A delegated role or target could be named anything; no feed has one outside its folder.
        if !(self.allowed)(name) {
            return Err(Error::Malformed(format!("file name {name:?}")));
        }
        self.source
            .get(&format!("{folder}/{name}"), max)
            .await
            .map_err(|error| Error::transport_with_source("fetching", error))
    }
}

/// Whether a name is one file in one folder, on every system.
fn is_plain(name: &str) -> bool {
    (1..=200).contains(&name.len())
        && !name.starts_with('.')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

impl Repository for Tree {
    fn fetch_metadata<'a>(&'a self, name: &'a str, max_length: u64) -> FetchFuture<'a> {
        Box::pin(self.get("tuf", name, max_length))
    }

    fn fetch_target<'a>(&'a self, path: &'a str, max_length: u64) -> FetchFuture<'a> {
        Box::pin(self.get("targets", path, max_length))
    }
}

/// The floors as the library keeps them.
struct Floors {
    vault: Arc<dyn Vault>,
    fault: Fault,
}

impl MetadataStore for Floors {
    fn load(&self, name: &str) -> sigstore_tuf::Result<Option<Vec<u8>>> {
        self.vault
            .load(name)
            .map_err(|error| self.fault.note(error))
    }

    fn store(&self, name: &str, bytes: &[u8]) -> sigstore_tuf::Result<()> {
        // Snapshots come under two names; the one with a version would pile up for ever.
        let numbered = name.starts_with(|first: char| first.is_ascii_digit());
        if numbered || self.load(name)?.as_deref() == Some(bytes) {
            return Ok(());
        }
        self.vault
            .store(name, bytes)
            .map_err(|error| self.fault.note(error))
    }
}

fn classify(error: Error) -> TrustError {
    let signature = |role: &str, reason: &dyn std::fmt::Display| TrustError::Signature {
        role: role.to_owned(),
        reason: reason.to_string(),
    };
    match error {
        Error::Transport { message, source } => {
            match source.map(<dyn std::error::Error + Send + Sync>::downcast) {
                Some(Ok(fetch)) => TrustError::Fetch(*fetch),
                _ if message.contains("rotations") => signature("root", &message),
                _ => TrustError::Missing(message),
            }
        }
        Error::Expired { role, expires } => TrustError::Expired { role, expires },
        Error::Rollback { role, .. } | Error::EqualVersion { role, .. } => {
            TrustError::Rollback { role }
        }
        error @ Error::BadRootVersion { .. } => signature("root", &error),
        Error::ThresholdNotMet { ref role, .. } | Error::DuplicateSignature { ref role, .. } => {
            signature(&role.clone(), &error)
        }
        error @ (Error::UnusableKey { .. }
        | Error::UnsupportedScheme { .. }
        | Error::UnknownRole(_)
        | Error::Crypto(_)) => signature("key", &error),
        Error::IntegrityMismatch(text) => TrustError::Integrity(text),
        Error::Json(error) => TrustError::Malformed(error.to_string()),
        error => TrustError::Malformed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_plain_file_are_never_asked_for() {
        for name in ["", ".", "..", "../x", "a/b", "a\\b", "a%2Fb", "C:x", "x\0y"] {
            assert!(!is_plain(name), "{name:?}");
        }
        assert!(is_plain("12.root.json"));
    }
}
