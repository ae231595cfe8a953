//! A manifest from outside: parsed or refused, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = atlas_core::feed::Manifest::parse(data);
});
