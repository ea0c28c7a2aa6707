//! Every fact of the domain is read and written out as it was stored, with nothing lost.

use super::Fact;
use domain::catalog::{GoodsClass, Product, Sku, SkuKind, SkuLimits, SkuTerms};
use domain::fact::{Fact as Stored, LineFact, Posting};
use domain::identity::{Scope, operator};
use domain::order::{Channel, Order};
use kernel::{
    AccountId, ApiKeyId, BuyerId, CodeBatchId, CodeId, Currency, HoldId, ImportId, MerchantId,
    Mode, Money, OrderId, ProductId, SkuId, Timestamp, TransferId, UnitCost,
};

const POSTING: Posting =
    Posting { debit: AccountId([1; 16]), credit: AccountId([2; 16]), amount: 199_000 };

fn product() -> Product {
    let terms = SkuTerms {
        kind: SkuKind::Code,
        name: "1 month".into(),
        price: Money::new(1990, Currency::Cny),
        list_price: Some(Money::new(2990, Currency::Cny)),
        cost: Some(UnitCost { amount: 185_025, currency: Currency::Cny }),
        goods_class: GoodsClass::PrepaidCard,
        tax_code: Some("3040203".into()),
        limits: SkuLimits { per_order: Some(5), per_user: Some(9) },
        sale_from: Some(Timestamp(1)),
        sale_until: Some(Timestamp(2)),
        stock_alarm: Some(10),
        min_days_left: 7,
        on_shelf: true,
    };
    Product {
        id: ProductId([3; 16]),
        version: 4,
        name: "Film card".into(),
        description: Some("A card".into()),
        on_shelf: true,
        skus: vec![Sku { id: SkuId([5; 16]), terms }],
        created_at: Timestamp(6),
    }
}

fn bought() -> Stored {
    let order = Order {
        id: OrderId([7; 16]),
        tenant: operator(),
        buyer: BuyerId([8; 16]),
        channel: Channel::MiniProgram,
        external_id: Some("out-1".into()),
        currency: Currency::Cny,
        total: 1990,
        paid: 1990,
        refunded: 0,
        created_at: Timestamp(9),
    };
    let line = LineFact {
        sku: SkuId([5; 16]),
        product: ProductId([3; 16]),
        product_version: 4,
        quantity: 1,
        unit_price: 1990,
        delivered: 1,
        codes: vec![(CodeId([10; 16]), 11)],
    };
    Stored::OrderBought { order, lines: vec![line], postings: vec![POSTING] }
}

/// One of each kind, with every optional field there.
fn samples() -> Vec<Stored> {
    let (merchant, key) = (MerchantId([12; 16]), ApiKeyId([13; 16]));
    let (hold, account, buyer) = (HoldId([14; 16]), AccountId([1; 16]), BuyerId([8; 16]));
    let (import, sku) = (ImportId([15; 16]), SkuId([5; 16]));
    let (name, zone) = ("M".to_owned(), "Asia/Shanghai".to_owned());
    let scopes = Scope::MERCHANT.to_vec();
    vec![
        Stored::MerchantCreated { merchant, name: name.clone(), zone },
        Stored::ApiKeyCreated {
            key,
            merchant,
            mode: Mode::Test,
            name,
            scopes,
            requests_per_minute: Some(60),
        },
        Stored::ApiKeyRevoked { key },
        Stored::ProductCreated { product: product() },
        Stored::ProductEdited { product: product() },
        Stored::BuyerCreated { buyer },
        Stored::WalletCredited { transfer: TransferId([16; 16]), buyer, posting: POSTING },
        Stored::HoldMade { hold, account, buyer, amount: 1 },
        Stored::HoldPosted { hold, account, released: 2, posting: POSTING },
        Stored::HoldVoided { hold, account, released: 3 },
        Stored::ImportOpened {
            import,
            batch: CodeBatchId([17; 16]),
            sku,
            supplier: Some("S".into()),
            unit_cost: Some(UnitCost { amount: 1, currency: Currency::Usd }),
            bytes: 5,
        },
        Stored::ImportAdvanced {
            import,
            records: 6,
            accepted: 3,
            duplicates: 2,
            errors: 1,
            posting: Some(POSTING),
        },
        Stored::ImportFinished {
            import,
            accepted: 3,
            duplicates: 2,
            errors: 1,
            failure: Some("why".into()),
        },
        Stored::CodesExpired { sku, count: 4, posting: POSTING },
        Stored::StockLow { sku, left: 9, line: 10 },
        bought(),
        Stored::CodesRevealed { order: OrderId([7; 16]) },
    ]
}

#[test]
fn every_kind_is_shown_as_it_is_stored() {
    for stored in samples() {
        let text = serde_json::to_value(&stored).expect("a fact is JSON");
        let fact: Fact = serde_json::from_value(text.clone()).expect("a shape");
        assert_eq!(serde_json::to_value(&fact).expect("a fact is JSON"), text);
    }
}

#[test]
fn there_is_a_sample_of_every_kind_and_a_shape_for_it() {
    use utoipa::PartialSchema;
    let schema = serde_json::to_value(Fact::schema()).expect("a schema is JSON").to_string();
    let kinds: std::collections::BTreeSet<_> = samples().iter().map(Stored::kind).collect();
    // Counted in the document, so that a shape without a sample is missed here.
    assert_eq!(schema.matches(r#""kind":{"#).count(), kinds.len());
    for kind in kinds {
        assert!(schema.contains(&format!("\"{kind}\"")), "{kind}");
    }
}

#[test]
fn a_subject_is_a_typed_id() {
    let fact: Fact =
        serde_json::from_value(serde_json::to_value(bought()).expect("JSON")).expect("a fact");
    assert_eq!(fact.subject([7; 16]), OrderId([7; 16]).to_string());
}
