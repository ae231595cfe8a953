//! The panorama and the targets of policies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Code, Kind, RecordRef, Target, Text};

/// Which panorama.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct PanoramaRequest {
    /// Only this kind; all kinds but documents and lists when absent.
    pub kind: Option<Kind>,
    /// Only this action of the AI+ action (`1` … `6`).
    pub action: Option<Code>,
}

/// Industry × process stage, regions, kinds. Every record counts once: under its first industry
/// group, its first stage and its first region, or under `none`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Panorama {
    /// Records counted.
    pub total: u32,
    /// Industry groups, in taxonomy order; codes that no taxonomy knows; `none` last.
    pub rows: Vec<String>,
    /// Process stages, likewise.
    pub columns: Vec<String>,
    /// Cells by row and column.
    pub cells: Vec<Vec<Cell>>,
    /// Region code → records; `none` for those without.
    pub regions: BTreeMap<String, u32>,
    /// Records per kind in the whole catalog, whatever the request.
    pub kinds: BTreeMap<String, u32>,
}

/// A cell of the panorama.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Cell {
    /// Records whose industry and stage are both printed by the source (or not stated).
    pub printed: u32,
    /// Records of which at least one of the two was concluded.
    pub inferred: u32,
}

/// A policy target beside what the catalog holds. This compares nothing with national progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetView {
    /// The document that sets it.
    pub document: RecordRef,
    /// Name of the document.
    pub name: Text,
    /// Document number.
    pub doc_number: Option<String>,
    /// The target.
    pub target: Target,
    /// Records that the catalog holds for the target's filter query.
    pub held: Option<u32>,
}
