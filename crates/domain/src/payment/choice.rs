//! Which ways to pay a buyer is offered: by the merchant's accounts, his browser, and the money.

use super::PayMethod;
use super::account::{Channel, PaymentAccount};
use crate::catalog::GoodsClass;
use kernel::{Currency, Money};

/// With what a buyer looks at the cashier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// Within WeChat, where only WeChat pays.
    Wechat,
    /// A phone's browser.
    Phone,
    /// A desktop's browser, with the phone beside it.
    Desktop,
}

impl Client {
    /// Reads a `User-Agent`.
    pub fn of(user_agent: &str) -> Self {
        let has = |word: &str| user_agent.contains(word);
        if has("MicroMessenger/") {
            Self::Wechat
        } else if has("Mobile") || has("Android") || has("iPhone") || has("iPad") {
            Self::Phone
        } else {
            Self::Desktop
        }
    }
}

/// The least that Stripe takes, in minor units: about half a dollar.
/// <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>
fn stripe_least(currency: Currency) -> i64 {
    match currency {
        Currency::Cny => 400,
        _ => 50,
    }
}

/// The way through an account for some classes of goods; none where it does not fit.
pub fn way(
    account: &PaymentAccount,
    client: Client,
    due: Money,
    goods: &[GoodsClass],
) -> Option<PayMethod> {
    if due.amount <= 0 || !account.takes(goods) {
        return None;
    }
    let yuan = due.currency == Currency::Cny;
    match (account.channel, client) {
        (Channel::Wechat, Client::Wechat) if yuan && account.app_secret.is_some() => {
            Some(PayMethod::WechatJsapi)
        }
        (Channel::Wechat, Client::Phone) if yuan => Some(PayMethod::WechatH5),
        (Channel::Wechat, Client::Desktop) if yuan => Some(PayMethod::WechatNative),
        (Channel::Alipay, Client::Phone) if yuan => Some(PayMethod::AlipayWap),
        (Channel::Alipay, Client::Desktop) if yuan => Some(PayMethod::AlipayQr),
        (Channel::Stripe, Client::Phone | Client::Desktop)
            if due.amount >= stripe_least(due.currency) =>
        {
            Some(PayMethod::Stripe)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::registry::of;

    fn account(channel: Channel) -> PaymentAccount {
        let any = of::<PaymentAccount>();
        let body = any.read(&any.stored_sample()).expect("the sample");
        let sample: &PaymentAccount = body.as_any().downcast_ref().expect("its type");
        PaymentAccount { channel, goods: Vec::new(), ..sample.clone() }
    }

    #[test]
    fn browsers_are_told_apart() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";
        assert_eq!(Client::of(iphone), Client::Phone);
        assert_eq!(Client::of(&format!("{iphone} MicroMessenger/8.0.50")), Client::Wechat);
        assert_eq!(Client::of("Mozilla/5.0 (X11; Linux x86_64) Chrome/120"), Client::Desktop);
        assert_eq!(Client::of(""), Client::Desktop);
    }

    #[test]
    fn within_wechat_only_wechat_pays_and_elsewhere_each_channel_by_its_way() {
        let due = Money::new(1_990, Currency::Cny);
        let ways = |client| Channel::ALL.map(|channel| way(&account(channel), client, due, &[]));
        assert_eq!(ways(Client::Wechat), [Some(PayMethod::WechatJsapi), None, None]);
        let phone = [PayMethod::WechatH5, PayMethod::AlipayWap, PayMethod::Stripe];
        assert_eq!(ways(Client::Phone), phone.map(Some));
        let desktop = [PayMethod::WechatNative, PayMethod::AlipayQr, PayMethod::Stripe];
        assert_eq!(ways(Client::Desktop), desktop.map(Some));
        let without = PaymentAccount { app_secret: None, ..account(Channel::Wechat) };
        assert_eq!(way(&without, Client::Wechat, due, &[]), None);
    }

    #[test]
    fn other_money_goes_by_stripe_and_little_money_does_not() {
        let due = |amount, currency| Money::new(amount, currency);
        let way_of = |channel, due| way(&account(channel), Client::Desktop, due, &[]);
        assert_eq!(way_of(Channel::Wechat, due(1_990, Currency::Usd)), None);
        assert_eq!(way_of(Channel::Alipay, due(1_990, Currency::Usd)), None);
        assert_eq!(way_of(Channel::Stripe, due(1_990, Currency::Usd)), Some(PayMethod::Stripe));
        assert_eq!(way_of(Channel::Stripe, due(49, Currency::Usd)), None);
        assert_eq!(way_of(Channel::Stripe, due(399, Currency::Cny)), None);
        assert_eq!(way_of(Channel::Wechat, due(0, Currency::Cny)), None);
    }

    #[test]
    fn an_account_takes_only_goods_that_it_is_approved_for() {
        let goods = vec![GoodsClass::VirtualGoods, GoodsClass::TopUp];
        let some = PaymentAccount { goods, ..account(Channel::Alipay) };
        let due = Money::new(1_990, Currency::Cny);
        let way_of = |goods: &[GoodsClass]| way(&some, Client::Desktop, due, goods);
        assert_eq!(way_of(&[GoodsClass::TopUp]), Some(PayMethod::AlipayQr));
        assert_eq!(way_of(&[GoodsClass::TopUp, GoodsClass::VirtualGoods]), way_of(&[]));
        assert_eq!(
            way_of(&[GoodsClass::TopUp, GoodsClass::PrepaidCard]),
            None,
            "one of them is not"
        );
    }
}
