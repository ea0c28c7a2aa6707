//! What proves the facts of one batch in one book, and the digest over them.
//!
//! The digest is over what a fact says and not over its number, which only the flush gives. Each proof names the digest of
//! the batch that the same writer wrote to the book before, so that batches cannot change places either.

use super::MacKey;
use kernel::{Id16, Tenant};
use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub type Digest = [u8; 32];

const BATCH_DOMAIN: &[u8] = b"tessera journal batch 1\0";
const MAC_DOMAIN: &[u8] = b"tessera journal batch mac 1\0";
/// The first byte of a proof.
const FORMAT: u8 = 1;
/// Bytes of a proof: format, key, count, time, three digests.
const BYTES: usize = 1 + 4 + 4 + 8 + 3 * 32;

/// A fact as its digest sees it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The request.
    pub request: &'a Id16,
    /// Who acted, as it is stored: 16 or 17 bytes.
    pub actor: Option<&'a [u8]>,
    /// The address that it came from, 4 or 16 bytes.
    pub address: Option<&'a [u8]>,
    /// The kind.
    pub kind: &'a str,
    /// The version of the kind's shape.
    pub v: i64,
    /// What it is about.
    pub subject: &'a Id16,
    /// What it says.
    pub data: &'a str,
}

/// A digest over facts in their order, on its way.
#[derive(Debug, Clone)]
pub struct Sum(Sha256);

impl Sum {
    /// Of no fact yet.
    pub fn new(tenant: Tenant) -> Self {
        Self(Sha256::new_with_prefix(BATCH_DOMAIN).chain_update(tenant.bytes()))
    }

    /// Takes in a fact. What has no fixed length carries its length before it.
    pub fn add(&mut self, row: &Row<'_>) {
        let (actor, address) = (row.actor.unwrap_or_default(), row.address.unwrap_or_default());
        let mut head = [0; 1 + 16 + 1 + 17 + 1 + 16 + 8 + 16 + 4 + 4];
        let mut at = 0;
        for part in [
            &[1][..],
            row.request,
            &[length(actor, 17)],
            actor,
            &[length(address, 16)],
            address,
            row.subject,
            &row.v.to_be_bytes(),
            &(row.kind.len() as u32).to_be_bytes(),
            &(row.data.len() as u32).to_be_bytes(),
        ] {
            let end = (at + part.len()).min(head.len());
            head[at..end].copy_from_slice(&part[..end - at]);
            at = end;
        }
        self.0.update(&head[..at]);
        self.0.update(row.kind.as_bytes());
        self.0.update(row.data.as_bytes());
    }

    /// Takes in when a fact of before happened and which number it had; a proof says that for its whole batch.
    pub fn add_stored(&mut self, at: i64, before: Option<i64>) {
        self.0.update(at.to_be_bytes());
        self.0.update(before.unwrap_or(-1).to_be_bytes());
    }

    /// The digest, with what the whole batch has in common.
    pub fn finish(self, previous: &Digest, at: i64, count: u32) -> Digest {
        let sum = self.0.chain_update([0]).chain_update(previous);
        sum.chain_update(at.to_be_bytes()).chain_update(count.to_be_bytes()).finalize().into()
    }
}

/// The length of what is at most so long. Longer is damage, and no damage may look like the fields that follow.
fn length(bytes: &[u8], most: u8) -> u8 {
    u8::try_from(bytes.len()).ok().filter(|n| *n <= most).unwrap_or(u8::MAX)
}

/// What is stored with the last fact of a batch in a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Under which key the MAC is; 0 for none.
    pub key: u32,
    /// Facts of the batch in the book.
    pub count: u32,
    /// The time of the batch. The facts have it, or that of the fact before them where that is later.
    pub at: i64,
    /// The digest of the batch that the same writer wrote to the book before; zeros for its first.
    pub previous: Digest,
    /// The digest.
    pub digest: Digest,
    /// The MAC of the digest.
    pub mac: Digest,
}

impl Proof {
    /// The proof of facts whose digest is made.
    pub fn new(
        tenant: Tenant,
        sum: Sum,
        previous: Digest,
        at: i64,
        count: u32,
        key: MacKey<'_>,
    ) -> Self {
        let digest = sum.finish(&previous, at, count);
        let mac = (key.mac)(&message(tenant, &digest));
        Self { key: key.id, count, at, previous, digest, mac }
    }

    /// Whether it was made by a holder of the key. That is not whether the facts are those.
    pub fn is_ours(&self, tenant: Tenant, key: MacKey<'_>) -> bool {
        self.key == key.id && key.id != 0 && (key.mac)(&message(tenant, &self.digest)) == self.mac
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.push(FORMAT);
        bytes.extend_from_slice(&self.key.to_be_bytes());
        bytes.extend_from_slice(&self.count.to_be_bytes());
        bytes.extend_from_slice(&self.at.to_be_bytes());
        for digest in [&self.previous, &self.digest, &self.mac] {
            bytes.extend_from_slice(digest);
        }
        bytes
    }

    /// Reads what was stored; `None` when it is no proof.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; BYTES] = bytes.try_into().ok()?;
        let (format, rest) = bytes.split_first()?;
        let (key, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let (at, rest) = rest.split_first_chunk()?;
        let (previous, rest) = rest.split_first_chunk()?;
        let (digest, rest) = rest.split_first_chunk()?;
        let mac = rest.first_chunk()?;
        (*format == FORMAT).then_some(Self {
            key: u32::from_be_bytes(*key),
            count: u32::from_be_bytes(*count),
            at: i64::from_be_bytes(*at),
            previous: *previous,
            digest: *digest,
            mac: *mac,
        })
    }
}

fn message(tenant: Tenant, digest: &Digest) -> Vec<u8> {
    [MAC_DOMAIN, tenant.bytes(), digest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: Tenant = Tenant::from_bytes([7; 16]);
    const ROW: Row<'_> = Row {
        request: &[1; 16],
        actor: None,
        address: None,
        kind: "order.bought",
        v: 1,
        subject: &[2; 16],
        data: "{}",
    };

    fn digest(rows: &[Row<'_>]) -> Digest {
        let mut sum = Sum::new(BOOK);
        rows.iter().for_each(|row| sum.add(row));
        sum.finish(&[0; 32], 5, rows.len() as u32)
    }

    #[test]
    fn every_part_of_a_fact_and_of_a_batch_counts() {
        let plain = digest(&[ROW]);
        let others = [
            Row { request: &[3; 16], ..ROW },
            Row { actor: Some(&[1; 16]), ..ROW },
            Row { actor: Some(&[1; 17]), ..ROW },
            Row { address: Some(&[1, 2, 3, 4]), ..ROW },
            Row { kind: "order.bough", data: "t{}", ..ROW },
            Row { v: 2, ..ROW },
            Row { subject: &[1; 16], ..ROW },
            Row { data: "{} ", ..ROW },
        ];
        for other in &others {
            assert_ne!(digest(&[*other]), plain, "{other:?}");
        }
        assert_ne!(digest(&[ROW, others[0]]), digest(&[others[0], ROW]));
        let mut sum = Sum::new(BOOK);
        sum.add(&ROW);
        for (previous, at, count) in [([1; 32], 5, 1), ([0; 32], 6, 1), ([0; 32], 5, 2)] {
            assert_ne!(sum.clone().finish(&previous, at, count), plain);
        }
        assert_eq!(sum.finish(&[0; 32], 5, 1), plain);
    }

    #[test]
    fn a_proof_is_read_back_and_anything_else_is_not() {
        let key = MacKey { id: 3, mac: &|message| Sha256::digest(message).into() };
        let mut sum = Sum::new(BOOK);
        sum.add(&ROW);
        let proof = Proof::new(BOOK, sum, [4; 32], 5, 1, key);
        let bytes = proof.to_bytes();
        assert_eq!(Proof::read(&bytes).as_ref(), Some(&proof));
        assert!(proof.is_ours(BOOK, key));
        assert!(!proof.is_ours(Tenant::from_bytes([8; 16]), key));
        assert!(!proof.is_ours(BOOK, MacKey { id: 4, ..key }));
        assert!(!Proof { mac: [0; 32], key: 0, ..proof }.is_ours(BOOK, MacKey::NONE));
        for bad in [&bytes[1..], &[&bytes[..], &[0]].concat(), &[&[2], &bytes[1..]].concat(), &[]] {
            assert_eq!(Proof::read(bad), None);
        }
    }
}
