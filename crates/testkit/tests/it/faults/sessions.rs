//! Sessions on PostgreSQL: durable whatever a role was set to, and encrypted as the address says.

use super::Stage;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::PathBuf;
use testkit::{Db, Kind, Options};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_commits_carelessly_is_overruled() {
    let db = Db::new(Kind::Postgres);
    let server = db.postgres().expect("a server");
    server.sql("ALTER ROLE postgres SET synchronous_commit = off").expect("a setting");
    let stage = Stage::set(db.url(), Options::default()).await;
    let told = stage.app.engine.durability().to_owned();
    assert!(told.contains("synchronous_commit=on"), "{told}");
    stage.ends_well(&db).await;
}

/// A root, and a server's certificate for a name.
fn certificates(name: &str) -> (String, String, String) {
    let mut params = CertificateParams::new(Vec::new()).expect("a root");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
    let root = root.expect("a root");
    let key = KeyPair::generate().expect("a key");
    let end = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    let end = end.signed_by(&key, &root).expect("a certificate");
    (root.pem(), end.pem(), key.serialize_pem())
}

/// Lets the server speak TLS with a certificate for a name; gives the file of its root.
fn speak_tls(db: &Db, name: &str) -> PathBuf {
    let server = db.postgres().expect("a server");
    let (root, end, key) = certificates(name);
    let data = server.sql("SHOW data_directory").expect("a folder");
    let data = PathBuf::from(data.trim());
    let owner = fs::metadata(&data).expect("the folder");
    for (file, text) in [("end.pem", end), ("key.pem", key)] {
        let path = data.join(file);
        fs::write(&path, text).expect("a file");
        chown(&path, Some(owner.uid()), Some(owner.gid())).expect("its owner");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
    }
    for set in ["ssl_cert_file = 'end.pem'", "ssl_key_file = 'key.pem'", "ssl = on"] {
        server.sql(&format!("ALTER SYSTEM SET {set}")).expect("a setting");
    }
    server.sql("SELECT pg_reload_conf()").expect("it reads them");
    let file = db.folder().join("root.pem");
    fs::write(&file, root).expect("the root");
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_says_how_the_way_is_encrypted() {
    let db = Db::new(Kind::Postgres);
    let open = async |parameters: &str| {
        let url = format!("{}?{parameters}", db.url());
        store::Store::open(&store::Settings { url, readers: 1 }).await.map(drop)
    };
    assert!(open("sslmode=require").await.is_err(), "this server speaks no TLS");
    assert!(open("sslmode=prefer").await.is_ok(), "then it goes without");
    let root = speak_tls(&db, "127.0.0.1");
    let begun = std::time::Instant::now();
    while let Err(error) = open("sslmode=require").await {
        assert!(begun.elapsed().as_secs() < 10, "{error}");
        tokio::time::sleep(super::POLL).await;
    }
    let root = format!("sslrootcert={}", root.display());
    open(&format!("sslmode=verify-full&{root}")).await.expect("the host is the one");
    let elsewhere = db.folder().join("other.pem");
    fs::write(&elsewhere, certificates("127.0.0.1").0).expect("another root");
    let elsewhere = format!("sslrootcert={}", elsewhere.display());
    for mode in ["require", "verify-ca", "verify-full"] {
        assert!(open(&format!("sslmode={mode}&{elsewhere}")).await.is_err(), "{mode}");
    }
    speak_tls(&db, "another.example");
    let root = format!("sslrootcert={}", db.folder().join("root.pem").display());
    let begun = std::time::Instant::now();
    while let Err(error) = open(&format!("sslmode=verify-ca&{root}")).await {
        assert!(begun.elapsed().as_secs() < 10, "{error}");
        tokio::time::sleep(super::POLL).await;
    }
    assert!(open(&format!("sslmode=verify-full&{root}")).await.is_err(), "another host");

    let url = format!("{}?sslmode=verify-ca&{root}&options=-c%20work_mem%3D8MB", db.url());
    let stage = Stage::set(&url, Options::default()).await;
    let encrypted = "SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
        WHERE a.application_name LIKE 'tessera-%' AND s.ssl";
    let plain = encrypted.replace("AND s.ssl", "AND NOT s.ssl");
    let server = db.postgres().expect("a server");
    assert_ne!(server.sql(encrypted).expect("a count").trim(), "0");
    assert_eq!(server.sql(&plain).expect("a count").trim(), "0", "writer and readers alike");
    stage.ends_well(&db).await;
}
