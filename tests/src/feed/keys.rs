//! Keys of made-up publishers. Every key here is made from a number that everybody can read: it protects nothing.

use std::fmt::Write as _;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use sigstore_tuf::canonical_json::to_canonical_bytes;

/// A key pair.
pub struct Key {
    pair: Ed25519KeyPair,
    /// Key id, as roots name it.
    pub id: String,
}

impl Key {
    /// The key with a number.
    pub fn new(number: u8) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[number; 32]).expect("32 bytes are a seed");
        let public = hex(pair.public_key().as_ref());
        let id = atlas_core::feed::Digest::of(public.as_bytes()).to_string();
        Self { pair, id }
    }

    /// The key as roots declare it.
    pub fn declared(&self) -> Value {
        let public = hex(self.pair.public_key().as_ref());
        json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public } })
    }

    /// A signature over the canonical form.
    pub fn sign(&self, signed: &Value) -> Value {
        let bytes = to_canonical_bytes(signed).expect("whole numbers only");
        json!({ "keyid": self.id, "sig": hex(self.pair.sign(&bytes).as_ref()) })
    }
}

/// Signs with several keys: the whole file.
pub fn envelope(signed: &Value, keys: &[&Key]) -> Vec<u8> {
    let signatures: Vec<Value> = keys.iter().map(|key| key.sign(signed)).collect();
    json!({ "signatures": signatures, "signed": signed })
        .to_string()
        .into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
