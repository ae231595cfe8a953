//! The product on a folder with a small catalog.

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::App;
use atlas_core::api::types::{AppStatus, NoticeCode};
use atlas_core::bundled::Bundle;
use tests::fixtures::{bundle, case, clock};

pub(crate) fn app(dir: &Path, bundle: Bundle) -> App {
    App::with_bundle(dir.to_owned(), clock, bundle)
}

pub(crate) fn open(app: &App) -> AppStatus {
    app.open(&mut |_| ControlFlow::Continue(())).unwrap()
}

pub(crate) fn small() -> Bundle {
    bundle(
        1,
        &[
            case("a", "equipment", "production", "32"),
            case("b", "health", "rnd", "11"),
        ],
    )
}

pub(crate) fn codes(status: &AppStatus) -> Vec<NoticeCode> {
    status.notices.iter().map(|notice| notice.code).collect()
}
