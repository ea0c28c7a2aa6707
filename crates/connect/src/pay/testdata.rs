//! Keys, certificates and a clock for tests.

use kernel::Timestamp;

/// 2027-01-15T08:00:00Z.
pub const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
/// The text of a file of `testdata`.
macro_rules! file {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/", $name))
    };
}

pub const MERCHANT: &str = file!("merchant.pem");
pub const MERCHANT_PKCS1: &str = file!("merchant_pkcs1.pem");
pub const MERCHANT_CRT: &str = file!("merchant.crt");
pub const CHANNEL: &str = file!("channel.pem");
pub const CHANNEL_PUBLIC: &str = file!("channel_public.pem");
pub const CHANNEL_CRT: &str = file!("channel.crt");
pub const NEXT: &str = file!("next.pem");
pub const NEXT_PUBLIC: &str = file!("next_public.pem");
pub const NEXT_CRT: &str = file!("next.crt");
pub const EXPIRED_CRT: &str = file!("expired.crt");
pub const FUTURE_CRT: &str = file!("future.crt");
pub const ROOT_CRT: &str = file!("root.crt");
pub const SHORT: &str = file!("short.pem");
pub const CURVE: &str = file!("curve.pem");
pub const ALIPAY_SN: &str = file!("alipay_sn.txt");

/// Base64 of a PEM, as key tools give it.
pub fn bare(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}
