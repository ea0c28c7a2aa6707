//! The chain over the journal: what makes an edited, removed, swapped or invented row show.
//!
//! A batch brings a [`proof`] of its facts to each book that it writes to, made before anything is flushed. Within a second
//! they are linked, and the [`Anchor`] of the book says where the chain stands. Every hour a [`checkpoint`] signs all
//! anchors at once. Everything is a digest that anybody can make again, and a MAC that only the holder of the keys can.

pub mod anchor_books;
pub mod checkpoint;
pub mod fact;
pub mod make_checkpoint;
pub mod merkle;
pub mod proof;
pub mod record_export;
pub mod walk;
pub mod world;

use kernel::Tenant;
use proof::Digest;
use sha2::{Digest as _, Sha256};
use std::fmt;

crate::dispatch::verbs! {
    Anchor:
    "anchor_books" => anchor_books::AnchorBooks,
    "make_checkpoint" => make_checkpoint::MakeCheckpoint,
    "record_export" => record_export::RecordExport,
}

/// Rows of before that are linked together; the rows of a book that was there before proofs are cut in this length.
pub const SLICE: i64 = 1_000;

const LINK_DOMAIN: &[u8] = b"tessera journal link 1\0";
const ANCHOR_DOMAIN: &[u8] = b"tessera journal anchor 1\0";

/// Makes MACs under a key that is not in the database.
#[derive(Clone, Copy)]
pub struct MacKey<'a> {
    /// Which key; 0 for none, whose MACs are zeros.
    pub id: u32,
    /// HMAC-SHA256 of a message.
    pub mac: &'a (dyn Fn(&[u8]) -> Digest + Send + Sync),
}

impl MacKey<'_> {
    /// For programs that have no keys: what they write shows as not proven.
    pub const NONE: MacKey<'static> = MacKey { id: 0, mac: &|_| [0; 32] };
}

impl fmt::Debug for MacKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MacKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where the chain of a book stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The last fact that is linked.
    pub seq: i64,
    /// How many facts were there before facts were proven.
    pub before: i64,
    /// The latest time of the linked facts.
    pub at: i64,
    /// The end of the chain.
    pub chain: Digest,
    /// Under which key the MAC is; 0 while nothing is linked.
    pub key: u32,
    /// The MAC of all that.
    pub mac: Digest,
}

impl Anchor {
    /// The same with the MAC that it must have. `origin` is the time of the newest fact that was there before facts were
    /// proven.
    #[must_use]
    pub fn signed(mut self, tenant: Tenant, origin: i64, key: MacKey<'_>) -> Self {
        let mut message = ANCHOR_DOMAIN.to_vec();
        message.extend_from_slice(tenant.bytes());
        for number in [self.seq, self.before, self.at, origin] {
            message.extend_from_slice(&number.to_be_bytes());
        }
        message.extend_from_slice(&self.chain);
        (self.key, self.mac) = (key.id, (key.mac)(&message));
        self
    }
}

/// The text by which an export is signed whose lines have this digest, in hexadecimal.
pub fn export_text(digest: &str) -> String {
    format!("tessera export 1\n{digest}\n")
}

/// The end of a chain after one more link: a batch that ends at `seq`.
pub fn link(chain: &Digest, seq: i64, batch: &Digest) -> Digest {
    let sum = Sha256::new_with_prefix(LINK_DOMAIN);
    sum.chain_update(chain).chain_update(seq.to_be_bytes()).chain_update(batch).finalize().into()
}
