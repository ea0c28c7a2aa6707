//! The table of pages: nothing is shown to a buyer that is not in it.

use crate::middleware::{around, missing};
use crate::site::Site;
use crate::{door, file, order, picture, shop, test_pay, till};
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware;
use axum::routing::{self, MethodRouter};
use edge::problem::{ErrorCode, Problem};
use edge::{App, Part};

/// What opens a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// Nothing: it shows what is on the shelf, what the visitor's own signed cookie names, or asks for the number and the
    /// secret of an order.
    Public,
    /// The unguessable link of an order.
    OrderLink,
    /// The unguessable link of a payment at the test channel.
    CashierLink,
    /// A browser that was paired with a device of a store, and the PIN of that.
    Device,
}

/// What there is to know of a page, for tests that must not miss one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageInfo {
    /// Its method.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What opens it.
    pub entrance: Entrance,
}

struct Line {
    info: PageInfo,
    handler: MethodRouter<Site>,
}

fn get<H: Handler<T, Site>, T: 'static>(
    path: &'static str,
    entrance: Entrance,
    handler: H,
) -> Line {
    Line { info: PageInfo { method: "GET", path, entrance }, handler: routing::get(handler) }
}

fn post<H: Handler<T, Site>, T: 'static>(
    path: &'static str,
    entrance: Entrance,
    handler: H,
) -> Line {
    Line { info: PageInfo { method: "POST", path, entrance }, handler: routing::post(handler) }
}

#[rustfmt::skip] // One line a page.
fn table() -> Vec<Line> {
    use Entrance::{CashierLink, Device, OrderLink, Public};
    const CASHIER: &str = "/test-pay/{merchant}/{payment}/{token}";
    vec![
        get("/", Public, door::door),
        get("/s/{shop}", Public, shop::front::front),
        get("/s/{shop}/p/{product}", Public, shop::product::product),
        get("/s/{shop}/checkout", Public, shop::checkout::checkout),
        post("/s/{shop}/checkout", Public, shop::place::place),
        get("/s/{shop}/orders", Public, shop::orders::orders),
        get("/s/{shop}/lookup", Public, shop::lookup::lookup),
        post("/s/{shop}/lookup", Public, shop::lookup::open),
        get("/s/{shop}/logo/{file}", Public, shop::logo::logo),
        get("/pictures/{file}", Public, picture::picture),
        get("/files/{shop}/{file}/{size}", Public, file::file),
        get("/favicon.ico", Public, picture::icon),

        get("/o/{token}", OrderLink, order::show::show),
        get("/o/{token}/state", OrderLink, order::state::state),
        post("/o/{token}/pay", OrderLink, order::pay::pay),
        get("/o/{token}/pay/{payment}", OrderLink, order::channel_pay::channel_pay),
        post("/o/{token}/cancel", OrderLink, order::cancel::cancel),
        post("/o/{token}/reveal", OrderLink, order::reveal::reveal),
        post("/o/{token}/file", OrderLink, order::file::file),
        post("/o/{token}/content-files/{line}", OrderLink, order::content_file::content_file),
        get("/o/{token}/refunds", OrderLink, order::refund::refund),
        post("/o/{token}/refunds", OrderLink, order::request_refund::request_refund),

        get("/o/{token}/vouchers/{voucher}", OrderLink, order::voucher::show),
        post("/o/{token}/vouchers/{voucher}", OrderLink, order::voucher::present),
        get("/o/{token}/vouchers/{voucher}/left", OrderLink, order::voucher::left),

        get("/s/{shop}/staff", Device, till::till),
        post("/s/{shop}/staff/pair", Device, till::pair::pair),
        post("/s/{shop}/staff/unlock", Device, till::unlock::unlock),
        post("/s/{shop}/staff/lock", Device, till::unlock::lock),
        post("/s/{shop}/staff/look", Device, till::redeem::look),
        post("/s/{shop}/staff/more", Device, till::redeem::more),
        post("/s/{shop}/staff/redeem", Device, till::redeem::redeem),
        post("/s/{shop}/staff/reverse/{redemption}", Device, till::redeem::reverse),
        get("/s/{shop}/staff/today", Device, till::today::today),

        get(CASHIER, CashierLink, test_pay::show),
        post(CASHIER, CashierLink, test_pay::act),
    ]
}

/// This edge, for the application.
pub fn part() -> Part {
    let lines = page_routes().into_iter().map(|page| (page.method, page.path.to_owned()));
    Part { lines: lines.collect(), router }
}

/// Every page with the handler behind it, and what answers where nothing is.
fn router(app: App) -> Router {
    let site = Site::new(app);
    let whole = table()
        .into_iter()
        .fold(Router::new(), |router, line| router.route(line.info.path, line.handler));
    let whole = whole.method_not_allowed_fallback(async || {
        Problem::new(ErrorCode::MethodNotAllowed, "this page has other methods; see `Allow`")
    });
    let lost = site.clone();
    whole
        .layer(middleware::from_fn_with_state(site.clone(), around))
        .with_state(site)
        .fallback(async move |request: Request| missing(&lost, request))
}

/// Every page of the table.
pub fn page_routes() -> Vec<PageInfo> {
    table().into_iter().map(|line| line.info).collect()
}

#[cfg(test)]
mod tests {
    use super::{Entrance, page_routes};

    #[test]
    fn every_page_is_opened_by_what_its_path_carries() {
        for page in page_routes() {
            let expected = match page.path {
                path if path.starts_with("/o/{token}") => Entrance::OrderLink,
                path if path.starts_with("/test-pay/") => Entrance::CashierLink,
                path if path.starts_with("/s/{shop}/staff") => Entrance::Device,
                _ => Entrance::Public,
            };
            assert_eq!(page.entrance, expected, "{} {}", page.method, page.path);
            let secret = page.path.contains("{token}");
            let linked = !matches!(page.entrance, Entrance::Public | Entrance::Device);
            assert_eq!(secret, linked, "{}", page.path);
        }
    }

    #[test]
    fn a_public_page_writes_only_an_order_of_the_visitor_or_finds_one() {
        let pages = page_routes();
        let writing =
            |page: &&super::PageInfo| page.entrance == Entrance::Public && page.method != "GET";
        let writing: Vec<_> = pages.iter().filter(writing).map(|page| page.path).collect();
        assert_eq!(writing, ["/s/{shop}/checkout", "/s/{shop}/lookup"]);
    }
}
