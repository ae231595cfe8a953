//! Declares the commands that the page may be allowed to call, and checks that the page was built.
//! Never runs npm: building the screens is the task runner's work.

#![expect(
    clippy::print_stderr,
    reason = "what a build script prints here is what cargo shows"
)]

use std::path::Path;
use std::process::exit;

fn main() {
    let page = Path::new("../ui/dist/index.html");
    println!("cargo:rerun-if-changed=../ui/dist");
    if !page.exists() {
        eprintln!("ui/dist/index.html is missing, and the window has nothing to show without it.");
        eprintln!(
            "Run `cargo xtask run`, which builds it, or: npm --prefix ui ci && npm --prefix ui run build"
        );
        exit(1);
    }
    // A command that is not named here can be called by nobody; one that is, only by a window whose
    // capability allows it (capabilities/main.json).
    let manifest = tauri_build::AppManifest::new().commands(&[
        "query",
        "mutate",
        "open",
        "open_url",
        "ready",
        "system_language",
        "sync",
        "import_bundle",
        "cancel",
        "pick_path",
        "watch",
        "export",
        "show_export",
        "export_work",
        "inspect_work",
        "import_work",
        "open_table",
        "check_table",
        "import_table",
        "cancel_table",
        "report_table",
        "write_template",
        "export_submission",
        "import_receipt",
        "move_folder",
    ]);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        eprintln!("{error:#}");
        exit(1);
    }
}
