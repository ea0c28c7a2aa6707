//! Alipay.
use super::*;
use crate::pay::secret::Secret;
use crate::pay::testdata::*;
pub fn account() -> AlipayAccount {
    AlipayAccount::parse(AlipayFields {
        app_id: "2021000000000001".into(),
        private_key: Secret::new(MERCHANT.into()),
        verify: VerifyFields::Key(bare(CHANNEL_PUBLIC)),
        seller_id: Some("2088000000000001".into()),
    })
    .expect("sound fields")
}
