//! Every list that can be exported, and how it is read: through its own route, in the name of who asked.

use super::columns::Schemas;
use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use axum::response::Response;
use bytes::Bytes;
use deliver::export::{Columns, Lists, Pages, Unread};
use domain::export::Export;
use domain::identity::Scope;
use edge::App;
use edge::auth::Acting;
use edge::pagination::LongPages;
use edge::problem::Problem;
use kernel::RequestId;
use kernel::limits::PAGE_ITEMS_MAX;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// Items of a page that is read for a file.
const LONG_PAGE: u32 = 1_000;
/// How long rights that were read are used.
const RIGHTS_TTL: Duration = Duration::from_secs(1);
/// Bytes of a page at most: no list has items of more than this, a thousand times.
const PAGE_BYTES_MAX: usize = 256 << 20;

/// The devices of stores: their rows hold pairing codes.
const DEVICES: &str = "/v1/devices";

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// Its name: the words of its path.
    pub name: String,
    /// Its path in the table of routes.
    pub path: String,
    /// What whoever reads it must be allowed to do.
    pub scope: Scope,
    /// What it is filtered by; ids of its path as well.
    pub filters: BTreeSet<String>,
    /// Its columns.
    pub columns: Columns,
    /// Whether it comes in pages.
    paged: bool,
}

/// The lists of the table of routes, and the routes themselves.
#[derive(Clone)]
pub struct Catalogue {
    app: App,
    lists: Arc<BTreeMap<String, List>>,
    routes: Router,
}

/// The list that a route of the document reads; none where it reads something else.
pub fn of(path: &str, scope: Scope, operation: &Value, schemas: &Schemas<'_>) -> Option<List> {
    // Files of files would be no lists of the merchant, and rows that open something belong in no file.
    if scope == Scope::ExportsOwn || path == DEVICES {
        return None;
    }
    let answer = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let items = schemas.items(answer)?;
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let taken = parameters.filter(|one| one["in"] == "query" || one["in"] == "path");
    let names: Vec<_> = taken.filter_map(|one| one["name"].as_str().map(str::to_owned)).collect();
    let paged = names.iter().any(|name| name == "after");
    let filters = names.into_iter().filter(|name| !["limit", "after"].contains(&name.as_str()));
    let filters = filters.collect();
    let words = path.trim_start_matches("/v1/").split('/').filter(|word| !word.starts_with('{'));
    let name = words.collect::<Vec<_>>().join(".").replace('-', "_");
    let (path, columns) = (path.to_owned(), schemas.columns(items));
    Some(List { name, path, scope, filters, columns, paged })
}

impl Catalogue {
    /// Lists with the routes behind them.
    pub fn new(app: App, lists: impl IntoIterator<Item = List>, routes: Router) -> Self {
        let lists = lists.into_iter().map(|list| (list.name.clone(), list)).collect();
        Self { app, lists: Arc::new(lists), routes }
    }

    /// A list by its name.
    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.get(name)
    }

    /// Every list, by name.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.values()
    }

    /// A page of a list, as JSON.
    pub async fn page(
        &self,
        list: &List,
        filter: &BTreeMap<String, String>,
        acting: &Arc<Acting>,
        (limit, after): (Option<LongPages>, Option<&str>),
    ) -> Result<Bytes, Problem> {
        let mut request =
            Request::builder().method(Method::GET).uri(list.uri(filter, limit, after));
        if let Some(extensions) = request.extensions_mut() {
            extensions.insert(RequestId(self.app.engine().draw()));
            let live = list.scope.is_of_live_book();
            extensions.insert(if live { acting.in_live_book() } else { Arc::clone(acting) });
            if let Some(limit) = limit {
                extensions.insert(limit);
            }
        }
        let request = request.body(Body::empty()).map_err(Problem::internal)?;
        let answer = match self.routes.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        body(answer).await
    }
}

async fn body(mut answer: Response) -> Result<Bytes, Problem> {
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        return Err(problem);
    }
    to_bytes(answer.into_body(), PAGE_BYTES_MAX).await.map_err(Problem::internal)
}

impl List {
    /// The ids that stand in its path.
    pub fn in_path(&self) -> impl Iterator<Item = &str> {
        let words = self.path.split('/').filter_map(|word| word.strip_prefix('{'));
        words.filter_map(|word| word.strip_suffix('}'))
    }

    /// The address of a page. Values of the path stand in it as they are sent, encoded.
    fn uri(
        &self,
        filter: &BTreeMap<String, String>,
        limit: Option<LongPages>,
        after: Option<&str>,
    ) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut path = self.path.clone();
        for (name, value) in filter {
            let place = format!("{{{name}}}");
            if path.contains(&place) {
                let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
                // A space is a plus in a query alone.
                path = path.replace(&place, &value.replace('+', "%20"));
            } else {
                query.append_pair(name, value);
            }
        }
        if self.paged {
            let most = if limit.is_some() { PAGE_ITEMS_MAX } else { 1 };
            query.append_pair("limit", &most.to_string());
            if let Some(after) = after {
                query.append_pair("after", after);
            }
        }
        let query = query.finish();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}

/// A list that is being read for a file.
struct Reading {
    catalogue: Catalogue,
    list: List,
    columns: Columns,
    export: Export,
    acting: Arc<Acting>,
    read_at: Instant,
    /// Where the next page begins.
    next: Next,
}

enum Next {
    First,
    After(String),
    End,
}

/// The cursor of a page. It stands behind the items, which are passed over from the end: a page has a megabyte.
fn cursor(page: &[u8]) -> Result<Option<String>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Page {
        #[serde(default)]
        next: Option<String>,
    }
    let tail = page.iter().rposition(|byte| *byte == b']').and_then(|at| page.get(at + 1..));
    let short = tail.and_then(|tail| {
        let next = tail.strip_prefix(b",\"next\":")?.strip_suffix(b"}")?;
        serde_json::from_slice(next).ok()
    });
    match short {
        Some(next) => Ok(next),
        None => serde_json::from_slice::<Page>(page).map(|page| page.next),
    }
}

#[async_trait]
impl Lists for Catalogue {
    async fn open(&self, export: &Export) -> Result<Box<dyn Pages>, Unread> {
        let gone = |what: &str| Unread::Refused {
            code: "not_found".to_owned(),
            detail: format!("this program has no {what} like that any more"),
        };
        let list = self.list(&export.told.list).ok_or_else(|| gone("list"))?.clone();
        let picked = match &export.told.columns[..] {
            [] => list.columns.clone(),
            some => list.columns.pick(some).map_err(|_| gone("column"))?,
        };
        let acting = standing(&self.app, export, &list).await?;
        Ok(Box::new(Reading {
            catalogue: self.clone(),
            list,
            columns: picked,
            export: export.clone(),
            acting,
            read_at: Instant::now(),
            next: Next::First,
        }))
    }
}

#[async_trait]
impl Pages for Reading {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Unread> {
        if self.read_at.elapsed() > RIGHTS_TTL {
            self.acting = standing(&self.catalogue.app, &self.export, &self.list).await?;
            self.read_at = Instant::now();
        }
        let after = match &self.next {
            Next::First => None,
            Next::After(after) => Some(after.as_str()),
            Next::End => return Ok(None),
        };
        let place = (Some(LongPages(LONG_PAGE)), after);
        let filter = &self.export.told.filter;
        let page = self.catalogue.page(&self.list, filter, &self.acting, place).await;
        let page = page.map_err(unread)?;
        let wrong = |error| Unread::Unavailable(format!("a page of {}: {error}", self.list.name));
        self.next = cursor(&page).map_err(wrong)?.map_or(Next::End, Next::After);
        Ok(Some(page))
    }
}

/// Who asked for an export, as he stands now. He must be allowed to read the list.
async fn standing(app: &App, export: &Export, list: &List) -> Result<Arc<Acting>, Unread> {
    let found = Acting::of(app, export.tenant, export.requester).await.map_err(unread)?;
    let acting = found.ok_or_else(|| Unread::Refused {
        code: "forbidden".to_owned(),
        detail: "who asked for it has no access any more".to_owned(),
    })?;
    let acting = if list.scope.is_of_live_book() { acting.in_live_book() } else { acting };
    acting.may(list.scope).map_err(unread)?;
    Ok(acting)
}

/// What our side fails at may go well another time; what is refused stays so.
fn unread(problem: Problem) -> Unread {
    if !problem.code.status().is_client_error() || problem.code.retryable() {
        let cause = problem.cause.unwrap_or_else(|| problem.detail.into_owned());
        return Unread::Unavailable(cause);
    }
    Unread::Refused { code: problem.code.name().to_owned(), detail: problem.detail.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::cursor;

    #[test]
    fn a_cursor_is_found_wherever_it_stands() {
        for (page, next) in [
            (r#"{"data":[{"a":[1]}],"next":"x"}"#, Some("x")),
            (r#"{"data":[],"next":null}"#, None),
            (r#"{"next":"x","data":[{"a":["]"]}]}"#, Some("x")),
            (r#"{"data":[{"a":"],\"next\":\"y\"}"}],"next":"x"}"#, Some("x")),
            (r#"{"data":[{"a":1}]}"#, None),
            (r#"{"id":"ord_1","lines":[]}"#, None),
        ] {
            assert_eq!(cursor(page.as_bytes()).expect("a page").as_deref(), next, "{page}");
        }
        assert!(cursor(b"{").is_err());
    }
}
