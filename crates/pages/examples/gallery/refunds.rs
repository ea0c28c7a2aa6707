//! Samples of refunds.

use super::{Teller, at, yuan};
use pages::Page;
use pages::page::refund::{RefundPage, RefundState, WhyNot};

/// Refunds in every state.
pub fn refunds(t: &Teller, show: &mut impl FnMut(String, String)) {
    let back = at("2026-11-26T02:10:00Z");
    let states = [
        ("refund", RefundState::May { action: "refund".into(), voids_code: true }),
        ("refund-revealed", RefundState::MayNot(WhyNot::Revealed)),
        ("refund-none", RefundState::MayNot(WhyNot::NoReturns)),
        ("refund-too-late", RefundState::MayNot(WhyNot::TooLate(back))),
        ("refund-doubtful", RefundState::MayNot(WhyNot::Doubtful)),
        ("refund-nothing-left", RefundState::MayNot(WhyNot::NothingLeft)),
        ("refund-processing", RefundState::Processing),
        ("refund-succeeded", RefundState::Succeeded(back)),
        ("refund-failed", RefundState::Failed),
    ];
    for (name, state) in states {
        let page = RefundPage {
            frame: t.frame(false, &format!("{name}.html")),
            order_number: t.say("2611 2500 1842", "2611 2500 1842"),
            summary: t.say("星河视频会员 月卡 × 1", "Galaxy Video membership, one month × 1"),
            amount: yuan(1990),
            method: t.say("测试支付", "Test Pay"),
            within: t.say("1–3 天", "1–3 days"),
            state,
            order_path: "order.html".into(),
        };
        show(name.into(), page.html());
    }
}
