//! The digest over the whole state of a feed, `sha256-buckets-1`.
//!
//! Records fall into 4,096 buckets by the first twelve bits of SHA-256 of `kind NUL id`. The digest of a
//! bucket is SHA-256 over its records, sorted bytewise by kind and id, each as
//! `kind NUL id NUL hex(sha256(bytes as published)) LF`. The whole digest is SHA-256 over the 4,096 bucket
//! digests in order, so a delta recomputes only the buckets that it touches.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// Number of buckets.
pub const BUCKETS: u16 = 4096;

/// Name of the algorithm, as manifests state it.
pub const ALGORITHM: &str = "sha256-buckets-1";

/// A SHA-256 digest, printed as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a SHA-256 digest (64 lower-case hexadecimal digits)")]
pub struct ParseDigestError(String);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseDigestError(text.to_owned());
        if text.len() != 64
            || !text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        {
            return Err(error());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| error())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| error())?;
        }
        Ok(Self(bytes))
    }
}

/// The bucket of a record.
pub fn bucket(kind: &str, id: &str) -> u16 {
    let mut hasher = Sha256::new();
    hasher.update(kind.as_bytes());
    hasher.update([0]);
    hasher.update(id.as_bytes());
    let hash = hasher.finalize();
    u16::from_be_bytes([hash[0], hash[1]]) >> 4
}

/// Computes the digest of one bucket; records must come sorted bytewise by kind and id.
#[derive(Default)]
pub struct BucketHasher(Sha256);

impl BucketHasher {
    /// Adds a record by the digest of its bytes as published.
    pub fn add(&mut self, kind: &str, id: &str, record: &Digest) {
        self.0.update(kind.as_bytes());
        self.0.update([0]);
        self.0.update(id.as_bytes());
        self.0.update([0]);
        self.0.update(record.to_string().as_bytes());
        self.0.update(b"\n");
    }

    /// The digest of the bucket.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Computes the whole digest from the bucket digests, given in order.
pub fn whole(buckets: impl Iterator<Item = Digest>) -> Digest {
    let mut hasher = Sha256::new();
    buckets.for_each(|digest| hasher.update(digest.0));
    Digest(hasher.finalize().into())
}

/// Computes the whole digest of a set of records `(kind, id, digest of bytes)`, in any order.
pub fn of_records<'a>(records: impl Iterator<Item = (&'a str, &'a str, Digest)>) -> Digest {
    let mut buckets: Vec<Vec<(&str, &str, Digest)>> = vec![Vec::new(); usize::from(BUCKETS)];
    for record in records {
        buckets[usize::from(bucket(record.0, record.1))].push(record);
    }
    whole(buckets.into_iter().map(|mut records| {
        records.sort_unstable();
        let mut hasher = BucketHasher::default();
        for (kind, id, digest) in &records {
            hasher.add(kind, id, digest);
        }
        hasher.finish()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_does_not_depend_on_order_but_on_every_byte() {
        let one = Digest::of(b"1");
        let two = Digest::of(b"2");
        let forward = of_records([("case", "a", one), ("case", "b", two)].into_iter());
        let backward = of_records([("case", "b", two), ("case", "a", one)].into_iter());
        assert_eq!(forward, backward);
        assert_ne!(
            forward,
            of_records([("case", "a", two), ("case", "b", two)].into_iter())
        );
        assert_ne!(forward, of_records([("case", "a", one)].into_iter()));
    }

    #[test]
    fn the_empty_state_has_a_fixed_digest() {
        // Computed independently: sha256 of 4,096 times sha256("").
        let bytes = Digest::of(b"").0.repeat(4096);
        assert_eq!(of_records(std::iter::empty()), Digest::of(&bytes));
    }

    #[test]
    fn hexadecimal_round_trips_and_refuses_upper_case() {
        let digest = Digest::of(b"x");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!(digest.to_string().to_uppercase().parse::<Digest>().is_err());
        assert!("é".repeat(32).parse::<Digest>().is_err());
    }
}
