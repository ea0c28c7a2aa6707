//! Samples of facts about vouchers.

use super::POSTING;
use domain::Fact as Stored;
use domain::identity::operator;
use domain::voucher::fact::{RedemptionReversed, VoucherRedeemed, VouchersExpired, VouchersMade};
use domain::voucher::{
    OnExpiry, Present, Redemption, Validity, Voucher, VoucherState, VoucherTerms, VoucherType,
    Worth,
};
use kernel::{Currency, OrderId, RedemptionId, SkuId, StoreId, Timestamp, VoucherId};

/// A template with everything that there is to set.
pub fn template() -> VoucherTerms {
    VoucherTerms {
        worth: Worth::Count { uses: 3 },
        validity: Some(Validity::Days { days: 30 }),
        stores: vec![StoreId([24; 16])],
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
        live: true,
        created_at: Timestamp(1),
    }]
}

/// A fact of each kind.
pub fn samples() -> Vec<Stored> {
    let redemption = Redemption {
        id: RedemptionId([23; 16]),
        tenant: operator(),
        voucher: VoucherId([22; 16]),
        sku: SkuId([5; 16]),
        store: Some(StoreId([24; 16])),
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
        Stored::from(VouchersMade { sku, vouchers: one(), postings: postings.clone() }),
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
