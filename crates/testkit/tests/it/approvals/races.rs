//! Races: whoever comes at the same time, there is one effect.

use super::{Shop, approve, credit, refuse, waits};
use serde_json::json;
use testkit::{App, Kind, on_both};

on_both!(two_yeses_have_one_effect, a_yes_and_a_no_have_one_end, one_request_twice_waits_once);

const ROUNDS: i64 = 8;

async fn two_yeses_have_one_effect(kind: Kind) {
    let shop = Shop::open(kind).await;
    // A file has one writing process; PostgreSQL is written by another node as well.
    let node = match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some(shop.node().await),
    };
    let second = shop.second.at(node.as_ref().map_or(shop.app.url(), App::url));
    for round in 1..=ROUNDS {
        let id = waits(&shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await);
        let both = tokio::join!(approve(&shop.owner, &id), approve(&second, &id));
        let mut told = [(both.0.status, both.0.code()), (both.1.status, both.1.code())];
        told.sort_unstable();
        assert_eq!(told, [(200, ""), (409, "approval_state")], "{}{}", both.0.text, both.1.text);
        assert_eq!(shop.wallet("13812345678").await, round * 2_000_000);
        assert_eq!(shop.facts("approval.decided").await, round);
    }
    if let Some(node) = node {
        node.stop().await;
    }
    shop.sound().await;
}

async fn a_yes_and_a_no_have_one_end(kind: Kind) {
    let shop = Shop::open(kind).await;
    let mut done = 0;
    for round in 1..=ROUNDS {
        let id = waits(&shop.finance.post("/v1/wallet-credits", &credit(2_000_000)).await);
        let both = tokio::join!(approve(&shop.owner, &id), refuse(&shop.second, &id));
        let states = [&both.0, &both.1].map(|answer| (answer.status, answer.json["state"].clone()));
        let ends: Vec<_> = states.iter().filter(|(status, _)| *status == 200).collect();
        assert_eq!(ends.len(), 1, "{}{}", both.0.text, both.1.text);
        done += i64::from(ends[0].1 == json!("done"));
        assert_eq!(shop.wallet("13812345678").await, done * 2_000_000);
        assert_eq!(shop.facts("approval.decided").await, round);
    }
    shop.sound().await;
}

async fn one_request_twice_waits_once(kind: Kind) {
    let shop = Shop::open(kind).await;
    for round in 1..=ROUNDS {
        let (body, key) = (credit(2_000_000), format!("race-{round}"));
        let both = tokio::join!(
            shop.finance.post_as("/v1/wallet-credits", &body, &key),
            shop.finance.post_as("/v1/wallet-credits", &body, &key),
        );
        assert_eq!(waits(&both.0), waits(&both.1));
        assert_eq!(shop.facts("approval.opened").await, round);
    }
    shop.sound().await;
}
