//! Find anything by any scrap of it.

use super::caught_up;
use super::sources::Search;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::SearchText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is looked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The scrap: an order's number or the caller's own id for it, a channel's number, a buyer's name or what he answered, a
    /// code, an amount, a batch, a product, any id.
    pub q: SearchText,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// The best first; at most 20.
    pub data: Vec<SearchHit>,
}

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SearchHit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: String,
    /// What people call it. No text of a code, and no buyer's own name.
    pub title: String,
}

/// What a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// An order.
    Order,
    /// A payment.
    Payment,
    /// A refund.
    Refund,
    /// A buyer.
    Buyer,
    /// A product.
    Product,
    /// A batch of codes.
    Batch,
    /// A code.
    Code,
}

/// Find anything by any scrap of it, among what the key may read. A POST, so that a name or a code is in no log of paths.
///
/// What orders are found by follows the journal within two seconds. A person or a code is found by the whole text alone,
/// because only keyed hashes of it are kept.
#[utoipa::path(
    post, path = "/v1/search", tag = "search",
    request_body = Wanted, responses((status = 200, body = SearchResult))
)]
pub async fn search(caller: Caller, ask: Ask<Wanted>) -> Answered<SearchResult> {
    caught_up(&caller).await?;
    let text = ask.body.q.0.trim().to_owned();
    let data = Search::new(&caller, &text).all().await?;
    Ok(Answer::ok(SearchResult { data }))
}
