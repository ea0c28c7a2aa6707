//! Filling a database through the rules, in big batches; what the rules would make only a few rows of
//! is multiplied by SQL.

use domain::catalog::create_product::CreateProduct;
use domain::catalog::{
    GoodsClass, Presentation, RefundRule, ReturnedCodes, SkuKind, SkuLimits, SkuTerms,
};
use domain::idempotency::IdempotencyKey;
use domain::identity::buyer::BuyerRef;
use domain::identity::create_merchant::CreateMerchant;
use domain::identity::operator;
use domain::inventory::begin_import::BeginImport;
use domain::inventory::identity::{ClaimTag, Identity};
use domain::inventory::import_slice::{ImportSlice, NewCode};
use domain::inventory::open_import::OpenImport;
use domain::inventory::{FileFormat, ImportSettings};
use domain::ledger::credit_wallet::CreditWallet;
use domain::order::Channel;
use domain::order::place::{PlaceOrder, Steps, WantedLine};
use domain::{Command, Envelope};
use engine::{Clock, Solo};
use kernel::{Currency, FOREVER, Id16, Mode, Money, SkuId, Tenant, Timestamp};
use store::Store;
use testkit::Db;

const TENANTS: u64 = 3;
const SKUS: usize = 2;
const CODES_OF_A_SKU: u64 = 3_500;
const BUYERS: u64 = 700;
const ORDERS: u64 = 1_700;
const BATCH: usize = 500;

/// At least 20,000 codes, 5,000 orders and 2,000 buyers of three merchants; every other table grows too.
pub async fn fill(db: &Db, store: &Store) {
    let mut solo = Solo::open(store, Clock::System, Some(7)).await.expect("a writer");
    for n in 1..=TENANTS {
        shop(&mut solo, n * 1_000_000).await;
    }
    for statement in MULTIPLY {
        db.sql(statement).await;
    }
    for (table, least) in [("codes", 20_000), ("orders", 5_000), ("buyers", 2_000)] {
        let count = db.number(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert!(count >= least, "{table} has only {count} rows");
    }
}

async fn shop(solo: &mut Solo, first: u64) {
    let create = CreateMerchant { name: "Shop".into(), zone: "Asia/Shanghai".into() };
    let merchant = solo.one(operator(), create).await.expect("a merchant");
    let tenant = Tenant::new(merchant, Mode::Test);
    let create = CreateProduct {
        name: "Card".into(),
        description: None,
        presentation: Presentation::default(),
        on_shelf: true,
        skus: vec![terms(); SKUS],
    };
    let product = solo.one(tenant, create).await.expect("a product");
    let skus: Vec<SkuId> = product.skus.iter().map(|sku| sku.id).collect();
    for (sku, first) in skus.iter().zip((first..).step_by(100_000)) {
        codes(solo, tenant, *sku, first).await;
    }
    let credit = |n| CreditWallet { buyer: buyer(n), amount: cny(1_000_000) };
    submit(solo, tenant, first, (first..first + BUYERS).map(credit)).await;
    let order = |n: u64| order(n, &skus);
    submit(solo, tenant, first + 500_000, (first..first + ORDERS).map(order)).await;
}

fn claim(n: u64, last: u8) -> ClaimTag {
    let tag = spread(n);
    std::array::from_fn(|at| if at == 23 { last } else { tag[at % 16] })
}

async fn codes(solo: &mut Solo, tenant: Tenant, sku: SkuId, first: u64) {
    let settings = ImportSettings::new(FileFormat::Csv, "Asia/Shanghai");
    let begin = BeginImport { sku, settings, name: None, supplier: None, unit_cost: None };
    let import = solo.one(tenant, begin).await.expect("an import").id;
    let open = OpenImport { import, bytes: 0 };
    solo.one(tenant, open).await.expect("it is opened");
    let code = |n| NewCode {
        line: n as i64,
        identity: Identity {
            exact: spread(n),
            own: claim(n, 1),
            alike: vec![claim(n, 0)],
            lookups: vec![claim(n, 0)[..8].try_into().expect("eight bytes")],
            before: spread(n),
        },
        sealed: vec![1; 60],
        valid_until: FOREVER,
    };
    let rows = (first..first + CODES_OF_A_SKU).map(code).collect();
    let (to, lease_until) = (CODES_OF_A_SKU as i64, Timestamp(0));
    let slice = ImportSlice { import, sku, from: 0, to, rows, errors: Vec::new(), lease_until };
    solo.one(tenant, slice).await.expect("its codes come in");
}

/// Runs commands in batches, each with an idempotency key.
async fn submit(
    solo: &mut Solo,
    tenant: Tenant,
    first_key: u64,
    commands: impl Iterator<Item = impl Into<Command>>,
) {
    let envelope = |(command, key)| {
        let key =
            Some(IdempotencyKey { key: spread(key), fingerprint: spread(key), raw: spread(key) });
        Envelope { idempotency: key, ..solo.envelope(tenant, command) }
    };
    let all: Vec<Envelope> = commands.zip(first_key..).map(envelope).collect();
    for batch in all.chunks(BATCH) {
        for outcome in solo.run(batch).await.expect("a batch") {
            outcome.expect("nothing is refused");
        }
    }
}

/// Every third order has two lines, every second one a name of the caller's.
fn order(n: u64, skus: &[SkuId]) -> PlaceOrder {
    let wanted = if n.is_multiple_of(3) { skus } else { &skus[..1] };
    PlaceOrder {
        buyer: buyer(n - n % 1_000_000 + n % BUYERS),
        channel: Channel::Api,
        external_id: n.is_multiple_of(2).then(|| format!("out-{n}")),
        lines: wanted.iter().map(|sku| WantedLine::new(*sku, 1)).collect(),
        max_amount: None,
        consent: None,
        input: None,
        steps: Steps::One,
    }
}

fn buyer(n: u64) -> BuyerRef {
    BuyerRef::External { tag: spread(n), sealed: vec![1; 40] }
}

fn cny(amount: i64) -> Money {
    Money::new(amount, Currency::Cny)
}

/// Sixteen bytes that are evenly spread, as keyed hashes are (the finalizer of splitmix64, twice).
fn spread(n: u64) -> Id16 {
    let mix = |mut bits: u64| {
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    ((u128::from(mix(n)) << 64) | u128::from(mix(!n))).to_be_bytes()
}

fn terms() -> SkuTerms {
    SkuTerms {
        kind: SkuKind::Code,
        name: "1 month".into(),
        price: cny(100),
        list_price: None,
        cost: None,
        goods_class: GoodsClass::VirtualGoods,
        tax_code: None,
        limits: SkuLimits { per_user: Some(1_000), ..SkuLimits::default() },
        sale_from: None,
        sale_until: None,
        stock_alarm: None,
        min_days_left: 0,
        refund: RefundRule::default(),
        returned_codes: ReturnedCodes::default(),
        code_fields: Vec::new(),
        voucher: None,
        en: None,
        on_shelf: true,
    }
}

/// A row for each order, transfer or record in tables that would stay small.
const MULTIPLY: [&str; 51] = [
    "INSERT INTO vouchers (tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from,
        valid_until, on_expiry, live, created_at)
     SELECT tenant, id, buyer, id, 1, 1, 156, 3, 3, 0, 0, 1, 0, created_at, 0, 0, 0 FROM orders",
    "INSERT INTO contents (tenant, id, sku, number, created_at, sealed) SELECT tenant, id, id, 1, 0, id FROM orders",
    "INSERT INTO voucher_tokens (tenant, voucher, digits, until) SELECT tenant, id, (created_at / 1000) % 100000000, 0 FROM orders",
    "INSERT INTO voucher_runs (tenant, id, sku, first, quantity, made, state, created_at, live)
     SELECT tenant, id, buyer, id, 1, 1, 2, 0, 0 FROM orders",
    "INSERT INTO devices (tenant, id, store, name, state, tag, code_until, tries, unlocked_until, created_at)
     SELECT tenant, id, buyer, 'till', 2, id, 0, 0, 0, 0 FROM orders",
    "INSERT INTO voucher_tags (tenant, tag, voucher) SELECT tenant, id, id FROM orders",
    "INSERT INTO redemptions (tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at)
     SELECT tenant, id, id, buyer, buyer, 1, 156, 1, 2, 0, 0 FROM orders",
    "INSERT INTO followed (tenant, seq) SELECT id, 1 FROM orders",
    "INSERT INTO order_keys (tenant, name, value, order_id) SELECT tenant, 1, buyer, id FROM orders",
    "INSERT INTO order_facts (tenant, order_id, seq) SELECT tenant, id, 1 FROM orders",
    "INSERT INTO sales (tenant, cut, slot, sku, channel, currency, placed, closed, orders, pieces, returned, gross, refunded, cost, uncosted)
     SELECT tenant, 2, 1, id, 1, 156, 1, 0, 1, 1, 0, 1, 0, 0, 1 FROM orders",
    "INSERT INTO batch_sales (tenant, batch, currency, sold, returned, gross, refunded) SELECT tenant, id, 156, 1, 0, 1, 0 FROM orders",
    "INSERT INTO approvals (tenant, id, act, requester, state, created_at, expires_at, data)
     SELECT tenant, id, 1, id, 1, 0, 0, '{}' FROM orders",
    "INSERT INTO exports (tenant, id, requester, state, created_at, data)
     SELECT tenant, id, id, 4, created_at, '{}' FROM orders",
    "INSERT INTO request_log (tenant, id, api_key, status, at, data) SELECT tenant, id, id, 200, created_at, '{}' FROM orders",
    "INSERT INTO approval_parts (tenant, id, part, sealed) SELECT tenant, id, 1, id FROM orders",
    "INSERT INTO people (tenant, id, sealed, created_at, data) SELECT tenant, id, id, 0, '{}' FROM orders",
    "INSERT INTO people_emails (tenant, tag, id) SELECT tenant, id, id FROM orders",
    "INSERT INTO api_keys (id, tenant, hash, name, scopes, created_at)
     SELECT id, tenant, id, 'key', 'orders:read', 0 FROM orders",
    "INSERT INTO tenants (tenant, name, zone, created_at)
     SELECT id, 'Shop', 'Asia/Shanghai', 0 FROM orders",
    "INSERT INTO resource_heads (tenant, kind, made) SELECT id, 901, 1 FROM orders",
    "INSERT INTO resources (tenant, kind, id, version, shape, stamp, created_at, edited_at, data)
     SELECT tenant, 901, id, 1, 1, created_at, 0, 0, '{}' FROM orders",
    "INSERT INTO resource_versions (tenant, kind, id, version, shape, stamp, created_at, edited_at, data)
     SELECT tenant, 901, id, 1, 1, created_at, 0, 0, '{}' FROM orders",
    "INSERT INTO resource_claims (tenant, kind, name, key, id) SELECT tenant, 901, 'code', id, id FROM orders",
    "INSERT INTO resource_keys (tenant, kind, name, key, id) SELECT tenant, 901, 'code', id, id FROM orders",
    "INSERT INTO resource_secrets (tenant, kind, id, field, sealed) SELECT tenant, 902, id, 'secret', id FROM orders",
    "INSERT INTO resource_pictures (tenant, kind, id, field, hash, bytes) SELECT tenant, 1, id, 'logo', '', id FROM orders",
    "INSERT INTO looks (tenant, order_id, at) SELECT tenant, id, 0 FROM orders",
    "INSERT INTO versions (subject, version, changed_at) SELECT id, 1, 0 FROM orders",
    "INSERT INTO products (tenant, id, version, data, rank)
     SELECT tenant, id, created_at, '{}', substr(id, 1, 8) FROM orders",
    "INSERT INTO product_versions (tenant, id, version, data)
     SELECT tenant, id, 1, '{}' FROM orders",
    "INSERT INTO skus (tenant, id, product) SELECT tenant, id, id FROM orders",
    "INSERT INTO pools (tenant, sku, low, swept) SELECT tenant, id, id, id FROM orders",
    "INSERT INTO payments (tenant, id, order_id, method, currency, amount, state, created_at)
     SELECT tenant, id, id, 2, 156, 1, 2, 0 FROM orders",
    "INSERT INTO receipts (tenant, method, number, payment, order_id, currency, amount, applied, at)
     SELECT tenant, 2, external_id, id, id, 156, 1, 1, 0 FROM orders WHERE external_id IS NOT NULL",
    "INSERT INTO refunds (tenant, id, order_id, method, currency, amount, loss, cause, overridden, state,
        lines, created_at)
     SELECT tenant, id, id, 2, 156, 1, 0, 1, 0, 1, '[]', 0 FROM orders",
    "INSERT INTO channel_payments (tenant, payment, account, fee_rate, closes_at) SELECT tenant, id, id, 60, 0 FROM orders",
    "INSERT INTO channel_exchanges (tenant, payment, id, data) SELECT tenant, id, id, '{}' FROM orders",
    "INSERT INTO test_notices (tenant, id, payment, order_id, currency, amount, at)
     SELECT tenant, id, id, id, 156, 1, 0 FROM orders",
    "INSERT INTO holds (tenant, id, debit_owner, debit_kind, credit_owner, credit_kind, unit, amount,
        posted, state, at)
     SELECT tenant, id, debit, 1, credit, 4, unit, amount, 0, 1, at FROM transfers",
    "INSERT INTO imports (tenant, id, sku, batch, settings, state, chunks, bytes, records,
        accepted, duplicates, errors, created_at)
     SELECT tenant, id, buyer, id, '{}', 3, 0, 0, 0, 0, 0, 0, 0 FROM orders",
    "INSERT INTO import_rows (tenant, import, kind, line, first) SELECT tenant, id, 1, 1, id FROM orders",
    "INSERT INTO import_plans (tenant, import) SELECT tenant, id FROM orders",
    "INSERT INTO code_tags_before (tag, sku, position) SELECT tag, sku, position FROM codes",
    "INSERT INTO staged_chunks (tenant, import, number, sealed) SELECT tenant, id, 0, id FROM orders",
    "INSERT INTO order_inputs (tenant, order_id, sealed) SELECT tenant, id, id FROM orders",
    "INSERT INTO import_errors (tenant, import, line, field, cause)
     SELECT tenant, id, 1, 'number', 'missing' FROM orders",
    "INSERT INTO work (kind, tenant, subject, due_at, lease_until, attempts)
     SELECT 3, tenant, id, created_at, 0, 0 FROM orders",
    "INSERT INTO idempotency_1 (tenant, key, fingerprint, kind, subject, version)
     SELECT tenant, key, fingerprint, kind, subject, version FROM idempotency_0",
    "INSERT INTO idempotency_0_before (key, fingerprint, kind, subject, version)
     SELECT key, fingerprint, kind, subject, version FROM idempotency_0",
    "INSERT INTO idempotency_1_before (key, fingerprint, kind, subject, version)
     SELECT key, fingerprint, kind, subject, version FROM idempotency_0",
];
