//! The files of a feed, and everything that may go wrong on the way to one.

use std::time::Duration;

use crate::feed::certificates::Flaw;
use crate::feed::server::{Fault, Request};

/// A file of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// The next root.
    Root,
    /// The timestamp.
    Timestamp,
    /// The signed snapshot file.
    Snapshot,
    /// The manifest.
    Manifest,
    /// The delta.
    Pack,
}

impl File {
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Self; 5] = [
        Self::Root,
        Self::Timestamp,
        Self::Snapshot,
        Self::Manifest,
        Self::Pack,
    ];

    pub(super) fn is(self, path: &str) -> bool {
        match self {
            Self::Root => path == "tuf/2.root.json",
            Self::Timestamp => path == "tuf/timestamp.json",
            Self::Snapshot => path.ends_with(".snapshot.json"),
            Self::Manifest => path.starts_with("targets/"),
            Self::Pack => path.starts_with("packs/"),
        }
    }

    /// Which connection asks for it: between these lie a third root, which is not there, and the targets.
    pub(super) fn connection(self) -> usize {
        match self {
            Self::Root => 0,
            Self::Timestamp => 2,
            Self::Snapshot => 3,
            Self::Manifest => 5,
            Self::Pack => 6,
        }
    }
}

/// How something goes wrong: in the answer, or before anything can be asked.
pub(super) enum Wrong {
    /// From the request and the bytes of the right answer.
    Answer(fn(&Request, &[u8]) -> Fault),
    /// As if from the server at this address of another kind.
    Elsewhere,
    /// The file as it was before.
    Stale,
    /// An encrypted server sends the reader to one that is not.
    Unencrypted,
    /// A certificate.
    Certificate(Flaw),
    /// Bytes in place of a secure connection.
    Rude(&'static [u8]),
    /// Nobody listens any more.
    Refused,
}

pub(super) fn answer(status: u16) -> Fault {
    Fault::Answer(status, String::new(), Vec::new())
}

pub(super) fn moved(to: &str) -> Fault {
    Fault::Answer(302, format!("Location: {to}\r\n"), Vec::new())
}

/// The faults by name.
pub(super) const FAULTS: &[(&str, Wrong)] = &[
    (
        "circle",
        Wrong::Answer(|request, _| moved(&format!("/{}", request.path))),
    ),
    ("other host", Wrong::Elsewhere),
    (
        "other scheme",
        Wrong::Answer(|request, _| moved(&format!("https://127.0.0.1/{}", request.path))),
    ),
    ("https to http", Wrong::Unencrypted),
    ("304 unasked", Wrong::Answer(|_, _| answer(304))),
    ("403", Wrong::Answer(|_, _| answer(403))),
    ("404", Wrong::Answer(|_, _| answer(404))),
    (
        "429",
        Wrong::Answer(|_, _| Fault::Answer(429, "Retry-After: 60\r\n".to_owned(), Vec::new())),
    ),
    ("500", Wrong::Answer(|_, _| answer(500))),
    ("503", Wrong::Answer(|_, _| answer(503))),
    (
        "a page",
        Wrong::Answer(|_, _| {
            Fault::Answer(
                200,
                "Content-Type: text/html\r\n".to_owned(),
                b"<html>log in</html>".to_vec(),
            )
        }),
    ),
    ("empty", Wrong::Answer(|_, _| answer(200))),
    (
        "cut at 1 %",
        Wrong::Answer(|_, file| Fault::Cut(file.len() / 100)),
    ),
    (
        "cut at 50 %",
        Wrong::Answer(|_, file| Fault::Cut(file.len() / 2)),
    ),
    (
        "cut at 99 %",
        Wrong::Answer(|_, file| Fault::Cut(file.len() * 99 / 100)),
    ),
    ("too long", Wrong::Answer(|_, _| Fault::Longer(300_000))),
    ("length too small", Wrong::Answer(|_, _| Fault::Length(-1))),
    ("length too large", Wrong::Answer(|_, _| Fault::Length(100))),
    (
        "encoded",
        Wrong::Answer(|_, _| Fault::Headers("Content-Encoding: gzip\r\n".to_owned())),
    ),
    (
        "drip",
        Wrong::Answer(|_, _| Fault::Drip(Duration::from_millis(60))),
    ),
    ("stall", Wrong::Answer(|_, _| Fault::Stall)),
    ("reset", Wrong::Answer(|_, _| Fault::Reset)),
    ("endless", Wrong::Answer(|_, _| Fault::Endless)),
    (
        "garbage",
        Wrong::Answer(|_, _| Fault::Raw(b"\x16\x03\x01 no http".to_vec())),
    ),
    ("stale", Wrong::Stale),
    (
        "range ignored",
        Wrong::Answer(|request, file| match request.nth {
            0 => Fault::Cut(file.len() / 2),
            _ => Fault::NoRange,
        }),
    ),
    ("wrong range", Wrong::Answer(|_, _| Fault::WrongRange)),
    ("refused", Wrong::Refused),
    ("expired certificate", Wrong::Certificate(Flaw::Expired)),
    ("unknown certificate", Wrong::Certificate(Flaw::SelfSigned)),
    ("other's certificate", Wrong::Certificate(Flaw::OtherName)),
    // "protocol version", as a server says it that speaks TLS 1.0 at best.
    ("old TLS", Wrong::Rude(b"\x15\x03\x01\x00\x02\x02\x46")),
    ("no TLS", Wrong::Rude(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
];
