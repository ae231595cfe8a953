//! `atlas feed serve`: a static, read-only mirror of a published tree, for a local network or a trial.
//!
//! A path is answered only if it is one that a published tree can have; everything else is not found, so that no path
//! leads out of the tree and keys beside it are out of reach by construction. Bytes go out as they are: no content
//! coding, strong tags, ranges. Only the timestamp ever changes and says so.
//!
//! Deliberately absent: encryption and anything that writes. The signatures protect the content; a public mirror
//! stands behind a real web server.

use std::convert::Infallible;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use atlas_core::feed::Digest;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use super::error::{FeedError, file};
use super::folder::Folder;
use super::tree::is_published;

/// Connections served at a time.
const CONNECTIONS: usize = 256;
/// How long a client may take to send its request.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a response carries.
type Body = Full<Bytes>;

/// The tree to serve: that of a publisher's folder, or the folder itself.
pub(crate) fn base(folder: &Path) -> Result<PathBuf, FeedError> {
    [folder.join("public"), folder.to_owned()]
        .into_iter()
        .find(|base| base.join("tuf/1.root.json").is_file())
        .ok_or_else(|| {
            FeedError::new(
                format!(
                    "{} 中没有已发布的目录源（缺少 tuf/1.root.json）。",
                    folder.display()
                ),
                format!(
                    "There is no published feed in {} (no tuf/1.root.json).",
                    folder.display()
                ),
            )
        })
}

/// Refuses the tree of a publisher's folder whose last change was not verified: readers would get what nobody tried.
/// A copy of a tree has no publisher's folder around it, and no list of what was verified.
pub(crate) fn checked(base: PathBuf) -> Result<PathBuf, FeedError> {
    let whole = base.canonicalize().map_err(file(&base))?;
    let Some(root) = whole
        .parent()
        .filter(|root| root.join("feed.json").is_file())
    else {
        return Ok(base);
    };
    let folder = Folder::open(root)?;
    if folder.public() != whole || folder.upload().exists() {
        return Ok(base);
    }
    Err(FeedError::new(
        format!(
            "{} 自上次改动后尚未验证，读者可能收到有误的版本。请先运行 atlas feed verify {}。",
            folder.public().display(),
            root.display()
        ),
        format!(
            "{} was not verified since its last change; readers might get a generation that does not work. Run `atlas feed verify {}` first.",
            folder.public().display(),
            root.display()
        ),
    ))
}

/// Serves until the program ends. `ready` is told the address once connections are taken.
pub(crate) fn serve(
    base: &Path,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr) -> Result<(), crate::output::Failure>,
    language: crate::args::Language,
) -> Result<(), crate::output::Failure> {
    let runtime = super::verify::runtime().map_err(|error| error.failure(language))?;
    runtime.block_on(async {
        let cannot = |error: std::io::Error| {
            FeedError::new(
                format!("无法在 {listen} 上提供服务：{error}"),
                format!("{listen} cannot be served: {error}"),
            )
            .failure(language)
        };
        let listener = TcpListener::bind(listen).await.map_err(cannot)?;
        ready(listener.local_addr().map_err(cannot)?)?;
        let base: Arc<Path> = Arc::from(base);
        let open = Arc::new(AtomicUsize::new(0));
        loop {
            // A connection that broke before it was taken is no reason to stop.
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            if open.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
                open.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let (base, open) = (base.clone(), open.clone());
            tokio::spawn(async move {
                let service = service_fn(|request: Request<hyper::body::Incoming>| {
                    let response = answer(
                        &base,
                        request.method(),
                        request.uri().path(),
                        request.headers(),
                    );
                    async move { Ok::<_, Infallible>(response) }
                });
                let _ = hyper::server::conn::http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
                open.fetch_sub(1, Ordering::Relaxed);
            });
        }
    })
}

/// Answers a request.
pub(crate) fn answer(
    base: &Path,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Response<Body> {
    if *method != Method::GET && *method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED);
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allow);
        return response;
    }
    let Some(short) = path.strip_prefix('/').filter(|path| is_published(path)) else {
        return plain(StatusCode::NOT_FOUND);
    };
    let whole = base.join(short);
    // Links would lead out of the tree; a published one has none.
    let Some(size) = std::fs::symlink_metadata(&whole)
        .ok()
        .filter(std::fs::Metadata::is_file)
        .map(|metadata| metadata.len())
    else {
        return plain(StatusCode::NOT_FOUND);
    };
    let Ok(tag) = tag(short, &whole) else {
        return plain(StatusCode::NOT_FOUND);
    };
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let known = text(header::IF_NONE_MATCH)
        .is_some_and(|tags| tags == "*" || tags.split(',').any(|known| known.trim() == tag));
    let range = text(header::RANGE)
        .filter(|_| text(header::IF_RANGE).is_none_or(|wanted| wanted == tag))
        .map_or(Wanted::Whole, |range| parse_range(range, size));
    let (status, part) = match range {
        _ if known => (StatusCode::NOT_MODIFIED, None),
        Wanted::Whole => (StatusCode::OK, Some((0, size))),
        Wanted::Part(from, to) => (StatusCode::PARTIAL_CONTENT, Some((from, to - from))),
        Wanted::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, None),
    };
    let mut response = plain(status);
    let out = response.headers_mut();
    let mut put = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    };
    put(header::ETAG, &tag);
    put(header::ACCEPT_RANGES, "bytes");
    put(
        header::CACHE_CONTROL,
        if short == "tuf/timestamp.json" {
            "public, max-age=300"
        } else {
            "public, max-age=31536000, immutable"
        },
    );
    match status {
        StatusCode::PARTIAL_CONTENT => {
            let (from, length) = part.unwrap_or_default();
            let last = (from + length).saturating_sub(1);
            put(
                header::CONTENT_RANGE,
                &format!("bytes {from}-{last}/{size}"),
            );
        }
        StatusCode::RANGE_NOT_SATISFIABLE => put(header::CONTENT_RANGE, &format!("bytes */{size}")),
        _ => {}
    }
    let Some((from, length)) = part else {
        return response;
    };
    let kind = if short.starts_with("packs/") {
        "application/octet-stream"
    } else {
        "application/json"
    };
    put(header::CONTENT_TYPE, kind);
    put(header::CONTENT_LENGTH, &length.to_string());
    if *method == Method::GET {
        match read(&whole, from, length) {
            Ok(bytes) => *response.body_mut() = Full::new(Bytes::from(bytes)),
            Err(_) => return plain(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
    response
}

/// A response without content.
fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    let nosniff = HeaderValue::from_static("nosniff");
    response
        .headers_mut()
        .insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}

/// The strong tag of a file: its hash, which for packs and manifests is their name.
fn tag(short: &str, path: &Path) -> Result<String, FeedError> {
    let name = short.rsplit('/').next().unwrap_or(short);
    if short.starts_with("tuf/") {
        let bytes = std::fs::read(path).map_err(file(path))?;
        return Ok(format!("\"{}\"", Digest::of(&bytes)));
    }
    Ok(format!("\"{}\"", name.split('.').next().unwrap_or(name)))
}

fn read(path: &Path, from: u64, length: u64) -> std::io::Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// What a range header asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The whole: no range, one that is not understood, or several.
    Whole,
    /// From the first offset to before the second.
    Part(u64, u64),
    /// Something outside the file.
    Outside,
}

/// Reads a range header.
fn parse_range(header: &str, size: u64) -> Wanted {
    let number = |text: &str| -> Option<u64> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let parts = header
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'));
    let range = match parts {
        Some(("", last)) => number(last).map(|last| (size.saturating_sub(last), size)),
        Some((first, "")) => number(first).map(|first| (first, size)),
        Some((first, last)) => number(first)
            .zip(number(last))
            .filter(|(first, last)| first <= last)
            .map(|(first, last)| (first, last.saturating_add(1).min(size))),
        None => None,
    };
    match range {
        None => Wanted::Whole,
        Some((from, to)) if from < to => Wanted::Part(from, to),
        Some(_) => Wanted::Outside,
    }
}
