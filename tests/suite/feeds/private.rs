//! G10: what is sent does not depend on anything private, and sync leaves `user.db` alone.

use std::fmt::Write as _;

use atlas_core::api;
use atlas_core::api::types::SyncResult;
use rusqlite::Connection;
use serde_json::json;
use tests::feed::Feed;
use tests::feed::server::{Fault, Server};
use tests::fixtures::{case, clock};

use super::{Reader, publish_second, two};

/// Occurs in everything private and nowhere else.
const CANARY: &str = "canary-7f3a";

/// Readers whose private data differ; the first has none.
const READERS: usize = 12;

/// A reader in whose folder, settings, favourites and every other table of the user there is something private.
fn reader(number: usize) -> Reader {
    if number == 0 {
        return Reader::new();
    }
    let folder = tempfile::Builder::new()
        .prefix(&format!("{CANARY}-{number}-"))
        .tempdir();
    let reader = Reader::open(folder.unwrap(), clock);
    let language = ["en", "zh-CN"][number % 2];
    for edit in [
        json!({ "edit": "add_favourite", "ref": "fixture/case/bundled" }),
        json!({ "edit": "set_setting", "key": "language", "value": language }),
        json!({ "edit": "set_setting", "key": "address", "value": format!("/list?q={CANARY}{number}") }),
        json!({ "edit": "set_setting", "key": "zoom", "value": 80 + number }),
    ] {
        api::mutate(&reader.app, "transact", edit).unwrap();
    }
    for text in [CANARY, "案例", "kind:case"] {
        reader.query("search_records", json!({ "text": text, "limit": 5 }));
    }
    assert!(
        plant(&user_of(&reader), number) >= 2,
        "every table has a canary"
    );
    reader
}

fn user_of(reader: &Reader) -> Connection {
    Connection::open(reader.folder.path().join("user.db")).unwrap()
}

/// Adds a row to every table, whatever the tables of this version are. Answers to how many it did.
fn plant(user: &Connection, number: usize) -> usize {
    user.pragma_update(None, "foreign_keys", false).unwrap();
    user.pragma_update(None, "ignore_check_constraints", true)
        .unwrap();
    let names = |sql: &str| -> Vec<(String, String)> {
        let mut statement = user.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let tables = names(
        "select name, name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    );
    let mut planted = 0;
    for (table, _) in tables {
        let columns = names(&format!(
            "select name, type from pragma_table_info('{table}')"
        ));
        let values: Vec<String> = columns
            .iter()
            .map(|(column, kind)| match kind.to_ascii_lowercase().as_str() {
                "integer" | "int" | "real" => number.to_string(),
                "blob" => format!("cast('{CANARY}-{column}-{number}' as blob)"),
                _ => format!("'{CANARY}-{column}-{number}'"),
            })
            .collect();
        let insert = format!(
            "insert or replace into \"{table}\" values ({})",
            values.join(", ")
        );
        planted += user.execute(&insert, []).unwrap();
    }
    planted
}

/// Everything in `user.db` but the record of what happened, to which the host adds a line after a sync.
fn dump(user: &Connection) -> String {
    let mut text = String::new();
    let mut statement = user
        .prepare(
            "select name from sqlite_schema where type = 'table' and name not in ('audit', 'sqlite_sequence')
             order by name",
        )
        .unwrap();
    let tables = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    for table in tables.map(Result::unwrap) {
        let mut rows = user.prepare(&format!("select * from \"{table}\"")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let value: rusqlite::types::Value = row.get(column).unwrap();
                let _ = write!(text, "{value:?} ");
            }
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_same_bytes_are_sent_whatever_is_private() {
    let mut feed = large();
    // The delta breaks off once for every reader, so that a continued download is looked at as well.
    let server = Server::start(feed.path(), |request| {
        let first = request.path.starts_with("packs/") && request.nth % 2 == 0;
        if first && request.range().is_none() {
            Fault::Cut(200)
        } else {
            Fault::None
        }
    });
    let readers: Vec<Reader> = (0..READERS).map(reader).collect();
    let users: Vec<String> = readers
        .iter()
        .map(|reader| dump(&user_of(reader)))
        .collect();
    assert!(users[1].contains(CANARY), "canaries are where they belong");
    let same = |step: &str, act: &dyn Fn(&Reader)| {
        let mut sent: Option<Vec<String>> = None;
        for reader in &readers {
            server.forget();
            act(reader);
            let heads: Vec<String> = server
                .requests()
                .into_iter()
                .map(|request| request.head)
                .collect();
            assert!(!heads.is_empty(), "{step}: something is asked");
            for head in &heads {
                assert!(!head.contains("canary"), "{step}: {head}");
            }
            let first = sent.get_or_insert_with(|| heads.clone());
            assert_eq!(&heads, first, "{step}");
        }
    };
    same("preview", &|reader| {
        reader.query(
            "preview_feed",
            json!({ "base": server.base(), "local": true }),
        );
    });
    same("add", &|reader| reader.add_at(&feed, &server.base(), &[]));
    same("first sync", &|reader| {
        reader.synced(SyncResult::Updated);
    });
    same("no news", &|reader| {
        reader.synced(SyncResult::Unchanged);
    });
    publish_second(&mut feed);
    same("delta", &|reader| {
        assert!(reader.synced(SyncResult::Updated).delta);
    });
    for (reader, before) in readers.iter().zip(users) {
        assert_eq!(dump(&user_of(reader)), before, "sync leaves user.db alone");
    }
}

/// A feed whose packs are worth interrupting.
fn large() -> Feed {
    let mut feed = two();
    for n in 0..60 {
        feed.put(&case(&format!("more{n}"), "health", "rnd", "11"));
    }
    feed.publish();
    feed
}
