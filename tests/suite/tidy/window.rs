//! Rules for the window around the screens: what it may call and load.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::{read, root};

#[test]
fn the_window_may_call_its_commands_and_nothing_else() {
    let commands = [
        "query",
        "mutate",
        "open",
        "open_url",
        "ready",
        "system_language",
        "sync",
        "import_bundle",
        "cancel",
        "pick_path",
        "watch",
        "export",
        "show_export",
        "export_work",
        "inspect_work",
        "import_work",
        "open_table",
        "check_table",
        "import_table",
        "cancel_table",
        "report_table",
        "write_template",
        "export_submission",
        "import_receipt",
        "move_folder",
    ];
    let capability: Value =
        serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    let allowed = commands.map(|name| Value::from(format!("allow-{}", name.replace('_', "-"))));
    assert_eq!(capability["permissions"], Value::from(allowed.to_vec()));
    assert_eq!(capability["windows"], Value::from(vec!["main"]));
    assert!(
        capability.get("remote").is_none(),
        "no other site may call anything"
    );
    let build = read("src-tauri/build.rs");
    assert!(
        commands
            .iter()
            .all(|name| build.contains(&format!("\"{name}\""))),
        "build.rs declares every command"
    );
    assert_eq!(
        fs::read_dir(root().join("src-tauri/capabilities"))
            .unwrap()
            .count(),
        1,
        "there is one capability"
    );
}

#[test]
fn the_window_loads_its_own_files_and_nothing_else() {
    let config: Value = serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap();
    let security = &config["app"]["security"];
    assert_eq!(
        security["csp"],
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; \
         font-src 'self'; connect-src ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; frame-src 'none'; \
         object-src 'none'"
    );
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], Value::from(vec!["main"]));
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert!(
        config["build"].get("devUrl").is_none(),
        "the released window has no development server"
    );
    // A configuration for one platform would replace the list of windows, and with it size and background.
    let others = fs::read_dir(root().join("src-tauri"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap());
    let others: BTreeSet<String> = others.filter(|name| name.starts_with("tauri.")).collect();
    assert_eq!(
        others,
        ["tauri.conf.json", "tauri.dev.conf.json"]
            .map(str::to_owned)
            .into()
    );
}
