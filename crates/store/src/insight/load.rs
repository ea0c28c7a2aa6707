//! Loads how far journals were followed.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::Needs;

/// The number up to which each book was followed, under its lock.
pub(crate) fn followed<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let books = &needs.insight.followed;
    let keys = books.iter().map(|tenant| [Value::bytes(tenant.bytes())]).collect();
    asks.rows(&super::sql::LOAD_FOLLOWED, keys, |world, found| {
        books.iter().for_each(|tenant| world.insight.followed.loaded(*tenant, None));
        for row in &found {
            world.insight.followed.loaded(row.tenant(0)?, Some(row.int(1)?));
        }
        Ok(())
    });
}
