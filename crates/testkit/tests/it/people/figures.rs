//! Figures that are printed, not judged: what a sign-in and an authorisation take on this machine.

use super::{Clocked, OWNER};
use axum::extract::FromRequestParts;
use domain::identity::Scope;
use edge::auth::Caller;
use edge::policy::{Idempotency, RoutePolicy, RouteState};
use kernel::RequestId;
use std::time::Instant;
use testkit::{Browser, Kind, on_both};

on_both!(sign_ins_and_authorisations_are_measured);

const SIGN_INS: usize = 40;
const AUTHORISATIONS: u32 = 5_000;

async fn sign_ins_and_authorisations_are_measured(kind: Kind) {
    let at = Clocked::start(kind).await;
    let tenant = at.app.tenant("星河").await;
    let person = at.app.person("lin@shop.example", &[(tenant, OWNER)]).await;
    let mut browser = Browser::new(at.app.url());
    let begun = Instant::now();
    for _ in 0..SIGN_INS {
        at.next_step();
        assert_eq!(browser.sign_in(&person, at.app.code(&person)).await.status, 200);
    }
    let each = begun.elapsed() / SIGN_INS as u32;
    let access = RoutePolicy {
        scope: Some(Scope::OrdersRead),
        idempotency: Idempotency::Ignored,
        held: false,
    };
    let door = RouteState { app: at.app.edge.clone(), access };
    let cookie = format!("tessera_session={}", browser.cookie("tessera_session"));
    let request = || {
        let request = axum::http::Request::get("/v1/orders").header("cookie", &cookie);
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        parts.extensions.insert(RequestId([1; 16]));
        parts
    };
    let mut parts = request();
    let caller = Caller::from_request_parts(&mut parts, &door).await;
    assert_eq!(caller.map(|caller| caller.tenant()).ok(), Some(tenant));
    let begun = Instant::now();
    for _ in 0..AUTHORISATIONS {
        let caller = Caller::from_request_parts(&mut parts, &door).await;
        assert!(caller.is_ok());
    }
    let authorisation = begun.elapsed() / AUTHORISATIONS;
    eprintln!("{kind:?}: a sign-in {each:?}, an authorisation {authorisation:?}");
    at.app.stop().await;
}
