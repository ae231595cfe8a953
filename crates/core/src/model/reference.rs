//! How a record is named everywhere: `feed/kind/id`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::Kind;

/// The feed under which the user's own records are named.
pub const OWN: &str = "own";

/// A reference to a record: `feed/kind/id`. The kind is free text here, because a feed may carry
/// kinds that this version does not know.
///
/// Orders by feed, kind and id bytewise; every tie in the product breaks on this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct RecordRef {
    /// Feed id: `[a-z0-9_-]{1,64}`.
    pub feed: String,
    /// Record kind: `[a-z0-9_]{1,32}`.
    pub kind: String,
    /// Record id within feed and kind: `[A-Za-z0-9._:-]{1,96}`.
    pub id: String,
}

/// The text is not a reference of the form `feed/kind/id`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a reference (expected feed/kind/id)")]
pub struct ParseRefError(pub String);

/// Whether `text` may be a feed id.
pub fn is_feed_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_'
        })
}

/// Whether `text` may be a record kind.
pub fn is_kind(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether `text` may be a record id.
pub fn is_record_id(text: &str) -> bool {
    (1..=96).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

/// Whether `text` has the form of a UUID of RFC 9562, in the lower case in which they are written.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}

impl RecordRef {
    /// Whether it names a record of the user's own: `own/KIND/UUID` with a kind that this version knows.
    pub fn is_own(&self) -> bool {
        self.feed == OWN && Kind::parse(&self.kind).is_some() && is_uuid(&self.id)
    }

    /// Whether it names a need of the user's own: `own/need/UUID`.
    pub fn is_own_need(&self) -> bool {
        self.is_own() && self.kind == Kind::Need.as_str()
    }

    /// Builds a reference, checking each part.
    ///
    /// # Errors
    /// [`ParseRefError`] when a part has characters or a length that it may not have.
    pub fn new(feed: &str, kind: &str, id: &str) -> Result<Self, ParseRefError> {
        if is_feed_id(feed) && is_kind(kind) && is_record_id(id) {
            Ok(Self {
                feed: feed.to_owned(),
                kind: kind.to_owned(),
                id: id.to_owned(),
            })
        } else {
            Err(ParseRefError(format!("{feed}/{kind}/{id}")))
        }
    }

    /// Reads a link target, which is `kind/id` within the same feed or a whole `feed/kind/id`.
    ///
    /// # Errors
    /// [`ParseRefError`] when it is neither.
    pub fn resolve(feed: &str, target: &str) -> Result<Self, ParseRefError> {
        match target.split('/').collect::<Vec<_>>().as_slice() {
            [kind, id] => Self::new(feed, kind, id),
            [feed, kind, id] => Self::new(feed, kind, id),
            _ => Err(ParseRefError(target.to_owned())),
        }
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.feed, self.kind, self.id)
    }
}

impl FromStr for RecordRef {
    type Err = ParseRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split('/').collect::<Vec<_>>().as_slice() {
            [feed, kind, id] => Self::new(feed, kind, id),
            _ => Err(ParseRefError(text.to_owned())),
        }
    }
}

impl Serialize for RecordRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_of_the_users_own_has_a_uuid() {
        let own = |text: &str| text.parse::<RecordRef>().unwrap().is_own_need();
        assert!(own("own/need/0191e0b2-7c1d-7abc-8def-0123456789ab"));
        for other in [
            "own/case/0191e0b2-7c1d-7abc-8def-0123456789ab",
            "bundled/need/0191e0b2-7c1d-7abc-8def-0123456789ab",
            "own/need/0191E0B2-7C1D-7ABC-8DEF-0123456789AB",
            "own/need/0191e0b27c1d7abc8def0123456789ab",
            "own/need/0191e0b2-7c1d-7abc-8def-0123456789ag",
            "own/need/q0001",
        ] {
            assert!(!own(other), "{other}");
        }
    }

    #[test]
    fn round_trips_and_refuses_paths() {
        let reference: RecordRef = "bundled/case/q0321".parse().unwrap();
        assert_eq!(reference.to_string(), "bundled/case/q0321");
        assert_eq!(
            RecordRef::resolve("bundled", "case/q0321").unwrap(),
            reference
        );
        assert_eq!(
            RecordRef::resolve("other", "bundled/case/q0321").unwrap(),
            reference
        );
        for bad in [
            "",
            "a/b",
            "a/b/c/d",
            "A/case/x",
            "a/Case/x",
            "a/case/../x",
            "a/case/..\\x",
            "a/case/ x",
            "a/case/",
        ] {
            assert!(bad.parse::<RecordRef>().is_err(), "{bad:?} must be refused");
        }
    }
}
