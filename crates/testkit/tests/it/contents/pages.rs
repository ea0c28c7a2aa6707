//! A buyer without an account on the pages: he buys, looks, hears of a new version.

use super::Desk;
use serde_json::json;
use testkit::browser::Browser;
use testkit::{Kind, on_both};

on_both!(a_guest_buys_it_and_sees_what_changed, a_guest_who_gave_it_back_sees_nothing,);

impl Desk {
    /// Buys on the pages; gives the order's path.
    pub(super) async fn buy_as(&self, browser: &Browser) -> String {
        let home = edge::link::shop_path(self.shop.tenant);
        let page = browser.get(&format!("{home}/checkout?sku={}&quantity=1", self.sku)).await;
        assert_eq!(page.status, 200, "{}", page.html);
        let typed = [("quantity", "1"), ("consent", crate::h5::AGREED)];
        let placed = browser.submit(&page, &format!("{home}/checkout"), &typed).await;
        assert_eq!(placed.status, 303, "{}", placed.html);
        let order = placed.location;
        let begun = browser.post(&format!("{order}/pay"), &[("method", "test")]).await;
        let paid = browser.post(&begun.location, &[("action", "pay")]).await;
        assert_eq!(paid.status, 303, "{}", paid.html);
        order
    }
}

async fn a_guest_buys_it_and_sees_what_changed(kind: Kind) {
    let desk = Desk::open(kind).await;
    let browser = Browser::new(desk.app.url());
    let home = edge::link::shop_path(desk.shop.tenant);
    let page = browser.get(&format!("{home}/checkout?sku={}&quantity=1", desk.sku)).await;
    assert!(!page.html.contains("name=\"consent\""), "there is nothing to sell: {}", page.html);
    desk.write("链接 https://pan.example/one 码 7rt2", "第一版").await;
    let order = desk.buy_as(&browser).await;

    let sealed = browser.get(&order).await;
    assert!(!sealed.html.contains("pan.example"), "a look at the link shows nothing");
    assert!(
        sealed.html.contains("内容是最新的") && sealed.html.contains("第 1 版"),
        "{}",
        sealed.html
    );
    let shown = browser.post(&format!("{order}/reveal"), &[]).await;
    let link = "<a href=\"https://pan.example/one\" rel=\"noopener noreferrer\">";
    assert!(shown.html.contains(link), "{}", shown.html);

    desk.write("链接 https://pan.example/two", "换了<b>地址").await;
    let told = browser.get(&order).await;
    assert!(told.html.contains("内容有更新") && told.html.contains("第 2 版"), "{}", told.html);
    assert!(told.html.contains("换了&#60;b&#62;地址"), "{}", told.html);
    assert!(!told.html.contains("pan.example"), "{}", told.html);
    let shown = browser.post(&format!("{order}/reveal"), &[]).await;
    assert!(shown.html.contains("pan.example/two"), "{}", shown.html);
    assert!(!shown.html.contains("pan.example/one"), "{}", shown.html);
    let file = browser.post(&format!("{order}/file"), &[]).await;
    assert!(file.html.contains("pan.example/two"), "{}", file.html);
    let refund = browser.get(&format!("{order}/refunds")).await;
    assert!(!refund.html.contains("<form"), "what was seen stays: {}", refund.html);
    desk.close().await;
}

async fn a_guest_who_gave_it_back_sees_nothing(kind: Kind) {
    let desk = Desk::with(kind, "链接 https://pan.example/one").await;
    let browser = Browser::new(desk.app.url());
    let order = desk.buy_as(&browser).await;
    let asked = browser.post(&format!("{order}/refunds"), &[("reason", "mistake")]).await;
    assert_eq!(asked.status, 303, "{}", asked.html);
    desk.write("链接 https://pan.example/two", "换了地址").await;
    for screen in [
        browser.get(&order).await,
        browser.post(&format!("{order}/reveal"), &[]).await,
        browser.post(&format!("{order}/file"), &[]).await,
    ] {
        assert!(!screen.html.contains("pan.example"), "{}", screen.html);
        assert!(!screen.html.contains("换了地址"), "{}", screen.html);
    }
    assert_eq!(desk.holders().await, 0);
    let orders = desk.shop.get("/v1/orders").await;
    assert_eq!(orders.json["data"][0]["state"], json!("refunded"), "{}", orders.text);
    desk.close().await;
}
