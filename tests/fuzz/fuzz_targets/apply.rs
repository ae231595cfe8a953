//! Lines of a pack with an honest header, applied to a catalog: applied as promised or refused, never a panic, and what
//! is refused leaves no record behind.
#![no_main]

use std::cell::RefCell;
use std::ops::ControlFlow;

use atlas_core::feed::{Digest, Manifest, digest};
use atlas_core::model::Taxonomies;
use atlas_core::store::Folder;
use atlas_core::store::catalog::{Bytes, Catalog, Plan};

thread_local! {
    static CATALOG: RefCell<(tempfile::TempDir, Folder, Catalog)> = RefCell::new({
        let dir = tempfile::tempdir().expect("a folder can be made");
        let folder = Folder::open(dir.path()).expect("it can be opened");
        let catalog = Catalog::open(&folder).expect("it can be made");
        (dir, folder, catalog)
    });
}

libfuzzer_sys::fuzz_target!(|lines: &[u8]| {
    let header = r#"{"pack":"snapshot","feed":"fuzz","from":null,"to":1,"part":0,"parts":1}"#;
    let raw = [header.as_bytes(), b"\n", lines].concat();
    let bytes = zstd::encode_all(raw.as_slice(), 1).expect("memory takes it");
    let count = lines.iter().filter(|byte| **byte == b'\n').count();
    let manifest = serde_json::json!({
        "format": "atlas-feed", "v": 1, "feed": "fuzz", "title": {}, "gen": 1, "published": "2026-11-22T00:00:00Z",
        "state": { "algo": digest::ALGORITHM, "digest": Digest::of(b"").to_string(), "records": count },
        "snapshot": [{ "sha256": Digest::of(&bytes).to_string(), "size": bytes.len(), "raw": raw.len(), "lines": count }],
    });
    let Ok(manifest) = Manifest::parse(manifest.to_string().as_bytes()) else {
        return;
    };
    CATALOG.with_borrow(|(_, _, catalog)| {
        let plan = Plan {
            manifest: &manifest,
            from: None,
            packs: vec![(&manifest.snapshot[0], Bytes::Memory(&bytes))],
            replaces: None,
            source: None,
            at: "2026-11-22T00:00:00Z",
        };
        // The digest is never right: whatever the lines are, nothing may stay.
        let applied = catalog.apply(&plan, Taxonomies::bundled(), &mut |_, _| {
            ControlFlow::Continue(())
        });
        assert!(applied.is_err());
        assert!(catalog.feeds().expect("it can be read").is_empty());
        assert!(catalog.kinds().expect("it can be read").is_empty());
    });
});
