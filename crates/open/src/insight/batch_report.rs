//! Report what batches of codes earned.

use super::caught_up;
use domain::inventory::Import;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use edge::wire::{CodeBatchId, ImportId, Money, SkuId, Time, Wire};
use kernel::{Currency, UnitCost};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// What a batch of codes earned.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchSales {
    /// The batch.
    pub batch: CodeBatchId,
    /// The job that brought it.
    pub import: ImportId,
    /// What people call it.
    pub name: Option<String>,
    /// Who supplied it.
    pub supplier: Option<String>,
    /// The SKU of its codes.
    pub sku: SkuId,
    /// When it came.
    pub created_at: Time,
    /// Codes that it brought.
    pub codes: i64,
    /// Codes that were sold.
    pub sold: i64,
    /// Codes that came back.
    pub returned: i64,
    /// What was paid for the ones, a line a currency.
    pub earned: Vec<BatchEarned>,
}

/// What a batch earned in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchEarned {
    /// What its sold codes were paid with.
    pub gross: Money,
    /// What was given back for codes that came back.
    pub refunded: Money,
    /// The one less the other.
    pub net: Money,
    /// What the codes cost that stayed sold; null when nobody said it, or without the scope `costs:read`.
    pub cost: Option<Money>,
    /// Net less cost; null where the cost is.
    pub margin: Option<Money>,
}

/// Report what batches of codes earned, newest first. Sums follow the journal within two seconds.
#[utoipa::path(
    get, path = "/v1/reports/code-batches", tag = "reports", params(List),
    responses((status = 200, body = Page<BatchSales>))
)]
pub async fn batch_report(caller: Caller, Query(list): Query<List>) -> Answered<Page<BatchSales>> {
    caught_up(&caller).await?;
    let (reader, tenant) = (caller.reader(), caller.tenant());
    let mut imports = reader.imports(tenant, list.page(kernel::ImportId)).await?;
    let next = list.cut(&mut imports, |import: &Import| import.id.0);
    let batches: Vec<_> = imports.iter().map(|import| import.batch).collect();
    let mut earned: HashMap<_, Vec<_>> = HashMap::new();
    for (batch, currency, sold) in reader.batch_sales(tenant, &batches).await? {
        earned.entry(batch).or_default().push((currency, sold));
    }
    let sees = caller.sees_costs();
    let row = |import: Import| {
        let earned = earned.remove(&import.batch).unwrap_or_default();
        let cost = import.unit_cost.filter(|_| sees);
        BatchSales {
            batch: Wire(import.batch),
            import: Wire(import.id),
            sku: Wire(import.sku),
            created_at: Wire(import.created_at),
            codes: import.accepted,
            sold: earned.iter().map(|(_, earned)| earned.sold).sum(),
            returned: earned.iter().map(|(_, earned)| earned.returned).sum(),
            earned: earned.iter().map(|(currency, earned)| of(*currency, earned, cost)).collect(),
            name: import.name,
            supplier: import.supplier,
        }
    };
    Ok(Answer::ok(Page { data: imports.into_iter().map(row).collect(), next }))
}

fn of(
    currency: Currency,
    earned: &domain::insight::sales::Earned,
    cost: Option<UnitCost>,
) -> BatchEarned {
    let money = |amount| Money::new(amount, currency);
    let net = earned.gross - earned.refunded;
    let cost = cost.filter(|cost| cost.currency == currency);
    let cost = cost.map(|cost| cost.amount * (earned.sold - earned.returned));
    let cost = cost.map(|cost| kernel::Money::rounded(cost, currency));
    BatchEarned {
        gross: money(earned.gross),
        refunded: money(earned.refunded),
        net: money(net),
        cost: cost.map(money),
        margin: cost.map(|cost| money(net - cost)),
    }
}
