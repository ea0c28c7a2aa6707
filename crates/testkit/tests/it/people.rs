//! People: who signs in, what he may do, and who is kept out.

mod attempts;
mod figures;
mod links;
mod rights;
mod sessions;
mod unmask;

use domain::people::role::BuiltIn;
use engine::{Clock, Settings};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::{App, Browser, Db, Options, Person};

const OWNER: &[BuiltIn] = &[BuiltIn::Owner];
const MINUTE_US: i64 = 60_000_000;

/// A product that may be listed.
fn product() -> Value {
    let price = json!({ "amount": 100, "currency": "CNY" });
    json!({ "name": "星河视频", "skus": [{ "kind": "code", "name": "月卡", "price": price }] })
}

/// An application on a clock that is turned by hand.
struct Clocked {
    db: Db,
    app: App,
    clock: Arc<AtomicI64>,
}

impl Clocked {
    async fn start(kind: testkit::Kind) -> Self {
        let db = Db::new(kind);
        let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
        let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
        let options = Options { engine, ..Options::default() };
        Self { app: App::start_with(db.url(), options).await, db, clock }
    }

    fn pass(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    /// Lets codes count again, as half a minute does.
    fn next_step(&self) {
        self.pass(30_000_000);
    }

    /// A browser in which a person is signed in.
    async fn browser(&self, person: &Person) -> Browser {
        let mut browser = Browser::new(self.app.url());
        let answer = browser.sign_in(person, self.app.code(person)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser
    }

    /// How many facts of a kind there are.
    async fn facts(&self, kind: &str) -> i64 {
        self.db.number(&format!("SELECT COUNT(*) FROM journal WHERE kind = '{kind}'")).await
    }
}
