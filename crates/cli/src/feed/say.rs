//! What came of a publisher's command, in either language.

use std::collections::{BTreeMap, BTreeSet};

use atlas_core::model::Kind;

use super::doctor::{self, Check, Grade};
use super::lints::{Finding, Rule};
use super::records::Place;
use super::{build, edit, init, rotate, sign, stats, verify};
use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::{pick, term};

/// What printing answers.
pub(super) type Said = Result<(), Failure>;

/// Whether one of the findings stops what was asked for.
pub(super) fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.rule.stops())
}

pub(super) fn made(made: &init::Made, output: &mut Output) -> Said {
    let folder = made.folder.root.display();
    let (feed, fingerprint) = (&made.folder.config.feed, &made.fingerprint);
    let lines = match output.language {
        Language::Zh => [
            format!("目录源 {feed} 已建立：{folder}"),
            format!("指纹 {fingerprint}"),
            "请把指纹公布在读者信得过的地方；读者添加目录源时会核对它。".to_owned(),
            format!("记录请填入 {folder}/records/records.xlsx。"),
            format!("根密钥 {folder}/keys/root-*.key 请分别移到三个人的 U 盘上，不要留在本机。"),
        ],
        Language::En => [
            format!("Feed {feed} made in {folder}"),
            format!("Fingerprint {fingerprint}"),
            "Publish the fingerprint where readers trust it; they compare it when they add the feed."
                .to_owned(),
            format!("Records go into {folder}/records/records.xlsx."),
            format!(
                "Move the root keys {folder}/keys/root-*.key to the sticks of three people, away from this machine."
            ),
        ],
    };
    lines.iter().try_for_each(|line| output.line(line))
}

pub(super) fn built(report: &build::Report, output: &mut Output) -> Said {
    findings(&report.findings, output)?;
    let Some(built) = &report.built else {
        let zh = "未构建：请先处理以上错误。";
        return output.line(pick(
            output.language,
            zh,
            "Nothing built: mend these first.",
        ));
    };
    let (generation, records) = (built.generation, built.records);
    let (snapshot, deltas) = (built.snapshot, built.deltas.len());
    output.line(&match (built.new, output.language) {
        (true, Language::Zh) => {
            format!("第 {generation} 版：{records} 条记录，快照 {snapshot} 字节，{deltas} 个增量")
        }
        (true, Language::En) => format!(
            "Generation {generation}: {records} records, snapshot {snapshot} bytes, {deltas} deltas"
        ),
        (false, Language::Zh) => format!("与第 {generation} 版相同（{records} 条记录），无需新版"),
        (false, Language::En) => {
            format!("Same as generation {generation} ({records} records); no new one")
        }
    })
}

pub(super) fn edited(kept: &edit::Kept, output: &mut Output) -> Said {
    findings(&kept.findings, output)?;
    let record = &kept.edit.record;
    if stops(&kept.findings) {
        return output.line(&match output.language {
            Language::Zh => format!("{record} 未改动：改后不能发布。"),
            Language::En => format!("{record} is unchanged: it could not be published like that."),
        });
    }
    for (field, value) in &kept.edit.set {
        let former = kept.edit.former.get(field).cloned().unwrap_or_default();
        output.line(&format!("{record} {field}: {former} → {value}"))?;
    }
    output.line(&match output.language {
        Language::Zh => format!("{record} 已记入 edits.jsonl，下次构建时生效。"),
        Language::En => format!("{record} is noted in edits.jsonl and part of the next build."),
    })
}

pub(super) fn signed(report: &sign::Report, output: &mut Output) -> Said {
    let until = pick(output.language, "有效至", "until");
    for (role, version, expires) in &report.roles {
        output.line(&format!("{role} {version} {until} {expires}"))?;
    }
    let generation = report.generation;
    output.line(&match output.language {
        Language::Zh => format!("已签署第 {generation} 版。上传前请运行 atlas feed verify。"),
        Language::En => {
            format!("Generation {generation} is signed. Run `atlas feed verify` before uploading.")
        }
    })
}

pub(super) fn rotated(report: &rotate::Report, output: &mut Output) -> Said {
    let (root, names) = (report.root, report.replaced.join(", "));
    output.line(&match output.language {
        Language::Zh => format!(
            "已更换密钥 {names}；根为第 {root} 版。旧密钥在 keys/retired，确认读者都能更新后再销毁。"
        ),
        Language::En => format!(
            "Keys {names} replaced; the root is version {root}. Former ones are in keys/retired until you destroy them."
        ),
    })?;
    report
        .signed
        .as_ref()
        .map_or(Ok(()), |report| signed(report, output))
}

pub(super) fn verified(report: &verify::Report, output: &mut Output) -> Said {
    let language = output.language;
    for walk in &report.walks {
        let (from, bytes) = (walk.from, walk.bytes);
        let way = if walk.delta {
            pick(language, "增量", "delta")
        } else {
            pick(language, "快照", "snapshot")
        };
        output.line(&format!("{from:>6} → {}  {way} {bytes}", report.generation))?;
    }
    let files = report.files;
    output.line(&match language {
        Language::Zh => format!("验证通过：可按 upload.txt 的次序上传 {files} 个文件。"),
        Language::En => {
            format!("Verified: {files} files may be uploaded in the order of upload.txt.")
        }
    })
}

pub(super) fn examined(report: &doctor::Report, output: &mut Output) -> Said {
    let language = output.language;
    if let Some(fingerprint) = &report.fingerprint {
        output.line(&format!(
            "{} {fingerprint}",
            pick(language, "指纹", "Fingerprint")
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
            check(language, sight.check),
            sight.seen
        ))?;
    }
    Ok(())
}

pub(super) fn counted(report: &stats::Report, output: &mut Output) -> Said {
    let language = output.language;
    output.line(&report.feed)?;
    for generation in &report.generations {
        let delta = generation
            .delta
            .map_or_else(|| "–".to_owned(), |size| size.to_string());
        let (number, published) = (generation.number, &generation.published);
        let (records, snapshot) = (generation.records, generation.snapshot);
        output.line(&match language {
            Language::Zh => {
                format!("第 {number} 版  {published}  {records} 条  快照 {snapshot}  增量 {delta}")
            }
            Language::En => format!(
                "generation {number}  {published}  {records} records  snapshot {snapshot}  delta {delta}"
            ),
        })?;
    }
    let kinds = report
        .kinds
        .iter()
        .map(|(code, count)| ("kind", code, count));
    let statuses = report
        .statuses
        .iter()
        .map(|(code, count)| ("status", code, count));
    for (taxonomy, code, count) in kinds.chain(statuses) {
        output.line(&format!("{count:>8}  {}", term(language, taxonomy, code)))?;
    }
    for role in &report.roles {
        let (name, version, expires, days) = (&role.name, role.version, &role.expires, role.days);
        output.line(&match language {
            Language::Zh => format!("{name} {version}  有效至 {expires}（剩 {days} 天）"),
            Language::En => format!("{name} {version}  until {expires} ({days} days left)"),
        })?;
    }
    output.line(if report.verified {
        pick(language, "已验证，可上传", "verified, may be uploaded")
    } else {
        pick(
            language,
            "自上次改动后尚未验证",
            "not verified since the last change",
        )
    })
}

/// Whether a finding is about a field that is not there.
fn lacks(finding: &Finding, field: &str) -> bool {
    finding.field == field && finding.value == "null"
}

/// What is to be done about a table that does not say what its rows are: once, not a row.
fn without_kind(language: Language, file: &str, rows: u32) -> String {
    let kinds: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| {
            let code = kind.as_str();
            format!("{} ({code})", term(language, "kind", code))
        })
        .collect();
    let kinds = kinds.join(pick(language, "、", ", "));
    match language {
        Language::Zh => format!(
            "错误 {file}: {rows} 行没有写明类型；加一列“类型”（kind），或用类型给文件（工作表）命名，如 案例.csv、case.jsonl。类型有：{kinds}"
        ),
        Language::En => format!(
            "error {file}: rows without a kind: {rows}; add a column kind (类型), or name the file or sheet after the kind, such as case.csv. Kinds: {kinds}"
        ),
    }
}

/// Prints what the rules found.
pub(super) fn findings(findings: &[Finding], output: &mut Output) -> Said {
    let language = output.language;
    let kindless: BTreeSet<&Place> = findings
        .iter()
        .filter(|finding| finding.rule == Rule::Schema && lacks(finding, "kind"))
        .map(|finding| &finding.place)
        .collect();
    let mut files: BTreeMap<&str, u32> = BTreeMap::new();
    for place in &kindless {
        *files.entry(&place.file).or_default() += 1;
    }
    for (file, rows) in files {
        output.line(&without_kind(language, file, rows))?;
    }
    // Of a record without a kind, nothing else is known; an id would follow from it.
    let told = |finding: &&Finding| {
        !kindless.contains(&finding.place)
            || !(lacks(finding, "kind") || finding.rule == Rule::BadId && lacks(finding, "id"))
    };
    for finding in findings.iter().filter(told) {
        let mark = if finding.rule.stops() {
            pick(language, "错误", "error")
        } else {
            pick(language, "注意", "note")
        };
        output.line(&format!("{mark} {}", finding.text(language)))?;
    }
    Ok(())
}

fn check(language: Language, check: Check) -> &'static str {
    let (zh, en) = match check {
        Check::Encryption => ("加密连接", "encryption"),
        Check::Certificate => ("服务器证书", "certificate of the server"),
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
