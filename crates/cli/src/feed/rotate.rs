//! `atlas feed rotate`: replace keys, lost or old, by way of a new root that the old and the new keys sign.
//!
//! A lost online key, or one of the three root keys, is replaced by the two other root keys. Two lost root keys cannot
//! be replaced by anybody: then readers have to add the feed anew, and compare a new fingerprint.

use jiff::Timestamp;

use super::error::{FeedError, file};
use super::folder::{self, Folder};
use super::keys::{self, Key};
use super::ring::{RETIRED, Ring};
use super::sign;
use super::tree::Tree;
use super::tuf;

/// What a rotation did.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Report {
    /// Version of the new root.
    pub root: u64,
    /// Names of the keys that are new.
    pub replaced: Vec<String>,
    /// What was signed anew with them.
    pub signed: Option<sign::Report>,
}

/// Replaces a key, or all keys of a role.
///
/// Keys that are replaced are set aside, never deleted: when anything fails before the new root is written, they still
/// count, and the same command can be run again.
pub(crate) fn rotate(
    folder: &mut Folder,
    places: &[std::path::PathBuf],
    passphrases: &super::passphrase::Passphrases,
    what: &str,
    now: Timestamp,
) -> Result<Report, FeedError> {
    let names: Vec<&str> = tuf::key_names()
        .filter(|name| *name == what || tuf::keys_of(what).contains(name))
        .collect();
    if names.is_empty() {
        let known: Vec<&str> = tuf::key_names().collect();
        let known = known.join(", ");
        return Err(FeedError::new(
            format!("没有名为 {what} 的密钥。可更换：root、targets，或其中之一：{known}。"),
            format!("There is no key {what}. Replace root, targets, or one of {known}."),
        ));
    }
    let tree = Tree::new(&folder.public());
    let newest = tree.newest_root()?;
    let old: Vec<Key> = {
        let ring = Ring::new(folder, places, passphrases)?;
        let mut found = Vec::new();
        for name in tuf::keys_of("root") {
            found.extend(ring.find(name)?);
        }
        found
    };
    if old.len() < tuf::threshold("root") {
        return Err(FeedError::new(
            format!(
                "更换密钥需要三把根密钥中的两把，只找到 {} 把。请用 --keys 指出它们所在的文件夹。",
                old.len()
            ),
            format!(
                "Replacing a key takes two of the three root keys; {} found. Name their folders with --keys.",
                old.len()
            ),
        ));
    }
    let made: Vec<Key> = names
        .iter()
        .map(|name| Key::generate(name))
        .collect::<Result<_, _>>()?;
    let mut next = folder.clone();
    for key in &made {
        next.config.keys.insert(key.name.clone(), key.public());
    }
    let version = newest.version + 1;
    let expires = tuf::days_after(now, tuf::ROOT_DAYS)?;
    let root = tuf::root(version, &expires, &next.config.keys);
    // Every root key at hand signs, the replaced ones for the old root and the new ones for the new.
    let new_roots = made
        .iter()
        .filter(|key| tuf::keys_of("root").contains(&key.name.as_str()));
    let signers: Vec<&Key> = old.iter().chain(new_roots).collect();
    let of_new = signers
        .iter()
        .filter(|key| next.config.keys.get(&key.name) == Some(&key.public()))
        .count();
    if of_new < tuf::threshold("root") {
        return Err(FeedError::new(
            "新的根密钥不足以签署新的根。",
            "Too few of the new root's own keys are at hand to sign it.",
        ));
    }
    folder.withdraw()?;
    let retired = folder.keys().join(RETIRED);
    let mut passphrase = Vec::new();
    for key in &made {
        passphrase.push(passphrases.new_for(&key.name)?);
    }
    for (key, passphrase) in made.iter().zip(&passphrase) {
        let path = keys::path(&folder.keys(), &key.name);
        if path.exists() {
            std::fs::create_dir_all(&retired).map_err(file(&retired))?;
            let to = keys::path(&retired, &format!("{}-root{}", key.name, newest.version));
            std::fs::rename(&path, to).map_err(file(&path))?;
        }
        key.save(&path, passphrase)?;
    }
    next.save()?;
    folder::write(
        &tree.tuf(&format!("{version}.root.json")),
        &tuf::sign(&root, &signers),
    )?;
    *folder = next;
    // What a replaced key had signed is signed by the new one before anybody sees the new root.
    let signed = match tree.timestamp()? {
        Some(_) => {
            let anew: Vec<&str> = tuf::ROLES
                .iter()
                .map(|(role, ..)| *role)
                .filter(|role| {
                    *role != "root" && names.iter().any(|name| tuf::keys_of(role).contains(name))
                })
                .collect();
            let ring = Ring::new(folder, places, passphrases)?;
            Some(sign::sign(folder, &ring, &anew, now)?)
        }
        None => None,
    };
    Ok(Report {
        root: version,
        replaced: names.into_iter().map(str::to_owned).collect(),
        signed,
    })
}
