//! What the machine needs before anything can be built: system packages, Node, the screens.

use std::io::IsTerminal as _;
use std::process::Command;

use crate::Failure;
use crate::process::{self, npm, output};
use crate::stamp::Stamp;

/// What the core is built with: a C compiler for SQLite and zstd.
pub(crate) const CORE: &[&str] = &["build-essential"];
/// What the window is built with.
pub(crate) const WINDOW: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libdbus-1-dev",
];
/// What drives the window in tests: the driver of the webview, a display without a screen, Chinese letters, and a
/// witness of every connection.
pub(crate) const DRIVER: &[&str] = &["webkit2gtk-driver", "xvfb", "fonts-noto-cjk", "strace"];

/// Node 20.19 is the first that Vite 8 accepts.
const NODE: (u32, u32) = (20, 19);

/// Makes sure that the packages are installed.
pub(crate) fn packages(wanted: &[&str]) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if output("dpkg-query", &["--version"]).is_none() {
        println!(
            "This is no Debian or Ubuntu; make sure that these packages' counterparts are installed:"
        );
        println!("  {}", wanted.join(" "));
        return Ok(());
    }
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let Some(apt_get) = apt_get() else {
        return Err(format!(
            "system packages are missing. Install them with\n\n  {}\n",
            by_hand(&list)
        ));
    };
    println!("Installing system packages: {list}");
    process::run(apt_get().arg("update"))?;
    process::run(
        apt_get()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(&missing),
    )
    .map_err(|failure| {
        format!(
            "{failure}\nInstall the packages yourself with\n\n  {}\n",
            by_hand(&list)
        )
    })
}

/// The line that installs packages, also where no list of packages was ever fetched.
fn by_hand(list: &str) -> String {
    format!("sudo apt-get update && sudo apt-get install --no-install-recommends {list}")
}

/// Chinese letters for the window, unless some font has them.
pub(crate) fn chinese_font() -> Option<&'static str> {
    let fonts = output("fc-list", &[":lang=zh", "file"]).unwrap_or_default();
    fonts.trim().is_empty().then_some("fonts-noto-cjk")
}

fn is_installed(package: &str) -> bool {
    output(
        "dpkg-query",
        &["--show", "--showformat=${db:Status-Abbrev}", package],
    )
    .is_some_and(|status| status.starts_with("ii"))
}

/// How to install; nothing when nobody could permit it. A password is asked for only where somebody can type it.
fn apt_get() -> Option<impl Fn() -> Command> {
    let root = output("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    let may_ask = std::io::stdin().is_terminal() && output("sudo", &["--version"]).is_some();
    let sudo = !root && (may_ask || output("sudo", &["-n", "true"]).is_some());
    (root || sudo).then_some(move || {
        let mut command = Command::new(if root { "env" } else { "sudo" });
        if sudo {
            command.arg("env");
        }
        command.args([
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=120",
        ]);
        command
    })
}

/// Makes sure that Node and npm are there and new enough.
pub(crate) fn node() -> Result<(), Failure> {
    let wanted = format!("Node {}.{} or newer with npm", NODE.0, NODE.1);
    let hint = "See https://nodejs.org/en/download, or use your version manager.";
    let Some(version) = output("node", &["--version"]) else {
        return Err(format!(
            "{wanted} is needed to build the screens, and there is no `node`. {hint}"
        ));
    };
    if version_of(&version).is_none_or(|found| found < NODE) {
        return Err(format!(
            "{wanted} is needed to build the screens; this is {}. {hint}",
            version.trim()
        ));
    }
    match npm(&["--version"]).output() {
        Ok(answer) if answer.status.success() => Ok(()),
        _ => Err(format!(
            "{wanted} is needed to build the screens, and there is no `npm`. {hint}"
        )),
    }
}

fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Installs the tools of the screens when the lock file changed.
pub(crate) fn modules() -> Result<(), Failure> {
    let stamp = Stamp::of(
        "ui/node_modules/.installed",
        &["ui/package.json", "ui/package-lock.json"],
    );
    if stamp.is_current() {
        return Ok(());
    }
    process::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    stamp.set();
    Ok(())
}

/// Builds the screens when their sources changed, or what was built from them.
pub(crate) fn screens() -> Result<(), Failure> {
    modules()?;
    // Kept with the tools, not with the built files: those go into the program, all of them. They count as well: npm may
    // have built something else since.
    let stamp = || Stamp::of("ui/node_modules/.built", &["ui", "assets", "ui/dist"]);
    if stamp().is_current() {
        return Ok(());
    }
    process::run(&mut npm(&["run", "--silent", "build"]))?;
    stamp().set();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_is_compared_as_numbers() {
        assert_eq!(version_of("v20.20.2\n"), Some((20, 20)));
        assert!(version_of("v9.99.0") < Some(NODE));
        assert!(version_of("v20.9.0") < Some(NODE));
        assert_eq!(version_of("nonsense"), None);
    }
}
