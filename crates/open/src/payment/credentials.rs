//! Credentials of a payment account: whether they can be right at all, before anything is saved.

use connect::pay::Account;
use deliver::payment::ReceiveError;
use deliver::payment::channel::{parse, secrets};
use domain::Refusal;
use domain::catalog::TenantCatalog;
use domain::payment::account::{Channel, PaymentAccount, PaymentAccountId};
use domain::resource::{Fields, Resource, hint, registry};
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::limits::RESOURCE_SECRET_CHARS_MAX;
use kernel::text::{Allowed, read};
use kernel::{Id16, Mode};
use serde_json::json;
use std::collections::BTreeMap;

/// Secrets in clear, by their fields.
pub type Clear = BTreeMap<&'static str, String>;

/// An account's fields with hints in place of its secrets, and these.
pub struct Given {
    fields: Fields,
    clear: Clear,
}

impl Given {
    /// Takes the secrets out of fields as they are sent.
    pub fn read(mut fields: Fields) -> Result<Self, Problem> {
        let mut clear = Clear::new();
        for field in PaymentAccount::SECRETS {
            let Some(sent) = fields.0.get_mut(*field).filter(|sent| !sent.is_null()) else {
                continue;
            };
            let text: String = read(&*sent, RESOURCE_SECRET_CHARS_MAX, Allowed::Mark)
                .map_err(|error: serde_json::Error| Problem::invalid(*field, error.to_string()))?;
            *sent = json!({ "hint": hint(&text) });
            clear.insert(field, text);
        }
        Ok(Self { fields, clear })
    }

    /// The typed fields.
    pub fn fields(&self) -> Result<PaymentAccount, Problem> {
        let read = registry::of::<PaymentAccount>().read(&self.fields);
        let body = read.map_err(Refusal::Unreadable)?;
        let typed = body.as_any().downcast_ref::<PaymentAccount>().cloned();
        let fields = typed.ok_or_else(|| Problem::internal("another kind"))?;
        fields.check(None, &TenantCatalog::of_operator())?;
        Ok(fields)
    }

    /// The account, ready for use. The error names the field and the cure.
    pub fn account(&self, caller: &Caller) -> Result<Account, Problem> {
        let fields = self.fields()?;
        let live = caller.tenant().mode() == Mode::Live;
        if fields.channel == Channel::Stripe
            && let Some(key) = self.clear.get("secret_key")
        {
            let of_live = key.starts_with("sk_live_") || key.starts_with("rk_live_");
            if of_live != live {
                let cure = if live { "use a key of live mode" } else { "use a key of test mode" };
                return Err(Problem::invalid("secret_key", cure));
            }
        }
        let mut clear = self.clear.clone();
        parse(&fields, &mut clear).map_err(|wrong| Problem::invalid(wrong.field, wrong.cure))
    }
}

/// What is stored of an account.
pub enum Stored {
    /// There is none.
    None,
    /// Its secrets cannot be read.
    Unreadable(Fields),
    /// Its fields, and its secrets in clear.
    Given(Given),
}

/// An account as it is stored.
pub async fn stored(caller: &Caller, id: PaymentAccountId) -> Result<Stored, Problem> {
    let at = (caller.tenant(), PaymentAccount::KIND.number, id.id());
    let Some(row) = caller.reader().resource(&at).await? else { return Ok(Stored::None) };
    match secrets(caller.engine(), caller.tenant(), &row, id).await {
        Ok(clear) => Ok(Stored::Given(Given { fields: row.body, clear })),
        Err(ReceiveError::Account) => Ok(Stored::Unreadable(row.body)),
        Err(error) => Err(error.into()),
    }
}

/// Refuses fields that cannot be an account's: of a new one, or put over those that are stored.
pub async fn inspect(
    caller: &Caller,
    id: &Id16,
    sent: &Fields,
    clear: &Clear,
) -> Result<(), Problem> {
    let any = registry::of::<PaymentAccount>();
    let mut given = match stored(caller, PaymentAccountId::new(*id)).await? {
        Stored::Given(stored) => stored,
        // Whatever cannot be read must be entered again.
        Stored::Unreadable(fields) => Given { fields, clear: Clear::new() },
        Stored::None => Given { fields: Fields::default(), clear: Clear::new() },
    };
    for (name, value) in &sent.0 {
        given.fields.0.insert(name.clone(), value.clone());
        if value.is_null() {
            given.fields.0.remove(name);
            given.clear.remove(name.as_str());
        }
    }
    given.clear.extend(clear.iter().map(|(field, text)| (*field, text.clone())));
    // What its type does not take is refused by the rule that saves it, in its own words.
    match any.read(&given.fields) {
        Ok(_) => given.account(caller).map(drop),
        Err(_) => Ok(()),
    }
}
