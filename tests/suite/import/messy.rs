//! A messy file of the family of public inventories, made up: titles above the header, the header again between the rows,
//! Windows-1252, thirty spellings of a topic, ids that are missing, dates in several notations.

use std::fmt::Write as _;

use serde_json::Value;

use super::{check, open, plan, rows, stored, take, write};
use crate::product;

/// Spellings of three topics, as forms filled in by hand have them.
const TOPICS: [&str; 30] = [
    "Admin Functions",
    "Admin Functions",
    "Admin Functions",
    "admin functions",
    "ADMIN FUNCTIONS",
    "Admin  Functions",
    "Admin function",
    "admin-functions",
    "Admin Functions.",
    "Admin_Functions",
    "Admin/Functions",
    "Functions, Admin",
    "Health & Medical",
    "Health & Medical",
    "Health & Medical",
    "health & medical",
    "Health and Medical",
    "HEALTH AND MEDICAL",
    "Health/Medical",
    "Medical & Health",
    "Health-Medical",
    "Health  &  Medical",
    "Law Enforcement",
    "Law Enforcement",
    "law enforcement",
    "LAW ENFORCEMENT",
    "Law enforcement",
    "Law-Enforcement",
    "Law  Enforcement",
    "law_enforcement",
];
const DATES: [&str; 6] = [
    "2024-10-01 00:00:00",
    "01/2024",
    "12/31/2023",
    "Jul-25",
    "2025",
    "3/4/2024",
];
const HEADER: &str = "Agency,Use Case ID,Use Case Name,Topic Area,Stage of Development,Operational Date,Vendor(s) Name,Café grade\n";
const RECORDS: u32 = 300;

/// The file, and how many rows of it are what.
fn made() -> (Vec<u8>, [u32; 4]) {
    let mut text =
        String::from("Fixture inventory of made-up use cases – “for tests”,,,,,,,\n,,,,,,,\n");
    text.push_str(HEADER);
    let (mut rows, mut headers, mut blank) = (3, 0, 1);
    let title = 1;
    for number in 0..RECORDS {
        if number % 70 == 69 {
            text.push_str(HEADER);
            headers += 1;
            rows += 1;
        }
        if number % 90 == 89 {
            text.push('\n');
            blank += 1;
            rows += 1;
        }
        let id = if number % 3 == 0 {
            String::new()
        } else {
            format!("FX-{number:04}")
        };
        let _ = writeln!(
            text,
            "Agency {},{id},Fixture use case № {number},{:?},{},{},Vendor Gmbh & Söhne,“naïve” – {number}",
            number % 7,
            TOPICS[(number % 30) as usize],
            ["Pilot", "Deployed", "Pre-deployment", ""][(number % 4) as usize],
            DATES[(number % 6) as usize],
        );
        rows += 1;
    }
    let text = text.replace('№', "no.");
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(
        !lost && std::str::from_utf8(&bytes).is_err(),
        "the fixture is Windows-1252"
    );
    (
        bytes.into_owned(),
        [rows, title + 1 + headers, blank, headers],
    )
}

#[test]
fn a_messy_inventory_loses_no_row_in_silence() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let (bytes, [all, skipped, blank, headers]) = made();
    let opened = open(&app, &write(dir.path(), "messy.csv", &bytes)).unwrap();
    assert_eq!(opened.encoding.as_deref(), Some("windows-1252"));
    let plan = plan(&app, &opened, None);
    assert_eq!((plan.header, plan.mapping.kind.as_str()), (3, "scenario"));
    let sums = check(&app, &plan);
    assert_eq!(sums.rows, all);
    assert_eq!(
        (sums.wrong, sums.duplicates, sums.new),
        (0, 0, RECORDS),
        "{:?}",
        rows(&app, &plan, &["wrong"])
    );
    assert_eq!(sums.skipped, skipped + blank);
    assert_eq!(
        (sums.reasons["repeated_header"], sums.reasons["blank"]),
        (headers, blank)
    );
    take(&app, &plan, false).unwrap();
    let records = stored(dir.path());
    assert_eq!(records.len() as u32, RECORDS);
    let topics: std::collections::BTreeSet<&str> = records
        .iter()
        .filter_map(|record| record["field"][0].as_str())
        .collect();
    assert_eq!(
        topics.into_iter().collect::<Vec<_>>(),
        ["Admin Functions", "Health & Medical", "Law Enforcement"]
    );
    let find = |number: u32| {
        let name = format!("Fixture use case no. {number}");
        let found = records
            .iter()
            .find(|record| record["name"]["en"] == name.as_str());
        found.unwrap_or_else(|| panic!("{name} is there"))
    };
    assert_eq!(
        find(4)["columns"]["Use Case ID"],
        "FX-0004",
        "an id that is no field stays"
    );
    assert_eq!(find(3)["columns"]["Use Case ID"], Value::Null);
    assert_eq!(find(7)["columns"]["Café grade"], "“naïve” – 7");
    assert_eq!(
        find(7)["columns"]["Topic Area"],
        "admin-functions",
        "as it was spelt"
    );
    assert_eq!(find(0)["date"], "2024-10-01");
    assert_eq!(
        find(5)["date"],
        "2024-03-04",
        "31 can only be a day, so the month stands first"
    );
}
