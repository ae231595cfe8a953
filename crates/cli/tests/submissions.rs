//! A provider hands records in, a publisher decides, the provider's folder sees what came of it: with the real program,
//! two data folders and a publisher's folder. Everything in it is made up, and named so.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Command, Output};

use atlas_core::api::{self, App};
use serde_json::{Value, json};

const PROVIDER: &str = "own/provider/0191e0b2-7c1d-7abc-8def-0123456789ab";
const NEED: &str = "own/need/0191e0b2-7c1d-7abc-8def-0123456789ac";

fn clock() -> String {
    "2026-11-25T08:00:00Z".to_owned()
}

/// A place of work with a publisher's folder `feed` and data folders.
struct Place {
    temp: tempfile::TempDir,
    fingerprint: String,
}

impl Place {
    /// A published feed with one record, and a provider who follows it.
    fn new() -> Self {
        let mut place = Self {
            temp: tempfile::tempdir().unwrap(),
            fingerprint: String::new(),
        };
        let made = place.ok("", "feed init feed --title 夹具目录 --id fixture --json");
        let made: Value = serde_json::from_str(&made).unwrap();
        made["fingerprint"]
            .as_str()
            .unwrap()
            .clone_into(&mut place.fingerprint);
        let record = json!({
            "kind": "provider", "id": "fixture-1", "name": { "zh": "夹具服务商甲" }, "credit_code": "91320000FIXTURE001",
            "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
        });
        fs::remove_file(place.path("feed/records/records.xlsx")).unwrap();
        fs::write(
            place.path("feed/records/provider.jsonl"),
            format!("{record}\n"),
        )
        .unwrap();
        place.publish();
        place.follow("provider");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn run(&self, data: &str, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_atlas"))
            .current_dir(self.temp.path())
            .args(line.split(' '))
            .env("ATLAS_DATA_DIR", self.path(data))
            .env("ATLAS_FEED_PASSPHRASE", "fixture passphrase")
            .env("LC_ALL", "zh_CN.UTF-8")
            .output()
            .unwrap()
    }

    fn ok(&self, data: &str, line: &str) -> String {
        let output = self.run(data, line);
        let (out, errors) = (
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        );
        assert!(output.status.success(), "atlas {line}\n{out}\n{errors}");
        out
    }

    fn refused(&self, data: &str, line: &str, why: &str) {
        let output = self.run(data, line);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "atlas {line} has to be refused");
        assert!(errors.contains(why), "atlas {line}\n{errors}");
    }

    fn publish(&self) {
        for verb in ["build", "sign", "verify"] {
            self.ok("", &format!("feed {verb} feed"));
        }
    }

    fn follow(&self, data: &str) {
        let fingerprint = &self.fingerprint;
        self.ok(
            data,
            &format!("feed add feed/public --fingerprint {fingerprint}"),
        );
        self.ok(data, "sync fixture");
    }

    fn edit(&self, data: &str, edit: Value) {
        let app = App::new(self.path(data), clock);
        app.open(&mut |_| ControlFlow::Continue(())).unwrap();
        api::mutate(&app, "transact", edit).unwrap();
        app.close();
    }

    fn write_provider(&self, data: &str, city: &str) {
        let record = json!({
            "kind": "provider", "id": PROVIDER.rsplit('/').next(), "name": { "zh": "夹具服务商乙" }, "city": city,
            "contact": { "phone": "010-62780000" }, "sources": [],
        });
        let records = json!([[PROVIDER, record.to_string()]]);
        self.edit(data, json!({ "edit": "save_records", "records": records }));
    }

    fn write_need(&self, consent: bool) {
        let form = json!({
            "title": "夹具电池公司极片检测", "problem": "靠人工目检，请联系13800138000。",
            "enterprise": "夹具电池公司", "consent": consent,
        });
        let edit =
            json!({ "edit": "save_need", "ref": NEED, "form": form, "text": "来信原文（夹具）" });
        self.edit("provider", edit);
    }

    /// How far a record has come, as the provider sees it.
    fn row(&self, reference: &str) -> Value {
        let list: Value = serde_json::from_str(&self.ok("provider", "submit --json")).unwrap();
        let rows = list["rows"].as_array().unwrap();
        rows.iter()
            .find(|row| row["ref"] == reference)
            .unwrap()
            .clone()
    }

    fn hand_in(&self, data: &str, file: &str, what: &str) -> String {
        let written = self.ok(data, &format!("submit {file} {what} --json"));
        let written: Value = serde_json::from_str(&written).unwrap();
        written["id"].as_str().unwrap().to_owned()
    }
}

fn accept(id: &str, more: &str) -> String {
    format!("feed accept feed {id} --by 夹具编辑 {more}")
        .trim_end()
        .to_owned()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
fn a_provider_hands_in_a_publisher_decides_and_the_provider_sees_what_came_of_it() {
    let place = Place::new();
    place.write_provider("provider", "苏州");
    assert_eq!(place.row(PROVIDER)["state"], "draft");
    // A need leaves only when the enterprise agreed.
    place.write_need(false);
    place.refused(
        "provider",
        &format!("submit x.atlassub {NEED}"),
        "尚未注明企业同意公开",
    );
    assert!(!place.path("x.atlassub").exists());
    place.write_need(true);

    let what = format!("{PROVIDER} {NEED} --masked");
    let preview = place.ok("provider", &format!("submit x.atlassub {what} --dry-run"));
    let id = place.hand_in("provider", "a.atlassub", &what);
    assert_eq!(place.row(PROVIDER)["state"], "exported");
    // What left is what was shown, and nothing that was to stay.
    let bytes = fs::read(place.path("a.atlassub")).unwrap();
    let left = String::from_utf8_lossy(&bytes);
    for kept in ["夹具电池公司", "13800138000", "62780000", "来信原文"] {
        assert!(!left.contains(kept) && !preview.contains(kept), "{kept}");
    }
    assert!(left.contains("夹具服务商乙") && preview.contains("夹具服务商乙"));

    // The publisher sees an unknown sender, two new records, and what was kept back.
    let review = place.ok("", "feed inbox feed a.atlassub --json");
    let review: Value = serde_json::from_str(&review).unwrap();
    assert_eq!(
        (&review[0]["id"], &review[0]["known_since"]),
        (&json!(id), &Value::Null)
    );
    let records = review[0]["records"].as_array().unwrap();
    let of = |reference: &str| {
        records
            .iter()
            .find(|one| one["origin"] == reference)
            .unwrap()
    };
    assert_eq!(of(NEED)["left_out"], json!(["buyer", "contact"]));
    assert_eq!(of(PROVIDER)["left_out"], json!(["contact"]));
    assert!(
        records
            .iter()
            .all(|one| one["changes"].is_null() && one["findings"] == json!([]))
    );
    assert!(place.ok("", "feed inbox feed").contains("未知"));

    place.ok("", &accept(&id, &format!("--only {PROVIDER}")));
    place.ok(
        "",
        &format!("feed reject feed {id} --only {NEED} --reason 描述过于笼统（夹具） --by 夹具编辑"),
    );
    assert_eq!(
        place.ok("", "feed inbox feed"),
        "",
        "nothing waits any more"
    );
    place.refused("", &accept(&id, ""), "已有决定");

    let receipt = format!("receipt feed/inbox/{id}.atlasreceipt");
    assert!(
        place
            .ok("provider", &receipt)
            .contains("接受 1 条，退回 1 条")
    );
    assert_eq!(place.row(PROVIDER)["state"], "accepted");
    let need = place.row(NEED);
    assert_eq!(
        (&need["state"], &need["reason"]),
        (&json!("rejected"), &json!("描述过于笼统（夹具）"))
    );

    place.publish();
    place.ok("provider", "sync fixture");
    let row = place.row(PROVIDER);
    assert_eq!(row["state"], "published");
    let published = row["published"].as_str().unwrap();
    assert!(
        place
            .ok("provider", &format!("show {published}"))
            .contains("苏州")
    );
    assert!(
        place
            .ok("provider", &format!("show {published} --json"))
            .contains(PROVIDER),
        "the origin is kept"
    );
    assert!(!place.path("feed/public").join("inbox").exists());

    // A change is handed in again: a correction with its history, by a sender who is known now.
    place.write_provider("provider", "无锡");
    assert_eq!(place.row(PROVIDER)["changed"], true);
    let second = place.hand_in("provider", "b.atlassub", PROVIDER);
    let review = place.ok("", "feed inbox feed b.atlassub");
    assert!(
        review.contains("苏州") && review.contains("无锡") && !review.contains("未知"),
        "{review}"
    );
    place.ok("", &accept(&second, ""));
    let edits = fs::read_to_string(place.path("feed/edits.jsonl")).unwrap();
    assert!(
        edits
            .lines()
            .last()
            .unwrap()
            .contains(r#""former":{"city":"苏州"}"#),
        "{edits}"
    );
    place.publish();
    place.ok("provider", "sync fixture");
    assert!(
        place
            .ok("provider", &format!("show {published}"))
            .contains("无锡")
    );
    assert_eq!(place.row(PROVIDER)["state"], "published");
}

#[test]
fn a_contact_with_its_consent_and_results_without_sources_can_be_accepted_and_come_again_unchanged()
{
    let place = Place::new();
    let written = |phone: &str, rests_on: &str| {
        let record = json!({
            "kind": "provider", "id": PROVIDER.rsplit('/').next(), "name": { "zh": "夹具服务商乙" },
            "contact": { "phone": phone, "consent": { "date": "2026-01-02", "source": rests_on } },
            "outcomes": [{ "metric": "检出率", "value": "99%", "sources": [] }], "sources": [],
        });
        let records = json!([[PROVIDER, record.to_string()]]);
        place.edit(
            "provider",
            json!({ "edit": "save_records", "records": records }),
        );
    };
    let review = |file: &str| -> Value {
        let review = place.ok("", &format!("feed inbox feed {file} --json"));
        let review: Value = serde_json::from_str(&review).unwrap();
        review[0]["records"][0].clone()
    };
    let what = format!("{PROVIDER} --contact");
    written("010-62780000", "官网联系页（夹具）");
    let id = place.hand_in("provider", "a.atlassub", &what);
    assert_eq!(review("a.atlassub")["findings"], json!([]));
    place.ok("", &accept(&id, ""));
    place.publish();
    place.ok("provider", "sync fixture");
    let receipt = format!("receipt feed/inbox/{id}.atlasreceipt");
    place.ok("provider", &receipt);
    place.ok("provider", "sync fixture");
    let published = place.row(PROVIDER)["published"]
        .as_str()
        .unwrap()
        .to_owned();
    let shown = place.ok("provider", &format!("show {published}"));
    for told in ["官网联系页（夹具）", "2026-01-02", "检出率"] {
        assert!(shown.contains(told), "{told} in {shown}");
    }

    // Nothing but the phone changes, and the same source stands for it.
    written("010-62780001", "官网联系页（夹具）");
    let again = place.hand_in("provider", "b.atlassub", &what);
    let handed = review("b.atlassub");
    assert_eq!(handed["findings"], json!([]));
    let changed: Vec<&str> = handed["diff"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change[0].as_str().unwrap())
        .collect();
    assert_eq!(changed, ["contact"]);
    place.ok("", &accept(&again, ""));
    place.publish();
}

#[test]
fn what_was_edited_replayed_or_comes_from_a_stranger_is_refused_with_the_reason() {
    let place = Place::new();
    place.write_provider("provider", "苏州");
    let id = place.hand_in("provider", "a.atlassub", PROVIDER);
    let read = |name: &str| fs::read(place.path(name)).unwrap();
    let change = |from: &str, to: &str, old: &str, new: &str| {
        let bytes = read(from);
        let at = bytes
            .windows(old.len())
            .position(|part| part == old.as_bytes())
            .unwrap();
        let mut changed = bytes.clone();
        changed[at..at + old.len()].copy_from_slice(new.as_bytes());
        fs::write(place.path(to), changed).unwrap();
    };
    change("a.atlassub", "edited.atlassub", "苏州", "杭州");
    place.refused("", "feed inbox feed edited.atlassub", "不是提交包");
    fs::write(place.path("torn.atlassub"), &read("a.atlassub")[..200]).unwrap();
    place.refused("", "feed inbox feed torn.atlassub", "不是提交包");

    place.ok("", "feed inbox feed a.atlassub");
    place.ok("", &accept(&id, ""));
    // Somebody else claims the same record.
    place.follow("stranger");
    place.write_provider("stranger", "杭州");
    let stolen = place.hand_in("stranger", "stolen.atlassub", PROVIDER);
    assert!(
        place
            .ok("", "feed inbox feed stolen.atlassub")
            .contains("另一把密钥")
    );
    place.refused("", &accept(&stolen, ""), "另一把密钥");
    // An older submission does not come back after a newer one.
    place.write_provider("provider", "无锡");
    let newer = place.hand_in("provider", "b.atlassub", PROVIDER);
    place.ok("", "feed inbox feed b.atlassub");
    place.refused(
        "",
        &accept(
            &newer,
            "--only own/case/0191e0b2-7c1d-7abc-8def-0123456789ab",
        ),
        "没有",
    );
    place.ok("", &accept(&newer, ""));

    let receipt = format!("feed/inbox/{newer}.atlasreceipt");
    let text = fs::read_to_string(place.path(&receipt)).unwrap();
    fs::write(
        place.path("edited.atlasreceipt"),
        text.replace("fixture/provider", "fixture/provideR"),
    )
    .unwrap();
    place.refused("provider", "receipt edited.atlasreceipt", "签名不符");
    place.refused("provider", "receipt a.atlassub", "不是回执");
    place.refused("stranger", &format!("receipt {receipt}"), "不是本机的提交");
    place.ok("provider", &format!("receipt {receipt}"));
    place.refused("provider", &format!("receipt {receipt}"), "已导入过");
    // Without the feed nobody vouches for a receipt.
    place.ok("provider", "feed remove fixture");
    place.refused(
        "provider",
        &format!("receipt feed/inbox/{id}.atlasreceipt"),
        "尚未添加目录源",
    );
}

#[test]
fn a_record_that_is_there_already_is_told_and_taken_into_it() {
    let place = Place::new();
    let record = json!({
        "kind": "provider", "id": PROVIDER.rsplit('/').next(), "name": { "zh": "夹具服务商 甲" }, "city": "南京",
        "sources": [],
    });
    let records = json!([[PROVIDER, record.to_string()]]);
    place.edit(
        "provider",
        json!({ "edit": "save_records", "records": records }),
    );
    let id = place.hand_in("provider", "a.atlassub", PROVIDER);
    let review = place.ok("", "feed inbox feed a.atlassub");
    assert!(review.contains("疑似重复 provider/fixture-1"), "{review}");
    place.ok("", &accept(&id, "--into provider/fixture-1"));
    place.publish();
    place.ok("provider", &format!("receipt feed/inbox/{id}.atlasreceipt"));
    place.ok("provider", "sync fixture");
    let row = place.row(PROVIDER);
    assert_eq!(
        (&row["state"], &row["published"]),
        (&json!("published"), &json!("fixture/provider/fixture-1"))
    );
    let shown = place.ok("provider", "show fixture/provider/fixture-1 --json");
    assert!(
        shown.contains("南京") && shown.contains("91320000FIXTURE001"),
        "{shown}"
    );
}

#[test]
fn what_the_rules_refuse_is_not_accepted_and_nothing_is_written() {
    let place = Place::new();
    let record = json!({
        "kind": "provider", "id": PROVIDER.rsplit('/').next(), "name": { "zh": "夹具服务商乙" },
        "offers": ["请联系13800138000（夹具）"], "sources": [],
    });
    let records = json!([[PROVIDER, record.to_string()]]);
    place.edit(
        "provider",
        json!({ "edit": "save_records", "records": records }),
    );
    let id = place.hand_in("provider", "a.atlassub", PROVIDER);
    place.ok("", "feed inbox feed a.atlassub");
    let output = place.run("", &accept(&id, ""));
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stdout).contains("未作决定"));
    assert!(!place.path("feed/records/submitted").exists());
    assert!(!place.path("feed/inbox/decisions.jsonl").exists());
    place.ok("", "feed build feed");
}

/// A need that states everything that one can state.
fn whole_need() -> Value {
    json!({
        "title": "夹具极片表面缺陷检测", "problem": "靠人工目检（夹具）。", "wanted": "在线检测（夹具）。",
        "enterprise": "夹具电池公司", "industry": { "codes": ["C38"], "strength": "soft" },
        "region": { "codes": ["32"], "strength": "soft" }, "stage": { "codes": ["production"], "strength": "soft" },
        "typical_scenario": { "codes": ["24"], "strength": "soft" },
        "technique": { "codes": ["vision"], "strength": "soft" },
        "data": { "codes": ["image"], "strength": "soft" }, "data_text": "两年的极片照片（夹具）",
        "sensitivity": "important", "deployment": { "codes": ["private"], "strength": "hard" },
        "delivery": { "codes": ["appliance"], "strength": "soft" },
        "budget": { "low": null, "high": 1e6, "strength": "hard" },
        "start": { "date": "2027-01", "strength": "soft" }, "deadline": { "date": "2027-06-30", "strength": "hard" },
        "maturity": "g2", "goal": "smart_advanced", "partner": { "codes": ["vendor"], "strength": "soft" },
        "consent": true, "expires": "2027-03-31",
    })
}

#[test]
fn a_need_reaches_the_feed_whole_and_asks_there_what_it_asked_at_home() {
    let place = Place::new();
    let solution = |id: &str, name: &str, delivery: &str| {
        json!({
            "kind": "solution", "id": id, "name": { "zh": name }, "industry": ["C38"], "delivery": [delivery],
            "technique": ["vision"], "capability": { "zh": "极片表面缺陷在线检测（夹具）" },
            "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
        })
    };
    let solutions = [
        solution("fits", "夹具极片检测一体机", "appliance"),
        solution("cloud", "夹具极片检测云服务", "saas"),
    ];
    let lines: Vec<String> = solutions.iter().map(Value::to_string).collect();
    fs::write(place.path("feed/records/solution.jsonl"), lines.join("\n")).unwrap();
    let edit = json!({ "edit": "save_need", "ref": NEED, "form": whole_need(), "text": "" });
    place.edit("provider", edit);
    let id = place.hand_in("provider", "a.atlassub", NEED);
    place.ok("", "feed inbox feed a.atlassub");
    place.ok("", &accept(&id, ""));
    place.publish();
    place.ok("provider", "sync fixture");

    let app = App::new(place.path("provider"), clock);
    app.open(&mut |_| ControlFlow::Continue(())).unwrap();
    let ask = |name: &str, request: Value| api::query(&app, name, request).unwrap();
    let published = NEED.replace("own/", "fixture/");
    let record = ask("get_record", json!({ "ref": published }))["record"].clone();
    // By name, so that a field that is forgotten on the way is told.
    for (field, expected) in [
        ("buyer", json!("夹具电池公司")),
        ("problem", json!({ "zh": "靠人工目检（夹具）。" })),
        ("wanted", json!({ "zh": "在线检测（夹具）。" })),
        ("industry", json!(["C38"])),
        ("region", json!(["32"])),
        ("stage", json!(["production"])),
        ("typical_scenario", json!(["24"])),
        ("technique", json!(["vision"])),
        ("data", json!(["image"])),
        ("data_text", json!("两年的极片照片（夹具）")),
        ("sensitivity", json!("important")),
        ("deployment", json!(["private"])),
        ("delivery", json!(["appliance"])),
        ("budget", json!({ "text": "不超过100万元", "yuan": 1e6 })),
        ("start", json!("2027-01")),
        ("finish", json!("2027-06-30")),
        ("maturity", json!("g2")),
        ("goal", json!("smart_advanced")),
        ("partner", json!(["vendor"])),
        ("hard", json!(["deployment", "budget", "finish"])),
        ("consent", json!(true)),
        ("expires", json!("2027-03-31")),
    ] {
        assert_eq!(record[field], expected, "{field}");
    }

    let home = ask("get_need", json!({ "ref": NEED }))["form"].clone();
    let there = ask("get_need", json!({ "ref": published }))["form"].clone();
    for (field, value) in home.as_object().unwrap() {
        assert_eq!(there[field], *value, "{field}");
    }
    let matched = |need: &Value| {
        let request = json!({
            "need": need, "target": "solutions", "limit": 20, "preset": "balanced", "weights": {}, "assume": [],
        });
        ask("match_need", request)
    };
    let (own, public) = (matched(&home), matched(&there));
    assert_eq!(own, public);
    let refs = |list: &Value| -> Vec<String> {
        let hits = list.as_array().unwrap().iter();
        let refs = hits.filter_map(|hit| hit["ref"].as_str());
        let ours = refs.filter(|reference| reference.starts_with("fixture/"));
        ours.map(str::to_owned).collect()
    };
    assert_eq!(refs(&public["hits"]), ["fixture/solution/fits"]);
    assert_eq!(refs(&public["near"]), ["fixture/solution/cloud"]);
    // A notice that states no condition vetoes nothing.
    let mut wish = there.clone();
    wish["deployment"]["strength"] = json!("soft");
    assert_eq!(refs(&matched(&wish)["near"]), [""; 0]);
    app.close();

    let shown = place.ok("provider", &format!("show {published}"));
    for said in [
        "允许的部署方式: 私有化",
        "数据敏感程度: 重要数据",
        "目标等级: 先进级",
        "硬性条件: 部署方式",
        "授权公开: 是",
        "需求有效期至: 2027-03-31",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
}
