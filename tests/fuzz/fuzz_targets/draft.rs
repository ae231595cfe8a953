//! What is typed in a form: read without a panic; what nothing stops is a record that the user's data takes.
#![no_main]

use atlas_core::listing::{self, Known};
use atlas_core::model::{RecordRef, Taxonomies};
use atlas_core::store::user::own;

struct Nothing;

impl Known for Nothing {
    fn is_there(&self, _: &RecordRef) -> bool {
        false
    }

    fn yuan(&self, _: &str) -> Option<f64> {
        None
    }
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(draft) = serde_json::from_slice::<serde_json::Value>(data) else {
        return;
    };
    for kind in listing::KINDS {
        let reference = format!("own/{}/00000000-0000-4000-8000-000000000001", kind.as_str());
        let reference: RecordRef = reference.parse().expect("the reference is one");
        let read = listing::read(&reference, &draft, Taxonomies::bundled(), &Nothing);
        if let Some(record) = read.record {
            let quality = listing::quality(&record);
            assert!(quality.total <= 20 && quality.criteria.iter().all(|one| one.score <= 5));
            let document = serde_json::Value::Object(read.document).to_string();
            if document.len() <= own::RECORD_MAX && record.head().name.any().len() <= 4096 {
                own::check(&reference, &document).expect("what a form lets pass is taken");
            }
        }
    }
});
