//! Loads work.

use crate::Error;
use crate::load::asks::Asks;
use crate::seam::{Row, Value};
use domain::{Needs, World};

/// Work by key, and work that is due.
pub(crate) fn work<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs
        .work
        .keys
        .iter()
        .map(|w| {
            let (tenant, subject) = (Value::bytes(w.tenant.bytes()), Value::bytes(&w.subject));
            [Value::Int(w.kind as i64), tenant, subject]
        })
        .collect();
    asks.rows(&super::sql::LOAD_WORK, keys, |world, found| {
        needs.work.keys.iter().for_each(|key| world.work.loaded(*key, None));
        take_work(world, &found)
    });
    if let Some((now, limit)) = needs.work.due {
        let params = vec![Value::Int(now.0), Value::Int(now.0), Value::Int(i64::from(limit))];
        asks.one(&super::sql::LOAD_WORK_DUE, params, |world, found| take_work(world, &found));
    }
}

fn take_work(world: &mut World, found: &[Row]) -> Result<(), Error> {
    for row in found {
        let (key, work) = super::rows::work(row)?;
        world.work.loaded(key, Some(work));
    }
    Ok(())
}
