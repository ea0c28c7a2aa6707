//! Every address of the sandbox, and the faults that lie over the channels' own.

use crate::channel::Channel;
use crate::faults::Kind;
use crate::sandbox::Sandbox;
use crate::{alipay, cashier, control, guard, stripe, wechat};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use std::sync::Arc;

/// The whole of it.
pub fn router(sandbox: &Arc<Sandbox>) -> Router {
    let wechat = Router::new()
        .route("/v3/{*path}", any(wechat::serve))
        .route("/sns/oauth2/access_token", get(wechat::token));
    let alipay = Router::new().route("/gateway.do", any(alipay::serve));
    let stripe = Router::new().route("/v1/{*path}", any(stripe::serve));
    let pages = Router::new()
        .route("/", get(cashier::open))
        .route("/cashier", get(cashier::open))
        .route("/cashier/jsapi", get(wechat::invoke))
        .route("/cashier/{token}", get(cashier::show).post(cashier::choose))
        .route("/qr/{token}", get(cashier::show))
        .route("/c/pay/{token}", get(cashier::show))
        .route("/connect/oauth2/authorize", get(wechat::authorize))
        .route("/cgi-bin/mmpayweb-bin/checkmweb", get(wechat::h5))
        .route("/bridge.js", get(wechat::bridge));
    let control = Router::new()
        .route("/control", get(control::page::show).post(control::page::set))
        .route("/control/payments/{number}", post(control::payment))
        .route("/control/refunds/{number}", post(control::refund))
        .route("/control/faults", get(control::faults).post(control::fault))
        .route("/control/books", get(control::books))
        .route("/control/notices", get(control::notices))
        .route("/control/accounts", get(control::rotate::accounts))
        .route("/control/rotate", post(control::rotate::platform))
        .route("/control/merchant_keys", post(control::rotate::merchant))
        .layer(middleware::from_fn(guard::loopback_only));
    Router::new()
        .merge(faulty(sandbox, Channel::Wechat, wechat))
        .merge(faulty(sandbox, Channel::Alipay, alipay))
        .merge(faulty(sandbox, Channel::Stripe, stripe))
        .merge(pages)
        .merge(control)
        .with_state(Arc::clone(sandbox))
}

type Shared = Arc<Sandbox>;

fn faulty(sandbox: &Shared, channel: Channel, routes: Router<Shared>) -> Router<Shared> {
    let state = (Arc::clone(sandbox), channel);
    routes.layer(middleware::from_fn_with_state(state, suffer))
}

/// Carries a request out, and answers as the channel's fault has it.
async fn suffer(
    State((sandbox, channel)): State<(Shared, Channel)>,
    request: Request,
    next: Next,
) -> Response {
    let fault = sandbox.fault(channel);
    if fault.kind == Kind::Error {
        return match channel {
            Channel::Wechat => wechat::broken(&sandbox),
            Channel::Alipay => alipay::broken(),
            Channel::Stripe => stripe::broken(),
        };
    }
    let response = next.run(request).await;
    match fault.kind {
        Kind::Slow => tokio::time::sleep(fault.pause().unwrap_or_default()).await,
        Kind::Silent => {
            tokio::time::sleep(fault.pause().unwrap_or_default()).await;
            return StatusCode::GATEWAY_TIMEOUT.into_response();
        }
        _ => {}
    }
    response
}
