//! What the terminal says, in both languages.

pub mod assign;
pub mod export;
pub mod feeds;
pub mod figures;
pub mod filters;
pub mod kept;
pub mod matching;
pub mod records;
pub mod submission;
pub mod tables;
pub mod work;

use std::io;
use std::path::Path;

use atlas_core::api::types::{ApiError, ErrorCode, Notice, NoticeCode, Phase, Relaxed};
use atlas_core::model::{Code, RecordRef, Status, Taxonomies, Text};

use crate::args::Language;

/// Chooses a text.
pub fn pick<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// What follows a fact that was concluded, not printed.
pub fn mark(language: Language, inferred: bool) -> &'static str {
    if inferred {
        pick(language, "（推断）", " (inferred)")
    } else {
        ""
    }
}

/// A localized text in the language, or in the other where it is missing.
pub fn text(language: Language, text: &Text) -> &str {
    let (first, second) = match language {
        Language::Zh => (&text.zh, &text.en),
        Language::En => (&text.en, &text.zh),
    };
    first.as_deref().or(second.as_deref()).unwrap_or_default()
}

/// The name of a code; a code that nobody knows shows as itself.
pub fn term(language: Language, taxonomy: &str, code: &str) -> String {
    match Taxonomies::bundled().term(taxonomy, code) {
        Some(term) => pick(language, &term.zh, &term.en).to_owned(),
        None => code.to_owned(),
    }
}

/// How far a record was verified; what the user wrote is called own instead, as in the window.
pub fn verification(language: Language, reference: &RecordRef, status: Option<Status>) -> String {
    if reference.is_own() {
        return pick(language, "自己的", "own").to_owned();
    }
    status.map_or_else(String::new, |status| {
        term(language, "status", status.code())
    })
}

/// The names of several codes.
pub fn terms(language: Language, taxonomy: &str, codes: &[Code]) -> String {
    let names: Vec<String> = codes
        .iter()
        .map(|code| term(language, taxonomy, code.as_str()))
        .collect();
    names.join(pick(language, "、", ", "))
}

/// Why a file that the user named cannot be read.
pub fn unreadable(language: Language, path: &Path, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return feeds::no_file(language, path);
    }
    let path = path.display();
    match language {
        Language::Zh => format!("无法读取 {path}（{error}）。请核对它是不是文件、是否有读取权限。"),
        Language::En => format!(
            "{path} cannot be read ({error}). Check that it is a file and that you may read it."
        ),
    }
}

/// What an error means and what to do about it.
#[expect(clippy::too_many_lines, reason = "one message a line")]
pub fn error(language: Language, error: &ApiError) -> String {
    let fact = |key: &str| error.facts.get(key).map_or("", String::as_str);
    let (zh, en) = match error.code {
        ErrorCode::BadRequest => (
            format!(
                "请求有误：{} {} {}",
                fact("command"),
                fact("field"),
                fact("reason")
            ),
            format!(
                "The request is wrong: {} {} {}",
                fact("command"),
                fact("field"),
                fact("reason")
            ),
        ),
        ErrorCode::NotFound => (
            format!(
                "目录中没有这条记录：{}。{}",
                fact("ref"),
                records::form(Language::Zh)
            ),
            format!(
                "No such record: {}. {}",
                fact("ref"),
                records::form(Language::En)
            ),
        ),
        ErrorCode::CatalogMissing => (
            format!(
                "{} 中还没有目录。请先打开应用或运行 atlas status。",
                fact("path")
            ),
            format!(
                "There is no catalog in {} yet. Start the app or run `atlas status` first.",
                fact("path")
            ),
        ),
        ErrorCode::FolderInUse => (
            format!(
                "数据文件夹 {} 正被另一个程序使用。请关闭它，或用 --data-dir 指定别的文件夹。",
                fact("path")
            ),
            format!(
                "The data folder {} is in use by another program. Close it or choose another with --data-dir.",
                fact("path")
            ),
        ),
        ErrorCode::FolderReadOnly if error.facts.contains_key("reason") => {
            let (zh, en) = match fact("reason") {
                "not_a_folder" => ("它是文件，不是文件夹", "it is a file"),
                "not_made" => ("它不存在，也无法创建", "it is not there and cannot be made"),
                _ => ("无法在其中写入", "it cannot be written"),
            };
            let detail = match fact("detail") {
                "" => String::new(),
                detail => format!(" ({detail})"),
            };
            (
                format!(
                    "数据文件夹 {} 无法使用：{zh}{detail}。请用 --data-dir 指定别的文件夹。",
                    fact("path")
                ),
                format!(
                    "The data folder {} cannot be used: {en}{detail}. Choose another with --data-dir.",
                    fact("path")
                ),
            )
        }
        ErrorCode::FolderReadOnly => (
            format!(
                "无法写入 {}。请检查权限，或用 --data-dir 指定别的文件夹。",
                fact("path")
            ),
            format!(
                "{} cannot be written. Check its permissions or choose another folder with --data-dir.",
                fact("path")
            ),
        ),
        ErrorCode::FolderMissing => (
            format!(
                "数据文件夹已移至 {}，但现在找不到它。请接上所在的磁盘；若确已丢失，删除 {} 后将使用原处的数据。",
                fact("path"),
                fact("pointer")
            ),
            format!(
                "The data folder was moved to {}, which is not there. Connect the drive that holds it; if it is lost, remove {} to use what is left where it was.",
                fact("path"),
                fact("pointer")
            ),
        ),
        ErrorCode::DiskFull => (
            format!("磁盘已满，{} 未改动。请腾出空间后重试。", fact("path")),
            format!(
                "The disk is full; {} is unchanged. Free some space and try again.",
                fact("path")
            ),
        ),
        ErrorCode::TooNew => (
            format!("{} 由更新的版本写成。请使用新版本打开。", fact("path")),
            format!(
                "{} was written by a newer version. Open it with that version.",
                fact("path")
            ),
        ),
        ErrorCode::Damaged => (
            format!("{} 已损坏。打开应用会自动修复。", fact("path")),
            format!("{} is damaged. Opening the app repairs it.", fact("path")),
        ),
        ErrorCode::FileUnwritable => (
            format!(
                "无法写入 {}。请核对文件夹是否存在、是否有写入权限。",
                fact("path")
            ),
            format!(
                "{} cannot be written. Check that its folder is there and lets you write.",
                fact("path")
            ),
        ),
        ErrorCode::FileExists | ErrorCode::NoFont | ErrorCode::MissingGlyph => export::error(error),
        ErrorCode::Cancelled => ("已取消。".to_owned(), "Cancelled.".to_owned()),
        ErrorCode::Internal => (
            format!("程序故障：{}", error.trace),
            format!("Internal fault: {}", error.trace),
        ),
    };
    pick(language, zh.trim(), en.trim()).to_owned()
}

/// What happened while the folder was opened.
pub fn notice(language: Language, notice: &Notice) -> String {
    let fact = |key: &str| notice.facts.get(key).map_or("", String::as_str);
    let (zh, en) = match notice.code {
        NoticeCode::CatalogImported => (
            format!("已导入随附目录：{} 条记录。", fact("added")),
            format!("Imported the bundled catalog: {} records.", fact("added")),
        ),
        NoticeCode::CatalogUpdated => (
            format!(
                "已更新目录：新增 {}，变更 {}，移除 {}。",
                fact("added"),
                fact("changed"),
                fact("removed")
            ),
            format!(
                "Updated the catalog: {} added, {} changed, {} removed.",
                fact("added"),
                fact("changed"),
                fact("removed")
            ),
        ),
        NoticeCode::CatalogRepaired => (
            "目录文件损坏，已由随附目录重建。".to_owned(),
            "The catalog was damaged and was rebuilt from the bundled one.".to_owned(),
        ),
        NoticeCode::IndexRebuilt => (
            "检索索引已重建。".to_owned(),
            "The search index was rebuilt.".to_owned(),
        ),
        NoticeCode::UserRestored if !notice.facts.contains_key("path") => (
            format!("个人数据文件不见了，已用备份 {} 恢复。", fact("backup")),
            format!(
                "The file of your data was gone; it was restored from {}.",
                fact("backup")
            ),
        ),
        NoticeCode::UserRestored => (
            format!(
                "个人数据损坏，已用备份 {} 恢复；原文件保留在 {}。",
                fact("backup"),
                fact("path")
            ),
            format!(
                "Your data was damaged and was restored from {}; the old file is kept as {}.",
                fact("backup"),
                fact("path")
            ),
        ),
        NoticeCode::UserDamaged => (
            format!("个人数据损坏且没有备份；原文件保留在 {}。", fact("path")),
            format!(
                "Your data was damaged and there is no backup; the old file is kept as {}.",
                fact("path")
            ),
        ),
        NoticeCode::TrustReset => (
            "信任记录损坏，已重新开始。".to_owned(),
            "The trust records were damaged and were begun anew.".to_owned(),
        ),
    };
    pick(language, &zh, &en).to_owned()
}

/// Name of a phase.
pub fn phase(language: Language, phase: Phase) -> &'static str {
    match phase {
        Phase::Verify => pick(language, "核对", "Verifying"),
        Phase::Apply => pick(language, "写入记录", "Writing records"),
        Phase::Index => pick(language, "建立索引", "Indexing"),
    }
}

/// How far a query was relaxed.
pub fn relaxed(language: Language, relaxed: Relaxed) -> Option<&'static str> {
    match relaxed {
        Relaxed::All => None,
        Relaxed::Most => Some(pick(
            language,
            "含全部词的记录很少或没有，也列出含大部分词的",
            "Few records or none have every word; those with most are listed too",
        )),
        Relaxed::Any => Some(pick(
            language,
            "含全部词的记录很少或没有，也列出含任一词的",
            "Few records or none have every word; those with any are listed too",
        )),
    }
}
