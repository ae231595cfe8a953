//! The program, opened on a data folder, and what a user does with it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::process::{Display, PATIENCE, running, until};
use crate::webdriver::{Driver, Element, Session};

/// How the program is started.
#[derive(Debug, Clone)]
pub struct Start<'a> {
    /// The data folder.
    pub folder: &'a Path,
    /// The system's language.
    pub language: &'a str,
    /// Size of the display, which a window never exceeds.
    pub size: (u32, u32),
    /// A program that starts the program, with its arguments.
    pub through: &'a [&'a str],
}

impl<'a> Start<'a> {
    /// On a Chinese system, a display for a whole window.
    pub fn on(folder: &'a Path) -> Self {
        Self {
            folder,
            language: "zh_CN.UTF-8",
            size: (1680, 1050),
            through: &[],
        }
    }
}

/// The opened program. It ends when this is dropped.
pub struct Window {
    /// The page.
    pub page: Session,
    folder: PathBuf,
    // Ended after the program that is drawn on it.
    _display: Display,
}

impl Window {
    /// Opens the program and waits until its first screen is there, whatever it shows.
    pub fn open(start: &Start<'_>) -> Self {
        let display = Display::start(start.size.0, start.size.1);
        let driver = Driver::start(&[
            ("DISPLAY", &display.name),
            ("GDK_BACKEND", "x11"),
            ("LANG", start.language),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
            ("NO_AT_BRIDGE", "1"),
            ("TAURI_WEBVIEW_AUTOMATION", "true"),
            ("TZ", "Asia/Shanghai"),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ]);
        let mut command: Vec<String> = start.through.iter().map(|&word| word.to_owned()).collect();
        command.push(binary().to_string_lossy().into_owned());
        command.extend([
            "--data-dir".to_owned(),
            start.folder.to_string_lossy().into_owned(),
        ]);
        let page = Session::start(driver, &command[0], &command[1..]);
        Self {
            page,
            folder: start.folder.to_owned(),
            _display: display,
        }
    }

    /// Opens the program and waits until the catalog is open.
    pub fn ready(start: &Start<'_>) -> Self {
        let window = Self::open(start);
        until("the catalog", || {
            let state = window
                .page
                .run("return document.documentElement.dataset.phase ?? ''", &[]);
            assert_ne!(
                state,
                "failed",
                "the catalog does not open: {}",
                window.visible()
            );
            (state == "ready").then_some(())
        });
        window
    }

    /// Ends the program and waits until it is gone, and with it its hold on the data folder.
    pub fn close(self) {
        drop(self);
    }

    /// All text on the screen.
    pub fn visible(&self) -> String {
        self.page
            .run("return document.body.innerText", &[])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The element that a selector finds, once it is there.
    pub fn one(&self, css: &str) -> Element {
        until(css, || self.page.all(css).into_iter().next())
    }

    /// Waits until the screen shows a text.
    pub fn sees(&self, text: &str) {
        until(
            &format!("the text {text}; the screen shows {}", self.visible()),
            || self.visible().contains(text).then_some(()),
        );
    }

    /// Clicks the element that a selector finds, once that is possible: a screen may still be drawing.
    pub fn click(&self, css: &str) {
        until(&format!("a click on {css}"), || {
            self.page.click(&self.one(css)).ok()
        });
    }

    /// The text of the element that a selector finds.
    pub fn text(&self, css: &str) -> String {
        until(&format!("the text of {css}"), || {
            self.page.text(&self.one(css)).ok()
        })
    }

    /// Replaces what a field holds by typing.
    pub fn fill(&self, css: &str, text: &str) {
        let field = self.one(css);
        self.page.run(
            "arguments[0].focus(); arguments[0].select()",
            &[field.to_json()],
        );
        self.page
            .type_into(&field, text)
            .unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Goes to an address of the product.
    pub fn go(&self, address: &str) {
        self.page
            .run("location.hash = arguments[0]", &[json!(address)]);
    }

    /// The address that the window shows.
    pub fn address(&self) -> String {
        let hash = self
            .page
            .run("return decodeURIComponent(location.hash.slice(1))", &[]);
        hash.as_str().unwrap_or_default().to_owned()
    }

    /// Asks the core, as the page does.
    pub fn query(&self, name: &str, arguments: &Value) -> Value {
        let script = "return await window.__TAURI_INTERNALS__.invoke('query', { name: args[0], args: args[1] })";
        self.page
            .wait_for(script, &[json!(name), arguments.clone()])
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.page.end();
        let folder = self.folder.to_string_lossy().into_owned();
        let began = std::time::Instant::now();
        while !running(&folder).is_empty() {
            let late = began.elapsed() > PATIENCE;
            assert!(
                !late || std::thread::panicking(),
                "the program does not end"
            );
            if late {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

/// The program under test: named by the environment, or beside the tests.
fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("ATLAS_APP") {
        return named.into();
    }
    let here = std::env::current_exe().expect("this program has a path");
    let folder = here
        .ancestors()
        .find(|folder| folder.join("scenario-atlas").is_file());
    folder
        .expect("the app is built: cargo build --workspace --bin scenario-atlas")
        .join("scenario-atlas")
}
