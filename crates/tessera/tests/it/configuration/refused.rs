//! What is refused changes nothing, and names file, field and cure.

use super::Shop;
use super::folder::Folder;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use testkit::{Caller, Kind, on_both};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

on_both!(
    half_of_a_bad_folder_is_never_applied,
    files_that_are_none_are_named,
    what_moved_meanwhile_is_not_overwritten,
    a_key_is_wanted_and_may_lie_in_a_file,
);

async fn half_of_a_bad_folder_is_never_applied(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (place, offer) = shop.configured().await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    let file = format!("sample_offers/{offer}.toml");
    folder.replace(&format!("sample_places/{place}.toml"), "seats = 40", "seats = 41");
    let before = shop.db.rows().await;
    for (old, new, told) in [
        (
            "percent = 20",
            "percent = 99",
            "percent: expected a whole number from 1 to 90 at this place".to_owned(),
        ),
        ("percent = 20", "percent = \"x\"", "percent: expected a whole number".to_owned()),
        (
            "percent = 20",
            "percent = 20\ncolour = 1",
            "colour: is not known here; remove it".to_owned(),
        ),
        ("percent = 20", "", "percent: is required".to_owned()),
        ("shape = 2", "shape = 3", "shape: this program knows the shapes 1 to 2".to_owned()),
        ("percent = 20", "percent = 20\nsecret = 7", "secret: ".to_owned()),
        (
            &place,
            &format!("spl_{:026}", 9),
            "place: there is none of this id, or it is archived".to_owned(),
        ),
    ] {
        folder.replace(&file, old, new);
        for command in ["diff", "apply"] {
            let (code, said) = shop.run(&[command], folder.path());
            assert_eq!(code, 1, "{said}");
            let told = format!("refused (nothing was changed): {file}: {told}");
            assert!(said.contains(&told), "{told} in {said}");
        }
        shop.good(&["export"], Folder::new().path());
        assert_eq!(shop.db.rows().await, before);
        folder.remove(&file);
        // The file as it was.
        let whole = Folder::new();
        shop.good(&["export"], whole.path());
        folder.write(&file, &super::tree(whole.path())[&file]);
    }
    shop.end().await;
}

async fn files_that_are_none_are_named(kind: Kind) {
    let shop = Shop::new(kind).await;
    let id = |n: usize| format!("id = \"spl_{n:026}\"\n");
    let good = format!("{}code = \"A\"\nname = \"B\"\n", id(1));
    for (name, text, told) in [
        (
            "sample_places/a.toml",
            "code = \"A\"".to_owned(),
            "sample_places/a.toml: id: is required",
        ),
        (
            "sample_places/a.toml",
            "id = \"smo_1\"".to_owned(),
            "sample_places/a.toml: id: expected one that starts with `spl_`",
        ),
        (
            "sample_places/a.toml",
            "id = ".to_owned(),
            "sample_places/a.toml: TOML parse error at line 1",
        ),
        (
            "sample_places/b.toml",
            good.clone(),
            "sample_places/b.toml: id: sample_places/a.toml names",
        ),
        (
            "sample_plaices/b.toml",
            good.clone(),
            "sample_plaices: this server has no kind with such a folder; it has ",
        ),
        ("b.toml", good.clone(), "b.toml: lies in no folder of a kind"),
    ] {
        let folder = Folder::new();
        folder.write("README.md", "not ours");
        folder.write(".git/config.toml", "not ours");
        folder.write("sample_places/notes.txt", "not ours");
        folder.write("sample_places/a.toml", &good);
        folder.write(name, &text);
        for command in ["diff", "apply"] {
            let (code, said) = shop.run(&[command], folder.path());
            assert!(code == 1 && said.contains(told), "{told} in {said}");
        }
    }
    let (code, said) = shop.run(&["apply"], &Folder::new().path().join("nowhere"));
    assert!(code == 1 && said.contains("cannot read "), "{said}");
    assert_eq!(shop.caller.get("/v1/sample_places").await.json["data"], json!([]));
    shop.end().await;
}

/// Somebody else edits between the look and the act: a server in between lets him.
async fn what_moved_meanwhile_is_not_overwritten(kind: Kind) {
    let shop = Shop::new(kind).await;
    let (place, offer) = shop.configured().await;
    let folder = Folder::new();
    shop.good(&["export"], folder.path());
    folder.replace(&format!("sample_places/{place}.toml"), "P-1", "P-9");
    folder.replace(&format!("sample_offers/{offer}.toml"), "percent = 20", "percent = 30");
    let other = shop.caller.clone();
    let path = format!("/v1/sample_offers/{offer}");
    let between = Between { to: shop.app.url().to_owned(), other, path };
    let url = between.listen().await;
    let mut command = crate::process::tessera(&["config", "apply", "--url", &url]);
    let output = command.arg(folder.path()).env("TESSERA_KEY", &shop.caller.key);
    let output = tokio::task::block_in_place(|| output.output()).expect("it runs");
    let (out, err) = crate::process::printed(&output);
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    let told = format!(
        "sample_offers/{offer}.toml: it has version \"2\" now; read it again; somebody changed it meanwhile"
    );
    assert!(err.contains(&told), "{told} in {out}{err}");
    let read = shop.caller.get(&format!("/v1/sample_offers/{offer}")).await;
    assert_eq!((&read.json["name"], &read.json["percent"]), (&json!("meanwhile"), &json!(20)));
    let read = shop.caller.get(&format!("/v1/sample_places/{place}")).await;
    assert_eq!(read.json["code"], "P-1", "the rest of it was not done either: {}", read.text);
    let (code, said) = shop.run(&["diff"], folder.path());
    assert!(code == 2 && said.contains("name: \"meanwhile\" -> \"八折\""), "{said}");
    shop.good(&["apply"], folder.path());
    shop.end().await;
}

/// A server that passes on what it hears, and edits something before it passes on the act.
struct Between {
    to: String,
    other: Caller,
    path: String,
}

impl Between {
    async fn listen(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let between = Arc::new(self);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&between).pass(stream));
            }
        });
        url
    }

    async fn pass(self: Arc<Self>, mut caller: TcpStream) {
        let to: SocketAddr = self.to.trim_start_matches("http://").parse().expect("an address");
        let mut server = TcpStream::connect(to).await.expect("the server");
        let (mut said, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        loop {
            tokio::select! {
                read = caller.read(&mut said) => match read {
                    Ok(n @ 1..) => {
                        if said[..n].starts_with(b"POST /v1/resources/apply") {
                            let edit = self.other.request(reqwest::Method::PATCH, &self.path);
                            let edited = self.other.send(edit.json(&json!({ "name": "meanwhile" }))).await;
                            assert_eq!(edited.status, 200, "{}", edited.text);
                        }
                        server.write_all(&said[..n]).await.expect("the server takes it");
                    }
                    _ => return,
                },
                read = server.read(&mut answered) => match read {
                    Ok(n @ 1..) => caller.write_all(&answered[..n]).await.expect("the caller takes it"),
                    _ => return,
                },
            }
        }
    }
}

async fn a_key_is_wanted_and_may_lie_in_a_file(kind: Kind) {
    let shop = Shop::new(kind).await;
    let folder = Folder::new();
    let command = |args: &[&str]| {
        let mut command = crate::process::tessera(&["config", "export", "--url", shop.app.url()]);
        let output = command.args(args).arg(folder.path()).output().expect("it runs");
        (output.status.success(), crate::process::printed(&output).1)
    };
    let (good, said) = command(&[]);
    assert!(!good && said.contains("give --key-file FILE, or set TESSERA_KEY"), "{said}");
    folder.write("the.key", &format!("{}\n", shop.caller.key));
    let file = folder.path().join("the.key");
    let (good, said) = command(&["--key-file", file.to_str().expect("UTF-8")]);
    assert!(good, "{said}");
    folder.write("the.key", "sk_test_wrong");
    let (good, said) = command(&["--key-file", file.to_str().expect("UTF-8")]);
    assert!(!good && said.contains("401") && !said.contains("sk_test_wrong"), "{said}");
    shop.end().await;
}
