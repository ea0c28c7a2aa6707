//! Keys that seal: what may come in under which, what is sealed again, and which keys go.

use super::order::position;
use super::pool::job;
use super::{Got, Plain, Step, answer, refuse};
use domain::identity::operator;
use domain::seal::drop_seal_keys::DropSealKeys;
use domain::seal::reseal_slice::ResealSlice;
use domain::seal::retire_seal_keys::RetireSealKeys;
use domain::seal::start_reseal::StartReseal;
use domain::seal::{Resealed, SealedCell};
use domain::work::{Work, WorkKey, WorkKind};

/// Keys that seal when a sequence begins.
pub const KEYS: [i64; 2] = [1, 4];

impl Plain {
    pub(super) fn start_reseal(&mut self, got: &Got) -> Step {
        let due = Work::due(self.now.plus_micros(5_000_000));
        self.work.entry(reseal()).or_insert(due);
        answer::<StartReseal>(got)
    }

    pub(super) fn retire_seal_keys(&mut self, c: &RetireSealKeys, got: &Got) -> Step {
        self.fence = self.fence.max(i64::from(c.oldest));
        answer::<RetireSealKeys>(got)
    }

    pub(super) fn reseal_slice(&mut self, c: &ResealSlice, got: &Got) -> Step {
        if !self.work.contains_key(&reseal()) {
            return refuse("stale");
        }
        for cell in &c.cells {
            self.may_store(&cell.new)?;
        }
        c.cells.iter().for_each(|cell| self.seal_again(cell));
        if let Some(work) = self.work.get_mut(&reseal()) {
            work.lease_until = c.lease_until;
        }
        answer::<ResealSlice>(got)
    }

    pub(super) fn drop_seal_keys(&mut self, c: &DropSealKeys, got: &Got) -> Step {
        let oldest = i64::from(c.oldest);
        if !self.work.contains_key(&reseal()) || self.fence < oldest {
            return refuse("stale");
        }
        self.seal_keys.retain(|key| *key >= oldest);
        self.work.remove(&reseal());
        self.fact(operator(), "keys.dropped", [0; 16]);
        answer::<DropSealKeys>(got)
    }

    /// What lies under a key that was retired may not come in.
    pub(super) fn may_store(&self, sealed: &[u8]) -> Step {
        let key = u32::from_be_bytes(sealed[1..5].try_into().expect("four bytes"));
        if i64::from(key) < self.fence { refuse("seal_key_retired") } else { Ok(()) }
    }

    /// A cell that holds other bytes by now stays as it is.
    fn seal_again(&mut self, wanted: &Resealed) {
        let cell = match &wanted.cell {
            SealedCell::Code(sku, at) => {
                let mut codes = self.books.values_mut().flat_map(|book| &mut book.codes);
                let code = codes
                    .find(|code| code.sku == *sku && position(code.valid_until, code.id) == *at);
                code.map(|code| &mut code.sealed)
            }
            // Resources have a model of their own.
            SealedCell::Secret(..) => None,
            SealedCell::Buyer(tenant, tag) => self.book(*tenant).buyer_seals.get_mut(tag),
            SealedCell::Input(tenant, order) => self.book(*tenant).inputs.get_mut(order),
            SealedCell::Chunk(tenant, import, number) => {
                let mut chunks = self.book(*tenant).chunks.iter_mut();
                let chunk = chunks.find(|(of, at, _)| of == import && at == number);
                chunk.map(|(_, _, sealed)| sealed)
            }
        };
        if let Some(sealed) = cell.filter(|sealed| **sealed == wanted.old) {
            sealed.clone_from(&wanted.new);
        }
    }
}

fn reseal() -> WorkKey {
    job(WorkKind::Reseal, operator(), [0; 16])
}
