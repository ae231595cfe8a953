//! Pictures of every screen, in both languages and themes, narrow and wide, for people to look at.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::Duration;
use std::{fs, io};

use tests::tour::{LANGUAGES, THEMES, dress, leave, prepare, stops, visit};
use tests::window::{Start, Window};

/// A laptop with two windows side by side, and a desk.
const WIDTHS: [u32; 2] = [900, 1600];
const HEIGHT: u32 = 1000;

#[expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a command speaks through the terminal"
)]
fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(folder) = args.next().map(PathBuf::from) else {
        eprintln!("usage: shots DIR [SCREEN]");
        return ExitCode::FAILURE;
    };
    match take(&folder, &args.next().unwrap_or_default()) {
        Ok(count) => {
            println!("{count} pictures in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write to {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

/// Pictures the screens whose name begins so.
fn take(folder: &Path, screens: &str) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let data = tempfile::tempdir()?;
    prepare(data.path());
    let window = Window::ready(&Start::on(data.path()));
    let mut stops = stops(&window);
    stops.retain(|stop| stop.name.starts_with(screens));
    let mut count = 0;
    for width in WIDTHS {
        window
            .page
            .resize(width, HEIGHT)
            .map_err(io::Error::other)?;
        for language in LANGUAGES {
            for theme in THEMES {
                dress(&window, language, theme);
                for stop in &stops {
                    visit(&window, stop);
                    // What is settled in the page takes a moment to reach the screen.
                    sleep(Duration::from_millis(200));
                    let picture = window.picture(width, HEIGHT)?;
                    let file = format!("{}-{width}-{language}-{theme}.png", stop.name);
                    fs::write(folder.join(file), picture)?;
                    leave(&window, stop);
                    count += 1;
                }
            }
        }
    }
    Ok(count)
}
