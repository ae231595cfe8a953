//! Runs what a publisher asked for. The clock is asked here and nowhere else.

use std::process::ExitCode;

use atlas_core::model::Text;
use serde_json::{Value, json};

use super::args::{
    Accept, Correct, Handed, Init, Keys, Publish, Reject, Rotate, Sign, Time, Voucher,
};
use super::doctor::{self, Grade};
use super::error::FeedError;
use super::folder::Folder;
use super::inbox::review::Review;
use super::inbox::{self, Inbox, Outcome, Verdict};
use super::passphrase::Passphrases;
use super::ring::Ring;
use super::say::{self, stops};
use super::{build, bundle, edit, init, rotate, serve, sign, stats, verify};
use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::pick;

/// Exit code of a command that did its work and found that the answer is no.
const REFUSED: u8 = 4;

/// Runs a publisher's command.
pub fn run(publish: &Publish, output: &mut Output) -> Result<ExitCode, Failure> {
    let language = output.language;
    let result = match publish {
        Publish::Init(args) => init(args, output),
        Publish::Build { folder, time } => open(folder)
            .and_then(|folder| build::build(&folder, time.now()))
            .map(Answer::Build),
        Publish::Confirm(args) => edit(&args.folder, &args.record, &[], &args.voucher),
        Publish::Correct(Correct {
            folder,
            record,
            set,
            voucher,
        }) => edit(folder, record, set, voucher),
        Publish::Sign(args) => sign(args, language),
        Publish::Rotate(args) => rotate(args, language),
        Publish::Verify { folder, time } => open(folder)
            .and_then(|folder| verify::verify(&folder, time.now()))
            .map(Answer::Verify),
        Publish::Inbox {
            folder,
            files,
            time,
        } => review(folder, files, time),
        Publish::Accept(args) => accept(args, language),
        Publish::Reject(args) => reject(args, language),
        Publish::Bundle { folder, file } => open(folder)
            .and_then(|folder| bundle::bundle(&folder, file.as_deref()))
            .map(|(path, size)| Answer::Bundle(path.display().to_string(), size)),
        Publish::Serve { folder, listen } => {
            let base = serve::base(folder)
                .and_then(serve::checked)
                .map_err(|error| error.failure(language))?;
            let mut ready = |address: std::net::SocketAddr| {
                output.line(&format!("http://{address}/"))?;
                output.tell(pick(
                    language,
                    "只读镜像已启动；按 Ctrl+C 结束。",
                    "Serving, read-only; Ctrl+C ends it.",
                ));
                Ok(())
            };
            serve::serve(&base, *listen, &mut ready, language)?;
            return Ok(ExitCode::SUCCESS);
        }
        Publish::Doctor { base, time } => doctor::doctor(base, time.now()).map(Answer::Doctor),
        Publish::Stats { folder, time } => open(folder)
            .and_then(|folder| stats::stats(&folder, time.now()))
            .map(Answer::Stats),
    };
    let answer = result.map_err(|error| error.failure(language))?;
    say(&answer, output)
}

/// What came of a command.
enum Answer {
    Init(init::Made),
    Build(build::Report),
    Edit(edit::Kept),
    Inbox(Vec<Review>),
    Decided(Outcome),
    Sign(sign::Report),
    Rotate(rotate::Report),
    Verify(verify::Report),
    Bundle(String, u64),
    Doctor(doctor::Report),
    Stats(stats::Report),
}

fn open(folder: &std::path::Path) -> Result<Folder, FeedError> {
    Folder::open(folder)
}

fn init(args: &Init, output: &Output) -> Result<Answer, FeedError> {
    let new = init::New {
        id: args.id.as_deref(),
        title: Text {
            zh: args.title.clone(),
            en: args.title_en.clone(),
        },
        continues: args.continues.as_deref(),
    };
    let passphrases = Passphrases::new(&args.passphrase_file, output.language);
    init::init(&args.folder, &new, &passphrases, args.time.now()).map(Answer::Init)
}

fn edit(
    folder: &std::path::Path,
    record: &str,
    set: &[String],
    voucher: &Voucher,
) -> Result<Answer, FeedError> {
    edit::edit(&open(folder)?, record, set, voucher).map(Answer::Edit)
}

fn sign(args: &Sign, language: Language) -> Result<Answer, FeedError> {
    let Keys {
        keys,
        passphrase_file,
    } = &args.keys;
    let passphrases = Passphrases::new(passphrase_file, language);
    let folder = open(&args.folder)?;
    let ring = Ring::new(&folder, keys, &passphrases)?;
    let anew: Vec<&str> = args.anew.iter().map(String::as_str).collect();
    sign::sign(&folder, &ring, &anew, args.time.now()).map(Answer::Sign)
}

fn rotate(args: &Rotate, language: Language) -> Result<Answer, FeedError> {
    let Keys {
        keys,
        passphrase_file,
    } = &args.keys;
    let passphrases = Passphrases::new(passphrase_file, language);
    let mut folder = open(&args.folder)?;
    rotate::rotate(&mut folder, keys, &passphrases, &args.key, args.time.now()).map(Answer::Rotate)
}

/// Takes files in and lays them, or what waits, beside the feed.
fn review(
    folder: &std::path::Path,
    files: &[std::path::PathBuf],
    time: &Time,
) -> Result<Answer, FeedError> {
    let folder = open(folder)?;
    let inbox = Inbox::open(&folder)?;
    let mut submissions = Vec::new();
    for file in files {
        submissions.extend(inbox.take(file)?);
    }
    if files.is_empty() {
        submissions = inbox.waiting()?;
    }
    let reviews = submissions
        .iter()
        .map(|submission| inbox::review::review(&folder, &inbox, submission, time.now()));
    reviews.collect::<Result<_, _>>().map(Answer::Inbox)
}

fn accept(args: &Accept, language: Language) -> Result<Answer, FeedError> {
    let verdict = Verdict {
        only: &args.handed.only,
        reason: None,
        into: args.into.as_deref(),
        by: &args.handed.by,
        source: args.source.as_deref(),
        status: &args.status,
    };
    decide(&args.handed, &verdict, language)
}

fn reject(args: &Reject, language: Language) -> Result<Answer, FeedError> {
    let verdict = Verdict {
        only: &args.handed.only,
        reason: Some(&args.reason),
        into: None,
        by: &args.handed.by,
        source: None,
        status: "",
    };
    decide(&args.handed, &verdict, language)
}

/// Decides, and answers with the key that vouches for the feed's timestamp: readers know it from the root.
fn decide(handed: &Handed, verdict: &Verdict<'_>, language: Language) -> Result<Answer, FeedError> {
    let folder = open(&handed.folder)?;
    let submission = Inbox::open(&folder)?.find(&handed.submission)?;
    let passphrases = Passphrases::new(&handed.keys.passphrase_file, language);
    let ring = Ring::new(&folder, &handed.keys.keys, &passphrases)?;
    let keys = ring.of_role("timestamp")?;
    let key = keys.first().ok_or_else(|| {
        FeedError::new("没有可用的 timestamp 密钥。", "There is no timestamp key.")
    })?;
    inbox::decide(&folder, &submission, verdict, key, handed.time.now()).map(Answer::Decided)
}

fn say(answer: &Answer, output: &mut Output) -> Result<ExitCode, Failure> {
    let good = match answer {
        Answer::Build(report) => report.built.is_some(),
        Answer::Edit(kept) => !stops(&kept.findings),
        Answer::Doctor(report) => report.worst() < Grade::Bad,
        Answer::Decided(outcome) => outcome.receipt.is_some(),
        Answer::Init(_)
        | Answer::Inbox(_)
        | Answer::Sign(_)
        | Answer::Rotate(_)
        | Answer::Verify(_)
        | Answer::Bundle(..)
        | Answer::Stats(_) => true,
    };
    if output.json {
        output.value(&value(answer))?;
    } else {
        match answer {
            Answer::Init(made) => say::made(made, output)?,
            Answer::Build(report) => say::built(report, output)?,
            Answer::Edit(kept) => say::edited(kept, output)?,
            Answer::Inbox(reviews) => reviews
                .iter()
                .try_for_each(|review| inbox::say::reviewed(review, output))?,
            Answer::Decided(outcome) => inbox::say::decided(outcome, output)?,
            Answer::Sign(report) => say::signed(report, output)?,
            Answer::Rotate(report) => say::rotated(report, output)?,
            Answer::Verify(report) => say::verified(report, output)?,
            Answer::Bundle(path, size) => output.line(&format!("{path} {size}"))?,
            Answer::Doctor(report) => say::examined(report, output)?,
            Answer::Stats(report) => say::counted(report, output)?,
        }
    }
    Ok(ExitCode::from(if good { 0 } else { REFUSED }))
}

/// The answer as JSON.
fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Init(made) => {
            json!({ "feed": made.folder.config.feed, "fingerprint": made.fingerprint })
        }
        Answer::Build(report) => json!(report),
        Answer::Edit(kept) => {
            let stopped = stops(&kept.findings);
            json!({ "edit": kept.edit, "kept": !stopped, "findings": kept.findings })
        }
        Answer::Inbox(reviews) => json!(reviews),
        Answer::Decided(outcome) => json!(outcome),
        Answer::Sign(report) => json!(report),
        Answer::Rotate(report) => json!(report),
        Answer::Verify(report) => json!(report),
        Answer::Bundle(path, size) => json!({ "path": path, "size": size }),
        Answer::Doctor(report) => json!(report),
        Answer::Stats(report) => json!(report),
    }
}
