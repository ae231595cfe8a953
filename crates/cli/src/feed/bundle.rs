//! `atlas feed bundle`: the verified feed in one file.
//!
//! A zip whose entries are stored: packs are compressed already, and readers look entries up by names that they compute.
//! Sorted names and a fixed date give the same bytes for the same generation.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::{FeedError, content, file};
use super::folder::Folder;
use super::tree::Tree;

/// Writes the bundle and answers where it is and how large.
pub(crate) fn bundle(folder: &Folder, to: Option<&Path>) -> Result<(PathBuf, u64), FeedError> {
    let tree = Tree::new(&folder.public());
    let manifest = match tree.manifest()? {
        Some((manifest, _)) if folder.upload().exists() => manifest,
        _ => {
            return Err(FeedError::new(
                "尚未通过验证。请先运行 atlas feed verify。",
                "Not verified yet. Run `atlas feed verify` first.",
            ));
        }
    };
    let path = to.map_or_else(
        || {
            let (feed, generation) = (&folder.config.feed, manifest.generation);
            PathBuf::from(format!("atlas-{feed}-{generation}.atlas"))
        },
        Path::to_owned,
    );
    let mut names = Vec::new();
    for version in 1..=tree.newest_root()?.version {
        names.push(format!("tuf/{version}.root.json"));
    }
    names.push("tuf/timestamp.json".to_owned());
    if let (Some(snapshot), Some(targets)) = (tree.snapshot()?, tree.targets()?) {
        let sha256 = &targets.signed["targets"][super::tuf::TARGET]["hashes"]["sha256"];
        let sha256 = sha256.as_str().unwrap_or_default();
        names.push(format!("tuf/{}.snapshot.json", snapshot.version));
        names.push(format!("tuf/{}.targets.json", targets.version));
        names.push(format!("targets/{sha256}.{}", super::tuf::TARGET));
    }
    let packs = manifest.snapshot.iter().map(|info| &info.sha256);
    let packs = packs.chain(manifest.deltas.iter().map(|delta| &delta.sha256));
    names.extend(packs.map(|sha256| format!("packs/{sha256}.zst")));
    names.sort_unstable();
    names.dedup();

    let place = match path.parent() {
        Some(place) if place != Path::new("") => place,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(place).map_err(file(place))?;
    let part = tempfile::Builder::new()
        .prefix(".part-")
        .tempfile_in(place)
        .map_err(file(place))?;
    write(part.as_file(), &tree.base, &names).map_err(|error| content(&path, error))?;
    part.as_file().sync_all().map_err(file(&path))?;
    part.persist(&path)
        .map_err(|error| file(&path)(error.error))?;
    let size = std::fs::metadata(&path).map_err(file(&path))?.len();
    Ok((path, size))
}

fn write(out: &File, base: &Path, names: &[String]) -> Result<(), zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(BufWriter::new(out));
    for name in names {
        let mut file = File::open(base.join(name))?;
        zip.start_file(name.as_str(), options)?;
        std::io::copy(&mut file, &mut zip)?;
    }
    zip.finish()?.flush()?;
    Ok(())
}
