//! WebKitGTK draws a blank window on some graphics drivers. Its way out is environment variables that it
//! reads once, before GTK starts; a process that needs one it does not have starts itself again with it.
//!
//! Invariant: a variable that the user set, to whatever value, stays as it is.

use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

/// Without the renderer that shares buffers with the graphics card: what fails on NVIDIA.
const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// Without accelerated composition at all: slower, and always works.
const NO_COMPOSITING: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";
/// Present in the data folder once a window stayed blank; holds the version that saw it, so that the next
/// version tries the fast path again.
const MARKER: &str = "safe-graphics";

/// Why variables may be needed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reasons {
    /// The user asked with `--safe-graphics`.
    pub(crate) asked: bool,
    /// No card to share buffers with: the NVIDIA kernel driver is loaded, or there is no card at all. Without one a
    /// program draws all the same, but the detour through a card that is only imitated takes the page over 100 MB.
    pub(crate) unfit_card: bool,
    /// An earlier start of this version showed nothing.
    pub(crate) stayed_blank: bool,
}

impl Reasons {
    /// Looks at the machine and the data folder.
    pub(crate) fn find(asked: bool, data_dir: &Path) -> Self {
        let marker = fs::read_to_string(data_dir.join(MARKER)).unwrap_or_default();
        Self {
            asked,
            unfit_card: cfg!(target_os = "linux")
                && (Path::new("/proc/driver/nvidia/version").exists()
                    || !has_card(Path::new("/dev/dri"))),
            stayed_blank: marker.trim() == env!("CARGO_PKG_VERSION"),
        }
    }

    /// The variables that are needed and not set.
    pub(crate) fn missing(self, is_set: impl Fn(&str) -> bool) -> Vec<&'static str> {
        let mut wanted = Vec::new();
        if self.asked || self.unfit_card || self.stayed_blank {
            wanted.push(NO_DMABUF);
        }
        if self.stayed_blank {
            wanted.push(NO_COMPOSITING);
        }
        wanted.retain(|name| !is_set(name));
        wanted
    }
}

/// Whether the folder of graphics devices holds one that programs may draw with.
fn has_card(devices: &Path) -> bool {
    let is_render_node =
        |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with("renderD");
    fs::read_dir(devices).is_ok_and(|entries| entries.flatten().any(is_render_node))
}

/// Whether the environment has a variable.
pub(crate) fn is_set(name: &str) -> bool {
    env::var_os(name).is_some()
}

/// Whether a test drives the window; it brings its own graphics environment and its own patience.
pub(crate) fn automated() -> bool {
    is_set("TAURI_WEBVIEW_AUTOMATION")
}

/// The page reported nothing: remembers that and starts again on the slow path, unless this start already
/// was on it. Returns only if that fails or does not apply.
pub(crate) fn leave_blank_window(data_dir: &Path) {
    if is_set(NO_COMPOSITING) {
        log::error!("the page reported nothing, and the safe graphics path is already in use");
        return;
    }
    log::warn!("the page reported nothing; starting again with safe graphics");
    if let Err(error) = fs::write(data_dir.join(MARKER), env!("CARGO_PKG_VERSION")) {
        log::warn!("cannot remember to use safe graphics: {error}");
    }
    let missing: Vec<_> = [NO_DMABUF, NO_COMPOSITING]
        .into_iter()
        .filter(|name| !is_set(name))
        .collect();
    log::error!("cannot start again: {}", start_again(&missing));
}

/// Replaces this process by itself with the variables set. Returns only on failure.
///
/// Setting a variable in the running process would be unsafe; a new image of the same process is not, keeps
/// the process id, and the lock on the data folder closes with the old image.
#[cfg(target_os = "linux")]
pub(crate) fn start_again(variables: &[&str]) -> io::Error {
    use std::os::unix::process::CommandExt;

    let program = match env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    Command::new(program)
        .args(env::args_os().skip(1))
        .envs(variables.iter().map(|name| (name, "1")))
        .exec()
}

/// Elsewhere the webview has no such variables.
#[cfg(not(target_os = "linux"))]
pub(crate) fn start_again(_variables: &[&str]) -> io::Error {
    io::Error::from(io::ErrorKind::Unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_machine_needs_nothing() {
        assert!(Reasons::default().missing(|_| false).is_empty());
    }

    #[test]
    fn an_unfit_card_and_the_flag_turn_the_shared_buffers_off() {
        assert_eq!(
            Reasons {
                unfit_card: true,
                ..Reasons::default()
            }
            .missing(|_| false),
            [NO_DMABUF]
        );
        assert_eq!(
            Reasons {
                asked: true,
                ..Reasons::default()
            }
            .missing(|_| false),
            [NO_DMABUF]
        );
    }

    #[test]
    fn a_screen_alone_is_no_card() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_card(&devices.path().join("absent")));
        fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_card(devices.path()), "a screen is no place to draw");
        fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_card(devices.path()));
    }

    #[test]
    fn what_the_user_set_is_left_alone() {
        let reasons = Reasons {
            stayed_blank: true,
            ..Reasons::default()
        };
        assert_eq!(reasons.missing(|name| name == NO_DMABUF), [NO_COMPOSITING]);
        assert!(reasons.missing(|_| true).is_empty());
    }

    #[test]
    fn the_marker_counts_only_for_the_version_that_wrote_it() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!Reasons::find(false, dir.path()).stayed_blank);
        fs::write(dir.path().join(MARKER), env!("CARGO_PKG_VERSION")).unwrap();
        assert!(Reasons::find(false, dir.path()).stayed_blank);
        fs::write(dir.path().join(MARKER), "0.0.0").unwrap();
        assert!(!Reasons::find(false, dir.path()).stayed_blank);
    }
}
