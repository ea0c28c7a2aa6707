//! The order in which a shop shows its products, and moving one of them.
//!
//! A product stands at its position; one that has none stands where the time puts it at which it was listed, on the
//! same scale: ids begin with that time. So a product moves between two others without that these change, and what
//! nobody moved stays in the order in which it was listed.

use super::Product;
use crate::Refusal;
use kernel::ProductId;
use kernel::limits::POSITION_MAX;

/// Bits of a rank below those of a position.
const BELOW: u32 = 11;
/// What is left free beside a product that is put first, last or farther on: 32 ms of listing.
const ROOM: i64 = 1 << 10;

/// Where a product stands; products of one rank stand by their ids.
pub type Rank = u64;

impl Product {
    /// Where it stands.
    pub fn rank(&self) -> Rank {
        let id = self.id.0;
        let listed = u64::from_be_bytes([id[0], id[1], id[2], id[3], id[4], id[5], id[6], id[7]]);
        self.presentation.position.map_or(listed, |position| position.unsigned_abs() << BELOW)
    }
}

/// Positions that put a product behind another one, or first: its own, then those of products behind it that must make room.
///
/// `shown` is the order of all others.
pub(super) fn put_behind(
    moved: ProductId,
    behind: Option<ProductId>,
    shown: &[(Rank, ProductId)],
) -> Result<Vec<(ProductId, i64)>, Refusal> {
    let at = match behind {
        None => 0,
        Some(behind) => {
            let found = shown.iter().position(|(_, id)| *id == behind);
            found.ok_or_else(|| Refusal::invalid("behind", "there is no such other product"))? + 1
        }
    };
    let (before, after) = shown.split_at(at);
    let low = before.last().map(|(rank, _)| above(*rank));
    let high = after.first().map(|(rank, _)| below(*rank));
    let first = match (low, high) {
        (Some(low), Some(high)) => low.midpoint(high.max(low)),
        (Some(low), None) => low + ROOM,
        (None, Some(high)) => (high - ROOM).max(0),
        (None, None) => 0,
    };
    let mut placed = vec![(moved, first)];
    let mut last = first;
    for (rank, id) in after {
        if below(*rank) >= last {
            break;
        }
        last += ROOM;
        placed.push((*id, last));
    }
    if last > POSITION_MAX {
        return Err(Refusal::invalid("behind", "there is no room; give it a `position`"));
    }
    Ok(placed)
}

/// The first position that stands behind a rank.
fn above(rank: Rank) -> i64 {
    (rank >> BELOW).cast_signed() + 1
}

/// The last position that stands before a rank; negative where there is none.
fn below(rank: Rank) -> i64 {
    (rank.div_ceil(1 << BELOW)).cast_signed() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8, below: u8) -> ProductId {
        let mut id = [0; 16];
        id[5] = n;
        id[15] = below;
        ProductId(id)
    }

    fn rank(position: i64) -> Rank {
        position.unsigned_abs() << BELOW
    }

    #[test]
    fn a_product_moves_alone_where_there_is_room() {
        let shown = [(rank(10), id(1, 0)), (rank(20), id(2, 0)), (rank(5000), id(3, 0))];
        let moved = id(9, 0);
        let put = |behind| put_behind(moved, behind, &shown).expect("it is put");
        assert_eq!(put(Some(id(1, 0))), [(moved, 15)]);
        assert_eq!(put(Some(id(3, 0))), [(moved, 5001 + ROOM)]);
        assert_eq!(put(None), [(moved, 0)]);
        assert_eq!(put_behind(moved, None, &[]), Ok(vec![(moved, 0)]));
        let others = [id(8, 0), moved];
        assert!(others.into_iter().all(|id| put_behind(moved, Some(id), &shown).is_err()));
    }

    #[test]
    fn the_end_of_the_scale_is_told() {
        let shown = [(rank(POSITION_MAX), id(1, 0))];
        let refused = put_behind(id(9, 0), Some(id(1, 0)), &shown);
        assert!(matches!(refused, Err(Refusal::Invalid { field, .. }) if field == "behind"));
    }

    /// Some products, also of one rank; one is moved again and again, each time behind any other.
    #[test]
    fn it_stands_where_it_was_put() {
        let mut seed = 7_u64;
        let mut roll = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        for round in 0..200 {
            let spread = if round % 2 == 0 { 3 << BELOW } else { 9 };
            let mut shown: Vec<(Rank, ProductId)> =
                (0..=roll(9) as u8).map(|n| (roll(spread) as Rank, id(0, n))).collect();
            for _ in 0..40 {
                shown.sort_unstable();
                let (_, moved) = shown.remove(roll(shown.len()));
                let mut wanted: Vec<ProductId> = shown.iter().map(|(_, id)| *id).collect();
                let at = roll(shown.len() + 1);
                let behind = at.checked_sub(1).map(|at| wanted[at]);
                let placed = put_behind(moved, behind, &shown).expect("it is put");
                shown.push((0, moved));
                for (id, position) in placed {
                    let row = shown.iter_mut().find(|(_, known)| *known == id);
                    row.expect("a product").0 = rank(position);
                }
                shown.sort_unstable();
                wanted.insert(at, moved);
                assert_eq!(shown.iter().map(|(_, id)| *id).collect::<Vec<_>>(), wanted);
            }
        }
    }
}
