//! Faults that only a whole process meets: its log, its limits, its files, its end.

mod disk;

use crate::process::{Server, arg, printed, program, run, tessera};
use serde_json::json;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind, on_both};

on_both!(
    a_log_that_nobody_reads_stops_nothing,
    an_end_comes_soon_after_the_database_answers,
    serve_makes_no_shop_unless_told,
);

const POLL: Duration = Duration::from_millis(20);

/// A shop of the demo that sells.
async fn shop(server: &Server) -> (Caller, String) {
    let shop = server.new_merchant().await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "P", 100).await;
    shop.credit("buyer", 1_000_000).await;
    sells(&shop, &sku).await;
    (shop, sku)
}

async fn sells(shop: &Caller, sku: &str) {
    let order = shop.order(sku, 1, "buyer").await;
    assert_eq!((order.status, &order.json["state"]), (201, &json!("delivered")), "{}", order.text);
}

async fn status(server: &Server, path: &str) -> u16 {
    let answer = reqwest::get(format!("{}{path}", server.url())).await.expect("an answer");
    answer.status().as_u16()
}

async fn turns(server: &Server, wanted: u16, within: Duration) {
    let begun = Instant::now();
    while status(server, "/readyz").await != wanted {
        assert!(begun.elapsed() < within, "/readyz does not turn {wanted}");
        tokio::time::sleep(POLL).await;
    }
}

/// Locks the database from outside.
async fn lock(db: &Db) -> store::seam::Conn {
    let mut conn = store::connect(&db.settings()).await.expect("a connection");
    let lock = match db.kind {
        Kind::Sqlite => "BEGIN IMMEDIATE",
        Kind::Postgres => {
            "SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE journal_heads, pulses"
        }
    };
    conn.raw(lock).await.expect("the lock");
    conn
}

fn verify(url: &str) {
    let output = run(&["verify", "--database", url]);
    assert!(output.status.success(), "{:?}", printed(&output));
}

async fn a_log_that_nobody_reads_stops_nothing(kind: Kind) {
    let db = Db::new(kind);
    let (data, pipe) = (db.folder().join("data"), db.folder().join("pipe"));
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let reader = File::options().read(true).write(true).open(&pipe).expect("a reader");
    let log = File::options().write(true).open(&pipe).expect("the pipe");
    let mut command = tessera(&["demo", "--data", arg(&data), "--database", db.url()]);
    command.args(["--listen", "127.0.0.1:0"]);
    let mut server = Server::spawn_logging(db.folder(), &mut command, Stdio::from(log)).await;
    let (shop, sku) = shop(&server).await;

    drop(reader);
    let mut locked = lock(&db).await;
    turns(&server, 503, Duration::from_secs(3)).await;
    // Long enough for the wait to be told of.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    locked.raw("ROLLBACK").await.expect("the lock ends");
    locked.close().await;
    turns(&server, 200, Duration::from_secs(5)).await;
    sells(&shop, &sku).await;
    assert_eq!(status(&server, "/healthz").await, 200);
    server.terminate();
    let ended = server.ended().await;
    assert!(ended.success(), "the end was not orderly: {ended}");
    verify(db.url());
}

async fn an_end_comes_soon_after_the_database_answers(kind: Kind) {
    let db = Db::new(kind);
    let data = db.folder().join("data");
    let args = ["demo", "--data", arg(&data), "--database", db.url()];
    let mut server = Server::start(db.folder(), &args).await;
    let (shop, sku) = shop(&server).await;
    let mut locked = lock(&db).await;
    let order = tokio::spawn({
        let (shop, sku) = (shop.clone(), sku.clone());
        async move { shop.order(&sku, 1, "buyer").await }
    });
    turns(&server, 503, Duration::from_secs(3)).await;
    server.terminate();
    tokio::time::sleep(Duration::from_secs(1)).await;
    locked.raw("ROLLBACK").await.expect("the lock ends");
    locked.close().await;
    let begun = Instant::now();
    let ended = server.ended().await;
    let took = begun.elapsed();
    assert!(ended.success() && took < Duration::from_secs(5), "{ended} after {took:?}");
    let order = order.await.expect("an answer");
    assert_eq!(order.status, 201, "what was accepted is finished: {}", order.text);
    verify(db.url());
}

/// Runs a command that must refuse; gives its complaint.
fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(1), "it did not refuse: {output:?}");
    printed(&output).1
}

fn key_file(folder: &Path) -> String {
    let path = folder.join("the.key");
    vault::MasterKey::read_or_create_file(&path).expect("a master key");
    arg(&path).to_owned()
}

async fn serve_makes_no_shop_unless_told(kind: Kind) {
    let db = Db::new(kind);
    let key = key_file(db.folder());
    let base =
        ["serve", "--database", db.url(), "--master-key-file", &key, "--listen", "127.0.0.1:0"];
    let base = if kind == Kind::Postgres {
        [&base[..], &["--allow-fsync-off"]].concat()
    } else {
        base.to_vec()
    };
    let complaint = refused(&base);
    assert!(complaint.contains("--create"), "{complaint}");
    let path = db.url().trim_start_matches("sqlite://");
    if kind == Kind::Sqlite {
        assert!(!Path::new(path).exists(), "a mistyped path makes nothing");
        File::create(path).expect("an empty file");
        let complaint = refused(&base);
        assert!(complaint.contains("--create"), "{complaint}");
    }
    for _ in 0..2 {
        let args = [&base[..5], &["--create"], &base[7..]].concat();
        Server::start(db.folder(), &args).await.stop().await;
    }
    let args = [&base[..5], &base[7..]].concat();
    Server::start(db.folder(), &args).await.stop().await;
    verify(db.url());
}

#[test]
fn a_shop_in_memory_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = key_file(folder.path());
    for url in ["sqlite::memory:", "sqlite://:memory:", "sqlite://x?mode=memory", "sqlite://"] {
        let complaint =
            refused(&["serve", "--create", "--database", url, "--master-key-file", &key]);
        assert!(complaint.contains("database address"), "{url}: {complaint}");
    }
    let here = format!("sqlite://{}", folder.path().display());
    let complaint = refused(&["serve", "--create", "--database", &here, "--master-key-file", &key]);
    assert!(complaint.contains("a folder"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_file_has_one_writer_whatever_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let url = |name: &str| format!("sqlite://{}", path(name).display());
    let key = key_file(folder.path());
    let first = url("t.db");
    let args = ["serve", "--create", "--master-key-file", &key, "--database", &first];
    let server = Server::start(folder.path(), &args).await;
    symlink(path("t.db"), path("symbolic.db")).expect("a link");
    fs::hard_link(path("t.db"), path("hard.db")).expect("a link");
    let _ = fs::remove_file(path("t.db.lock"));
    for name in ["t.db", "symbolic.db", "hard.db"] {
        let url = url(name);
        let args = ["serve", "--create", "--listen", "127.0.0.1:0", "--database", &url];
        let complaint = refused(&[&args[..], &["--master-key-file", &key]].concat());
        assert!(complaint.contains("another process writes"), "{name}: {complaint}");
    }
    for name in ["t.db", "t.db-wal", "t.db-shm"] {
        let mode = fs::metadata(path(name)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    server.stop().await;
}

#[test]
fn a_key_that_others_can_change_or_guess_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = key_file(folder.path());
    let url = format!("sqlite://{}", folder.path().join("t.db").display());
    let args = ["serve", "--create", "--database", &url, "--master-key-file", &key];
    for mode in [0o666, 0o620, 0o602] {
        fs::set_permissions(&key, Permissions::from_mode(mode)).expect("a mode");
        let complaint = refused(&args);
        assert!(complaint.contains("others may write"), "{mode:o}: {complaint}");
    }
    fs::set_permissions(&key, Permissions::from_mode(0o600)).expect("a mode");
    fs::write(&key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n").expect("a key of zeros");
    let complaint = refused(&args);
    assert!(complaint.contains("guess"), "{complaint}");
    let missing = folder.path().join("nowhere.key");
    let complaint = refused(&[&args[..5], &[arg(&missing)]].concat());
    assert!(complaint.contains("No such file"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_may_forget_is_refused_unless_told() {
    let db = Db::new(Kind::Postgres);
    let key = key_file(db.folder());
    let args = ["serve", "--create", "--database", db.url(), "--master-key-file", &key];
    let complaint = refused(&[&args[..], &["--listen", "127.0.0.1:0"]].concat());
    assert!(complaint.contains("fsync"), "{complaint}");
    let args = [&args[..], &["--allow-fsync-off"]].concat();
    Server::start(db.folder(), &args).await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_is_not_sold_from_until_somebody_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, key) = (folder.path().join("t.db"), folder.path().join("the.key"));
    let url = format!("sqlite://{}", file.display());
    let common = ["--database", &url, "--master-key-file", arg(&key)];
    let data = folder.path().join("data");
    let args = [&["demo", "--data", arg(&data)][..], &common[..]].concat();
    let demo = Server::start(folder.path(), &args).await;
    let (shop, sku) = shop(&demo).await;
    demo.stop().await;
    let settings = store::Settings { url: url.clone(), readers: 1 };
    let mut conn = store::connect(&settings).await.expect("the database opens");
    conn.raw("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("the log is copied");
    conn.close().await;
    let older = folder.path().join("older.db");
    fs::copy(&file, &older).expect("a copy");

    let mut demo = Server::start(folder.path(), &args).await;
    sells(&shop.at(demo.url()), &sku).await;
    // What is acknowledged is kept within a second.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    demo.kill();
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", file.display()));
    }
    fs::copy(&older, &file).expect("the older copy takes its place");
    let server = Server::start(folder.path(), &[&["serve"][..], &common[..]].concat()).await;
    let shop = shop.at(server.url());
    let ready = shop.get("/readyz").await;
    assert_eq!((ready.status, &ready.json["why"]), (503, &json!(["older"])), "{}", ready.text);
    assert_eq!(shop.get("/readyz?for=reads").await.status, 200);
    let log = fs::read_to_string(folder.path().join("server.log")).expect("the log");
    let head = log.split("accept-older --head ").nth(1).and_then(|rest| rest.split('`').next());
    let head = head.unwrap_or_else(|| panic!("no cure: {log}")).to_owned();
    let state = folder.path().join("state");
    let told = run(&["verify", "--database", &url, "--state-dir", arg(&state)]);
    assert_eq!(told.status.code(), Some(1), "verify tells it too: {:?}", printed(&told));
    let accept = |head: &str| run(&[&["accept-older", "--head", head][..], &common[..]].concat());
    assert_eq!(accept("1-00").status.code(), Some(1), "another head");
    let accepted = accept(&head);
    assert!(accepted.status.success(), "{:?}", printed(&accepted));
    turns(&server, 200, Duration::from_secs(5)).await;
    server.stop().await;
    verify(&url);
}

/// The demo under a limit of the shell, as `ulimit` says it.
async fn limited(folder: &Path, limit: &str, url: &str) -> Server {
    let mut command = program("sh");
    let binary = env!("CARGO_BIN_EXE_tessera");
    let data = folder.join("data");
    command
        .args(["-c", &format!("{limit}; exec \"$@\""), "sh", binary, "demo", "--data", arg(&data)])
        .args(["--database", url, "--listen", "127.0.0.1:0"])
        .stdin(Stdio::null());
    Server::spawn(folder, &mut command).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_descriptors_are_enough_to_serve_among_idlers() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("t.db").display());
    let server = limited(folder.path(), "ulimit -n 64", &url).await;
    let (shop, sku) = shop(&server).await;
    let address = server.url().trim_start_matches("http://").to_owned();
    let mut idle = Vec::new();
    for _ in 0..100 {
        idle.push(tokio::net::TcpStream::connect(&address).await.expect("a connection"));
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(status(&server, path).await, 200, "{path}");
    }
    sells(&shop, &sku).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_is_told_in_a_few_lines_with_its_cause() {
    let db = Db::new(Kind::Postgres);
    let data = db.folder().join("data");
    let args = ["demo", "--data", arg(&data), "--database", db.url()];
    let server = Server::start(db.folder(), &args).await;
    let (shop, sku) = shop(&server).await;
    let log = db.folder().join("server.log");
    let before = fs::read_to_string(&log).expect("the log").lines().count();
    let mut locked = lock(&db).await;
    turns(&server, 503, Duration::from_secs(3)).await;
    let asked = (0..50).map(|_| shop.order(&sku, 1, "buyer"));
    let begun = Instant::now();
    let answers = futures_util::future::join_all(asked);
    let release = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        locked.raw("ROLLBACK").await.expect("the lock ends");
    };
    let (answers, ()) = tokio::join!(answers, release);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(answers.iter().all(|answer| answer.status == 201), "they waited");
    turns(&server, 200, Duration::from_secs(5)).await;
    let text = fs::read_to_string(&log).expect("the log");
    let lines: Vec<&str> = text.lines().skip(before).collect();
    assert!(lines.len() < 15, "{} lines: {lines:#?}", lines.len());
    let slow = lines.iter().filter(|line| line.contains("a commit takes long")).count();
    let over = lines.iter().filter(|line| line.contains("a long commit ended")).count();
    assert!((1..4).contains(&slow) && over >= 1, "{lines:#?}");

    let postgres = db.postgres().expect("a server");
    postgres.sql("ALTER TABLE pulses RENAME TO elsewhere").expect("a statement");
    turns(&server, 503, Duration::from_secs(3)).await;
    postgres.sql("ALTER TABLE elsewhere RENAME TO pulses").expect("a statement");
    turns(&server, 200, Duration::from_secs(5)).await;
    let text = fs::read_to_string(&log).expect("the log");
    assert!(text.contains("(SQLSTATE 42P01)"), "the cause has its code: {text}");
    server.stop().await;
}
