//! A window as the app has it, with a page that holds one dot: what starting costs before there is a product.
//!
//! Says `painted` on the error output once the page is drawn, as the app says when its first rows are.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![expect(clippy::print_stderr, reason = "whoever measures listens there")]

/// The page is painted.
#[tauri::command]
async fn ready() {
    eprintln!("painted");
}

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![ready])
        .run(tauri::generate_context!())
}
