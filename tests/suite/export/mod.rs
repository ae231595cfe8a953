//! Exports: what is written reads back as what was put in, in every format, and nothing more leaves than was asked.

mod documents;
mod files;
mod inferred;
mod privacy;
mod sheets;
mod subjects;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use atlas_core::api::types::{ApiError, ExportRequest, Exported};
use atlas_core::api::{App, ExportTarget};
use serde_json::{Value, json};
use tests::fixtures::{bundle, record};

use crate::product::{app, open};

/// A product with these records.
pub(crate) fn with(dir: &Path, records: &[Value]) -> App {
    let app = app(&dir.join("data"), bundle(1, records));
    open(&app);
    app
}

/// Everything in the catalog.
pub(crate) fn all() -> Value {
    json!({ "what": "search", "request": {} })
}

/// Writes an export into a file of the folder, named by its format.
pub(crate) fn write(
    app: &App,
    dir: &Path,
    what: &Value,
    format: &str,
    more: Value,
) -> Result<(PathBuf, Exported), ApiError> {
    let mut request = json!({ "what": what, "format": format, "language": "zh" });
    if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
        request.extend(more);
    }
    let request: ExportRequest = serde_json::from_value(request).unwrap();
    let path = dir.join(format!("文件.{format}"));
    let target = ExportTarget {
        path: &path,
        replace: true,
        font: None,
    };
    let written = app.export(&request, &target, &mut |_| ControlFlow::Continue(()))?;
    Ok((path, written))
}

/// Like [`write`], for what has to succeed.
pub(crate) fn written(app: &App, dir: &Path, what: &Value, format: &str) -> PathBuf {
    write(app, dir, what, format, json!({})).unwrap().0
}

/// The text parts of an Office file, by name.
pub(crate) fn parts(path: &Path) -> Vec<(String, String)> {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut text = String::new();
        let name = entry.name().unwrap().into_owned();
        entry.read_to_string(&mut text).unwrap();
        parts.push((name, text));
    }
    parts
}

/// One part of an Office file.
pub(crate) fn part(path: &Path, name: &str) -> String {
    let found = parts(path).into_iter().find(|(part, _)| part == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

/// A need, a case and a provider that state much; made up for tests.
pub(crate) fn rich() -> Vec<Value> {
    vec![
        record(
            "need",
            "n1",
            "轴承外观检测",
            json!({
                "budget": { "text": "162万元", "yuan": 1_620_000.0 },
                "data": ["image"], "data_text": "两年的照片", "sensitivity": "internal", "deployment": ["private"],
                "delivery": ["appliance"], "maturity": "g2", "goal": "smart_advanced", "partner": ["vendor"],
                "start": "2027-01", "finish": "2027-06", "expires": "2026-11-30", "hard": ["deployment", "budget"],
                "consent": true,
                "noticed": "2026-03-05", "deadline": "2026-12", "project_no": "20261105000123456789",
                "industry": ["equipment"], "stage": ["production"], "region": ["32"],
                "problem": { "zh": "人工目检漏检多", "en": "Manual inspection misses defects" },
                "links": [{ "rel": "needed_by", "to": "provider/p1" }],
            }),
        ),
        record(
            "case",
            "c1",
            "焊缝质检",
            json!({
                "enterprise": "测试样例厂", "industry": ["equipment"], "stage": ["production"],
                "outcomes": [{ "metric": "漏检率下降", "value": "30", "unit": "%", "sources": ["s1"] }],
                "website": "https://fixture.example/c1", "date": "2025-11-24",
            }),
        ),
        record(
            "provider",
            "p1",
            "测试样例服务商",
            json!({
                "credit_code": "911100000000000000", "products": ["质检平台", "检测一体机"],
                "contact": { "person": "测试员", "phone": "13800138000", "email": "office@fixture.example",
                             "consent": { "date": "2026-01-02", "source": "s1" } },
            }),
        ),
    ]
}
