//! Programs that live no longer than the test that started them.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long anything may take before it counts as broken. Generous: slow machines are no failure.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A program that is ended when this is dropped.
pub struct Helper(Child);

impl Helper {
    /// Starts a program quietly.
    pub fn start(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|error| {
            panic!("cannot start {}: {error}", command.get_program().display())
        }))
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait()) {
            assert!(std::thread::panicking(), "cannot end a program: {error}");
        }
    }
}

/// A display without a screen.
pub struct Display {
    _server: Helper,
    /// Where the server keeps what it shows, as a file.
    screen: tempfile::TempDir,
    /// Its name, for the variable `DISPLAY`.
    pub name: String,
}

impl Display {
    /// Starts one on a free number.
    pub fn start(width: u32, height: u32) -> Self {
        let screen = tempfile::tempdir().expect("there is room for a picture");
        let mut command = Command::new("Xvfb");
        command.arg("-fbdir").arg(screen.path()).args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-noreset",
            "-screen",
            "0",
        ]);
        command
            .arg(format!("{width}x{height}x24"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Helper::start(&mut command);
        let mut number = String::new();
        let output = server.0.stdout.take().expect("stdout is piped");
        BufReader::new(output)
            .read_line(&mut number)
            .expect("the display server tells its number");
        assert!(
            !number.trim().is_empty(),
            "the display server did not start"
        );
        Self {
            _server: server,
            screen,
            name: format!(":{}", number.trim()),
        }
    }

    /// What the upper left corner shows, as PNG. Read from the server, so it is what a person would see.
    ///
    /// # Errors
    /// When the server keeps no picture.
    pub fn picture(&self, width: u32, height: u32) -> std::io::Result<Vec<u8>> {
        let dump = std::fs::read(self.screen.path().join("Xvfb_screen0"))?;
        crate::picture::png(&dump, width, height)
            .ok_or_else(|| std::io::Error::other("the display's picture is of another form"))
    }
}

/// Asks again until there is an answer.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        sleep(Duration::from_millis(40));
    }
}

/// Running processes that were started on a display, apart from the driver.
pub fn running_on(display: &str) -> Vec<PathBuf> {
    let wanted = format!("DISPLAY={display}");
    let processes = std::fs::read_dir("/proc")
        .expect("Linux has /proc")
        .flatten();
    let found = processes.map(|entry| entry.path()).filter(|process| {
        // A process may end between the two reads; it is not running then.
        let read = |name| std::fs::read(process.join(name)).unwrap_or_default();
        let has = |bytes: &[u8], text: &str| {
            bytes
                .split(|byte| *byte == 0)
                .any(|part| part == text.as_bytes())
        };
        has(&read("environ"), &wanted) && !has(&read("cmdline"), "WebKitWebDriver")
    });
    found.collect()
}

/// Asks processes to end.
pub fn terminate(processes: &[PathBuf]) {
    let ids = processes.iter().filter_map(|process| process.file_name());
    // One that has ended by itself meanwhile makes the command fail, and that is well.
    let _ended = Command::new("kill")
        .args(ids)
        .stderr(Stdio::null())
        .status();
}

/// `atlas`, beside the tests.
pub fn terminal() -> PathBuf {
    let here = std::env::current_exe().expect("this program has a path");
    let folder = here
        .ancestors()
        .find(|folder| folder.join("atlas").is_file());
    folder
        .expect("the terminal is built: cargo build --workspace --bin atlas")
        .join("atlas")
}
