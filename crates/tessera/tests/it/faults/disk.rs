//! A disk that is full, of the file and of a server.

use super::{limited, sells, shop, status, turns, verify};
use crate::process::Server;
use serde_json::json;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use testkit::{Db, Kind};

/// A file system of its own that is soon full; where none may be mounted, a limit on the size of files stands in.
enum Small {
    Mount(tempfile::TempDir),
    Limit(tempfile::TempDir),
}

impl Small {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"]);
        let mounted = mount.arg(folder.path()).stderr(Stdio::null()).status();
        if mounted.is_ok_and(|status| status.success()) {
            Self::Mount(folder)
        } else {
            Self::Limit(folder)
        }
    }

    fn path(&self) -> &Path {
        let (Self::Mount(folder) | Self::Limit(folder)) = self;
        folder.path()
    }

    fn limit(&self) -> &'static str {
        match self {
            Self::Mount(_) => "true",
            Self::Limit(_) => "trap '' XFSZ; ulimit -S -f 30000",
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        if let Self::Mount(folder) = self {
            let _ = Command::new("umount").arg("-l").arg(folder.path()).status();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_forgotten_when_there_is_room() {
    let (folder, small) = (tempfile::tempdir().expect("a folder"), Small::new());
    let url = format!("sqlite://{}", small.path().join("t.db").display());
    let server = limited(folder.path(), small.limit(), &url).await;
    full_and_well_again(server, &small).await;
}

/// A full log of the server's stops all of it, and it starts by itself again; here its log has room and its tables have not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_of_a_server_is_told_and_forgotten_when_there_is_room() {
    let (db, small) = (Db::new(Kind::Postgres), Small::new());
    if let Small::Limit(_) = small {
        eprintln!("skipped: no file system may be mounted here");
        return;
    }
    let server = db.postgres().expect("a server");
    let place = small.path().join("space");
    fs::create_dir(&place).expect("a folder");
    let owner = fs::metadata(server.directory()).expect("the server's folder");
    for path in [small.path(), &place] {
        chown(path, Some(owner.uid()), Some(owner.gid())).expect("it is the server's");
    }
    let space = format!("CREATE TABLESPACE small LOCATION '{}'", place.display());
    server.sql(&space).expect("a place for tables");
    server.sql("CREATE DATABASE shop TABLESPACE small").expect("a database");
    let url = db.url().rsplit_once('/').expect("an address").0;
    let shop = limited(db.folder(), "true", &format!("{url}/shop")).await;
    full_and_well_again(shop, &small).await;
    server.sql("DROP DATABASE shop WITH (FORCE)").expect("the database goes before its disk");
}

/// Fills what is left, looks at what is said of it, and makes room.
async fn full_and_well_again(server: Server, small: &Small) {
    let (shop, sku) = shop(&server).await;
    let ballast = small.path().join("ballast");
    if let Small::Mount(_) = small {
        // To the last byte.
        let _ = fs::write(&ballast, vec![7; 65 << 20]);
    }
    let fill = async {
        let mut n = 0;
        while status(&server, "/readyz").await == 200 {
            let body = json!({
                "buyer": { "external_id": format!("b{n}") },
                "amount": { "amount": 1, "currency": "CNY" }
            });
            shop.post("/v1/wallet-credits", &body).await;
            n += 1;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), fill).await.expect("the disk is full");
    // Also when nobody asks for anything that needs room.
    for _ in 0..3 {
        let answer = reqwest::get(format!("{}/readyz", server.url())).await.expect("an answer");
        let said: serde_json::Value = answer.json().await.expect("JSON");
        let why = said["why"][0].as_str().unwrap_or_else(|| panic!("it is full: {said}"));
        assert!(["disk_full", "disk_error"].contains(&why), "{said}");
        tokio::time::sleep(Duration::from_millis(900)).await;
    }
    // One that finds room on a page that is there is made.
    let order = shop.order(&sku, 1, "buyer").await;
    assert!([201, 503].contains(&order.status), "{}", order.text);
    assert_eq!(status(&server, "/readyz?for=reads").await, 200);
    assert_eq!(status(&server, "/healthz").await, 200, "a restart makes no room");
    if let Small::Mount(_) = small {
        fs::remove_file(&ballast).expect("there is room again");
    } else {
        let pid = server.pid().to_string();
        let raised = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status();
        assert!(raised.expect("prlimit runs").success());
    }
    turns(&server, 200, Duration::from_secs(5)).await;
    sells(&shop, &sku).await;
    let url = server.ready["database_url"].as_str().expect("a database").to_owned();
    server.stop().await;
    verify(&url);
}
