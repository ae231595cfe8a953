//! A client of the W3C WebDriver protocol: JSON over HTTP, as far as these tests need it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::process::{Helper, until};

/// The key under which the protocol writes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The driver of the webview: one process, one session at a time.
pub struct Driver {
    _server: Helper,
    port: u16,
}

impl Driver {
    /// Starts the driver; what it starts inherits the environment of the command.
    pub fn start(environment: &[(&str, &str)]) -> Self {
        // The number is free now; another process would have to take it within milliseconds.
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr());
        let port = port.expect("there is a free port").port();
        let mut command = Command::new("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .envs(environment.iter().copied());
        for variable in [
            "DBUS_SESSION_BUS_ADDRESS",
            "XDG_RUNTIME_DIR",
            "WAYLAND_DISPLAY",
            "LC_ALL",
            "LANGUAGE",
        ] {
            command.env_remove(variable);
        }
        let server = Helper::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        let driver = Self {
            _server: server,
            port,
        };
        until("the driver", || {
            driver.call("GET", "/status", &Value::Null).ok()
        });
        driver
    }

    /// Sends a command.
    ///
    /// # Errors
    /// What the driver says.
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if method == "POST" {
            body.to_string()
        } else {
            String::new()
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let exchange = || -> std::io::Result<Vec<u8>> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.write_all(request.as_bytes())?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        let answer = exchange().map_err(|error| format!("{method} {path}: {error}"))?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .ok_or("the driver sent no answer")?;
        let mut body: Value =
            serde_json::from_str(body).map_err(|error| format!("{error}: {body}"))?;
        let value = body["value"].take();
        if head.split(' ').nth(1) == Some("200") {
            Ok(value)
        } else {
            Err(value.to_string())
        }
    }
}

/// A session: one run of the program.
pub struct Session {
    driver: Driver,
    path: String,
}

/// An element of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element(String);

impl Element {
    /// The element as an argument of a script.
    pub fn to_json(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

impl Session {
    /// Starts a program under the driver.
    pub fn start(driver: Driver, binary: &str, arguments: &[String]) -> Self {
        let options = json!({ "binary": binary, "args": arguments });
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = driver
            .call("POST", "/session", &wanted)
            .expect("the program starts");
        let id = answer["sessionId"].as_str().expect("a session has an id");
        let path = format!("/session/{id}");
        Self { driver, path }
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        self.driver
            .call("POST", &format!("{}{path}", self.path), body)
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        self.driver
            .call("GET", &format!("{}{path}", self.path), &Value::Null)
    }

    /// Ends the program.
    pub fn end(&self) {
        // A program that has ended already has no session to delete.
        let _gone = self.driver.call("DELETE", &self.path, &Value::Null);
    }

    /// Elements that match a selector, in the order of the document; none while there is no document.
    pub fn all(&self, css: &str) -> Vec<Element> {
        let query = json!({ "using": "css selector", "value": css });
        let found = self.post("/elements", &query).unwrap_or_default();
        let found = found.as_array().into_iter().flatten();
        found
            .filter_map(|element| element[ELEMENT].as_str().map(|id| Element(id.to_owned())))
            .collect()
    }

    /// Clicks as a user does: scrolls there, and hits what lies on top.
    ///
    /// # Errors
    /// When the element is gone or covered.
    pub fn click(&self, element: &Element) -> Result<(), String> {
        self.post(&format!("/element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    /// The text that is visible in an element.
    ///
    /// # Errors
    /// When the element is gone.
    pub fn text(&self, element: &Element) -> Result<String, String> {
        let text = self.get(&format!("/element/{}/text", element.0))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Types into an element.
    ///
    /// # Errors
    /// When the element is gone or takes no text.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<(), String> {
        self.post(
            &format!("/element/{}/value", element.0),
            &json!({ "text": text }),
        )
        .map(drop)
    }

    /// Presses keys together and releases them in reverse order.
    pub fn press(&self, keys: &[&str]) {
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.post("/actions", &body)
            .unwrap_or_else(|error| panic!("keys {keys:?}: {error}"));
    }

    /// Runs a function body in the page and returns what it returns.
    ///
    /// # Errors
    /// What it throws.
    pub fn try_run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post(
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Like [`Session::try_run`] for scripts that do not fail.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.try_run(script, arguments)
            .unwrap_or_else(|error| panic!("{error} in {script}"))
    }

    /// Runs the body of an `async` function in the page and waits for what it returns.
    ///
    /// # Errors
    /// What it throws.
    pub fn wait_for(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1);
             (async (...args) => {{ {script} }})(...args).then((value) => done({{ value }}), (error) => done({{ error: String(error?.stack ?? JSON.stringify(error)) }}));"
        );
        let mut answer = self.post(
            "/execute/async",
            &json!({ "script": script, "args": arguments }),
        )?;
        if answer["error"].is_null() {
            Ok(answer["value"].take())
        } else {
            Err(answer["error"].to_string())
        }
    }

    /// Gives the window an outer size.
    ///
    /// # Errors
    /// When the window cannot have it.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), String> {
        self.post("/window/rect", &json!({ "width": width, "height": height }))
            .map(drop)
    }
}

/// Keys that have no letter, as the protocol writes them.
pub mod key {
    /// Tab.
    pub const TAB: &str = "\u{e004}";
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// Shift.
    pub const SHIFT: &str = "\u{e008}";
    /// Control.
    pub const CONTROL: &str = "\u{e009}";
    /// Alt.
    pub const ALT: &str = "\u{e00a}";
    /// Escape.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Arrow left.
    pub const LEFT: &str = "\u{e012}";
    /// Arrow up.
    pub const UP: &str = "\u{e013}";
    /// Arrow right.
    pub const RIGHT: &str = "\u{e014}";
    /// Arrow down.
    pub const DOWN: &str = "\u{e015}";
}
