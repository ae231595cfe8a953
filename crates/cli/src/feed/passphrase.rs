//! Where passphrases come from: a file, the environment, or the person at the terminal.
//!
//! Never an argument: arguments show in the list of processes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use super::error::{FeedError, content, file};
use crate::args::Language;

/// Variable that holds the passphrase of all keys for which no file is named.
pub(crate) const VARIABLE: &str = "ATLAS_FEED_PASSPHRASE";
/// Shorter ones are refused for new keys.
const SHORTEST: usize = 8;

/// Where passphrases come from.
pub(crate) struct Passphrases {
    language: Language,
    /// A file for all keys (empty name), or for the one with that name.
    files: BTreeMap<String, PathBuf>,
    /// What a person typed, so that nobody is asked twice.
    typed: RefCell<BTreeMap<String, String>>,
}

impl Passphrases {
    /// Passphrases from `FILE` (all keys) and `NAME=FILE` (one key) and, where these say nothing, the environment
    /// and the terminal.
    pub(crate) fn new(files: &[String], language: Language) -> Self {
        let files = files
            .iter()
            .map(|text| match text.split_once('=') {
                Some((name, path)) => (name.to_owned(), PathBuf::from(path)),
                None => (String::new(), PathBuf::from(text)),
            })
            .collect();
        Self {
            language,
            files,
            typed: RefCell::default(),
        }
    }

    /// The passphrase of a key.
    pub(crate) fn of(&self, name: &str) -> Result<String, FeedError> {
        match self.given(name)? {
            Some(given) => Ok(given),
            None => self.typed(name, false),
        }
    }

    /// The passphrase for a new key, which must not be too short. A person types it twice: a slip would lock the key.
    pub(crate) fn new_for(&self, name: &str) -> Result<String, FeedError> {
        let passphrase = match self.given(name)? {
            Some(given) => given,
            None => self.typed(name, true)?,
        };
        long_enough(&passphrase)?;
        Ok(passphrase)
    }

    /// What a file or the environment says.
    fn given(&self, name: &str) -> Result<Option<String>, FeedError> {
        let named = self.files.get(name).or_else(|| self.files.get(""));
        if let Some(path) = named {
            let text = std::fs::read_to_string(path).map_err(file(path))?;
            let line = text.lines().next().unwrap_or_default();
            return match line {
                "" => Err(content(path, "the first line is empty")),
                line => Ok(Some(line.to_owned())),
            };
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "the terminal is a host: it may ask the environment"
        )]
        let variable = std::env::var(VARIABLE).ok();
        Ok(variable.filter(|text| !text.is_empty()))
    }

    /// What a person types, once for all keys that share a passphrase; `new` ones are typed again.
    fn typed(&self, name: &str, new: bool) -> Result<String, FeedError> {
        // People hold root keys one by one; the keys of the publishing machine share a passphrase.
        let group = if name.starts_with("root-") {
            name
        } else {
            "online"
        };
        if let Some(typed) = self.typed.borrow().get(group) {
            return Ok(typed.clone());
        }
        if !std::io::stdin().is_terminal() {
            return Err(FeedError::new(
                format!(
                    "需要密钥 {name} 的口令：请用 --passphrase-file 或环境变量 {VARIABLE} 给出。"
                ),
                format!(
                    "The passphrase of key {name} is needed: give it with --passphrase-file or in {VARIABLE}."
                ),
            ));
        }
        let (zh, en) = if group == "online" {
            (
                "联机密钥（targets、snapshot、timestamp）的口令".to_owned(),
                "Passphrase of the online keys (targets, snapshot, timestamp)".to_owned(),
            )
        } else {
            (
                format!("密钥 {name} 的口令"),
                format!("Passphrase of key {name}"),
            )
        };
        let typed = self.ask(&zh, &en)?;
        if new {
            // Before it is typed again: a short one is refused anyway.
            long_enough(&typed)?;
            if self.ask(&format!("再次输入{zh}"), &format!("{en}, again"))? != typed {
                return Err(FeedError::new(
                    "两次输入的口令不同，未作任何改动。请重新运行该命令。",
                    "The two passphrases differ; nothing was changed. Run the command again.",
                ));
            }
        }
        self.typed
            .borrow_mut()
            .insert(group.to_owned(), typed.clone());
        Ok(typed)
    }

    fn ask(&self, zh: &str, en: &str) -> Result<String, FeedError> {
        let prompt = match self.language {
            Language::Zh => format!("{zh}："),
            Language::En => format!("{en}: "),
        };
        rpassword::prompt_password(prompt).map_err(|error| {
            FeedError::new(
                format!("无法读取口令：{error}"),
                format!("the passphrase cannot be read: {error}"),
            )
        })
    }
}

fn long_enough(passphrase: &str) -> Result<(), FeedError> {
    if passphrase.chars().count() < SHORTEST {
        return Err(FeedError::new(
            format!("口令至少需要 {SHORTEST} 个字符。"),
            format!("A passphrase has at least {SHORTEST} characters."),
        ));
    }
    Ok(())
}
