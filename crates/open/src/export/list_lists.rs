//! List what can be exported.

use super::lists::Catalogue;
use axum::Extension;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use serde::Serialize;
use utoipa::ToSchema;

/// What can be exported by the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportLists {
    /// The lists, by name.
    pub data: Vec<ExportList>,
}

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportList {
    /// Its name.
    pub list: String,
    /// The path of its route.
    pub path: String,
    /// What it can be filtered by.
    pub filter: Vec<String>,
    /// Its columns, in their order.
    pub columns: Vec<String>,
}

/// List what the caller can take as a file, with filters and columns.
#[utoipa::path(
    get, path = "/v1/export-lists", tag = "exports", responses((status = 200, body = ExportLists))
)]
pub async fn list_export_lists(
    caller: Caller,
    Extension(catalogue): Extension<Catalogue>,
) -> Answered<ExportLists> {
    let acting = caller.acting();
    let may = |scope: domain::identity::Scope| match scope.is_of_live_book() {
        true => acting.in_live_book().may(scope).is_ok(),
        false => acting.may(scope).is_ok(),
    };
    let lists = catalogue.lists().filter(|list| may(list.scope)).map(|list| ExportList {
        list: list.name.clone(),
        path: list.path.clone(),
        filter: list.filters.iter().cloned().collect(),
        columns: list.columns.columns.iter().map(|column| column.name.clone()).collect(),
    });
    Ok(Answer::ok(ExportLists { data: lists.collect() }))
}
