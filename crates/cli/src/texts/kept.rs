//! What the terminal says about backups and what happened to the data, in both languages.

use atlas_core::api::types::{BackupReason, Changes, Deleted, Event, LastEdit, SyncResult};
use atlas_core::model::Taxonomies;

use super::pick;
use crate::args::Language;

/// A kind of thing that a backup holds.
pub fn kind(language: Language, kind: &str) -> String {
    let (zh, en) = match kind {
        "needs" => ("需求", "needs"),
        "favourites" => ("收藏", "favourites"),
        "lists" => ("清单", "lists"),
        "members" => ("清单条目", "records on lists"),
        "annotations" => ("标签和笔记", "tagged or noted records"),
        "searches" => ("保存的搜索", "saved searches"),
        "records" => ("自有记录", "own records"),
        "corrections" => ("更正", "corrections"),
        other => (other, other),
    };
    pick(language, zh, en).to_owned()
}

/// There is no backup of that name.
pub fn no_backup(language: Language, name: &str) -> String {
    match language {
        Language::Zh => format!("没有名为“{name}”的备份。用 atlas backup list 查看现有备份。"),
        Language::En => {
            format!("There is no backup {name:?}. `atlas backup list` shows those that there are.")
        }
    }
}

/// An edit that was taken back, in one line.
pub fn taken_back(language: Language, last: &LastEdit) -> String {
    let kinds: Vec<&str> = changed(&last.changes)
        .into_iter()
        .filter(|(there, ..)| *there)
        .map(|(_, zh, en)| pick(language, zh, en))
        .collect();
    let kinds = kinds.join(pick(language, "、", ", "));
    let (made, records) = (&last.made, last.records);
    match language {
        Language::Zh => format!("已撤销 {made} 的编辑：{kinds}，{records} 条。"),
        Language::En if records == 1 => format!("Took back the edit of {made}: {kinds}, 1 record."),
        Language::En => format!("Took back the edit of {made}: {kinds}, {records} records."),
    }
}

/// The kinds of data that an edit may have changed.
fn changed(changes: &Changes) -> [(bool, &'static str, &'static str); 13] {
    [
        (changes.settings, "设置", "settings"),
        (changes.favourites, "收藏", "favourites"),
        (changes.needs, "需求", "needs"),
        (changes.portfolio, "统筹分配", "portfolio"),
        (changes.own, "自有记录", "own records"),
        // Where records come from or go to is no kind beside them.
        (
            changes.trash && !changes.own && !changes.needs,
            "回收站",
            "trash",
        ),
        (changes.overlays, "更正", "corrections"),
        (changes.mappings, "导入对应方式", "mappings of tables"),
        (changes.lists, "清单", "lists"),
        (changes.annotations, "标签和笔记", "tags and notes"),
        (changes.searches, "保存的搜索", "saved searches"),
        (changes.tray, "对比", "comparison"),
        (changes.recent, "最近看过", "recently seen"),
    ]
}

/// What an export is of: where it came from, or the kind of its records.
fn exported(what: &str) -> (&str, &str) {
    match what {
        "search" => ("查询结果", "what a search found"),
        "records" => ("所选记录", "chosen records"),
        "comparison" => ("对比", "a comparison"),
        "match" => ("匹配结果", "a match"),
        "offer" => ("适合的需求", "needs that fit"),
        "roadmap" => ("路线图", "a roadmap"),
        "portfolio" => ("统筹分配", "a portfolio"),
        "needs" => ("我的需求", "my needs"),
        "submission" => ("提交包", "a submission"),
        kind => record_kind(kind),
    }
}

/// The name of a kind of record; itself where it has none.
fn record_kind(kind: &str) -> (&str, &str) {
    let term = Taxonomies::bundled().term("kind", kind);
    term.map_or((kind, kind), |term| (&term.zh, &term.en))
}

/// What happened, in one line.
pub fn event(language: Language, event: &Event) -> String {
    let (zh, en) = match event {
        Event::Sync {
            feed,
            result,
            from,
            to,
            added,
            changed,
            removed,
        } => {
            let (zh, en) = ended(*result);
            (
                format!(
                    "同步 {feed}：{zh}，{from} → {to} 期，新增 {added}，改动 {changed}，移除 {removed}"
                ),
                format!(
                    "Sync of {feed}: {en}, generation {from} → {to}, {added} added, {changed} changed, {removed} removed"
                ),
            )
        }
        Event::FeedRemoved { feed } => (format!("移除来源 {feed}"), format!("Feed {feed} removed")),
        Event::Import {
            kind,
            file,
            added,
            changed,
            rejected,
        } => {
            let (zh, en) = record_kind(kind);
            (
                format!("导入 {file}（{zh}）：新增 {added}，更新 {changed}，未采用 {rejected}"),
                format!(
                    "Import of {file} ({en}): {added} added, {changed} changed, {rejected} not taken"
                ),
            )
        }
        Event::Export {
            what,
            format,
            file,
            records,
            private,
        } => {
            let (zh, en) = if *private {
                ("，含私密字段", ", private fields included")
            } else {
                ("", "")
            };
            let (what_zh, what_en) = exported(what);
            (
                format!("导出{what_zh}到 {file}（{format}）：{records} 条{zh}"),
                format!("Export of {what_en} to {file} ({format}): {records} records{en}"),
            )
        }
        Event::Deletion { what, count } => {
            let (zh, en) = deleted(*what);
            (
                format!("删除{zh}：{count}"),
                format!("Deleted: {count} {en}"),
            )
        }
        Event::Backup { name, reason } => {
            let (zh, en) = match reason {
                BackupReason::Daily => ("每日", "daily"),
                BackupReason::Migration => ("升级前", "before an upgrade"),
                BackupReason::Asked => ("手动", "by hand"),
                BackupReason::Safety => ("保险", "for safety"),
            };
            (
                format!("备份（{zh}）：{name}"),
                format!("Backup ({en}): {name}"),
            )
        }
        Event::Restore { name, damaged } => {
            let (zh, en) = if *damaged {
                ("数据损坏，自动恢复", "The data was damaged; put back")
            } else {
                ("恢复", "Put back")
            };
            (format!("{zh}：{name}"), format!("{en}: {name}"))
        }
        Event::BackupsRemoved { count } => (
            format!("删除备份：{count}"),
            format!("Backups removed: {count}"),
        ),
        Event::Moved => (
            "数据文件夹移至此处".to_owned(),
            "The data folder was moved here".to_owned(),
        ),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn ended(result: SyncResult) -> (&'static str, &'static str) {
    match result {
        SyncResult::Updated => ("已更新", "updated"),
        SyncResult::Unchanged => ("无变化", "unchanged"),
        SyncResult::Offline => ("未连上", "offline"),
        SyncResult::Refused => ("被拒绝", "refused"),
        SyncResult::Expired => ("签名过期", "expired"),
        SyncResult::AppTooOld => ("需要新版本", "needs a newer version"),
        SyncResult::ClockWrong => ("时钟不对", "wrong clock"),
        SyncResult::DiskFull => ("磁盘已满", "disk full"),
    }
}

fn deleted(what: Deleted) -> (&'static str, &'static str) {
    match what {
        Deleted::Need => ("需求", "needs"),
        Deleted::NeedForgotten => ("需求（彻底忘记）", "needs, without a trace"),
        Deleted::Record => ("自有记录", "own records"),
        Deleted::List => ("清单", "lists"),
        Deleted::Search => ("保存的搜索", "saved searches"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export_of(what: &str) -> Event {
        Event::Export {
            what: what.to_owned(),
            format: "csv".to_owned(),
            file: "a.csv".to_owned(),
            records: 2,
            private: false,
        }
    }

    #[test]
    fn the_log_names_what_was_exported() {
        for (what, zh, en) in [
            (
                "search",
                "导出查询结果到",
                "Export of what a search found to",
            ),
            ("case", "导出案例到", "Export of Cases to"),
            ("new_kind", "导出new_kind到", "Export of new_kind to"),
        ] {
            let said = event(Language::Zh, &export_of(what));
            assert!(said.starts_with(zh), "{said}");
            let said = event(Language::En, &export_of(what));
            assert!(said.starts_with(en), "{said}");
        }
    }
}
