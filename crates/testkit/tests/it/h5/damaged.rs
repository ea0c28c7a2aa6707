//! The page of an order whose codes do not open any more.

use super::Stall;
use crate::damaged::{damage_delivered, facts};
use testkit::{Kind, on_both};

on_both!(a_page_says_what_is_damaged_and_what_to_do,);

async fn a_page_says_what_is_damaged_and_what_to_do(kind: Kind) {
    let stall = Stall::new(kind, 2).await;
    let browser = stall.browser();
    let path = stall.buy(&browser).await;
    damage_delivered(&stall.db, 1).await;
    let shown = browser.post(&format!("{path}/reveal"), &[]).await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    assert!(shown.html.contains("打不开") && shown.html.contains("商家"), "{}", shown.html);
    assert!(!shown.html.contains("data-copy=\"pw"), "{}", shown.html);
    let english = browser.post(&format!("{path}/reveal?lang=en"), &[]).await;
    assert_eq!(english.status, 200, "{}", english.html);
    assert!(english.html.contains("Some codes cannot be shown"), "{}", english.html);
    assert_eq!(facts(&stall.db, "codes.unreadable").await, 2);
    // Nobody saw it, so its money can come back.
    let refunded = browser.post(&format!("{path}/refunds"), &[("reason", "unneeded")]).await;
    assert_eq!(refunded.status, 303, "{}", refunded.html);
    assert_eq!(facts(&stall.db, "refund.made").await, 1);
    stall.app.stop().await;
    stall.db.assert_sound().await;
}
