//! `cargo xtask dist`: the packages that are given away: `.deb`, `.rpm`, a portable archive, and their check sums.
//!
//! Invariants:
//! - Nothing is fetched but crates and the tools of the screens; the bundler is one of them.
//! - What the packages carry beside the two programs lies in `target/dist/stage` before the bundler starts.
//! - No `.deb` is larger than [`LARGEST`].

mod clean;
mod third_party;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{cargo, output, root, run};
use crate::{Failure, setup};

/// What the packages are made of.
const STAGE: &str = "target/dist/stage";
/// Where the packages are put.
const PACKAGES: &str = "target/dist/packages";
/// What a `.deb` may weigh, in bytes.
const LARGEST: u64 = 15_000_000;
/// The programs.
const PROGRAMS: [&str; 2] = ["scenario-atlas", "atlas"];

const USAGE: &str = "\
usage: cargo xtask dist           .deb, .rpm, portable archive and SHA256SUMS in target/dist/packages
       cargo xtask dist --check   … and install the .deb in a clean Debian, start it, find the catalog (root only)
       cargo xtask dist --built   pack what was built last, as it is; also with --check";

/// Makes the packages, and tries them out when asked to.
pub(crate) fn dist(args: &[&str]) -> Result<(), Failure> {
    let unknown = args.iter().any(|arg| !["--check", "--built"].contains(arg));
    if unknown {
        return Err(USAGE.to_owned());
    }
    let check = args.contains(&"--check");
    if !cfg!(target_os = "linux") {
        return Err("packages are made on Linux; see docs/packaging.md".to_owned());
    }
    if check {
        clean::set_up()?;
    }
    let packages = make(args.contains(&"--built"))?;
    println!();
    for package in &packages {
        println!("{:>6.1} MB  {}", megabytes(package)?, package.display());
    }
    if check {
        clean::check(&packages)?;
    }
    Ok(())
}

/// Builds, stages, bundles, and answers the packages.
fn make(built_already: bool) -> Result<Vec<PathBuf>, Failure> {
    setup::node()?;
    setup::packages(setup::WINDOW)?;
    setup::screens()?;
    if !built_already {
        // Only what is given away is selected: its features are its own, not those of tests and tools.
        run(cargo().args(["build", "--release", "--locked"]).args([
            "--package",
            "scenario-atlas",
            "--package",
            "atlas-cli",
        ]))?;
    }
    let built = built()?;
    // Names of functions help nobody who has no source at hand.
    run(Command::new("strip").args(PROGRAMS.map(|program| built.join(program))))?;
    stage(&built)?;
    anew(Path::new(PACKAGES))?;
    bundle(&built)?;
    portable(&built)?;
    let packages = listed()?;
    for package in packages.iter().filter(|package| ends(package, "deb")) {
        let size = size(package)?;
        if size > LARGEST {
            return Err(format!(
                "{} has {size} bytes; at most {LARGEST} are meant to be downloaded",
                package.display()
            ));
        }
    }
    sums(&packages)?;
    Ok(packages)
}

/// Where cargo puts release builds: beside those that this program is one of.
fn built() -> Result<PathBuf, Failure> {
    let here =
        std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let target = here.parent().and_then(Path::parent).unwrap_or(&here);
    Ok(target.join("release"))
}

/// Lays out everything beside the window's program: the terminal, manuals, completions, file types, licences.
fn stage(built: &Path) -> Result<(), Failure> {
    let stage = Path::new(STAGE);
    anew(stage)?;
    let share = stage.join("usr/share");
    let manuals = share.join("man/man1");
    let about = share.join("doc/scenario-atlas");
    copy(&built.join("atlas"), &stage.join("usr/bin/atlas"))?;
    copy(
        Path::new("assets/linux/scenario-atlas.1"),
        &manuals.join("scenario-atlas.1"),
    )?;
    copy(
        Path::new("assets/linux/scenario-atlas.xml"),
        &share.join("mime/packages/scenario-atlas.xml"),
    )?;
    copy(
        Path::new("assets/linux/copyright"),
        &about.join("copyright"),
    )?;
    copy(Path::new("CHANGELOG.md"), &about.join("changelog"))?;
    write(&about.join("THIRD-PARTY.txt"), &third_party::list()?)?;

    let written = stage.join("manual");
    run(Command::new(built.join("atlas"))
        .arg("manual")
        .arg(&written))?;
    for file in entries(&written)? {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let place = match name.as_str() {
            "atlas.bash" => share.join("bash-completion/completions/atlas"),
            "atlas.fish" => share.join("fish/vendor_completions.d/atlas.fish"),
            // Debian and Fedora keep those of zsh in different places: see src-tauri/tauri.conf.json.
            "_atlas" => stage.join("_atlas"),
            _ => manuals.join(&name),
        };
        copy(&file, &place)?;
    }
    fs::remove_dir_all(&written).map_err(|error| format!("{}: {error}", written.display()))?;
    run(Command::new("gzip")
        .args(["--best", "--no-name"])
        .args(entries(&manuals)?)
        .arg(about.join("changelog")))
}

/// Lets the bundler of Tauri pack what is built and staged.
fn bundle(built: &Path) -> Result<(), Failure> {
    let bundles = built.join("bundle");
    let _ = fs::remove_dir_all(&bundles);
    run(Command::new(root().join("ui/node_modules/.bin/tauri"))
        .current_dir("src-tauri")
        .env("CI", "true")
        .args([
            "bundle",
            "--bundles",
            "deb,rpm",
            "--no-sign",
            "--no-binary-patching",
        ])
        // Where packages are installed from a terminal, a name is one word.
        .args(["--config", r#"{"productName":"scenario-atlas"}"#]))?;
    for package in entries(&bundles.join("deb"))? {
        if ends(&package, "deb") {
            pack_tighter(&package, &beside(&package))?;
        }
    }
    for package in entries(&bundles.join("rpm"))? {
        if ends(&package, "rpm") {
            copy(&package, &beside(&package))?;
        }
    }
    Ok(())
}

/// Where a package is put.
fn beside(package: &Path) -> PathBuf {
    Path::new(PACKAGES).join(package.file_name().unwrap_or_default())
}

/// Packs a `.deb` anew. The bundler knows gzip only, whose window is small; the two programs share most of what they are
/// made of, and a window over both halves the package.
fn pack_tighter(package: &Path, to: &Path) -> Result<(), Failure> {
    let unpacked = Path::new("target/dist/deb");
    let _ = fs::remove_dir_all(unpacked);
    run(Command::new("dpkg-deb")
        .arg("--raw-extract")
        .args([package, unpacked]))?;
    run(Command::new("dpkg-deb")
        .args([
            "--root-owner-group",
            "-Zxz",
            "-z9",
            "-Sextreme",
            "--threads-max=1",
        ])
        .arg("--build")
        .args([unpacked, to]))
}

/// The archive that needs no installation: unpacked on a stick, it keeps its data beside itself.
fn portable(built: &Path) -> Result<(), Failure> {
    let name = format!(
        "scenario-atlas-{}-linux-{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH
    );
    let parent = Path::new("target/dist/portable");
    anew(parent)?;
    let folder = parent.join(&name);
    for program in PROGRAMS {
        copy(&built.join(program), &folder.join(program))?;
    }
    make_folder(&folder.join("scenario-atlas-data"))?;
    copy(Path::new("LICENSE"), &folder.join("LICENSE"))?;
    copy(
        Path::new("assets/linux/portable.txt"),
        &folder.join("README.txt"),
    )?;
    copy(
        Path::new("assets/icons/icon.svg"),
        &folder.join("scenario-atlas.svg"),
    )?;
    let staged = Path::new(STAGE).join("usr/share/doc/scenario-atlas");
    for file in ["copyright", "THIRD-PARTY.txt"] {
        copy(&staged.join(file), &folder.join(file))?;
    }
    run(Command::new("tar")
        .args([
            "--create",
            "--gzip",
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            "--sort=name",
        ])
        .arg("--file")
        .arg(Path::new(PACKAGES).join(format!("{name}.tar.gz")))
        .arg("--directory")
        .arg(parent)
        .arg(&name))
}

/// The packages, by name.
fn listed() -> Result<Vec<PathBuf>, Failure> {
    let packages = entries(Path::new(PACKAGES))?;
    match packages.len() {
        3 => Ok(packages),
        other => Err(format!(
            "three packages were to be made, and {PACKAGES} holds {other}"
        )),
    }
}

/// Writes the check sums of the packages beside them.
fn sums(packages: &[PathBuf]) -> Result<(), Failure> {
    let mut lines = String::new();
    for package in packages {
        let path = package.to_string_lossy();
        let sum = output("sha256sum", &[&path]).ok_or("sha256sum fails")?;
        let name = package.file_name().unwrap_or_default().to_string_lossy();
        let sum = sum.split(' ').next().unwrap_or_default();
        let _ = writeln!(lines, "{sum}  {name}");
    }
    write(&Path::new(PACKAGES).join("SHA256SUMS"), &lines)
}

/// Whether a file's name ends so.
fn ends(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|found| found == ending)
}

fn size(file: &Path) -> Result<u64, Failure> {
    let metadata = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(metadata.len())
}

fn megabytes(file: &Path) -> Result<f64, Failure> {
    Ok(size(file)? as f64 / 1e6)
}

/// What lies in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let listed = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Makes a folder that holds nothing.
fn anew(folder: &Path) -> Result<(), Failure> {
    let _ = fs::remove_dir_all(folder);
    make_folder(folder)
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    make_folder(to.parent().unwrap_or(to))?;
    fs::copy(from, to)
        .map_err(|error| format!("{} to {}: {error}", from.display(), to.display()))?;
    Ok(())
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
