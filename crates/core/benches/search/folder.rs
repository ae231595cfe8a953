//! A data folder as the app leaves it, with generated records beside the bundled catalog, and the list as the last
//! screen: what the start of the app is measured on.

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::{self, App};
use serde_json::json;

use super::records::Generator;
use super::{Failure, store};

/// The clock of a folder that nobody works in.
fn clock() -> String {
    "2026-11-22T00:00:00Z".to_owned()
}

/// Writes the folder.
pub fn write(dir: &Path, generator: Option<&Generator>) -> Result<(), Failure> {
    if let Some(generator) = generator {
        store::write(dir, generator)?;
    }
    let app = App::new(dir.to_owned(), clock);
    app.open(&mut |_| ControlFlow::Continue(()))?;
    api::mutate(
        &app,
        "transact",
        json!({ "edit": "set_setting", "key": "address", "value": "/list" }),
    )?;
    Ok(())
}
