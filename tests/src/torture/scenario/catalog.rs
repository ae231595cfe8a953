//! The catalog of the scenarios: two generations of it, the delta between them, and an index that lies about it.

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::ApiError;
use atlas_core::bundled::Bundle;
use atlas_core::model::Taxonomies;
use atlas_core::search::Index;
use atlas_core::store::catalog::{Applied, Bytes, Catalog, Plan};
use atlas_core::store::{Folder, StoreError};
use serde_json::{Value, json};

use crate::fixtures::{self, record};

/// Records of the first generation.
const RECORDS: u32 = 220;

/// The name of a record tells the generation that wrote it: 初版 or 新版.
pub(super) fn case(n: u32, wording: &str) -> Value {
    record(
        "case",
        &format!("c{n:03}"),
        &format!("{wording}案例 {n:03}"),
        json!({
            "industry": ["equipment"], "stage": ["production"], "region": ["32"],
            "links": [{ "rel": "applied_by", "to": format!("enterprise/e{}", n % 3) }],
        }),
    )
}

/// Word in the names of records that the first generation wrote.
pub const OLD: &str = "初版";
/// Word in the names of records that the second generation wrote.
pub const NEW: &str = "新版";

pub(in crate::torture) fn records(generation: u32) -> Vec<Value> {
    let mut records: Vec<Value> = (0..3)
        .map(|n| {
            record(
                "enterprise",
                &format!("e{n}"),
                &format!("企业{n}"),
                json!({}),
            )
        })
        .collect();
    for n in 0..RECORDS + 10 {
        // The second generation changes 40, removes 10 and adds 10.
        let second = generation == 2;
        let changed = second && !(40..RECORDS).contains(&n);
        let there = if second {
            !(40..50).contains(&n)
        } else {
            n < RECORDS
        };
        if there {
            records.push(case(n, if changed { NEW } else { OLD }));
        }
    }
    records
}

/// A generation of the catalog as a snapshot.
pub fn generation(generation: u32) -> Bundle {
    fixtures::bundle(generation, &records(generation))
}

fn lines(records: &[Value]) -> Vec<(String, String, String)> {
    let text = |record: &Value, key: &str| record[key].as_str().unwrap_or_default().to_owned();
    let mut lines: Vec<_> = records
        .iter()
        .map(|record| (text(record, "kind"), text(record, "id"), record.to_string()))
        .collect();
    lines.sort();
    lines
}

pub(super) fn apply_delta(folder: &Path) -> Result<Applied, StoreError> {
    let (old, new) = (lines(&records(1)), lines(&records(2)));
    let mut changes: Vec<_> = new
        .iter()
        .filter(|line| !old.contains(line))
        .cloned()
        .collect();
    changes.extend(
        old.iter()
            .filter(|line| !new.iter().any(|new| (&new.0, &new.1) == (&line.0, &line.1)))
            .map(|line| (line.0.clone(), line.1.clone(), String::new())),
    );
    changes.sort();
    assert_eq!(
        changes.len(),
        60,
        "the delta has the size that the gate names"
    );
    let bundle = fixtures::pack(2, Some(1), &changes, &new);
    let manifest = bundle.manifest().expect("the fixture is valid");
    let plan = Plan {
        manifest: &manifest,
        from: Some(1),
        packs: manifest
            .snapshot
            .iter()
            .zip(&bundle.packs)
            .map(|(info, bytes)| (info, Bytes::Memory(bytes)))
            .collect(),
        replaces: None,
        source: None,
        at: "2026-11-22T00:00:00Z",
    };
    let folder = Folder::open(folder)?;
    Catalog::open(&folder)?.apply(&plan, Taxonomies::bundled(), &mut |_, _| {
        ControlFlow::Continue(())
    })
}

/// What the product must never do: the index says that it shows the new revision, and shows it a little later. Written here,
/// by hand, because no switch of the product may make it wrong.
pub(super) fn mark_early(folder: &Path) -> Result<(), ApiError> {
    let held = Folder::open(folder)?;
    let catalog = Catalog::open(&held)?;
    let index = Index::open(&held.file("index"))?;
    let revision = catalog.revision()?;
    let changed = catalog.outbox(index.revision())?.unwrap_or_default();
    let mut writer = index.writer(1, 15_000_000)?;
    writer.commit(revision)?;
    for reference in &changed {
        match catalog.record(reference)? {
            Some(record) => writer.put(&atlas_core::search::Document {
                reference,
                record: &record,
                facts: atlas_core::search::Facts::default(),
            })?,
            None => writer.delete(reference),
        }
    }
    writer.commit(revision)?;
    writer.finish()?;
    Ok(())
}
