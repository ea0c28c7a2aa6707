//! Keys of every form that merchants paste, and what is refused.

use super::*;
use crate::pay::testdata::*;
use proptest::prelude::*;

#[test]
fn every_form_of_a_private_key_signs_alike() {
    let public = PublicKey::read(CHANNEL_PUBLIC).expect("a key");
    let signed = PrivateKey::read(CHANNEL).expect("a key").sign(b"text").expect("a signature");
    assert!(public.verify(b"text", &signed));
    assert!(!public.verify(b"texts", &signed) && !public.verify(b"text", &signed[4..]));
    assert!(!public.verify(b"text", "") && !public.verify(b"text", &"A".repeat(4096)));
    let forms = [MERCHANT.to_owned(), MERCHANT_PKCS1.into(), bare(MERCHANT), bare(MERCHANT_PKCS1)];
    let signed: Vec<_> =
        forms.iter().map(|form| PrivateKey::read(form).expect("a key").sign(b"x")).collect();
    assert!(signed.iter().all(|one| *one == signed[0]));
    assert!(!public.verify(b"x", signed[0].as_ref().expect("a signature")));
}

#[test]
fn every_form_of_a_public_key_is_the_same() {
    let whole = PublicKey::read(CHANNEL_PUBLIC);
    assert_eq!(PublicKey::read(&bare(CHANNEL_PUBLIC)), whole);
    assert_eq!(PrivateKey::read(CHANNEL).expect("a key").public(), whole.ok());
}

#[test]
fn what_is_no_private_key_is_refused_with_a_cure() {
    let locked = MERCHANT.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    for (text, cure) in [
        (SHORT, "too short"),
        (CURVE, "cannot be read"),
        (CHANNEL_PUBLIC, "public half"),
        (CHANNEL_CRT, "public half"),
        (&locked, "passphrase"),
        (&MERCHANT[..600], "paste the whole"),
        ("hello!", "paste the whole"),
        ("aGVsbG8=", "cannot be read"),
        ("", "paste the whole"),
    ] {
        let error = PrivateKey::read(text).expect_err("refused");
        assert!(error.contains(cure), "{error}: {text}");
    }
}

#[test]
fn what_is_no_public_key_is_refused_with_a_cure() {
    for (text, cure) in [
        (MERCHANT, "private key"),
        (CHANNEL_CRT, "certificate"),
        ("AAAA", "cannot be read"),
        ("", "paste the whole"),
    ] {
        let error = PublicKey::read(text).expect_err("refused");
        assert!(error.contains(cure), "{error}: {text}");
    }
}

#[test]
fn keys_are_not_shown() {
    assert_eq!(format!("{:?}", PrivateKey::read(MERCHANT)), "Ok(PrivateKey(…))");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_keys_never_panic(at in 0_usize..1600, with in "[A-Za-z0-9+/=-]") {
        let mut text = MERCHANT.to_owned();
        let at = at.min(text.len() - 1);
        text.replace_range(at..=at, &with);
        let _ = PrivateKey::read(&text);
        let _ = PublicKey::read(&text.replace("PRIVATE", "PUBLIC"));
    }
}
