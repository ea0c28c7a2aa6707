//! Every fact of the domain is read and written out as it was stored, with nothing lost.

mod vouchers;

use super::Fact;
use domain::Fact as Stored;
use domain::anchor::checkpoint::Checkpoint;
use domain::anchor::fact::{JournalCheckpointed, JournalExported};
use domain::approval::ApprovalState;
use domain::approval::act::{Act, Size};
use domain::approval::fact::{
    ApprovalAlone, ApprovalDecided, ApprovalExpired, ApprovalOpened, ApprovalTaken,
};
use domain::catalog::fact::{ProductCreated, ProductEdited};
use domain::catalog::input::{InputField, InputKind, InputWords};
use domain::catalog::{
    CodeField, GoodsClass, Presentation, Product, ProductWords, RefundRule, ReturnedCodes, Sku,
    SkuKind, SkuLimits, SkuTerms, SkuWords,
};
use domain::export::fact::{ExportDownloaded, ExportEnded, ExportRequested};
use domain::export::{ExportState, Format};
use domain::identity::fact::{ApiKeyCreated, ApiKeyRevoked, BuyerCreated, MerchantCreated};
use domain::identity::{Scope, operator};
use domain::inventory::fact::{
    BatchAdvanced, BatchMarked, BatchRelocated, CodeMarked, CodesDamaged, CodesExpired,
    CodesExported, CodesReadmitted, CodesRetagged, DoubtsSettled, ImportAdvanced, ImportAsked,
    ImportDecided, ImportFinished, ImportOpened, RelocationAdvanced, SkuStopped, StockLow,
};
use domain::inventory::mark::BatchStatus;
use domain::inventory::settings::Verdict;
use domain::ledger::fact::{HoldMade, HoldPosted, HoldVoided, Posting, WalletCredited};
use domain::order::fact::{
    CodesRevealed, CodesUnreadable, HeldFact, LineFact, OrderBought, OrderClosed, OrderLinkGiven,
    OrderNoted, OrderPaid, OrderPlaced, OrderRetimed,
};
use domain::order::{Channel, Closed, Consent, Order};
use domain::payment::account::PaymentAccountId;
use domain::payment::channel::ChannelPayment;
use domain::payment::fact::{
    AccountUnreadable, NoticeRefused, PaymentEnded, PaymentOffered, PaymentRecharged,
    PaymentReturned, PaymentStarted,
};
use domain::payment::{Goal, PayMethod, Payment, PaymentState, Receipt};
use domain::people::fact::{
    AccessRefused, BuyerUnmasked, OperatorEntered, OrderUnmasked, PersonChange, PersonChanged,
    SessionOpened, SessionSteppedUp, SessionsEnded, SignInRefused,
};
use domain::refund::fact::{RefundMade, RefundRetried, RefundSettled};
use domain::refund::{Refund, RefundCause, RefundLine, RefundState};
use domain::resource::{HexColour, Picture, PictureFormat};
use domain::seal::fact::{KeysDropped, KeysRotated};
use domain::shop::fact::{ShopEdited, StyleBefore};
use domain::shop::{Bilingual, ShopStyle};
use kernel::Colour;
use kernel::{
    AccountId, ApiKeyId, ApprovalId, BuyerId, CodeBatchId, CodeId, Currency, ExportId, HoldId,
    ImportId, MerchantId, Mode, Money, OrderId, PaymentId, PersonId, ProductId, RefundId, SkuId,
    Timestamp, TransferId, UnitCost, VoucherId,
};

const POSTING: Posting =
    Posting { debit: AccountId([1; 16]), credit: AccountId([2; 16]), amount: 199_000 };

/// A product with everything that there is to set.
pub fn product() -> Product {
    let terms = SkuTerms {
        kind: SkuKind::Code,
        name: "1 month".into(),
        price: Money::new(1990, Currency::Cny),
        list_price: Some(Money::new(2990, Currency::Cny)),
        cost: Some(UnitCost { amount: 185_025, currency: Currency::Cny }),
        goods_class: GoodsClass::PrepaidCard,
        tax_code: Some("3040203".into()),
        limits: SkuLimits { per_order: Some(5), per_user: Some(9), ..SkuLimits::default() },
        sale_from: Some(Timestamp(1)),
        sale_until: Some(Timestamp(2)),
        stock_alarm: Some(10),
        min_days_left: 7,
        refund: RefundRule::Days(7),
        returned_codes: ReturnedCodes::Restock,
        code_fields: vec![CodeField {
            code: "account".into(), name: "账号".into(), secret: false
        }],
        voucher: Some(Box::new(vouchers::template())),
        en: Some(SkuWords { name: Some("1 month".into()) }),
        on_shelf: true,
    };
    Product {
        id: ProductId([3; 16]),
        version: 4,
        name: "Film card".into(),
        description: Some("A card".into()),
        presentation: presentation(),
        on_shelf: true,
        skus: vec![Sku { id: SkuId([5; 16]), terms, content: 2 }],
        created_at: Timestamp(6),
    }
}

fn shop() -> StyleBefore {
    let text = || Bilingual { zh: Some("店".into()), en: Some("Shop".into()) };
    let logo = Picture { format: PictureFormat::Webp, hash: "00ff".into(), bytes: 9 };
    let style = ShopStyle {
        name: text(),
        greeting: text(),
        contact: text(),
        colour: Some(HexColour(Colour(0x1f, 0x7a, 0x53))),
        logo: Some(logo),
        share: None,
    };
    StyleBefore { version: 4, style }
}

fn presentation() -> Presentation {
    let words = InputWords { name: Some("Phone".into()), hint: Some("Yours".into()) };
    let field = InputField {
        code: "phone".into(),
        name: "手机号".into(),
        hint: Some("本人的".into()),
        kind: InputKind::Phone,
        required: false,
        en: Some(words),
    };
    Presentation {
        picture: Some("video".into()),
        category: Some("影音".into()),
        guide: vec!["打开".into()],
        input: vec![field],
        en: Some(ProductWords {
            name: Some("Card".into()),
            description: Some("One".into()),
            category: Some("Video".into()),
            guide: vec!["Open".into()],
        }),
        position: Some(5),
    }
}

fn order() -> Order {
    Order {
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
        expires_at: Some(Timestamp(10)),
        closed: Some(Closed::Cancelled),
        payment: Some(PaymentId([18; 16])),
        consent: Some(Consent { version: "2026-11".into(), at: Timestamp(8) }),
        link: None,
        visit: None,
    }
}

fn lines() -> Vec<LineFact> {
    let line = LineFact {
        sku: SkuId([5; 16]),
        product: ProductId([3; 16]),
        product_version: 4,
        quantity: 1,
        unit_price: 1990,
        delivered: 1,
        refunded: 1,
        hold: Some(HoldId([14; 16])),
        codes: vec![(CodeId([10; 16]), 11)],
        vouchers: vec![VoucherId([22; 16])],
        content: Some(1),
    };
    vec![line]
}

fn bought() -> Stored {
    Stored::from(OrderBought {
        order: order(),
        lines: lines(),
        vouchers: vouchers::one(),
        postings: vec![POSTING],
    })
}

fn channel_payment() -> ChannelPayment {
    ChannelPayment {
        tenant: operator(),
        payment: payment().id,
        account: PaymentAccountId::new([7; 16]),
        fee_rate: 60,
        closes_at: Timestamp(1_800_000_900_000_000),
        offer: Some(r#"{"qr":"weixin://wxpay/bizpayurl?pr=x"}"#.to_owned()),
        reference: Some("cs_test_1".to_owned()),
    }
}

fn payment() -> Payment {
    Payment {
        id: PaymentId([18; 16]),
        tenant: operator(),
        goal: Goal::Order(OrderId([7; 16])),
        method: PayMethod::Test,
        currency: Currency::Cny,
        amount: 1990,
        state: PaymentState::Succeeded,
        channel_number: Some("ntc".into()),
        created_at: Timestamp(1),
        ended_at: Some(Timestamp(2)),
    }
}

fn receipt() -> Receipt {
    Receipt {
        number: "ntc".into(),
        method: PayMethod::Test,
        payment: PaymentId([18; 16]),
        order: Some(OrderId([7; 16])),
        currency: Currency::Cny,
        amount: 1991,
        applied: 1990,
        at: Timestamp(2),
    }
}

fn refund() -> Refund {
    Refund {
        id: RefundId([19; 16]),
        tenant: operator(),
        order: Some(OrderId([7; 16])),
        payment: Some(PaymentId([18; 16])),
        receipt: Some("ntc".into()),
        method: PayMethod::Test,
        currency: Currency::Cny,
        amount: 1,
        loss: 1,
        cause: RefundCause::Overpaid,
        reason: Some("why".into()),
        overridden: true,
        state: RefundState::Succeeded,
        lines: vec![RefundLine {
            line: 1,
            quantity: 1,
            codes: vec![CodeId([10; 16])],
            vouchers: vec![VoucherId([22; 16])],
        }],
        created_at: Timestamp(2),
        ended_at: Some(Timestamp(3)),
    }
}

/// Of orders that wait, payments and refunds.
fn samples_of_money() -> Vec<Stored> {
    let held = HeldFact { hold: HoldId([14; 16]), account: AccountId([1; 16]), amount: 1 };
    let postings = vec![POSTING];
    vec![
        Stored::from(OrderPlaced { order: order(), lines: lines(), held: vec![held] }),
        Stored::from(OrderPaid {
            order: order(),
            lines: lines(),
            payment: payment(),
            receipt: Some(receipt()),
            refunds: vec![refund()],
            vouchers: vouchers::one(),
            held: vec![held],
            postings: postings.clone(),
        }),
        Stored::from(OrderClosed { order: order(), lines: lines(), released: vec![held] }),
        Stored::from(OrderRetimed { order: order(), lines: lines() }),
        Stored::from(PaymentStarted { payment: payment(), channel: Some(channel_payment()) }),
        Stored::from(PaymentOffered { channel: channel_payment() }),
        Stored::from(NoticeRefused {
            account: PaymentAccountId::new([7; 16]),
            reason: "bad_signature".to_owned(),
            count: 3,
        }),
        Stored::from(AccountUnreadable { account: PaymentAccountId::new([7; 16]) }),
        Stored::from(PaymentEnded { payment: payment() }),
        Stored::from(PaymentReturned {
            payment: payment(),
            receipt: receipt(),
            refund: refund(),
            postings: postings.clone(),
        }),
        Stored::from(PaymentRecharged {
            payment: Payment { goal: Goal::Wallet(BuyerId([8; 16])), ..payment() },
            receipt: Receipt { order: None, ..receipt() },
            refunds: vec![Refund { order: None, ..refund() }],
            postings: postings.clone(),
        }),
        Stored::from(RefundMade {
            refund: refund(),
            order: order(),
            lines: lines(),
            vouchers: vouchers::one(),
            postings,
        }),
        Stored::from(RefundSettled { refund: refund(), posting: POSTING }),
        Stored::from(RefundRetried { refund: refund(), posting: POSTING }),
    ]
}

/// Of merchants, their keys and what they sell.
fn samples_of_merchants() -> Vec<Stored> {
    let (merchant, key) = (MerchantId([12; 16]), ApiKeyId([13; 16]));
    vec![
        Stored::from(MerchantCreated { merchant, name: "M".into(), zone: "Asia/Shanghai".into() }),
        Stored::from(ApiKeyCreated {
            key,
            merchant,
            mode: Mode::Test,
            name: "M".into(),
            scopes: Scope::MERCHANT.to_vec(),
            requests_per_minute: Some(60),
            expires_at: Some(Timestamp(1_000_000)),
        }),
        Stored::from(ApiKeyRevoked { key }),
        Stored::from(ProductCreated { product: product() }),
        Stored::from(ProductEdited { product: product(), before: Some(product()) }),
        Stored::from(ShopEdited { shop: shop() }),
    ]
}

/// Of buyers and their wallets.
fn samples_of_wallets() -> Vec<Stored> {
    let (hold, account, buyer) = (HoldId([14; 16]), AccountId([1; 16]), BuyerId([8; 16]));
    vec![
        Stored::from(BuyerCreated { buyer }),
        Stored::from(WalletCredited { transfer: TransferId([16; 16]), buyer, posting: POSTING }),
        Stored::from(HoldMade { hold, account, buyer, amount: 1 }),
        Stored::from(HoldPosted { hold, account, released: 2, posting: POSTING }),
        Stored::from(HoldVoided { hold, account, released: 3 }),
    ]
}

/// Of people, and of what they were shown.
fn samples_of_people() -> Vec<Stored> {
    let (person, reason) = (PersonId([18; 16]), "why".to_owned());
    let (address, agent) = ("203.0.113.7".to_owned(), "Browser".to_owned());
    let changed = PersonChange::ALL.map(|what| Stored::from(PersonChanged { person, what }));
    let opened =
        SessionOpened { person, address: address.clone(), agent: agent.clone(), new_device: true };
    let others = [
        Stored::from(opened),
        Stored::from(SessionSteppedUp { person, address: address.clone() }),
        Stored::from(SessionsEnded { person, sessions: 2 }),
        Stored::from(OperatorEntered { person, address: address.clone() }),
        Stored::from(AccessRefused {
            person: Some(person),
            route: "POST /v1/keys".into(),
            code: "forbidden".into(),
            count: 2,
        }),
        Stored::from(SignInRefused { address, count: 3, person: Some(person) }),
        Stored::from(BuyerUnmasked { buyer: BuyerId([8; 16]), reason: reason.clone() }),
        Stored::from(OrderUnmasked { order: OrderId([7; 16]), reason }),
    ];
    changed.into_iter().chain(others).collect()
}

/// Of acts that want a second person.
fn samples_of_exports() -> Vec<Stored> {
    let (export, list) = (ExportId([1; 16]), "orders".to_owned());
    let requested = |format, filter: &[(&str, &str)]| {
        let filter = filter.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        ExportRequested { export, list: list.clone(), format, filter }
    };
    let ended = |state, problem: Option<&str>| {
        let problem = problem.map(str::to_owned);
        ExportEnded { export, list: list.clone(), state, rows: 7, bytes: 900, problem }
    };
    vec![
        Stored::from(requested(Format::Csv, &[])),
        Stored::from(requested(Format::Xlsx, &[("state", "delivered")])),
        Stored::from(ended(ExportState::Done, None)),
        Stored::from(ended(ExportState::Failed, Some("forbidden"))),
        Stored::from(ended(ExportState::Cancelled, None)),
        Stored::from(ExportDownloaded { export, list: list.clone(), rows: 7 }),
    ]
}

fn samples_of_approvals() -> Vec<Stored> {
    let (approval, requester, by) = (ApprovalId([1; 16]), PersonId([2; 16]), PersonId([3; 16]));
    let opened = |size, alone| ApprovalOpened {
        approval,
        act: Act::Refund,
        requester,
        request: "POST /v1/orders/…/refunds".into(),
        size,
        expires_at: Timestamp(4),
        alone,
    };
    let decided = |state, problem: Option<&str>, reason: Option<&str>| ApprovalDecided {
        approval,
        act: Act::RevealCodes,
        requester,
        by,
        state,
        problem: problem.map(str::to_owned),
        reason: reason.map(str::to_owned),
    };
    vec![
        Stored::from(opened(Some(Size::Amount(Money::new(5, Currency::Cny))), true)),
        Stored::from(opened(Some(Size::Pieces(21)), false)),
        Stored::from(opened(None, false)),
        Stored::from(ApprovalAlone { approval, requester }),
        Stored::from(decided(ApprovalState::Done, None, None)),
        Stored::from(decided(ApprovalState::Failed, Some("order_state"), None)),
        Stored::from(decided(ApprovalState::Refused, None, Some("没有凭证"))),
        Stored::from(ApprovalExpired { approval, act: Act::People, requester }),
        Stored::from(ApprovalTaken { approval, requester }),
    ]
}

/// Of code files, batches, codes and stock.
fn samples_of_codes() -> Vec<Stored> {
    let (import, batch, sku) = (ImportId([15; 16]), CodeBatchId([17; 16]), SkuId([5; 16]));
    vec![
        Stored::from(ImportOpened {
            import,
            batch,
            sku,
            supplier: Some("S".into()),
            unit_cost: Some(UnitCost { amount: 1, currency: Currency::Usd }),
            bytes: 5,
        }),
        Stored::from(ImportAdvanced {
            import,
            records: 6,
            accepted: 3,
            duplicates: 2,
            doubts: 4,
            errors: 1,
            posting: Some(POSTING),
        }),
        Stored::from(CodesExported { import, batch, sku, codes: 3, reason: "r".into() }),
        Stored::from(CodesReadmitted { import, postings: vec![POSTING] }),
        Stored::from(ImportAsked { import, questions: 2, kept: true }),
        Stored::from(ImportDecided {
            import,
            columns: Some(vec!["number".into(), "-".into()]),
            encoding: Some("gb18030".into()),
            separator: Some("|".into()),
            answers: [("dates".to_owned(), "dmy".to_owned())].into(),
            doubts: Some(Verdict::Drop),
            lines: 3,
        }),
        Stored::from(DoubtsSettled {
            import,
            sku,
            accepted: 1,
            dropped: 2,
            postings: vec![POSTING],
        }),
        Stored::from(CodesRetagged { count: 7, twins: 1 }),
        Stored::from(ImportFinished {
            import,
            accepted: 3,
            duplicates: 2,
            doubts: 4,
            errors: 1,
            failure: Some("why".into()),
        }),
        Stored::from(CodesExpired { sku, count: 4, posting: POSTING }),
        Stored::from(CodesDamaged { sku, codes: vec![CodeId([10; 16])], posting: POSTING }),
        Stored::from(SkuStopped { sku, damaged: 3 }),
        Stored::from(StockLow { sku, left: 9, line: 10 }),
        Stored::from(BatchMarked {
            import,
            batch,
            sku,
            mark: BatchStatus::Frozen,
            reason: "why".into(),
        }),
        Stored::from(BatchAdvanced {
            import,
            sku,
            mark: BatchStatus::Voided,
            count: 2,
            postings: vec![POSTING],
        }),
        Stored::from(BatchRelocated {
            import,
            batch,
            from: sku,
            to: sku,
            valid_until: Some(Timestamp(0)),
            reason: Some("why".into()),
        }),
        Stored::from(RelocationAdvanced {
            import,
            from: sku,
            to: sku,
            count: 2,
            postings: vec![POSTING],
            failure: Some("batch_seen".into()),
        }),
        Stored::from(CodeMarked {
            code: CodeId([10; 16]),
            batch,
            sku,
            mark: BatchStatus::Open,
            reason: "why".into(),
            postings: vec![POSTING],
        }),
    ]
}

/// One of each kind, with every optional field there.
fn samples() -> Vec<Stored> {
    let others = vec![
        bought(),
        Stored::from(OrderLinkGiven { order: OrderId([7; 16]), mailed: true }),
        Stored::from(OrderNoted { order: OrderId([7; 16]), text: "a\nb".into() }),
        Stored::from(CodesUnreadable { order: OrderId([7; 16]), codes: vec![CodeId([10; 16])] }),
        Stored::from(CodesRevealed {
            order: OrderId([7; 16]),
            address: Some("a".into()),
            device: Some("d".into()),
            reason: Some("r".into()),
        }),
        Stored::from(KeysRotated { by: "me".into(), wrapped: vec![1, 2], added: Some(3) }),
        Stored::from(KeysDropped { oldest: 3 }),
        Stored::from(JournalExported { asked: "{}".into(), rows: 2, sha256: "00".into() }),
        Stored::from(JournalCheckpointed {
            checkpoint: Checkpoint {
                number: 1,
                at: 2,
                books: 3,
                facts: 4,
                root: "r".into(),
                previous: "p".into(),
                key: "k".into(),
                signature: "s".into(),
            },
        }),
    ];
    [
        samples_of_merchants(),
        samples_of_wallets(),
        samples_of_people(),
        samples_of_approvals(),
        samples_of_exports(),
        samples_of_codes(),
        samples_of_money(),
        vouchers::samples(),
        others,
    ]
    .concat()
}

/// Each kind with the subject that it is told with, if its row's is this.
pub fn subjects(id: &kernel::Id16) -> Vec<(String, String)> {
    let told = |stored: &Stored| {
        let fact = serde_json::to_value(stored).expect("a fact is JSON");
        let fact: Fact = serde_json::from_value(fact).expect("a shape");
        (stored.kind().name.to_owned(), fact.subject(*id))
    };
    samples().iter().map(told).collect()
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
    let kinds: std::collections::BTreeSet<_> =
        samples().iter().map(|fact| fact.kind().name).collect();
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
