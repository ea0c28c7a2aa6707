//! The test channel tells us something, as a provider would: signed, without a key.

use axum::extract::State;
use axum::http::HeaderMap;
use connect::test_channel::SIGNATURE;
use edge::answer::{Answer, Answered};
use edge::extract::{At, Raw};
use edge::policy::RouteState;
use edge::problem::Problem;
use edge::wire;
use kernel::{MerchantId, Mode, Tenant};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The notice was taken in; it need not be told again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Received {
    /// Always true.
    pub received: bool,
}

/// What is signed: `payment`, `order` (not of a recharge), `transaction`, `status` (`paid`, `failed`, `closed`), and for what is paid
/// `amount` and `currency`. It is read by the channel's own code, so there is no value of this type.
pub enum SignedNotice {}

impl PartialSchema for SignedNotice {
    fn schema() -> RefOr<Schema> {
        let word = || ObjectBuilder::new().schema_type(Type::String);
        let status = word().enum_values(Some(["paid", "failed", "closed"]));
        let amount = ObjectBuilder::new().schema_type(Type::Integer);
        let mut notice = ObjectBuilder::new().property("status", status).required("status");
        for field in ["payment", "transaction"] {
            notice = notice.property(field, word()).required(field);
        }
        notice = notice.property("order", word());
        notice.property("amount", amount).property("currency", word()).into()
    }
}

impl ToSchema for SignedNotice {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("SignedNotice")
    }
}

/// A notice of the test channel about a payment of a merchant, signed in `Test-Signature`. Told again, it has
/// no further effect.
#[utoipa::path(
    post, path = "/notify/test/{merchant}", tag = "payments",
    params(("merchant" = inline(wire::MerchantId), Path)),
    request_body = SignedNotice, responses((status = 200, body = Received))
)]
pub async fn notify_test(
    State(door): State<RouteState>,
    At(merchant): At<MerchantId>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Answered<Received> {
    let tenant = Tenant::new(merchant, Mode::Test);
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    let taken = deliver::payment::receive(door.app.engine(), tenant, signature, &body).await;
    taken.map_err(Problem::from)?;
    Ok(Answer::ok(Received { received: true }))
}
