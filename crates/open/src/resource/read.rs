//! Read one resource.

use super::change::id_of;
use super::view::{OneView, View};
use domain::resource::AnyKind;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::problem::Problem;

/// Reads the one that the caller's book has.
pub async fn the_one(any: &'static AnyKind, caller: Caller) -> Answered<OneView> {
    let row = caller.reader().the_one(caller.tenant(), any).await?;
    Ok(Answer::ok(OneView::of(any, &row)?).version(row.version))
}

/// Reads one as it is now, archived or not.
pub async fn get(any: &'static AnyKind, caller: Caller, written: String) -> Answered<View> {
    let at = (caller.tenant(), any.kind.number, id_of(any, &written)?);
    let found = caller.reader().resource(&at).await?;
    let row = found.ok_or_else(|| Problem::not_found(any.kind.word))?;
    Ok(Answer::ok(View::of(any, &row)?).version(row.version))
}
