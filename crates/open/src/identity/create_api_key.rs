//! Make a key for a merchant.

use super::merchant;
use super::views::ApiKey;
use domain::identity::{Scope, create_api_key::CreateApiKey};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, Mode, Name};
use kernel::{MerchantId, Tenant};
use serde::Deserialize;
use utoipa::ToSchema;

/// A key that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is called.
    pub name: Name,
    /// Whether money and goods are real.
    pub mode: Mode,
    /// What it may do; none of the operator's scopes.
    pub scopes: Vec<wire::Scope>,
    /// Requests a minute at most; none for no limit.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub requests_per_minute: Option<u32>,
    /// When it ends; never, when absent.
    pub expires_at: Option<wire::Time>,
}

/// Make a key for a merchant. The secret is in this answer and nowhere else, so a repeat makes
/// another key.
#[utoipa::path(
    post, path = "/v1/merchants/{id}/keys", tag = "merchants",
    params(("id" = inline(wire::MerchantId), Path)),
    request_body = NewApiKey, responses((status = 201, body = ApiKey))
)]
pub async fn create_api_key(
    caller: Caller,
    At(id): At<MerchantId>,
    ask: Ask<NewApiKey>,
) -> Answered<ApiKey> {
    let scopes = scopes_of(&ask.body.scopes)?;
    merchant(&caller, id).await?;
    let mode = ask.body.mode.0;
    let secret = vault::new_secret(match mode {
        kernel::Mode::Live => "sk_live_",
        kernel::Mode::Test => "sk_test_",
    });
    let (tenant, name) = (Tenant::new(id, mode), ask.body.name.0);
    let (hash, requests_per_minute) = (vault::key_hash(&secret), ask.body.requests_per_minute);
    let expires_at = ask.body.expires_at.map(|end| end.0);
    let command =
        CreateApiKey { tenant, name, scopes, hash, requests_per_minute, expires_at, by: None };
    let key = caller.run(command).await?;
    Ok(Answer::created(ApiKey { secret: Some(secret), ..ApiKey::of(&key) }))
}

/// A merchant's key has a merchant's scopes, each once.
pub fn scopes_of(wanted: &[wire::Scope]) -> Result<Vec<Scope>, Problem> {
    let mut scopes = Vec::with_capacity(wanted.len());
    for (i, scope) in wanted.iter().enumerate() {
        let at = format!("scopes[{i}]");
        if Scope::OPERATOR.contains(&scope.0) {
            return Err(Problem::invalid(at, "this is the operator's own scope"));
        }
        if scopes.contains(&scope.0) {
            return Err(Problem::invalid(at, "is there twice; send it once"));
        }
        scopes.push(scope.0);
    }
    Ok(scopes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use edge::wire::Wire;

    #[test]
    fn no_merchant_gets_an_operators_scope() {
        assert!(scopes_of(&Scope::MERCHANT.map(Wire)).is_ok());
        for (wanted, field) in [
            (vec![Wire(Scope::OrdersRead), Wire(Scope::MerchantsWrite)], "scopes[1]"),
            (vec![Wire(Scope::OrdersRead), Wire(Scope::OrdersRead)], "scopes[1]"),
        ] {
            let problem = scopes_of(&wanted).expect_err("not for merchants");
            assert_eq!(problem.errors[0].field, field);
        }
    }
}
