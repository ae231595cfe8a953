//! Pictures of every screen, in both languages and themes, narrow and wide, for people to look at.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use tests::tour::{LANGUAGES, THEMES, dress, leave, stops, visit};
use tests::window::{Start, Window};

/// A laptop with two windows side by side, and a desk.
const WIDTHS: [u32; 2] = [900, 1600];

#[expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a command speaks through the terminal"
)]
fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: shots DIR");
        return ExitCode::FAILURE;
    };
    match take(&folder) {
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

fn take(folder: &Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let data = tempfile::tempdir()?;
    let window = Window::ready(&Start::on(data.path()));
    let stops = stops(&window);
    let mut count = 0;
    for width in WIDTHS {
        window.page.resize(width, 1000).map_err(io::Error::other)?;
        for language in LANGUAGES {
            for theme in THEMES {
                dress(&window, language, theme);
                for stop in &stops {
                    visit(&window, stop);
                    let picture = window.page.picture().map_err(io::Error::other)?;
                    let file = format!("{}-{width}-{language}-{theme}.png", stop.name);
                    fs::write(folder.join(file), bytes(&picture))?;
                    leave(&window, stop);
                    count += 1;
                }
            }
        }
    }
    Ok(count)
}

/// Decodes Base64.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut held = 0u32;
    let mut bits = 0;
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes
}
