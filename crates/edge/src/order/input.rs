//! What a buyer answers: read by the fields that ask for it, and sealed. In clear it goes no further than here.

use crate::problem::Problem;
use domain::catalog::input::{InputField, masked};
use domain::order::input::Answers;
use kernel::{OrderId, Tenant};
use std::collections::BTreeMap;
use vault::{Place, Vault, VaultError};

/// Values by the code of their field.
pub type Values = BTreeMap<String, String>;

/// Reads what was typed, and seals what fits for the order that it comes with. A value that does not fit, or that
/// nothing asks for, is told to the rule without its text; the rule refuses it. None when nothing was answered.
pub fn seal<'a>(
    vault: &Vault,
    (tenant, order): (Tenant, OrderId),
    typed: &Values,
    fields: impl Iterator<Item = &'a InputField> + Clone,
) -> Option<Answers> {
    let (mut given, mut unfit, mut values) = (Vec::new(), Vec::new(), Values::new());
    for (code, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let mut asking = fields.clone().filter(|field| field.code == *code).peekable();
        if asking.peek().is_none() {
            unfit.push(code.clone());
        }
        for field in asking {
            match field.kind.read(text) {
                Some(value) => {
                    given.push((code.clone(), field.kind));
                    values.insert(code.clone(), value);
                }
                None => unfit.push(code.clone()),
            }
        }
    }
    if given.is_empty() && unfit.is_empty() {
        return None;
    }
    let clear = serde_json::to_vec(&values).unwrap_or_default();
    let sealed = vault.seal(&place(tenant, &order), &clear);
    Some(Answers { order, given, unfit, sealed })
}

/// Opens what was answered with an order. Of a damaged value nothing is left but a line in the log; the order is there.
pub fn open(
    vault: &Vault,
    (tenant, order): (Tenant, OrderId),
    sealed: &[u8],
) -> Result<Values, Problem> {
    let clear = match vault.unseal(&place(tenant, &order), sealed) {
        Ok(clear) => clear,
        Err(error @ VaultError::UnknownKey(_)) => return Err(error.into()),
        Err(error) => {
            tracing::error!(order.id = %order, error = %error, "a buyer's answers cannot be opened");
            return Ok(Values::new());
        }
    };
    serde_json::from_slice(&clear).map_err(|_| Problem::internal("answers of no shape"))
}

/// The same with so little of each value that it is known again, not used.
pub fn all_masked(values: Values) -> Values {
    values.into_iter().map(|(code, value)| (code, masked(&value))).collect()
}

fn place(tenant: Tenant, order: &OrderId) -> Place<'_> {
    Place { tenant, table: "order_inputs", row: &order.0, column: "sealed" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalog::input::InputKind;
    use kernel::{MerchantId, Mode};

    #[test]
    fn values_are_read_by_their_kind_and_only_open_where_they_belong() {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Test);
        let field = |code: &str, kind| InputField {
            code: code.to_owned(),
            name: code.to_owned(),
            hint: None,
            kind,
            required: true,
            en: None,
        };
        let fields = [field("phone", InputKind::Phone), field("mail", InputKind::Email)];
        let typed = |pairs: &[(&str, &str)]| -> Values {
            pairs.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect()
        };
        let at = (tenant, OrderId([1; 16]));
        let sealed = |pairs: &[(&str, &str)]| seal(&vault, at, &typed(pairs), fields.iter());
        assert!(sealed(&[]).is_none() && sealed(&[("phone", " ")]).is_none());
        let read = sealed(&[("phone", "138-0013-8000"), ("mail", "no mail"), ("x", "y")]);
        let read = read.expect("answers");
        assert_eq!(read.given, [("phone".to_owned(), InputKind::Phone)]);
        assert_eq!(read.unfit, ["mail", "x"]);
        let values = open(&vault, at, &read.sealed).expect("they open");
        assert_eq!(values, typed(&[("phone", "13800138000")]));
        let elsewhere = open(&vault, (tenant, OrderId([2; 16])), &read.sealed);
        assert_eq!(elsewhere.expect("no error of ours"), Values::new());
        assert_eq!(all_masked(values), typed(&[("phone", "138****8000")]));
    }
}
