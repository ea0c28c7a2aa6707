//! Loads anchors.

use super::rows;
use crate::load::asks::Asks;
use crate::seam::Value;
use domain::Needs;

/// Anchors and the row about all books, which lead nowhere.
pub(crate) fn anchors<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs.anchor.anchors.iter().map(|tenant| [Value::bytes(tenant.bytes())]).collect();
    asks.rows(&super::sql::LOAD_ANCHORS, keys, |world, found| {
        needs.anchor.anchors.iter().for_each(|key| world.anchor.anchors.loaded(*key, None));
        for row in &found {
            world.anchor.anchors.loaded(row.tenant(0)?, Some(rows::anchor(row, 1)?));
        }
        Ok(())
    });
    if needs.anchor.all {
        asks.one(&super::sql::LOAD_ANCHORING, Vec::new(), |world, found| {
            let row = found.first().map(rows::anchoring).transpose()?;
            world.anchor.all.loaded((), row);
            Ok(())
        });
    }
}
