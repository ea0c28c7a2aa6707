//! New payments: a QR code, or a signed address of Alipay's page for desktops or phones.

use super::client::Client;
use super::sign;
use crate::pay::answer::{Offer, Offered, Outcome, Why};
use crate::pay::ask::{Intent, Way};
use crate::pay::wire::{clock, form, yuan};
use kernel::Currency;
use serde_json::{Value, json};

/// Characters of a subject at most.
const SUBJECT_CHARS_MAX: usize = 256;

impl Client<'_, '_> {
    /// Asks for a way to pay. For pages nothing is sent: the signed address is the offer.
    pub async fn offer(&mut self, intent: &Intent) -> Outcome<Offered> {
        if intent.amount.currency != Currency::Cny || intent.amount.amount <= 0 {
            return Outcome::Failed(Why::new("wrong_amount", "Alipay takes CNY, from one fen on"));
        }
        let offer = match intent.way {
            Way::AlipayQr => self.precreate(intent).await,
            Way::AlipayPage => self.page(intent, "alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"),
            Way::AlipayWap => self.page(intent, "alipay.trade.wap.pay", "QUICK_WAP_WAY"),
            _ => Outcome::Failed(Why::new("wrong_way", "Alipay has no such way to pay")),
        };
        offer.map(|offer| Offered { offer, reference: None })
    }

    async fn precreate(&mut self, intent: &Intent) -> Outcome<Offer> {
        let method = "alipay.trade.precreate";
        let answer = match self.call(method, &content(intent), &intent.notice_url).await {
            Ok(answer) => answer,
            Err(trouble) => return trouble.lenient(),
        };
        let ours = answer["out_trade_no"].as_str() == Some(&intent.payment.to_string());
        match answer["qr_code"].as_str().filter(|code| ours && !code.is_empty()) {
            Some(code) => Outcome::Succeeded(Offer::Qr(code.to_owned())),
            None => Outcome::Unknown(Why::new("unreadable", "the answer has no code of ours")),
        }
    }

    fn page(&self, intent: &Intent, method: &str, product: &str) -> Outcome<Offer> {
        let mut content = content(intent);
        content["product_code"] = product.into();
        if intent.way == Way::AlipayWap {
            content["quit_url"] = intent.return_url.as_str().into();
        }
        let urls = [
            ("notify_url", intent.notice_url.as_str()),
            ("return_url", intent.return_url.as_str()),
        ];
        match sign::signed(self.account, method, &content, &urls, self.line.now) {
            Ok(fields) => {
                let query = form::write(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
                let url = format!("{}?{query}", self.line.gateways().alipay);
                Outcome::Succeeded(Offer::Redirect(url))
            }
            Err(unsigned) => Outcome::Unknown(unsigned.into()),
        }
    }
}

fn content(intent: &Intent) -> Value {
    let subject: String = intent.subject.chars().take(SUBJECT_CHARS_MAX).collect();
    let mut content = json!({
        "out_trade_no": intent.payment.to_string(),
        "total_amount": yuan::write(intent.amount.amount),
        "subject": subject,
        "time_expire": clock::china_plain(intent.expires_at),
    });
    if let Some(order) = intent.order {
        content["passback_params"] = order.to_string().into();
    }
    content
}
