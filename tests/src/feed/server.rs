//! A web server that can get everything wrong. It serves a folder; a test says which request goes how.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path, without the first slash.
    pub path: String,
    /// The whole head, as sent.
    pub head: String,
    /// How many requests for the same path came before.
    pub nth: usize,
}

impl Request {
    /// Where a range begins, if one was asked for.
    pub fn range(&self) -> Option<usize> {
        let line = self
            .head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("range:"))?;
        line.split_once('=')?.1.trim_end_matches('-').parse().ok()
    }
}

/// How a request goes.
#[derive(Debug, Clone)]
pub enum Fault {
    /// As it should: the file, the rest of it, or 404.
    None,
    /// As it should, with further header lines.
    Headers(String),
    /// A status with header lines and a body.
    Answer(u16, String, Vec<u8>),
    /// The head of the right answer, and so many bytes of the body; then the connection ends.
    Cut(usize),
    /// The whole file, although a range was asked for.
    NoRange,
    /// Bytes without any head.
    Raw(Vec<u8>),
    /// Nothing, until the client gives up.
    Stall,
    /// A head that promises no length, and a body that never ends.
    Endless,
}

type Plan = dyn Fn(&Request) -> Fault + Send + Sync;

/// A server on this machine. It ends with the value.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    bytes: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Serves a folder as it should be served.
    pub fn good(folder: &Path) -> Self {
        Self::start(folder, |_| Fault::None)
    }

    /// Serves a folder with faults.
    pub fn start(folder: &Path, plan: impl Fn(&Request) -> Fault + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let server = Self {
            address: listener.local_addr().expect("it has an address"),
            requests: Arc::default(),
            bytes: Arc::default(),
            stop: Arc::default(),
        };
        let shared = Shared {
            folder: folder.to_owned(),
            plan: Arc::new(plan),
            requests: server.requests.clone(),
            bytes: server.bytes.clone(),
        };
        let stop = server.stop.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = shared.clone();
                // A client that goes away in the middle is no failure of the server.
                thread::spawn(move || shared.serve(stream).unwrap_or_default());
            }
        });
        server
    }

    /// The base address.
    pub fn base(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("nobody panics").clone()
    }

    /// Forgets what was counted.
    pub fn forget(&self) {
        self.requests.lock().expect("nobody panics").clear();
        self.bytes.store(0, Ordering::SeqCst);
    }

    /// Bytes in both directions, heads included.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
    }
}

#[derive(Clone)]
struct Shared {
    folder: PathBuf,
    plan: Arc<Plan>,
    requests: Arc<Mutex<Vec<Request>>>,
    bytes: Arc<AtomicU64>,
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read(&mut byte)? == 0 {
                return Ok(());
            }
            head.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head
            .split(' ')
            .nth(1)
            .unwrap_or("/")
            .trim_start_matches('/');
        let request = {
            let mut requests = self.requests.lock().expect("nobody panics");
            let nth = requests.iter().filter(|seen| seen.path == path).count();
            let request = Request {
                path: path.to_owned(),
                head: head.clone(),
                nth,
            };
            requests.push(request.clone());
            request
        };
        self.bytes.fetch_add(head.len() as u64, Ordering::SeqCst);
        let fault = (self.plan)(&request);
        let file = fs::read(self.folder.join(path))
            .ok()
            .filter(|_| !path.contains(".."));
        match fault {
            Fault::Stall => {
                // Ends when the client hangs up.
                stream.read(&mut byte).map(|_| ())
            }
            Fault::Endless => {
                self.send(&mut stream, b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                loop {
                    self.send(&mut stream, &[b' '; 4096])?;
                }
            }
            Fault::Raw(bytes) => self.send(&mut stream, &bytes),
            Fault::Answer(status, headers, body) => {
                let head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
                    body.len()
                );
                self.send(&mut stream, head.as_bytes())?;
                self.send(&mut stream, &body)
            }
            Fault::None => self.file(&mut stream, &request, file, "", None),
            Fault::Headers(headers) => self.file(&mut stream, &request, file, &headers, None),
            Fault::Cut(after) => self.file(&mut stream, &request, file, "", Some(after)),
            Fault::NoRange => {
                let request = Request {
                    head: String::new(),
                    ..request
                };
                self.file(&mut stream, &request, file, "", None)
            }
        }
    }

    fn file(
        &self,
        stream: &mut TcpStream,
        request: &Request,
        file: Option<Vec<u8>>,
        headers: &str,
        cut: Option<usize>,
    ) -> std::io::Result<()> {
        let Some(file) = file else {
            let head = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            return self.send(stream, head.as_bytes());
        };
        let from = request.range().filter(|from| *from < file.len());
        let body = &file[from.unwrap_or(0)..];
        let status = match from {
            Some(from) => format!(
                "206 Partial Content\r\nContent-Range: bytes {from}-{}/{}",
                file.len() - 1,
                file.len()
            ),
            None => "200 OK".to_owned(),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
            body.len()
        );
        self.send(stream, head.as_bytes())?;
        self.send(stream, &body[..cut.unwrap_or(body.len()).min(body.len())])
    }

    fn send(&self, stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
        stream.write_all(bytes)?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        Ok(())
    }
}
