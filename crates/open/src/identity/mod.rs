//! Merchants, the keys they call with, and buyers.

pub mod buyer;
pub mod create_api_key;
pub mod create_merchant;
pub mod create_own_key;
pub mod edit_terms;
pub mod get_buyer;
pub mod get_merchant;
pub mod list_api_keys;
pub mod list_buyers;
pub mod list_merchants;
pub mod list_own_keys;
pub mod look_up_buyer;
pub mod revoke_api_key;
pub mod revoke_own_key;
pub mod take_in_owner;
pub mod unmask_buyer;
mod views;

use domain::identity::terms::MerchantTerms;
use domain::identity::{TenantRow, operator};
use domain::resource::registry;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::{MerchantId, Mode, Tenant};
use views::Merchant;

/// A merchant's row for live. The operator is a tenant, too, but no merchant.
async fn merchant(caller: &Caller, id: MerchantId) -> Result<TenantRow, Problem> {
    let tenant = Tenant::new(id, Mode::Live);
    // The last bit of a tenant is its mode, so an id that has it set is no merchant's.
    if tenant.merchant() != id || tenant == operator() {
        return Err(Problem::not_found("merchant"));
    }
    let found = caller.reader().tenant(tenant).await?;
    found.ok_or_else(|| Problem::not_found("merchant"))
}

/// A merchant as the operator sees it.
async fn shown(caller: &Caller, row: &TenantRow) -> Result<Merchant, Problem> {
    let terms = registry::of::<MerchantTerms>();
    let live = Tenant::new(row.tenant.merchant(), Mode::Live);
    Merchant::of(row, &caller.reader().the_one(live, terms).await?)
}
