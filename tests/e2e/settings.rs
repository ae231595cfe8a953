//! Language and theme at once, and everything still there after a restart.

use serde_json::json;
use tests::process::until;
use tests::tour::{dress, titles};
use tests::window::{Start, Window};

use crate::filled;

/// How light the window's ground is, from 0 to 255.
fn lightness(window: &Window) -> f64 {
    let script = "
        const ground = getComputedStyle(document.querySelector('header.top')).backgroundColor;
        const [r, g, b] = ground.match(/[\\d.]+/g).map(Number);
        return (r + g + b) / 3 * (ground.startsWith('rgb') ? 1 : 255);
    ";
    window.page.run(script, &[]).as_f64().unwrap()
}

#[test]
fn language_and_theme_change_without_a_restart() {
    let folder = filled("dress");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list?q=质检");
    window.settle();
    let rows = until("rows", || {
        Some(titles(&window)).filter(|rows| !rows.is_empty())
    });

    window.click("header .seg button[lang=en]");
    until("English", || {
        (window.text("h1") != "全部记录").then_some(())
    });
    assert_eq!(
        window.page.run("return document.documentElement.lang", &[]),
        "en"
    );
    assert_eq!(window.address(), "/list?q=质检", "the view stays");
    // What is inferred says so in the language of the window.
    let plain = |titles: &[String]| -> Vec<String> {
        let marked = titles.iter();
        marked
            .map(|title| title.replace(" (inferred)", "").replace("（推断）", ""))
            .collect()
    };
    assert_eq!(plain(&titles(&window)), plain(&rows), "and so do its rows");

    dress(&window, "en", "dark");
    assert!(
        lightness(&window) < 64.0,
        "dark is dark: {}",
        lightness(&window)
    );
    dress(&window, "zh-CN", "light");
    assert!(
        lightness(&window) > 192.0,
        "light is light: {}",
        lightness(&window)
    );
    assert_eq!(window.text("h1"), "设置");
    window.close();
}

#[test]
fn a_restart_keeps_language_theme_and_address() {
    let folder = filled("restart");
    let window = Window::ready(&Start::on(&folder));
    dress(&window, "en", "dark");
    window.go("/list?q=质检&kind=case&sort=name");
    window.settle();
    let rows = titles(&window);
    let kept = || {
        window.query("get_settings", &json!({}))["address"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    until("the address to be kept", || {
        kept().contains("sort=name").then_some(())
    });
    window.close();

    let window = Window::ready(&Start::on(&folder));
    let begun = "return document.documentElement.dataset.language ?? ''";
    assert_eq!(
        window.page.run(begun, &[]),
        "en",
        "the first moment already looked so"
    );
    until("the address", || {
        window.address().starts_with("/list?q=质检").then_some(())
    });
    window.settle();
    assert_eq!(
        window.page.run("return document.documentElement.lang", &[]),
        "en"
    );
    assert!(lightness(&window) < 64.0);
    assert_eq!(titles(&window), rows);
    window.close();
}
