//! The next anchor of a book: what its proofs, or its slices of before, lead to.

use crate::work::WorkError;
use domain::anchor::proof::Proof;
use domain::anchor::{Anchor, MacKey, SLICE, link};
use engine::Engine;
use store::read::Behind;
use vault::Vault;

/// Facts that are linked at once, at most. More than the largest batch.
const FACTS: i64 = 20_000;

/// Why a book is not linked.
pub(super) enum Stop {
    /// The database.
    Work(WorkError),
    /// It is not what was written.
    Bad(&'static str),
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::Work(error.into())
    }
}

/// Whether an anchor is one that a holder of the key made, or none yet.
pub(super) fn is_ours(anchor: &Anchor, book: kernel::Tenant, origin: i64, vault: &Vault) -> bool {
    let mac = |message: &[u8]| vault.journal_mac(message);
    let key = MacKey { id: vault.journal_key(), mac: &mac };
    anchor.seq == 0 || anchor.clone().signed(book, origin, key) == *anchor
}

/// Where the anchor of a book goes. Nothing is linked after an anchor that was not made by us.
pub(super) async fn next(engine: &Engine, book: &Behind, origin: i64) -> Result<Anchor, Stop> {
    let vault = engine.vault();
    let anchor = book.anchor.clone().unwrap_or(Anchor { at: i64::MIN, ..Anchor::default() });
    if !is_ours(&anchor, book.tenant, origin, &vault) {
        return Err(Stop::Bad("its anchor was not made by a holder of the key"));
    }
    if book.head < anchor.seq {
        return Err(Stop::Bad("it ends before what was linked"));
    }
    let anchor = if anchor.seq < anchor.before {
        over_before(engine, book, anchor, origin).await?
    } else {
        over_proofs(engine, book, anchor, &vault).await?
    };
    let mac = |message: &[u8]| vault.journal_mac(message);
    Ok(anchor.signed(book.tenant, origin, MacKey { id: vault.journal_key(), mac: &mac }))
}

/// Slices of what was there before facts were proven.
async fn over_before(
    engine: &Engine,
    book: &Behind,
    mut anchor: Anchor,
    origin: i64,
) -> Result<Anchor, Stop> {
    let end = anchor.before.min(anchor.seq + FACTS);
    if anchor.seq == 0 {
        anchor.at = i64::MIN;
    }
    while anchor.seq < end {
        let until = anchor.before.min(anchor.seq + SLICE);
        let part = (anchor.seq, until);
        let slice = engine.reader().slice_of_before(book.tenant, part, anchor.at).await?;
        if i64::from(slice.count) != until - anchor.seq {
            return Err(Stop::Bad("facts of before are missing"));
        }
        if slice.at > origin {
            return Err(Stop::Bad("a fact is younger than those of before"));
        }
        anchor.chain = link(&anchor.chain, until, &slice.digest);
        (anchor.seq, anchor.at) = (until, slice.at);
    }
    Ok(anchor)
}

/// Batches that were proven. A batch whose proof is not there yet is none: its facts come with it.
async fn over_proofs(
    engine: &Engine,
    book: &Behind,
    mut anchor: Anchor,
    vault: &Vault,
) -> Result<Anchor, Stop> {
    let mac = |message: &[u8]| vault.journal_mac(message);
    let key = MacKey { id: vault.journal_key(), mac: &mac };
    let until = book.head.min(anchor.seq + FACTS);
    let from = anchor.seq;
    for (seq, bytes) in engine.reader().proofs(book.tenant, anchor.seq, until).await? {
        let proof = Proof::read(&bytes).filter(|proof| proof.is_ours(book.tenant, key));
        let proof = proof.ok_or(Stop::Bad("a proof was not made by a holder of the key"))?;
        if seq - i64::from(proof.count) != anchor.seq {
            return Err(Stop::Bad("facts of a batch are missing or too many"));
        }
        anchor.chain = link(&anchor.chain, seq, &proof.digest);
        (anchor.seq, anchor.at) = (seq, anchor.at.max(proof.at));
    }
    if anchor.seq == from && from < until {
        return Err(Stop::Bad("facts are not proven"));
    }
    Ok(anchor)
}
