//! List rows of an import that brought no code, or one that is in doubt.

use super::stored;
use domain::inventory::rows::RowKind;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Query};
use edge::pagination::{Cursor, Limit, Page};
use edge::problem::Problem;
use edge::wire::{self, CodeId, CodeState, ImportId, Wire};
use serde::{Deserialize, Serialize};
use store::read::ListedRow;
use utoipa::{IntoParams, ToSchema};

/// Cursors in the lines of a file.
const OF_LINES: u64 = 0;

/// Which rows are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowList {
    /// `duplicate`, `doubt` or `error`.
    #[param(inline)]
    pub kind: ListedKind,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    #[serde(default)]
    pub after: Option<Cursor>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListedKind {
    /// It was imported before.
    Duplicate,
    /// It may be the twin of another.
    Doubt,
    /// It cannot be read.
    Error,
}

/// A row of a file. What stood in it is not told.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileRow {
    /// Its line, from 1.
    pub line: i64,
    /// Why it is listed: `duplicate`, `looks_alike`, `same_secret`, `not_compared`, or the cause of an error.
    pub reason: String,
    /// The field at fault, of an error that has one.
    pub column: Option<String>,
    /// The code that was there first; null for an error.
    pub first: Option<FirstRow>,
    /// The row's own code, where it was kept, to find and decide it by.
    pub code: Option<CodeId>,
    /// Where that stands: `doubtful` until somebody decides.
    pub state: Option<CodeState>,
}

/// The code that was there first.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirstRow {
    /// The import that brought it.
    pub import: Option<ImportId>,
    /// Its line there; null for one from before lines were kept.
    pub line: Option<i64>,
    /// Where it is in its life.
    pub state: Option<CodeState>,
    /// Its id.
    pub code: CodeId,
}

/// List rows of an import by line: duplicates, doubts or errors, at most 100,000 of each kind; all are counted.
#[utoipa::path(
    get, path = "/v1/code-imports/{id}/rows", tag = "codes",
    params(("id" = inline(wire::ImportId), Path), RowList),
    responses((status = 200, body = Page<FileRow>))
)]
pub async fn import_rows(
    caller: Caller,
    At(id): At<kernel::ImportId>,
    Query(list): Query<RowList>,
) -> Answered<Page<FileRow>> {
    stored(&caller, id).await?;
    let after = list.after.map_or(Some(0), |cursor| cursor.number(OF_LINES));
    let after = after.ok_or_else(|| Problem::invalid("after", "send `next` of the page before"))?;
    let (tenant, limit) = (caller.tenant(), list.limit.0 + 1);
    let mut rows: Vec<FileRow> = match list.kind {
        ListedKind::Error => {
            let found = caller.reader().import_errors(tenant, id, after, limit).await?;
            found.into_iter().map(FileRow::error).collect()
        }
        kind => {
            let kind = match kind {
                ListedKind::Duplicate => RowKind::Duplicate,
                _ => RowKind::Doubt,
            };
            let found = caller.reader().import_rows(tenant, id, kind, after, limit).await?;
            found.into_iter().map(FileRow::of).collect()
        }
    };
    let shown = list.limit.0 as usize;
    let more = rows.len() > shown;
    rows.truncate(shown);
    let next = rows.last().filter(|_| more).map(|last| Cursor::of_number(OF_LINES, last.line));
    Ok(Answer::ok(Page { data: rows, next }))
}

impl FileRow {
    fn error((line, column, cause): (i64, String, String)) -> Self {
        let column = Some(column).filter(|column| !column.is_empty());
        Self { line, reason: cause, column, first: None, code: None, state: None }
    }

    fn of(row: ListedRow) -> Self {
        let first = FirstRow {
            import: row.first_import.map(Wire),
            line: row.first_line,
            state: row.first_state.map(Wire),
            code: Wire(row.first),
        };
        Self {
            line: row.line,
            reason: row.doubt.map_or("duplicate", |doubt| doubt.name()).to_owned(),
            column: None,
            first: Some(first),
            code: row.own.map(|(code, _)| Wire(code)),
            state: row.own.map(|(_, state)| Wire(state)),
        }
    }
}
