//! Any file given to `atlas assign`: read or refused, never a panic.
#![no_main]

use atlas_core::matching::portfolio::table;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(matrix) = table::matrix(bytes) {
        let _ = table::loads(&matrix, &matrix);
        let _ = table::amounts(bytes, &matrix.needs);
        let _ = table::days(bytes, &matrix.providers);
    }
});
