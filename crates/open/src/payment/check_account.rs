//! Try the credentials of a payment account, before it is saved or after.

use super::credentials::{self, Given, Stored};
use deliver::payment::channel::{NoDoor, check};
use domain::payment::account::{PaymentAccount, PaymentAccountId};
use domain::resource::{Fields, Resource};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::problem::Problem;
use serde::Serialize;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What a channel says to credentials.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountCheck {
    /// Whether the channel took them.
    pub outcome: CheckOutcome,
    /// The channel's code, or ours in lower case, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What is wrong, as the channel says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Where the channel is to send its notices, once the account is saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_url: Option<String>,
}

/// Whether a channel took credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// It answered, under a good signature.
    Good,
    /// It refused them.
    Refused,
    /// It did not answer in a way that says anything.
    Unknown,
}

/// In the document, the fields of a new payment account. There is no value of this type.
pub enum SameAsNew {}

impl PartialSchema for SameAsNew {
    fn schema() -> RefOr<Schema> {
        Ref::from_schema_name("NewPaymentAccount").into()
    }
}

impl ToSchema for SameAsNew {}

/// Try credentials at their channel before they are saved. The body is that of a new payment account; nothing of it is kept.
#[utoipa::path(
    post, path = "/v1/payment-accounts/check", tag = "payment-accounts",
    request_body = inline(SameAsNew),
    responses((status = 200, body = AccountCheck))
)]
pub async fn check_new_payment_account(caller: Caller, ask: Ask<Fields>) -> Answered<AccountCheck> {
    let given = Given::read(ask.body)?;
    let account = given.account(&caller)?;
    Ok(Answer::ok(AccountCheck { notice_url: None, ..tried(&caller, &account).await? }))
}

/// Try the credentials of a payment account at their channel.
#[utoipa::path(
    post, path = "/v1/payment-accounts/{id}/check", tag = "payment-accounts",
    params(("id" = String, Path, description = "The payment account.")),
    request_body = Option<Nothing>, responses((status = 200, body = AccountCheck))
)]
pub async fn check_payment_account(
    caller: Caller,
    At(id): At<String>,
    _: Ask<Nothing>,
) -> Answered<AccountCheck> {
    let missing = || Problem::not_found("payment_account");
    let id = PaymentAccountId::new(PaymentAccount::KIND.parse(&id).ok_or_else(missing)?);
    let given = match credentials::stored(&caller, id).await? {
        Stored::Given(given) => given,
        Stored::Unreadable(_) => return Ok(Answer::ok(unreadable())),
        Stored::None => return Err(missing()),
    };
    let account = given.account(&caller)?;
    let channel = given.fields()?.channel;
    let notice_url = Some(caller.app().channels().notice_url(channel, id));
    Ok(Answer::ok(AccountCheck { notice_url, ..tried(&caller, &account).await? }))
}

/// What is stored of an account cannot be read: its channel cannot be asked.
fn unreadable() -> AccountCheck {
    AccountCheck {
        outcome: CheckOutcome::Refused,
        code: Some("unreadable".to_owned()),
        detail: Some("what is stored cannot be read; enter its secrets again".to_owned()),
        notice_url: None,
    }
}

async fn tried(caller: &Caller, account: &connect::pay::Account) -> Result<AccountCheck, Problem> {
    use connect::pay::{Outcome, Why};
    let channels = caller.app().channels();
    let asked = check(caller.engine(), channels, caller.tenant(), account).await;
    let none = |error: NoDoor| Outcome::Unknown(Why::new("no_channel", &error.to_string()));
    let (outcome, why) = match asked.unwrap_or_else(none) {
        Outcome::Succeeded(()) => (CheckOutcome::Good, None),
        Outcome::Failed(why) => (CheckOutcome::Refused, Some(why)),
        Outcome::Unknown(why) => (CheckOutcome::Unknown, Some(why)),
    };
    let (code, detail) = why.map(|why| (why.code, why.message)).unzip();
    Ok(AccountCheck { outcome, code, detail, notice_url: None })
}
