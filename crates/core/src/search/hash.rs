//! Hashing of characters. A text is met character by character, each is looked up among the few of one need, and nobody
//! gains by making those collide: this takes a tenth of the time of the standard hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from characters, or pairs of them.
pub(super) type CharMap<K> = HashMap<K, usize, BuildHasherDefault<Chars>>;

/// See the module.
#[derive(Debug, Clone, Default)]
pub(super) struct Chars(u64);

impl Hasher for Chars {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, c: u32) {
        // An odd number without pattern: every bit of the characters moves the high bits of the product.
        self.0 = (self.0.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
