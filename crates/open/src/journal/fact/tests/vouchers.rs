//! Samples of facts about vouchers and what buyers share.

use super::POSTING;
use domain::Fact as Stored;
use domain::content::Content;
use domain::content::fact::{ContentChanged, ContentRevealed};
use domain::context::Actor;
use domain::identity::operator;
use domain::till::fact::{CodesGuessed, DeviceAdded, DeviceBlocked, DevicePaired, DeviceRemoved};
use domain::till::{Device, DeviceState};
use domain::voucher::fact::{
    RedemptionReversed, RunBegun, RunStopped, RunTaken, VoucherRedeemed, VouchersExpired,
    VouchersMade,
};
use domain::voucher::hours::Clock;
use domain::voucher::run::{RunState, VoucherRun};
use domain::voucher::{
    Hours, OnExpiry, Present, Redemption, Validity, Voucher, VoucherState, VoucherTerms,
    VoucherType, Worth,
};
use kernel::{
    ContentId, Currency, DeviceId, Money, OrderId, PersonId, RedemptionId, SkuId, StoreId,
    Timestamp, VoucherId, VoucherRunId,
};

/// A template with everything that there is to set.
pub fn template() -> VoucherTerms {
    VoucherTerms {
        worth: Worth::Count { uses: 3 },
        validity: Some(Validity::Days { days: 30 }),
        stores: vec![StoreId([24; 16])],
        hours: vec![Hours {
            days: vec![6, 7],
            from: Clock::parse("10:00").expect("a time"),
            until: Clock::parse("24:00").expect("a time"),
        }],
        min_spend: Some(Money::new(5_000, Currency::Cny)),
        present: Present::Live,
        on_expiry: OnExpiry::Extend(7),
    }
}

/// A voucher.
pub fn one() -> Vec<Voucher> {
    vec![Voucher {
        id: VoucherId([22; 16]),
        tenant: operator(),
        sku: SkuId([5; 16]),
        source: Some((OrderId([7; 16]), 1)),
        counts: VoucherType::Count,
        currency: Currency::Cny,
        total: 3,
        remaining: 2,
        price: 199_000,
        unearned: 132_667,
        state: VoucherState::Effective,
        valid_from: Timestamp(1),
        valid_until: Timestamp(2),
        on_expiry: OnExpiry::Extend(7),
        use_days: 30,
        live: true,
        imported: true,
        created_at: Timestamp(1),
    }]
}

fn run() -> VoucherRun {
    VoucherRun {
        id: VoucherRunId([26; 16]),
        tenant: operator(),
        sku: SkuId([5; 16]),
        first: VoucherId([22; 16]),
        quantity: 5_000,
        live: true,
        made: 2_000,
        state: RunState::Stopped,
        created_at: Timestamp(1),
        ended_at: Some(Timestamp(2)),
    }
}

fn device() -> Device {
    Device {
        id: DeviceId([25; 16]),
        tenant: operator(),
        store: StoreId([24; 16]),
        name: "till".into(),
        state: DeviceState::Paired,
        tag: [0; 16],
        code_until: Timestamp(1),
        paired_at: Some(Timestamp(2)),
        tries: 0,
        unlocked_until: Timestamp(0),
        created_at: Timestamp(1),
    }
}

/// A version of what buyers share.
fn content() -> Content {
    Content {
        id: ContentId([27; 16]),
        tenant: operator(),
        sku: SkuId([5; 16]),
        number: 2,
        note: Some("a new address".into()),
        file_bytes: Some(1_024),
        by: Some(Actor::Person(PersonId([28; 16]))),
        created_at: Timestamp(1),
        sealed: Vec::new(),
    }
}

/// A fact of each kind.
pub fn samples() -> Vec<Stored> {
    let redemption = Redemption {
        id: RedemptionId([23; 16]),
        tenant: operator(),
        voucher: VoucherId([22; 16]),
        sku: SkuId([5; 16]),
        store: Some(StoreId([24; 16])),
        by: Some(Actor::Device(DeviceId([25; 16]))),
        counts: VoucherType::Count,
        currency: Currency::Cny,
        taken: 1,
        remaining: 2,
        earned: 66_333,
        at: Timestamp(1),
        reversed_at: Some(Timestamp(2)),
    };
    let (sku, postings) = (SkuId([5; 16]), vec![POSTING]);
    let voucher = || one().remove(0);
    vec![
        Stored::from(ContentChanged { content: content() }),
        Stored::from(ContentRevealed { sku, number: 2, reason: Some("why".into()) }),
        Stored::from(VouchersMade {
            first: voucher(),
            quantity: 2,
            run: Some(VoucherRunId([26; 16])),
            postings: postings.clone(),
        }),
        Stored::from(RunBegun { run: run() }),
        Stored::from(RunStopped { run: run() }),
        Stored::from(RunTaken { run: VoucherRunId([26; 16]), codes: 5 }),
        Stored::from(CodesGuessed {
            address: "203.0.113.0".into(),
            device: Some(DeviceId([25; 16])),
            count: 3,
        }),
        Stored::from(DeviceAdded { device: device() }),
        Stored::from(DeviceBlocked { device: device() }),
        Stored::from(DevicePaired { device: device() }),
        Stored::from(DeviceRemoved { device: device() }),
        Stored::from(VoucherRedeemed {
            redemption: redemption.clone(),
            voucher: voucher(),
            postings: postings.clone(),
        }),
        Stored::from(RedemptionReversed {
            redemption,
            voucher: voucher(),
            reason: Some("why".into()),
            postings: postings.clone(),
        }),
        Stored::from(VouchersExpired { sku, vouchers: one(), postings }),
    ]
}
