//! Every mishap of a payment at every moment of its order, on a clock that is turned by hand.

use super::shop::Shop;
use testkit::mishaps::{Case, Moment, rows};
use testkit::{Db, Kind, on_both};

on_both!(every_mishap_at_every_moment_ends_in_goods_or_money);

async fn every_mishap_at_every_moment_ends_in_goods_or_money(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    for row in rows() {
        let case = Case::begin(&shop.caller, row).await;
        match row.moment {
            Moment::AtExpiry => shop.pass(900),
            moment if moment.is_late() => {
                shop.pass(901);
                shop.until(&case.order, "cancelled").await;
            }
            _ => {}
        }
        let (secret, now) = (shop.secret(), shop.app.engine.now());
        case.reach(&shop.caller, &secret, now).await.expect("an answer");
        for notice in case.notices() {
            assert_eq!(shop.tell(&notice).await.status, 200, "{row:?}");
        }
        if row.moment == Moment::AtExpiry {
            // Its timer rings when it will; what does not change is how the order ends.
            shop.until(&case.order, row.state).await;
        }
        let end = (shop.state(&case.order).await, shop.gone_back(&case.order).await);
        assert_eq!((&end.0[..], end.1), (row.state, row.back), "{row:?}");
    }
    shop.close(&db).await;
}
