//! X.509 certificates with RSA keys, and the numbers that Alipay derives from them.

use crate::random;
use anyhow::{Context, Result};
use md5::{Digest, Md5};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DistinguishedName, DnType,
    IsCa, KeyPair, PKCS_RSA_SHA256, SerialNumber,
};

const COUNTRY: &str = "CN";
const UNIT: &str = "Sandbox";

/// A root that issues certificates.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    common_name: String,
    organization: String,
    serial: String,
}

impl Authority {
    /// A self-signed root of the key.
    pub fn new(common_name: &str, organization: &str, key_pem: &str) -> Result<Self> {
        let serial = format!("1{}", random::hex(15));
        let mut params = params(common_name, organization, &serial)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, key(key_pem)?)
            .context("the root cannot be signed")?;
        Ok(Self {
            issuer,
            common_name: common_name.to_owned(),
            organization: organization.to_owned(),
            serial,
        })
    }

    /// A certificate for a key, as PEM.
    pub fn issue(&self, common_name: &str, key_pem: &str, serial: &str) -> Result<String> {
        let params = params(common_name, &self.organization, serial)?;
        let issued = params
            .signed_by(&key(key_pem)?, &self.issuer)
            .context("the certificate cannot be signed")?;
        Ok(Certificate::pem(&issued))
    }

    /// The root itself, as PEM.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// The root's serial in hexadecimal digits.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The root's name with the most particular part first, as Alipay writes issuers.
    pub fn name(&self) -> String {
        format!("CN={},OU={UNIT},O={},C={COUNTRY}", self.common_name, self.organization)
    }
}

/// A certificate's number: MD5 over its issuer and its serial in decimal.
pub fn alipay_number(issuer: &str, serial: &str) -> String {
    let serial = u64::from_str_radix(serial, 16).expect("serials here have sixteen digits");
    Md5::digest(format!("{issuer}{serial}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key(pem: &str) -> Result<KeyPair> {
    KeyPair::from_pkcs8_pem_and_sign_algo(pem, &PKCS_RSA_SHA256).context("the key is refused")
}

fn params(common_name: &str, organization: &str, serial: &str) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new()).context("the certificate's names")?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, COUNTRY);
    name.push(DnType::OrganizationName, organization);
    name.push(DnType::OrganizationalUnitName, UNIT);
    name.push(DnType::CommonName, common_name);
    params.distinguished_name = name;
    params.serial_number = Some(SerialNumber::from_slice(&bytes(serial)));
    params.not_before = rcgen::date_time_ymd(2024, 1, 1);
    params.not_after = rcgen::date_time_ymd(2044, 1, 1);
    Ok(params)
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default();
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .filter_map(|pair| u8::try_from(pair.iter().fold(0, |sum, b| sum * 16 + digit(*b))).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_digest_of_issuer_and_decimal_serial() {
        // `printf 'CN=a,OU=b,O=c,C=CN255' | md5sum`
        assert_eq!(alipay_number("CN=a,OU=b,O=c,C=CN", "ff"), "a81294d39a0ae5a9a5c60267fe9ac2fc");
    }
}
