//! Export what a search finds, signed.

use super::search_audit::{AuditEntry, Search};
use crate::costs::blank;
use crate::insight::caught_up;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::anchor::checkpoint::hex;
use domain::anchor::fact::JournalExported;
use domain::anchor::record_export::RecordExport;
use edge::auth::Caller;
use edge::extract::Query;
use edge::problem::Problem;
use edge::wire::Wire;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Items of one export at most; who wants more goes on from its end.
const ITEMS_MAX: usize = 10_000;
/// Items that are read at once.
const ITEMS: u32 = 500;

/// Export what a search finds, signed. That it was done is recorded first.
///
/// JSON lines: first what was asked, then an entry a line as the search gives them, at last `rows`, `next` (null when all is
/// there; else an export with it as `after` goes on), `sha256` of all lines before, `key` and the Ed25519 `signature` of the
/// text `tessera export 1`, a line end, that SHA-256 and a line end. `tessera journal check-export` checks it.
#[utoipa::path(
    get, path = "/v1/audit/export", tag = "journal",
    params(Search),
    responses((status = 200, body = String, content_type = "application/x-ndjson"))
)]
pub async fn export_audit(
    caller: Caller,
    Query(search): Query<Search>,
) -> Result<Response, Problem> {
    let tenant = caller.tenant();
    let filter = search.filter(&caller).await?;
    let (way, start) = search.start()?;
    caught_up(&caller).await?;
    let asked = json!({
        "merchant": tenant.merchant(), "mode": tenant.mode(), "at": Wire(caller.engine().now()), "actor": search.actor,
        "object": search.object, "kind": search.kind, "from": search.from, "to": search.to, "sort": search.sort, "after": search.after,
    });
    let mut text = format!("{asked}\n");
    let (mut count, mut behind) = (0, start);
    let next = loop {
        let page = caller.reader().audit(tenant, &filter, (way, behind), ITEMS).await?;
        for row in &page.rows {
            let entry = serde_json::to_value(AuditEntry::of(row)?);
            let mut entry = entry.map_err(Problem::internal)?;
            if !caller.sees_costs() {
                blank(&mut entry);
            }
            text += &entry.to_string();
            text.push('\n');
        }
        count += page.rows.len();
        if page.next.is_none() || count >= ITEMS_MAX {
            break page.next;
        }
        behind = page.next;
    };
    let (digest, vault) = (hex(&Sha256::digest(&text)), caller.vault());
    let (asked, rows, sha256) = (asked.to_string(), count as i64, digest.clone());
    caller.run(RecordExport(JournalExported { asked, rows, sha256 })).await?;
    let signature = vault.signer().sign(domain::anchor::export_text(&digest).as_bytes());
    let end = json!({
        "rows": count, "next": search.cursor(next), "sha256": digest,
        "key": hex(&vault.signer().public_key()), "signature": hex(&signature),
    });
    let mut response = Response::new(Body::from(format!("{text}{end}\n")));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
