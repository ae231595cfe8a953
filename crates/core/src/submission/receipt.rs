//! The receipt: a publisher's answer to a submission, record by record, as one JSON file.
//!
//! ```text
//! {"format": "atlas-receipt", "v": 1, "answer": "{…}", "key": "…", "signature": "…"}
//! ```
//! The answer is a text, so that what was signed is read from the very bytes that were signed. Which key may sign is the
//! reader's to know: one that the root of the feed names for its timestamp.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::key;
use super::{REASON_MAX, RECEIPT_MAX, RECORDS_MAX, SubmissionError, foreign};
use crate::model::RecordRef;
use crate::model::reference::{is_feed_id, is_uuid};

/// What the file says it is; also what its signature is bound to.
pub const FORMAT: &str = "atlas-receipt";
/// Version of the format.
const VERSION: u32 = 1;

/// A publisher's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The feed, by its id.
    pub feed: String,
    /// The submission that is answered, by its id.
    pub submission: String,
    /// Public half of the key that signed the submission.
    pub sender: String,
    /// When it was answered (ISO 8601), as the publisher says.
    pub made: String,
    /// What was decided of each record.
    pub decisions: Vec<Decision>,
}

/// What was decided of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The record, as its sender names it.
    pub origin: RecordRef,
    /// As what the feed publishes it; none when it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordRef>,
    /// Why it was rejected; empty when it was accepted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Receipt {
    format: String,
    v: u32,
    answer: String,
    key: String,
    signature: String,
}

#[derive(Deserialize)]
struct Version {
    format: String,
    v: u32,
}

/// A receipt whose signature holds; whether its key is one of the feed is still to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The answer.
    pub answer: Answer,
    /// Public half of the key that signed it, hexadecimal.
    pub key: String,
}

/// Writes a receipt. `sign` signs bytes with the key of this public half; both hexadecimal.
///
/// # Errors
/// [`SubmissionError`] when nobody could read it.
pub fn write(
    answer: &Answer,
    public: &str,
    sign: impl FnOnce(&[u8]) -> String,
) -> Result<Vec<u8>, SubmissionError> {
    let text = serde_json::to_string(answer).map_err(foreign)?;
    let bytes = seal(text, public, sign)?;
    // What no sender could read is not handed out.
    read(&bytes)?;
    Ok(bytes)
}

/// Signs a text, whatever it says, and puts it into a file. `sign` as in [`write`].
///
/// # Errors
/// [`SubmissionError::Foreign`] when it does not fit into one.
pub fn seal(
    text: String,
    public: &str,
    sign: impl FnOnce(&[u8]) -> String,
) -> Result<Vec<u8>, SubmissionError> {
    let receipt = Receipt {
        format: FORMAT.to_owned(),
        v: VERSION,
        signature: sign(&key::bound(FORMAT, text.as_bytes())),
        answer: text,
        key: public.to_owned(),
    };
    let mut bytes = serde_json::to_vec_pretty(&receipt).map_err(foreign)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads a receipt and checks all of it but whose key it is.
///
/// # Errors
/// [`SubmissionError`] when it is none, was changed, or says what no receipt may say.
pub fn read(bytes: &[u8]) -> Result<Signed, SubmissionError> {
    if bytes.len() as u64 > RECEIPT_MAX {
        return Err(SubmissionError::TooLarge {
            what: "bytes",
            limit: RECEIPT_MAX,
        });
    }
    let version: Version = serde_json::from_slice(bytes).map_err(foreign)?;
    if version.format != FORMAT || version.v == 0 {
        return Err(foreign("another format"));
    }
    if version.v > VERSION {
        return Err(SubmissionError::TooNew(version.v));
    }
    let receipt: Receipt = serde_json::from_slice(bytes).map_err(foreign)?;
    let message = receipt.answer.as_bytes();
    if !key::is_public(&receipt.key)
        || !key::vouches(&receipt.key, FORMAT, message, &receipt.signature)
    {
        return Err(SubmissionError::Signature);
    }
    let answer: Answer = serde_json::from_str(&receipt.answer).map_err(foreign)?;
    check(&answer)?;
    Ok(Signed {
        answer,
        key: receipt.key,
    })
}

fn check(answer: &Answer) -> Result<(), SubmissionError> {
    let digest = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_feed_id(&answer.feed) || !digest(&answer.submission) || !key::is_public(&answer.sender) {
        return Err(foreign("no answer to a submission"));
    }
    if answer.made.len() > 32 {
        return Err(foreign("no time"));
    }
    if answer.decisions.is_empty() || answer.decisions.len() > RECORDS_MAX {
        return Err(SubmissionError::TooLarge {
            what: "records",
            limit: RECORDS_MAX as u64,
        });
    }
    let mut seen = BTreeSet::new();
    for (at, decision) in (1..).zip(&answer.decisions) {
        let refuse = |reason: &str| {
            Err(SubmissionError::Record {
                at,
                reason: reason.to_owned(),
            })
        };
        let Decision {
            origin,
            record,
            reason,
        } = decision;
        if origin.feed != "own" || !is_uuid(&origin.id) || !seen.insert(origin) {
            return refuse("origin");
        }
        let own = |record: &RecordRef| record.feed == answer.feed && record.kind == origin.kind;
        if !record.as_ref().is_none_or(own) {
            return refuse("record of another feed or kind");
        }
        if record.is_some() != reason.is_empty() {
            return refuse("accepted with a reason, or rejected without");
        }
        if reason.chars().count() > REASON_MAX {
            return refuse("reason too long");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::key::{Key, SEED};
    use super::*;

    const ID: &str = "0191e0b2-7c1d-7abc-8def-0123456789ab";

    fn key() -> Key {
        Key::of(&[9; SEED]).unwrap()
    }

    fn answer() -> Answer {
        Answer {
            feed: "fixture".to_owned(),
            submission: "ab".repeat(32),
            sender: Key::of(&[7; SEED]).unwrap().public(),
            made: "2026-11-25T08:00:00Z".to_owned(),
            decisions: vec![Decision {
                origin: format!("own/case/{ID}").parse().unwrap(),
                record: Some(format!("fixture/case/{ID}").parse().unwrap()),
                reason: String::new(),
            }],
        }
    }

    fn written(answer: &Answer) -> Result<Vec<u8>, SubmissionError> {
        write(answer, &key().public(), |bytes| key().sign_bound(bytes))
    }

    #[test]
    fn an_answer_comes_out_as_it_was_signed_and_no_byte_of_it_can_be_changed() {
        let bytes = written(&answer()).unwrap();
        let expected = Signed {
            answer: answer(),
            key: key().public(),
        };
        assert_eq!(read(&bytes).unwrap(), expected);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            if let Ok(found) = read(&changed) {
                assert_eq!(found, expected, "byte {at}");
            }
        }
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            read(text.replace("fixture/case", "fixture/case2").as_bytes()),
            Err(SubmissionError::Signature)
        );
        assert_eq!(
            read(text.replace("\"v\": 1", "\"v\": 2").as_bytes()),
            Err(SubmissionError::TooNew(2))
        );
    }

    #[test]
    fn what_no_receipt_may_say_is_refused() {
        let mut both = answer();
        both.decisions[0].reason = "夹具".to_owned();
        let mut neither = answer();
        neither.decisions[0].record = None;
        let mut elsewhere = answer();
        elsewhere.decisions[0].record = Some(format!("bundled/case/{ID}").parse().unwrap());
        let mut twice = answer();
        twice.decisions.push(twice.decisions[0].clone());
        let mut long = neither.clone();
        long.decisions[0].reason = "长".repeat(REASON_MAX + 1);
        let mut none = answer();
        none.decisions.clear();
        for refused in [both, neither, elsewhere, twice, long, none] {
            assert!(written(&refused).is_err(), "{refused:?}");
        }
        for foreign in ["", "{}", "[]", "{\"format\":\"atlas-receipt\",\"v\":0}"] {
            assert!(read(foreign.as_bytes()).is_err(), "{foreign}");
        }
    }
}
