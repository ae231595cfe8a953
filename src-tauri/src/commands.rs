//! The commands of the page. Each one hands over to the core on a worker thread: nothing here may make the
//! window wait.
//!
//! Deliberately absent: one command per question. The core's table has them; see `atlas_core::api`.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use atlas_core::api::App;
use atlas_core::api::types::{ApiError, AppStatus, ErrorCode, Progress};
use serde_json::Value;
use tauri::ipc::Channel;
use tauri::{State, Url, WebviewWindow};

use crate::pace::Pace;
use crate::startup::{self, Startup};

/// Asks.
#[tauri::command]
pub(crate) async fn query(
    app: State<'_, Arc<App>>,
    name: String,
    args: Value,
) -> Result<Value, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || atlas_core::api::query(&app, &name, args)).await
}

/// Changes.
#[tauri::command]
pub(crate) async fn mutate(
    app: State<'_, Arc<App>>,
    name: String,
    args: Value,
) -> Result<Value, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || atlas_core::api::mutate(&app, &name, args)).await
}

/// Opens the data folder; on the first run this imports the bundled catalog.
#[tauri::command]
pub(crate) async fn open(
    app: State<'_, Arc<App>>,
    progress: Channel<Progress>,
) -> Result<AppStatus, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || {
        let mut pace = Pace::new();
        app.open(&mut |step| {
            // A page that went away needs no progress, and the catalog all the same.
            if pace.lets_through(step.phase, step.done, step.total, Instant::now())
                && progress.send(step).is_err()
            {
                log::debug!("nobody listens to the progress");
            }
            ControlFlow::Continue(())
        })
    })
    .await
}

/// Opens a web address in the user's browser; the window itself never leaves the product.
#[tauri::command]
pub(crate) async fn open_url(url: String) -> Result<(), ApiError> {
    let address =
        web_address(&url).ok_or_else(|| ApiError::new(ErrorCode::BadRequest).with("url", url))?;
    on_worker(move || {
        tauri_plugin_opener::open_url(&address, None::<&str>).map_err(|error| {
            ApiError::new(ErrorCode::Internal)
                .with("url", address.as_str())
                .caused_by(&error)
        })
    })
    .await
}

/// The page is drawn, or the first rows of a list are.
#[tauri::command]
pub(crate) async fn ready(
    window: WebviewWindow,
    startup: State<'_, Arc<Startup>>,
    rows: bool,
) -> Result<(), ApiError> {
    if rows {
        startup.rows_are_painted();
        return Ok(());
    }
    startup.page_is_ready();
    startup::show(&window);
    Ok(())
}

/// `zh-CN` or `en`, whichever fits the system.
#[tauri::command]
pub(crate) async fn system_language() -> &'static str {
    language(sys_locale::get_locale().as_deref())
}

/// Runs work off the main thread. A panic in it is a fault of the product, told as one; the window lives on.
pub(crate) async fn on_worker<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let answer = match tauri::async_runtime::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(error) => Err(ApiError::new(ErrorCode::Internal).caused_by(&error)),
    };
    if let Err(error) = &answer {
        log::warn!("{error}");
    }
    answer
}

/// The address in its normal form if it is one for a browser.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "https" | "http") && url.has_host()).then(|| url.to_string())
}

/// Chinese for Chinese systems and for those that state no language; English for all others.
fn language(locale: Option<&str>) -> &'static str {
    let name = locale.unwrap_or_default();
    let language = name.split(['-', '_', '.']).next().unwrap_or_default();
    match language {
        "" | "C" | "POSIX" => "zh-CN",
        _ if language.eq_ignore_ascii_case("zh") => "zh-CN",
        _ => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_leave_the_window() {
        assert_eq!(
            web_address("https://example.org/a?b#c").as_deref(),
            Some("https://example.org/a?b#c")
        );
        assert!(web_address("http://例子.测试/").is_some());
        for refused in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "mailto:a@b",
            "tauri://localhost",
            "/x",
            "",
            "-h",
        ] {
            assert_eq!(web_address(refused), None, "{refused}");
        }
    }

    #[test]
    fn chinese_comes_first_and_other_languages_get_english() {
        for (locale, expected) in [
            (Some("zh-CN"), "zh-CN"),
            (Some("zh_TW.UTF-8"), "zh-CN"),
            (Some("en-GB"), "en"),
            (Some("de"), "en"),
            (Some("C.UTF-8"), "zh-CN"),
            (None, "zh-CN"),
        ] {
            assert_eq!(language(locale), expected, "{locale:?}");
        }
    }

    #[test]
    fn a_panic_in_the_core_is_an_internal_error() {
        let answer: Result<(), _> = tauri::async_runtime::block_on(on_worker(|| panic!("broken")));
        let error = answer.unwrap_err();
        assert_eq!(error.code, ErrorCode::Internal);
        assert!(error.trace.contains("broken"), "{}", error.trace);
        let answer = tauri::async_runtime::block_on(on_worker(|| Ok(7)));
        assert_eq!(answer, Ok(7));
    }
}
