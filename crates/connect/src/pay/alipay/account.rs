//! A merchant's account at Alipay.

use crate::pay::account::{FieldError, check};
use crate::pay::notice::Refused;
use crate::pay::secret::Secret;
use crate::pay::wire::cert::{Certificate, alipay_root_sn};
use crate::pay::wire::key::{PrivateKey, PublicKey};
use kernel::Timestamp;
use serde::Deserialize;

/// An account's fields, as the merchant gives them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlipayFields {
    /// The application (应用 APPID).
    pub app_id: String,
    /// The application's private key.
    pub private_key: Secret,
    /// How Alipay's signatures are verified.
    pub verify: VerifyFields,
    /// The merchant's own number (`2088…`), if notices must name it.
    #[serde(default)]
    pub seller_id: Option<String>,
}

/// How Alipay's signatures are verified.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerifyFields {
    /// By Alipay's public key (支付宝公钥, not the application's).
    Key(String),
    /// By certificates.
    Certificates {
        /// The application's certificate (`appCertPublicKey….crt`).
        app: String,
        /// Alipay's certificate (`alipayCertPublicKey_RSA2.crt`).
        alipay: String,
        /// Alipay's roots (`alipayRootCert.crt`).
        root: String,
    },
}

/// A merchant's account at Alipay, ready for use. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AlipayAccount {
    /// The application.
    pub app_id: String,
    /// The merchant's own number, if it is known.
    pub seller_id: Option<String>,
    pub(super) key: PrivateKey,
    pub(super) alipay_key: PublicKey,
    pub(super) certificates: Option<Certificates>,
}

/// What certificate mode adds: the numbers of the certificates, and how long Alipay's holds.
#[derive(Debug, Clone)]
pub(super) struct Certificates {
    pub app_sn: String,
    pub alipay_sn: String,
    pub root_sn: String,
    from: Timestamp,
    until: Timestamp,
}

impl AlipayAccount {
    /// Checks the fields. The error names the field and the cure.
    pub fn parse(fields: AlipayFields) -> Result<Self, FieldError> {
        let digit = |b: u8| b.is_ascii_digit();
        check("app_id", &fields.app_id, 32, digit, "give the application's APPID: digits only")?;
        if let Some(seller) = &fields.seller_id {
            check("seller_id", seller, 32, digit, "give the number that begins with 2088")?;
        }
        let key = PrivateKey::read(fields.private_key.expose());
        let key = key.map_err(|cure| FieldError::new("private_key", cure))?;
        let (alipay_key, certificates) = match fields.verify {
            VerifyFields::Key(pem) => {
                let read = PublicKey::read(&pem);
                let read = read.map_err(|cure| FieldError::new("alipay_public_key", cure))?;
                if key.public().as_ref() == Some(&read) {
                    let cure = "this is the application's own key: paste Alipay's public key";
                    return Err(FieldError::new("alipay_public_key", cure));
                }
                (read, None)
            }
            VerifyFields::Certificates { app, alipay, root } => {
                let (read, certificates) = certificates(&key, &app, &alipay, &root)?;
                (read, Some(certificates))
            }
        };
        let AlipayFields { app_id, seller_id, .. } = fields;
        Ok(Self { app_id, seller_id, key, alipay_key, certificates })
    }

    /// Alipay's key, if `sn`, where a text names it, is the certificate that we hold, and that holds now.
    pub(super) fn alipay_key(
        &self,
        sn: Option<&str>,
        now: Timestamp,
    ) -> Result<&PublicKey, Refused> {
        if let Some(certificates) = &self.certificates {
            if let Some(sn) = sn.filter(|sn| *sn != certificates.alipay_sn) {
                return Err(Refused::UnknownKey(sn.chars().take(64).collect()));
            }
            if now < certificates.from || certificates.until < now {
                return Err(Refused::KeyNotValid);
            }
        }
        Ok(&self.alipay_key)
    }
}

fn certificates(
    key: &PrivateKey,
    app: &str,
    alipay: &str,
    root: &str,
) -> Result<(PublicKey, Certificates), FieldError> {
    let read = |field, text| Certificate::read(text).map_err(|cure| FieldError::new(field, cure));
    let app = read("app_certificate", app)?;
    if app.public_key().ok() != key.public() {
        let cure = "this certificate is not of the private key: paste the application's own";
        return Err(FieldError::new("app_certificate", cure));
    }
    let alipay = read("alipay_certificate", alipay)?;
    let alipay_key = alipay.public_key();
    let alipay_key = alipay_key.map_err(|cure| FieldError::new("alipay_certificate", cure))?;
    let bundle = Certificate::read_bundle(root);
    let bundle = bundle.map_err(|cure| FieldError::new("root_certificates", cure))?;
    let root_sn = alipay_root_sn(&bundle);
    if root_sn.is_empty() {
        let cure = "none of these is signed with RSA: paste alipayRootCert.crt";
        return Err(FieldError::new("root_certificates", cure));
    }
    let (from, until) = alipay.validity();
    let (app_sn, alipay_sn) = (app.alipay_sn(), alipay.alipay_sn());
    Ok((alipay_key, Certificates { app_sn, alipay_sn, root_sn, from, until }))
}
