//! What a vault promises: values open where they belong and nowhere else, tags are stable.

use super::*;

fn tenant(last: u8) -> Tenant {
    let mut bytes = [9; 16];
    bytes[15] = last;
    Tenant::from_bytes(bytes)
}

fn place() -> Place<'static> {
    Place { tenant: tenant(2), table: "codes", row: b"row-1", column: "sealed" }
}

fn vault() -> (MasterKey, Vault, Vec<WrappedKey>) {
    let master = MasterKey::generate();
    let (vault, keys) = Vault::create(&master).expect("fresh keys");
    (master, vault, keys)
}

#[test]
fn a_vault_serves_all_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Vault>();
}

#[test]
fn fresh_keys_are_numbered_from_one() {
    let (_, _, keys) = vault();
    let listed: Vec<_> = keys.iter().map(|key| (key.id, key.purpose)).collect();
    assert_eq!(listed, [(1, Purpose::Seal), (2, Purpose::CodeTag), (3, Purpose::BuyerTag)]);
}

#[test]
fn sealed_values_open_after_a_restart() {
    let (master, vault, mut keys) = vault();
    keys.reverse();
    let again = Vault::open(&master, &keys).expect("the same keys");
    for clear in [b"".as_slice(), b"x", b"CARD-0001 secret", &[0; 300_000]] {
        let sealed = vault.seal(&place(), clear);
        assert_eq!(sealed.len(), clear.len() + 33);
        assert_eq!(sealed[..5], [1, 0, 0, 0, 1], "suite and key id");
        assert_eq!(again.unseal(&place(), &sealed).expect("opens").as_slice(), clear);
    }
    assert_eq!(vault.code_tag(tenant(2), "A1"), again.code_tag(tenant(2), "A1"));
}

#[test]
fn equal_values_are_sealed_differently() {
    let (_, vault, _) = vault();
    assert_ne!(vault.seal(&place(), b"same"), vault.seal(&place(), b"same"));
}

#[test]
fn no_other_place_opens_it() {
    let (_, vault, _) = vault();
    let sealed = vault.seal(&place(), b"secret");
    let others = [
        Place { tenant: tenant(3), ..place() },
        Place { table: "code", ..place() },
        Place { row: b"row-2", ..place() },
        Place { column: "sealed2", ..place() },
        Place { table: "codesr", row: b"ow-1", ..place() },
    ];
    for other in others {
        assert!(matches!(vault.unseal(&other, &sealed), Err(VaultError::Damaged)), "{other:?}");
    }
}

#[test]
fn every_changed_bit_is_noticed() {
    let (_, vault, _) = vault();
    let sealed = vault.seal(&place(), b"secret");
    for bit in 0..sealed.len() * 8 {
        let mut bent = sealed.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        let error = vault.unseal(&place(), &bent).expect_err("changed");
        match bit / 8 {
            0 => assert!(matches!(error, VaultError::NotSealed), "{error}"),
            // The id of its key is a part of it: no key is missing.
            _ => assert!(matches!(error, VaultError::Damaged), "{error}"),
        }
    }
    for length in 0..33 {
        let error = vault.unseal(&place(), &sealed[..length]).expect_err("cut");
        assert!(matches!(error, VaultError::NotSealed), "{length}: {error}");
    }
}

#[test]
fn a_wrong_master_key_is_told_with_its_cure() {
    let (_, _, keys) = vault();
    let error = Vault::open(&MasterKey::generate(), &keys).expect_err("another master key");
    assert!(matches!(error, VaultError::WrongMasterKey));
    assert!(
        error.to_string().contains("start with the master key that the database was made with")
    );
}

#[test]
fn a_missing_key_and_an_impossible_id_are_refused() {
    let (master, _, keys) = vault();
    for missing in 0..keys.len() {
        let mut rest = keys.clone();
        let gone = rest.remove(missing);
        let error = Vault::open(&master, &rest).expect_err("one is missing");
        assert!(matches!(error, VaultError::MissingKey(p) if p == gone.purpose), "{error}");
    }
    for id in [0, -1, i64::from(u32::MAX) + 1] {
        let mut bent = keys.clone();
        bent[0].id = id;
        assert!(matches!(Vault::open(&master, &bent), Err(VaultError::KeyId(n)) if n == id));
    }
}

#[test]
fn the_newest_seal_key_seals_and_older_ones_still_open() {
    let (master, old, mut keys) = vault();
    let before = old.seal(&place(), b"old");
    keys.insert(0, wrapped::fresh(&master, 9, Purpose::Seal).1);
    let new = Vault::open(&master, &keys).expect("four keys");
    let after = new.seal(&place(), b"new");
    assert_eq!(after[1..5], [0, 0, 0, 9]);
    assert_eq!(new.unseal(&place(), &before).expect("old key kept").as_slice(), b"old");
    assert_eq!(new.unseal(&place(), &after).expect("new key").as_slice(), b"new");
    assert!(matches!(old.unseal(&place(), &after), Err(VaultError::UnknownKey(9))));
}

#[test]
fn tags_differ_by_text_tenant_use_and_database() {
    let (_, vault, _) = vault();
    let (_, other, _) = self::vault();
    let tags = [
        vault.code_tag(tenant(2), "A1"),
        vault.code_tag(tenant(2), "A2"),
        vault.code_tag(tenant(3), "A1"),
        vault.buyer_tag(tenant(2), "A1"),
        other.code_tag(tenant(2), "A1"),
    ];
    for (i, left) in tags.iter().enumerate() {
        assert!(tags[i + 1..].iter().all(|right| left != right), "{i}");
    }
    assert_eq!(tags[0], vault.code_tag(tenant(2), "A1"));
}

#[test]
fn a_secret_is_of_one_order_in_one_book_and_no_part_of_its_link() {
    let (_, vault, _) = vault();
    let (order, other) = ([7; 16], [8; 16]);
    let secret = vault.order_secret(tenant(2), &order);
    assert!(vault.is_order_secret(tenant(2), &order, &secret));
    assert!(!vault.is_order_secret(tenant(3), &order, &secret));
    assert!(!vault.is_order_secret(tenant(2), &other, &secret));
    assert_ne!(secret[..], vault.link_token(tenant(2), &order)[..secret.len()]);
    for bit in 0..secret.len() * 8 {
        let mut bent = secret;
        bent[bit / 8] ^= 1 << (bit % 8);
        assert!(!vault.is_order_secret(tenant(2), &order, &bent), "{bit}");
    }
}

#[test]
fn debug_shows_ids_only() {
    let (_, vault, _) = vault();
    assert_eq!(format!("{vault:?}"), "Vault { seal_keys: [1], .. }");
}

/// Stored bytes of the first release: they must open and match for ever.
#[test]
fn the_stored_format_is_kept() {
    let master = MasterKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").expect("a key");
    let stored = [Purpose::Seal, Purpose::CodeTag, Purpose::BuyerTag];
    let keys: Vec<WrappedKey> = (1..)
        .zip(stored.into_iter().zip(SAMPLE_KEYS))
        .map(|(id, (purpose, hex))| WrappedKey { id, purpose, wrapped: bytes(hex) })
        .collect();
    let vault = Vault::open(&master, &keys).expect("sample keys");
    let opened = vault.unseal(&place(), &bytes(SAMPLE_SEALED)).expect("sample value");
    assert_eq!(opened.as_slice(), "卡密 4242".as_bytes());
    assert_eq!(vault.code_tag(tenant(2), "A1").to_vec(), bytes(SAMPLE_CODE_TAG));
    assert_eq!(vault.buyer_tag(tenant(2), "A1").to_vec(), bytes(SAMPLE_BUYER_TAG));
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |c: u8| char::from(c).to_digit(16).expect("hex") as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

const SAMPLE_KEYS: [&str; 3] = [
    "019040c3830dedff6736fa5629d8cf438b8673e0c8f0a1cd9351f5fec5f3f55ecabfb96677\
     6e04f53392bb313ef66ee3417ddeea2d72efc2c82388c210",
    "01785cfee5577e485d2615b10daec42dc00e0835884a83c2139cd1155afbcba5e05ff63354\
     ff1c0c25f833179f5bd3945d8eaff904e6b88582237c96e2",
    "018c55ee539b186bb0ba8d6429e769c82281199cd4ce1a2a6eeac719e33d47a15abb693375\
     97dc8d367f0b5433e867ec71fdf2fb5fe58aa5c2e6f73104",
];
const SAMPLE_SEALED: &str =
    "01000000016dfb6133f208ff109e52effb2db941b350ba6684f3ff403d6181006539243e282a33fd7051adb5";
const SAMPLE_CODE_TAG: &str = "b582ba2921d4a5832e7e5ba48318c00d";
const SAMPLE_BUYER_TAG: &str = "6ca1fadcb0aacadb25c97f23ce14c9d3";

#[test]
fn a_foreign_key_is_a_missing_one() {
    let (_, vault, _) = vault();
    let (_, other, _) = self::vault();
    let foreign = sealed::relabelled(&other.seal(&place(), b"secret"), 7);
    let error = vault.unseal(&place(), &foreign).expect_err("the key is not here");
    assert!(matches!(error, VaultError::UnknownKey(7)), "{error}");
}

#[test]
fn a_damaged_value_that_is_relabelled_stays_damaged() {
    let (_, vault, _) = vault();
    let mut sealed = vault.seal(&place(), b"secret");
    sealed[20] ^= 1;
    sealed[4] = 9;
    let relabelled = vault.relabel(&sealed);
    assert_eq!(relabelled[..5], [1, 0, 0, 0, 1]);
    assert!(matches!(vault.unseal(&place(), &relabelled), Err(VaultError::Damaged)));
    assert_eq!(vault.relabel(b"no seal"), b"no seal");
}
