//! Let a person take the unsold codes of a batch in clear, as a table.

use super::{stored, table};
use deliver::inventory::record::Field;
use domain::inventory::export_codes::ExportCodes;
use domain::inventory::{Code, Import};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::order::open_code;
use edge::problem::{ErrorCode, Problem};
use edge::wire::{self, ReasonText, Wire};
use kernel::limits::{EXPORT_BYTES_MAX, EXPORT_CODES_MAX};
use kernel::{ImportId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why somebody must have them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExport {
    /// The reason; it is recorded.
    pub reason: ReasonText,
}

/// The unsold codes of a batch in clear. No `Debug`: they are secret.
#[derive(Serialize, ToSchema)]
pub struct ExportedCodes {
    /// The import that brought them.
    pub import: wire::ImportId,
    /// Their batch.
    pub batch: wire::CodeBatchId,
    /// How many are in the table.
    pub codes: usize,
    /// Codes that do not open any more, and are not in it.
    pub damaged: usize,
    /// The table as CSV: a row a code, a column a field, `valid_until` last. A value that a spreadsheet would take for a
    /// formula has an apostrophe before it.
    pub csv: String,
}

/// Let a person take the unsold codes of one batch in clear: up to 10,000, without those that are sold, frozen, voided, expired
/// or in doubt. It always waits for a second person, who does not see them; keys get 403. The codes stay in stock.
#[utoipa::path(
    post, path = "/v1/code-imports/{id}/export", tag = "codes",
    params(("id" = inline(wire::ImportId), Path)),
    request_body = NewExport, responses((status = 200, body = ExportedCodes))
)]
pub async fn export_codes(
    caller: Caller,
    At(id): At<ImportId>,
    ask: Ask<NewExport>,
) -> Answered<ExportedCodes> {
    if caller.standing().is_none() {
        return Err(Problem::new(ErrorCode::Forbidden, "only people do this, never keys"));
    }
    let import = stored(&caller, id).await?;
    let now = caller.engine().now();
    let codes = unsold(&caller, &import, now).await?;
    let bytes: usize = codes.iter().map(|code| code.sealed.len()).sum();
    if bytes > EXPORT_BYTES_MAX {
        let detail = format!("the codes have more than {EXPORT_BYTES_MAX} bytes together");
        return Err(Problem::new(ErrorCode::LimitExceeded, detail));
    }
    let codes = codes.len() as i64;
    caller.submit(ask.once, ExportCodes { import: id, codes, reason: ask.body.reason.0 }).await?;
    // What was sold while a second person thought about it is his who bought it.
    let codes = unsold(&caller, &import, now).await?;
    let vault = caller.vault_for(codes.iter().map(|code| &code.sealed[..])).await;
    let mut rows: Vec<(Vec<Field>, Timestamp)> = Vec::new();
    for code in &codes {
        rows.extend(open_code(&vault, code)?.map(|fields| (fields, code.valid_until)));
    }
    Ok(Answer::ok(ExportedCodes {
        import: Wire(id),
        batch: Wire(import.batch),
        codes: rows.len(),
        damaged: codes.len() - rows.len(),
        csv: table::csv(&rows),
    }))
}

/// One code more than may be exported, if there are so many.
async fn unsold(caller: &Caller, import: &Import, now: Timestamp) -> Result<Vec<Code>, Problem> {
    let limit = EXPORT_CODES_MAX as u32 + 1;
    Ok(caller.reader().unsold_codes(caller.tenant(), import, now, limit).await?)
}
