//! `tessera config` against a server of either engine: a shop as files, compared, carried elsewhere, and never half.

mod folder;
mod refused;
mod sells;

use crate::process::{printed, tessera};
use folder::{Folder, tree};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(
    what_is_exported_makes_the_same_elsewhere,
    what_went_away_comes_back,
    what_diff_says_is_what_apply_does,
    what_the_folder_lacks_stays_unless_it_is_pruned,
);

/// A server and the key of a merchant who has nothing yet.
pub struct Shop {
    pub db: Db,
    pub app: App,
    pub caller: Caller,
}

impl Shop {
    pub async fn new(kind: Kind) -> Self {
        let db = Db::new(kind);
        let app = App::start(&db).await;
        let caller = app.merchant("店").await;
        Self { db, app, caller }
    }

    pub async fn made(&self, plural: &str, body: &Value) -> String {
        let made = self.caller.post(&format!("/v1/{plural}"), body).await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.json["id"].as_str().expect("an id").to_owned()
    }

    pub async fn edit(&self, path: &str, body: &Value) {
        let edit = self.caller.request(Method::PATCH, &format!("/v1/{path}")).json(body);
        let edited = self.caller.send(edit).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
    }

    /// Places and offers, of which one is archived; the ids of a place and an offer.
    pub async fn configured(&self) -> (String, String) {
        let place = json!({ "code": "P-1", "name": "徐家汇\"店\"", "seats": 40 });
        let place = self.made("sample_places", &place).await;
        let other =
            self.made("sample_places", &json!({ "code": "P-2", "name": "人民广场店" })).await;
        let gone = self.made("sample_places", &json!({ "code": "P-3", "name": "旧店" })).await;
        let archived =
            self.caller.post(&format!("/v1/sample_places/{gone}/archive"), &json!({})).await;
        assert_eq!(archived.status, 200, "{}", archived.text);
        let secret = "TSR-planted-secret-WXYZ";
        let offer = json!({ "name": "八折", "place": place, "percent": 20, "secret": secret });
        let offer = self.made("sample_offers", &offer).await;
        self.made("sample_offers", &json!({ "name": "九折", "place": other, "percent": 10 })).await;
        let name = "周一盘点，\\n 是两个字符";
        self.made("sample_places", &json!({ "code": "P-4", "name": name })).await;
        (place, offer)
    }

    /// Runs the command as a merchant; gives its exit code and all that it printed.
    pub fn run_as(&self, caller: &Caller, args: &[&str], dir: &Path) -> (i32, String) {
        let mut command = tessera(&["config"]);
        command.args(args).args(["--url", self.app.url()]).arg(dir);
        let command = command.env("TESSERA_KEY", &caller.key);
        let output = tokio::task::block_in_place(|| command.output()).expect("it runs");
        let (out, err) = printed(&output);
        assert!(!format!("{out}{err}").contains(&caller.key), "the key is told");
        (output.status.code().expect("it ends by itself"), format!("{out}{err}"))
    }

    pub fn run(&self, args: &[&str], dir: &Path) -> (i32, String) {
        self.run_as(&self.caller, args, dir)
    }

    /// The same where it must succeed.
    pub fn good(&self, args: &[&str], dir: &Path) -> String {
        let (code, said) = self.run(args, dir);
        assert_eq!(code, 0, "{args:?}: {said}");
        said
    }

    pub async fn end(self) {
        self.app.stop().await;
        self.db.assert_sound().await;
    }
}

async fn what_is_exported_makes_the_same_elsewhere(kind: Kind) {
    let here = Shop::new(kind).await;
    let (place, offer) = here.configured().await;
    let first = Folder::new();
    let said = here.good(&["export"], first.path());
    assert!(said.contains("5 resources"), "{said}");
    let files = tree(first.path());
    assert_eq!(files.len(), 5, "what is archived is in no file: {:?}", files.keys());
    let text = &files[&format!("sample_places/{place}.toml")];
    let expected =
        format!("id = \"{place}\"\nshape = 1\ncode = \"P-1\"\nname = '徐家汇\"店\"'\nseats = 40\n");
    assert_eq!(text, &expected);
    let text = &files[&format!("sample_offers/{offer}.toml")];
    assert!(text.contains("shape = 2") && !text.contains("secret"), "{text}");
    assert!(files.values().all(|text| !text.contains("version") && !text.contains("_at")));
    here.good(&["export"], first.path());
    assert_eq!(tree(first.path()), files, "again, it is the same");

    let there = Shop::new(kind).await;
    let (code, said) = there.run(&["diff"], first.path());
    assert_eq!(code, 2, "{said}");
    let said = there.good(&["apply"], first.path());
    assert!(said.contains("5 created, 0 edited"), "{said}");
    let named = format!("! sample_offers/{offer}.toml: no file holds secrets; set secret there");
    assert!(said.contains(&named), "{said}");
    let second = Folder::new();
    there.good(&["export"], second.path());
    assert_eq!(tree(second.path()), files, "byte for byte");
    let before = there.db.rows().await;
    for command in ["apply", "diff"] {
        let said = there.good(&[command], first.path());
        assert!(said.contains("Nothing to change: 5 files"), "{said}");
    }
    assert_eq!(there.db.rows().await, before, "applying it twice does nothing");
    // The secret that somebody sets there stays.
    there
        .edit(&format!("sample_offers/{offer}"), &json!({ "secret": "TSR-planted-secret-QRST" }))
        .await;
    there.edit(&format!("sample_offers/{offer}"), &json!({ "percent": 5 })).await;
    assert!(there.good(&["apply"], first.path()).contains("percent: 5 -> 20"));
    let read = there.caller.get(&format!("/v1/sample_offers/{offer}")).await;
    assert_eq!(read.json["secret"], json!({ "hint": "QRST" }), "{}", read.text);
    here.end().await;
    there.end().await;
}

async fn what_went_away_comes_back(kind: Kind) {
    let shop = Shop::new(kind).await;
    shop.configured().await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    let files = tree(folder.path());
    let empty = Folder::new();
    let said = shop.good(&["apply", "--prune"], empty.path());
    assert!(said.contains("5 archived"), "{said}");
    shop.good(&["export"], empty.path());
    assert!(tree(empty.path()).is_empty(), "all is gone");
    let said = shop.good(&["apply"], folder.path());
    assert!(said.contains("0 created, 0 edited, 5 restored"), "{said}");
    shop.good(&["export"], empty.path());
    assert_eq!(tree(empty.path()), files);
    shop.end().await;
}

async fn what_diff_says_is_what_apply_does(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (place, offer) = shop.configured().await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    // The two places change their codes, the offer moves to a place that a file under a name of its own makes, which an
    // offer refers to whose file comes first.
    let [_, other, _] = folder.ids("sample_places");
    folder.replace(&format!("sample_places/{place}.toml"), "\"P-1\"", "\"P-2\"");
    folder.replace(&format!("sample_places/{other}.toml"), "\"P-2\"", "\"P-1\"");
    let new = format!("spl_{:026}", 7);
    folder.write(
        "sample_places/zz-new.toml",
        &format!("id = \"{new}\"\ncode = \"P-3\"\nname = \"新店\"\nseats = 2\n"),
    );
    folder.replace(&format!("sample_offers/{offer}.toml"), &place, &new);
    let before = shop.db.rows().await;
    let (code, told) = shop.run(&["diff"], folder.path());
    assert_eq!(code, 2, "{told}");
    for line in [
        &format!("~ sample_places/{place}.toml  edited\n    code: \"P-1\" -> \"P-2\"\n"),
        &format!("+ sample_places/zz-new.toml {new}  new\n    code = \"P-3\"\n"),
        &format!("    place: \"{place}\" -> \"{new}\"\n"),
        "To do: 1 created, 3 edited, 0 restored, 0 archived.",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    assert_eq!(shop.db.rows().await, before, "nothing was changed");
    let done = shop.good(&["apply"], folder.path());
    assert_eq!(done.replace("Done:", "To do:"), told, "what was told was done");
    shop.good(&["diff"], folder.path());
    shop.good(&["export"], folder.path());
    assert!(
        tree(folder.path()).contains_key("sample_places/zz-new.toml"),
        "the file keeps its name"
    );
    shop.good(&["diff"], folder.path());
    shop.end().await;
}

async fn what_the_folder_lacks_stays_unless_it_is_pruned(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (place, offer) = shop.configured().await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    folder.remove(&format!("sample_places/{place}.toml"));
    let said = shop.good(&["apply"], folder.path());
    assert!(said.contains("1 are there that no file names; they stay"), "{said}");
    let (code, said) = shop.run(&["apply", "--prune"], folder.path());
    assert_eq!(code, 1, "{said}");
    let told = format!("sample_places {place}: {offer} refers to it (sample_offers.place)");
    assert!(said.contains(&told), "{said}");
    folder.remove(&format!("sample_offers/{offer}.toml"));
    let (code, said) = shop.run(&["diff", "--prune"], folder.path());
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(&format!("- sample_places {place}  archived")), "{said}");
    let said = shop.good(&["apply", "--prune"], folder.path());
    assert!(said.contains("2 archived"), "{said}");
    shop.good(&["apply", "--prune"], folder.path());
    shop.end().await;
}
