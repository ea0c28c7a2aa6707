//! A real server is started, used, and gone afterwards, whichever way its owner ends.

use anyhow::Result;
use pgtemp::{PgTemp, Settings};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Set in the child process of the kill test, where it changes that test into the victim.
const VICTIM: &str = "PGTEMP_VICTIM";

fn is_running(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

/// Waits for processes that we are not the parent of.
fn ends_soon(pid: u32) -> bool {
    let deadline = Instant::now() + Duration::from_secs(30);
    while is_running(pid) && Instant::now() < deadline {
        std::thread::yield_now();
    }
    !is_running(pid)
}

#[test]
fn a_database_is_created_and_dropped_and_the_server_ends_with_its_files() -> Result<()> {
    let server = PgTemp::start(Settings { durable: false })?;
    let url = server.create_database("shop_1")?;
    assert!(url.starts_with("postgres://postgres@127.0.0.1:") && url.ends_with("/shop_1"));
    let count = "select count(*) from pg_database where datname = 'shop_1'";
    assert_eq!(server.sql(count)?, "1");
    server.drop_database("shop_1")?;
    assert_eq!(server.sql(count)?, "0");
    assert_eq!(server.sql("show server_encoding")?, "UTF8");
    assert_eq!(server.sql("show fsync")?, "off");

    let data = server.sql("show data_directory")?;
    let pid = server.pids()[0];
    assert!(is_running(pid) && Path::new(&data).exists());
    drop(server);
    assert!(!is_running(pid) && !Path::new(&data).exists());
    Ok(())
}

#[test]
fn a_durable_server_waits_for_the_disk() -> Result<()> {
    let server = PgTemp::start(Settings { durable: true })?;
    for (name, value) in [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on")]
    {
        assert_eq!(server.sql(&format!("show {name}"))?, value, "{name}");
    }
    Ok(())
}

#[test]
fn a_log_that_was_filled_is_written_again() -> Result<()> {
    let server = PgTemp::start(Settings { durable: true })?;
    let ahead =
        "SELECT count(*) FROM pg_ls_waldir() WHERE name > pg_walfile_name(pg_current_wal_lsn())";
    assert!(server.sql(ahead)?.parse::<u32>()? <= 1);
    server.fill_log(8)?;
    assert!(server.sql(ahead)?.parse::<u32>()? >= 7);
    Ok(())
}

#[test]
fn a_name_that_is_not_plain_is_refused() -> Result<()> {
    let server = PgTemp::start(Settings::default())?;
    for name in ["", "1a", "a; drop database postgres", "Shop", "a\"b", &"a".repeat(64)] {
        assert!(server.create_database(name).is_err(), "{name:?}");
    }
    Ok(())
}

#[test]
fn a_panic_stops_the_server() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let panicked = std::thread::spawn(move || {
        let server = PgTemp::start(Settings::default()).expect("PostgreSQL starts");
        sender.send(server.pids()[0]).expect("the test listens");
        panic!("on purpose");
    })
    .join();
    assert!(panicked.is_err());
    let pid = receiver.recv().expect("the thread has told the process id");
    assert!(!is_running(pid));
}

#[test]
fn kill_9_of_the_owner_stops_the_server() -> Result<()> {
    if std::env::var_os(VICTIM).is_some() {
        let server = PgTemp::start(Settings::default())?;
        println!("{VICTIM} {} {}", server.pids()[0], server.sql("show data_directory")?);
        loop {
            std::thread::park();
        }
    }
    let mut victim = Command::new(std::env::current_exe()?)
        .args(["--exact", "kill_9_of_the_owner_stops_the_server", "--nocapture"])
        .env(VICTIM, "1")
        .stdout(Stdio::piped())
        .spawn()?;
    let output = BufReader::new(victim.stdout.take().expect("stdout is piped"));
    let told = output.lines().map_while(Result::ok).find_map(|line| {
        let (_, told) = line.split_once(&format!("{VICTIM} "))?;
        let (pid, data) = told.split_once(' ')?;
        Some((pid.parse::<u32>().ok()?, data.to_string()))
    });
    victim.kill()?;
    victim.wait()?;
    let (pid, data) = told.expect("the victim tells about its server");
    assert!(ends_soon(pid), "PostgreSQL {pid} outlived its owner");
    let deadline = Instant::now() + Duration::from_secs(30);
    while Path::new(&data).exists() && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert!(!Path::new(&data).exists(), "{data} was left behind");
    Ok(())
}
