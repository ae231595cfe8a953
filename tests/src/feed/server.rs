//! A web server that can get everything wrong. It serves a folder; a test says which request goes how.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

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
    /// The same without a range.
    fn whole(&self) -> Self {
        Self {
            head: String::new(),
            ..self.clone()
        }
    }

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
    /// The right answer, a byte at a time, with so long between them.
    Drip(Duration),
    /// The head of the right answer, half of the body, and the connection is reset.
    Reset,
    /// The right body below a head that promises so many bytes more, or fewer.
    Length(isize),
    /// The right body, and so many bytes after it, all of them promised.
    Longer(usize),
    /// The right file, said to begin at another byte than asked for.
    WrongRange,
}

type Plan = dyn Fn(&Request) -> Fault + Send + Sync;

/// How a connection begins, by its number.
pub type Greeting = dyn Fn(usize) -> Greeted + Send + Sync;

/// How a connection begins.
pub enum Greeted {
    /// Without encryption.
    Plainly,
    /// Encrypted.
    Securely(Arc<rustls::ServerConfig>),
    /// With these bytes, whatever the client says.
    Rudely(Vec<u8>),
    /// Not at all: from now on nobody listens.
    Never,
}

/// A server on this machine. It ends with the value.
pub struct Server {
    address: SocketAddr,
    scheme: &'static str,
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
        Self::greeting(folder, "http", |_| Greeted::Plainly, plan)
    }

    /// Serves a folder with faults, and decides for each connection how it begins.
    pub fn greeting(
        folder: &Path,
        scheme: &'static str,
        greet: impl Fn(usize) -> Greeted + Send + Sync + 'static,
        plan: impl Fn(&Request) -> Fault + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let server = Self {
            address: listener.local_addr().expect("it has an address"),
            scheme,
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
            let mut number = 0;
            loop {
                let greeted = greet(number);
                number += 1;
                if matches!(greeted, Greeted::Never) {
                    return;
                }
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = shared.clone();
                // A client that goes away in the middle is no failure of the server.
                thread::spawn(move || shared.greet(stream, greeted).unwrap_or_default());
            }
        });
        server
    }

    /// The base address.
    pub fn base(&self) -> String {
        format!("{}://{}/", self.scheme, self.address)
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

/// How the body of a right answer is sent.
#[derive(Clone, Copy)]
enum Sent {
    Whole,
    First(usize),
    Slowly(Duration),
    /// Whole, below a length that is so much too large.
    Promised(isize),
}

#[derive(Clone)]
struct Shared {
    folder: PathBuf,
    plan: Arc<Plan>,
    requests: Arc<Mutex<Vec<Request>>>,
    bytes: Arc<AtomicU64>,
}

impl Shared {
    fn greet(&self, mut stream: TcpStream, greeted: Greeted) -> std::io::Result<()> {
        match greeted {
            Greeted::Plainly => self.serve(&mut stream),
            Greeted::Securely(config) => {
                let connection =
                    rustls::ServerConnection::new(config).map_err(std::io::Error::other)?;
                let mut stream = rustls::StreamOwned::new(connection, stream);
                let served = self.serve(&mut stream);
                stream.conn.send_close_notify();
                stream.flush().and(served)
            }
            Greeted::Rudely(bytes) => {
                let mut hello = [0; 16];
                stream.read_exact(&mut hello)?;
                stream.write_all(&bytes)
            }
            Greeted::Never => Ok(()),
        }
    }

    fn serve(&self, stream: &mut (impl Read + Write)) -> std::io::Result<()> {
        let mut head = Vec::new();
        let mut byte = [0];
        // The last byte stays unread until it is known whether this ends well: a connection that is closed over what
        // was not read is reset.
        while !head.ends_with(b"\r\n\r") {
            if stream.read(&mut byte)? == 0 {
                return Ok(());
            }
            head.push(byte[0]);
        }
        head.push(b'\n');
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
        if !matches!(fault, Fault::Reset) {
            stream.read_exact(&mut byte)?;
        }
        match fault {
            Fault::Stall => {
                // Ends when the client hangs up.
                stream.read(&mut byte).map(|_| ())
            }
            Fault::Endless => {
                self.send(stream, b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                loop {
                    self.send(stream, &[b' '; 4096])?;
                }
            }
            Fault::Raw(bytes) => self.send(stream, &bytes),
            Fault::Answer(status, headers, body) => {
                let head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
                    body.len()
                );
                self.send(stream, head.as_bytes())?;
                self.send(stream, &body)
            }
            Fault::None => self.file(stream, &request, file, "", Sent::Whole),
            Fault::Headers(headers) => self.file(stream, &request, file, &headers, Sent::Whole),
            Fault::Cut(after) => self.file(stream, &request, file, "", Sent::First(after)),
            Fault::Reset => {
                let half = file.as_ref().map_or(0, |file| file.len() / 2);
                self.file(stream, &request, file, "", Sent::First(half))
            }
            Fault::Drip(pause) => self.file(stream, &request, file, "", Sent::Slowly(pause)),
            Fault::Length(more) => self.file(stream, &request, file, "", Sent::Promised(more)),
            Fault::Longer(more) => {
                let longer = file.map(|file| [file, vec![b' '; more]].concat());
                self.file(stream, &request, longer, "", Sent::Whole)
            }
            Fault::NoRange => self.file(stream, &request.whole(), file, "", Sent::Whole),
            Fault::WrongRange => {
                let body = file.unwrap_or_default();
                let head = format!(
                    "HTTP/1.1 206 X\r\nContent-Range: bytes 1-{}/{}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len(),
                    body.len() + 1,
                    body.len()
                );
                self.send(stream, head.as_bytes())?;
                self.send(stream, &body)
            }
        }
    }

    fn file(
        &self,
        stream: &mut impl Write,
        request: &Request,
        file: Option<Vec<u8>>,
        headers: &str,
        sent: Sent,
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
            match sent {
                Sent::Promised(more) => body.len().saturating_add_signed(more),
                _ => body.len(),
            }
        );
        self.send(stream, head.as_bytes())?;
        match sent {
            Sent::Whole | Sent::Promised(_) => self.send(stream, body),
            Sent::First(bytes) => self.send(stream, &body[..bytes.min(body.len())]),
            Sent::Slowly(pause) => body.iter().try_for_each(|byte| {
                thread::sleep(pause);
                self.send(stream, &[*byte])
            }),
        }
    }

    fn send(&self, stream: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
        stream.write_all(bytes)?;
        stream.flush()?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        Ok(())
    }
}
