//! Make a merchant.

use super::views::Merchant;
use super::{merchant, shown};
use domain::{Reply, identity::create_merchant::CreateMerchant};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::Problem;
use edge::wire::Name;
use kernel::{MerchantId, Timestamp};
use serde::Deserialize;
use utoipa::ToSchema;

/// A merchant that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerchant {
    /// Its name.
    pub name: Name,
    /// The IANA zone in which its dates end; `Asia/Shanghai` when absent.
    pub zone: Option<Name>,
}

/// Make a merchant, with one book for live and one for test.
#[utoipa::path(
    post, path = "/v1/merchants", tag = "merchants",
    request_body = NewMerchant, responses((status = 201, body = Merchant))
)]
pub async fn create_merchant(caller: Caller, ask: Ask<NewMerchant>) -> Answered<Merchant> {
    let zone = ask.body.zone.map_or_else(|| "Asia/Shanghai".to_owned(), |zone| zone.0);
    if !Timestamp::knows_zone(&zone) {
        return Err(Problem::invalid("zone", "send an IANA zone like Asia/Shanghai"));
    }
    let command = CreateMerchant { name: ask.body.name.0, zone };
    let (id, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(id) => (id, false),
        Reply::Replayed(before) => (MerchantId(before.subject), true),
    };
    let row = merchant(&caller, id).await?;
    Ok(Answer::created(shown(&caller, &row).await?).replayed(replayed))
}
