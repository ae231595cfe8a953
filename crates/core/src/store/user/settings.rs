//! Settings: one row a field of [`Settings`], values as JSON. Rows whose key has a colon are [`super::keyed`].

use rusqlite::{OptionalExtension as _, params};
use serde_json::{Map, Value};

use super::User;
use super::needs::Desk;
use crate::api::types::{Changes, Edit, Settings};
use crate::store::StoreError;

/// Longest address that is remembered.
const ADDRESS_MAX: usize = 4096;
/// Longest time, `2026-11-22T20:30:00Z`, with room to spare.
const TIME_MAX: usize = 32;

impl User {
    /// The settings; a value that a newer version wrote and this one cannot read falls back to its default.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let rows: Vec<(String, String)> = self.read(|connection| {
            connection
                .prepare_cached("select key, value from setting where instr(key, ':') = 0")?
                .query_map([], |row| Ok((row.get("key")?, row.get("value")?)))?
                .collect()
        })?;
        let mut fields = Map::new();
        for (key, json) in rows {
            if let Ok(value) = serde_json::from_str::<Value>(&json)
                && check(&key, &value).is_ok()
            {
                fields.insert(key, value);
            }
        }
        Ok(serde_json::from_value(Value::Object(fields)).unwrap_or_default())
    }
}

/// Changes a setting.
pub(super) fn set(
    desk: &Desk<'_>,
    key: &str,
    value: &Value,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let sql = |error| StoreError::sqlite(desk.path, error);
    let value = check(key, value)?;
    let before: Option<String> = desk
        .transaction
        .query_row("select value from setting where key = ?", [key], |row| {
            row.get(0)
        })
        .optional()
        .map_err(sql)?;
    let changes = Changes {
        settings: true,
        ..Changes::default()
    };
    if before.as_ref() == Some(&value) {
        return Ok((None, changes));
    }
    desk.transaction
        .execute(
            "insert or replace into setting values (?, ?)",
            params![key, value],
        )
        .map_err(sql)?;
    // Where one was, and how the window looked, is no edit that somebody would take back.
    let inverse = is_undoable(key).then(|| Edit::SetSetting {
        key: key.to_owned(),
        value: before
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_else(|| default_of(key)),
    });
    Ok((inverse, changes))
}

/// Checks a value against what the setting allows and answers it as JSON.
fn check(key: &str, value: &Value) -> Result<String, StoreError> {
    let text = value.as_str();
    let allowed = match key {
        "language" => matches!(text, Some("" | "zh-CN" | "en")),
        "theme" => matches!(text, Some("system" | "light" | "dark")),
        "view" => matches!(text, Some("table" | "cards")),
        "zoom" => value
            .as_u64()
            .is_some_and(|zoom| (80..=200).contains(&zoom)),
        "auto_check" => value.is_boolean(),
        "news_seen" => text.is_some_and(|at| at.len() <= TIME_MAX),
        "address" => text.is_some_and(|address| address.len() <= ADDRESS_MAX),
        _ => false,
    };
    if allowed {
        Ok(value.to_string())
    } else {
        Err(StoreError::Edit {
            field: key.to_owned(),
        })
    }
}

/// Whether changing the setting is an edit that undo takes back.
fn is_undoable(key: &str) -> bool {
    !matches!(key, "address" | "view" | "news_seen")
}

/// The value of a setting that was never changed.
fn default_of(key: &str) -> Value {
    serde_json::to_value(Settings::default())
        .ok()
        .and_then(|settings| settings.get(key).cloned())
        .unwrap_or(Value::Null)
}
