//! What was handed to publishers, and what they answered: a log of what has left the house.
//!
//! None of it is an edit: a file that was given away cannot be taken back, nor can an answer. So undo does not know of
//! it, and nothing here changes what the user wrote.

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::User;
use crate::model::RecordRef;
use crate::store::StoreError;
use crate::submission::key::{Key, SEED};
use crate::submission::receipt::Answer;

/// A record as it was handed in last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The record.
    pub reference: RecordRef,
    /// Its name as it left.
    pub name: String,
    /// When the submission was made (ISO 8601).
    pub made: String,
    /// SHA-256 of the record as it left, hexadecimal.
    pub sha256: String,
    /// The newest answer of each feed.
    pub answers: Vec<Answered>,
}

/// What a publisher answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The feed.
    pub feed: String,
    /// As what it is published; none when it was rejected.
    pub record: Option<RecordRef>,
    /// Why it was rejected.
    pub reason: String,
}

/// What came of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was kept.
    Kept,
    /// There is no such submission, or not with these records.
    Unknown,
    /// This answer, or a newer one, is here already.
    Replayed,
}

/// A record that leaves: its reference, its name, and the SHA-256 of what leaves, hexadecimal.
pub type Leaving = (RecordRef, String, String);

impl User {
    /// The key with which the user signs; none before the first submission.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn submission_key(&self) -> Result<Option<Key>, StoreError> {
        let seed: Option<Vec<u8>> = self.read(|connection| {
            connection
                .prepare_cached("select seed from submission_key")?
                .query_row([], |row| row.get("seed"))
                .optional()
        })?;
        Ok(seed.and_then(|seed| Key::of(&seed)))
    }

    /// The key with which the user signs, made of this seed where there was none.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn make_submission_key(&self, seed: &[u8; SEED], now: &str) -> Result<Key, StoreError> {
        self.log(|transaction| {
            transaction.execute(
                "insert or ignore into submission_key values (1, ?, ?)",
                params![seed.as_slice(), now],
            )
        })?;
        self.submission_key()?.ok_or_else(|| StoreError::Edit {
            field: "key".to_owned(),
        })
    }

    /// Keeps that records were handed in.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn keep_submission(
        &self,
        id: &str,
        made: &str,
        records: &[Leaving],
    ) -> Result<(), StoreError> {
        self.log(|transaction| {
            transaction.execute("insert or ignore into submission values (?, ?)", [id, made])?;
            for (reference, name, sha256) in records {
                transaction.execute(
                    "insert or ignore into submitted values (?, ?, ?, ?)",
                    params![id, reference.to_string(), name, sha256],
                )?;
            }
            Ok(())
        })
    }

    /// Keeps what a publisher answered: all of it, or nothing of an answer to something else or of one that is not newer.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn keep_answer(&self, answer: &Answer) -> Result<Taken, StoreError> {
        self.log(|transaction| {
            for decision in &answer.decisions {
                let known: bool = transaction.query_row(
                    "select exists (select 1 from submitted where submission = ? and ref = ?)",
                    params![answer.submission, decision.origin.to_string()],
                    |row| row.get(0),
                )?;
                if !known {
                    return Ok(Taken::Unknown);
                }
            }
            let newest: Option<String> = transaction.query_row(
                "select max(made) from submission_answer where submission = ? and feed = ?",
                [&answer.submission, &answer.feed],
                |row| row.get(0),
            )?;
            if newest.is_some_and(|newest| newest >= answer.made) {
                return Ok(Taken::Replayed);
            }
            for decision in &answer.decisions {
                transaction.execute(
                    "insert or replace into submission_answer values (?, ?, ?, ?, ?, ?)",
                    params![
                        answer.submission,
                        decision.origin.to_string(),
                        answer.feed,
                        answer.made,
                        decision.record.as_ref().map(ToString::to_string),
                        decision.reason,
                    ],
                )?;
            }
            Ok(Taken::Kept)
        })
    }

    /// Every record that was ever handed in, as it was last, the newest first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn submitted(&self) -> Result<Vec<Handed>, StoreError> {
        let rows: Vec<(String, Option<Handed>)> = self.read(|connection| {
            connection
                .prepare_cached(
                    "select submitted.*, max(submission.made) as made from submitted \
                     join submission on submission.id = submitted.submission \
                     group by ref order by made desc, ref",
                )?
                .query_map([], |row| {
                    let reference: String = row.get("ref")?;
                    let Ok(reference) = reference.parse() else {
                        return Ok((String::new(), None));
                    };
                    let handed = Handed {
                        reference,
                        name: row.get("name")?,
                        made: row.get("made")?,
                        sha256: row.get("sha256")?,
                        answers: Vec::new(),
                    };
                    Ok((row.get("submission")?, Some(handed)))
                })?
                .collect()
        })?;
        let mut submitted = Vec::new();
        for (submission, handed) in rows {
            let Some(mut handed) = handed else { continue };
            handed.answers = self.answers(&submission, &handed.reference)?;
            submitted.push(handed);
        }
        Ok(submitted)
    }

    /// As what records of feeds an own one was accepted, the last answer first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn accepted(&self, of: &RecordRef) -> Result<Vec<RecordRef>, StoreError> {
        let accepted: Vec<String> = self.read(|connection| {
            connection
                .prepare_cached(
                    "select record from submission_answer \
                     where submission in (select submission from submitted where ref = ?1) \
                     and ref = ?1 and record is not null order by made desc, feed",
                )?
                .query_map([of.to_string()], |row| row.get("record"))?
                .collect()
        })?;
        Ok(accepted
            .iter()
            .filter_map(|record| record.parse().ok())
            .collect())
    }

    fn answers(&self, submission: &str, of: &RecordRef) -> Result<Vec<Answered>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select feed, record, reason from submission_answer \
                     where submission = ? and ref = ? order by made desc, feed",
                )?
                .query_map([submission, &of.to_string()], |row| {
                    let record: Option<String> = row.get("record")?;
                    Ok(Answered {
                        feed: row.get("feed")?,
                        record: record.and_then(|record| record.parse().ok()),
                        reason: row.get("reason")?,
                    })
                })?
                .collect()
        })
    }

    /// Writes to the log in one transaction.
    fn log<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut state = self.lock();
        let error = |error| StoreError::sqlite(&self.path, error);
        let transaction = state
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(error)?;
        let done = work(&transaction).map_err(error)?;
        transaction.commit().map_err(error)?;
        Ok(done)
    }
}
