//! Payments as callers see them.

use deliver::payment::channel::{ShownExchange, StoredOffer};
use deliver::payment::offline_transfer;
use domain::payment;
use domain::payment::channel::ChannelPayment;
use edge::auth::Caller;
use edge::link::cashier_path;
use edge::problem::Problem;
use edge::wire::{BuyerId, Money, OrderId, PaymentId, PaymentMethod, PaymentState, Time, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// A payment: one attempt to pay an order, or to recharge a wallet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The order that it pays; null when it is a recharge.
    pub order: Option<OrderId>,
    /// The buyer whose wallet it recharges; null when it pays an order.
    pub buyer: Option<BuyerId>,
    /// The payment method.
    pub method: PaymentMethod,
    /// Where it stands.
    pub state: PaymentState,
    /// What is to be paid.
    pub amount: Money,
    /// Where the buyer pays, as long as he can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cashier_url: Option<String>,
    /// The text of the QR code that the buyer scans, for methods that have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
    /// What the page hands to WeChat's `getBrandWCPayRequest`, for `wechat_jsapi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<JsapiParams>)]
    pub jsapi: Option<serde_json::Value>,
    /// Where the money is transferred to, for `offline`, as long as it is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<BankTransfer>,
    /// The payment account that it is bound to, where one payment is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// When it was begun.
    pub created_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// A payment with the money that came in for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentWithReceipts {
    /// The payment.
    #[serde(flatten)]
    pub payment: Payment,
    /// The channel's number of the transaction that ended it; null when nothing came.
    pub channel_number: Option<String>,
    /// What its channel keeps of it by the account's rate, where one payment is shown and money came in; the channel's bill decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    /// What came in, oldest first.
    pub receipts: Vec<Receipt>,
}

/// Money that came in through a channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The channel's number of the transaction.
    pub channel_number: String,
    /// What came in.
    pub amount: Money,
    /// The part of it that paid the order or went to the wallet; the rest goes back.
    pub applied: Money,
    /// When we took it in.
    pub at: Time,
}

impl PaymentWithReceipts {
    /// A payment, with its receipts among those of its order.
    pub fn of(shown: Payment, payment: &payment::Payment, of_order: &[payment::Receipt]) -> Self {
        let own = of_order.iter().filter(|receipt| receipt.payment == payment.id);
        Self {
            payment: shown,
            channel_number: payment.channel_number.clone(),
            fee: None,
            receipts: own.map(Receipt::of).collect(),
        }
    }

    /// The same with what the channel keeps of the money that came in.
    pub fn with_fee(mut self, bound: Option<&ChannelPayment>) -> Self {
        let of_receipt = |receipt: &Receipt| bound.map(|bound| bound.fee(receipt.applied.amount));
        let fees: Vec<i64> = self.receipts.iter().filter_map(of_receipt).collect();
        let sum = (!fees.is_empty()).then(|| fees.into_iter().sum());
        self.fee = sum.map(|amount| Money { amount, ..self.payment.amount });
        self
    }
}

impl Receipt {
    fn of(receipt: &payment::Receipt) -> Self {
        Self {
            channel_number: receipt.number.clone(),
            amount: Money::new(receipt.amount, receipt.currency),
            applied: Money::new(receipt.applied, receipt.currency),
            at: Wire(receipt.at),
        }
    }
}

impl Payment {
    /// A payment as it is stored.
    pub fn of(caller: &Caller, payment: &payment::Payment) -> Self {
        Self {
            id: Wire(payment.id),
            order: payment.order().map(Wire),
            buyer: buyer(payment),
            method: Wire(payment.method),
            state: Wire(payment.public_state()),
            amount: payment.money().into(),
            cashier_url: cashier_url(caller, payment),
            qr: None,
            jsapi: None,
            transfer: None,
            account: None,
            created_at: Wire(payment.created_at),
            ended_at: payment.ended_at.map(Wire),
        }
    }
}

/// Where money is transferred to.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankTransfer {
    /// Bank, account number and holder, as the merchant wrote them.
    pub details: String,
    /// What the buyer writes on it: the order's number.
    pub reference: String,
}

impl Payment {
    /// The same with where its money is transferred to.
    pub async fn with_transfer(
        self,
        caller: &Caller,
        payment: &payment::Payment,
    ) -> Result<Self, Problem> {
        let waited = payment.method == payment::PayMethod::Offline && payment.state.is_open();
        let Some(order) = payment.order().filter(|_| waited) else { return Ok(self) };
        let setting = offline_transfer(caller.engine(), caller.tenant()).await?;
        let details = setting.and_then(|setting| setting.details);
        let transfer = details.map(|details| BankTransfer {
            details: details.0,
            reference: domain::order::number_of(order),
        });
        Ok(Self { transfer, ..self })
    }

    /// The same with what a channel offers for it.
    pub fn with(self, offer: &StoredOffer) -> Self {
        match offer.clone() {
            StoredOffer::Qr(text) => Self { qr: Some(text), ..self },
            StoredOffer::Redirect(url) => Self { cashier_url: Some(url), ..self },
            StoredOffer::Jsapi(params) => Self { jsapi: Some(params), ..self },
        }
    }

    /// The same with its account and, as long as it can be paid, what the channel offered.
    pub fn bound(self, payment: &payment::Payment, bound: Option<&ChannelPayment>) -> Self {
        let Some(bound) = bound else { return self };
        let shown = Self { account: Some(bound.account.to_string()), ..self };
        let offer = bound.offer.as_deref().filter(|_| payment.state.is_open());
        match offer.and_then(|offer| serde_json::from_str(offer).ok()) {
            Some(offer) => shown.with(&offer),
            None => shown,
        }
    }
}

/// What WeChat's bridge takes, named as it names them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "the document shows it; the channel's own values are handed on")]
pub struct JsapiParams {
    app_id: String,
    time_stamp: String,
    nonce_str: String,
    package: String,
    sign_type: String,
    pay_sign: String,
}

/// What was said to a channel about a payment, or what it said by itself; without secrets, signatures and persons.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentExchange {
    /// When.
    pub at: Time,
    /// `GET` or `POST`; `NOTICE` for what the channel told by itself.
    pub method: String,
    /// The path with its masked query.
    pub path: String,
    /// The masked body that was sent.
    pub request: String,
    /// The status of the answer; null without one.
    pub status: Option<u16>,
    /// The masked body of the answer, or why there is none.
    pub answer: String,
}

impl PaymentExchange {
    /// An exchange as it was kept.
    pub fn of(kept: ShownExchange) -> Self {
        let ShownExchange { at, method, path, request, status, answer } = kept;
        Self { at: Wire(at), method, path, request, status, answer }
    }
}

fn buyer(payment: &payment::Payment) -> Option<BuyerId> {
    match payment.goal {
        payment::Goal::Order(_) => None,
        payment::Goal::Wallet(buyer) => Some(Wire(buyer)),
    }
}

fn cashier_url(caller: &Caller, payment: &payment::Payment) -> Option<String> {
    match payment.method {
        payment::PayMethod::Test if payment.state.is_open() => {
            let path = cashier_path(&caller.vault(), payment.tenant, payment.id);
            Some(format!("{}{path}", caller.settings().base_url))
        }
        _ => None,
    }
}
