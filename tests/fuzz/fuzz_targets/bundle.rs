//! A bundle from outside: opened or refused, and what is asked for is given whole or not at all.
#![no_main]

use std::io::Write as _;

use atlas_core::feed::bundle::Bundle;
use atlas_core::feed::source::Source as _;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    file.write_all(data).expect("a file can be written");
    if let Ok(bundle) = Bundle::open(file.path()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime can be made");
        for name in ["tuf/1.root.json", "tuf/timestamp.json", "a"] {
            if let Ok(Some(bytes)) = runtime.block_on(bundle.get(name, 1024)) {
                assert!(bytes.len() <= 1024);
            }
        }
    }
});
