//! The vault: seals and opens columns, and makes look-up tags.
//!
//! Key schedules are prepared once and calls take `&self`, so one vault serves all threads. Several
//! seal keys may be loaded: the newest seals, each opens what it sealed.

use crate::{
    KeyRing, MasterKey, Place, Purpose, Signer, VaultError, WrappedKey, sealed,
    wrapped::{self, ClearKey},
};
use aes_gcm_siv::Aes256GcmSiv;
use hmac::{Hmac, KeyInit, Mac};
use kernel::Tenant;
use sha2::Sha256;
use std::{collections::BTreeMap, fmt};
use zeroize::Zeroizing;

type HmacSha256 = Hmac<Sha256>;

const CODE_TAG_DOMAIN: &[u8] = b"tessera code tag 1\0";
const EXACT_TAG_DOMAIN: &[u8] = b"tessera code exact tag 1\0";
const ALIKE_TAG_DOMAIN: &[u8] = b"tessera code alike tag 1\0";
const LOOKUP_TAG_DOMAIN: &[u8] = b"tessera code look-up tag 1\0";
const BUYER_TAG_DOMAIN: &[u8] = b"tessera buyer tag 1\0";
const REQUEST_TAG_DOMAIN: &[u8] = b"tessera request tag 1\0";
const LINK_DOMAIN: &[u8] = b"tessera order link 1\0";
const ORDER_SECRET_DOMAIN: &[u8] = b"tessera order secret 1\0";
const VISIT_TAG_DOMAIN: &[u8] = b"tessera visit tag 1\0";
const ANSWER_TAG_DOMAIN: &[u8] = b"tessera answer tag 1\0";
const GUEST_DOMAIN: &[u8] = b"tessera guest cookie 1\0";
const PERSON_TAG_DOMAIN: &[u8] = b"tessera person tag 1\0";
const CHANNEL_DOMAIN: &[u8] = b"tessera test channel 1\0";
const VOUCHER_DOMAIN: &[u8] = b"tessera voucher code 1\0";
const VOUCHER_TAG_DOMAIN: &[u8] = b"tessera voucher tag 1\0";
const JOURNAL_DOMAIN: &[u8] = b"tessera journal key 1\0";
const SIGNER_DOMAIN: &[u8] = b"tessera journal signer 1\0";

/// The data keys of one database, ready for use.
pub struct Vault {
    seals: BTreeMap<u32, Aes256GcmSiv>,
    /// Keys that were dropped since, for what was read before.
    remembered: BTreeMap<u32, Aes256GcmSiv>,
    newest: u32,
    code_tags: HmacSha256,
    exact_tags: HmacSha256,
    alike_tags: HmacSha256,
    lookup_tags: HmacSha256,
    buyer_tags: HmacSha256,
    request_tags: HmacSha256,
    links: HmacSha256,
    order_secrets: HmacSha256,
    visit_tags: HmacSha256,
    answer_tags: HmacSha256,
    guests: HmacSha256,
    person_tags: HmacSha256,
    channels: HmacSha256,
    vouchers: HmacSha256,
    voucher_tags: HmacSha256,
    journal: (u32, HmacSha256),
    signer: Signer,
}

impl Vault {
    /// Fresh keys for a new database. The caller stores the wrapped ones before sealing anything.
    pub fn create(master: &MasterKey) -> Result<(Self, Vec<WrappedKey>), VaultError> {
        let purposes = [(1, Purpose::Seal), (2, Purpose::CodeTag), (3, Purpose::BuyerTag)];
        let keys: Vec<WrappedKey> = purposes
            .into_iter()
            .map(|(id, purpose)| wrapped::fresh(master, id, purpose).1)
            .collect();
        // Opening what will be stored shows that the next start can do it too.
        Ok((Self::open(master, &keys)?, keys))
    }

    /// The vault of a database from its stored keys, in any order.
    pub fn open(master: &MasterKey, keys: &[WrappedKey]) -> Result<Self, VaultError> {
        Self::open_with(&master.clone().into(), keys)
    }

    /// The same under any of several master keys.
    pub fn open_with(ring: &KeyRing, keys: &[WrappedKey]) -> Result<Self, VaultError> {
        let mut clear: BTreeMap<(Purpose, u32), ClearKey> = BTreeMap::new();
        for key in keys {
            let id = u32::try_from(key.id).ok().filter(|id| *id > 0);
            let id = id.ok_or(VaultError::KeyId(key.id))?;
            clear.insert((key.purpose, id), ring.open(key)?);
        }
        let of = |purpose| clear.range((purpose, 0)..=(purpose, u32::MAX));
        let newest = |purpose| of(purpose).next_back().ok_or(VaultError::MissingKey(purpose));
        Ok(Self {
            remembered: BTreeMap::new(),
            newest: newest(Purpose::Seal)?.0.1,
            code_tags: prepared(newest(Purpose::CodeTag)?.1, CODE_TAG_DOMAIN),
            exact_tags: prepared(newest(Purpose::CodeTag)?.1, EXACT_TAG_DOMAIN),
            alike_tags: prepared(newest(Purpose::CodeTag)?.1, ALIKE_TAG_DOMAIN),
            lookup_tags: prepared(newest(Purpose::CodeTag)?.1, LOOKUP_TAG_DOMAIN),
            buyer_tags: prepared(newest(Purpose::BuyerTag)?.1, BUYER_TAG_DOMAIN),
            request_tags: prepared(newest(Purpose::BuyerTag)?.1, REQUEST_TAG_DOMAIN),
            links: prepared(newest(Purpose::BuyerTag)?.1, LINK_DOMAIN),
            order_secrets: prepared(newest(Purpose::BuyerTag)?.1, ORDER_SECRET_DOMAIN),
            visit_tags: prepared(newest(Purpose::BuyerTag)?.1, VISIT_TAG_DOMAIN),
            answer_tags: prepared(newest(Purpose::BuyerTag)?.1, ANSWER_TAG_DOMAIN),
            guests: prepared(newest(Purpose::BuyerTag)?.1, GUEST_DOMAIN),
            person_tags: prepared(newest(Purpose::BuyerTag)?.1, PERSON_TAG_DOMAIN),
            channels: prepared(newest(Purpose::BuyerTag)?.1, CHANNEL_DOMAIN),
            vouchers: prepared(&derived(newest(Purpose::CodeTag)?.1, VOUCHER_DOMAIN), &[]),
            voucher_tags: prepared(newest(Purpose::CodeTag)?.1, VOUCHER_TAG_DOMAIN),
            journal: journal_key(newest(Purpose::BuyerTag)?),
            signer: Signer::new(&derived(newest(Purpose::BuyerTag)?.1, SIGNER_DOMAIN)),
            seals: of(Purpose::Seal).map(|((_, id), key)| (*id, wrapped::cipher(key))).collect(),
        })
    }

    /// The ids of the keys that seal or sealed, oldest first; the last one seals.
    pub fn seal_keys(&self) -> Vec<u32> {
        self.seals.keys().copied().collect()
    }

    /// The same vault, which still opens what an earlier one could. Values that were read before their
    /// key was dropped are on their way to callers.
    #[must_use]
    pub fn remembering(mut self, earlier: &Self) -> Self {
        let dropped = earlier.seals.iter().filter(|(id, _)| !self.seals.contains_key(id));
        self.remembered = dropped.map(|(id, cipher)| (*id, cipher.clone())).collect();
        self
    }

    /// Whether a value says that it lies under another key than the one that seals now.
    pub fn lies_under_another_key(&self, sealed: &[u8]) -> bool {
        sealed::key_id(sealed).is_ok_and(|id| id != self.newest)
    }

    /// Whether the key that a value lies under is loaded. Of bytes that are no seal, opening will tell.
    pub fn knows_key_of(&self, sealed: &[u8]) -> bool {
        sealed::key_id(sealed)
            .map_or(true, |id| self.seals.contains_key(&id) || self.remembered.contains_key(&id))
    }

    /// Opens a value and seals it for the same place under the key that seals now.
    pub fn reseal(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(self.seal(place, &self.unseal(place, sealed)?))
    }

    /// The same damaged value, said to lie under the key that seals now: so it stays a damaged value when the key goes that
    /// it was sealed under, and is never taken for one whose key is missing.
    pub fn relabel(&self, sealed: &[u8]) -> Vec<u8> {
        match sealed::key_id(sealed) {
            Ok(_) => sealed::relabelled(sealed, self.newest),
            Err(_) => sealed.to_vec(),
        }
    }

    /// Seals a value for its place: suite ‖ key id ‖ nonce ‖ ciphertext ‖ tag, 33 bytes longer.
    pub fn seal(&self, place: &Place<'_>, clear: &[u8]) -> Vec<u8> {
        sealed::seal(&self.seals[&self.newest], self.newest, place, clear)
    }

    /// Opens a value at the place it was sealed for. [`VaultError::UnknownKey`] means that its key is missing; any other
    /// error that the value is damaged.
    pub fn unseal(
        &self,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let id = sealed::key_id(sealed)?;
        let cipher = self.seals.get(&id).or_else(|| self.remembered.get(&id));
        match cipher {
            Some(cipher) => sealed::open(cipher, place, sealed),
            None if self.is_mislabelled(place, sealed) => Err(VaultError::Damaged),
            None => Err(VaultError::UnknownKey(id)),
        }
    }

    /// Whether a value opens under a key that is loaded, once the id in its header is put right: then the id was
    /// damaged, and no key is missing.
    fn is_mislabelled(&self, place: &Place<'_>, sealed: &[u8]) -> bool {
        self.seals.iter().chain(&self.remembered).any(|(id, cipher)| {
            sealed::open(cipher, place, &sealed::relabelled(sealed, *id)).is_ok()
        })
    }

    /// What a code is: HMAC-SHA256 of tenant and its values, character by character, cut to 16 bytes.
    pub fn exact_tag(&self, tenant: Tenant, values: &[&str]) -> [u8; 16] {
        tag_of_parts(&self.exact_tags, tenant, values)
    }

    /// What a code looks like: the same of values that were folded by the caller.
    pub fn alike_tag(&self, tenant: Tenant, folded: &[&str]) -> [u8; 16] {
        tag_of_parts(&self.alike_tags, tenant, folded)
    }

    /// Lookup tag (blind index) of one folded value of a code: the same, cut to 8 bytes. What is found is opened and compared.
    pub fn lookup_tag(&self, tenant: Tenant, folded: &str) -> [u8; 8] {
        tag_of_parts(&self.lookup_tags, tenant, &[folded])
    }

    /// Tag of a code in programs before records of fields: of its folded number, else password.
    pub fn code_tag(&self, tenant: Tenant, normalised: &str) -> [u8; 16] {
        tag(&self.code_tags, tenant, normalised.as_bytes())
    }

    /// Lookup tag (blind index) of a buyer: HMAC-SHA256 of tenant and external id, cut to 16 bytes.
    pub fn buyer_tag(&self, tenant: Tenant, external_id: &str) -> [u8; 16] {
        tag(&self.buyer_tags, tenant, external_id.as_bytes())
    }

    /// Fingerprint of a request, which tells a repeat. Keyed, because a body holds little but a buyer's
    /// external id, which could be found by trying all of them against a plain hash.
    pub fn request_tag(&self, tenant: Tenant, digest: &[u8]) -> [u8; 16] {
        tag(&self.request_tags, tenant, digest)
    }

    /// What opens an order's page to a guest: 128 bits that follow from the order, so that a repeated
    /// answer has the same link and nothing but its hash ([`crate::link_hash`]) is stored.
    pub fn link_token(&self, tenant: Tenant, order: &[u8; 16]) -> [u8; 16] {
        tag(&self.links, tenant, order)
    }

    /// What opens an order's page beside its number: 40 bits that follow from the order, and are stored nowhere.
    pub fn order_secret(&self, tenant: Tenant, order: &[u8; 16]) -> [u8; 5] {
        let full = tag(&self.order_secrets, tenant, order);
        std::array::from_fn(|i| full[i])
    }

    /// Whether a secret is the order's; takes the same time wherever the difference lies.
    pub fn is_order_secret(&self, tenant: Tenant, order: &[u8; 16], given: &[u8; 5]) -> bool {
        let mut mac = self.order_secrets.clone();
        mac.update(tenant.bytes());
        mac.update(order);
        mac.verify_truncated_left(given).is_ok()
    }

    /// Lookup tag (blind index) of an address or a device, for limits.
    pub fn visit_tag(&self, tenant: Tenant, text: &str) -> [u8; 16] {
        tag(&self.visit_tags, tenant, text.as_bytes())
    }

    /// Lookup tag (blind index) of something that a buyer answered with an order, folded by the caller.
    pub fn answer_tag(&self, tenant: Tenant, folded: &str) -> [u8; 16] {
        tag(&self.answer_tags, tenant, folded.as_bytes())
    }

    /// Lookup tag (blind index) of a person's mail address.
    pub fn person_tag(&self, tenant: Tenant, email: &str) -> [u8; 16] {
        tag(&self.person_tags, tenant, email.as_bytes())
    }

    /// What signs a guest's cookie.
    pub fn guest_tag(&self, tenant: Tenant, text: &str) -> [u8; 16] {
        tag(&self.guests, tenant, text.as_bytes())
    }

    /// Whether a guest's cookie was signed here; takes the same time wherever the difference lies.
    pub fn is_guest_tag(&self, tenant: Tenant, text: &str, given: &[u8; 16]) -> bool {
        let mut mac = self.guests.clone();
        mac.update(tenant.bytes());
        mac.update(text.as_bytes());
        mac.verify_truncated_left(given).is_ok()
    }

    /// The 80 bits of a voucher's code, which follow from the voucher under a key of their own: nothing of a code is stored
    /// but its tag.
    pub fn voucher_code(&self, tenant: Tenant, voucher: &[u8; 16]) -> [u8; 10] {
        let full = tag(&self.vouchers, tenant, voucher);
        std::array::from_fn(|i| full[i])
    }

    /// The 80 bits of the code that pairs a device of a store, which follow from the device as those of a voucher.
    pub fn device_code(&self, tenant: Tenant, device: &[u8; 16]) -> [u8; 10] {
        let full = tag(&self.vouchers, tenant, &[&b"device"[..], device].concat());
        std::array::from_fn(|i| full[i])
    }

    /// Lookup tag (blind index) of a voucher's code, or of a device's.
    pub fn voucher_tag(&self, tenant: Tenant, code: &[u8; 10]) -> [u8; 16] {
        tag(&self.voucher_tags, tenant, code)
    }

    /// Which key makes the MACs of the journal; another one would have another number.
    pub fn journal_key(&self) -> u32 {
        self.journal.0
    }

    /// The MAC of what is said of the journal: HMAC-SHA256 under a key of its own.
    pub fn journal_mac(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.journal.1.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// What signs checkpoints of the journal and exports.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// What the test channel signs a merchant's notices with.
    pub fn test_channel_secret(&self, tenant: Tenant) -> Zeroizing<[u8; 16]> {
        Zeroizing::new(tag(&self.channels, tenant, b"notice"))
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = self.seals.keys().collect::<Vec<_>>();
        f.debug_struct("Vault").field("seal_keys", &ids).finish_non_exhaustive()
    }
}

/// The journal's key follows from a key that looks up, which no rotation replaces, and has that one's number.
fn journal_key((place, key): (&(Purpose, u32), &ClearKey)) -> (u32, HmacSha256) {
    (place.1, prepared(&derived(key, JOURNAL_DOMAIN), &[]))
}

/// A key of its own that follows from another by a label.
fn derived(key: &ClearKey, label: &[u8]) -> ClearKey {
    Zeroizing::new(prepared(key, label).finalize().into_bytes().into())
}

/// An HMAC that has taken in its key and its domain; each tag starts from a copy.
fn prepared(key: &ClearKey, domain: &[u8]) -> HmacSha256 {
    let mut mac = HmacSha256::new_from_slice(&key[..]).expect("HMAC takes keys of any length");
    mac.update(domain);
    mac
}

// The tenant has a fixed length, so tenant and text cannot slide into each other.
fn tag(prepared: &HmacSha256, tenant: Tenant, text: &[u8]) -> [u8; 16] {
    let mut mac = prepared.clone();
    mac.update(tenant.bytes());
    mac.update(text);
    let full = mac.finalize().into_bytes();
    let mut short = [0; 16];
    short.copy_from_slice(&full[..16]);
    short
}

// Each part carries its length before it, so that no two sequences are written alike.
fn tag_of_parts<const N: usize>(prepared: &HmacSha256, tenant: Tenant, parts: &[&str]) -> [u8; N] {
    let mut mac = prepared.clone();
    mac.update(tenant.bytes());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    let full = mac.finalize().into_bytes();
    let mut short = [0; N];
    short.copy_from_slice(&full[..N]);
    short
}

#[cfg(test)]
mod tests;
