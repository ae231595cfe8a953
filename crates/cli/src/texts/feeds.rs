//! What the terminal says about feeds, in both languages.

use atlas_core::api::types::{
    FeedState, FeedView, NewsSync, Problem, ProblemCode, SyncOutcome, SyncPhase, SyncResult,
};

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

/// How the sync of a feed ended.
pub fn outcome(language: Language, outcome: &SyncOutcome) -> String {
    let title = text(language, &outcome.title);
    let name = match title {
        "" => outcome.feed.clone(),
        title => format!("{title} ({})", outcome.feed),
    };
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
            "本机时钟早于已知的发布时间。请校准时钟。",
            "The clock is earlier than what was published. Set it right.",
        ),
        Code::AppTooOld => (
            "需要更新的程序版本。",
            "A newer version of the program is needed.",
        ),
        Code::DiskFull => ("磁盘空间不足。", "There is not enough disk space."),
        Code::Signature => ("签名缺失或不符。", "A signature is missing or wrong."),
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
            "地址位于本地网络；如确需使用请加 --local。",
            "The address is inside the local network; add --local to allow it.",
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
