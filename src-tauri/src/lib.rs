//! The window around the core: one webview without remote content, a short list of commands, no product logic.
//!
//! Invariants:
//! - Every command runs the core on a worker thread; the main thread only draws.
//! - The page can go nowhere: navigation, new windows, downloads and permissions are refused.
//! - All that the window writes lies in the data folder.
//!
//! Deliberately absent: menus, tray, updates, any network access of its own.

mod commands;
mod export;
mod feeds;
mod folder;
mod graphics;
mod jobs;
mod opened;
mod options;
mod pace;
mod page;
mod plugins;
mod saving;
mod startup;
mod submissions;
mod tables;
mod window;
mod work;

use std::process::ExitCode;
use std::sync::Arc;

use atlas_core::api::App;
use export::LastExport;
use feeds::DataDir;
use jobs::Jobs;
pub use options::Options;
use page::Page;
use startup::Startup;
use tables::TableJobs;
use tauri::{Manager as _, RunEvent, WindowEvent};

/// Runs the product in a window until that is closed.
pub fn run(options: &Options) -> ExitCode {
    let named = options.data_dir();
    // A folder that was moved and is not there: the page says so; what the window itself writes stays where it was.
    let data_dir = atlas_core::store::resolve(&named).unwrap_or_else(|_| named.clone());
    if let Err(why) = display() {
        return fail(why);
    }
    let missing =
        graphics::Reasons::find(options.safe_graphics, &data_dir).missing(graphics::is_set);
    if !missing.is_empty() && !graphics::automated() {
        let error = graphics::start_again(&missing);
        fail(&format!("cannot set {}: {error}", missing.join(", ")));
    }

    let (startup, reported) = Startup::begin();
    let core = Arc::new(App::new(named, now));
    let jobs = Arc::new(Jobs::default());
    let page = Arc::new(Page::default());
    if let Some(path) = opened::by_this_start(options) {
        page.opens(path);
    }
    let mut builder = tauri::Builder::default()
        .plugin(plugins::log(&data_dir))
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::new(startup))
        .manage(Arc::clone(&core))
        .manage(Arc::clone(&jobs))
        .manage(Arc::new(TableJobs::default()))
        .manage(Arc::clone(&page))
        .manage(Arc::new(LastExport::default()))
        .manage(DataDir(data_dir.clone()));
    if !graphics::automated() {
        builder = builder
            .plugin(plugins::single_instance(&data_dir))
            .plugin(plugins::window_state(&data_dir));
    }
    let built = builder
        .invoke_handler(tauri::generate_handler![
            commands::query,
            commands::mutate,
            commands::open,
            commands::open_url,
            commands::ready,
            commands::system_language,
            feeds::sync,
            feeds::import_bundle,
            feeds::cancel,
            feeds::pick_path,
            feeds::watch,
            export::export,
            export::show_export,
            work::export_work,
            work::inspect_work,
            work::import_work,
            tables::open_table,
            tables::check_table,
            tables::import_table,
            tables::cancel_table,
            tables::report_table,
            tables::write_template,
            submissions::export_submission,
            submissions::import_receipt,
            folder::move_folder,
        ])
        .setup(move |app| {
            let window = window::create(app, &data_dir)?;
            let dragged = Arc::clone(&page);
            window.on_window_event(move |event| {
                if let WindowEvent::DragDrop(event) = event {
                    dragged.dragged(event);
                }
            });
            feeds::check_daily(core, jobs, page);
            startup::watch(window, reported, data_dir);
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            // The event loop ends the process without coming back, so what has to be tidied is tidied here.
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    app.state::<Arc<App>>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

/// The wall clock enters the product here: ISO 8601 in UTC, whole seconds.
fn now() -> String {
    format!("{:.0}", jiff::Timestamp::now())
}

/// The window toolkit aborts without a display; say so before it does.
fn display() -> Result<(), &'static str> {
    let shown = !cfg!(target_os = "linux")
        || graphics::is_set("DISPLAY")
        || graphics::is_set("WAYLAND_DISPLAY");
    shown.then_some(()).ok_or(
        "no display (neither DISPLAY nor WAYLAND_DISPLAY is set); `atlas` works in the terminal",
    )
}

#[expect(
    clippy::print_stderr,
    reason = "before there is a window, the terminal is the only place for a message"
)]
fn fail(why: &str) -> ExitCode {
    eprintln!("scenario-atlas: {why}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_time_is_written_as_the_core_reads_it() {
        let now = super::now();
        assert_eq!(now.len(), "2026-11-22T20:46:12Z".len(), "{now}");
        assert!(now.ends_with('Z'));
    }
}
