//! What is told behind the journal: search, the day's sums, and reports.

pub mod batch_report;
pub mod overview;
mod period;
pub mod sales_report;
pub mod search;
mod sources;

use edge::auth::Caller;
use edge::problem::Problem;
use std::time::Duration;

/// Facts that are waited for: what a caller did just now, not a rush of others.
const WAITED_FOR_MAX: i64 = 256;
/// How long they are waited for, and how often it is looked.
const PATIENCE: Duration = Duration::from_millis(200);
const LOOK: Duration = Duration::from_millis(20);

/// Waits a little for what happened just now, so that who placed an order finds it.
pub async fn caught_up(caller: &Caller) -> Result<(), Problem> {
    let (reader, tenant) = (caller.reader(), caller.tenant());
    let behind = || async {
        let head = reader.journal_head(tenant).await?;
        Ok::<_, Problem>(head - reader.followed(tenant).await?)
    };
    let first = behind().await?;
    if first == 0 || first > WAITED_FOR_MAX {
        return Ok(());
    }
    let head = reader.journal_head(tenant).await?;
    let wait = async {
        while reader.followed(tenant).await? < head {
            tokio::time::sleep(LOOK).await;
        }
        Ok::<_, Problem>(())
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap_or(Ok(()))
}
