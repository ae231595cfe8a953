//! A whole visit: nothing is loaded from elsewhere, nothing is asked of the network.

use std::fs;

use tests::audit::{complaints, connections, witnessed};
use tests::process::until;
use tests::tour::{lay_table, leave, stops, visit};
use tests::window::{Start, Window};

use crate::empty;

#[test]
fn a_whole_visit_breaks_no_policy_and_asks_no_network() {
    let folder = empty("quiet");
    lay_table(&folder);
    let record = folder.with_extension("trace");
    if record.exists() {
        fs::remove_file(&record).unwrap();
    }
    let path = record.to_string_lossy().into_owned();
    let window = Window::ready(&Start {
        through: &witnessed(&path),
        ..Start::on(&folder)
    });
    for stop in stops(&window) {
        visit(&window, &stop);
        leave(&window, &stop);
    }
    window.close();
    let (foreign, seen) = connections(&record);
    assert!(
        seen > 3,
        "the program was watched: even the display is a connection"
    );
    assert!(foreign.is_empty(), "{foreign:#?}");
}

#[test]
fn the_witness_of_the_policy_sees_every_kind_of_breach() {
    let folder = crate::filled("witness");
    let window = Window::ready(&Start::on(&folder));
    let breaches = [
        (
            "img-src",
            "document.body.append(Object.assign(new Image(), { src: 'https://example.invalid/a.png' }))",
        ),
        (
            "connect-src",
            "fetch('https://example.invalid/').catch(() => {})",
        ),
        (
            "script-src",
            "document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))",
        ),
        (
            "style-src",
            "document.head.append(Object.assign(document.createElement('style'), { textContent: 'b{}' }))",
        ),
        (
            "frame-src",
            "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.invalid/' }))",
        ),
        (
            "error",
            "setTimeout(() => { throw new Error('nobody catches this') })",
        ),
    ];
    for (kind, breach) in breaches {
        window.page.run(breach, &[]);
        until(&format!("a complaint about {kind}"), || {
            complaints(&window)
                .iter()
                .any(|line| line.contains(kind))
                .then_some(())
        });
    }
}
