//! What the screens of the tour show: needs, own records, lists and feeds. All of it is invented, and says so.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::SyncRequest;
use atlas_core::api::{self, App};
use serde_json::{Value, json};

use super::first;
use crate::feed::Feed;
use crate::fixtures::{clock, record};
use crate::window::Window;

/// The reference of a need of the tour.
pub(super) fn need(number: u8) -> String {
    format!("own/need/00000000-0000-4000-8000-00000000000{number}")
}

/// Writes down some needs, so that the screens of the work have something to show. They are invented, and say so.
pub(super) fn write_needs(window: &Window) {
    let edit = |edit: Value| window.mutate("transact", &edit);
    let letter = "产线外观缺陷在线检测（仅供测试）\n我们厂在苏州，生产电子元器件，想用机器视觉自动识别划伤和异物。\
        数据不能出厂，必须私有化部署。预算200万元以内。";
    let read = window.query("read_need", &json!({ "text": letter }));
    let mut form = read["need"].clone();
    form["enterprise"] = json!("示例电子有限公司（仅供测试）");
    form["masked"] = json!(true);
    edit(json!({ "edit": "save_need", "ref": need(1), "form": form, "text": letter }));
    for (number, title, status, reason) in [
        (2, "空压机预测性维护（仅供测试）", "contact", ""),
        (3, "仓库盘点（仅供测试）", "dropped", "预算取消"),
    ] {
        let form = json!({ "title": title, "problem": "减少停机，提高效率。" });
        edit(json!({ "edit": "save_need", "ref": need(number), "form": form, "text": "" }));
        edit(
            json!({ "edit": "set_need_status", "ref": need(number), "status": status, "reason": reason }),
        );
    }
    edit(
        json!({ "edit": "note_need", "ref": need(1), "note": "先约现场看产线", "next": "2026-12-03" }),
    );
    let listed = first(window, "kind:solution 检测");
    edit(json!({ "edit": "shortlist", "need": need(1), "ref": listed, "note": "可演示" }));
}

/// The reference of an own record of the tour.
pub(super) fn own(kind: &str, number: u8) -> String {
    format!("own/{kind}/00000000-0000-4000-8000-00000000010{number}")
}

/// Lists a provider with a solution, keeps a draft, removes one and corrects one. They are invented, and say so.
pub(super) fn write_own(window: &Window) {
    let edit = |edit: Value| window.mutate("transact", &edit);
    let (firm, offer, removed) = (own("provider", 1), own("solution", 2), own("provider", 3));
    let listed = |reference: &str, name: &str, fields: Value| {
        let mut parts = reference.split('/').skip(1);
        let (kind, id) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let mut document = record(kind, id, name, fields);
        document["sources"] = json!([]);
        json!([reference, document.to_string()])
    };
    let records = [
        listed(
            &firm,
            "示例视觉科技有限公司（仅供测试）",
            json!({ "industry": ["electronics"], "region": ["32"] }),
        ),
        listed(
            &offer,
            "面板外观在线检测方案（仅供测试）",
            json!({
                "summary": { "zh": "用机器视觉识别划伤、气泡和异物。" }, "price": "120万元", "technique": ["vision"],
                "links": [{ "rel": "provided_by", "to": firm }],
                "outcomes": [{ "metric": "检出率", "value": "99.2%", "baseline": "95%", "sources": [] }],
                "notes": [{ "zh": "可到现场试用（仅供测试）", "en": "On-site trial (test only)" }, { "zh": "另有样机" }],
                "contact": { "person": "示例联系人", "phone": "13800138000",
                             "consent": { "date": "2026-03-02", "source": "官网“联系我们”页" } },
            }),
        ),
        listed(&removed, "示例集成商（仅供测试）", json!({})),
    ];
    edit(json!({ "edit": "save_records", "records": records }));
    edit(json!({ "edit": "move_to_trash", "refs": [removed] }));
    let draft = json!({ "name": { "zh": "写到一半（仅供测试）" }, "credit_code": "9135", "website": "不是网址" });
    edit(json!({ "edit": "save_draft", "ref": own("provider", 4), "document": draft }));
    let overlay = json!({
        "corrections": [{ "field": "website", "original": null, "value": "https://example.org/" }], "note": "已电话核实",
    });
    edit(
        json!({ "edit": "save_overlay", "ref": first(window, "kind:case 质检"), "overlay": overlay }),
    );
}

/// The list of the tour.
pub(super) const LIST: &str = "00000000-0000-4000-8000-000000000009";

/// Keeps some records in every way there is.
pub(super) fn keep(window: &Window) {
    let edit = |edit: Value| window.mutate("transact", &edit);
    let refs = [
        first(window, "kind:case 质检"),
        first(window, "kind:case 排产"),
    ];
    let note =
        "**先约现场**，再看[公告](https://example.org/notice)。\n\n- [x] 问过产线\n- [ ] 报价\n";
    edit(
        json!({ "edit": "save_list", "list": LIST, "name": "重点跟进（仅供测试）", "note": note }),
    );
    edit(json!({ "edit": "add_members", "list": LIST, "refs": refs }));
    edit(json!({ "edit": "set_tags", "refs": refs, "add": ["重点", "质检"], "remove": [] }));
    edit(json!({ "edit": "set_note", "ref": refs[0], "note": note }));
    edit(json!({ "edit": "set_tray", "refs": refs }));
    edit(json!({ "edit": "set_recent", "refs": refs }));
    let request = json!({ "text": "地区:江苏", "filters": { "kind": ["case"] } });
    edit(
        json!({ "edit": "save_search", "search": LIST, "name": "江苏案例", "request": request, "seen": "" }),
    );
    window.mutate("make_backup", &json!({}));
}

/// A provider with a contact, corrected once and confirmed once. It is invented, and says so.
fn vouched() -> Value {
    record(
        "provider",
        "p",
        "示例服务商（仅供测试）",
        json!({
            "city": "无锡市",
            "contact": {
                "person": "测试员", "phone": "13800138000", "email": "info@example.org",
                "consent": { "date": "2026-09-01", "source": "s1" },
            },
            "history": [
                { "date": "2026-10-08", "by": "示例编辑部", "source": "s1",
                  "set": { "city": "无锡市", "summary": { "zh": "示例简介，已改。" } },
                  "former": { "city": "苏州市", "summary": null } },
                { "date": "2026-11-02", "by": "示例编辑部", "source": "s1" },
            ],
        }),
    )
}

/// A table of needs that an import asks about at every step: values that nobody knows, a column for no field, a need that
/// is there already, and rows with errors. It is invented, and says so.
const TABLE: &str = "需求名称,问题描述,所属行业,地区,预算,截止日期,内部编号
仓库盘点（仅供测试）,减少停机，提高效率。,电子,江苏,50万元,2027-03-01,N-1
涂胶质量检测（仅供测试）,靠人工看，漏检多。,造船那一行,苏北一带,一大笔钱,2027年6月,N-2
排产（仅供测试）,换产慢。,汽车制造业,安徽,1.2亿元,明年夏天,N-3
,没有名称的一行。,汽车制造业,安徽,30万,2027/5/8,N-4
";

/// Gives a data folder a table, which is what the user picks wherever a file is asked for.
pub fn lay_table(folder: &Path) {
    let table = folder.join("needs.csv");
    let picked = folder.join("picked.txt");
    fs::write(&table, TABLE)
        .and_then(|()| fs::write(picked, table.to_string_lossy().as_bytes()))
        .expect("the folder can be written");
}

/// Gives a data folder feeds in several states, news, and a table to import; the folders that feeds came from need not
/// stay. Nothing is checked by itself afterwards, so that what is shown stays as it is.
pub fn prepare(folder: &Path) {
    lay_table(folder);
    let app = App::new(folder.to_owned(), clock);
    let go_on = &mut |_| ControlFlow::Continue(());
    app.open(go_on).expect("the folder can be opened");
    let change = |name: &str, request: &Value| {
        api::mutate(&app, name, request.clone()).expect("a change that fits");
    };
    change(
        "transact",
        &json!({ "edit": "set_setting", "key": "auto_check", "value": false }),
    );
    let city = |id: &str, city: &str| {
        record(
            "case",
            id,
            &format!("示例案例 {id}（仅供测试）"),
            json!({ "city": city }),
        )
    };
    let add = |feed: &Feed| {
        change(
            "add_feed",
            &json!({ "base": feed.base(), "fingerprint": feed.fingerprint() }),
        );
    };
    let sync = |feed: &str| {
        let request = SyncRequest {
            feeds: vec![feed.to_owned()],
        };
        app.sync(&request, &mut |_| ControlFlow::Continue(()))
            .expect("a sync ends");
    };
    let mut feeds: Vec<Feed> = ["north", "east", "south", "west"]
        .into_iter()
        .zip(1..)
        .map(|(id, series)| Feed::with(id, series, &[city("a", "苏州市"), city("b", "合肥市")]))
        .collect();
    let mut twin = city("a", "苏州市");
    twin["same_as"] = json!(["north/case/a"]);
    feeds[1].put(&twin);
    feeds[1].publish();
    feeds.iter().for_each(&add);
    for id in ["north", "east", "south"] {
        sync(id);
    }
    let north = &mut feeds[0];
    north.put(&city("a", "无锡市"));
    north.put(&city("c", "青岛市"));
    north.put(&vouched());
    north.remove("case", "b");
    north.publish();
    sync("north");
    feeds[1].remove_file("tuf/timestamp.json");
    sync("east");
    feeds[2].write("tuf/timestamp.json", b"<html>");
    sync("south");
}
