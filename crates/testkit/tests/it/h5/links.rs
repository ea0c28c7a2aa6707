//! Links that open orders: each opens its own, whole or in the form that older orders had, and nothing else does.

use super::Stall;
use testkit::{Kind, on_both};

on_both!(a_link_opens_its_order_alone, a_link_of_an_older_order_still_opens_it);

async fn a_link_opens_its_order_alone(kind: Kind) {
    let stall = Stall::new(kind, 3).await;
    let browser = stall.browser();
    let (one, other) = (stall.order(&browser).await, stall.order(&browser).await);
    let (at, token) = one.split_at(one.len() - 26);
    let (other_at, other_token) = other.split_at(other.len() - 26);
    for path in [
        format!("{at}{other_token}"),
        format!("{other_at}{token}"),
        format!("/o/{token}"),
        at.to_owned(),
        format!("{one}7"),
    ] {
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(browser.get(&one.to_uppercase().replace("/O/", "/o/")).await.status, 200);
    for path in [&one, &other] {
        assert!(browser.get(path).await.html.contains("name=\"method\""), "{path}");
    }
    stall.app.stop().await;
}

async fn a_link_of_an_older_order_still_opens_it(kind: Kind) {
    let stall = Stall::new(kind, 1).await;
    let browser = stall.browser();
    let whole = stall.order(&browser).await;
    let token = &whole[whole.len() - 26..];
    let hash = vault::link_hash(&kernel::id::decode(token).expect("a token"));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = match kind {
        Kind::Sqlite => format!("X'{hash}'"),
        Kind::Postgres => format!("'\\x{hash}'"),
    };
    stall.db.sql(&format!("UPDATE orders SET link = {hash} WHERE link IS NOT NULL")).await;
    for path in [&whole, &format!("/o/{token}")] {
        assert!(browser.get(path).await.html.contains("name=\"method\""), "{path}");
    }
    stall.app.stop().await;
}
