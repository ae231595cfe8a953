//! The keys at hand: looked for by name in one or several folders, opened with their passphrases.
//!
//! A key counts only while the newest root names it for its role. So a rotation that was interrupted loses nothing: until
//! the new root is written, the keys that were set aside for it still count.

use std::path::PathBuf;

use super::error::FeedError;
use super::folder::{Folder, names};
use super::keys::{self, Key};
use super::passphrase::Passphrases;
use super::tree::{Signed, Tree};
use super::tuf;

/// Where keys that were replaced are set aside, below the folder of keys.
pub(crate) const RETIRED: &str = "retired";

/// The keys at hand.
pub(crate) struct Ring<'a> {
    places: Vec<PathBuf>,
    root: Signed,
    passphrases: &'a Passphrases,
}

impl<'a> Ring<'a> {
    /// The keys of a publisher's folder, and of the other places that were named.
    pub(crate) fn new(
        folder: &Folder,
        places: &[PathBuf],
        passphrases: &'a Passphrases,
    ) -> Result<Self, FeedError> {
        let mut places = places.to_vec();
        places.push(folder.keys());
        Ok(Self {
            places,
            root: Tree::new(&folder.public()).newest_root()?,
            passphrases,
        })
    }

    /// A key by name; none when no place has one that counts.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Key>, FeedError> {
        for place in &self.places {
            let mut paths = vec![keys::path(place, name)];
            let retired = place.join(RETIRED);
            let prefix = format!("{name}-root");
            let set_aside = names(&retired)?.into_iter().rev();
            paths.extend(
                set_aside
                    .filter(|file| file.starts_with(&prefix))
                    .map(|file| retired.join(file)),
            );
            for path in paths {
                // The public half tells without a passphrase whether a key counts.
                if !keys::public_of(&path)?.is_some_and(|public| self.counts(name, &public)) {
                    continue;
                }
                let found = Key::open(&path, name, || self.passphrases.of(name))?;
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }

    /// Whether the newest root names a key for the role of that name.
    fn counts(&self, name: &str, public: &str) -> bool {
        let id = tuf::key_id(public);
        tuf::ROLES.iter().any(|(role, names, _)| {
            names.contains(&name)
                && self.root.signed["roles"][role]["keyids"]
                    .as_array()
                    .is_some_and(|ids| ids.iter().any(|known| *known == id))
        })
    }

    /// As many keys of a role as must sign.
    pub(crate) fn of_role(&self, role: &str) -> Result<Vec<Key>, FeedError> {
        let threshold = tuf::threshold(role);
        let mut found = Vec::new();
        for name in tuf::keys_of(role) {
            if found.len() < threshold {
                found.extend(self.find(name)?);
            }
        }
        if found.len() < threshold {
            let names = tuf::keys_of(role).join(", ");
            let places: Vec<String> = self
                .places
                .iter()
                .map(|place| place.display().to_string())
                .collect();
            let places = places.join(", ");
            return Err(FeedError::new(
                format!(
                    "签署 {role} 需要密钥 {names} 中的 {threshold} 把，在 {places} 只找到 {} 把。用 --keys 指出密钥所在文件夹；若密钥丢失，请用 atlas feed rotate 更换。",
                    found.len()
                ),
                format!(
                    "Signing {role} takes {threshold} of the keys {names}; {} found in {places}. Name their folder with --keys; replace lost keys with `atlas feed rotate`.",
                    found.len()
                ),
            ));
        }
        Ok(found)
    }
}
