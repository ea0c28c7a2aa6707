//! Make vouchers without an order.

use super::runs::VoucherRun;
use super::views::DeliveredVoucher;
use domain::Reply;
use domain::voucher::make::{MakeVouchers, VOUCHERS_MAX};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::SkuId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Vouchers that are to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVouchers {
    /// Of which SKU.
    pub sku: SkuId,
    /// How many. More than 1,000 are made by a run.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub quantity: u32,
}

/// Vouchers that were made, or the run that makes them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum MadeOrRun {
    /// Up to 1,000.
    Made(MadeVouchers),
    /// More.
    Run(VoucherRun),
}

/// Vouchers that were made, with their codes.
#[derive(Serialize, ToSchema)]
pub struct MadeVouchers {
    /// All of them.
    pub vouchers: Vec<DeliveredVoucher>,
}

/// Make vouchers of a SKU without an order, to print them or to give them away. Nothing was paid for them, so nothing goes back
/// when they expire. More than 1,000 are a run, which is answered with 202 and goes on by itself.
#[utoipa::path(
    post, path = "/v1/vouchers", tag = "vouchers",
    request_body = NewVouchers,
    responses((status = 201, body = MadeVouchers), (status = 202, body = VoucherRun))
)]
pub async fn make_vouchers(caller: Caller, ask: Ask<NewVouchers>) -> Answered<MadeOrRun> {
    if ask.body.quantity > VOUCHERS_MAX {
        let (run, replayed) = super::runs::begin(&caller, ask).await?;
        return Ok(Answer::accepted(MadeOrRun::Run(run)).replayed(replayed));
    }
    let command = MakeVouchers { sku: ask.body.sku.0, quantity: ask.body.quantity };
    let (made, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(made) => (made.vouchers, false),
        Reply::Replayed(before) => {
            let ids = super::following(before.subject, before.version);
            let mut made = caller.reader().vouchers_named(caller.tenant(), &ids).await?;
            made.sort_by_key(|voucher| voucher.id);
            (made, true)
        }
    };
    let vouchers = DeliveredVoucher::all(&caller, &made).await?;
    Ok(Answer::created(MadeOrRun::Made(MadeVouchers { vouchers })).replayed(replayed))
}
