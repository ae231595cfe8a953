//! The mirror that we serve, and servers that do things wrong.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};

use super::{Fixture, now};
use crate::feed::doctor::{Check, Grade, Report, doctor};
use crate::feed::serve::{self, answer};

fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
        .collect()
}

#[test]
fn nothing_but_the_published_tree_is_served() {
    let fixture = Fixture::new();
    let base = fixture.public();
    std::fs::write(base.join("tuf/secret.txt"), "fixture").unwrap();
    std::os::unix::fs::symlink(fixture.root.join("feed.json"), base.join("tuf/9.root.json"))
        .unwrap();
    let status =
        |method: Method, path: &str| answer(&base, &method, path, &HeaderMap::new()).status();
    assert_eq!(status(Method::GET, "/tuf/1.root.json"), StatusCode::OK);
    assert_eq!(
        status(Method::POST, "/tuf/1.root.json"),
        StatusCode::METHOD_NOT_ALLOWED
    );
    for path in [
        "/",
        "",
        "/tuf",
        "/tuf/",
        "/tuf/2.root.json",
        "/tuf/secret.txt",
        "/../keys/root-1.key",
        "/tuf/../../feed.json",
        "/tuf/..%2f..%2ffeed.json",
        "/%2e%2e/feed.json",
        "//tuf/1.root.json",
        "/tuf//1.root.json",
        "/tuf\\1.root.json",
        "/tuf/1.root.json/",
        "/tuf/1.root.json\0",
        "/packs/../tuf/1.root.json",
        "/tuf/9.root.json",
        "/tuf/01.root.json",
    ] {
        assert_eq!(status(Method::GET, path), StatusCode::NOT_FOUND, "{path:?}");
    }
}

#[test]
fn parts_tags_and_caching_are_those_of_a_good_static_server() {
    let fixture = Fixture::new();
    let base = fixture.public();
    let size = std::fs::metadata(base.join("tuf/1.root.json"))
        .unwrap()
        .len();
    let ask = |pairs: &[(HeaderName, &str)]| {
        answer(&base, &Method::GET, "/tuf/1.root.json", &headers(pairs))
    };
    let get = |response: &hyper::Response<_>, name: HeaderName| {
        response.headers()[name].to_str().unwrap().to_owned()
    };
    let whole = ask(&[]);
    let tag = get(&whole, header::ETAG);
    assert!(tag.starts_with('"') && tag.len() == 66, "{tag}");
    assert!(get(&whole, header::CACHE_CONTROL).contains("immutable"));
    assert_eq!(
        ask(&[(header::IF_NONE_MATCH, &tag)]).status(),
        StatusCode::NOT_MODIFIED
    );
    for (range, expected) in [
        ("bytes=0-0", format!("bytes 0-0/{size}")),
        ("bytes=5-", format!("bytes 5-{}/{size}", size - 1)),
        (
            "bytes=-5",
            format!("bytes {}-{}/{size}", size - 5, size - 1),
        ),
        ("bytes=1-99999999", format!("bytes 1-{}/{size}", size - 1)),
    ] {
        let part = ask(&[(header::RANGE, range)]);
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(get(&part, header::CONTENT_RANGE), expected);
    }
    let beyond = ask(&[(header::RANGE, "bytes=99999999-")]);
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    for ignored in ["bytes=5-1", "bytes=0-1,3-4", "lines=1-2", "bytes=x-"] {
        assert_eq!(
            ask(&[(header::RANGE, ignored)]).status(),
            StatusCode::OK,
            "{ignored}"
        );
    }
    let other = ask(&[
        (header::RANGE, "bytes=0-0"),
        (header::IF_RANGE, "\"other\""),
    ]);
    assert_eq!(
        other.status(),
        StatusCode::OK,
        "another version is sent whole"
    );
    let timestamp = answer(
        &base,
        &Method::HEAD,
        "/tuf/timestamp.json",
        &HeaderMap::new(),
    );
    assert_eq!(
        get(&timestamp, header::CACHE_CONTROL),
        "public, max-age=300"
    );
}

/// How a server answers: the path, and the bytes of a file of the tree if it is there.
type Habit = fn(&str, Option<Vec<u8>>) -> Vec<u8>;

/// Starts a server with a habit, which ends with the test.
fn server(base: PathBuf, habit: Habit) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = one(&stream, &base, habit);
        }
    });
    address
}

fn one(mut stream: &TcpStream, base: &std::path::Path, habit: Habit) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = first
        .split(' ')
        .nth(1)
        .unwrap_or("/")
        .trim_start_matches('/')
        .to_owned();
    let bytes = std::fs::read(base.join(&path)).ok();
    let mut response = habit(&path, bytes);
    if first.starts_with("HEAD")
        && let Some(end) = response.windows(4).position(|four| four == b"\r\n\r\n")
    {
        response.truncate(end + 4);
    }
    stream.write_all(&response)
}

fn response(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// Every path leads to a page, as servers for single-page applications do; the file that changes is cached for a year.
fn bad(_: &str, bytes: Option<Vec<u8>>) -> Vec<u8> {
    let headers = "Cache-Control: max-age=31536000\r\nDate: Mon, 01 Jan 2018 00:00:00 GMT\r\n";
    match bytes {
        Some(bytes) => response("200 OK", headers, &bytes),
        None => response("200 OK", headers, b"<html>fixture</html>"),
    }
}

fn grade(report: &Report, check: Check) -> Option<Grade> {
    let sights = report.sights.iter().filter(|sight| sight.check == check);
    sights.map(|sight| sight.grade).max()
}

#[test]
fn the_doctor_finds_nothing_bad_in_a_good_folder_and_names_what_expires() {
    let fixture = Fixture::new();
    let base = fixture.root.display().to_string();
    let report = doctor(&base, now()).unwrap();
    assert_eq!(report.worst(), Grade::Good, "{report:?}");
    let late = doctor(&base, now() + jiff::Span::new().hours(12 * 24)).unwrap();
    assert_eq!(grade(&late, Check::Expiry), Some(Grade::Warning));
    let dead = doctor(&base, now() + jiff::Span::new().hours(15 * 24)).unwrap();
    assert_eq!(grade(&dead, Check::Expiry), Some(Grade::Bad));
}

#[test]
fn the_doctor_tells_a_server_that_breaks_feeds() {
    let fixture = Fixture::new();
    let address = server(fixture.public(), bad);
    let report = doctor(&address, now()).unwrap();
    for check in [
        Check::Missing,
        Check::CacheOfTimestamp,
        Check::Clock,
        Check::Signatures,
    ] {
        assert_eq!(
            grade(&report, check),
            Some(Grade::Bad),
            "{check:?}: {report:?}"
        );
    }
}

#[test]
fn the_doctor_finds_our_own_mirror_sound() {
    let fixture = Fixture::new();
    let (send, receive) = std::sync::mpsc::channel();
    let base = fixture.public();
    // The server ends with the program of the tests.
    std::thread::spawn(move || {
        let ready = |address| {
            let _ = send.send(address);
            Ok(())
        };
        let any = "127.0.0.1:0".parse().unwrap();
        let _ = crate::feed::serve::serve(&base, any, ready, crate::args::Language::En);
    });
    let address = format!("http://{}/", receive.recv().unwrap());
    let report = doctor(&address, now()).unwrap();
    let bad: Vec<_> = report
        .sights
        .iter()
        .filter(|sight| sight.grade != Grade::Good)
        .map(|sight| sight.check)
        // The test has a time of its own, and there is no encryption on this machine.
        .filter(|check| ![Check::Encryption, Check::Clock].contains(check))
        .collect();
    assert_eq!(bad, [], "{report:?}");
}

#[test]
fn what_was_signed_and_not_verified_is_not_served() {
    let fixture = Fixture::new();
    let asked = |folder: &std::path::Path| serve::base(folder).and_then(serve::checked);
    assert!(asked(&fixture.root).is_ok() && asked(&fixture.public()).is_ok());
    std::fs::remove_file(fixture.folder().upload()).unwrap();
    for folder in [&fixture.root, &fixture.public()] {
        let error = asked(folder).unwrap_err();
        assert!(error.en.contains("atlas feed verify"), "{error}");
    }
    // A copy of the tree, as on a mirror, has nothing of the publisher beside it.
    let copy = fixture.root.join("mirror/copy");
    std::fs::create_dir_all(copy.join("tuf")).unwrap();
    let root = "tuf/1.root.json";
    std::fs::copy(fixture.public().join(root), copy.join(root)).unwrap();
    assert!(asked(&copy).is_ok());
}
