//! Whether a folder keeps its promises after whatever happened to it.
//!
//! First as it lies there, on a copy of the databases: sound, in the old or the new state, the user's rows untouched. Then by a
//! plain start of the product: it ends in the old or new state without asking, the index answers as the table does,
//! and nothing that nobody needs is left.

mod files;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use atlas_core::api::types::{ApiError, AppStatus, NoticeCode};
use atlas_core::api::{self, App};
use atlas_core::feed::{Digest, digest};
use rusqlite::OptionalExtension as _;
use serde_json::{Value, json};

use self::files::{floor, residue, sound, user_rows};
use super::feed::sync;
use super::scenario::{NEW, OLD, Rows, Scenario, generation, open, table};
use crate::fixtures::FEED;

pub use self::files::files;

/// What a scenario promises, computed once.
pub struct Promise {
    scenario: Scenario,
    /// Digest of each generation, from the first.
    digests: Vec<String>,
    user: Vec<Rows>,
}

type Verdict = Result<(), String>;

impl Promise {
    /// The promises of a scenario.
    pub fn of(scenario: Scenario) -> Self {
        let digest = |number| {
            let manifest = generation(number).manifest();
            manifest.expect("the fixture is valid").state.digest
        };
        Self {
            scenario,
            digests: vec![digest(1), digest(2)],
            user: scenario.user_states(),
        }
    }

    /// Checks a folder after `acked` steps were acknowledged. `scratch` takes copies. The folder is used up.
    ///
    /// # Errors
    /// What promise is broken.
    pub fn check(&self, folder: &Path, scratch: &Path, acked: u32) -> Verdict {
        self.lying(folder, scratch, acked)
            .map_err(|broken| format!("before the next start: {broken}"))?;
        catch_unwind(AssertUnwindSafe(|| self.started(folder, acked)))
            .unwrap_or_else(|_| Err("a panic".to_owned()))
            .map_err(|broken| format!("at the next start: {broken}"))?;
        if self.scenario == Scenario::Import {
            self.once_more(folder)
                .map_err(|broken| format!("imported once more: {broken}"))?;
        }
        residue(folder).map_err(|broken| format!("after the next start: {broken}"))
    }

    fn user_is_kept(&self, rows: &[(String, String)], acked: u32) -> Verdict {
        let from = match self.scenario {
            Scenario::Edits | Scenario::Restore | Scenario::Import => acked as usize,
            _ => 0,
        };
        if self.user.iter().skip(from).any(|state| state == rows) {
            Ok(())
        } else {
            Err(format!("the user's rows are {rows:?} after {acked} edits"))
        }
    }

    fn lying(&self, folder: &Path, scratch: &Path, acked: u32) -> Verdict {
        let copy = scratch.join("copy");
        let _ = fs::remove_dir_all(&copy);
        fs::create_dir_all(&copy).map_err(|error| error.to_string())?;
        for name in ["catalog.db", "user.db", "trust.db"] {
            for end in ["", "-wal", "-journal"] {
                let name = format!("{name}{end}");
                if folder.join(&name).exists() {
                    fs::copy(folder.join(&name), copy.join(&name))
                        .map_err(|error| error.to_string())?;
                }
            }
        }
        let found = self.catalog(&copy.join("catalog.db"))?;
        if !self.scenario.before_start(acked).contains(&found) {
            return Err(format!("generation {found:?} after {acked} steps"));
        }
        let rows = user_rows(&copy.join("user.db"))?;
        match rows {
            Some(rows) => self.user_is_kept(&rows, acked)?,
            None if self.scenario == Scenario::FirstImport && acked == 0 => {}
            None => return Err("user.db is gone".to_owned()),
        }
        let floor = floor(&copy.join("trust.db"))?;
        let least = (self.scenario != Scenario::FirstImport).then_some(1);
        if floor < least || floor > found.max(Some(1)) {
            return Err(format!("floor {floor:?} with generation {found:?}"));
        }
        self.backups(folder)
    }

    /// The generation in a catalog whose rows are what was published; `None` when it holds none.
    fn catalog(&self, path: &Path) -> Result<Option<u32>, String> {
        let damaged = self.scenario == Scenario::Reset;
        let Some(connection) = sound(path).or_else(|broken| {
            // The catalog of this scenario begins damaged.
            if damaged { Ok(None) } else { Err(broken) }
        })?
        else {
            return Ok(None);
        };
        let feed: Option<(u32, String)> = connection
            .query_row(
                "select generation, digest from feed where feed = ?",
                [FEED],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(|error| error.to_string())?;
        let Some((generation, stored)) = feed else {
            return Ok(None);
        };
        let mut records: Vec<(String, String, Digest)> = Vec::new();
        let mut statement = connection
            .prepare("select kind, id, sha256, raw from record where feed = ?")
            .map_err(|error| error.to_string())?;
        let rows = statement.query_map([FEED], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, [u8; 32]>(2)?,
                row.get::<_, String>(3)?,
            ))
        });
        for row in rows.map_err(|error| error.to_string())? {
            let (kind, id, sha256, raw) = row.map_err(|error| error.to_string())?;
            if Digest::of(raw.as_bytes()).0 != sha256 {
                return Err(format!("{kind}/{id} is not what its digest says"));
            }
            records.push((kind, id, Digest(sha256)));
        }
        let whole = digest::of_records(
            records
                .iter()
                .map(|(kind, id, digest)| (kind.as_str(), id.as_str(), *digest)),
        );
        let signed = self.digests.get(generation as usize - 1);
        if Some(&whole.to_string()) == signed && signed == Some(&stored) {
            Ok(Some(generation))
        } else {
            Err(format!("generation {generation} has digest {whole}"))
        }
    }

    fn backups(&self, folder: &Path) -> Verdict {
        let mut sound_ones = 0;
        for entry in fs::read_dir(folder.join("backups"))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("user-")
                && Path::new(&name).extension().is_some_and(|end| end == "db")
            {
                let rows =
                    user_rows(&entry.path()).map_err(|broken| format!("{name}: {broken}"))?;
                let rows = rows.ok_or_else(|| format!("{name} is empty"))?;
                if !self.user.contains(&rows) {
                    return Err(format!("{name} holds {rows:?}"));
                }
                sound_ones += 1;
            }
        }
        let least = usize::from(self.scenario != Scenario::FirstImport);
        if sound_ones < least {
            return Err("the backup is gone".to_owned());
        }
        Ok(())
    }

    fn started(&self, folder: &Path, acked: u32) -> Verdict {
        let app = App::with_bundle(
            folder.to_owned(),
            self.scenario.clock(),
            self.scenario.bundle(),
        );
        let status = open(&app).map_err(|error| error.to_string())?;
        let alarming = |code: NoticeCode| match code {
            NoticeCode::CatalogRepaired => self.scenario != Scenario::Reset,
            NoticeCode::UserRestored | NoticeCode::UserDamaged | NoticeCode::TrustReset => true,
            _ => false,
        };
        if let Some(notice) = status.notices.iter().find(|notice| alarming(notice.code)) {
            return Err(format!("{notice:?}"));
        }
        let generation = status.feeds.first().map_or(0, |feed| feed.generation);
        if !self.scenario.after_start(acked).contains(&generation) {
            return Err(format!("generation {generation} after {acked} steps"));
        }
        answers(&app, &status, generation)?;
        let generation = self.synced(&app, generation)?;
        drop(app);
        let found = self.catalog(&folder.join("catalog.db"))?;
        if found != Some(generation) {
            return Err(format!("the file holds generation {found:?}"));
        }
        let rows = user_rows(&folder.join("user.db"))?.ok_or("user.db is gone")?;
        self.user_is_kept(&rows, acked)?;
        self.backups(folder)?;
        let floor = floor(&folder.join("trust.db"))?;
        if floor > Some(generation) {
            return Err(format!("floor {floor:?} above generation {generation}"));
        }
        Ok(())
    }

    /// The next sync ends well, whatever the one before left, and leaves nothing staged.
    fn synced(&self, app: &App, generation: u32) -> Result<u32, String> {
        if self.scenario != Scenario::Delta {
            return Ok(generation);
        }
        let outcome = sync(app).map_err(|error| format!("the next sync: {error}"))?;
        let status = api::query(app, "get_status", json!({})).map_err(|error| error.to_string())?;
        let status: AppStatus =
            serde_json::from_value(status).map_err(|error| error.to_string())?;
        answers(app, &status, outcome.to)?;
        Ok(outcome.to)
    }

    /// Whoever does not know how far an import came takes the table in once more: each row is there, once; and one undo takes
    /// back what this brought.
    fn once_more(&self, folder: &Path) -> Verdict {
        let said = |error: ApiError| error.to_string();
        let file = folder.join("user.db");
        let own = || -> Result<Rows, String> {
            let rows = user_rows(&file)?.ok_or("user.db is gone")?;
            Ok(table::in_use(&rows))
        };
        let before = own()?;
        let whole = table::in_use(&self.user[2]);
        let app = App::with_bundle(
            folder.to_owned(),
            self.scenario.clock(),
            self.scenario.bundle(),
        );
        let status = open(&app).map_err(said)?;
        table::take_in(&app, folder, "again").map_err(said)?;
        if own()? != whole {
            return Err(format!("the own records are {:?}", own()?));
        }
        answers(&app, &status, 1)?;
        if before != whole {
            api::mutate(&app, "undo", json!({})).map_err(said)?;
        }
        if own()? != before {
            return Err(format!("after undo the own records are {:?}", own()?));
        }
        answers(&app, &status, 1)
    }
}

/// Whether the index answers as the table does.
fn answers(app: &App, status: &AppStatus, generation: u32) -> Verdict {
    let records: u32 = status.records.values().sum();
    if (status.index.documents, status.index.revision) != (records, status.revision) {
        return Err(format!(
            "{records} records at revision {}, index {:?}",
            status.revision, status.index
        ));
    }
    let ask = |text: &str, own: bool| -> Result<BTreeSet<String>, String> {
        let mut found = BTreeSet::new();
        for offset in [0, 200] {
            let request = json!({ "text": text, "limit": 200, "offset": offset });
            let page =
                api::query(app, "search_records", request).map_err(|error| error.to_string())?;
            found.extend(
                page["rows"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|row| row["ref"].as_str())
                    .filter(|reference| reference.starts_with("own/") == own)
                    .map(str::to_owned),
            );
        }
        Ok(found)
    };
    let wanted = |word: &str| -> BTreeSet<String> {
        super::scenario::records(generation)
            .iter()
            .filter(|record| {
                record["name"]["zh"]
                    .as_str()
                    .is_some_and(|name| name.contains(word))
            })
            .map(|record| {
                let text = |key: &str| record[key].as_str().unwrap_or_default();
                format!("{FEED}/{}/{}", text("kind"), text("id"))
            })
            .collect()
    };
    for (query, word) in [("", ""), ("\"初版\"", OLD), ("\"新版\"", NEW)] {
        let (found, wanted) = (ask(query, false)?, wanted(word));
        if found != wanted {
            let wrong: Vec<_> = found.symmetric_difference(&wanted).take(3).collect();
            return Err(format!(
                "the index answers {} records to {query:?}, the table {}: {wrong:?}",
                found.len(),
                wanted.len()
            ));
        }
    }
    let (found, wanted) = (ask("", true)?, own_refs(app)?);
    if found != wanted {
        return Err(format!(
            "the index of own records answers {found:?}, the table {wanted:?}"
        ));
    }
    let firm = api::query(
        app,
        "get_record",
        json!({ "ref": format!("{FEED}/enterprise/e1") }),
    );
    let firm: Value = firm.map_err(|error| error.to_string())?;
    if firm["links"].as_array().is_none_or(Vec::is_empty) {
        return Err("links are gone".to_owned());
    }
    Ok(())
}

/// The user's own records as the table has them.
fn own_refs(app: &App) -> Result<BTreeSet<String>, String> {
    let request = json!({ "kind": "case", "sort": "changed", "offset": 0, "limit": 200 });
    let page = api::query(app, "list_own", request).map_err(|error| error.to_string())?;
    let rows = page["rows"].as_array().into_iter().flatten();
    Ok(rows
        .filter_map(|one| one["row"]["ref"].as_str().map(str::to_owned))
        .collect())
}
