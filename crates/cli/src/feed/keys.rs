//! Signing keys: Ed25519, on disk only sealed with a passphrase.
//!
//! A key file holds its seed under ChaCha20-Poly1305 with a key that Argon2id derives from the passphrase; name and
//! public half are authenticated with it, so that no file passes for another's. Seeds leave this module only sealed.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use serde::{Deserialize, Serialize};

use super::error::{FeedError, content, file};
use super::folder::read_if_there;
use super::tuf;

/// Memory that deriving a key takes, in KiB. Made-up keys of unit tests cost next to nothing; what is built
/// for users is tested by `tests/publishing.rs`.
const MEMORY: u32 = if cfg!(test) { 1024 } else { 64 * 1024 };
/// Passes over that memory.
const PASSES: u32 = 3;
/// Most memory and passes that a key file may ask for, so that a file from elsewhere cannot stop the machine.
const MOST: (u32, u32) = (1024 * 1024, 16);
/// What a key file says it is.
const FORMAT: &str = "atlas-key-1";
/// Largest key file in bytes.
const MAX_BYTES: usize = 16 * 1024;

/// A signing key in memory.
pub(crate) struct Key {
    /// Name in the publisher's folder: `root-1`, `targets-1`, `snapshot`, `timestamp`.
    pub name: String,
    pair: Ed25519KeyPair,
}

/// A key as it lies on disk.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    format: String,
    name: String,
    public: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    #[serde(rename = "sealed")]
    seed: String,
}

impl Key {
    /// A new key.
    pub(crate) fn generate(name: &str) -> Result<Self, FeedError> {
        let pair = Ed25519KeyPair::generate().map_err(|_| no_random())?;
        Ok(Self {
            name: name.to_owned(),
            pair,
        })
    }

    /// The public half, hexadecimal.
    pub(crate) fn public(&self) -> String {
        tuf::hex(self.pair.public_key().as_ref())
    }

    /// Signs bytes; hexadecimal.
    pub(crate) fn sign(&self, bytes: &[u8]) -> String {
        tuf::hex(self.pair.sign(bytes).as_ref())
    }

    /// Writes the key, sealed, where no other key is.
    pub(crate) fn save(&self, path: &Path, passphrase: &str) -> Result<(), FeedError> {
        if path.exists() {
            return Err(content(path, "a key is there already"));
        }
        let mut salt = [0; 16];
        let mut nonce = [0; 12];
        aws_lc_rs::rand::fill(&mut salt).map_err(|_| no_random())?;
        aws_lc_rs::rand::fill(&mut nonce).map_err(|_| no_random())?;
        let seed = self.pair.seed().map_err(|_| no_random())?;
        let seed = aws_lc_rs::encoding::AsBigEndian::<
            aws_lc_rs::encoding::Curve25519SeedBin<'_>,
        >::as_be_bytes(&seed)
        .map_err(|_| no_random())?;
        let mut bytes = seed.as_ref().to_vec();
        let public = self.public();
        cipher(passphrase, &salt, MEMORY, PASSES)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound(&self.name, &public)),
                &mut bytes,
            )
            .map_err(|_| no_random())?;
        let sealed = Sealed {
            format: FORMAT.to_owned(),
            name: self.name.clone(),
            public,
            memory_kib: MEMORY,
            passes: PASSES,
            salt: tuf::hex(&salt),
            nonce: tuf::hex(&nonce),
            seed: tuf::hex(&bytes),
        };
        let text = serde_json::to_string_pretty(&sealed).map_err(|error| content(path, error))?;
        write_private(path, format!("{text}\n").as_bytes())
    }

    /// Opens a key file. None when there is no such file.
    pub(crate) fn open(
        path: &Path,
        name: &str,
        passphrase: impl FnOnce() -> Result<String, FeedError>,
    ) -> Result<Option<Self>, FeedError> {
        let Some(sealed) = read(path)? else {
            return Ok(None);
        };
        if sealed.format != FORMAT || sealed.name != name {
            return Err(content(path, format!("not the key {name}")));
        }
        if sealed.memory_kib > MOST.0 || sealed.passes > MOST.1 {
            return Err(content(path, "asks for too much memory or time"));
        }
        let part = |text: &str| tuf::unhex(text).ok_or_else(|| content(path, "not hexadecimal"));
        let (salt, nonce, mut seed) = (
            part(&sealed.salt)?,
            part(&sealed.nonce)?,
            part(&sealed.seed)?,
        );
        let nonce = Nonce::try_assume_unique_for_key(&nonce)
            .map_err(|_| content(path, "nonce has another length"))?;
        let wrong = || {
            FeedError::new(
                format!("密钥 {name} 的口令不对，或文件 {} 已损坏。", path.display()),
                format!(
                    "The passphrase of key {name} is wrong, or {} is damaged.",
                    path.display()
                ),
            )
        };
        let passphrase = passphrase()?;
        let seed = cipher(&passphrase, &salt, sealed.memory_kib, sealed.passes)?
            .open_in_place(nonce, Aad::from(bound(name, &sealed.public)), &mut seed)
            .map_err(|_| wrong())?;
        let public = tuf::unhex(&sealed.public).ok_or_else(wrong)?;
        let pair = Ed25519KeyPair::from_seed_and_public_key(seed, &public).map_err(|_| wrong())?;
        Ok(Some(Self {
            name: name.to_owned(),
            pair,
        }))
    }
}

/// The public half of a key file; none when there is no such file.
pub(crate) fn public_of(path: &Path) -> Result<Option<String>, FeedError> {
    Ok(read(path)?.map(|sealed| sealed.public))
}

fn read(path: &Path) -> Result<Option<Sealed>, FeedError> {
    let Some(bytes) = read_if_there(path)? else {
        return Ok(None);
    };
    if bytes.len() > MAX_BYTES {
        return Err(content(path, "too large for a key"));
    }
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|error| content(path, error))
}

/// Where a key of that name lies in a folder of keys.
pub(crate) fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.key"))
}

/// What a seal is bound to.
fn bound(name: &str, public: &str) -> String {
    format!("{FORMAT}\n{name}\n{public}")
}

fn cipher(
    passphrase: &str,
    salt: &[u8],
    memory: u32,
    passes: u32,
) -> Result<LessSafeKey, FeedError> {
    let mut derived = [0; 32];
    let reason = |error: argon2::Error| {
        FeedError::new(
            format!("无法由口令导出密钥：{error}"),
            format!("no key can be derived from the passphrase: {error}"),
        )
    };
    let params = Params::new(memory, passes, 1, Some(derived.len())).map_err(reason)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut derived)
        .map_err(reason)?;
    let key = UnboundKey::new(&CHACHA20_POLY1305, &derived).map_err(|_| no_random())?;
    Ok(LessSafeKey::new(key))
}

fn no_random() -> FeedError {
    FeedError::new(
        "系统不提供安全的随机数或加密。",
        "The system gives no secure random numbers or encryption.",
    )
}

/// Writes a file that nobody but its owner may read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FeedError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(file(folder))?;
    // Temporary files are the owner's alone, and keep that when they get their name.
    let mut part = tempfile::Builder::new()
        .prefix(".part-")
        .tempfile_in(folder)
        .map_err(file(folder))?;
    part.write_all(bytes).map_err(file(path))?;
    part.as_file().sync_all().map_err(file(path))?;
    part.persist(path)
        .map_err(|error| file(path)(error.error))?;
    Ok(())
}
