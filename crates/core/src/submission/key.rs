//! The key with which a user signs submissions: Ed25519, made on first use, kept in `user.db`.
//!
//! The secret half never leaves the values of this module but as the seed that `user.db` keeps; nothing prints it.

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

use crate::feed::Digest;

/// Bytes of a seed.
pub const SEED: usize = 32;

/// A signing key.
pub struct Key(Ed25519KeyPair);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.public())
    }
}

impl Key {
    /// The key of a seed; none when the seed has another length.
    pub fn of(seed: &[u8]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    /// The public half, hexadecimal.
    pub fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// Signs a message of a kind; hexadecimal.
    pub fn sign(&self, kind: &str, message: &[u8]) -> String {
        self.sign_bound(&bound(kind, message))
    }

    /// Signs what [`bound`] made; hexadecimal.
    pub fn sign_bound(&self, bytes: &[u8]) -> String {
        hex(self.0.sign(bytes).as_ref())
    }
}

/// Whether a public half vouches for a message of a kind. Both texts are hexadecimal, as [`Key`] writes them.
pub fn vouches(public: &str, kind: &str, message: &[u8], signature: &str) -> bool {
    let (Some(public), Some(signature)) = (unhex(public), unhex(signature)) else {
        return false;
    };
    UnparsedPublicKey::new(&ED25519, public)
        .verify(&bound(kind, message), &signature)
        .is_ok()
}

/// What people compare: SHA-256 of the public half, hexadecimal.
pub fn fingerprint(public: &str) -> String {
    Digest::of(&unhex(public).unwrap_or_default()).to_string()
}

/// Whether a text is a public half as [`Key::public`] writes it.
pub fn is_public(text: &str) -> bool {
    text.len() == 2 * SEED && unhex(text).is_some()
}

/// What is signed: the kind first, so that no signature under one kind of file holds for another.
pub fn bound(kind: &str, message: &[u8]) -> Vec<u8> {
    [kind.as_bytes(), b"\n", message].concat()
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads lower-case hexadecimal.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks(2)
        .map(|pair| Some((digit(pair[0])? << 4) | digit(pair[1])?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_kind_and_key_alone() {
        let key = Key::of(&[7; SEED]).unwrap();
        let signature = key.sign("kind-1", b"message");
        assert!(vouches(&key.public(), "kind-1", b"message", &signature));
        let other = Key::of(&[8; SEED]).unwrap().public();
        for (public, kind, message, signature) in [
            (other.as_str(), "kind-1", "message", signature.as_str()),
            (&key.public(), "kind-2", "message", &signature),
            (&key.public(), "kind-1", "messagE", &signature),
            (&key.public(), "kind-1", "message", &signature[2..]),
            ("zz", "kind-1", "message", &signature),
            (&key.public(), "kind-1", "message", "é"),
        ] {
            assert!(!vouches(public, kind, message.as_bytes(), signature));
        }
    }

    #[test]
    fn a_key_is_printed_without_its_secret_and_told_by_its_fingerprint() {
        let key = Key::of(&[7; SEED]).unwrap();
        assert_eq!(format!("{key:?}"), format!("Key({})", key.public()));
        assert!(is_public(&key.public()));
        assert_eq!(fingerprint(&key.public()).len(), 64);
        assert!(Key::of(&[7; 31]).is_none());
        assert!(!is_public(&key.public().to_uppercase()));
    }
}
