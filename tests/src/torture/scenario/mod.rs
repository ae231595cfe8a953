//! What is done to a folder while the disk misbehaves: the moments in which the product writes.

mod catalog;
pub(super) mod table;
mod user;

pub use catalog::{NEW, OLD, generation};
pub use user::old_user;

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::SystemTime;

use atlas_core::api::types::{ApiError, AppStatus};
use atlas_core::api::{self, App};
use atlas_core::bundled::Bundle;
use serde_json::json;

pub(super) use self::catalog::records;
use super::feed::{add_feed, sync};

/// A moment in which the product writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// An empty folder gets the bundled catalog.
    FirstImport,
    /// A sync brings a delta of 60 records.
    Delta,
    /// A new version of the app brings a newer catalog as a snapshot.
    Snapshot,
    /// The index is damaged and built anew.
    Rebuild,
    /// The catalog is ahead of the index.
    Replay,
    /// The catalog is damaged and imported anew.
    Reset,
    /// The user edits.
    Edits,
    /// The daily backup of the user's data.
    Backup,
    /// A backup is put in the place of the user's data.
    Restore,
    /// A new version of the app finds the user's data of the first one.
    Migration,
    /// A table becomes own records by a kept mapping, and undo takes them back.
    Import,
    /// A control: an index that is marked with a revision before it shows it. Has to be caught.
    EarlyMark,
}

/// Rows of the user's, each by what it is and what it says.
pub type Rows = Vec<(String, String)>;

/// The backup that every prepared folder holds.
const FIRST_BACKUP: &str = "user-20261122T203000Z.db";

/// The day of all scenarios but the backup.
pub fn today() -> String {
    "2026-11-22T20:30:00Z".to_owned()
}

fn tomorrow() -> String {
    "2026-11-23T08:00:00Z".to_owned()
}

impl Scenario {
    /// What the gates enumerate.
    pub const ALL: [Self; 11] = [
        Self::FirstImport,
        Self::Delta,
        Self::Snapshot,
        Self::Rebuild,
        Self::Replay,
        Self::Reset,
        Self::Edits,
        Self::Backup,
        Self::Restore,
        Self::Migration,
        Self::Import,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstImport => "first-import",
            Self::Delta => "delta",
            Self::Snapshot => "snapshot",
            Self::Rebuild => "index-rebuild",
            Self::Replay => "outbox-replay",
            Self::Reset => "catalog-reset",
            Self::Edits => "user-edits",
            Self::Backup => "user-backup",
            Self::Restore => "user-restore",
            Self::Migration => "user-migration",
            Self::Import => "user-import",
            Self::EarlyMark => "early-mark",
        }
    }

    /// The scenario of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter().chain([Self::EarlyMark]);
        all.find(|scenario| scenario.name() == name)
    }

    /// The clock of the scenario, and of the start after it.
    pub fn clock(self) -> fn() -> String {
        if self == Self::Backup {
            tomorrow
        } else {
            today
        }
    }

    /// The catalog that the app of the scenario carries.
    pub fn bundle(self) -> Bundle {
        generation(if self == Self::Snapshot { 2 } else { 1 })
    }

    /// Makes the folder as it is before.
    pub fn prepare(self, folder: &Path) {
        if self == Self::FirstImport {
            return;
        }
        let app = App::with_bundle(folder.to_owned(), today, generation(1));
        open(&app).expect("a new folder opens");
        for edit in user::kept() {
            api::mutate(&app, "transact", edit).expect("an edit is taken");
        }
        if self == Self::Import {
            table::keep_mapping(&app, folder);
        }
        drop(app);
        // The second start makes the first backup.
        let app = App::with_bundle(folder.to_owned(), today, generation(1));
        open(&app).expect("the folder opens again");
        drop(app);
        match self {
            Self::Delta => add_feed(folder),
            Self::Rebuild => {
                fs::write(folder.join("index/meta.json"), "damaged").expect("the index is there");
            }
            Self::Replay | Self::EarlyMark => {
                catalog::apply_delta(folder).expect("the delta fits");
            }
            Self::Reset => {
                fs::write(folder.join("catalog.db"), [b'x'; 9000]).expect("the catalog is there");
            }
            Self::Backup => {
                let backups = folder.join("backups");
                let made = backups.join(FIRST_BACKUP);
                for day in 10..21 {
                    let copy = backups.join(format!("user-202611{day}T203000Z.db"));
                    fs::copy(&made, copy).expect("the second start made a backup");
                }
            }
            Self::Restore => {
                let app = App::with_bundle(folder.to_owned(), today, generation(1));
                open(&app).expect("the folder opens again");
                for edit in user::edits() {
                    api::mutate(&app, "transact", edit).expect("an edit is taken");
                }
            }
            Self::Migration => {
                for backup in fs::read_dir(folder.join("backups")).expect("there are backups") {
                    old_user(&backup.expect("a backup").path(), 1);
                }
                old_user(&folder.join("user.db"), 1);
            }
            _ => {}
        }
    }

    /// Does it. `acknowledge` is told each step that a user has seen done.
    ///
    /// # Errors
    /// What the product answers.
    pub fn drive(self, folder: &Path, acknowledge: &mut dyn FnMut(u32)) -> Result<(), ApiError> {
        let app = App::with_bundle(folder.to_owned(), self.clock(), self.bundle());
        match self {
            Self::Delta => {
                open(&app)?;
                sync(&app)?;
                acknowledge(1);
            }
            Self::EarlyMark => {
                catalog::mark_early(folder)?;
                open(&app)?;
            }
            Self::Edits => {
                open(&app)?;
                for (number, edit) in (1..).zip(user::edits()) {
                    api::mutate(&app, "transact", edit)?;
                    acknowledge(number);
                }
            }
            Self::Restore => {
                open(&app)?;
                api::mutate(&app, "restore_backup", json!({ "name": FIRST_BACKUP }))?;
                acknowledge(1);
            }
            Self::Import => {
                open(&app)?;
                // The mapping is kept, and then the rows are taken in.
                table::take_in(&app, folder, "first")?;
                acknowledge(2);
                api::mutate(&app, "undo", json!({}))?;
                acknowledge(3);
            }
            _ => {
                open(&app)?;
                acknowledge(1);
            }
        }
        drop(app);
        Ok(())
    }

    /// The generations that the catalog may hold before the next start; `None` for no readable catalog.
    pub fn before_start(self, acked: u32) -> &'static [Option<u32>] {
        match self {
            Self::FirstImport | Self::Reset if acked == 0 => &[None, Some(1)],
            Self::Delta | Self::Snapshot if acked == 0 => &[Some(1), Some(2)],
            Self::Delta | Self::Snapshot | Self::Replay | Self::EarlyMark => &[Some(2)],
            _ => &[Some(1)],
        }
    }

    /// The generations that it may hold after the next start.
    pub fn after_start(self, acked: u32) -> &'static [u32] {
        match self {
            Self::Delta if acked == 0 => &[1, 2],
            Self::Delta | Self::Snapshot | Self::Replay | Self::EarlyMark => &[2],
            _ => &[1],
        }
    }

    /// The states that the user's data may be in: the first is the prepared one.
    pub fn user_states(self) -> Vec<Rows> {
        let mut state = match self {
            Self::FirstImport => Vec::new(),
            // The first version knew no own records.
            Self::Migration => user::rows_of_the_first_version(),
            _ => user::rows(),
        };
        let mut states = vec![state.clone()];
        if matches!(self, Self::Edits | Self::Restore) {
            for edit in user::edits() {
                user::expect(&mut state, &edit);
                states.push(state.clone());
            }
        }
        if self == Self::Restore {
            // From what was edited to what the backup holds.
            states = vec![states.remove(states.len() - 1), states.remove(0)];
        }
        if self == Self::Import {
            states = table::states(&state);
        }
        for state in &mut states {
            state.sort();
        }
        states
    }
}

/// Makes the backups older than the data, as a copy of the folder does not.
pub fn settle(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder.join("backups")) else {
        return;
    };
    for entry in entries.flatten() {
        File::options()
            .write(true)
            .open(entry.path())
            .and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH))
            .expect("a backup can be dated");
    }
}

/// Opens a folder and lets it take its time.
///
/// # Errors
/// What the product answers.
pub fn open(app: &App) -> Result<AppStatus, ApiError> {
    app.open(&mut |_| ControlFlow::Continue(()))
}
