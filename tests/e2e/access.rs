//! No barrier on any screen, in any language, in any theme.

use serde_json::json;
use tests::audit::barriers;
use tests::tour::{LANGUAGES, dress, leave, prepare, stops, visit};
use tests::window::{Start, Window};

use crate::empty;

fn check(theme: &str) {
    let folder = empty(&format!("access-{theme}"));
    prepare(&folder);
    let window = Window::ready(&Start::on(&folder));
    let stops = stops(&window);
    let mut found = Vec::new();
    for language in LANGUAGES {
        dress(&window, language, theme);
        for stop in &stops {
            visit(&window, stop);
            found.extend(
                barriers(&window)
                    .into_iter()
                    .map(|barrier| format!("{} {language} {theme}: {barrier}", stop.name)),
            );
            leave(&window, stop);
        }
        // The list once more as cards, and at the greatest zoom.
        for (setting, value) in [("view", json!("cards")), ("zoom", json!(200))] {
            let usual = window.query("get_settings", &json!({}))[setting].clone();
            for value in [value, usual] {
                window.mutate(
                    "transact",
                    &json!({ "edit": "set_setting", "key": setting, "value": value }),
                );
                window.go("/");
                window.reload();
                visit(&window, &stops[3]);
                window.click("[data-tick='0']");
                window.one("[data-selected='1']");
                found.extend(
                    barriers(&window)
                        .into_iter()
                        .map(|barrier| format!("{setting} {value} {language} {theme}: {barrier}")),
                );
            }
        }
    }
    assert!(
        found.is_empty(),
        "{} barriers:\n{}",
        found.len(),
        found.join("\n")
    );
    window.close();
}

#[test]
fn light_screens_shut_nobody_out() {
    check("light");
}

#[test]
fn dark_screens_shut_nobody_out() {
    check("dark");
}
