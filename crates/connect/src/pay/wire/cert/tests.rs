//! Certificates: their numbers against another implementation's, and damaged ones.

use super::*;
use crate::pay::testdata::*;
use proptest::prelude::*;

fn expected(file: &str) -> &'static str {
    let line = ALIPAY_SN.lines().find_map(|line| line.strip_prefix(file)?.strip_prefix(' '));
    line.expect("listed")
}

#[test]
fn alipays_numbers_are_those_of_another_implementation() {
    for (file, text) in
        [("channel.crt", CHANNEL_CRT), ("merchant.crt", MERCHANT_CRT), ("expired.crt", EXPIRED_CRT)]
    {
        assert_eq!(Certificate::read(text).expect("one").alipay_sn(), expected(file), "{file}");
    }
    let bundle = Certificate::read_bundle(ROOT_CRT).expect("three");
    assert_eq!((bundle.len(), alipay_root_sn(&bundle).as_str()), (3, expected("root.crt")));
}

#[test]
fn serial_key_and_validity_are_read() {
    let read = Certificate::read(CHANNEL_CRT).expect("one");
    assert_eq!(read.serial_hex(), "5157F09EFDC096DE15EBE81A47057A7232F1B8E1");
    assert_eq!(read.public_key(), PublicKey::read(CHANNEL_PUBLIC));
    let (from, until) = read.validity();
    assert_eq!(
        (from.to_string(), until.to_string()),
        ("2020-01-01T00:00:00Z".into(), "2099-01-01T00:00:00Z".into())
    );
}

#[test]
fn decimals_of_any_length() {
    for (bytes, text) in [
        (&[0_u8][..], "0"),
        (&[255], "255"),
        (&[1, 0], "256"),
        (&[0xff; 16], "340282366920938463463374607431768211455"),
    ] {
        assert_eq!(decimal(bytes), text);
    }
}

#[test]
fn what_is_no_certificate_is_refused() {
    for text in [MERCHANT, CHANNEL_PUBLIC, "", "AAAA", ROOT_CRT] {
        assert!(Certificate::read(text).is_err(), "{text}");
    }
    assert!(Certificate::read_bundle(MERCHANT).is_err());
}

proptest! {
    #[test]
    fn damaged_certificates_never_panic(at in 0_usize..1400, with in "[A-Za-z0-9+/=-]") {
        let mut text = CHANNEL_CRT.to_owned();
        let at = at.min(text.len() - 1);
        text.replace_range(at..=at, &with);
        if let Ok(read) = Certificate::read(&text) {
            let _ = (read.alipay_sn(), read.serial_hex(), read.validity(), read.public_key());
        }
    }
}
