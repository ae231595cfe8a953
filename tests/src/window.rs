//! The program, opened on a data folder, and what a user does with it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::audit::complaints;
use crate::process::{Display, PATIENCE, running_on, terminate, until};
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
    /// A file to open, as the desktop names it after a double click.
    pub file: Option<&'a Path>,
}

impl<'a> Start<'a> {
    /// On a Chinese system, a display for a whole window.
    pub fn on(folder: &'a Path) -> Self {
        Self {
            folder,
            language: "zh_CN.UTF-8",
            size: (1680, 1050),
            through: &[],
            file: None,
        }
    }
}

/// The opened program. When this is dropped the program ends, and with it its hold on the data folder.
pub struct Window {
    /// The page.
    pub page: Session,
    // Ended after the program that is drawn on it.
    display: Display,
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
        command.extend(start.file.map(|file| file.to_string_lossy().into_owned()));
        let page = Session::start(driver, &command[0], &command[1..]);
        Self { page, display }
    }

    /// Opens the program and waits until the catalog is open.
    pub fn ready(start: &Start<'_>) -> Self {
        let window = Self::open(start);
        until("the catalog", || {
            let failed = window.page.all("main [role=alert]");
            assert!(
                failed.is_empty(),
                "the catalog does not open: {}",
                window.visible()
            );
            window.page.all("header .state").pop()
        });
        window
    }

    /// Ends the program, after a visit in which nothing may have gone wrong in the page.
    pub fn close(self) {
        let complaints = complaints(&self);
        assert!(complaints.is_empty(), "the page complains: {complaints:#?}");
    }

    /// All text on the screen.
    pub fn visible(&self) -> String {
        self.page
            .run("return document.body.innerText", &[])
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What the display shows in its upper left corner, where the window is, as PNG.
    ///
    /// # Errors
    /// When the display keeps no picture.
    pub fn picture(&self, width: u32, height: u32) -> std::io::Result<Vec<u8>> {
        self.display.picture(width, height)
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

    /// Clicks the button that bears a text.
    pub fn click_button(&self, text: &str) {
        until(&format!("a button {text}"), || {
            let buttons = self.page.all("button");
            let button = buttons.into_iter().find(|button| {
                self.page
                    .text(button)
                    .is_ok_and(|found| found.trim() == text)
            });
            button.and_then(|button| self.page.click(&button).ok())
        });
    }

    /// The text of the element that a selector finds.
    pub fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText";
        until(&format!("the text of {css}"), || {
            self.page
                .run(script, &[json!(css)])
                .as_str()
                .map(str::to_owned)
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

    /// Loads the page anew, as F5 would, and waits until it has begun.
    pub fn reload(&self) {
        let script = "document.documentElement.dataset.former = ''; location.reload()";
        self.page.run(script, &[]);
        self.one("html:not([data-former]) header .state");
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
        self.invoke("query", name, arguments)
    }

    /// Changes something behind the page's back.
    pub fn mutate(&self, name: &str, arguments: &Value) -> Value {
        self.invoke("mutate", name, arguments)
    }

    fn invoke(&self, command: &str, name: &str, arguments: &Value) -> Value {
        let script = "return await window.__TAURI_INTERNALS__.invoke(args[0], { name: args[1], args: args[2] })";
        let arguments = [json!(command), json!(name), arguments.clone()];
        self.page
            .wait_for(script, &arguments)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Waits until the screen has drawn what it asked for.
    pub fn settle(&self) {
        let script = "
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            const main = document.getElementById('main');
            return main.innerText.trim() !== '' && !document.querySelector('[aria-busy=true], #main .waiting');
        ";
        until("a settled screen", || {
            (self.page.wait_for(script, &[]) == Ok(json!(true))).then_some(())
        });
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.page.end();
        // What is still there was started by a program in between, and takes a signal.
        let mut asked = false;
        let began = std::time::Instant::now();
        while let running = running_on(&self.display.name)
            && !running.is_empty()
        {
            let late = began.elapsed() > PATIENCE;
            assert!(
                !late || std::thread::panicking(),
                "the program does not end"
            );
            if late {
                return;
            }
            if !asked && began.elapsed() > std::time::Duration::from_millis(500) {
                terminate(&running);
                asked = true;
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
