//! `atlas backup` and `atlas log`: what is kept of the user's own data, and what happened to it.

use std::process::ExitCode;

use atlas_core::api;
use atlas_core::api::types::{AuditLine, BackupView, ErrorCode, RestorePreview};
use clap::Subcommand;
use serde_json::json;

use super::sync::open_to_write;
use crate::args::{Args, Language};
use crate::output::{Failure, Output};
use crate::texts::{kept as says, pick};

/// What to do with backups.
#[derive(Debug, Subcommand)]
pub enum Backup {
    /// List backups, newest first, with what is in them.
    List,
    /// Make a verified backup.
    Make,
    /// Put a backup in the place of your data, which is backed up before.
    Restore {
        /// The backup, as `list` prints it.
        #[arg(value_name = "NAME")]
        name: String,
        /// Only tell what would change.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Runs a command on backups.
pub fn backup(args: &Args, command: &Backup, output: &mut Output) -> Result<ExitCode, Failure> {
    match command {
        Backup::List => {
            let (app, _) = super::open(args, output)?;
            let backups: Vec<BackupView> = super::query(&app, "list_backups", json!({}))?;
            list(&backups, output)
        }
        Backup::Make => {
            let app = open_to_write(args, output)?;
            let made = api::mutate(&app, "make_backup", json!({}))?;
            let backups: Vec<BackupView> = serde_json::from_value(made).map_err(|error| {
                Failure::Api(api::types::ApiError::new(ErrorCode::Internal).caused_by(&error))
            })?;
            list(backups.get(..1).unwrap_or_default(), output)
        }
        Backup::Restore { name, dry_run } => restore(args, name, *dry_run, output),
    }
}

fn restore(
    args: &Args,
    name: &str,
    dry_run: bool,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let app = if dry_run {
        super::open(args, output)?.0
    } else {
        open_to_write(args, output)?
    };
    let request = json!({ "name": name });
    let preview: RestorePreview = match super::query(&app, "preview_restore", request.clone()) {
        Err(Failure::Api(error)) if error.code == ErrorCode::NotFound => {
            output.tell(&says::no_backup(output.language, name));
            return Ok(ExitCode::from(1));
        }
        preview => preview?,
    };
    if output.json {
        output.value(&preview)?;
    } else {
        for (kind, then) in &preview.backup.holds {
            let now = preview.now.get(kind).copied().unwrap_or_default();
            let kind = says::kind(output.language, kind);
            output.line(&format!("{kind}: {now} → {then}"))?;
        }
    }
    if !preview.sound {
        return Err(Failure::Refused(
            pick(
                output.language,
                "这个备份已损坏，不能恢复。请选择另一个。",
                "This backup is damaged and cannot be put back. Choose another one.",
            )
            .to_owned(),
        ));
    }
    if !dry_run {
        api::mutate(&app, "restore_backup", request)?;
        output.tell(pick(
            output.language,
            "已恢复。恢复前的数据另存为最新的备份。",
            "Restored. What was there before is the newest backup.",
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn list(backups: &[BackupView], output: &mut Output) -> Result<ExitCode, Failure> {
    if output.json {
        output.value(&backups)?;
    } else {
        for backup in backups {
            let holds: Vec<String> = backup
                .holds
                .iter()
                .filter(|(_, count)| **count > 0)
                .map(|(kind, count)| match output.language {
                    Language::Zh => format!("{} {count}", says::kind(Language::Zh, kind)),
                    Language::En => format!("{count} {}", says::kind(Language::En, kind)),
                })
                .collect();
            let kilobytes = backup.bytes.div_ceil(1000);
            output.line(&format!(
                "{}  {kilobytes} KB  {}",
                backup.name,
                holds.join(pick(output.language, "、", ", "))
            ))?;
        }
    }
    Ok(found(backups.is_empty()))
}

/// Prints what happened, newest first.
pub fn log(args: &Args, limit: u32, output: &mut Output) -> Result<ExitCode, Failure> {
    let (app, _) = super::open(args, output)?;
    let mut lines: Vec<AuditLine> = super::query(&app, "list_events", json!({}))?;
    lines.truncate(limit as usize);
    if output.json {
        output.value(&lines)?;
    } else {
        for line in &lines {
            let what = says::event(output.language, &line.what);
            output.line(&format!("{}  {what}", line.at))?;
        }
    }
    Ok(found(lines.is_empty()))
}

fn found(nothing: bool) -> ExitCode {
    if nothing {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
