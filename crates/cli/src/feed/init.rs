//! `atlas feed init`: a new feed with its keys and its first root.

use std::collections::BTreeMap;
use std::path::Path;

use atlas_core::feed::Digest;
use atlas_core::model::Text;
use atlas_core::model::reference::is_feed_id;
use jiff::Timestamp;

use super::error::FeedError;
use super::folder::{self, Config, Folder};
use super::keys::{self, Key};
use super::passphrase::Passphrases;
use super::records::template;
use super::tree::Tree;
use super::tuf;

/// What the new feed is.
pub(crate) struct New<'a> {
    /// Feed id; a random one when absent.
    pub id: Option<&'a str>,
    /// Title.
    pub title: Text,
    /// Feed that this one continues and replaces.
    pub continues: Option<&'a str>,
}

/// A new feed.
pub(crate) struct Made {
    /// The folder.
    pub folder: Folder,
    /// What readers compare: SHA-256 of the first root.
    pub fingerprint: String,
}

/// Makes a publisher's folder. An existing feed is never touched.
pub(crate) fn init(
    root: &Path,
    new: &New<'_>,
    passphrases: &Passphrases,
    now: Timestamp,
) -> Result<Made, FeedError> {
    if root.join("feed.json").exists() || !folder::names(&root.join("keys"))?.is_empty() {
        return Err(FeedError::new(
            format!("{} 中已有一个目录源，未作任何改动。", root.display()),
            format!(
                "There is a feed in {} already; nothing was changed.",
                root.display()
            ),
        ));
    }
    let id = match new.id {
        Some(id) => id.to_owned(),
        None => random_id()?,
    };
    for id in std::iter::once(id.as_str()).chain(new.continues) {
        if !is_feed_id(id) || ["bundled", "own"].contains(&id) && new.continues != Some(id) {
            return Err(FeedError::new(
                format!(
                    "{id:?} 不能作目录源编号：只能用小写字母、数字、- 和 _，最长 64 个字符；bundled 与 own 已被占用。"
                ),
                format!(
                    "{id:?} is no feed id: lower-case letters, digits, - and _ only, 64 at most; bundled and own are taken."
                ),
            ));
        }
    }
    let made: Vec<Key> = tuf::key_names()
        .map(Key::generate)
        .collect::<Result<_, _>>()?;
    let public: BTreeMap<String, String> = made
        .iter()
        .map(|key| (key.name.clone(), key.public()))
        .collect();
    let folder = Folder {
        root: root.to_owned(),
        config: Config {
            feed: id,
            title: new.title.clone(),
            continues: new.continues.map(str::to_owned),
            notice: None,
            keys: public,
        },
    };
    // All are asked for before the first is written: a slip leaves nothing behind.
    let sealing: Vec<String> = made
        .iter()
        .map(|key| passphrases.new_for(&key.name))
        .collect::<Result<_, _>>()?;
    for (key, passphrase) in made.iter().zip(&sealing) {
        key.save(&keys::path(&folder.keys(), &key.name), passphrase)?;
    }
    let signed = tuf::root(
        1,
        &tuf::days_after(now, tuf::ROOT_DAYS)?,
        &folder.config.keys,
    );
    let signers: Vec<&Key> = made
        .iter()
        .filter(|key| tuf::keys_of("root").contains(&key.name.as_str()))
        .collect();
    let bytes = tuf::sign(&signed, &signers);
    folder::write(&Tree::new(&folder.public()).tuf("1.root.json"), &bytes)?;
    template::write(&folder.records().join("records.xlsx"))?;
    // Last: with this file the folder counts as a feed.
    folder.save()?;
    Ok(Made {
        folder,
        fingerprint: Digest::of(&bytes).to_string(),
    })
}

/// A random id in the form of a UUID (version 4).
fn random_id() -> Result<String, FeedError> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| {
        FeedError::new(
            "系统不提供安全的随机数。",
            "The system gives no secure random numbers.",
        )
    })?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = tuf::hex(&bytes);
    Ok(format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    ))
}
