//! What the terminal says about exports, in both languages.

use std::path::Path;

use atlas_core::api::types::Exported;
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
        text.push_str(&match language {
            Language::Zh => format!("含有：{names}。不想写出可加 --without-private。"),
            Language::En => {
                format!(" Contains: {names}. Leave them out with --without-private.")
            }
        });
    }
    if *cut > 0 {
        text.push_str(&match language {
            Language::Zh => format!("有 {cut} 处文字超过单元格上限（32,767 字），已截断。"),
            Language::En => format!(
                " {cut} texts were longer than a cell takes (32,767 characters) and were cut."
            ),
        });
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
