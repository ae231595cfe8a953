//! `atlas feed inbox`, `accept` and `reject`: what people hand in, reviewed, decided, and answered.
//!
//! ```text
//! inbox/<id>.atlassub       submissions as they came
//! inbox/<id>.atlasreceipt   the answer to each, signed with the feed's key for timestamps
//! inbox/decisions.jsonl     what was decided of each record, appended, never changed
//! records/submitted/        records that were accepted as new ones
//! ```
//! Invariants: nothing of a submission reaches the records before a person accepted it; a record belongs to the key that
//! handed it in first; what is older than what was accepted does not come back.

mod decide;
pub(crate) mod review;
pub(crate) mod say;

pub(crate) use decide::{Outcome, Verdict, decide};

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use atlas_core::model::RecordRef;
use atlas_core::submission::bundle::{self, Submission};
use atlas_core::submission::{BUNDLE_MAX, SubmissionError};
use serde::{Deserialize, Serialize};

use super::error::{FeedError, content, file};
use super::folder::{self, Folder, read_if_there};

/// What a submission's name ends with.
const ENDING: &str = "atlassub";

/// What was decided of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decided {
    /// The submission, by its id.
    pub submission: String,
    /// Public half of the sender's key.
    pub key: String,
    /// When the submission was made, as its sender says.
    pub made: String,
    /// The record, as its sender names it.
    pub origin: RecordRef,
    /// As what the feed publishes it; none when it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordRef>,
    /// Why it was rejected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When the receipt was made.
    pub answered: String,
}

/// The inbox of a publisher's folder.
pub(crate) struct Inbox {
    place: PathBuf,
    /// Everything that was decided so far, in order.
    pub decided: Vec<Decided>,
}

impl Inbox {
    /// Opens the inbox of a feed.
    pub(crate) fn open(folder: &Folder) -> Result<Self, FeedError> {
        let place = folder.root.join("inbox");
        let path = place.join("decisions.jsonl");
        let bytes = read_if_there(&path)?.unwrap_or_default();
        let lines = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        let decided = lines
            .map(|line| serde_json::from_slice(line).map_err(|error| content(&path, error)))
            .collect::<Result<_, _>>()?;
        Ok(Self { place, decided })
    }

    /// Takes a file in, or every submission of a folder; answers what came. The same file is taken once.
    pub(crate) fn take(&self, from: &Path) -> Result<Vec<Submission>, FeedError> {
        let paths = if from.is_dir() {
            let names = folder::names(from)?.into_iter();
            let named = names.filter(|name| name.to_lowercase().ends_with(&format!(".{ENDING}")));
            named.map(|name| from.join(name)).collect()
        } else {
            vec![from.to_owned()]
        };
        let mut taken = Vec::new();
        for path in paths {
            let bytes = read(&path)?;
            let submission = bundle::read(&bytes).map_err(|error| refused(&path, &error))?;
            let kept = self.path(&submission.id);
            if !kept.exists() {
                folder::write(&kept, &bytes)?;
            }
            taken.push(submission);
        }
        Ok(taken)
    }

    /// The submissions that wait for a decision on one of their records, in the order in which they were made.
    pub(crate) fn waiting(&self) -> Result<Vec<Submission>, FeedError> {
        let mut waiting = Vec::new();
        for name in folder::names(&self.place)? {
            let path = self.place.join(&name);
            if !name.ends_with(&format!(".{ENDING}")) {
                continue;
            }
            let submission = bundle::read(&read(&path)?).map_err(|error| refused(&path, &error))?;
            if submission
                .records
                .iter()
                .any(|one| self.of(&submission.id, &one.origin).is_none())
            {
                waiting.push(submission);
            }
        }
        waiting.sort_by(|a, b| (&a.made, &a.id).cmp(&(&b.made, &b.id)));
        Ok(waiting)
    }

    /// The submission whose id begins so.
    pub(crate) fn find(&self, id: &str) -> Result<Submission, FeedError> {
        let names = folder::names(&self.place)?;
        let ending = format!(".{ENDING}");
        let found: Vec<&String> = names
            .iter()
            .filter(|name| name.ends_with(&ending) && name.starts_with(id))
            .collect();
        let [name] = found.as_slice() else {
            return Err(FeedError::new(
                format!(
                    "收件夹中以 {id:?} 开头的提交包有 {} 个，应恰好一个。",
                    found.len()
                ),
                format!(
                    "{} submissions in the inbox begin with {id:?}; name exactly one.",
                    found.len()
                ),
            ));
        };
        let path = self.place.join(name);
        bundle::read(&read(&path)?).map_err(|error| refused(&path, &error))
    }

    /// What was last decided of a record of a submission.
    pub(crate) fn of(&self, submission: &str, origin: &RecordRef) -> Option<&Decided> {
        let mut decided = self.decided.iter().rev();
        decided.find(|one| one.submission == submission && one.origin == *origin)
    }

    /// The last acceptance of a record, whoever handed it in.
    pub(crate) fn accepted(&self, origin: &RecordRef) -> Option<&Decided> {
        let mut decided = self.decided.iter().rev();
        decided.find(|one| one.origin == *origin && one.record.is_some())
    }

    /// Since when a sender is known: when the first of its records was accepted.
    pub(crate) fn known_since(&self, key: &str) -> Option<&str> {
        let mut decided = self.decided.iter();
        let first = decided.find(|one| one.key == key && one.record.is_some())?;
        Some(&first.answered)
    }

    /// Appends decisions.
    fn append(&self, decided: &[Decided]) -> Result<(), FeedError> {
        let path = self.place.join("decisions.jsonl");
        let mut lines = Vec::new();
        for one in decided {
            serde_json::to_writer(&mut lines, one).map_err(|error| content(&path, error))?;
            lines.push(b'\n');
        }
        let mut out = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(file(&path))?;
        out.write_all(&lines).map_err(file(&path))?;
        out.sync_all().map_err(file(&path))
    }

    fn path(&self, id: &str) -> PathBuf {
        self.place.join(format!("{id}.{ENDING}"))
    }

    fn receipt(&self, id: &str) -> PathBuf {
        self.place.join(format!("{id}.atlasreceipt"))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, FeedError> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(BUNDLE_MAX + 1).read_to_end(&mut bytes))
        .map_err(file(path))?;
    Ok(bytes)
}

fn refused(path: &Path, error: &SubmissionError) -> FeedError {
    let path = path.display();
    let (zh, en) = match error {
        SubmissionError::TooLarge { what, limit } => (
            format!("提交包过大：最多 {limit} {what}"),
            format!("larger than a submission may be: at most {limit} {what}"),
        ),
        SubmissionError::Foreign(reason) => (
            format!("不是提交包（{reason}）"),
            format!("no submission ({reason})"),
        ),
        SubmissionError::TooNew(version) => (
            format!("由更新的版本写成（格式 {version}）"),
            format!("written by a newer version (format {version})"),
        ),
        SubmissionError::Signature => (
            "签名不符：内容被人改动，或在传送中损坏；请向提交方重新索取".to_owned(),
            "the signature does not fit: it was changed or damaged on its way; ask the sender for it again".to_owned(),
        ),
        SubmissionError::Record { at, reason } => (
            format!("第 {at} 条记录有误：{reason}"),
            format!("record {at}: {reason}"),
        ),
    };
    FeedError::new(
        format!("已拒收 {path}：{zh}。"),
        format!("{path} is refused: {en}."),
    )
}
