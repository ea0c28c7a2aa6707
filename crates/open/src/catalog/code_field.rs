//! The fields of a SKU's codes, as callers send and see them.

use deliver::inventory::record::builtin;
use domain::catalog;
use edge::wire::{CodeFieldName, InputCode, only_objects};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field that the codes of a SKU have.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CodeField {
    /// What programs and files call it.
    pub code: String,
    /// What the buyer reads.
    pub name: String,
    /// Whether knowing it is as good as having the goods.
    pub secret: bool,
}

/// A field that the codes of a SKU shall have.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewCodeField {
    /// What programs and files call it: `number`, `password`, `account`, `email`, `link`, or a word of your own; not
    /// `valid_until`.
    pub code: InputCode,
    /// What the buyer reads; may be absent where the code is one that everybody knows.
    pub name: Option<CodeFieldName>,
    /// Whether knowing it is as good as having the goods; when absent as usual for the code, and true for words of
    /// your own.
    pub secret: Option<bool>,
}

only_objects!(NewCodeField);

impl From<NewCodeField> for catalog::CodeField {
    /// A name that nobody knows stays empty, and is refused by the rule.
    fn from(new: NewCodeField) -> Self {
        let known = builtin(&new.code.0);
        let usual = || known.map(|known| known.name_zh.to_owned()).unwrap_or_default();
        Self {
            name: new.name.map_or_else(usual, |name| name.0),
            secret: new.secret.or(known.map(|known| known.secret)).unwrap_or(true),
            code: new.code.0,
        }
    }
}

impl From<&catalog::CodeField> for CodeField {
    fn from(field: &catalog::CodeField) -> Self {
        Self { code: field.code.clone(), name: field.name.clone(), secret: field.secret }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_knows_may_be_left_out() {
        let check = |body: &str, want: (&str, &str, bool)| {
            let new: NewCodeField = serde_json::from_str(body).expect("a field");
            let field = catalog::CodeField::from(new);
            assert_eq!((&*field.code, &*field.name, field.secret), want);
        };
        check(r#"{"code":"account"}"#, ("account", "账号", false));
        check(r#"{"code":"password","name":"登录密码"}"#, ("password", "登录密码", true));
        check(r#"{"code":"account","secret":true}"#, ("account", "账号", true));
        check(r#"{"code":"region","name":"区服"}"#, ("region", "区服", true));
        check(r#"{"code":"region","name":"区服","secret":false}"#, ("region", "区服", false));
        check(r#"{"code":"region"}"#, ("region", "", true));
    }
}
