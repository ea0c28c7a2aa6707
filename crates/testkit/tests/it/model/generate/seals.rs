//! Commands that renew the keys that seal. A slice is alone in its group: there is one job, which sends a slice
//! when the last one is answered.

use super::{Generator, main_book};
use crate::model::plain::{KEYS, Plain, position};
use domain::Command;
use domain::seal::drop_seal_keys::DropSealKeys;
use domain::seal::reseal_slice::ResealSlice;
use domain::seal::retire_seal_keys::RetireSealKeys;
use domain::seal::{Resealed, SealedCell};

/// One cell in so many is sealed again by a slice.
const CELLS_EVERY: u32 = 8;

impl Generator {
    pub(super) fn retire_or_drop(&mut self, plain: &Plain) -> Command {
        let [older, newer] = KEYS.map(|key| key as u32);
        let oldest = self.one_of(&[older, newer, newer]);
        if self.roll(2) == 0 {
            return Command::from(RetireSealKeys { oldest });
        }
        let oldest = if self.roll(4) == 0 { oldest } else { plain.fence as u32 };
        Command::from(DropSealKeys { oldest })
    }

    /// Some of the codes, buyers, answers and staged pieces; of some of them other bytes than there are.
    pub(super) fn reseal_slice(&mut self, plain: &Plain) -> Command {
        let tenant = main_book(plain);
        let book = &plain.books[&tenant];
        let codes = book.codes.iter().map(|code| {
            let place = (tenant, code.sku, position(code.valid_until, code.id));
            (SealedCell::Code(place), &code.sealed)
        });
        let buyers = book.buyer_seals.iter();
        let buyers = buyers.map(|(tag, sealed)| (SealedCell::Buyer(tenant, *tag), sealed));
        let chunks = book
            .chunks
            .iter()
            .map(|(import, number, sealed)| (SealedCell::Chunk(tenant, *import, *number), sealed));
        let inputs = book.inputs.iter();
        let inputs = inputs.map(|(order, sealed)| (SealedCell::Input(tenant, *order), sealed));
        let mut cells = Vec::new();
        for (cell, sealed) in codes.chain(buyers).chain(inputs).chain(chunks) {
            if self.roll(CELLS_EVERY) == 0 {
                let old = if self.roll(10) == 0 { self.sealed(40) } else { sealed.clone() };
                cells.push(Resealed { cell, old, new: self.sealed(12) });
            }
        }
        let lease_until = self.now.plus_micros(10_000_000);
        Command::from(ResealSlice { cells, lease_until })
    }
}
