//! Edit a merchant's terms: suspend it, let it go on, limit its requests. The operator writes in the merchant's live book, and
//! stands in that journal with what he changed.

use super::views::Merchant;
use super::{merchant, shown};
use crate::resource::schema;
use domain::context::Origin;
use domain::identity::terms::MerchantTerms;
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{Fields, registry};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, IfMatch};
use edge::wire;
use kernel::{MerchantId, Mode, Tenant};
use std::borrow::Cow;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Edit a merchant's terms. A suspended merchant takes no orders and no payments from the answer on; what was paid is delivered
/// or given back, everything can be read, and test mode goes on.
#[utoipa::path(
    patch, path = "/v1/merchants/{id}/terms", tag = "merchants",
    params(
        ("id" = inline(wire::MerchantId), Path),
        ("If-Match" = Option<String>, Header, description = "The `terms_version` that was seen, in quotes: anything newer is left as it is.")
    ),
    request_body = TermsChange, responses((status = 200, body = Merchant))
)]
pub async fn edit_terms(
    caller: Caller,
    At(id): At<MerchantId>,
    IfMatch(expected): IfMatch,
    ask: Ask<Fields>,
) -> Answered<Merchant> {
    let row = merchant(&caller, id).await?;
    let kind = registry::of::<MerchantTerms>();
    let wish = Wish::Edit(Content { fields: ask.body, ..Content::default() });
    let save = Save { kind, id: kind.kind.only_id(), wish, expected, by: None };
    let origin = Origin { tenant: Tenant::new(id, Mode::Live), ..caller.origin() };
    caller.engine().run(origin, save).await?;
    caller.keys().forget_all();
    Ok(Answer::ok(shown(&caller, &row).await?))
}

/// A change of a merchant's terms, as the document tells it.
pub struct TermsChange;

impl PartialSchema for TermsChange {
    fn schema() -> RefOr<Schema> {
        schema::of_change(registry::of::<MerchantTerms>()).0
    }
}

impl ToSchema for TermsChange {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("TermsChange")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(schema::of_change(registry::of::<MerchantTerms>()).1);
    }
}
