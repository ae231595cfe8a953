//! The steps that can be taken back, in memory: as many as fit, the oldest give way.

use std::collections::BTreeSet;

use crate::api::types::Edit;
use crate::model::RecordRef;

/// Edits that can be undone.
const STEPS: usize = 100;
/// Bytes of records that they may hold together; the newest step stays whatever its size.
const BYTES: usize = 256 << 20;

/// Steps, oldest first.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<Edit>);

impl Steps {
    pub(super) fn len(&self) -> u32 {
        self.0.len() as u32
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn pop(&mut self) -> Option<Edit> {
        self.0.pop()
    }

    pub(super) fn push(&mut self, edit: Edit) {
        self.0.push(edit);
        let mut bytes: usize = self.0.iter().map(weight).sum();
        let mut surplus = 0;
        while surplus + 1 < self.0.len() && (self.0.len() - surplus > STEPS || bytes > BYTES) {
            bytes -= weight(&self.0[surplus]);
            surplus += 1;
        }
        self.0.drain(..surplus);
    }

    /// Keeps the steps for which `keep` says so.
    pub(super) fn retain(&mut self, keep: impl FnMut(&Edit) -> bool) {
        self.0.retain(keep);
    }

    /// Forgets everything about some records, so that no step brings them back.
    pub(super) fn forget(&mut self, refs: &BTreeSet<RecordRef>) {
        self.0.retain_mut(|edit| match edit {
            Edit::SaveRecords { records } => {
                records.retain(|(reference, _)| !refs.contains(reference));
                !records.is_empty()
            }
            Edit::RestoreNeeds { needs } => {
                needs.retain(|(reference, _)| !refs.contains(reference));
                !needs.is_empty()
            }
            Edit::MoveToTrash { refs: moved } | Edit::RestoreTrash { refs: moved } => {
                moved.retain(|reference| !refs.contains(reference));
                !moved.is_empty()
            }
            Edit::SaveNeed { reference, .. }
            | Edit::SetNeedStatus { reference, .. }
            | Edit::NoteNeed { reference, .. }
            | Edit::WeighNeed { reference, .. }
            | Edit::RemoveNeed { reference } => !refs.contains(reference),
            Edit::Shortlist { need, .. } | Edit::Unlist { need, .. } => !refs.contains(need),
            _ => true,
        });
    }
}

/// Bytes that an edit holds, roughly: only documents weigh.
fn weight(edit: &Edit) -> usize {
    // References weigh too where there are very many.
    const REFERENCE: usize = 160;
    let documents = |records: &[(RecordRef, Option<String>)]| {
        records
            .iter()
            .map(|(_, document)| REFERENCE + document.as_ref().map_or(0, String::len))
            .sum()
    };
    match edit {
        Edit::SaveRecords { records } => documents(records),
        Edit::RestoreNeeds { needs } => documents(needs),
        Edit::MoveToTrash { refs } | Edit::RestoreTrash { refs } => refs.len() * REFERENCE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(ids: &[u32]) -> Edit {
        let refs = ids.iter().map(|id| reference(*id)).collect();
        Edit::MoveToTrash { refs }
    }

    fn reference(id: u32) -> RecordRef {
        let text = format!("own/case/00000000-0000-0000-0000-{id:012}");
        text.parse().unwrap()
    }

    #[test]
    fn the_newest_steps_stay() {
        let mut steps = Steps::default();
        for id in 0..150 {
            steps.push(moved(&[id]));
        }
        assert_eq!(steps.len(), 100);
        assert_eq!(steps.pop(), Some(moved(&[149])));
        let document = "x".repeat(BYTES);
        let large = Edit::SaveRecords {
            records: vec![(reference(1), Some(document))],
        };
        steps.push(large.clone());
        assert_eq!(steps.len(), 1, "a large step leaves room for nothing else");
        assert_eq!(steps.pop(), Some(large));
    }

    #[test]
    fn what_is_forgotten_is_in_no_step() {
        let mut steps = Steps::default();
        steps.push(moved(&[1, 2]));
        steps.push(moved(&[2]));
        steps.forget(&BTreeSet::from([reference(2)]));
        assert_eq!(steps.pop(), Some(moved(&[1])));
        assert_eq!(steps.pop(), None);
    }
}
