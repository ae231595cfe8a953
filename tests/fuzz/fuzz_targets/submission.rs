//! A submission and a receipt from anybody: as they come, and signed by a key of the attacker's own, so that what lies
//! behind the signature is reached. What is read can be written and read again.
#![no_main]

use atlas_core::submission::key::{Key, SEED};
use atlas_core::submission::{bundle, receipt};

const NOW: &str = "2026-11-22T20:30:00Z";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = bundle::read(data);
    let _ = receipt::read(data);
    let key = Key::of(&[7; SEED]).expect("a seed");
    let lines = data.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
    if let Ok(read) = bundle::read(&bundle::seal(data, lines, &key, NOW).expect("sealed")) {
        let (_, bytes) = bundle::write(&read.records, &key, NOW).expect("what was read is written");
        assert_eq!(bundle::read(&bytes).expect("what was written is read").records, read.records);
    }
    if let Ok(text) = std::str::from_utf8(data) {
        let sign = |bytes: &[u8]| key.sign_bound(bytes);
        let sealed = receipt::seal(text.to_owned(), &key.public(), sign).expect("sealed");
        if let Ok(read) = receipt::read(&sealed) {
            let bytes = receipt::write(&read.answer, &key.public(), sign).expect("what was read is written");
            assert_eq!(receipt::read(&bytes).expect("what was written is read"), read);
        }
    }
});
