//! Who may listen no longer hears nothing more; who does not take what is sent is closed; another process is heard.

use domain::identity::Scope;
use domain::people::role::BuiltIn;
use edge::listen::{Limits, Times};
use kernel::limits::LISTENERS_EACH_MAX;
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};
use testkit::ear::Ear;
use testkit::{App, Browser, Caller, Db, Kind, Options, on_both};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

on_both!(
    a_revoked_key_and_an_ended_session_hear_no_more,
    a_newer_connection_takes_the_place_of_the_oldest,
    the_end_of_the_program_ends_all,
    who_takes_nothing_is_closed,
);

/// How long somebody may go on listening who may not any more.
const SECONDS: Duration = Duration::from_secs(8);

async fn ends_soon(ear: &mut Ear) {
    let begun = Instant::now();
    ear.end().await;
    assert!(begun.elapsed() < SECONDS, "{:?}", begun.elapsed());
}

async fn a_revoked_key_and_an_ended_session_hear_no_more(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let owner = app.signed_in("owner@shop.example", shop.tenant, &[BuiltIn::Owner]).await;
    let made =
        owner.post("/v1/keys", &json!({ "name": "listener", "scopes": ["orders:read"] })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let key = Caller::new(app.url(), made.json["secret"].as_str().expect("a secret"), shop.tenant);
    let mut by_key = Ear::of(&key, None).await;
    let path = format!("/v1/keys/{}", made.json["id"].as_str().expect("an id"));
    let revoked = owner.send(owner.request(Method::DELETE, &path)).await;
    assert_eq!(revoked.status, 200, "{}", revoked.text);
    ends_soon(&mut by_key).await;

    let person = app.person("lin@shop.example", &[(shop.tenant, &[BuiltIn::Service])]).await;
    let mut browser = Browser::new(app.url());
    assert_eq!(browser.sign_in(&person, app.code(&person)).await.status, 200);
    let mut by_session = Ear::of(&browser.caller(shop.tenant), None).await;
    assert_eq!(browser.delete("/console/session").await.status, 204);
    ends_soon(&mut by_session).await;

    // Whose last role is taken away, though his session goes on.
    let person = app.person("wei@shop.example", &[(shop.tenant, &[BuiltIn::Service])]).await;
    let mut browser = Browser::new(app.url());
    assert_eq!(browser.sign_in(&person, app.code(&person)).await.status, 200);
    let mut by_role = Ear::of(&browser.caller(shop.tenant), None).await;
    let live = owner.acting_for(kernel::Tenant::new(shop.tenant.merchant(), kernel::Mode::Live));
    let staff = live.get("/v1/staff?email=wei@shop.example").await;
    let id = staff.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let archived = live.post(&format!("/v1/staff/{id}/archive"), &json!({})).await;
    assert_eq!(archived.status, 200, "{}", archived.text);
    ends_soon(&mut by_role).await;
    app.stop().await;
    db.assert_sound().await;
}

async fn a_newer_connection_takes_the_place_of_the_oldest(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let other = app.caller(shop.tenant, &[Scope::WalletsRead]).await;
    let mut guest = Ear::of(&other, None).await;
    let mut ears = Vec::new();
    for _ in 0..=LISTENERS_EACH_MAX {
        ears.push(Ear::of(&shop, None).await);
    }
    ends_soon(&mut ears[0]).await;
    shop.credit("ann", 5).await;
    for ear in ears[1..].iter_mut().chain([&mut guest]) {
        assert!(ear.next().await.is_some(), "the others go on");
    }
    drop((ears, guest));
    app.stop().await;
    db.assert_sound().await;
}

async fn the_end_of_the_program_ends_all(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let mut ear = Ear::of(&shop, None).await;
    let begun = Instant::now();
    app.stop().await;
    ear.end().await;
    assert!(begun.elapsed() < SECONDS, "{:?}", begun.elapsed());
    db.assert_sound().await;
}

/// A connection that reads nothing of a long book; small windows of time stand for a minute.
async fn who_takes_nothing_is_closed(kind: Kind) {
    let db = Db::new(kind);
    let times =
        Times { window: Duration::from_millis(1_500), bytes_min: 1 << 20, ..Times::default() };
    let listen = Limits { times, ..Limits::default() };
    let app = App::start_with(db.url(), Options { listen, ..Options::default() }).await;
    let shop = app.merchant("星河").await;
    shop.credit("ann", 5).await;
    let tenant: String = shop.tenant.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let tenant = match kind {
        Kind::Sqlite => format!("X'{tenant}'"),
        Kind::Postgres => format!("'\\x{tenant}'::bytea"),
    };
    // Nobody writes facts like that; the chain will say so.
    db.sql(&format!(
        "INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000)
         SELECT j.tenant, h.seq + n.i, h.at, j.request, j.actor, j.kind, j.v, j.subject, j.data
         FROM n CROSS JOIN journal j CROSS JOIN journal_heads h
         WHERE j.tenant = {tenant} AND j.kind = 'wallet.credited' AND h.tenant = {tenant};
         UPDATE journal_heads SET seq = seq + 150000 WHERE tenant = {tenant}"
    ))
    .await;
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let address = app.url().trim_start_matches("http://").parse().expect("an address");
    let mut stream = socket.connect(address).await.expect("a connection");
    let head = format!(
        "GET /v1/events?last_event_id=0 HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\r\n",
        shop.key
    );
    stream.write_all(head.as_bytes()).await.expect("it is sent");
    // What waits in the buffers of both sides comes, then the end: the whole book does not.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (mut taken, mut piece) = (0, vec![0; 65_536]);
    while let Ok(bytes @ 1..) = stream.read(&mut piece).await {
        taken += bytes;
    }
    assert!(taken > 0 && taken < 150_000 * 90, "{taken}");
    // Somebody else hears all of it.
    let mut ear = Ear::open(shop.request(Method::GET, "/v1/events?last_event_id=0")).await;
    let mut heard = 0;
    while heard < 150_000 {
        heard += usize::from(ear.next().await.expect("it goes on").kind == "wallet.credited");
    }
    drop(ear);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_process_commits_is_heard() {
    let db = Db::new(Kind::Postgres);
    let (here, there) = (App::start(&db).await, App::start(&db).await);
    let shop = here.merchant("星河").await;
    let mut ear = Ear::of(&shop, None).await;
    let begun = Instant::now();
    shop.at(there.url()).credit("ann", 5).await;
    assert_eq!(ear.next().await.expect("an event").kind, "buyer.created");
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(3), "{took:?}");
    drop(ear);
    there.stop().await;
    here.stop().await;
    db.assert_sound().await;
}

/// Without news a comment comes, so that nobody on the way takes the connection for dead.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_comment_comes_every_fifteen_seconds() {
    let db = Db::new(Kind::Sqlite);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let deaf = app.caller(shop.tenant, &[Scope::CatalogRead]).await;
    let mut ear = Ear::of(&deaf, None).await;
    let (begun, start) = (Instant::now(), ear.last_id.expect("a number"));
    shop.credit("ann", 5).await;
    while ear.comments == 0 {
        assert!(ear.hear().await);
    }
    let took = begun.elapsed().as_secs_f64();
    assert!((14.0..20.0).contains(&took), "{took}");
    assert!(ear.last_id > Some(start), "it says how far the book was looked at");
    drop(ear);
    app.stop().await;
}
