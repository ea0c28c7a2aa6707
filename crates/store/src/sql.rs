//! Statements, a list a context: one file each in `sql/<context>/`. A test prepares all of them on both engines.
//!
//! What a name begins with says who runs it: `load_` and the verbs of writing are the writer's, `read_` the reader's,
//! `verify_` those of `verify`.

use crate::seam::Statement;

/// Every statement, by context.
pub static BY_CONTEXT: &[&[&Statement]] = &[
    crate::config::sql::ALL,
    crate::idempotency::sql::ALL,
    crate::identity::sql::ALL,
    crate::people::sql::ALL,
    crate::approval::sql::ALL,
    crate::export::sql::ALL,
    crate::catalog::sql::ALL,
    crate::resource::sql::ALL,
    crate::order::sql::ALL,
    crate::payment::sql::ALL,
    crate::refund::sql::ALL,
    crate::content::sql::ALL,
    crate::voucher::sql::ALL,
    crate::till::sql::ALL,
    crate::ledger::sql::ALL,
    crate::inventory::sql::ALL,
    crate::seal::sql::ALL,
    crate::work::sql::ALL,
    crate::insight::sql::ALL,
    crate::requests::sql::ALL,
    crate::journal::sql::ALL,
    crate::anchor::sql::ALL,
];
