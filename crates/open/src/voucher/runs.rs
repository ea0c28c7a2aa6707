//! Runs: many vouchers that are made together, and their codes to print.

use super::make_vouchers::NewVouchers;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use deliver::voucher::print::{self, Print};
use domain::Reply;
use domain::voucher;
use domain::voucher::run::{BeginVoucherRun, StopVoucherRun, TakeVoucherRun};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing, Query};
use edge::pagination::{List, Page};
use edge::problem::{ErrorCode, Problem};
use edge::wire::{self, RunState, SkuId, Time, Wire};
use kernel::VoucherRunId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A run.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherRun {
    /// Its id.
    pub id: wire::VoucherRunId,
    /// The template.
    pub sku: SkuId,
    /// How many are wanted.
    pub quantity: u32,
    /// How many there are.
    pub made: u32,
    /// Where it stands.
    pub state: RunState,
    /// When it began.
    pub created_at: Time,
    /// When it ended; null while it goes on.
    pub ended_at: Option<Time>,
}

impl VoucherRun {
    /// A run as it is stored.
    pub fn of(run: &voucher::VoucherRun) -> Self {
        Self {
            id: Wire(run.id),
            sku: Wire(run.sku),
            quantity: run.quantity,
            made: run.made,
            state: Wire(run.state),
            created_at: Wire(run.created_at),
            ended_at: run.ended_at.map(Wire),
        }
    }
}

/// Begins a run, or finds the one that was begun before, and says whether it is that.
pub async fn begin(caller: &Caller, ask: Ask<NewVouchers>) -> Result<(VoucherRun, bool), Problem> {
    let command = BeginVoucherRun { sku: ask.body.sku.0, quantity: ask.body.quantity };
    match caller.submit(ask.once, command).await? {
        Reply::New(run) => Ok((VoucherRun::of(&run), false)),
        Reply::Replayed(before) => {
            let run = stored(caller, VoucherRunId(before.subject)).await?;
            Ok((VoucherRun::of(&run), true))
        }
    }
}

async fn stored(caller: &Caller, id: VoucherRunId) -> Result<voucher::VoucherRun, Problem> {
    let found = caller.reader().voucher_run(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("voucher run"))
}

/// List runs, newest first.
#[utoipa::path(
    get, path = "/v1/voucher-runs", tag = "vouchers",
    params(List), responses((status = 200, body = Page<VoucherRun>))
)]
pub async fn list_voucher_runs(
    caller: Caller,
    Query(list): Query<List>,
) -> Answered<Page<VoucherRun>> {
    let rows = caller.reader().voucher_runs(caller.tenant(), list.page(VoucherRunId)).await?;
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(VoucherRun::of(row)))?))
}

/// Read a run, to see how far it is.
#[utoipa::path(
    get, path = "/v1/voucher-runs/{id}", tag = "vouchers",
    params(("id" = inline(wire::VoucherRunId), Path)),
    responses((status = 200, body = VoucherRun))
)]
pub async fn get_voucher_run(caller: Caller, At(id): At<VoucherRunId>) -> Answered<VoucherRun> {
    Ok(Answer::ok(VoucherRun::of(&stored(&caller, id).await?)))
}

/// Make no more vouchers of a run. Those that are there stay; a run that has ended stays as it is.
#[utoipa::path(
    post, path = "/v1/voucher-runs/{id}/stop", tag = "vouchers",
    params(("id" = inline(wire::VoucherRunId), Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = VoucherRun))
)]
pub async fn stop_voucher_run(
    caller: Caller,
    At(run): At<VoucherRunId>,
    _: Ask<Nothing>,
) -> Answered<VoucherRun> {
    Ok(Answer::ok(VoucherRun::of(&caller.run(StopVoucherRun { run }).await?)))
}

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintFormat {
    /// A row a voucher: its number, its code.
    Csv,
    /// The same as a workbook.
    Xlsx,
    /// Sheets of A4 with QR codes, 2,000 vouchers at most.
    Pdf,
}

/// What is to be printed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoucherPrint {
    /// Which file.
    pub format: PrintFormat,
    /// From which voucher of the run, the first one is 1; 1 when absent.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub from: Option<u32>,
    /// How many; all that follow when absent, of a PDF the next 2,000.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub quantity: Option<u32>,
}

/// Take the codes of a run that has ended, to print them. That they were taken is recorded before. Vouchers that are presented
/// `live` have none.
#[utoipa::path(
    post, path = "/v1/voucher-runs/{id}/file", tag = "vouchers",
    params(("id" = inline(wire::VoucherRunId), Path)),
    request_body = VoucherPrint,
    responses((status = 200, content(
        (String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (String = "application/pdf"),
    )))
)]
pub async fn print_voucher_run(
    caller: Caller,
    At(id): At<VoucherRunId>,
    ask: Ask<VoucherPrint>,
) -> Result<Response, Problem> {
    let run = stored(&caller, id).await?;
    if run.state == voucher::run::RunState::Running {
        let detail = "its vouchers are still being made";
        return Err(Problem::new(ErrorCode::VoucherState, detail));
    }
    let wanted = ask.body;
    let from = wanted.from.unwrap_or(1);
    if from == 0 || from > run.made.max(1) {
        return Err(Problem::invalid("from", format!("send 1 to {}", run.made.max(1))));
    }
    let most = if wanted.format == PrintFormat::Pdf { print::PDF_MAX } else { run.made };
    let left = run.made - (from - 1).min(run.made);
    let quantity = wanted.quantity.unwrap_or(left.min(most));
    if quantity == 0 || quantity > left.min(most) {
        let detail = format!("send 1 to {} from there", left.min(most));
        return Err(Problem::invalid("quantity", detail));
    }
    caller.run(TakeVoucherRun { run: id, codes: quantity }).await?;
    let title = title(&caller, run.sku.0).await?;
    let first = u128::from_be_bytes(run.first.0).wrapping_add(u128::from(from - 1));
    let print =
        Print { vault: caller.vault(), tenant: caller.tenant(), first, from, quantity, title };
    let (kind, ending) = match wanted.format {
        PrintFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        PrintFormat::Xlsx => (codefile::WORKBOOK_MEDIA_TYPE, "xlsx"),
        PrintFormat::Pdf => ("application/pdf", "pdf"),
    };
    let work = move || match wanted.format {
        PrintFormat::Csv => Ok(print.csv()),
        PrintFormat::Xlsx => print.xlsx().map_err(|error| error.to_string()),
        PrintFormat::Pdf => Ok(print.pdf()),
    };
    let made = tokio::task::spawn_blocking(work).await;
    let bytes = made.map_err(|_| Problem::internal("a file of codes was not made"))?;
    let bytes = bytes.map_err(Problem::internal)?;
    let mut answer = Response::new(Body::from(bytes));
    let name = format!("attachment; filename=\"{id}-{from}.{ending}\"");
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = HeaderValue::from_str(&name);
    let name = name.map_err(|_| Problem::internal("the name of a file"))?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// Product and SKU.
async fn title(caller: &Caller, sku: kernel::Id16) -> Result<String, Problem> {
    let found = caller.reader().product_of_sku(caller.tenant(), kernel::SkuId(sku)).await?;
    Ok(found.map_or_else(String::new, |product| {
        let name = product.skus.iter().find(|one| one.id.0 == sku);
        let name = name.map(|one| one.terms.name.clone()).unwrap_or_default();
        format!("{} {name}", product.name).trim().to_owned()
    }))
}
