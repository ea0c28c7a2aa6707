//! Ask for a list as a file.

use super::lists::{Catalogue, List};
use super::views::Export;
use axum::Extension;
use domain::Reply;
use domain::export::request::RequestExport;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::{ErrorCode, Problem};
use edge::wire::ExportFormat;
use kernel::ExportId;
use kernel::limits::EXPORTS_OPEN_MAX;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Which list as which file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewListExport {
    /// The list, by the words of its path: `orders`, `payments`, `accounts.entries` … `GET /v1/export-lists` names them all.
    #[schema(max_length = 100)]
    pub list: String,
    /// What kind of file.
    pub format: ExportFormat,
    /// What the list is filtered by: its own parameters, and ids of its path, as texts, numbers, true or false.
    #[serde(default)]
    pub filter: Option<BTreeMap<String, FilterValue>>,
    /// Columns in the order in which they are wanted; all of them when absent.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub columns: Option<Vec<String>>,
}

/// By what a list is filtered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FilterValue {
    /// A text, as it would stand in the address.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
}

/// Ask for a list as a file, as its route shows it to the caller: his scopes count, now and while it is written. Read the
/// export until it is done, then take the file from its `file_url`. The file is kept for a day. Codes are in no list; people take
/// them from their batch, with a second person's yes.
///
/// Rows stand in the order of the list. Fields of objects are columns with a point in their names, amounts are decimals with
/// their currency in a column of its own, times are told in the merchant's zone, and items of lists are joined by `; `. What a
/// spreadsheet would take for a formula has an apostrophe before it in CSV, and is text in XLSX.
#[utoipa::path(
    post, path = "/v1/exports", tag = "exports",
    request_body = NewListExport, responses((status = 202, body = Export))
)]
pub async fn create_export(
    caller: Caller,
    Extension(catalogue): Extension<Catalogue>,
    ask: Ask<NewListExport>,
) -> Answered<Export> {
    let wanted = ask.body;
    let list = catalogue.list(&wanted.list).ok_or_else(no_list)?;
    caller.may(list.scope).or_else(|problem| may_in_live_book(&caller, list).ok_or(problem))?;
    let filter = filter(list, wanted.filter.unwrap_or_default())?;
    let columns = wanted.columns.unwrap_or_default();
    if let Err(wrong) = list.columns.pick(&columns) {
        let detail = format!(
            "{wrong:.60} is no column of it, or stands there twice; see GET /v1/export-lists"
        );
        return Err(Problem::invalid("columns", detail));
    }
    // The list says what is wrong with what it is asked.
    let first = catalogue.page(list, &filter, &caller.acting(), (None, None)).await;
    first.map_err(of_filter)?;
    check_room(&caller).await?;
    let id = ExportId(caller.engine().draw());
    let format = wanted.format.0;
    let request = RequestExport { id, list: list.name.clone(), format, filter, columns };
    let (export, replayed) = match caller.submit(ask.once, request).await? {
        Reply::New(export) => (*export, false),
        Reply::Replayed(before) => (super::own(&caller, ExportId(before.subject)).await?, true),
    };
    let shown = Export::of(&caller.vault(), &export, caller.engine().now());
    Ok(Answer::accepted(shown).replayed(replayed))
}

fn no_list() -> Problem {
    let detail = "nothing of this name can be exported; GET /v1/export-lists names what can";
    Problem::invalid("list", detail)
}

/// Who may do what stands in the live book, whichever mode he works in.
fn may_in_live_book(caller: &Caller, list: &List) -> Option<()> {
    let live = list.scope.is_of_live_book().then(|| caller.acting().in_live_book());
    live.and_then(|acting| acting.may(list.scope).ok())
}

/// Parameters of a list as texts.
fn filter(
    list: &List,
    sent: BTreeMap<String, FilterValue>,
) -> Result<BTreeMap<String, String>, Problem> {
    let mut filter = BTreeMap::new();
    for (name, value) in sent {
        let field = || format!("filter.{name:.60}");
        if !list.filters.contains(&name) {
            let known: Vec<_> = list.filters.iter().map(String::as_str).collect();
            let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
            return Err(Problem::invalid(field(), format!("filter this list by {known}")));
        }
        let text = match value {
            FilterValue::Text(text) => text,
            FilterValue::Number(number) => number.to_string(),
            FilterValue::Flag(flag) => flag.to_string(),
        };
        if text.chars().any(char::is_control) {
            return Err(Problem::invalid(field(), "send a text without control characters"));
        }
        filter.insert(name, text);
    }
    match list.in_path().find(|name| !filter.contains_key(*name)) {
        Some(missing) => Err(Problem::invalid(format!("filter.{missing}"), "this list needs it")),
        None => Ok(filter),
    }
}

/// A problem of the list, told of the filter.
fn of_filter(mut problem: Problem) -> Problem {
    for error in &mut problem.errors {
        error.field = format!("filter.{}", error.field);
    }
    problem
}

/// Refuses more files than anybody waits for.
async fn check_room(caller: &Caller) -> Result<(), Problem> {
    let Some(actor) = caller.origin().actor else { return Ok(()) };
    let page = store::read::Page { limit: 4 * EXPORTS_OPEN_MAX as u32, after: None };
    let newest = caller.reader().exports_of(caller.tenant(), actor, page).await?;
    if newest.iter().filter(|export| export.is_open()).count() < EXPORTS_OPEN_MAX {
        return Ok(());
    }
    let detail =
        format!("{EXPORTS_OPEN_MAX} files are still being written; wait for one, or cancel it");
    Err(Problem::new(ErrorCode::LimitExceeded, detail))
}
