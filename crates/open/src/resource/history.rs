//! Read the versions of a resource.

use super::change::id_of;
use super::view::{ITEMS_USUAL, Page, VersionView, limit, no_cursor};
use domain::resource::AnyKind;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Pairs;
use edge::problem::Problem;

/// Reads the versions of one, newest first.
pub async fn history(
    any: &'static AnyKind,
    caller: Caller,
    written: String,
    Pairs(pairs): Pairs,
) -> Answered<Page<VersionView>> {
    let at = (caller.tenant(), any.kind.number, id_of(any, &written)?);
    let (mut shown, mut before) = (ITEMS_USUAL, i64::MAX);
    for (name, value) in &pairs {
        match name.as_str() {
            "limit" => shown = limit(value)?,
            "after" => {
                let version = value.parse().ok().filter(|version| *version > 0);
                before = version.ok_or_else(no_cursor)?;
            }
            _ => return Err(Problem::invalid(name, "is not known here; remove it")),
        }
    }
    let mut rows = caller.reader().resource_history(&at, before, shown + 1).await?;
    if rows.is_empty() && any.initial().is_none() && caller.reader().resource(&at).await?.is_none()
    {
        return Err(Problem::not_found(any.kind.word));
    }
    let more = rows.len() > shown as usize;
    rows.truncate(shown as usize);
    let next = rows.last().filter(|_| more).map(|(row, _)| row.version.to_string());
    let data = rows.iter().map(|row| VersionView::of(any, row)).collect::<Result<_, _>>()?;
    Ok(Answer::ok(Page { data, next }))
}
