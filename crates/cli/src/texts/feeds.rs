//! What the terminal says about feeds, in both languages.

use std::path::Path;

use atlas_core::api::types::{
    ApiError, FeedState, FeedView, NewsSync, Problem, ProblemCode, SyncOutcome, SyncPhase,
    SyncResult, Twin,
};

use atlas_core::model::{RecordRef, Text};
use serde_json::Value;

use super::{pick, text};
use crate::args::Language;

/// Name of a phase.
pub fn phase(language: Language, phase: SyncPhase) -> &'static str {
    match phase {
        SyncPhase::Check => pick(language, "核对签名", "Checking"),
        SyncPhase::Download => pick(language, "下载", "Downloading"),
        SyncPhase::Apply => pick(language, "写入记录", "Writing records"),
        SyncPhase::Index => pick(language, "建立索引", "Indexing"),
    }
}

/// The name of a feed; its title is known from the first sync on.
pub fn name(language: Language, title: &Text, feed: &str) -> String {
    match text(language, title) {
        "" => feed.to_owned(),
        title => format!("{title} ({feed})"),
    }
}

/// Another record of the same thing as a record.
pub fn twin(language: Language, of: &RecordRef, twin: &Twin) -> String {
    let feed = name(language, &twin.feed, &twin.reference.feed);
    match language {
        Language::Zh if twin.reference.is_own() => {
            format!("由自己的条目发布而来：{}", twin.reference)
        }
        Language::En if twin.reference.is_own() => {
            format!("published from your own entry: {}", twin.reference)
        }
        Language::Zh if of.is_own() => format!("已发布于 {feed}：{}", twin.reference),
        Language::En if of.is_own() => format!("published in {feed}: {}", twin.reference),
        Language::Zh => format!("同一事物也由 {feed} 记录：{}", twin.reference),
        Language::En => format!("also recorded by {feed}: {}", twin.reference),
    }
}

/// There is no such feed here.
pub fn unknown(language: Language, feed: &str, known: &[FeedView]) -> String {
    let known: Vec<&str> = known.iter().map(|feed| feed.feed.as_str()).collect();
    let known = match known.as_slice() {
        [] => pick(language, "无", "none").to_owned(),
        known => known.join(pick(language, "、", ", ")),
    };
    match language {
        Language::Zh => format!(
            "这里没有来源“{feed}”。现有：{known}。用 atlas feed add 添加，atlas feed list 查看。"
        ),
        Language::En => format!(
            "There is no feed {feed:?} here. Those that there are: {known}. `atlas feed add` adds one, `atlas feed list` shows them."
        ),
    }
}

/// The catalog that came with the program is neither synced nor removed.
pub fn bundled(language: Language, feed: &str) -> String {
    match language {
        Language::Zh => {
            format!("“{feed}”随程序附带：它随程序更新，没有可同步的地址，也不能移除。")
        }
        Language::En => format!(
            "{feed:?} came with the program: it is updated with it, has no address to sync from, and cannot be removed."
        ),
    }
}

/// A feed that only comes by file.
pub fn by_file(language: Language, feed: &str) -> String {
    match language {
        Language::Zh => {
            format!("来源“{feed}”没有地址，只由文件更新：atlas sync --bundle 文件.atlas。")
        }
        Language::En => format!(
            "The feed {feed:?} has no address and only comes by file: `atlas sync --bundle FILE.atlas`."
        ),
    }
}

/// The file to import is not there.
pub fn no_file(language: Language, path: &Path) -> String {
    let path = path.display();
    match language {
        Language::Zh => format!("没有这个文件：{path}。请核对路径和文件名。"),
        Language::En => format!("There is no file {path}. Check path and name."),
    }
}

/// Why the addresses of a feed were not taken, where the request says it.
pub fn not_taken(language: Language, error: &ApiError) -> Option<String> {
    let fact = |key: &str| error.facts.get(key).map_or("", String::as_str);
    let (zh, en) = match fact("field") {
        "local" => words(ProblemCode::PrivateAddress),
        "fingerprint" => (
            "该处目录源的指纹与 --fingerprint 所给的不同，未添加。请与发布方另行公布的指纹核对。",
            "The feed that is there has another fingerprint than --fingerprint says; it was not added. Compare it with what the publisher says elsewhere.",
        ),
        "mirrors" => (
            "地址太多：主地址之外最多 8 个。",
            "There are too many addresses; 8 at most beside the first.",
        ),
        "base" => {
            let code = serde_json::from_value(Value::String(fact("reason").to_owned()));
            let (zh, en) = code.map_or(
                (
                    "地址无法识别。请写 https:// 开头的网址，或文件夹的路径。",
                    "The address cannot be read. Give one that begins with https://, or the path of a folder.",
                ),
                words,
            );
            let at = fact("address");
            let at = if at.is_empty() {
                String::new()
            } else {
                format!(" [{at}]")
            };
            return Some(format!(
                "{}{}{at}",
                pick(language, "没有改动：", "Nothing was changed: "),
                pick(language, zh, en)
            ));
        }
        _ => return None,
    };
    Some(pick(language, zh, en).to_owned())
}

/// When a feed was last found current, and when it is asked next.
pub fn checks(language: Language, feed: &FeedView) -> Vec<String> {
    let success = ("上次成功", "Last success", &feed.last_success);
    let next = ("下次检查", "Next check", &feed.next_check);
    [success, next]
        .into_iter()
        .filter_map(|(zh, en, at)| Some(format!("{}: {}", pick(language, zh, en), at.as_ref()?)))
        .collect()
}

/// How the sync of a feed ended.
pub fn outcome(language: Language, outcome: &SyncOutcome) -> String {
    let name = name(language, &outcome.title, &outcome.feed);
    let (zh, en) = match outcome.result {
        SyncResult::Updated => (
            format!(
                "第 {} 版 → 第 {} 版：新增 {}，变更 {}，移除 {}；收到 {} 字节，{} 次请求。",
                outcome.from,
                outcome.to,
                outcome.added,
                outcome.changed,
                outcome.removed,
                outcome.received,
                outcome.requests
            ),
            format!(
                "generation {} → {}: {} added, {} changed, {} removed; {} bytes in {} requests.",
                outcome.from,
                outcome.to,
                outcome.added,
                outcome.changed,
                outcome.removed,
                outcome.received,
                outcome.requests
            ),
        ),
        SyncResult::Unchanged => (
            format!("已是最新，第 {} 版。", outcome.to),
            format!("up to date, generation {}.", outcome.to),
        ),
        SyncResult::Offline => (
            "未能连上，现有数据照常可用。".to_owned(),
            "not reached; the data at hand stays usable.".to_owned(),
        ),
        SyncResult::Refused => (
            "已拒绝，未作任何改动。".to_owned(),
            "refused; nothing was changed.".to_owned(),
        ),
        SyncResult::Expired => (
            "签名已过期；确认要导入请加 --allow-expired。".to_owned(),
            "its signature has run out; add --allow-expired to import it all the same.".to_owned(),
        ),
        SyncResult::AppTooOld => (
            "需要更新的程序版本。".to_owned(),
            "needs a newer version of the program.".to_owned(),
        ),
        SyncResult::ClockWrong => (
            "本机时钟有误。".to_owned(),
            "the clock of this machine is wrong.".to_owned(),
        ),
        SyncResult::DiskFull => (
            "磁盘空间不足。".to_owned(),
            "not enough disk space.".to_owned(),
        ),
    };
    format!("{name}: {}", pick(language, &zh, &en))
}

/// The state of a feed.
pub fn state(language: Language, feed: &FeedView) -> String {
    let days = feed.age_days.unwrap_or(0);
    let (zh, en) = match feed.state {
        FeedState::Bundled => ("随程序附带".to_owned(), "came with the program".to_owned()),
        FeedState::NeverSynced => ("从未同步".to_owned(), "never synced".to_owned()),
        FeedState::Refused => ("上次被拒绝".to_owned(), "refused last time".to_owned()),
        FeedState::ClockWrong => (
            "本机时钟有误".to_owned(),
            "the clock of this machine is wrong".to_owned(),
        ),
        FeedState::AppTooOld => (
            "需要更新的程序版本".to_owned(),
            "needs a newer version of the program".to_owned(),
        ),
        FeedState::Expired => (
            format!("签名已过期，数据 {days} 天前发布"),
            format!("signature has run out; published {days} days ago"),
        ),
        FeedState::Offline => (
            "上次未能连上".to_owned(),
            "not reached last time".to_owned(),
        ),
        FeedState::DiskFull => (
            "磁盘空间不足".to_owned(),
            "not enough disk space".to_owned(),
        ),
        FeedState::UpToDate => ("已是最新".to_owned(), "up to date".to_owned()),
        FeedState::Aged => (
            format!("{days} 天前发布"),
            format!("published {days} days ago"),
        ),
    };
    let (zh, en) = (
        format!("{zh}；第 {} 版，{} 条", feed.generation, feed.records),
        format!(
            "{en}; generation {}, {} records",
            feed.generation, feed.records
        ),
    );
    pick(language, &zh, &en).to_owned()
}

/// A sync among the news.
pub fn sync(language: Language, sync: &NewsSync) -> String {
    let title = text(language, &sync.title);
    let (zh, en) = (
        format!(
            "{} {title}：第 {} 版 → 第 {} 版，新增 {}，变更 {}，移除 {}（修订 {}）",
            sync.at, sync.from, sync.to, sync.added, sync.changed, sync.removed, sync.revision
        ),
        format!(
            "{} {title}: generation {} → {}, {} added, {} changed, {} removed (revision {})",
            sync.at, sync.from, sync.to, sync.added, sync.changed, sync.removed, sync.revision
        ),
    );
    pick(language, &zh, &en).to_owned()
}

/// What is wrong with a feed, and what to do about it.
pub fn problem(language: Language, problem: &Problem) -> String {
    let fact = |key: &str| problem.facts.get(key).map_or("", String::as_str);
    let (zh, en) = words(problem.code);
    let facts: Vec<&str> = [
        "feed",
        "fingerprint",
        "role",
        "expires",
        "generation",
        "stored",
        "status",
        "address",
        "encoding",
        "needs",
        "free",
        "now",
        "earliest",
        "limit",
        "reason",
    ]
    .into_iter()
    .map(fact)
    .filter(|fact| !fact.is_empty())
    .collect();
    let text = pick(language, zh, en);
    if facts.is_empty() {
        text.to_owned()
    } else {
        format!("{text} [{}]", facts.join("; "))
    }
}

fn words(code: ProblemCode) -> (&'static str, &'static str) {
    use ProblemCode as Code;
    match code {
        Code::Unreachable => (
            "地址无法连接。请检查网络。",
            "The address cannot be reached. Check the network.",
        ),
        Code::Interrupted => (
            "连接中断。下次同步会接着下载。",
            "The connection broke off. The next sync continues.",
        ),
        Code::TooSlow => ("服务器响应太慢。", "The server is too slow."),
        Code::ServerError => ("服务器返回错误。", "The server answered with an error."),
        Code::Insecure => (
            "无法建立安全连接。",
            "A secure connection could not be set up.",
        ),
        Code::NoFeed => (
            "该处没有数据来源。请核对地址。",
            "There is no feed there. Check the address.",
        ),
        Code::ClockWrong => (
            "按本机时钟，该内容发布于将来。请校准时钟；若时钟无误，是发布方写错了日期，请告知发布方。",
            "By this clock it was published in the future. Set the clock; if it is right, the publisher's date is not: tell the publisher.",
        ),
        Code::AppTooOld => (
            "需要更新的程序版本。",
            "A newer version of the program is needed.",
        ),
        Code::DiskFull => ("磁盘空间不足。", "There is not enough disk space."),
        Code::Signature => ("签名缺失或不符。", "A signature is missing or wrong."),
        Code::ReplacedKeys => (
            "由发布方已经更换的密钥签署，比已见过的内容更旧，未采用。请换用更换密钥之后的文件或地址。",
            "Signed with keys that the publisher has replaced since: older than what was seen before, and not used. Take a file or address from after the replacement.",
        ),
        Code::Rollback => ("比已见过的内容更旧。", "Older than what was seen before."),
        Code::SameGeneration => (
            "版次相同而内容不同。",
            "The same generation with other content.",
        ),
        Code::Expired => (
            "发布方的签名已过期。",
            "The publisher's signature has run out.",
        ),
        Code::Integrity => (
            "签名文件彼此不符。",
            "The signed files do not belong together.",
        ),
        Code::Malformed => (
            "签名文件无法读取，可能是网页。",
            "A signed file cannot be read; it may be a web page.",
        ),
        Code::OtherFeed => ("该处是另一个来源。", "What is there is another feed."),
        Code::TooLarge => ("文件超过允许的大小。", "A file is larger than allowed."),
        Code::Pack => (
            "数据包与签名不符或格式有误。",
            "A pack is not what was signed, or breaks the format.",
        ),
        Code::Digest => (
            "写入结果与签名的摘要不符。",
            "The result is not what was signed.",
        ),
        Code::Redirected => (
            "服务器转向别处，未跟随。",
            "The server leads elsewhere, and was not followed.",
        ),
        Code::Encoded => (
            "服务器改动了传输内容。",
            "The server changed the bytes on the way.",
        ),
        Code::PrivateAddress => (
            "地址未加密（http）或位于本机、本地网络，默认不允许：这样的连接能被旁人看到，也可能被引向内部的机器。内容仍由签名保护；确要使用请加 --local。",
            "The address is without encryption (http), or on this machine or in the local network. That is not allowed unless you say so: others can watch such a connection, and it may lead to machines inside. The signatures protect the content all the same; add --local to use it.",
        ),
        Code::UnknownFeed => (
            "该文件属于尚未添加的来源；核对指纹后加 --fingerprint 导入。",
            "The file holds a feed that was not added; compare its fingerprint and add --fingerprint.",
        ),
        Code::Unreadable => (
            "文件不是数据包或已损坏。",
            "The file is no bundle, or damaged.",
        ),
    }
}
