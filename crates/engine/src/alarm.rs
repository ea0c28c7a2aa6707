//! What somebody must look at: facts about stored values that do not open. Sounded once they are durable.

use crate::stats::Stats;
use domain::fact::Record;
use domain::{Fact, inventory, order};

/// Logs each and counts the codes.
pub(crate) fn sound(stats: &Stats, alarms: &[Record]) {
    for Record { origin, fact, .. } in alarms {
        let merchant = origin.tenant.merchant();
        match fact {
            Fact::Inventory(inventory::fact::Fact::CodesDamaged(damaged)) => {
                stats.damaged(damaged.codes.len());
                tracing::error!(
                    merchant.id = %merchant, sku.id = %damaged.sku, codes = %list(&damaged.codes),
                    "codes cannot be opened although their key is there; they were set aside"
                );
            }
            Fact::Order(order::fact::Fact::CodesUnreadable(unreadable)) => {
                stats.damaged(unreadable.codes.len());
                tracing::error!(
                    merchant.id = %merchant, order.id = %unreadable.order,
                    codes = %list(&unreadable.codes),
                    "codes that an order delivered cannot be opened although their key is there"
                );
            }
            Fact::Inventory(inventory::fact::Fact::SkuStopped(stopped)) => tracing::error!(
                merchant.id = %merchant, sku.id = %stopped.sku, damaged = stopped.damaged,
                "a SKU was taken off the shelf because damaged codes stand in a row"
            ),
            _ => {}
        }
    }
}

fn list(codes: &[kernel::CodeId]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
