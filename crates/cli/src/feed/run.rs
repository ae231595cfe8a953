//! Runs what a publisher asked for, and says in either language what came of it.

use std::process::ExitCode;

use atlas_core::model::Text;
use serde_json::json;

use super::args::{Correct, Init, Keys, Publish, Rotate, Sign, Voucher};
use super::doctor::{self, Check, Grade};
use super::error::FeedError;
use super::folder::Folder;
use super::lints::Finding;
use super::passphrase::Passphrases;
use super::ring::Ring;
use super::{build, bundle, edit, init, rotate, serve, sign, stats, verify};
use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::{pick, term};

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
    let zh = output.language == Language::Zh;
    match answer {
        Answer::Init(made) => {
            let config = &made.folder.config;
            if output.json {
                output.value(&json!({ "feed": config.feed, "fingerprint": made.fingerprint }))?;
                return Ok(ExitCode::SUCCESS);
            }
            let folder = made.folder.root.display();
            let (feed, fingerprint) = (&config.feed, &made.fingerprint);
            for line in match zh {
                true => [
                    format!("目录源 {feed} 已建立：{folder}"),
                    format!("指纹 {fingerprint}"),
                    "请把指纹公布在读者信得过的地方；读者添加目录源时会核对它。".to_owned(),
                    format!("记录请填入 {folder}/records/records.xlsx。"),
                    format!("根密钥 {folder}/keys/root-*.key 请分别移到三个人的 U 盘上，不要留在本机。"),
                ],
                false => [
                    format!("Feed {feed} made in {folder}"),
                    format!("Fingerprint {fingerprint}"),
                    "Publish the fingerprint where readers trust it; they compare it when they add the feed.".to_owned(),
                    format!("Records go into {folder}/records/records.xlsx."),
                    format!("Move the root keys {folder}/keys/root-*.key to the sticks of three people, away from this machine."),
                ],
            } {
                output.line(&line)?;
            }
        }
        Answer::Build(report) => {
            if output.json {
                output.value(report)?;
                return Ok(code(report.built.is_some()));
            }
            findings(&report.findings, output)?;
            let Some(built) = &report.built else {
                output.line(pick(
                    output.language,
                    "未构建：请先处理以上问题。",
                    "Nothing built: mend these first.",
                ))?;
                return Ok(code(false));
            };
            let (generation, records) = (built.generation, built.records);
            output.line(&match (built.new, zh) {
                (true, true) => format!(
                    "第 {generation} 版：{records} 条记录，快照 {} 字节，{} 个增量",
                    built.snapshot,
                    built.deltas.len()
                ),
                (true, false) => format!(
                    "Generation {generation}: {records} records, snapshot {} bytes, {} deltas",
                    built.snapshot,
                    built.deltas.len()
                ),
                (false, true) => format!("与第 {generation} 版相同（{records} 条记录），无需新版"),
                (false, false) => {
                    format!("Same as generation {generation} ({records} records); no new one")
                }
            })?;
        }
        Answer::Edit(kept) => {
            let stops = kept.findings.iter().any(|finding| finding.rule.stops());
            if output.json {
                output.value(
                    &json!({ "edit": kept.edit, "kept": !stops, "findings": kept.findings }),
                )?;
                return Ok(code(!stops));
            }
            findings(&kept.findings, output)?;
            let record = &kept.edit.record;
            if stops {
                output.line(&match zh {
                    true => format!("{record} 未改动：改后不能发布。"),
                    false => format!("{record} is unchanged: it could not be published like that."),
                })?;
                return Ok(code(false));
            }
            for (field, value) in &kept.edit.set {
                let former = kept.edit.former.get(field).cloned().unwrap_or_default();
                output.line(&format!("{record} {field}: {former} → {value}"))?;
            }
            output.line(&match zh {
                true => format!("{record} 已记入 edits.jsonl，下次构建时生效。"),
                false => format!("{record} is noted in edits.jsonl and part of the next build."),
            })?;
        }
        Answer::Sign(report) => {
            if output.json {
                output.value(report)?;
                return Ok(ExitCode::SUCCESS);
            }
            signed(report, output)?;
        }
        Answer::Rotate(report) => {
            if output.json {
                output.value(report)?;
                return Ok(ExitCode::SUCCESS);
            }
            let (root, names) = (report.root, report.replaced.join(", "));
            output.line(&match zh {
                true => format!("已更换密钥 {names}；根为第 {root} 版。旧密钥在 keys/retired，确认读者都能更新后再销毁。"),
                false => format!("Keys {names} replaced; the root is version {root}. Former ones are in keys/retired until you destroy them."),
            })?;
            if let Some(report) = &report.signed {
                signed(report, output)?;
            }
        }
        Answer::Verify(report) => {
            if output.json {
                output.value(report)?;
                return Ok(ExitCode::SUCCESS);
            }
            for walk in &report.walks {
                let (from, bytes) = (walk.from, walk.bytes);
                let way = match walk.delta {
                    true => pick(output.language, "增量", "delta"),
                    false => pick(output.language, "快照", "snapshot"),
                };
                output.line(&format!("{from:>6} → {}  {way} {bytes}", report.generation))?;
            }
            output.line(&match zh {
                true => format!(
                    "验证通过：可按 upload.txt 的次序上传 {} 个文件。",
                    report.files
                ),
                false => format!(
                    "Verified: {} files may be uploaded in the order of upload.txt.",
                    report.files
                ),
            })?;
        }
        Answer::Bundle(path, size) => {
            if output.json {
                output.value(&json!({ "path": path, "size": size }))?;
            } else {
                output.line(&format!("{path} {size}"))?;
            }
        }
        Answer::Doctor(report) => {
            let good = report.worst() < Grade::Bad;
            if output.json {
                output.value(report)?;
                return Ok(code(good));
            }
            if let Some(fingerprint) = &report.fingerprint {
                output.line(&format!(
                    "{} {fingerprint}",
                    pick(output.language, "指纹", "Fingerprint")
                ))?;
            }
            for sight in &report.sights {
                let mark = match sight.grade {
                    Grade::Good => "ok",
                    Grade::Warning => "! ",
                    Grade::Bad => "X ",
                };
                output.line(&format!(
                    "{mark} {}: {}",
                    check(output.language, sight.check),
                    sight.seen
                ))?;
            }
            return Ok(code(good));
        }
        Answer::Stats(report) => {
            if output.json {
                output.value(report)?;
                return Ok(ExitCode::SUCCESS);
            }
            tell_stats(report, output)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn code(good: bool) -> ExitCode {
    ExitCode::from(if good { 0 } else { REFUSED })
}

fn findings(findings: &[Finding], output: &mut Output) -> Result<(), Failure> {
    for finding in findings {
        let mark = match finding.rule.stops() {
            true => pick(output.language, "错误", "error"),
            false => pick(output.language, "注意", "note"),
        };
        output.line(&format!("{mark} {}", finding.text(output.language)))?;
    }
    Ok(())
}

fn signed(report: &sign::Report, output: &mut Output) -> Result<(), Failure> {
    let until = pick(output.language, "有效至", "until");
    for (role, version, expires) in &report.roles {
        output.line(&format!("{role} {version} {until} {expires}"))?;
    }
    output.line(&match output.language {
        Language::Zh => format!(
            "已签署第 {} 版。上传前请运行 atlas feed verify。",
            report.generation
        ),
        Language::En => format!(
            "Generation {} is signed. Run `atlas feed verify` before uploading.",
            report.generation
        ),
    })
}

fn tell_stats(report: &stats::Report, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let zh = language == Language::Zh;
    output.line(&report.feed)?;
    for generation in &report.generations {
        let delta = generation
            .delta
            .map_or_else(|| "–".to_owned(), |size| size.to_string());
        let (number, published) = (generation.generation, &generation.published);
        let (records, snapshot) = (generation.records, generation.snapshot);
        output.line(&match zh {
            true => format!("第 {number} 版  {published}  {records} 条  快照 {snapshot}  增量 {delta}"),
            false => format!("generation {number}  {published}  {records} records  snapshot {snapshot}  delta {delta}"),
        })?;
    }
    for (kind, count) in &report.kinds {
        output.line(&format!("{count:>8}  {}", term(language, "kind", kind)))?;
    }
    for (status, count) in &report.statuses {
        output.line(&format!("{count:>8}  {}", term(language, "status", status)))?;
    }
    for role in &report.roles {
        let (name, version, expires, days) = (&role.role, role.version, &role.expires, role.days);
        output.line(&match zh {
            true => format!("{name} {version}  有效至 {expires}（剩 {days} 天）"),
            false => format!("{name} {version}  until {expires} ({days} days left)"),
        })?;
    }
    output.line(match report.verified {
        true => pick(language, "已验证，可上传", "verified, may be uploaded"),
        false => pick(
            language,
            "自上次改动后尚未验证",
            "not verified since the last change",
        ),
    })
}

fn check(language: Language, check: Check) -> &'static str {
    let (zh, en) = match check {
        Check::Encryption => ("加密连接", "encryption"),
        Check::Missing => ("缺失的文件应答 404", "404 for what is missing"),
        Check::Coding => ("内容未被转码", "bytes as they are"),
        Check::Range => ("断点续传（Range）", "ranges"),
        Check::Tag => ("强 ETag", "strong tag"),
        Check::CacheOfTimestamp => ("timestamp 的缓存", "caching of the timestamp"),
        Check::CacheOfTheRest => ("其余文件的缓存", "caching of the rest"),
        Check::Clock => ("服务器时钟", "clock of the server"),
        Check::Signatures => ("签名", "signatures"),
        Check::Expiry => ("有效期", "date of expiry"),
        Check::Packs => ("数据包齐全", "packs"),
        Check::Strangers => ("无多余文件", "nothing else in the tree"),
    };
    pick(language, zh, en)
}
