//! A key with a limit is held to it and told what it has left; one without is never told anything.

use serde_json::{Value, json};
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(a_key_is_held_to_its_limit, guesses_are_limited_and_valid_keys_are_not,);

/// A key of a merchant, made by the operator's route.
async fn key(app: &App, shop: &Caller, limit: Value) -> Caller {
    let path = format!("/v1/merchants/{}/keys", shop.tenant.merchant());
    let mut body = json!({ "name": "a key", "mode": "test", "scopes": ["orders:read"] });
    body["requests_per_minute"] = limit;
    let made = app.operator().await.post(&path, &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json["requests_per_minute"], body["requests_per_minute"]);
    Caller::new(app.url(), made.json["secret"].as_str().expect("a secret"), shop.tenant)
}

/// The status, the two headers of the draft and `Retry-After`.
async fn ask(caller: &Caller) -> (u16, String, String, Option<String>) {
    let request = caller.request(reqwest::Method::GET, "/v1/orders");
    let answer = request.send().await.expect("an answer");
    let header = |name| answer.headers().get(name).map(|v| v.to_str().expect("text").to_owned());
    let (policy, state) = (header("ratelimit-policy"), header("ratelimit"));
    let (policy, state) = (policy.unwrap_or_default(), state.unwrap_or_default());
    (answer.status().as_u16(), policy, state, header("retry-after"))
}

async fn a_key_is_held_to_its_limit(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let limited = key(&app, &shop, json!(2)).await;
    for left in [1, 0] {
        let (status, policy, state, retry) = ask(&limited).await;
        assert_eq!((status, policy.as_str(), retry), (200, "\"key\";q=2;w=60", None));
        assert!(state.starts_with(&format!("\"key\";r={left};t=")), "{state}");
    }
    let refused = limited.get("/v1/orders").await;
    assert_eq!((refused.status, refused.code()), (429, "rate_limited"), "{}", refused.text);
    assert!(refused.retry_after.is_some_and(|after| (1..=30).contains(&after)));
    assert_eq!(refused.json["retryable"], true);

    let free = key(&app, &shop, Value::Null).await;
    for _ in 0..5 {
        assert_eq!(ask(&free).await, (200, String::new(), String::new(), None));
    }
    let path = format!("/v1/merchants/{}/keys", shop.tenant.merchant());
    for wrong in [json!(0), json!(-1), json!(1_000_001), json!("60")] {
        let body = json!({
            "name": "k", "mode": "test", "scopes": ["orders:read"], "requests_per_minute": wrong
        });
        let answer = app.operator().await.post(&path, &body).await;
        assert_eq!((answer.status, answer.code()), (422, "invalid"), "{}", answer.text);
        assert_eq!(answer.json["errors"][0]["field"], "requests_per_minute");
    }
    app.stop().await;
}

async fn guesses_are_limited_and_valid_keys_are_not(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let guess = Caller::new(app.url(), "sk_test_guess", shop.tenant);
    let mut refused = None;
    for n in 0..2_000 {
        let answer = guess.get("/v1/orders").await;
        match answer.code() {
            "unauthorized" => {}
            "rate_limited" => {
                refused = Some(n);
                break;
            }
            _ => panic!("{}", answer.text),
        }
    }
    assert!(refused.is_some_and(|n| n >= 600), "guessing went on: {refused:?}");
    assert_eq!(shop.get("/v1/orders").await.status, 200);
    app.stop().await;
}
