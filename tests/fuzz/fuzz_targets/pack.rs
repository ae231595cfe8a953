//! A pack from outside whose hash matches: read or refused, within the announced size.
#![no_main]

use atlas_core::feed::{Digest, PackInfo, PackReader};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let info = PackInfo {
        sha256: Digest::of(data).to_string(),
        size: data.len() as u32,
        raw: 1 << 20,
        lines: 1000,
    };
    if let Ok(pack) = PackReader::open(data, &info) {
        for op in pack {
            if op.is_err() {
                break;
            }
        }
    }
});
