//! The floors of one feed in `trust.db`, as trust asks for them.

use std::sync::Arc;

use crate::feed::trust::{Vault, VaultError};
use crate::store::trust::Trust;

/// Signed files of one feed.
pub struct TrustVault {
    trust: Arc<Trust>,
    feed: String,
}

impl TrustVault {
    /// The files of a feed.
    pub fn new(trust: Arc<Trust>, feed: &str) -> Self {
        Self {
            trust,
            feed: feed.to_owned(),
        }
    }
}

impl Vault for TrustVault {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.trust.metadata(&self.feed, name)?)
    }

    fn store(&self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        Ok(self.trust.put_metadata(&self.feed, name, bytes)?)
    }
}
