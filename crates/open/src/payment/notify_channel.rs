//! A payment channel tells us something: signed, without a key.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use connect::pay::notice::acknowledgement;
use connect::pay::{Channel as Wire, Refused};
use deliver::payment::channel::{NoticeFate, take};
use domain::payment::account::{Channel, PaymentAccount, PaymentAccountId};
use domain::resource::Resource;
use edge::extract::{At, Raw};
use edge::policy::RouteState;
use edge::problem::Problem;

/// A notice of a payment channel about payments of an account, as the channel writes and signs it. It is answered as the channel
/// wants to hear it: what was taken in, now or before, is not told again; what is refused changes nothing.
#[utoipa::path(
    post, path = "/notify/{channel}/{account}", tag = "payments",
    params(
        ("channel" = String, Path, description = "`wechat`, `alipay` or `stripe`."),
        ("account" = String, Path, description = "The payment account."),
    ),
    request_body(content = String, description = "What the channel sends.", content_type = "*/*"),
    responses((status = 200, description = "Taken in.", body = String, content_type = "text/plain"))
)]
pub async fn notify_channel(
    State(door): State<RouteState>,
    At((channel, account)): At<(String, String)>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let missing = || Problem::not_found("payment_account");
    let channel = Channel::parse(&channel).ok_or_else(missing)?;
    let id = PaymentAccount::KIND.parse(&account).ok_or_else(missing)?;
    let at = (channel, PaymentAccountId::new(id));
    let app = &door.app;
    match take(app.engine(), app.channels(), at, &headers, &body).await? {
        NoticeFate::Taken => Ok(answer(channel, true, None)),
        NoticeFate::Refused(refused) => Ok(answer(channel, false, Some(&refused))),
        NoticeFate::NoAccount => Err(missing()),
    }
}

fn answer(channel: Channel, taken: bool, refused: Option<&Refused>) -> Response {
    let wire = match channel {
        Channel::Wechat => Wire::Wechat,
        Channel::Alipay => Wire::Alipay,
        Channel::Stripe => Wire::Stripe,
    };
    // A notice of Alipay signs no time: what is good and old is answered as taken, and changes nothing.
    let (status, kind, body) = acknowledgement(wire, taken);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    if let Some(refused) = refused {
        tracing::debug!(channel = channel.word(), why = %refused, "a notice was refused");
    }
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}
