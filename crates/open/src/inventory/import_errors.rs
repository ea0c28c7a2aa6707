//! The error report of an import.

use super::stored;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use codefile::Cause;
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire;
use futures_util::{Stream, stream};
use kernel::ImportId;
use std::fmt::Write;

/// Rows that are read at a time.
const ROWS: u32 = 1000;

/// The rows that cannot be read: a CSV file with `line,column,cause,message`. It never holds a code.
#[utoipa::path(
    get, path = "/v1/code-imports/{id}/errors", tag = "codes",
    params(("id" = inline(wire::ImportId), Path)),
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub async fn import_errors(caller: Caller, At(id): At<ImportId>) -> Result<Response, Problem> {
    stored(&caller, id).await?;
    let mut answer = Response::new(Body::from_stream(report(caller, id)));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = format!("attachment; filename=\"{id}-errors.csv\"");
    let name = HeaderValue::try_from(name).map_err(Problem::internal)?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// The report, read as fast as it is taken. An error of the database breaks the answer off.
fn report(caller: Caller, id: ImportId) -> impl Stream<Item = Result<Bytes, store::Error>> {
    stream::try_unfold((caller, Some(0)), move |(caller, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let rows = caller.reader().import_errors(caller.tenant(), id, after, ROWS).await?;
        let last = rows.last().filter(|_| rows.len() == ROWS as usize).map(|row| row.0);
        let head = if after == 0 { "line,column,cause,message\n" } else { "" };
        let mut text = head.to_owned();
        for (line, column, cause) in &rows {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{line},{column},{cause},\"{}\"", message(cause));
        }
        Ok(Some((Bytes::from(text), (caller, last))))
    })
}

/// What a cause means. Messages are ours and have no quotes.
fn message(cause: &str) -> &'static str {
    let known = Cause::ALL.iter().find(|known| known.code() == cause);
    known.map_or("", |cause| cause.message())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_a_message_that_fits_into_quotes() {
        for cause in Cause::ALL {
            assert_eq!(message(cause.code()), cause.message());
            assert!(!cause.message().contains('"'));
        }
    }
}
