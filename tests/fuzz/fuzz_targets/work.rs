//! A work bundle from anybody: read or refused, and what is read can be handed on and read again.
#![no_main]

use atlas_core::store::user::needs::bundle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(needs) = bundle::read(data) {
        for masked in [false, true] {
            let bytes = bundle::write(needs.clone(), masked, "2026-11-22T20:30:00Z").expect("what was read is written");
            let again = bundle::read(&bytes).expect("what was written is read");
            assert!(again.iter().map(|(one, _)| one).eq(needs.iter().map(|(one, _)| one)));
        }
    }
});
