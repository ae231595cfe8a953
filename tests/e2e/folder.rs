//! One folder, two programs.

use serde_json::json;
use tests::process::until;
use tests::tour::{first, titles};
use tests::window::{Start, Window};

use crate::filled;

#[test]
fn a_second_window_says_that_the_folder_is_in_use_and_harms_nothing() {
    let folder = filled("second");
    let one = Window::ready(&Start::on(&folder));
    let two = Window::open(&Start::on(&folder));
    two.sees("数据文件夹正被占用");
    two.sees(&folder.to_string_lossy());

    // The first window reads and writes as before.
    let reference = first(&one, "kind:case 质检");
    one.mutate(
        "transact",
        &json!({ "edit": "add_favourite", "ref": reference }),
    );
    one.go("/favourites");
    until("the favourite", || {
        (titles(&one).len() + one.page.all("#main a[href*=record]").len() > 0).then_some(())
    });
    one.close();

    // Once the first is gone the second can have the folder, without being started anew.
    until("the folder", || {
        two.page
            .all("main [role=alert] button")
            .first()
            .and_then(|retry| two.page.click(retry).ok());
        two.page.all("header .state").pop()
    });
    let favourites = two.query("list_favourites", &json!({}));
    assert_eq!(
        favourites[0]["row"]["ref"],
        json!(reference),
        "{favourites}"
    );
    two.close();
}
