//! Backups as the user sees them: which there are, making one, putting one back, removing some.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{MIGRATIONS, User, audit, backup, last, migrate};
use crate::api::types::{BackupReason, BackupView, Changes, Event, RestorePreview};
use crate::store::{Folder, StoreError, db};

impl User {
    /// What is in the file, by the kinds of [`BackupView::holds`].
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn holds(&self) -> Result<BTreeMap<String, u32>, StoreError> {
        self.read(|connection| Ok(backup::holds(connection)))
    }

    /// The backups, newest first.
    pub fn backups(folder: &Folder) -> Vec<BackupView> {
        backup::list(folder)
            .iter()
            .map(backup::Backup::view)
            .collect()
    }

    /// Makes a verified backup.
    ///
    /// # Errors
    /// Those of the file system; nothing is changed then.
    pub fn back_up(&self, folder: &Folder, now: &str) -> Result<(), StoreError> {
        self.back_up_for(folder, now, BackupReason::Asked)
    }

    fn back_up_for(
        &self,
        folder: &Folder,
        now: &str,
        reason: BackupReason,
    ) -> Result<(), StoreError> {
        let state = self.lock();
        let made = backup::make_now(&state.connection, folder, now)?;
        let name = made
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        audit::write(&state.connection, now, &Event::Backup { name, reason })
            .map_err(|error| StoreError::sqlite(&self.path, error))
    }

    /// What putting a backup back would change.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such backup.
    pub fn preview_restore(
        &self,
        folder: &Folder,
        name: &str,
    ) -> Result<RestorePreview, StoreError> {
        let backup = backup::named(folder, name)?;
        Ok(RestorePreview {
            backup: backup.view(),
            sound: backup::proven(&backup).is_ok(),
            now: self.holds()?,
        })
    }

    /// Puts a backup in the place of the data, which is backed up before. What could be undone before cannot be any
    /// more: it belongs to the data that was there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such backup, [`StoreError::Damaged`] when it is not sound; nothing is
    /// changed then.
    pub fn restore(&self, folder: &Folder, name: &str, now: &str) -> Result<Changes, StoreError> {
        let chosen = backup::named(folder, name)?;
        let source = backup::proven(&chosen)?;
        self.back_up_for(folder, now, BackupReason::Safety)?;
        let mut state = self.lock();
        backup::put_back(&source, &mut state.connection, &self.path)?;
        migrate(&mut state.connection, &self.path, &MIGRATIONS)?;
        state.undo.clear();
        state.redo.clear();
        let event = Event::Restore {
            name: name.to_owned(),
            damaged: false,
        };
        audit::write(&state.connection, now, &event)
            .and_then(|()| last::forget(&state.connection))
            .map_err(|error| StoreError::sqlite(&self.path, error))?;
        Ok(Changes::ALL)
    }

    /// Removes backups, and damaged files that were kept. A backup of the data as it is now is made before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when one of them is not there; nothing is changed then.
    pub fn remove_backups(
        &self,
        folder: &Folder,
        names: &[String],
        now: &str,
    ) -> Result<(), StoreError> {
        let kept = aside(folder);
        let mut files = Vec::new();
        for name in names {
            let damaged = kept
                .iter()
                .find(|path| path.file_name().is_some_and(|file| file == name.as_str()));
            files.push(match damaged {
                Some(path) => path.clone(),
                None => backup::named(folder, name)?.path,
            });
        }
        self.back_up_for(folder, now, BackupReason::Safety)?;
        for file in &files {
            for end in ["-wal", "-shm", ""] {
                let mut path = file.as_os_str().to_owned();
                path.push(end);
                backup::remove(&PathBuf::from(path))?;
            }
        }
        db::sync_folder(&folder.file("backups"))?;
        db::sync_folder(folder.path())?;
        let count = files.len() as u32;
        self.record_event(now, &Event::BackupsRemoved { count })
    }
}

/// The damaged files that were kept, by name; their companions go with them.
pub(super) fn aside(folder: &Folder) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder.path()) else {
        return Vec::new();
    };
    let mut kept: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("user.db.damaged")
                && !name.ends_with("-wal")
                && !name.ends_with("-shm")
        })
        .map(|entry| entry.path())
        .collect();
    kept.sort();
    kept
}
