//! List requests of programs.

use super::views::LoggedRequest;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Queries;
use edge::pagination::{List, Page};
use edge::wire;
use kernel::RequestId;
use kernel::limits::REQUESTS_KEPT_DAYS;
use serde::Deserialize;
use store::requests::read::Wanted;
use utoipa::{IntoParams, ToSchema};

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RequestFilter {
    /// How they ended; all when absent.
    #[param(inline)]
    outcome: Option<Outcome>,
    /// With which key they came.
    key: Option<wire::ApiKeyId>,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused, or went wrong.
    Refused,
    /// It went wrong on our side.
    Failed,
}

/// List what programs asked with the merchant's keys in the mode in which one acts, newest first: of each minute of the last
/// seven days some, refused ones more than others.
#[utoipa::path(
    get, path = "/v1/requests", tag = "keys",
    params(RequestFilter, List), responses((status = 200, body = Page<LoggedRequest>))
)]
pub async fn list_requests(
    caller: Caller,
    Queries(filter, list): Queries<RequestFilter, List>,
) -> Answered<Page<LoggedRequest>> {
    let statuses = match filter.outcome {
        None => 0..1_000,
        Some(Outcome::Done) => 0..400,
        Some(Outcome::Refused) => 400..1_000,
        Some(Outcome::Failed) => 500..1_000,
    };
    let since = caller.engine().now().plus_days(-REQUESTS_KEPT_DAYS);
    let wanted = Wanted { statuses, key: filter.key.map(|key| key.0), since };
    let page = list.page(RequestId);
    let rows = caller.reader().requests(caller.tenant(), &wanted, page).await?;
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(LoggedRequest::of(row)))?))
}
