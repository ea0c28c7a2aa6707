//! A merchant with one of everything, and the names of all of it.

use crate::requests::Request;
use crate::{App, Caller, Db, resources};
use domain::people::role::BuiltIn;
use domain::resource::registry;
use domain::voucher::run::AdvanceVoucherRun;
use domain::work::WorkKind;
use kernel::{ExportId, Mode, Tenant};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// A merchant with a product, codes, a buyer, an order, holds and a key.
pub struct Fixture {
    /// A key with every merchant scope.
    pub shop: Caller,
    /// The owner, signed in.
    pub owner: Caller,
    /// A word that is in every name, external id and code of this merchant and in no other's.
    pub label: String,
    /// What a request can name, by the word that stands for it in a template.
    pub names: BTreeMap<&'static str, String>,
    /// The codes of the order.
    pub codes: Vec<String>,
    /// What the test channel signs this merchant's notices with.
    pub channel_secret: Vec<u8>,
}

/// The id in an answer of this status.
fn id(answer: &crate::Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text);
    answer.json["id"].as_str().expect("an id").to_owned()
}

impl Fixture {
    /// A new merchant in test mode. The label is in capitals.
    pub async fn new(app: &App, label: &str) -> Self {
        let tenant = app.tenant(&format!("merchant-{label}")).await;
        Self::of(app, tenant, label).await
    }

    /// A merchant that exists, in the other mode as well.
    pub async fn of(app: &App, tenant: Tenant, label: &str) -> Self {
        let shop = app.caller(tenant, &crate::every_scope()).await;
        let email = format!("owner-{label}@shop.example").to_lowercase();
        let owner = app.signed_in(&email, tenant, &[BuiltIn::Owner]).await;
        let mut fixture = Self {
            shop,
            owner,
            label: label.to_owned(),
            names: BTreeMap::new(),
            codes: Vec::new(),
            channel_secret: app.engine.vault().test_channel_secret(tenant).to_vec(),
        };
        fixture.name("label", label);
        fixture.name("merchant", tenant.merchant().to_string());
        fixture.name("buyer_name", format!("buyer-{label}"));
        fixture.name("order_name", format!("order-{label}"));
        fixture.name("code", format!("{label}N00001"));
        fixture.dress().await;
        fixture.stock().await;
        fixture.trade().await;
        fixture.trade_in_two_steps().await;
        fixture.key(app).await;
        fixture.ask_for_much().await;
        fixture.configure().await;
        fixture.sell_vouchers().await;
        fixture.share().await;
        fixture.print(app).await;
        fixture.take_out(app).await;
        fixture.leave_a_trace().await;
        for of in ["product", "order", "import", "buyer", "account", "transfer"] {
            let cursor = fixture.names[of].split_once('_').map(|(_, rest)| rest.to_owned());
            fixture.names.insert(cursor_of(of), cursor.expect("an id has a prefix"));
        }
        fixture
    }

    /// Who asks: the key, or the owner where no key may.
    pub fn by(&self, ask: &Request) -> &Caller {
        if ask.wants_person() { &self.owner } else { &self.shop }
    }

    /// A template with the names of this merchant for `{my.word}` and those of `owner` for `{word}`.
    pub fn fill(&self, owner: &Self, template: &str) -> String {
        let mut text = resources::fresh(template);
        for (word, name) in &self.names {
            text = text.replace(&format!("{{my.{word}}}"), name);
        }
        for (word, name) in &owner.names {
            text = text.replace(&format!("{{{word}}}"), name);
        }
        text
    }

    /// Whether a text tells something that only this merchant in this mode may know.
    pub fn told_by(&self, text: &str) -> Option<&str> {
        let label = text.contains(&self.label).then_some(self.label.as_str());
        let shared = |word: &str| word == "merchant" || word.ends_with("_cursor");
        let names = self.names.iter().filter(|(word, _)| !shared(word));
        let name = names.map(|(_, name)| name.as_str()).find(|name| text.contains(*name));
        label.or(name)
    }

    /// The rows of the database that carry this merchant in this mode.
    pub async fn rows(&self, db: &Db) -> Vec<String> {
        let bytes = self.shop.tenant.bytes().iter();
        let tenant: String = bytes.map(|byte| format!("{byte:02x}")).collect();
        let mut rows = db.rows().await;
        rows.retain(|row| row.to_lowercase().contains(&tenant));
        rows
    }

    fn name(&mut self, word: &'static str, name: impl Into<String>) {
        self.names.insert(word, name.into());
    }

    /// A product, and fifty codes beside one row that cannot be read.
    async fn stock(&mut self) {
        let label = self.label.clone();
        let wish = json!([{ "code": "wish", "name": "祝福语", "kind": "text", "required": false }]);
        let body = json!({ "name": format!("星河视频 {label}"), "input": wish, "skus": [{
            "kind": "code", "name": format!("月卡 {label}"),
            "price": { "amount": 1990, "currency": "CNY" }
        }]});
        let made = self.shop.post("/v1/products", &body).await;
        self.name("product", id(&made, 201));
        self.name("sku", made.json["skus"][0]["id"].as_str().expect("a SKU's id"));
        let rows: String = (0..50).map(|i| format!("{label}N{i:05},{label}P{i}\n")).collect();
        let path = format!(
            "/v1/skus/{}/code-imports?name=batch-{label}&supplier=supplier-{label}",
            self.names["sku"]
        );
        let request = self.shop.request(Method::POST, &path).header("content-type", "text/csv");
        let csv = format!("number,password\n{rows}={label}BAD,x\n");
        let started = id(&self.shop.send(request.body(csv)).await, 202);
        let done = self.shop.imported(&started).await;
        assert_eq!((&done["accepted"], &done["errors"]), (&json!(50), &json!(1)), "{done}");
        self.name("import", started);
        self.name("batch", done["batch"].as_str().expect("a batch"));
        self.spare().await;
    }

    /// A batch that nobody buys from.
    async fn spare(&mut self) {
        let (sku, label) = (self.names["sku"].clone(), self.label.clone());
        let csv = format!("number,password\n{label}S1,{label}Q1\n{label}S2,{label}Q2\n");
        let path = format!("/v1/skus/{sku}/code-imports");
        let request = self.shop.request(Method::POST, &path).header("content-type", "text/csv");
        let started = id(&self.shop.send(request.body(csv)).await, 202);
        let done = self.shop.imported(&started).await;
        self.name("spare_batch", done["batch"].as_str().expect("a batch"));
        self.name("spare_code", format!("{label}S1"));
        // It has the password of another: nobody knows whether it is its twin.
        let csv = format!("number,password\n{label}D1,{label}P49\n");
        let request = self.shop.request(Method::POST, &path).header("content-type", "text/csv");
        let started = id(&self.shop.send(request.body(csv)).await, 202);
        let done = self.shop.imported(&started).await;
        assert_eq!((&done["accepted"], &done["doubts"]), (&json!(0), &json!(1)), "{done}");
        self.name("doubt_import", started);
    }

    /// A shop with a name and a greeting of its own.
    async fn dress(&mut self) {
        let text = json!({ "zh": format!("店铺-{}", self.label) });
        for (path, field) in [("/v1/shop", "name"), ("/v1/shop_messages", "greeting")] {
            let change = self.shop.request(Method::PATCH, path).json(&json!({ field: text }));
            let dressed = self.shop.send(change).await;
            assert_eq!(dressed.status, 200, "{}", dressed.text);
        }
    }

    /// A credit, an order and two holds.
    async fn trade(&mut self) {
        let buyer = self.names["buyer_name"].clone();
        let money = |amount: i64| json!({ "amount": amount, "currency": "CNY" });
        let body = json!({ "buyer": { "external_id": buyer }, "amount": money(10_000_000) });
        let credit = self.shop.post("/v1/wallet-credits", &body).await;
        self.name("transfer", id(&credit, 201));
        self.name("buyer", credit.json["buyer"]["id"].as_str().expect("a buyer"));
        let mut body = Caller::order_body(&self.names["sku"], 2, &buyer);
        body["external_id"] = json!(self.names["order_name"]);
        let order = self.shop.post("/v1/orders", &body).await;
        self.name("order", id(&order, 201));
        let codes = order.json["deliveries"].as_array().into_iter().flatten();
        let codes = codes.flat_map(|one| [&one["code"]["number"], &one["code"]["password"]]);
        self.codes = codes.filter_map(Value::as_str).map(str::to_owned).collect();
        assert_eq!(self.codes.len(), 4, "{}", order.text);
        for word in ["hold", "hold_2"] {
            let body = json!({ "buyer": { "external_id": buyer }, "amount": money(500) });
            let hold = self.shop.post("/v1/wallet-holds", &body).await;
            self.name(word, id(&hold, 201));
        }
        let accounts = self.shop.get("/v1/accounts").await;
        let mut found = accounts.json["data"].as_array().into_iter().flatten();
        let wallet = found.find(|account| account["kind"] == "wallet").expect("a wallet");
        self.name("account", wallet["id"].as_str().expect("an id"));
    }

    /// Orders that wait, a payment, an order that is paid and refunded in part.
    async fn trade_in_two_steps(&mut self) {
        let buyer = self.names["buyer_name"].clone();
        for word in ["waiting", "waiting_2", "paid"] {
            let body = json!({
                "sku": self.names["sku"], "quantity": 2, "buyer": { "external_id": buyer }
            });
            let order = self.shop.post("/v1/orders", &body).await;
            self.name(word, id(&order, 201));
        }
        let by_channel = self.shop.tenant.mode() == Mode::Test;
        for (order, method) in
            [("waiting_2", if by_channel { "test" } else { "wallet" }), ("paid", "wallet")]
        {
            let path = format!("/v1/orders/{}/payments", self.names[order]);
            let payment = self.shop.post(&path, &json!({ "method": method })).await;
            self.name(if order == "paid" { "payment_2" } else { "payment" }, id(&payment, 201));
        }
        let path = format!("/v1/orders/{}/refunds", self.names["paid"]);
        let body = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "错买" });
        let refund = self.shop.post(&path, &body).await;
        self.name("refund", id(&refund, 201));
        self.take_transfers().await;
    }

    /// A payment that waits for a transfer, and a refund that somebody transfers back.
    async fn take_transfers(&mut self) {
        let setting = json!({ "enabled": true, "details": "Example Bank 1234" });
        let set = self.shop.request(Method::PATCH, "/v1/offline_transfer").json(&setting);
        let set = self.shop.send(set).await;
        assert_eq!(set.status, 200, "{}", set.text);
        let buyer = format!("transfers {}", self.label);
        for word in ["bank_transfer", "bank_transfer_2"] {
            let body = json!({
                "sku": self.names["sku"], "quantity": 1, "buyer": { "external_id": buyer }
            });
            let order = id(&self.shop.post("/v1/orders", &body).await, 201);
            let path = format!("/v1/orders/{order}/payments");
            let payment = self.shop.post(&path, &json!({ "method": "offline" })).await;
            self.name(word, id(&payment, 201));
        }
        let second = self.names["bank_transfer_2"].clone();
        let little = json!({
            "reference": format!("R-{second}"), "amount": { "amount": 1, "currency": "CNY" }
        });
        let confirmed = self.shop.post(&format!("/v1/payments/{second}/confirm"), &little).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text);
        let refunds = self.shop.get(&format!("/v1/refunds?payment={second}")).await;
        self.name("hand_refund", refunds.json["data"][0]["id"].as_str().expect("a refund"));
    }

    /// Two resources of each kind: one to ask for, one for others to refer to.
    async fn configure(&mut self) {
        for any in registry::ALL {
            for (word, template) in resources::bodies(any) {
                let body = self.fill(self, template).parse().expect("a body is JSON");
                let by = if any.of_people { &self.owner } else { &self.shop };
                let made = by.post(&format!("/v1/{}", any.kind.plural), &body).await;
                self.name(word, id(&made, 201));
            }
        }
    }

    /// Vouchers of both types, one of which was redeemed in a store.
    async fn sell_vouchers(&mut self) {
        let store = json!({ "name": format!("门店 {}", self.label) });
        let store = id(&self.shop.post("/v1/stores", &store).await, 201);
        let buyer = self.names["buyer_name"].clone();
        for (word, voucher) in [
            ("voucher_code", json!({ "type": "count", "uses": 9 })),
            (
                "money_code",
                json!({ "type": "amount", "amount": { "amount": 900, "currency": "CNY" } }),
            ),
        ] {
            let sku = self.shop.sku(100, json!({ "kind": "voucher", "voucher": voucher })).await;
            let order = self.shop.order(&sku, 1, &buyer).await;
            let delivered = order.json["deliveries"][0]["voucher"].clone();
            self.name(word, delivered["code"].as_str().expect("a code"));
            if word == "voucher_code" {
                self.name("voucher_sku", sku);
                self.name("voucher", delivered["id"].as_str().expect("an id"));
            }
        }
        let body = json!({ "code": self.names["voucher_code"], "uses": 1, "store": store });
        let redemption = id(&self.shop.post("/v1/redemptions", &body).await, 201);
        self.name("redemption", redemption);
        let live = json!({ "type": "count", "uses": 9 });
        let live = json!({ "kind": "voucher", "voucher": live, "present": "live" });
        let live = self.shop.sku(100, live).await;
        let order = self.shop.order(&live, 1, &buyer).await;
        let delivered = &order.json["deliveries"][0]["voucher"]["id"];
        self.name("live_voucher", delivered.as_str().expect("an id"));
        let device = json!({ "store": store, "name": "till 1" });
        let device = id(&self.shop.post("/v1/devices", &device).await, 201);
        self.name("device", device);
        self.name("till", store);
    }

    /// A content in two versions, which a buyer holds.
    async fn share(&mut self) {
        let label = self.label.clone();
        let sku = self.shop.sku(100, json!({ "kind": "content" })).await;
        let path = format!("/v1/skus/{sku}/content/versions");
        for n in 1..=2 {
            let body = json!({ "text": format!("https://pan.example/{label}{n}"), "note": format!("note {label}") });
            let made = self.shop.post_as(&path, &body, &format!("content-{label}-{n}")).await;
            assert_eq!(made.status, 201, "{}", made.text);
        }
        let order = self.shop.order(&sku, 1, &self.names["buyer_name"].clone()).await;
        assert_eq!(
            order.json["deliveries"][0]["content"],
            json!({ "version": 2 }),
            "{}",
            order.text
        );
        self.name("content_sku", sku);
        let sku = self.shop.sku(100, json!({ "kind": "content" })).await;
        let file = self.shop.share_file(&sku, "name=lessons.zip", format!("a file of {label}"));
        assert_eq!(file.await.status, 201);
        let shown = self.shop.post(&format!("/v1/skus/{sku}/content/reveal"), &json!({})).await;
        let url = shown.json["file"]["url"].as_str().expect("an address");
        self.name("content_token", url.rsplit('/').next().unwrap_or_default());
    }

    /// A run of vouchers that has ended, and one that was begun.
    async fn print(&mut self, app: &App) {
        for name in ["voucher_run", "running_run"] {
            let body = json!({ "sku": self.names["voucher_sku"], "quantity": 1_001 });
            let run = id(&self.shop.post("/v1/vouchers", &body).await, 202);
            self.name(name, run);
        }
        let run = self.names["voucher_run"].parse().expect("an id");
        for _ in 0..2 {
            let origin = app.engine.internal(self.shop.tenant);
            app.engine.run(origin, AdvanceVoucherRun { run, lease_us: 0 }).await.expect("a slice");
        }
    }

    /// A credit that waits for a second person.
    async fn ask_for_much(&mut self) {
        let amount = json!({ "amount": 2_000_000, "currency": "CNY" });
        let body = json!({ "buyer": { "id": self.names["buyer"] }, "amount": amount });
        let held = self.owner.post("/v1/wallet-credits", &body).await;
        assert_eq!(held.status, 202, "{}", held.text);
        self.name("approval", held.json["approval"]["id"].as_str().expect("an id"));
    }

    /// A file that was cancelled, and the address of one that is there.
    async fn take_out(&mut self, app: &App) {
        let body = json!({ "list": "orders", "format": "csv", "filter": { "buyer": self.names["buyer"] } });
        let asked = self.shop.post("/v1/exports", &body).await;
        let export = id(&asked, 202);
        let done = self.shop.exported(&export).await;
        let path = done["file_url"].as_str().expect("an address");
        self.name("export_token", path.rsplit('/').next().unwrap_or_default());
        self.name("export", export);
        // One may be there before it is cancelled.
        loop {
            let asked = self.shop.post("/v1/exports", &body).await;
            let export = id(&asked, 202);
            let path = format!("/v1/exports/{export}/cancel");
            if self.shop.post(&path, &json!({})).await.status == 200 {
                // What is left of it is cleared away behind the answer.
                let (tenant, id) = (self.shop.tenant, ExportId::parse(&export).expect("an id").0);
                let reader = app.engine.reader();
                while reader.has_work(WorkKind::WriteExport, tenant, id).await.expect("the work") {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                self.name("cancelled_export", export);
                return;
            }
        }
    }

    /// A request of a program in the log, which is written behind its answer. Of those that are refused more are kept.
    async fn leave_a_trace(&mut self) {
        let nowhere = kernel::OrderId([7; 16]);
        let request = self.shop.get(&format!("/v1/orders/{nowhere}")).await.request;
        let path = format!("/v1/requests/{request}");
        while self.owner.get(&path).await.status == 404 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.name("request", request);
    }

    /// A key that the operator made over the API.
    async fn key(&mut self, app: &App) {
        let mode = if self.shop.tenant.mode() == Mode::Live { "live" } else { "test" };
        let path = format!("/v1/merchants/{}/keys", self.names["merchant"]);
        let name = format!("key-{}", self.label);
        let body = json!({ "name": name, "mode": mode, "scopes": ["orders:read"] });
        let made = app.operator().await.post(&path, &body).await;
        self.name("key", id(&made, 201));
        self.name("key_secret", made.json["secret"].as_str().expect("a secret"));
    }
}

fn cursor_of(word: &str) -> &'static str {
    match word {
        "product" => "product_cursor",
        "order" => "order_cursor",
        "import" => "import_cursor",
        "buyer" => "buyer_cursor",
        "account" => "account_cursor",
        _ => "transfer_cursor",
    }
}
