//! Feeds over HTTP: what is sent, what is not followed, and what a server can do wrong without harm.

use atlas_core::api::types::{FeedState, ProblemCode, SyncResult};
use atlas_core::api::{self};
use serde_json::json;
use tests::feed::Feed;
use tests::feed::server::{Fault, Request, Server};
use tests::fixtures::{case, record};

use super::{Reader, publish_second, two};

/// A feed whose pack is worth interrupting.
fn large() -> Feed {
    let text = |n: u32| {
        atlas_core::feed::Digest::of(&n.to_be_bytes())
            .to_string()
            .repeat(4)
    };
    let records: Vec<_> = (0..300)
        .map(|n| {
            record(
                "case",
                &format!("c{n}"),
                &text(n),
                json!({ "region": ["32"] }),
            )
        })
        .collect();
    Feed::with("north", 1, &records)
}

fn added(feed: &Feed, server: &Server) -> Reader {
    let reader = Reader::new();
    reader.add_at(feed, &server.base(), &[]);
    server.forget();
    reader
}

fn is_pack(request: &Request) -> bool {
    request.path.starts_with("packs/")
}

#[test]
fn a_check_without_news_takes_two_requests_and_a_kilobyte_and_tells_nothing_private() {
    let mut feed = two();
    let server = Server::good(feed.path());
    let reader = added(&feed, &server);
    reader.synced(SyncResult::Updated);
    server.forget();
    reader.synced(SyncResult::Unchanged);
    let requests = server.requests();
    let paths: Vec<&str> = requests
        .iter()
        .map(|request| request.path.as_str())
        .collect();
    assert_eq!(paths, ["tuf/2.root.json", "tuf/timestamp.json"]);
    assert!(server.bytes() <= 2048, "{} bytes", server.bytes());
    for request in &requests {
        let mut names: Vec<String> = request
            .head
            .lines()
            .skip(1)
            .filter(|line| !line.is_empty())
            .map(|line| line.split(':').next().unwrap().to_ascii_lowercase())
            .collect();
        names.sort();
        assert_eq!(
            names,
            ["accept", "accept-encoding", "host", "user-agent"],
            "{}",
            request.head
        );
        assert!(
            request
                .head
                .contains(concat!("scenario-atlas/", env!("CARGO_PKG_VERSION")))
        );
        assert!(
            request
                .head
                .to_ascii_lowercase()
                .contains("accept-encoding: identity")
        );
    }
    publish_second(&mut feed);
    reader.synced(SyncResult::Updated);
}

// 63; at the moment of connecting: a_name_that_leads_to_this_machine_is_refused_as_it_is_looked_up, in feed::fetch.
#[test]
fn an_address_without_encryption_or_inside_the_network_must_be_allowed() {
    let feed = two();
    let server = Server::good(feed.path());
    let reader = Reader::new();
    let look = reader.query("preview_feed", json!({ "base": server.base() }));
    assert_eq!(look["problem"]["code"], "private_address");
    let request = json!({ "base": server.base(), "fingerprint": feed.fingerprint() });
    let error = api::mutate(&reader.app, "add_feed", request).unwrap_err();
    assert_eq!(error.facts["field"], "local");
    assert_eq!(server.requests(), [], "nothing was asked");
}

#[test]
fn a_pack_that_broke_off_is_continued_where_it_broke_off() {
    let feed = large();
    let server = Server::start(feed.path(), |request| {
        match (is_pack(request), request.nth) {
            (true, 0) => Fault::Cut(5000),
            _ => Fault::None,
        }
    });
    let reader = added(&feed, &server);
    reader.synced(SyncResult::Updated);
    let packs: Vec<_> = server.requests().into_iter().filter(is_pack).collect();
    assert_eq!(
        packs.iter().map(Request::range).collect::<Vec<_>>(),
        [None, Some(5000)]
    );
}

#[test]
fn a_pack_is_continued_by_the_next_sync_and_from_another_address() {
    let feed = large();
    let broken = Server::start(feed.path(), |request| {
        match (is_pack(request), request.nth) {
            (true, 0) => Fault::Cut(5000),
            (true, _) => Fault::Answer(503, String::new(), Vec::new()),
            _ => Fault::None,
        }
    });
    let good = Server::good(feed.path());
    let reader = added(&feed, &broken);
    assert_eq!(reader.sync().result, SyncResult::Offline);
    reader.add_at(&feed, &good.base(), &[]);
    good.forget();
    reader.synced(SyncResult::Updated);
    let packs: Vec<_> = good.requests().into_iter().filter(is_pack).collect();
    assert_eq!(
        packs.iter().map(Request::range).collect::<Vec<_>>(),
        [Some(5000)]
    );
}

#[test]
fn a_server_that_continues_wrongly_is_asked_for_the_whole() {
    for wrong in [
        Fault::NoRange,
        Fault::Answer(
            206,
            "Content-Range: bytes 0-9/10\r\n".to_owned(),
            b"0123456789".to_vec(),
        ),
        Fault::Answer(416, String::new(), Vec::new()),
    ] {
        let feed = large();
        let fault = wrong.clone();
        let server = Server::start(feed.path(), move |request| {
            match (is_pack(request), request.nth) {
                (true, 0) => Fault::Cut(5000),
                (true, 1) => fault.clone(),
                _ => Fault::None,
            }
        });
        let reader = added(&feed, &server);
        let outcome = reader.sync();
        assert_eq!(
            outcome.result,
            SyncResult::Updated,
            "{wrong:?}: {outcome:?}"
        );
    }
}

// 62
#[test]
fn redirects_are_followed_on_the_same_host_and_nowhere_else() {
    let feed = two();
    let to = |place: String| {
        move |request: &Request| {
            if request.path == "tuf/timestamp.json" {
                Fault::Answer(302, format!("Location: {place}\r\n"), Vec::new())
            } else {
                Fault::None
            }
        }
    };
    feed.write("tuf/moved.json", &feed.read("tuf/timestamp.json"));
    let server = Server::start(feed.path(), to("/tuf/moved.json".to_owned()));
    let reader = added(&feed, &server);
    reader.synced(SyncResult::Updated);
    let elsewhere = Server::good(feed.path());
    for place in [
        format!("{}tuf/timestamp.json", elsewhere.base()),
        "/tuf/timestamp.json".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://localhost:1/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "https://example.org/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "ftp://example.org/".to_owned(),
    ] {
        let server = Server::start(feed.path(), to(place.clone()));
        reader.re_add(&feed, &server);
        let outcome = reader.sync();
        let code = outcome.problem.as_ref().map(|problem| problem.code);
        assert_eq!(code, Some(ProblemCode::Redirected), "{place}: {outcome:?}");
        assert_eq!(outcome.result, SyncResult::Refused);
    }
    assert_eq!(elsewhere.requests(), [], "nobody was led elsewhere");
    assert_eq!(reader.found("north").len(), 2);
}

// 64, 65
#[test]
fn whatever_a_server_answers_the_records_stay_and_the_reason_is_told() {
    use ProblemCode as Code;
    let faults: Vec<(&str, Fault, Code)> = vec![
        (
            "page",
            Fault::Answer(
                200,
                "Content-Type: text/html\r\n".into(),
                b"<html>log in</html>".to_vec(),
            ),
            Code::Malformed,
        ),
        (
            "empty",
            Fault::Answer(200, String::new(), Vec::new()),
            Code::Malformed,
        ),
        (
            "missing",
            Fault::Answer(404, String::new(), Vec::new()),
            Code::NoFeed,
        ),
        (
            "forbidden",
            Fault::Answer(403, String::new(), Vec::new()),
            Code::ServerError,
        ),
        (
            "failing",
            Fault::Answer(500, String::new(), Vec::new()),
            Code::ServerError,
        ),
        (
            "unasked",
            Fault::Answer(304, String::new(), Vec::new()),
            Code::ServerError,
        ),
        (
            "encoded",
            Fault::Headers("Content-Encoding: gzip\r\n".into()),
            Code::Encoded,
        ),
        ("cut", Fault::Cut(100), Code::Interrupted),
        ("stalled", Fault::Stall, Code::TooSlow),
        ("endless", Fault::Endless, Code::TooLarge),
        (
            "long",
            Fault::Answer(200, String::new(), vec![b' '; 20_000]),
            Code::TooLarge,
        ),
        (
            "garbage",
            Fault::Raw(b"\x16\x03\x01 no http".to_vec()),
            Code::Interrupted,
        ),
        ("hung up", Fault::Raw(Vec::new()), Code::Interrupted),
    ];
    let mut feed = two();
    let reader = Reader::impatient();
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    publish_second(&mut feed);
    let before = reader.state();
    for (name, fault, code) in faults {
        let server = Server::start(feed.path(), move |request| {
            if request.path == "tuf/timestamp.json" {
                fault.clone()
            } else {
                Fault::None
            }
        });
        reader.re_add(&feed, &server);
        let outcome = reader.sync();
        let found = outcome.problem.as_ref().map(|problem| problem.code);
        assert_eq!(found, Some(code), "{name}: {outcome:?}");
        assert!(
            matches!(outcome.result, SyncResult::Offline | SyncResult::Refused),
            "{name}"
        );
        assert_eq!(reader.state(), before, "{name}");
    }
}

#[test]
fn a_server_that_asks_for_time_is_given_it() {
    let feed = two();
    let server = Server::start(feed.path(), |request| {
        if request.path == "tuf/timestamp.json" {
            Fault::Answer(429, "Retry-After: 7200\r\n".to_owned(), Vec::new())
        } else {
            Fault::None
        }
    });
    let reader = Reader::new();
    // Added from the folder: the server would not even let it be looked at.
    reader.add(&feed);
    reader.re_add(&feed, &server);
    assert_eq!(reader.sync().result, SyncResult::Offline);
    let view = reader.feed("north");
    assert_eq!(
        (view.state, view.next_check.as_deref()),
        (FeedState::Offline, Some("2026-11-22T22:30:00Z"))
    );
}

#[test]
fn addresses_are_tried_in_turn_each_with_its_own_verification() {
    let feed = two();
    let down = Server::start(feed.path(), |_| {
        Fault::Answer(503, String::new(), Vec::new())
    });
    let forged = Feed::with("north", 2, &[case("x", "health", "rnd", "11")]);
    forged.write("tuf/1.root.json", &feed.read("tuf/1.root.json"));
    let bad = Server::good(forged.path());
    let good = Server::good(feed.path());
    let reader = Reader::new();
    reader.add_at(
        &feed,
        &feed.base(),
        &[&down.base(), &bad.base(), &good.base()],
    );
    let mirrored = |first: &Server, others: &[&str]| {
        reader.with_addresses(&feed, &first.base(), others);
        reader.sync()
    };
    // A server that is down says nothing in favour of the forged one.
    let outcome = mirrored(&down, &[&bad.base()]);
    assert_eq!(
        outcome.problem.as_ref().map(|problem| problem.code),
        Some(ProblemCode::Signature),
        "{outcome:?}"
    );
    assert_eq!(
        (outcome.result, outcome.failed.len()),
        (SyncResult::Refused, 2)
    );
    assert_eq!(reader.found("north"), [] as [&str; 0]);
    let outcome = mirrored(&down, &[&bad.base(), &good.base()]);
    assert_eq!(
        (outcome.result, outcome.failed.len()),
        (SyncResult::Updated, 2)
    );
    assert_eq!(reader.found("north").len(), 2);
}
