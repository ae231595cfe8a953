//! Whatever a feed says stays text: no script runs, nothing is asked for, no screen breaks.
//!
//! A slice of the strings in the usual run; all of them where `ATLAS_HOSTILE=all` is set.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use atlas_core::feed::Digest;
use serde_json::{Map, Value, json};
use tests::audit::{connections, witnessed};
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::feeds::{add, lasting};
use crate::filled;

/// In the usual run every so-manieth string is tried.
const SLICE: usize = 13;
const KINDS: [&str; 11] = [
    "scenario",
    "enterprise",
    "provider",
    "solution",
    "case",
    "base",
    "dataset",
    "model",
    "document",
    "need",
    "list",
];

fn strings(canary: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile/strings.jsonl");
    let all: Vec<String> = fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<String>(line)
                .unwrap()
                .replace("{canary}", canary)
        })
        .collect();
    assert!(all.len() >= 200, "{} strings", all.len());
    let step = if std::env::var_os("ATLAS_HOSTILE").is_some_and(|size| size == "all") {
        1
    } else {
        SLICE
    };
    all.into_iter().step_by(step).collect()
}

/// Text that does not compress: thousands of records of a few texts would look like a bomb.
fn salt(kind: &str, id: &str) -> String {
    let digest = |number: u8| Digest::of(format!("{kind} {id} {number}").as_bytes()).to_string();
    [0, 1, 2, 3].map(digest).join(" ")
}

/// A record of a kind in which every field that takes a text holds this one.
fn record(kind: &str, id: &str, text: &str) -> Value {
    let both = json!({ "zh": text, "en": text });
    let mut record = json!({
        "kind": kind, "id": id, "name": { "zh": text, "en": text, "aliases": [text], "pinyin": text },
        "summary": both, "field": [text], "technique_text": [text], "city": text, "website": text,
        "notes": [both, { "zh": salt(kind, id) }],
        "outcomes": [{ "metric": text, "value": text, "unit": text, "baseline": text, "sources": ["s1"] }],
        "sources": [{
            "key": "s1", "cited": text, "title": text, "official": text, "issuer": text, "checked": "2026-11-22",
            "status": "third_party", "licence": text, "note": text, "fields": [text],
        }],
        "inferred": [{ "field": "city", "by": text }],
        "doubts": [{ "field": text, "text": both }],
    });
    let own = match kind {
        "scenario" => json!({
            "opened_by": text, "problem": both, "approach": both, "data_needed": both, "prerequisites": both,
        }),
        "enterprise" => json!({ "credit_code": text }),
        "provider" => json!({
            "credit_code": text, "founded": text, "products": [text], "offers": [text], "qualifications": [text],
        }),
        "solution" => json!({
            "provider": text, "delivery_text": text, "capability": both, "prerequisites": both, "price": text,
        }),
        "case" => {
            json!({ "enterprise": text, "provider": text, "problem": both, "approach": both })
        }
        "base" => json!({ "host": text, "partners": [text], "services": [both], "entry": both }),
        "dataset" => json!({ "holder": text, "data_kind": text, "size": text, "licence": text }),
        "model" => json!({
            "developer": text, "filing_no": text, "algorithm_filing_no": text, "algorithm_name": text, "base_model": text,
        }),
        "document" => json!({
            "doc_number": text, "issuers": [text], "replaced_by": text,
            "clauses": [{ "key": "1", "title": both, "summary": both }],
            "targets": [{ "what": both, "value": text, "unit": both, "held": text }],
            "support": [{ "kind": "voucher", "eligible": both, "amount": both }],
        }),
        "need" => json!({
            "buyer": text, "problem": both, "wanted": both, "budget": { "text": text }, "data_text": text,
            "project_no": text,
        }),
        _ => json!({
            "doc_number": text, "issuers": [text], "announced": text,
            "entries": [{ "name": text, "note": text, "source": "s1" }],
        }),
    };
    if let (Some(record), Value::Object(own)) = (record.as_object_mut(), own) {
        record.extend(own.into_iter().collect::<Map<_, _>>());
    }
    record
}

/// Visits addresses and tells what is wrong on any of them. `texts` must be seen there, one for each address.
const VISIT: &str = r"
    const [addresses, texts, frame] = args;
    const wrong = [];
    const deceitful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/;
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const main = document.getElementById('main');
    for (const [index, address] of addresses.entries()) {
        const text = texts[index] ?? '';
        location.hash = address;
        const ready = () => !document.querySelector('[aria-busy=true], #main .waiting, #main [role=alert]')
            && (deceitful.test(text) ? main.textContent.includes('\ufffd') : main.textContent.includes(text));
        for (let turn = 0; turn < 300; turn += 1) {
            await drawn();
            if (ready()) break;
        }
        const say = (what) => wrong.push(`${address}: ${what}`);
        if (!ready()) say(`its text is not shown: ${JSON.stringify(text).slice(0, 80)}; ${main.textContent.slice(0, 120)}`);
        if (deceitful.test(main.textContent)) say('a character that deceives is shown as it is');
        if (window.__hostile !== undefined) say('a script ran');
        const foreign = document.querySelectorAll('script:not([src]), img, iframe, object, embed, form, base, style, video, audio, frame, portal, marquee, template, link:not([href$=\'.css\'], [href=\'data:,\'])');
        if (foreign.length) say(`markup came to life: ${foreign[0].outerHTML.slice(0, 120)}`);
        for (const element of document.querySelectorAll('*')) {
            const handler = [...element.attributes].find(({ name }) => name.startsWith('on'));
            if (handler) say(`a handler came to life: ${handler.name}`);
            if (element instanceof HTMLAnchorElement && !/^(#|https?:)/.test(element.getAttribute('href') ?? '#')) say(`a link leads to ${element.getAttribute('href')}`);
        }
        if (main.scrollWidth > main.clientWidth + 1) {
            const edge = main.getBoundingClientRect().right + 1;
            const wide = [...main.querySelectorAll('*')].findLast((element) => element.getBoundingClientRect().right > edge);
            say(`wider than the window: ${main.scrollWidth} > ${main.clientWidth}: ${wide?.outerHTML.slice(0, 200)}`);
        }
        const now = ['header.top', 'nav.rail', 'footer', '#main'].map((css) => {
            const box = document.querySelector(css).getBoundingClientRect();
            return [box.x, box.y, box.width, box.height].map(Math.round).join(' ');
        });
        if (frame && JSON.stringify(now) !== JSON.stringify(frame)) say(`the frame moved: ${now} instead of ${frame}`);
        if (!frame) return now;
    }
    return wrong;
";

fn visit(window: &Window, addresses: &[String], texts: &[String], frame: &Value) {
    let arguments = [json!(addresses), json!(texts), frame.clone()];
    let wrong = window.page.wait_for(VISIT, &arguments).unwrap();
    let wrong = wrong.as_array().unwrap();
    assert!(
        wrong.is_empty(),
        "{} things are wrong: {wrong:#?}",
        wrong.len()
    );
}

/// Counts whoever knocks at an address that only hostile texts name.
fn canary() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let knocks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&knocks);
    thread::spawn(move || {
        for _ in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, knocks)
}

#[test]
fn hostile_text_stays_text() {
    let (address, knocks) = canary();
    let strings = strings(&address);
    let id = |number: usize| format!("h{number}");
    let quiet: Vec<Value> = KINDS
        .iter()
        .flat_map(|kind| {
            (0..strings.len()).map(move |number| record(kind, &id(number), "示例：此前的文字"))
        })
        .collect();
    // The first generation is harmless, so that the second shows every field on the screen of what is new.
    let mut feed = lasting("hostile", 3, "2099-01-01T00:00:00Z", &quiet);
    let folder = filled("hostile");
    let trace = folder.with_extension("trace");
    let path = trace.to_string_lossy().into_owned();
    let window = Window::ready(&Start {
        through: &witnessed(&path),
        ..Start::on(&folder)
    });
    add(&window, &feed.base(), &feed);
    window.one("[data-feed=hostile] [data-state=up_to_date]");
    for kind in KINDS {
        for (number, text) in strings.iter().enumerate() {
            feed.put(&record(kind, &id(number), text));
        }
    }
    let title = "<img src=x onerror=window.__hostile=1>\u{202e}示例目录源";
    feed.publish_as(|manifest| {
        manifest["title"] = json!({ "zh": title, "en": title });
        manifest["notice"] = json!({ "zh": title, "en": title });
    });
    window.click("[data-feed=hostile] [data-sync]");
    window.one("[data-feed=hostile] [data-outcome=updated]");

    let frame = window
        .page
        .wait_for(VISIT, &[json!(["/settings"]), json!([]), Value::Null])
        .unwrap();
    visit(&window, &["/data".to_owned()], &[title.to_owned()], &frame);
    for kind in KINDS {
        let pages: Vec<String> = (0..strings.len())
            .map(|number| format!("/record/hostile/{kind}/{}", id(number)))
            .collect();
        visit(&window, &pages, &strings, &frame);
    }
    let lists: Vec<String> = KINDS
        .iter()
        .flat_map(|kind| [format!("/list?kind={kind}"), format!("/news?kind={kind}")])
        .chain(["/", "/list", "/favourites"].map(str::to_owned))
        .collect();
    visit(&window, &lists, &[], &frame);
    // As a query, and in the palette.
    for text in strings
        .iter()
        .filter(|text| text.chars().all(|letter| !letter.is_control()))
    {
        window.page.press(&[key::CONTROL, "k"]);
        let field = window.one("dialog[open] input");
        let typed: String = text.chars().take(60).collect();
        window.page.run(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))",
            &[field.to_json(), json!(typed)],
        );
        window.page.press(&[key::ESCAPE]);
    }
    visit(&window, &["/settings".to_owned()], &[], &frame);
    window.close();
    assert_eq!(
        knocks.load(Ordering::SeqCst),
        0,
        "somebody followed an address in a text"
    );
    let (foreign, seen) = connections(&trace);
    assert!(seen > 3, "the program was watched");
    assert!(foreign.is_empty(), "{foreign:#?}");
}
