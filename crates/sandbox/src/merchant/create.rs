//! New accounts: numbers in the shapes that the channels give out, and keys.

use super::certificate::{Authority, alipay_number};
use super::{
    AlipayAccount, AlipayCertificates, MerchantAccounts, Mode, StripeAccount, WechatAccount,
};
use crate::{gcm, keys, random};
use anyhow::Result;

/// A merchant's accounts, without addresses.
pub fn accounts(mode: Mode) -> Result<MerchantAccounts> {
    let [merchant, platform, app, alipay] =
        [keys::generate()?, keys::generate()?, keys::generate()?, keys::generate()?];
    Ok(MerchantAccounts {
        mode,
        wechat: wechat(mode, merchant.0, platform)?,
        alipay: alipay_account(mode, app.0, alipay)?,
        stripe: StripeAccount {
            base_url: String::new(),
            secret_key: format!("sk_test_{}", random::word(24)),
            webhook_secret: format!("whsec_{}", random::word(32)),
        },
    })
}

fn wechat(
    mode: Mode,
    private_key_pem: String,
    (platform, public): (String, String),
) -> Result<WechatAccount> {
    let (name, certificate) = platform_name(mode, &platform)?;
    let (id, serial) = match mode {
        Mode::PublicKey => (Some(name), None),
        Mode::Certificate => (None, Some(name)),
    };
    Ok(WechatAccount {
        base_url: String::new(),
        appid: format!("wx{}", random::hex(16).to_lowercase()),
        app_secret: random::hex(32).to_lowercase(),
        mchid: format!("19{}", random::digits(8)),
        serial_no: format!("4{}", random::hex(39)),
        api_v3_key: random::word(gcm::KEY_LENGTH),
        private_key_pem,
        public_key_pem: public,
        public_key_id: id,
        platform_private_key_pem: platform,
        platform_certificate_pem: certificate,
        platform_serial_no: serial,
    })
}

/// What a key of WeChat Pay goes by: an id, or the serial of a certificate with it.
pub fn platform_name(mode: Mode, private_pem: &str) -> Result<(String, Option<String>)> {
    match mode {
        Mode::PublicKey => Ok((format!("PUB_KEY_ID_01{}", random::digits(28)), None)),
        Mode::Certificate => {
            let serial = format!("5{}", random::hex(39));
            let root = Authority::new("Tenpay.com Root CA", "Tenpay.com", &keys::generate()?.0)?;
            let issued = root.issue("Tenpay.com sign", private_pem, &serial)?;
            Ok((serial, Some(issued)))
        }
    }
}

fn alipay_account(
    mode: Mode,
    private_key_pem: String,
    (platform, public): (String, String),
) -> Result<AlipayAccount> {
    let certificates = match mode {
        Mode::PublicKey => None,
        Mode::Certificate => Some(alipay_certificates(&private_key_pem, &platform)?),
    };
    Ok(AlipayAccount {
        gateway: String::new(),
        app_id: format!("2021{}", random::digits(12)),
        seller_id: format!("2088{}", random::digits(12)),
        private_key_pem,
        alipay_public_key_pem: public,
        alipay_private_key_pem: platform,
        certificates,
    })
}

fn alipay_certificates(app: &str, alipay: &str) -> Result<AlipayCertificates> {
    let root = Authority::new(
        "Ant Financial Certification Authority R1",
        "Ant Financial",
        &keys::generate()?.0,
    )?;
    let serials = [(), ()].map(|()| format!("2{}", random::hex(15)));
    Ok(AlipayCertificates {
        app_cert_pem: root.issue("Sandbox application", app, &serials[0])?,
        app_cert_sn: alipay_number(&root.name(), &serials[0]),
        alipay_cert_pem: root.issue("Alipay sandbox", alipay, &serials[1])?,
        alipay_cert_sn: alipay_number(&root.name(), &serials[1]),
        alipay_root_cert_sn: alipay_number(&root.name(), root.serial()),
        alipay_root_cert_pem: root.pem(),
    })
}
