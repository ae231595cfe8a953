//! A record from outside: what can be read is written again without loss.
#![no_main]

use atlas_core::model::Record;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(record) = serde_json::from_slice::<Record>(data) {
        let text = serde_json::to_string(&record).expect("a record can be written");
        let again: Record = serde_json::from_str(&text).expect("what was written can be read");
        assert_eq!(record, again);
    }
});
