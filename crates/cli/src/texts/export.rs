//! What the terminal says about exports, in both languages.

use std::fmt::Write as _;
use std::path::Path;

use atlas_core::api::types::{ApiError, ErrorCode, Exported};
use atlas_core::model::PrivateField;

use super::pick;
use crate::args::Language;

/// What was written, and what private fields it contains.
pub fn written(language: Language, written: &Exported) -> String {
    let names: Vec<&str> = written
        .private
        .iter()
        .map(|field| private(language, *field))
        .collect();
    let names = names.join(pick(language, "、", ", "));
    let Exported {
        path, rows, cut, ..
    } = written;
    let mut text = match language {
        Language::Zh => format!("已写入 {path}：{rows} 行。"),
        Language::En => format!("Written to {path}: {rows} rows."),
    };
    if !names.is_empty() {
        let _ = match language {
            Language::Zh => write!(text, "含有：{names}。不想写出可加 --without-private。"),
            Language::En => write!(
                text,
                " Contains: {names}. Leave them out with --without-private."
            ),
        };
    }
    if *cut > 0 {
        let _ = match language {
            Language::Zh => write!(text, "有 {cut} 处文字超过单元格上限（32,767 字），已截断。"),
            Language::En => write!(
                text,
                " {cut} texts were longer than a cell takes (32,767 characters) and were cut."
            ),
        };
    }
    text
}

/// The file is there.
pub fn exists(language: Language, path: &Path) -> String {
    let path = path.display();
    match language {
        Language::Zh => format!("{path} 已存在。要替换它请加 --force。"),
        Language::En => format!("{path} is there already. Replace it with --force."),
    }
}

/// That nothing of a kind (in both languages) has a name, and which names there are.
pub fn not_named(language: Language, what: (&str, &str), name: &str, names: &[String]) -> String {
    let (zh, en) = what;
    let there = names.join(pick(language, "、", ", "));
    match language {
        Language::Zh if names.is_empty() => format!("还没有{zh}。"),
        Language::Zh => format!("没有名为“{name}”的{zh}。现有：{there}。"),
        Language::En if names.is_empty() => format!("There is no {en} yet."),
        Language::En => format!("There is no {en} named {name}. There are: {there}."),
    }
}

/// What an error of exports means and what to do about it, in Chinese and in English.
pub fn error(error: &ApiError) -> (String, String) {
    let fact = |key: &str| error.facts.get(key).map_or("", String::as_str);
    match error.code {
        ErrorCode::FileExists => (
            format!("{} 已存在，未改动。", fact("path")),
            format!("{} is there already and was not changed.", fact("path")),
        ),
        ErrorCode::NoFont => match fact("reason") {
            "embedding" => (
                format!(
                    "字体 {} 的许可不允许嵌入文档。请换一种字体，或安装 {}。",
                    fact("path"),
                    fact("package")
                ),
                format!(
                    "The licence of the font {} forbids to embed it. Choose another, or install {}.",
                    fact("path"),
                    fact("package")
                ),
            ),
            "unreadable" => (
                format!(
                    "{} 不是可用的字体文件。请换一种字体，或安装 {}。",
                    fact("path"),
                    fact("package")
                ),
                format!(
                    "{} is no font that can be read. Choose another, or install {}.",
                    fact("path"),
                    fact("package")
                ),
            ),
            _ => (
                format!(
                    "本机没有中文字体。请安装 {0}（sudo apt install {0}），或用 --font 指定字体文件。",
                    fact("package")
                ),
                format!(
                    "No font with Chinese was found. Install {0} (sudo apt install {0}), or name a font file with --font.",
                    fact("package")
                ),
            ),
        },
        ErrorCode::MissingGlyph => (
            format!(
                "所用字体都没有“{}”（{}），见于“{}”。请用 --font 指定含有该字的字体，或导出为 xlsx、docx。",
                fact("char"),
                fact("code"),
                fact("text")
            ),
            format!(
                "No font has “{}” ({}), which occurs in “{}”. Name a font that has it with --font, or export as xlsx or docx.",
                fact("char"),
                fact("code"),
                fact("text")
            ),
        ),
        _ => (String::new(), String::new()),
    }
}

fn private(language: Language, field: PrivateField) -> &'static str {
    let (zh, en) = match field {
        PrivateField::Person => ("联系人", "contact persons"),
        PrivateField::Phone => ("联系电话", "contact phones"),
        PrivateField::Email => ("联系邮箱", "contact mailboxes"),
        PrivateField::Enterprise => ("需求企业名称", "enterprises of needs"),
        PrivateField::Letter => ("来信原文", "letters"),
        PrivateField::Note => ("备注", "notes"),
    };
    pick(language, zh, en)
}
