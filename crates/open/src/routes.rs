//! The table of routes: each with the scope that a key needs, how repeats are known, and the error
//! codes it has beside those that follow from that.
//!
//! No JSON is answered that is not in this table. The router, the OpenAPI document and the list for
//! tests are made from it.

use crate::approval::approve::Acts;
use crate::costs;
use crate::export::{Catalogue, Schemas};
use crate::live::{self, Live};
use crate::reference::Published;
use crate::{
    approval, catalog, content, export, files, health, identity, insight, inventory, journal,
    ledger, order, payment, people, reference, refund, requests, resource, shop, voucher,
};
use axum::{Extension, Router, middleware};
use domain::approval::policy::ApprovalPolicy;
use domain::identity::Scope;
use domain::payment::account::PaymentAccount;
use domain::people::staff::Staff;
use domain::resource::AnyKind;
use domain::resource::Resource;
use edge::approval::Held;
use edge::policy::{Idempotency, RoutePolicy, RouteState};
use edge::problem::{ErrorCode, Problem};
use edge::{App, Part, document};
use utoipa::openapi::OpenApi;
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes as at;

/// What there is to know of a route, for tests that must not miss one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// Its method.
    pub method: &'static str,
    /// Its path, with `{id}` where an id stands.
    pub path: String,
    /// Its name in the OpenAPI document.
    pub operation: String,
    /// What a key must be allowed to do; none for routes that need no key.
    pub scope: Option<Scope>,
    /// How repeats are known.
    pub idempotency: Idempotency,
    /// Every error code that it may answer with.
    pub codes: Vec<ErrorCode>,
    /// Whether what a person does there may want a second one.
    pub held: bool,
}

/// A line of the table.
struct Line {
    info: RouteInfo,
    routes: UtoipaMethodRouter<RouteState>,
}

/// A handler with its part of the document.
pub type Handler = UtoipaMethodRouter<RouteState>;

/// Anybody may ask.
fn open(codes: &[ErrorCode], handler: Handler) -> Line {
    line(None, Idempotency::Ignored, codes, handler)
}

/// Changes nothing.
fn read(scope: Scope, codes: &[ErrorCode], handler: Handler) -> Line {
    line(Some(scope), Idempotency::Ignored, codes, handler)
}

/// Changes something, but a repeat is either harmless or cannot be answered again.
fn act(scope: Scope, codes: &[ErrorCode], handler: Handler) -> Line {
    line(
        Some(scope),
        Idempotency::Ignored,
        &[codes, &[ErrorCode::OutcomeUnknown]].concat(),
        handler,
    )
}

/// Takes an `Idempotency-Key` if the caller sends one.
fn write(scope: Scope, codes: &[ErrorCode], handler: Handler) -> Line {
    line(Some(scope), Idempotency::Optional, codes, handler)
}

/// Wants an `Idempotency-Key`.
fn once(scope: Scope, codes: &[ErrorCode], handler: Handler) -> Line {
    line(Some(scope), Idempotency::Required, codes, handler)
}

/// The same where what a person does may want a second one: it is answered that it waits.
fn held(mut line: Line) -> Line {
    line.info.held = true;
    if let Some((_, _, operation)) = document::operation(&mut line.routes) {
        document::may_wait(operation);
    }
    line.routes.0.push((Held::name().into_owned(), Held::schema()));
    Held::schemas(&mut line.routes.0);
    line
}

#[rustfmt::skip] // One line a route.
fn fixed() -> Vec<Line> {
    use ErrorCode::{
        BatchSeen, BatchState, CodeAmbiguous, CodeRevealed, CodeState, ExternalIdTaken, HoldState, ImportState, InsufficientFunds,
        Invalid, KeyMissing, LimitExceeded, MerchantSuspended, NotFound, NotOnSale, OrderState, OutOfStock, Overloaded, PaymentState,
        PreconditionFailed,
        RefundRule, Stale,
        Unauthorized,
    };
    use Scope::{
        AuditRead, CatalogRead, CatalogWrite, CodesImport, CodesManage, CodesReveal, JournalRead, LedgerRead,
        OrdersRead, OrdersWrite, WalletsRead, WalletsWrite,
    };
    let buy = [
        NotFound, NotOnSale, MerchantSuspended, OutOfStock, InsufficientFunds, LimitExceeded, ExternalIdTaken, KeyMissing,
    ];
    let pay = [NotFound, MerchantSuspended, OrderState, OutOfStock, InsufficientFunds, LimitExceeded, KeyMissing];
    let give_back = [NotFound, OrderState, CodeRevealed, RefundRule, ErrorCode::VoucherState];
    let told = [NotFound, Unauthorized, Invalid, Overloaded, KeyMissing, ErrorCode::OutcomeUnknown];
    vec![
        open(&[], at!(health::healthz::healthz)),
        open(&[Invalid], at!(health::readyz::readyz)),
        open(&[], at!(health::openapi_json::openapi_json)),
        open(&[], at!(reference::docs)),

        write(CatalogWrite, &[NotFound], at!(catalog::create_product::create_product)),
        read(CatalogRead, &[], at!(catalog::list_products::list_products)),
        read(CatalogRead, &[NotFound], at!(catalog::get_product::get_product)),
        write(CatalogWrite, &[NotFound], at!(catalog::edit_product::edit_product)),
        read(CatalogRead, &[NotFound], at!(catalog::get_sku::get_sku)),
        write(CatalogWrite, &[NotFound], at!(catalog::edit_sku::edit_sku)),

        read(CatalogRead, &[], at!(shop::get_shop::get_shop)),
        write(CatalogWrite, &[NotFound, PreconditionFailed], at!(shop::edit_shop::edit_shop)),

        write(CodesImport, &[NotFound, Stale], at!(inventory::start_import::start_import)),
        read(CodesImport, &[], at!(inventory::list_imports::list_imports)),
        read(CodesImport, &[NotFound], at!(inventory::get_import::get_import)),
        read(CodesImport, &[NotFound], at!(inventory::import_errors::import_errors)),
        read(CodesImport, &[NotFound], at!(inventory::import_rows::import_rows)),
        write(CodesImport, &[NotFound, ImportState], at!(inventory::decide_import::decide_import)),
        read(CodesImport, &[NotFound], at!(inventory::get_batch::get_batch)),

        write(CodesManage, &[NotFound, BatchState], at!(inventory::mark_batch::freeze_batch)),
        write(CodesManage, &[NotFound, BatchState], at!(inventory::mark_batch::unfreeze_batch)),
        write(CodesManage, &[NotFound, BatchState], at!(inventory::mark_batch::void_batch)),
        write(CodesManage, &[NotFound, BatchState, BatchSeen], at!(inventory::relocate_batch::move_batch)),
        write(CodesManage, &[NotFound, BatchState, BatchSeen], at!(inventory::relocate_batch::redate_batch)),
        read(CodesManage, &[NotFound, CodeAmbiguous], at!(inventory::mark_code::look_up_code)),
        act(CodesManage, &[NotFound, CodeState, CodeAmbiguous], at!(inventory::mark_code::freeze_code)),
        act(CodesManage, &[NotFound, CodeState, CodeAmbiguous], at!(inventory::mark_code::unfreeze_code)),
        act(CodesManage, &[NotFound, CodeState, CodeAmbiguous], at!(inventory::mark_code::void_code)),

        once(OrdersWrite, &buy, at!(order::place_order::place_order)),
        read(OrdersRead, &[NotFound], at!(order::list::list_orders::list_orders)),
        read(OrdersRead, &[NotFound, KeyMissing], at!(order::get_order::get_order)),
        held(act(CodesReveal, &[NotFound, KeyMissing], at!(order::reveal_codes::reveal_codes))),

        write(OrdersWrite, &[NotFound, OrderState], at!(order::cancel_order::cancel_order)),

        write(OrdersWrite, &pay, at!(payment::start_payment::start_payment)),
        once(OrdersWrite, &[NotFound, MerchantSuspended], at!(payment::start_recharge::start_recharge)),
        held(write(WalletsWrite, &[NotFound, KeyMissing], at!(payment::confirm_transfer::confirm_transfer))),
        read(OrdersRead, &[NotFound], at!(payment::get_payment::get_payment)),
        read(OrdersRead, &[NotFound], at!(payment::list_payments::list_payments)),
        act(OrdersWrite, &[NotFound, PaymentState, KeyMissing], at!(payment::drive_test_channel::drive_test_channel)),
        open(&told, at!(payment::notify_test::notify_test)),
        read(OrdersRead, &[NotFound], at!(payment::list_exchanges::list_payment_exchanges)),
        open(&told, at!(payment::notify_channel::notify_channel)),

        held(write(OrdersWrite, &give_back, at!(refund::request_refund::request_refund))),
        read(OrdersRead, &[NotFound], at!(refund::get_refund::get_refund)),
        read(OrdersRead, &[NotFound], at!(refund::list_refunds::list_refunds)),
        write(OrdersWrite, &[NotFound], at!(refund::retry_refund::retry_refund)),
        write(WalletsWrite, &[NotFound], at!(refund::confirm_refund::confirm_refund)),

        read(WalletsRead, &[], at!(identity::list_buyers::list_buyers)),
        read(WalletsRead, &[NotFound], at!(identity::get_buyer::get_buyer)),
        read(WalletsRead, &[NotFound], at!(identity::look_up_buyer::look_up_buyer)),

        held(once(WalletsWrite, &[NotFound], at!(ledger::credit_wallet::credit_wallet))),
        read(WalletsRead, &[NotFound], at!(ledger::look_up_wallet::look_up_wallet)),
        read(WalletsRead, &[NotFound], at!(ledger::wallet_entries::wallet_entries)),
        once(WalletsWrite, &[NotFound, InsufficientFunds], at!(ledger::make_hold::make_hold)),
        read(WalletsRead, &[NotFound], at!(ledger::get_hold::get_hold)),
        write(WalletsWrite, &[NotFound, HoldState], at!(ledger::post_hold::post_hold)),
        write(WalletsWrite, &[NotFound, HoldState], at!(ledger::void_hold::void_hold)),

        read(LedgerRead, &[], at!(ledger::list_accounts::list_accounts)),
        read(LedgerRead, &[NotFound], at!(ledger::get_account::get_account)),
        read(LedgerRead, &[NotFound], at!(ledger::account_entries::account_entries)),
        read(LedgerRead, &[NotFound], at!(ledger::list_transfers::list_transfers)),
        read(LedgerRead, &[NotFound], at!(ledger::get_transfer::get_transfer)),

        read(JournalRead, &[], at!(journal::list_journal::list_journal)),
        read(AuditRead, &[], at!(journal::search_audit::search_audit)),
        read(AuditRead, &[], at!(journal::export_audit::export_audit)),
    ]
}

/// What the operator does.
#[rustfmt::skip] // One line a route.
fn of_operator() -> Vec<Line> {
    use ErrorCode::{NotFound, PreconditionFailed};
    use Scope::MerchantsWrite;
    vec![
        write(MerchantsWrite, &[], at!(identity::create_merchant::create_merchant)),
        read(MerchantsWrite, &[], at!(identity::list_merchants::list_merchants)),
        read(MerchantsWrite, &[NotFound], at!(identity::get_merchant::get_merchant)),
        act(MerchantsWrite, &[NotFound, PreconditionFailed], at!(identity::edit_terms::edit_terms)),
        read(MerchantsWrite, &[], at!(health::system::get_system)),
        held(act(MerchantsWrite, &[NotFound], at!(identity::create_api_key::create_api_key))),
        read(MerchantsWrite, &[NotFound], at!(identity::list_api_keys::list_api_keys)),
        act(MerchantsWrite, &[NotFound], at!(identity::revoke_api_key::revoke_api_key)),
    ]
}

/// What is told behind the journal, and pictures.
#[rustfmt::skip] // One line a route.
fn told() -> Vec<Line> {
    use ErrorCode::{KeyMissing, LimitExceeded, NotFound, Overloaded, Taken};
    use Scope::{CatalogWrite, OrdersRead};
    vec![
        read(OrdersRead, &[NotFound], at!(order::timeline::timeline)),
        read(OrdersRead, &[KeyMissing], at!(insight::search::search)),
        read(OrdersRead, &[], at!(insight::overview::overview)),
        read(OrdersRead, &[], at!(insight::sales_report::sales_report)),
        read(OrdersRead, &[], at!(insight::batch_report::batch_report)),
        read(CatalogWrite, &[Overloaded], at!(files::upload_file::upload_file)),
        act(CatalogWrite, &[NotFound, LimitExceeded, Taken], at!(catalog::product_file::read_file::read_product_file)),
        read(CatalogWrite, &[], at!(catalog::product_file::template::product_file_template)),
    ]
}

/// What staff look at and do at the desk, beside what every program does.
#[rustfmt::skip] // One line a route.
fn of_desk() -> Vec<Line> {
    use ErrorCode::{BatchState, KeyMissing, LimitExceeded, NotFound};
    use Scope::{CodesImport, CodesReveal, OrdersRead, OrdersWrite};
    vec![
        write(OrdersWrite, &[NotFound], at!(order::note_order::note_order)),
        held(act(CodesReveal, &[NotFound, KeyMissing, LimitExceeded], at!(order::give_link::give_link))),
        read(OrdersRead, &[NotFound], at!(payment::list_all_payments::list_all_payments)),
        read(OrdersRead, &[NotFound], at!(refund::list_all_refunds::list_all_refunds)),
        read(CodesImport, &[NotFound], at!(inventory::list_expiries::list_expiries)),
        read(CodesImport, &[], at!(inventory::list_stock::list_stock)),
        held(act(CodesReveal, &[NotFound, BatchState, LimitExceeded, KeyMissing], at!(inventory::export_codes::export_codes))),
    ]
}

/// What is done with payment accounts, beside what is done with all resources.
fn of_payment_accounts() -> Vec<Line> {
    use ErrorCode::{NotFound, Overloaded};
    let scope = Scope::ResourceWrite(PaymentAccount::KIND.number);
    vec![
        act(scope, &[Overloaded], at!(payment::check_account::check_new_payment_account)),
        act(scope, &[NotFound, Overloaded], at!(payment::check_account::check_payment_account)),
    ]
}

/// Vouchers and their redemptions.
#[rustfmt::skip] // One line a route.
fn of_vouchers() -> Vec<Line> {
    use ErrorCode::{NotFound, VoucherExpired, VoucherNotHere, VoucherState, VoucherUsedUp};
    use Scope::{VouchersRead, VouchersRedeem, VouchersWrite};
    let redeem = [NotFound, VoucherUsedUp, VoucherExpired, VoucherNotHere, VoucherState];
    vec![
        write(VouchersWrite, &[NotFound, VoucherExpired], at!(voucher::make_vouchers::make_vouchers)),
        read(VouchersRead, &[NotFound], at!(voucher::list_vouchers::list_vouchers)),
        read(VouchersRedeem, &[NotFound], at!(voucher::look_up_voucher::look_up_voucher)),
        read(VouchersRead, &[NotFound], at!(voucher::get_voucher::get_voucher)),
        act(VouchersRedeem, &[NotFound, VoucherUsedUp, VoucherExpired, VoucherState], at!(voucher::show_voucher::show_voucher)),
        read(VouchersRead, &[], at!(voucher::runs::list_voucher_runs)),
        read(VouchersRead, &[NotFound], at!(voucher::runs::get_voucher_run)),
        act(VouchersWrite, &[NotFound], at!(voucher::runs::stop_voucher_run)),
        act(VouchersWrite, &[NotFound, VoucherState], at!(voucher::runs::print_voucher_run)),
        write(VouchersWrite, &[NotFound], at!(voucher::devices::add_device)),
        read(VouchersRead, &[], at!(voucher::devices::list_devices)),
        act(VouchersWrite, &[NotFound], at!(voucher::devices::remove_device)),
        write(VouchersRedeem, &redeem, at!(voucher::redeem::redeem_voucher)),
        write(VouchersRedeem, &redeem, at!(voucher::redeem::redeem_together)),
        read(VouchersRead, &[], at!(voucher::list_redemptions::list_redemptions)),
        write(VouchersRedeem, &[NotFound, VoucherState, VoucherExpired], at!(voucher::reverse::reverse_redemption)),
    ]
}

/// What buyers of a SKU share.
#[rustfmt::skip] // One line a route.
fn of_contents() -> Vec<Line> {
    use ErrorCode::{KeyMissing, NotFound, OutcomeUnknown, Overloaded, RateLimited};
    use Scope::{CatalogRead, CodesImport, CodesReveal};
    vec![
        read(CatalogRead, &[NotFound], at!(content::get_content::get_content)),
        read(CatalogRead, &[NotFound], at!(content::list_versions::list_content_versions)),
        write(CodesImport, &[NotFound], at!(content::write_content::write_content)),
        write(CodesImport, &[NotFound], at!(content::write_file::write_content_file)),
        held(act(CodesReveal, &[NotFound, KeyMissing], at!(content::reveal_content::reveal_content))),
        open(&[NotFound, RateLimited, Overloaded, OutcomeUnknown, KeyMissing], at!(content::content_file::content_file)),
    ]
}

/// Lists as files.
#[rustfmt::skip] // One line a route.
fn of_exports() -> Vec<Line> {
    use ErrorCode::{ExportState, KeyMissing, LimitExceeded, NotFound, OutcomeUnknown, Overloaded, RateLimited};
    use Scope::ExportsOwn;
    vec![
        write(ExportsOwn, &[NotFound, LimitExceeded, KeyMissing], at!(export::create_export::create_export)),
        read(ExportsOwn, &[], at!(export::list_exports::list_exports)),
        read(ExportsOwn, &[], at!(export::list_lists::list_export_lists)),
        read(ExportsOwn, &[NotFound], at!(export::get_export::get_export)),
        act(ExportsOwn, &[NotFound, ExportState], at!(export::cancel_export::cancel_export)),
        open(&[NotFound, RateLimited, Overloaded, OutcomeUnknown], at!(export::export_file::export_file)),
    ]
}

/// What is of all kinds of resources alike.
fn of_all_kinds() -> Vec<Line> {
    use ErrorCode::{
        InUse, Invalid, LimitExceeded, NotFound, PreconditionFailed, ResourceState, Taken,
    };
    let saved = [NotFound, Taken, InUse, LimitExceeded, PreconditionFailed, ResourceState];
    vec![
        open(&[Invalid], at!(resource::kinds::list_resource_kinds)),
        read(Scope::ConfigRead, &[NotFound], at!(resource::stored::list_stored_resources)),
        act(Scope::ConfigRead, &saved, at!(resource::apply::compare_resources)),
        act(Scope::ConfigWrite, &saved, at!(resource::apply::apply_resources)),
    ]
}

#[rustfmt::skip] // One line a route.
fn of_people() -> Vec<Line> {
    use ErrorCode::{
        ApprovalState, KeyMissing, LimitExceeded, NotFound, PreconditionFailed, ResourceState, SelfApproval, Stale,
    };
    let policy = ApprovalPolicy::KIND.number;
    let owner = [NotFound, LimitExceeded, PreconditionFailed, ResourceState];
    let decides = [NotFound, SelfApproval, ApprovalState, Stale, KeyMissing];
    let write_staff = Scope::ResourceWrite(Staff::KIND.number);
    vec![
        act(Scope::BuyersUnmask, &[NotFound, KeyMissing], at!(identity::unmask_buyer::unmask_buyer)),
        act(Scope::BuyersUnmask, &[NotFound, KeyMissing], at!(order::unmask_order::unmask_order)),
        act(write_staff, &[NotFound, LimitExceeded], at!(people::invite_staff::invite_staff)),
        act(Scope::MerchantsWrite, &owner, at!(identity::take_in_owner::take_in_owner)),
        read(Scope::ApprovalsOwn, &[], at!(people::list_people::list_people)),

        read(Scope::KeysRead, &[], at!(identity::list_own_keys::list_own_keys)),
        held(act(Scope::KeysWrite, &[NotFound], at!(identity::create_own_key::create_own_key))),
        act(Scope::KeysWrite, &[NotFound], at!(identity::revoke_own_key::revoke_own_key)),
        read(Scope::KeysRead, &[], at!(requests::list_requests::list_requests)),
        read(Scope::KeysRead, &[NotFound], at!(requests::get_request::get_request)),

        read(Scope::ApprovalsOwn, &[], at!(approval::list_approvals::list_approvals)),
        read(Scope::ApprovalsOwn, &[NotFound], at!(approval::get_approval::get_approval)),
        act(Scope::ApprovalsOwn, &[NotFound, ApprovalState, KeyMissing], at!(approval::take_result::take_approval_result)),
        act(Scope::ApprovalsDecide, &decides, at!(approval::approve::approve_act)),
        act(Scope::ApprovalsDecide, &decides, at!(approval::refuse::refuse_act)),
        read(Scope::ResourceRead(policy), &[], at!(approval::get_policy::get_approval_policy)),
        held(write(Scope::ResourceWrite(policy), &[NotFound, PreconditionFailed], at!(approval::edit_policy::edit_approval_policy))),
    ]
}

/// What is answered without end, beside the table: whoever asks wants a key or a session, whatever its scopes.
fn streams() -> Vec<Line> {
    use ErrorCode::{Forbidden, Invalid, Overloaded, RateLimited, Unauthorized};
    let codes = [Forbidden, Invalid, Overloaded, RateLimited, Unauthorized];
    let mut events = open(&codes, at!(live::follow_events));
    if let Some((_, _, operation)) = document::operation(&mut events.routes) {
        document::wants_any_key(operation);
    }
    vec![events]
}

/// Every route: the fixed ones, those of the operator, what is told behind the journal, those of the desk, those about people, then those of kinds of
/// resources.
fn table(kinds: &'static [AnyKind]) -> Vec<Line> {
    let of_kinds = kinds.iter().flat_map(resource::routes::lines).map(|line| {
        let row = if line.writes { write } else { read };
        let route = row(line.scope, &line.codes, line.handler);
        // Who may do what may want a second person, when the merchant says so.
        if line.writes && line.scope.is_of_live_book() { held(route) } else { route }
    });
    fixed()
        .into_iter()
        .chain(of_operator())
        .chain(told())
        .chain(of_desk())
        .chain(of_payment_accounts())
        .chain(of_people())
        .chain(of_exports())
        .chain(of_contents())
        .chain(of_vouchers())
        .chain(of_all_kinds())
        .chain(of_kinds)
        .collect()
}

fn line(
    scope: Option<Scope>,
    idempotency: Idempotency,
    own: &[ErrorCode],
    mut routes: Handler,
) -> Line {
    let access = RoutePolicy { scope, idempotency, held: false };
    let info = match document::operation(&mut routes) {
        Some((method, path, operation)) => {
            let codes = document::codes(own, access, method, operation);
            document::complete(operation, access, &codes);
            let operation = operation.operation_id.clone().unwrap_or_default();
            RouteInfo { method, path, operation, scope, idempotency, codes, held: false }
        }
        None => unreachable!("a handler has one path and one method"),
    };
    Line { info, routes }
}

/// This edge with the routes of these kinds, for the application. Its settings name the same.
pub fn part(kinds: &'static [AnyKind]) -> Part {
    let lines = table(kinds).into_iter().chain(streams());
    let lines = lines.map(|line| (line.info.method, line.info.path));
    Part { lines: lines.collect(), router }
}

impl RouteInfo {
    fn policy(&self) -> RoutePolicy {
        RoutePolicy { scope: self.scope, idempotency: self.idempotency, held: self.held }
    }
}

/// The routes whose acts may have waited, by which they run when somebody said yes.
fn acts(app: &App) -> Acts {
    let held = table(app.settings().kinds).into_iter().filter(|line| line.info.held);
    Acts(held.fold(Router::new(), |router, line| {
        let state = RouteState { app: app.clone(), access: line.info.policy() };
        router.route(&line.info.path, line.routes.2.with_state(state))
    }))
}

/// What of the merchant's is a list, for files.
pub fn lists(app: &App) -> Catalogue {
    let kinds = app.settings().kinds;
    let document = serde_json::to_value(openapi(kinds)).unwrap_or_default();
    let none = serde_json::Map::new();
    let schemas = Schemas(document["components"]["schemas"].as_object().unwrap_or(&none));
    let (mut lists, mut routes) = (Vec::new(), Router::new());
    for line in table(kinds).into_iter().filter(|line| line.info.method == "GET") {
        let operation = &document["paths"][&line.info.path]["get"];
        let Some(scope) = line.info.scope else { continue };
        let Some(list) = export::of(&line.info.path, scope, operation, &schemas) else { continue };
        let state = RouteState { app: app.clone(), access: line.info.policy() };
        let handler = match costs::may_show(scope) {
            true => line.routes.2.layer(middleware::from_fn(costs::hide)),
            false => line.routes.2,
        };
        routes = routes.route(&list.path, handler.with_state(state));
        lists.push(list);
    }
    Catalogue::new(app.clone(), lists, routes)
}

/// Every route with the handler behind it.
fn router(app: App) -> Router {
    let kinds = app.settings().kinds;
    let acts = Extension(acts(&app));
    let lists = Extension(lists(&app));
    let published = Extension(Published::of(&openapi(kinds)));
    let whole = table(kinds).into_iter().fold(OpenApiRouter::default(), |router, line| {
        let access = line.info.policy();
        // What needs no key tells what needs one.
        let routes = match access.scope {
            None if line.info.path == export::export_file::PATH => line.routes.layer(lists.clone()),
            None => line.routes.layer(published.clone()),
            Some(Scope::ExportsOwn) => line.routes.layer(lists.clone()),
            Some(scope) if costs::may_show(scope) => {
                line.routes.layer(middleware::from_fn(costs::hide))
            }
            Some(Scope::ApprovalsDecide) => line.routes.layer(acts.clone()),
            Some(_) => line.routes,
        };
        router.routes(routes.with_state(RouteState { app: app.clone(), access }))
    });
    let listening = Extension(Live::default());
    let whole = streams().into_iter().fold(whole, |router, line| {
        let state = RouteState { app: app.clone(), access: line.info.policy() };
        router.routes(line.routes.layer(listening.clone()).with_state(state))
    });
    Router::from(whole).method_not_allowed_fallback(async || {
        Problem::new(ErrorCode::MethodNotAllowed, "this path has other methods; see `Allow`")
    })
}

/// The OpenAPI document.
pub fn openapi(kinds: &'static [AnyKind]) -> OpenApi {
    let mut frame = document::frame(include_str!("document.md"));
    let components = frame.components.get_or_insert_default();
    let lines: Vec<Line> = table(kinds).into_iter().chain(streams()).collect();
    for line in &lines {
        components.responses.extend(document::refusals(&line.info.codes));
    }
    let whole = OpenApiRouter::<RouteState>::with_openapi(frame);
    lines.into_iter().fold(whole, |router, line| router.routes(line.routes)).into_openapi()
}

/// Every route of the table.
pub fn routes(kinds: &'static [AnyKind]) -> Vec<RouteInfo> {
    table(kinds).into_iter().map(|line| line.info).collect()
}

#[cfg(test)]
mod tests {
    use super::table;
    use domain::resource::registry::ALL;
    use std::collections::HashMap;

    #[test]
    fn no_two_schemas_have_one_name() {
        let mut known = HashMap::new();
        for (name, schema) in table(ALL).into_iter().flat_map(|line| line.routes.0) {
            let schema = serde_json::to_value(&schema).expect("a schema is JSON");
            let before = known.insert(name.clone(), schema.clone());
            assert!(before.is_none_or(|before| before == schema), "{name}");
        }
        assert!(known.len() > 50, "{}", known.len());
    }
}
