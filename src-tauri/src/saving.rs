//! Where a file goes. The page proposes a name and never names a path: the user chooses it in the dialog of the desktop,
//! which asks before a file is replaced.

use std::path::{Path, PathBuf};

use atlas_core::api::types::{ApiError, ErrorCode};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::DialogExt as _;

use crate::feeds::{DataDir, picked};
use crate::graphics;

/// Lets the user choose a file with an ending, `filter` being what the dialog calls such files; nothing when the user
/// thinks better of it.
///
/// # Errors
/// `FileExists` when the file became another one with its ending, about which the dialog did not ask, and which is there;
/// `BadRequest` when the path is no text.
pub(crate) fn choose(
    handle: &AppHandle,
    proposed: &str,
    (filter, ending): (&str, &str),
) -> Result<Option<String>, ApiError> {
    let chosen = if graphics::automated() {
        picked(&handle.state::<DataDir>().0).map(PathBuf::from)
    } else {
        let dialog = handle.dialog().file().add_filter(filter, &[ending]);
        let chosen = dialog
            .set_file_name(plain(proposed, ending))
            .blocking_save_file();
        chosen.and_then(|path| path.into_path().ok())
    };
    chosen.map(|path| named(&path, ending)).transpose()
}

/// A proposed name with its ending, and without anything that leads elsewhere.
fn plain(name: &str, ending: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | ':'))
        .collect();
    let plain = plain.trim_matches('.');
    let stem = plain
        .strip_suffix(ending)
        .and_then(|stem| stem.strip_suffix('.'))
        .unwrap_or(plain);
    format!("{stem}.{ending}")
}

/// The file with its ending; a name of something else overwrites nothing by accident.
fn named(path: &Path, ending: &str) -> Result<String, ApiError> {
    let ends = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(ending));
    let mut name = path.as_os_str().to_owned();
    if !ends {
        name.push(".");
        name.push(ending);
        let other = Path::new(&name);
        if other.exists() {
            return Err(
                ApiError::new(ErrorCode::FileExists).with("path", other.display().to_string())
            );
        }
    }
    name.into_string()
        .map_err(|_| ApiError::new(ErrorCode::BadRequest).with("path", path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposed_name_leads_nowhere_else() {
        for (proposed, written) in [
            ("服务商 模板", "服务商 模板.xlsx"),
            ("名单.xlsx", "名单.xlsx"),
            ("../../x.xlsx", "x.xlsx"),
            ("a/b:c", "abc.xlsx"),
        ] {
            assert_eq!(plain(proposed, "xlsx"), written);
        }
    }

    #[test]
    fn a_file_has_its_ending_and_replaces_nothing_that_was_not_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let text = |name: &str| at(name).into_os_string().into_string().unwrap();
        for (chosen, written) in [
            ("needs", "needs.atlaswork"),
            ("needs.ATLASWORK", "needs.ATLASWORK"),
            ("list.2026", "list.2026.atlaswork"),
        ] {
            assert_eq!(named(&at(chosen), "atlaswork").unwrap(), text(written));
        }
        std::fs::write(at("needs.atlaswork"), "theirs").unwrap();
        let refused = named(&at("needs"), "atlaswork").unwrap_err();
        assert_eq!(refused.code, ErrorCode::FileExists);
        assert!(named(&at("needs.atlaswork"), "atlaswork").is_ok());
    }
}
