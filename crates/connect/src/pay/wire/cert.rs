//! X.509 certificates: the key in them, how long they hold, and the numbers that the channels call them by.

use super::key::PublicKey;
use super::pem;
use kernel::Timestamp;
use md5::{Digest, Md5};
use x509_cert::Certificate as Parsed;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::{Decode, Encode};
use x509_cert::name::Name;
use x509_cert::time::Time;

/// Signature algorithms whose certificates count in the number of a bundle of roots: RSA's.
const RSA_FAMILY: &str = "1.2.840.113549.1.1.";
/// Certificates of a bundle at most.
const BUNDLE_MAX: usize = 32;

/// A certificate.
pub struct Certificate(Parsed);

impl Certificate {
    /// Reads one certificate in PEM or bare base64. The error is the cure.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let block = pem::block(text).ok_or("paste one certificate as PEM")?;
        match block.label.as_deref() {
            Some("CERTIFICATE") | None => Self::from_der(&block.der),
            Some(_) => Err("this is no certificate: paste the .crt file's text"),
        }
    }

    /// Reads several certificates in PEM.
    pub fn read_bundle(text: &str) -> Result<Vec<Self>, &'static str> {
        let blocks = pem::blocks(text).ok_or("paste the bundle of root certificates as PEM")?;
        if blocks.len() > BUNDLE_MAX {
            return Err("the bundle has too many certificates: paste the channel's own file");
        }
        blocks.iter().map(|block| Self::from_der(&block.der)).collect()
    }

    fn from_der(der: &[u8]) -> Result<Self, &'static str> {
        let read = Parsed::from_der(der);
        read.map(Self).map_err(|_| "the certificate cannot be read: paste it again, complete")
    }

    /// The RSA key in it.
    pub fn public_key(&self) -> Result<PublicKey, &'static str> {
        let key = self.0.tbs_certificate().subject_public_key_info().to_der();
        PublicKey::from_spki(&key.map_err(|_| "the certificate's key cannot be read")?)
    }

    /// From when to when it holds, both included.
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        let validity = self.0.tbs_certificate().validity();
        (at(&validity.not_before), at(&validity.not_after))
    }

    /// Its serial number in upper-case hexadecimal, as WeChat Pay writes it.
    pub fn serial_hex(&self) -> String {
        self.serial().iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// What Alipay calls it by: MD5 of issuer and decimal serial number.
    pub fn alipay_sn(&self) -> String {
        let issuer = issuer(self.0.tbs_certificate().issuer());
        let hash = Md5::digest(format!("{issuer}{}", decimal(self.serial())));
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn is_rsa_signed(&self) -> bool {
        self.0.signature_algorithm().oid.to_string().starts_with(RSA_FAMILY)
    }

    fn serial(&self) -> &[u8] {
        let bytes = self.0.tbs_certificate().serial_number().as_bytes();
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        &bytes[zeros.min(bytes.len().saturating_sub(1))..]
    }
}

/// What Alipay calls a bundle of roots by: the numbers of those that are signed with RSA, joined by `_`.
pub fn alipay_root_sn(bundle: &[Certificate]) -> String {
    let rsa = bundle.iter().filter(|certificate| certificate.is_rsa_signed());
    rsa.map(Certificate::alipay_sn).collect::<Vec<_>>().join("_")
}

fn at(time: &Time) -> Timestamp {
    let seconds = time.to_unix_duration().as_secs();
    super::clock::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// `CN=…,OU=…,O=…,C=…`: last part first, values as they are, nothing escaped.
fn issuer(name: &Name) -> String {
    let mut parts: Vec<String> = name.iter().map(part).collect();
    parts.reverse();
    parts.join(",")
}

fn part(part: &AttributeTypeAndValue) -> String {
    let oid = part.oid.to_string();
    let key = match oid.as_str() {
        "2.5.4.3" => "CN",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        other => other,
    };
    format!("{key}={}", String::from_utf8_lossy(part.value.value()))
}

/// A big-endian number in decimal.
fn decimal(bytes: &[u8]) -> String {
    let mut digits = vec![0_u8];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) * 256;
            *digit = (carry % 10) as u8;
            carry /= 10;
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect()
}

#[cfg(test)]
mod tests;
