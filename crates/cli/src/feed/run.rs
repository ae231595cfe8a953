//! Runs what a publisher asked for. The clock is asked here and nowhere else.

use std::process::ExitCode;

use atlas_core::model::Text;
use serde_json::{Value, json};

use super::args::{Correct, Init, Keys, Publish, Rotate, Sign, Voucher};
use super::doctor::{self, Grade};
use super::error::FeedError;
use super::folder::Folder;
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
        Publish::Bundle { folder, file } => open(folder)
            .and_then(|folder| bundle::bundle(&folder, file.as_deref()))
            .map(|(path, size)| Answer::Bundle(path.display().to_string(), size)),
        Publish::Serve { folder, listen } => {
            let base = serve::base(folder).map_err(|error| error.failure(language))?;
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

fn say(answer: &Answer, output: &mut Output) -> Result<ExitCode, Failure> {
    let good = match answer {
        Answer::Build(report) => report.built.is_some(),
        Answer::Edit(kept) => !stops(&kept.findings),
        Answer::Doctor(report) => report.worst() < Grade::Bad,
        Answer::Init(_)
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
        Answer::Sign(report) => json!(report),
        Answer::Rotate(report) => json!(report),
        Answer::Verify(report) => json!(report),
        Answer::Bundle(path, size) => json!({ "path": path, "size": size }),
        Answer::Doctor(report) => json!(report),
        Answer::Stats(report) => json!(report),
    }
}
