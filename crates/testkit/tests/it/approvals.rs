//! Approvals: acts that want a second person, what becomes of them, and who decides.

mod acts;
mod alone;
mod decided;
mod export;
mod races;
mod story;

use domain::people::role::BuiltIn;
use engine::{Clock, Settings};
use kernel::{Tenant, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::{Answer, App, Browser, Caller, Db, Kind, Options, Person};

const HOUR_US: i64 = 3_600_000_000;

/// A merchant with an owner, two of finance and one of service, on a clock that is turned by hand.
struct Shop {
    db: Db,
    app: App,
    clock: Arc<AtomicI64>,
    tenant: Tenant,
    /// A key with every scope.
    key: Caller,
    owner: Caller,
    finance: Caller,
    second: Caller,
    service: Caller,
    people: Vec<Person>,
}

impl Shop {
    async fn open(kind: Kind) -> Self {
        Self::open_with(kind, false).await
    }

    /// Without timers that ring by themselves, so that a test sees what is decided without them.
    async fn open_with(kind: Kind, without_work: bool) -> Self {
        let db = Db::new(kind);
        let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
        let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
        let options = Options { engine, without_work, ..Options::default() };
        let app = App::start_with(db.url(), options).await;
        let tenant = app.tenant("星河").await;
        let mut people = Vec::new();
        for (name, role) in [
            ("owner", BuiltIn::Owner),
            ("finance", BuiltIn::Finance),
            ("second", BuiltIn::Finance),
            ("service", BuiltIn::Service),
        ] {
            let email = format!("{name}@shop.example");
            people.push(app.person(&email, &[(tenant, &[role])]).await);
        }
        let mut callers = Vec::new();
        for person in &people {
            callers.push(sign_in(&app, person, tenant).await);
        }
        let [owner, finance, second, service] = callers.try_into().ok().expect("four people");
        let key = app.caller(tenant, &testkit::every_scope()).await;
        Self { db, app, clock, tenant, key, owner, finance, second, service, people }
    }

    /// Another process on the same database.
    async fn node(&self) -> App {
        let clock = Clock::Manual(Arc::clone(&self.clock));
        let engine = Settings { clock, ..Settings::default() };
        App::start_with(self.db.url(), Options { engine, ..Options::default() }).await
    }

    /// A person for the live book, where it stands who may do what.
    fn live(&self, by: &Caller) -> Caller {
        by.acting_for(Tenant::new(self.tenant.merchant(), kernel::Mode::Live))
    }

    fn pass(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    /// A person in a new session.
    async fn again(&self, at: usize) -> Caller {
        self.pass(30_000_000);
        sign_in(&self.app, &self.people[at], self.tenant).await
    }

    /// How many facts of a kind there are.
    async fn facts(&self, kind: &str) -> i64 {
        self.db.number(&format!("SELECT COUNT(*) FROM journal WHERE kind = '{kind}'")).await
    }

    /// The newest fact of a kind, as the journal's text has it.
    async fn fact(&self, kind: &str) -> Value {
        let page = self.key.get("/v1/journal?limit=200").await;
        let rows = page.json["data"].as_array().cloned().unwrap_or_default();
        let found = rows.into_iter().rev().find(|row| row["kind"] == kind);
        found.unwrap_or_else(|| panic!("no {kind} in {}", page.text))
    }

    /// What a buyer's wallet holds, in fen.
    async fn wallet(&self, buyer: &str) -> i64 {
        let body = json!({ "buyer": { "external_id": buyer }, "currency": "CNY" });
        let answer = self.key.post("/v1/wallets/lookup", &body).await;
        answer.json["balance"]["amount"].as_i64().unwrap_or(0)
    }

    /// An order of `pieces` that a buyer paid from his wallet, whose codes nobody saw.
    async fn paid_order(&self, price: i64, pieces: usize) -> String {
        let sku = self.key.sku(price, json!({ "refund": "before_reveal" })).await;
        self.key.stock(&sku, "A", pieces).await;
        self.key.credit("buyer", price * pieces as i64).await;
        let mut body = Caller::order_body(&sku, pieces as u32, "buyer");
        body.as_object_mut().expect("an object").remove("pay");
        let order = self.key.post("/v1/orders", &body).await;
        assert_eq!(order.status, 201, "{}", order.text);
        let id = order.json["id"].as_str().expect("an id").to_owned();
        let pay = json!({ "method": "wallet" });
        let paid = self.key.post(&format!("/v1/orders/{id}/payments"), &pay).await;
        assert_eq!(paid.status, 201, "{}", paid.text);
        id
    }

    async fn sound(self) {
        self.app.stop().await;
        self.db.assert_sound().await;
    }
}

async fn sign_in(app: &App, person: &Person, tenant: Tenant) -> Caller {
    let mut browser = Browser::new(app.url());
    let answer = browser.sign_in(person, app.code(person)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    browser.caller(tenant)
}

/// A manual credit of a wallet, in fen.
fn credit(amount: i64) -> Value {
    json!({ "buyer": { "external_id": "13812345678" }, "amount": { "amount": amount, "currency": "CNY" } })
}

/// The id of the approval that an answer tells of.
fn waits(answer: &Answer) -> String {
    assert_eq!(answer.status, 202, "{}", answer.text);
    assert_eq!(answer.json["approval"]["state"], "open", "{}", answer.text);
    answer.json["approval"]["id"].as_str().expect("an id").to_owned()
}

/// Says yes.
async fn approve(by: &Caller, id: &str) -> Answer {
    by.post(&format!("/v1/approvals/{id}/approve"), &json!({})).await
}

/// Says no.
async fn refuse(by: &Caller, id: &str) -> Answer {
    by.post(&format!("/v1/approvals/{id}/refuse"), &json!({ "reason": "没有凭证" })).await
}
