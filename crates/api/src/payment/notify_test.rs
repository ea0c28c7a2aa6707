//! The test channel tells us something, as a provider would: signed, without a key.

use crate::answer::{Answer, Answered};
use crate::auth::Door;
use crate::extract::{At, Raw};
use crate::problem::Problem;
use crate::wire;
use axum::extract::State;
use axum::http::HeaderMap;
use connect::test_channel::SIGNATURE;
use kernel::{MerchantId, Mode, Tenant};
use serde::Serialize;
use utoipa::ToSchema;

/// The notice was taken in; it need not be told again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Received {
    /// Always true.
    pub received: bool,
}

/// A notice of the test channel about a payment of a merchant, signed in `Test-Signature`. Told again, it has
/// no further effect.
#[utoipa::path(
    post, path = "/notify/test/{merchant}", tag = "payments",
    params(("merchant" = inline(wire::MerchantId), Path)),
    request_body = serde_json::Value, responses((status = 200, body = Received))
)]
pub async fn notify_test(
    State(door): State<Door>,
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
