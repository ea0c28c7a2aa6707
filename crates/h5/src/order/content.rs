//! What an order shares with others: which version was bought, and what changed since. Its text is shown by a reveal alone.

use super::opened::Opened;
use crate::visitor::Visitor;
use edge::problem::Problem;
use kernel::limits::CONTENT_CHANGES_TOLD;
use pages::page::order::{Change, Shared};

/// What its lines share, in their order.
pub async fn shared(visitor: &Visitor, opened: &Opened) -> Result<Vec<Shared>, Problem> {
    let mut shared = Vec::new();
    for line in &opened.lines {
        let Some(bought) = line.content else { continue };
        let (tenant, limit) = (opened.order.tenant, CONTENT_CHANGES_TOLD);
        let found = visitor.reader().contents_before(tenant, line.sku, i64::MAX, limit).await?;
        let newest = found.first().map_or(bought, |content| content.number);
        let since = found.into_iter().filter(|content| content.number > bought);
        let changes = since.map(|content| Change {
            version: content.number,
            at: content.created_at,
            note: content.note,
        });
        shared.push(Shared { bought, newest, changes: changes.collect() });
    }
    Ok(shared)
}
