//! The file that is written: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::error::ExportError;

/// A file being written beside the one that it becomes. What is dropped before [`Target::finish`] leaves nothing behind.
pub struct Target {
    path: PathBuf,
    part: PathBuf,
    file: Option<BufWriter<File>>,
    replace: bool,
}

impl Target {
    /// Begins a file. The folder has to be there.
    ///
    /// # Errors
    /// [`ExportError::Exists`] when the file is there and `replace` is not said, [`ExportError::Io`] when nothing can be
    /// written.
    pub fn begin(path: &Path, replace: bool) -> Result<Self, ExportError> {
        let failed = |error| ExportError::Io(path.to_owned(), error);
        if path.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if !replace && path.symlink_metadata().is_ok() {
            return Err(ExportError::Exists(path.to_owned()));
        }
        let name = path
            .file_name()
            .ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(".part");
        let part = path.with_file_name(hidden);
        // One that a killed export left behind is of no use to anybody.
        let _ = fs::remove_file(&part);
        let file = OpenOptions::new()
            .write(true)
            .read(true)
            .create_new(true)
            .open(&part)
            .map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            part,
            file: Some(BufWriter::with_capacity(1 << 16, file)),
            replace,
        })
    }

    /// The file that it becomes.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// An error of writing, with the name of the file.
    pub fn failed(&self, error: io::Error) -> ExportError {
        ExportError::Io(self.path.clone(), error)
    }

    /// Puts the file in its place once all of it is on the disk. Answers its size in bytes.
    ///
    /// # Errors
    /// [`ExportError::Io`], and [`ExportError::Exists`] when another program made the file meanwhile.
    pub fn finish(mut self) -> Result<u64, ExportError> {
        let Some(file) = self.file.take() else {
            return Err(ExportError::Fault("finished twice".to_owned()));
        };
        let done = (|| {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            let size = file.metadata()?.len();
            drop(file);
            if self.replace {
                fs::rename(&self.part, &self.path)?;
            } else {
                // A link fails where a file is; renaming would replace it.
                match fs::hard_link(&self.part, &self.path) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        return Err(error);
                    }
                    // A stick with FAT knows no links.
                    Err(_) => fs::rename(&self.part, &self.path)?,
                    Ok(()) => fs::remove_file(&self.part)?,
                }
            }
            sync_folder(&self.path)?;
            Ok(size)
        })();
        done.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => ExportError::Exists(self.path.clone()),
            _ => ExportError::Io(self.path.clone(), error),
        })
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.file = None;
        // Gone already once the file is in its place.
        let _ = fs::remove_file(&self.part);
    }
}

impl io::Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer()?.flush()
    }
}

impl io::Seek for Target {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.writer()?.seek(to)
    }
}

impl Target {
    fn writer(&mut self) -> io::Result<&mut BufWriter<File>> {
        self.file
            .as_mut()
            .ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }
}

/// A new name is on the disk once its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.csv");
        let mut target = Target::begin(&path, false).unwrap();
        target.write_all(b"half").unwrap();
        assert!(!path.exists(), "not before it is whole");
        drop(target);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        let mut target = Target::begin(&path, false).unwrap();
        target.write_all(b"whole").unwrap();
        assert_eq!(target.finish().unwrap(), 5);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_replaced_without_consent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.csv");
        fs::write(&path, b"old").unwrap();
        assert!(matches!(
            Target::begin(&path, false),
            Err(ExportError::Exists(_))
        ));
        let mut target = Target::begin(&path, true).unwrap();
        target.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        target.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");

        let late = folder.path().join("late.csv");
        let target = Target::begin(&late, false).unwrap();
        fs::write(&late, b"theirs").unwrap();
        assert!(matches!(target.finish(), Err(ExportError::Exists(_))));
        assert_eq!(fs::read(&late).unwrap(), b"theirs");
    }
}
