//! The publisher's part of `atlas feed` on the command line.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

/// What a publisher does. DIR is the publisher's folder unless said otherwise.
#[derive(Debug, Subcommand)]
pub enum Publish {
    /// Start a feed: folder, sealed keys, first root, an empty spreadsheet for records (publishers).
    Init(Init),
    /// Build the next generation from the folder of records (publishers).
    Build {
        /// Publisher's folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        #[command(flatten)]
        time: Time,
    },
    /// Confirm a record: somebody read its source and it holds (publishers).
    Confirm(Confirm),
    /// Correct fields of a record, keeping the former values and the source (publishers).
    Correct(Correct),
    /// Sign the newest generation, or prolong what is signed (publishers).
    Sign(Sign),
    /// Replace keys, lost or old: root, targets, or one key such as snapshot or root-2 (publishers).
    Rotate(Rotate),
    /// Walk every retained generation to the new one as a reader would; only then may it be uploaded (publishers).
    Verify {
        /// Publisher's folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        #[command(flatten)]
        time: Time,
    },
    /// Review what others handed in: sender, changes, rules, duplicates (publishers).
    Inbox {
        /// Publisher's folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Submissions (.atlassub) to take in, or folders with them; without any, what waits for a decision.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        time: Time,
    },
    /// Accept what was handed in: it is part of the next build, and the sender gets a receipt (publishers).
    Accept(Accept),
    /// Reject what was handed in, with a reason that the receipt tells the sender (publishers).
    Reject(Reject),
    /// Put the verified feed into one file for a stick or mail (publishers).
    Bundle {
        /// Publisher's folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// File to write; atlas-<feed>-<generation>.atlas in the current folder when absent.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Serve a publisher's folder, or a tree or copy of one, on this machine or in the local network, read-only.
    Serve {
        /// Publisher's folder, or a folder with the published tree.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Address and port; 0.0.0.0:8080 serves the local network.
        #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
        listen: std::net::SocketAddr,
    },
    /// Examine a server or folder: missing files, coding, ranges, caching, clock, dates of expiry.
    Doctor {
        /// Base address, or a folder.
        #[arg(value_name = "URL|DIR")]
        base: String,
        #[command(flatten)]
        time: Time,
    },
    /// Sizes, deltas by age, records per kind, dates of expiry (publishers).
    Stats {
        /// Publisher's folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        #[command(flatten)]
        time: Time,
    },
}

/// The time that counts as now.
#[derive(Debug, Args)]
pub struct Time {
    /// Use this time instead of the clock, for builds that can be repeated: 2026-11-25T08:00:00Z.
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

impl Time {
    /// The time that counts as now.
    pub fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// Where keys and passphrases come from.
#[derive(Debug, Args)]
pub struct Keys {
    /// Look for keys in this folder too, such as a stick with a root key. Repeat for more.
    #[arg(long, value_name = "DIR")]
    pub keys: Vec<PathBuf>,
    /// Read passphrases from a file, or that of one key with NAME=FILE; else from ATLAS_FEED_PASSPHRASE or the terminal.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Vec<String>,
}

/// A new feed.
#[derive(Debug, Args)]
pub struct Init {
    /// Folder to make.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Title in Chinese.
    #[arg(long, value_name = "TEXT", required_unless_present = "title_en")]
    pub title: Option<String>,
    /// Title in English.
    #[arg(long, value_name = "TEXT")]
    pub title_en: Option<String>,
    /// Id of the feed, which stands in every reference; a random one when absent.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Feed that this one continues and replaces, such as bundled.
    #[arg(long, value_name = "ID")]
    pub continues: Option<String>,
    /// Read passphrases from a file, or that of one key with NAME=FILE; else from ATLAS_FEED_PASSPHRASE or the terminal.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Vec<String>,
    #[command(flatten)]
    pub time: Time,
}

/// Who vouches for an edit.
#[derive(Debug, Args)]
pub struct Voucher {
    /// Who did it.
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// What was read: an address or a description.
    #[arg(long, value_name = "TEXT")]
    pub source: String,
    /// Title of what was read.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// How far the source was verified: confirmed, third_party, excerpt, community.
    #[arg(long, default_value = "confirmed", value_name = "STATUS")]
    pub status: String,
    /// When it was read; today when absent.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    #[command(flatten)]
    pub time: Time,
}

/// A confirmation.
#[derive(Debug, Args)]
pub struct Confirm {
    /// Publisher's folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The record: kind/id, or feed/kind/id as `search` prints it.
    #[arg(value_name = "REF")]
    pub record: String,
    #[command(flatten)]
    pub voucher: Voucher,
}

/// A correction.
#[derive(Debug, Args)]
pub struct Correct {
    /// Publisher's folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The record: kind/id, or feed/kind/id as `search` prints it.
    #[arg(value_name = "REF")]
    pub record: String,
    /// New values, by path or by the header of the column: region=江苏 summary.en='…'. An empty value removes.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub set: Vec<String>,
    #[command(flatten)]
    pub voucher: Voucher,
}

/// What to sign.
#[derive(Debug, Args)]
pub struct Sign {
    /// Publisher's folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Sign this role anew even if it need not be: root, targets, snapshot. Repeat for more.
    #[arg(long, value_name = "ROLE", value_parser = ["root", "targets", "snapshot"])]
    pub anew: Vec<String>,
    #[command(flatten)]
    pub keys: Keys,
    #[command(flatten)]
    pub time: Time,
}

/// What to replace.
#[derive(Debug, Args)]
pub struct Rotate {
    /// Publisher's folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// A role (root, targets, snapshot, timestamp) or a key (root-1 … root-3, targets-1, targets-2).
    #[arg(value_name = "KEY")]
    pub key: String,
    #[command(flatten)]
    pub keys: Keys,
    #[command(flatten)]
    pub time: Time,
}

/// Records of a submission that are decided together.
#[derive(Debug, Args)]
pub struct Handed {
    /// Publisher's folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The submission, by the beginning of its id, as `inbox` prints it.
    #[arg(value_name = "ID")]
    pub submission: String,
    /// Only this record of it: own/KIND/UUID, as `inbox` prints it. Repeat for more.
    #[arg(long, value_name = "REF")]
    pub only: Vec<atlas_core::model::RecordRef>,
    /// Who decides.
    #[arg(long, value_name = "WHO")]
    pub by: String,
    #[command(flatten)]
    pub keys: Keys,
    #[command(flatten)]
    pub time: Time,
}

/// An acceptance.
#[derive(Debug, Args)]
pub struct Accept {
    #[command(flatten)]
    pub handed: Handed,
    /// Take the record into this one of the feed, kind/id, which is the same thing.
    #[arg(long, value_name = "REF")]
    pub into: Option<String>,
    /// The source under which its facts stand: an address or a description; the submission itself when absent.
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// How far the facts were verified: confirmed, third_party, excerpt, community.
    #[arg(long, default_value = "community", value_parser = ["confirmed", "third_party", "excerpt", "community"])]
    pub status: String,
}

/// A rejection.
#[derive(Debug, Args)]
pub struct Reject {
    #[command(flatten)]
    pub handed: Handed,
    /// Why, for the sender to read.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}
