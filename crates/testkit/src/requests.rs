//! A good request for every route, as data. Tests make bad ones of them.
//!
//! `{word}` stands for a thing of a [`Fixture`](crate::Fixture), `{my.word}` for the caller's own. A
//! caller whose fixture is both gets what the route gives; another one gets what [`Gives`] says.

use crate::resources;
use crate::{Caller, Fixture};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connect::test_channel::{SIGNATURE, sign};
use domain::payment::account::PaymentAccount;
use domain::resource::Resource;
use domain::resource::registry;
use kernel::Timestamp;
use reqwest::{Method, RequestBuilder};
use std::sync::LazyLock;

/// What a request with another tenant's names gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// 404 `not_found`.
    NotFound,
    /// A list of the caller's own things.
    OwnList,
    /// Something of the caller's own.
    Own,
    /// 422 `invalid`: it names what is not the caller's.
    Invalid,
    /// 403 `forbidden`: the route is the operator's.
    Forbidden,
    /// The same as to everybody.
    Open,
    /// 404 `not_found`, whoever asks, with whatever key or none: it leads somewhere for one alone.
    Lost,
    /// Nothing: it wants a signature, and what is signed by one is not about another.
    Signed,
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// Method and path as the table of routes has them.
    pub route: &'static str,
    /// The path that is asked for.
    pub path: &'static str,
    /// A JSON object, a code file, or nothing.
    pub body: &'static str,
    /// What it gives to another tenant.
    pub gives: Gives,
}

impl Request {
    /// Its method.
    pub fn method(&self) -> Method {
        let name = self.route.split(' ').next().unwrap_or_default();
        name.parse().expect("a method")
    }

    /// Whether only people may ask: no key has its scope.
    pub fn is_of_people(&self) -> bool {
        let path = self.route.split(' ').nth(1).unwrap_or_default();
        let plural = path.strip_prefix("/v1/").unwrap_or_default().split('/').next();
        let fixed = ["approvals", "keys", "people", "requests"].map(Some).contains(&plural);
        fixed || registry::ALL.iter().any(|any| any.of_people && Some(any.kind.plural) == plural)
    }

    /// Whether a person asks: keys may not, whatever their scopes.
    pub fn wants_person(&self) -> bool {
        self.is_of_people() || self.route == "POST /v1/code-imports/{id}/export"
    }

    /// Whether it changes nothing.
    pub fn reads(&self) -> bool {
        self.route.starts_with("GET ")
            || self.route.ends_with("/lookup")
            || self.route.ends_with("/search")
            || self.route.ends_with("/entries")
    }

    /// What its body is.
    pub fn media_type(&self) -> &'static str {
        match self.route {
            "POST /v1/files" => PICTURE,
            "POST /v1/skus/{id}/content/files" => "application/octet-stream",
            _ if self.body.starts_with('{') => "application/json",
            _ => "text/csv",
        }
    }

    /// The request of `caller` with the names of `owner`.
    pub fn build(
        &self,
        by: &Caller,
        caller: &Fixture,
        owner: &Fixture,
        key: &str,
    ) -> RequestBuilder {
        let path = caller.fill(owner, self.path);
        let request = by.request(self.method(), &path);
        if self.body.is_empty() {
            return request;
        }
        let request = request.header("content-type", self.media_type());
        if self.media_type() == PICTURE {
            return request.body(STANDARD.decode(self.body).expect("a picture in base64"));
        }
        let request = request.header("Idempotency-Key", key);
        let body = caller.fill(owner, self.body);
        if self.gives == Gives::Signed {
            let signature = sign(body.as_bytes(), &caller.channel_secret, Timestamp::now());
            return request.header(SIGNATURE, signature).body(body);
        }
        request.body(body)
    }
}

pub(crate) const fn ask(
    route: &'static str,
    path: &'static str,
    body: &'static str,
    gives: Gives,
) -> Request {
    Request { route, path, body, gives }
}

const NEW_PRODUCT: &str = r#"{"name":"视频 {my.label}","description":"一行\n两行","picture":"video","category":"影音 {my.label}",
    "guide":["打开 {my.label}","兑换"],"input":[{"code":"wish","name":"祝福语 {my.label}","hint":"例","kind":"text",
    "required":false,"en":{"name":"Wish {my.label}","hint":"e.g."}}],"en":{"name":"Video {my.label}",
    "description":"One\ntwo","category":"Video","guide":["Open","Redeem"]},"on_shelf":true,
    "skus":[{"kind":"code","name":"季卡 {my.label}","price":{"amount":4990,"currency":"CNY"},
    "list_price":{"amount":5990,"currency":"CNY"},"cost":"18.5025","goods_class":"virtual_goods",
    "tax_code":"304","limits":{"per_order":5,"per_user":9},"sale_from":"2020-01-01T00:00:00Z",
    "sale_until":"2099-01-01T00:00:00Z","stock_alarm":3,"min_days_left":1,"en":{"name":"Quarter"},
    "code_fields":[{"code":"account","name":"账号 {my.label}","secret":false},{"code":"password"}],"on_shelf":true}]}"#;
const PRODUCT_CHANGE: &str = r#"{"name":"新 {my.label}","description":"x","picture":"music","category":"音乐",
    "guide":["听"],"input":[{"code":"wish","name":"祝福语","kind":"text","required":false}],
    "en":{"name":"New","guide":["Listen"]},"on_shelf":true}"#;
const SKU_CHANGE: &str = r#"{"name":"月卡 {my.label}","price":{"amount":2090,"currency":"CNY"},
    "list_price":{"amount":5990,"currency":"CNY"},"cost":"18.5","tax_code":"304",
    "limits":{"per_order":50,"per_user":500},"sale_from":"2020-01-01T00:00:00Z",
    "sale_until":"2099-01-01T00:00:00Z","stock_alarm":3,"min_days_left":0,"en":{"name":"Month"},
    "code_fields":[{"code":"number","name":"卡号","secret":false},{"code":"pin_2","name":"安全码 {my.label}"}],"on_shelf":true}"#;
/// The logo is a PNG of one pixel.
const SHOP_CHANGE: &str = r##"{"name":{"zh":"店 {my.label}","en":"Shop {my.label}"},
    "greeting":{"zh":"你好","en":"Hello"},"contact":{"zh":"每天","en":"daily"},"colour":"#1f7a53",
    "logo":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQrwoGAAGoAO3FZ+B8AAAAAElFTkSuQmCC"}"##;
const PICTURE: &str = "image/png";
const ONE_PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQrwoGAAGoAO3FZ+B8AAAAAElFTkSuQmCC";
const SHORT_ORDER: &str = r#"{"sku":"{sku}","quantity":1,
    "buyer":{"external_id":"{my.buyer_name}"},"channel":"api","external_id":"short {my.label}","input":{"wish":"{my.label}"},
    "max_amount":{"amount":900000,"currency":"CNY"},"pay":{"method":"wallet"}}"#;
const LINES_ORDER: &str = r#"{"lines":[{"sku":"{sku}","quantity":1}],
    "buyer":{"id":"{my.buyer}"},"channel":"h5","pay":{"method":"wallet"}}"#;
const ORDER_FOR: &str = r#"{"sku":"{my.sku}","quantity":1,"buyer":{"id":"{buyer}"},
    "pay":{"method":"wallet"}}"#;
const LATER_ORDER: &str = r#"{"sku":"{sku}","quantity":1,"buyer":{"external_id":"{my.buyer_name}"},
    "consent":{"version":"2026-11","at":"2020-01-01T00:00:00Z"},"input":{"wish":"生日快乐 {my.label}"}}"#;
const NOTICE: &str =
    r#"{"payment":"{payment}","order":"{waiting_2}","transaction":"t-1","status":"failed"}"#;
const PART_BACK: &str =
    r#"{"lines":[{"line":1,"quantity":1}],"reason":"不想要了","override":false}"#;
const NOTE: &str = r#"{"text":"{my.label} 来电催单\n明天再联系"}"#;
const MARK: &str = r#"{"reason":"疑似泄露"}"#;
const MARK_CODE: &str = r#"{"code":"{spare_code}","reason":"疑似泄露"}"#;
const MOVE_BY_ID: &str = r#"{"buyer":{"id":"{buyer}"},"amount":{"amount":700,"currency":"CNY"}}"#;
const MOVE_BY_NAME: &str =
    r#"{"buyer":{"external_id":"{buyer_name}"},"amount":{"amount":700,"currency":"CNY"}}"#;
const RECHARGE_BY_ID: &str =
    r#"{"buyer":{"id":"{buyer}"},"amount":{"amount":700,"currency":"CNY"},"method":"test"}"#;
const TRANSFERRED: &str =
    r#"{"reference":"R-{bank_transfer}","amount":{"amount":700,"currency":"CNY"}}"#;
const WALLET_BY_ID: &str = r#"{"buyer":{"id":"{buyer}"},"currency":"CNY"}"#;
const WALLET_BY_NAME: &str = r#"{"buyer":{"external_id":"{buyer_name}"},"currency":"CNY"}"#;
const ENTRIES_BY_ID: &str = r#"{"buyer":{"id":"{buyer}"},"currency":"CNY","limit":20}"#;
const ENTRIES_BY_NAME: &str = r#"{"buyer":{"external_id":"{buyer_name}"},"limit":20}"#;
/// What others own cannot be referred to.
const OFFER_ELSEWHERE: &str = r#"{"save":[{"kind":"sample_offer","id":"smo_00000000000000000000000009","shape":2,
    "body":{"name":"报价 {my.label}","place":"{sample_place_2}","percent":5}}],"archive":[]}"#;
const PLACE_SAVED: &str = r#"{"save":[{"kind":"sample_place","id":"spl_00000000000000000000000009",
    "body":{"code":"applied {my.label}","name":"店 {my.label}"}}]}"#;
const NEW_KEY: &str = r#"{"name":"a key","mode":"test","scopes":["orders:read","orders:write"],
    "requests_per_minute":60000}"#;

/// Every route that is no kind's of resources, at least once.
#[rustfmt::skip] // One line a request.
const FIXED: &[Request] = {
    use Gives::{Forbidden, Invalid, NotFound, Open, Own, OwnList, Signed};
    &[
        ask("GET /healthz", "/healthz", "", Open),
        ask("GET /readyz", "/readyz", "", Open),
        ask("GET /openapi.json", "/openapi.json", "", Open),
        ask("GET /docs", "/docs?lang=en", "", Open),

        ask("POST /v1/products", "/v1/products", NEW_PRODUCT, Own),
        ask("GET /v1/products", "/v1/products", "", OwnList),
        ask("GET /v1/products", "/v1/products?limit=9&after={product_cursor}", "", Own),
        ask("GET /v1/products", "/v1/products?sort=position", "", OwnList),
        ask("GET /v1/products", "/v1/products?sort=position&after={product_cursor}", "", Invalid),
        ask("GET /v1/products/{id}", "/v1/products/{product}", "", NotFound),
        ask("PATCH /v1/products/{id}", "/v1/products/{product}", PRODUCT_CHANGE, NotFound),
        ask("GET /v1/skus/{id}", "/v1/skus/{sku}", "", NotFound),
        ask("PATCH /v1/skus/{id}", "/v1/skus/{sku}", SKU_CHANGE, NotFound),

        ask("POST /v1/files", "/v1/files", ONE_PIXEL, Own),
        ask("GET /v1/shop", "/v1/shop", "", OwnList),
        ask("PATCH /v1/shop", "/v1/shop", SHOP_CHANGE, Own),

        ask("POST /v1/product-files", "/v1/product-files?apply=true&skip_errors=true", "name,price\nfile {my.label} {fresh},1\n", Own),
        ask("GET /v1/product-files/template", "/v1/product-files/template?lang=en", "", Own),
        ask("POST /v1/skus/{id}/code-imports", "/v1/skus/{sku}/code-imports?name=n&supplier=s&unit_cost=1.5&separator=%2C", "number,password\n{my.label}X1,p\n", NotFound),
        ask("POST /v1/skus/{id}/code-imports", "/v1/skus/{my.sku}/code-imports?number=n&password=p", "n,p\n{label}N00001,{label}P1\n", Own),
        ask("GET /v1/code-imports", "/v1/code-imports", "", OwnList),
        ask("GET /v1/code-imports", "/v1/code-imports?after={import_cursor}", "", Own),
        ask("GET /v1/code-imports/{id}", "/v1/code-imports/{import}", "", NotFound),
        ask("GET /v1/code-imports/{id}/errors", "/v1/code-imports/{import}/errors", "", NotFound),
        ask("GET /v1/code-imports/{id}/rows", "/v1/code-imports/{doubt_import}/rows?kind=doubt&limit=10", "", NotFound),
        ask("POST /v1/code-imports/{id}/decisions", "/v1/code-imports/{doubt_import}/decisions", r#"{"doubts":{"default":"drop"}}"#, NotFound),
        ask("POST /v1/code-imports/{id}/export", "/v1/code-imports/{import}/export", MARK, NotFound),
        ask("GET /v1/code-batches/{id}", "/v1/code-batches/{batch}", "", NotFound),
        ask("GET /v1/skus/{id}/expiries", "/v1/skus/{sku}/expiries", "", NotFound),
        ask("GET /v1/stock", "/v1/stock", "", OwnList),
        ask("GET /v1/stock", "/v1/stock?limit=9&after={product_cursor}", "", Own),
        ask("POST /v1/codes/lookup", "/v1/codes/lookup", r#"{"code":"{spare_code}"}"#, NotFound),
        ask("POST /v1/codes/freeze", "/v1/codes/freeze", MARK_CODE, NotFound),
        ask("POST /v1/codes/unfreeze", "/v1/codes/unfreeze", MARK_CODE, NotFound),
        ask("POST /v1/codes/void", "/v1/codes/void", MARK_CODE, NotFound),
        ask("POST /v1/code-batches/{id}/move", "/v1/code-batches/{spare_batch}/move", r#"{"sku":"{sku}","reason":"放错了"}"#, NotFound),
        ask("POST /v1/code-batches/{id}/redate", "/v1/code-batches/{spare_batch}/redate", r#"{"valid_until":null,"reason":"日期错了"}"#, NotFound),
        ask("POST /v1/code-batches/{id}/freeze", "/v1/code-batches/{spare_batch}/freeze", MARK, NotFound),
        ask("POST /v1/code-batches/{id}/unfreeze", "/v1/code-batches/{spare_batch}/unfreeze", MARK, NotFound),
        ask("POST /v1/code-batches/{id}/void", "/v1/code-batches/{spare_batch}/void", MARK, NotFound),

        ask("POST /v1/orders", "/v1/orders", SHORT_ORDER, NotFound),
        ask("POST /v1/orders", "/v1/orders", LINES_ORDER, NotFound),
        ask("POST /v1/orders", "/v1/orders", ORDER_FOR, NotFound),
        ask("GET /v1/orders", "/v1/orders", "", OwnList),
        ask("GET /v1/orders", "/v1/orders?after={order_cursor}", "", Own),
        ask("GET /v1/orders", "/v1/orders?external_id={order_name}", "", NotFound),
        ask("GET /v1/orders", "/v1/orders?buyer={buyer}&sku={sku}&product={product}&batch={batch}&state=delivered", "", Own),
        ask("GET /v1/orders", "/v1/orders?state=pending_payment&channel=api&amount_from=0&amount_to=900000&created_from=2020-01-01T00:00:00Z&created_before=2099-01-01T00:00:00Z&sort=created_at", "", OwnList),
        ask("GET /v1/orders", "/v1/orders?product={my.product}&sort=-amount", "", OwnList),
        ask("GET /v1/orders/{id}", "/v1/orders/{order}", "", NotFound),
        ask("GET /v1/orders/{id}/timeline", "/v1/orders/{order}/timeline", "", NotFound),
        ask("POST /v1/search", "/v1/search", r#"{"q":"{order_name}"}"#, Own),
        ask("POST /v1/search", "/v1/search", r#"{"q":"{buyer_name}"}"#, Own),
        ask("POST /v1/search", "/v1/search", r#"{"q":"{spare_code}"}"#, Own),
        ask("POST /v1/search", "/v1/search", r#"{"q":"{order}"}"#, Own),
        ask("GET /v1/overview", "/v1/overview", "", Own),
        ask("GET /v1/reports/sales", "/v1/reports/sales?by=sku&from=2026-01-01&channel=api", "", Own),
        ask("GET /v1/reports/sales", "/v1/reports/sales?sku={sku}", "", Own),
        ask("GET /v1/reports/code-batches", "/v1/reports/code-batches", "", OwnList),
        ask("POST /v1/orders/{id}/reveal", "/v1/orders/{order}/reveal", r#"{"reason":"核对"}"#, NotFound),

        ask("POST /v1/orders/{id}/link", "/v1/orders/{order}/link", "{}", NotFound),
        ask("POST /v1/orders", "/v1/orders", LATER_ORDER, NotFound),
        ask("POST /v1/orders/{id}/payments", "/v1/orders/{waiting}/payments", r#"{"method":"wallet"}"#, NotFound),
        ask("POST /v1/recharges", "/v1/recharges", RECHARGE_BY_ID, NotFound),
        ask("POST /v1/payments/{id}/confirm", "/v1/payments/{bank_transfer}/confirm", TRANSFERRED, NotFound),
        ask("POST /v1/refunds/{id}/confirm", "/v1/refunds/{hand_refund}/confirm", "{}", NotFound),
        ask("GET /v1/payments/{id}", "/v1/payments/{payment}", "", NotFound),
        ask("POST /test-channel/payments/{id}", "/test-channel/payments/{payment}", r#"{"action":"pay_after","seconds":3600}"#, NotFound),
        ask("GET /v1/payments/{id}/exchanges", "/v1/payments/{payment}/exchanges", "", NotFound),
        ask("POST /v1/payment-accounts/check", "/v1/payment-accounts/check", PaymentAccount::SAMPLE, Own),
        ask("POST /v1/payment-accounts/{id}/check", "/v1/payment-accounts/{payment_account}/check", "{}", NotFound),
        ask("POST /notify/{channel}/{account}", "/notify/alipay/pac_00000000000000000000000000", "{}", Signed),
        ask("POST /notify/test/{merchant}", "/notify/test/{my.merchant}", NOTICE, Signed),
        ask("POST /v1/orders/{id}/cancel", "/v1/orders/{waiting_2}/cancel", "{}", NotFound),
        ask("POST /v1/orders/{id}/notes", "/v1/orders/{order}/notes", NOTE, NotFound),
        ask("POST /v1/orders/{id}/refunds", "/v1/orders/{paid}/refunds", PART_BACK, NotFound),
        ask("GET /v1/orders/{id}/payments", "/v1/orders/{paid}/payments", "", NotFound),
        ask("GET /v1/orders/{id}/refunds", "/v1/orders/{paid}/refunds", "", NotFound),
        ask("GET /v1/payments", "/v1/payments", "", OwnList),
        ask("GET /v1/payments", "/v1/payments?state=succeeded&method=wallet&currency=CNY&amount_from=0&amount_to=900000&created_from=2020-01-01T00:00:00Z&created_before=2099-01-01T00:00:00Z&sort=created_at", "", OwnList),
        ask("GET /v1/payments", "/v1/payments?channel=wechat", "", Own),
        ask("GET /v1/payments", "/v1/payments?order={paid}", "", NotFound),
        ask("GET /v1/payments", "/v1/payments?state=returned&after={order_cursor}", "", Own),
        ask("GET /v1/refunds", "/v1/refunds", "", OwnList),
        ask("GET /v1/refunds", "/v1/refunds?state=succeeded&cause=requested&method=wallet&amount_from=0&amount_to=900000&sort=-created_at", "", OwnList),
        ask("GET /v1/refunds", "/v1/refunds?order={paid}&sort=created_at", "", NotFound),
        ask("GET /v1/refunds", "/v1/refunds?payment={payment}", "", NotFound),
        ask("GET /v1/refunds", "/v1/refunds?state=failed&after={order_cursor}", "", Own),
        ask("GET /v1/refunds/{id}", "/v1/refunds/{refund}", "", NotFound),
        ask("POST /v1/refunds/{id}/retry", "/v1/refunds/{refund}/retry", "{}", NotFound),

        ask("GET /v1/buyers", "/v1/buyers", "", OwnList),
        ask("GET /v1/buyers", "/v1/buyers?after={buyer_cursor}", "", Own),
        ask("GET /v1/buyers/{id}", "/v1/buyers/{buyer}", "", NotFound),
        ask("POST /v1/buyers/lookup", "/v1/buyers/lookup", r#"{"external_id":"{buyer_name}"}"#, NotFound),

        ask("POST /v1/buyers/{id}/unmask", "/v1/buyers/{buyer}/unmask", MARK, NotFound),
        ask("POST /v1/orders/{id}/unmask", "/v1/orders/{order}/unmask", MARK, NotFound),

        ask("POST /v1/wallets/lookup", "/v1/wallets/lookup", WALLET_BY_ID, NotFound),
        ask("POST /v1/wallets/lookup", "/v1/wallets/lookup", WALLET_BY_NAME, NotFound),
        ask("POST /v1/wallets/entries", "/v1/wallets/entries", ENTRIES_BY_ID, NotFound),
        ask("POST /v1/wallets/entries", "/v1/wallets/entries", ENTRIES_BY_NAME, NotFound),
        ask("POST /v1/wallet-holds", "/v1/wallet-holds", MOVE_BY_ID, NotFound),
        ask("POST /v1/wallet-holds", "/v1/wallet-holds", MOVE_BY_NAME, NotFound),
        ask("GET /v1/wallet-holds/{id}", "/v1/wallet-holds/{hold}", "", NotFound),
        ask("POST /v1/wallet-holds/{id}/post", "/v1/wallet-holds/{hold}/post", r#"{"amount":{"amount":300,"currency":"CNY"}}"#, NotFound),
        ask("POST /v1/wallet-holds/{id}/void", "/v1/wallet-holds/{hold_2}/void", "{}", NotFound),
        ask("POST /v1/wallet-credits", "/v1/wallet-credits", MOVE_BY_ID, NotFound),
        ask("POST /v1/wallet-credits", "/v1/wallet-credits", MOVE_BY_NAME, Own),

        ask("GET /v1/accounts", "/v1/accounts", "", OwnList),
        ask("GET /v1/accounts", "/v1/accounts?after={account_cursor}", "", Own),
        ask("GET /v1/accounts/{id}", "/v1/accounts/{account}", "", NotFound),
        ask("GET /v1/accounts/{id}/entries", "/v1/accounts/{account}/entries?limit=50", "", NotFound),
        ask("GET /v1/transfers", "/v1/transfers", "", OwnList),
        ask("GET /v1/transfers", "/v1/transfers?after={transfer_cursor}", "", Own),
        ask("GET /v1/transfers", "/v1/transfers?order={paid}&limit=50", "", NotFound),
        ask("GET /v1/transfers/{id}", "/v1/transfers/{transfer}", "", NotFound),

        ask("GET /v1/resources", "/v1/resources", "", Open),
        ask("GET /v1/resources/{kind}", "/v1/resources/sample_place", "", OwnList),
        ask("GET /v1/resources/{kind}", "/v1/resources/product", "", OwnList),
        ask("GET /v1/resources/{kind}", "/v1/resources/shop_style", "", OwnList),
        ask("POST /v1/resources/compare", "/v1/resources/compare", r#"{"archive":[{"kind":"sample_offer","id":"{sample_offer}"}]}"#, NotFound),
        ask("POST /v1/resources/compare", "/v1/resources/compare", OFFER_ELSEWHERE, Invalid),
        ask("POST /v1/resources/apply", "/v1/resources/apply", OFFER_ELSEWHERE, Invalid),
        ask("POST /v1/resources/apply", "/v1/resources/apply", PLACE_SAVED, Own),

        ask("GET /v1/journal", "/v1/journal", "", OwnList),
        ask("GET /v1/audit", "/v1/audit?object={order}", "", OwnList),
        ask("GET /v1/audit", "/v1/audit?sort=-at&kind=product.created", "", OwnList),
        ask("GET /v1/people", "/v1/people?ids=psn_00000000000000000000000001", "", Own),
        ask("GET /v1/audit/export", "/v1/audit/export", "", Own),

        ask("POST /v1/merchants", "/v1/merchants", r#"{"name":"新商户","zone":"Asia/Shanghai"}"#, Forbidden),
        ask("GET /v1/merchants", "/v1/merchants", "", Forbidden),
        ask("GET /v1/system", "/v1/system", "", Forbidden),
        ask("GET /v1/merchants/{id}", "/v1/merchants/{merchant}", "", Forbidden),
        ask("PATCH /v1/merchants/{id}/terms", "/v1/merchants/{merchant}/terms", r#"{"suspended":true,"reason":"资质到期"}"#, Forbidden),
        ask("POST /v1/merchants/{id}/keys", "/v1/merchants/{merchant}/keys", NEW_KEY, Forbidden),
        ask("POST /v1/merchants/{id}/owner", "/v1/merchants/{merchant}/owner", r#"{"email":"first@shop.example","name":"店主"}"#, Forbidden),
        ask("GET /v1/merchants/{id}/keys", "/v1/merchants/{merchant}/keys", "", Forbidden),
        ask("DELETE /v1/merchants/{id}/keys/{key}", "/v1/merchants/{merchant}/keys/{key}", "", Forbidden),

        ask("GET /v1/approvals", "/v1/approvals?state=open&limit=9", "", OwnList),
        ask("GET /v1/approvals", "/v1/approvals", "", OwnList),
        ask("GET /v1/approvals/{id}", "/v1/approvals/{approval}", "", NotFound),
        ask("POST /v1/approvals/{id}/result", "/v1/approvals/{approval}/result", "{}", NotFound),
        ask("POST /v1/approvals/{id}/refuse", "/v1/approvals/{approval}/refuse", MARK, NotFound),
        ask("POST /v1/approvals/{id}/approve", "/v1/approvals/{approval}/approve", "{}", NotFound),
        ask("GET /v1/approval_policy", "/v1/approval_policy", "", Own),
        ask("PATCH /v1/approval_policy", "/v1/approval_policy", r#"{"refund_above":90000,"hours":48}"#, Own),

        ask("POST /v1/exports", "/v1/exports", r#"{"list":"orders","format":"csv","filter":{"buyer":"{my.buyer}"},"columns":["id","total"]}"#, Own),
        ask("POST /v1/exports", "/v1/exports", r#"{"list":"orders.timeline","format":"xlsx","filter":{"id":"{order}"}}"#, NotFound),
        ask("GET /v1/exports", "/v1/exports?limit=9", "", OwnList),
        ask("GET /v1/export-lists", "/v1/export-lists", "", Own),
        ask("GET /v1/exports/{id}", "/v1/exports/{export}", "", NotFound),
        ask("POST /v1/exports/{id}/cancel", "/v1/exports/{cancelled_export}/cancel", "{}", NotFound),
        ask("GET /v1/export-files/{token}", "/v1/export-files/{export_token}", "", Gives::Lost),

        ask("GET /v1/skus/{id}/content", "/v1/skus/{content_sku}/content", "", NotFound),
        ask("GET /v1/skus/{id}/content/versions", "/v1/skus/{content_sku}/content/versions?limit=9", "", NotFound),
        ask("POST /v1/skus/{id}/content/versions", "/v1/skus/{content_sku}/content/versions", r#"{"text":"https://pan.example/{my.label}","note":"x"}"#, NotFound),
        ask("POST /v1/skus/{id}/content/files", "/v1/skus/{content_sku}/content/files?name=lessons.zip&note=x", "a file of {my.label}", NotFound),
        ask("GET /v1/content-files/{token}", "/v1/content-files/{content_token}", "", Gives::Lost),
        ask("POST /v1/skus/{id}/content/reveal", "/v1/skus/{content_sku}/content/reveal", r#"{"version":1,"reason":"x"}"#, NotFound),

        ask("POST /v1/vouchers", "/v1/vouchers", r#"{"sku":"{voucher_sku}","quantity":2}"#, NotFound),
        ask("GET /v1/vouchers", "/v1/vouchers?limit=9", "", OwnList),
        ask("GET /v1/vouchers", "/v1/vouchers?state=effective&sort=created_at", "", OwnList),
        ask("GET /v1/vouchers/{id}", "/v1/vouchers/{voucher}", "", NotFound),
        ask("POST /v1/vouchers/lookup", "/v1/vouchers/lookup", r#"{"code":"{voucher_code}"}"#, NotFound),
        ask("POST /v1/redemptions", "/v1/redemptions", r#"{"code":"{voucher_code}","uses":1,"store":"{my.till}"}"#, NotFound),
        ask("POST /v1/redemptions", "/v1/redemptions", r#"{"code":"{money_code}","amount":{"amount":7,"currency":"CNY"}}"#, NotFound),
        ask("POST /v1/redemptions/batch", "/v1/redemptions/batch", r#"{"vouchers":[{"code":"{voucher_code}","uses":1}],"store":"{my.till}"}"#, NotFound),
        ask("GET /v1/redemptions", "/v1/redemptions?voucher={voucher}", "", OwnList),
        ask("GET /v1/redemptions", "/v1/redemptions?store={till}&limit=9", "", OwnList),
        ask("POST /v1/vouchers", "/v1/vouchers", r#"{"sku":"{voucher_sku}","quantity":1001}"#, NotFound),
        ask("POST /v1/vouchers/{id}/tokens", "/v1/vouchers/{live_voucher}/tokens", "{}", NotFound),
        ask("GET /v1/voucher-runs", "/v1/voucher-runs?limit=9", "", OwnList),
        ask("GET /v1/voucher-runs/{id}", "/v1/voucher-runs/{voucher_run}", "", NotFound),
        ask("POST /v1/voucher-runs/{id}/stop", "/v1/voucher-runs/{running_run}/stop", "{}", NotFound),
        ask("POST /v1/voucher-runs/{id}/file", "/v1/voucher-runs/{voucher_run}/file", r#"{"format":"csv"}"#, NotFound),
        ask("POST /v1/devices", "/v1/devices", r#"{"store":"{till}","name":"till 2"}"#, NotFound),
        ask("GET /v1/devices", "/v1/devices?limit=9", "", OwnList),
        ask("POST /v1/devices/{id}/remove", "/v1/devices/{device}/remove", "{}", NotFound),
        ask("POST /v1/redemptions/{id}/reverse", "/v1/redemptions/{redemption}/reverse", MARK, NotFound),

        ask("GET /v1/keys", "/v1/keys", "", OwnList),
        ask("POST /v1/keys", "/v1/keys", r#"{"name":"a key {my.label}","scopes":["orders:read"],"requests_per_minute":60000}"#, Own),
        ask("DELETE /v1/keys/{id}", "/v1/keys/{key}", "", NotFound),
        ask("GET /v1/requests", "/v1/requests?outcome=failed&limit=9", "", Own),
        ask("GET /v1/requests", "/v1/requests?key={my.key}", "", Own),
        ask("GET /v1/requests/{id}", "/v1/requests/{request}", "", NotFound),
    ]
};

/// Every route at least once, in an order in which they can be tried one after the other.
pub static REQUESTS: LazyLock<Vec<Request>> = LazyLock::new(|| {
    let of_kinds = registry::ALL.iter().flat_map(resources::requests);
    FIXED.iter().copied().chain(of_kinds).collect()
});

/// Asserts that every route of the router has a request, and every request a route.
pub fn assert_complete() {
    let routes = open::routes(registry::ALL);
    let named: Vec<String> = routes.iter().map(|r| format!("{} {}", r.method, r.path)).collect();
    let without = named.iter().filter(|name| REQUESTS.iter().all(|ask| ask.route != **name));
    let without: Vec<_> = without.collect();
    assert!(without.is_empty(), "routes without a request in testkit::requests: {without:#?}");
    let lost = REQUESTS.iter().filter(|ask| !named.iter().any(|name| name == ask.route));
    let lost: Vec<_> = lost.map(|ask| ask.route).collect();
    assert!(lost.is_empty(), "requests without a route: {lost:#?}");
}
