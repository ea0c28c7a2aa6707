//! Commands that renew the keys that seal. A slice is alone in its group: there is one job, which sends a slice
//! when the last one is answered.

use super::Generator;
use crate::model::empty::KEYS;
use crate::model::plain::Plain;
use domain::Command;
use domain::seal::Resealed;
use domain::seal::drop_seal_keys::DropSealKeys;
use domain::seal::reseal_slice::ResealSlice;
use domain::seal::retire_seal_keys::RetireSealKeys;

/// One cell in so many is sealed again by a slice.
const CELLS_EVERY: u32 = 8;

impl Generator {
    pub(super) fn retire_or_drop(&mut self, plain: &Plain) -> Command {
        let [older, newer] = KEYS.map(|key| key as u32);
        let oldest = self.one_of(&[older, newer, newer]);
        if self.roll(2) == 0 {
            return Command::from(RetireSealKeys { oldest });
        }
        let oldest = if self.roll(4) == 0 { oldest } else { plain.oldest_seal };
        Command::from(DropSealKeys { oldest })
    }

    /// Some of the codes, buyers, answers and staged pieces; of some of them other bytes than there are.
    pub(super) fn reseal_slice(&mut self, plain: &Plain) -> Command {
        let mut cells = Vec::new();
        for (cell, sealed) in &plain.cells {
            if self.roll(CELLS_EVERY) == 0 {
                let old = if self.roll(10) == 0 { self.sealed(40) } else { sealed.clone() };
                cells.push(Resealed { cell: cell.clone(), old, new: self.sealed(12) });
            }
        }
        let lease_until = self.now.plus_micros(10_000_000);
        Command::from(ResealSlice { cells, lease_until })
    }
}
