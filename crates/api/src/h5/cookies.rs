//! The two signed cookies: who the guest is, and which orders he placed in a shop.
//!
//! A guest is a random id. His orders are listed in a cookie of their own for each shop, signed together
//! with the guest, so that nobody can put another's order into his list.

use super::visitor::cookie;
use axum::http::HeaderMap;
use domain::identity::operator;
use kernel::limits::REMEMBERED_ORDERS_MAX;
use kernel::{Id16, OrderId, Tenant, id};
use vault::Vault;

const GUEST: &str = "tessera_guest";
const ORDERS: &str = "tessera_orders";
/// A year: as long as a browser keeps a cookie that is written again with each order.
const SECONDS: u32 = 365 * 24 * 3600;

/// A browser that was here before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest(pub Id16);

impl Guest {
    /// The guest of a request, if the cookie is there and was signed here.
    pub fn read(vault: &Vault, headers: &HeaderMap) -> Option<Self> {
        let value = cookie(headers, GUEST)?;
        let text = opened(vault, operator(), "", &value)?;
        id::decode(text).map(Self)
    }

    /// The cookie that makes the browser this guest.
    pub fn cookie(self, vault: &Vault, secure: bool) -> String {
        let value = signed(vault, operator(), "", &id::encode(&self.0));
        written(GUEST, &value, "/", secure)
    }

    /// What he is called as a buyer: no name, and not the same person in two shops once it is tagged.
    pub fn name(self) -> String {
        format!("guest:{}", id::encode(&self.0))
    }
}

/// The orders that a guest placed in a shop, newest first.
pub fn read_orders(
    vault: &Vault,
    headers: &HeaderMap,
    tenant: Tenant,
    guest: Guest,
) -> Vec<OrderId> {
    let Some(value) = cookie(headers, ORDERS) else { return Vec::new() };
    let text = opened(vault, tenant, &guest.name(), &value).unwrap_or_default();
    text.split('.').filter_map(id::decode).map(OrderId).take(REMEMBERED_ORDERS_MAX).collect()
}

/// The cookie that remembers one more order beside those before.
pub fn remember(
    vault: &Vault,
    (tenant, guest): (Tenant, Guest),
    order: OrderId,
    before: &[OrderId],
    (path, secure): (&str, bool),
) -> String {
    let others = before.iter().filter(|other| **other != order);
    let ids = std::iter::once(&order).chain(others).take(REMEMBERED_ORDERS_MAX);
    let text = ids.map(|order| id::encode(&order.0)).collect::<Vec<_>>().join(".");
    written(ORDERS, &signed(vault, tenant, &guest.name(), &text), path, secure)
}

fn signed(vault: &Vault, tenant: Tenant, bound: &str, text: &str) -> String {
    let tag = vault.guest_tag(tenant, &format!("{bound}\n{text}"));
    format!("{text}-{}", id::encode(&tag))
}

fn opened<'a>(vault: &Vault, tenant: Tenant, bound: &str, value: &'a str) -> Option<&'a str> {
    let (text, tag) = value.rsplit_once('-')?;
    let tag = id::decode(tag)?;
    vault.is_guest_tag(tenant, &format!("{bound}\n{text}"), &tag).then_some(text)
}

fn written(name: &str, value: &str, path: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path={path}; Max-Age={SECONDS}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;
    use kernel::{MerchantId, Mode};

    fn sent_back(cookie: &str) -> HeaderMap {
        let pair = cookie.split(';').next().expect("a pair");
        HeaderMap::from_iter([(COOKIE, pair.parse().expect("a header"))])
    }

    #[test]
    fn cookies_come_back_and_cannot_be_made() {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let guest = Guest([7; 16]);
        let written = guest.cookie(&vault, false);
        assert!(written.contains("HttpOnly") && written.contains("SameSite=Lax"), "{written}");
        assert_eq!(Guest::read(&vault, &sent_back(&written)), Some(guest));
        for forged in [
            written.replacen('7', "8", 1).replacen('3', "4", 1),
            format!("{GUEST}={}", id::encode(&[7; 16])),
            format!("{GUEST}={}-{}", id::encode(&[7; 16]), id::encode(&[0; 16])),
            format!("{GUEST}=-"),
        ] {
            assert_eq!(Guest::read(&vault, &sent_back(&forged)), None, "{forged}");
        }
    }

    #[test]
    fn a_list_of_orders_is_of_one_guest_in_one_shop_and_has_an_end() {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let (live, test) = (
            Tenant::new(MerchantId([4; 16]), Mode::Live),
            Tenant::new(MerchantId([4; 16]), Mode::Test),
        );
        let (guest, other) = (Guest([7; 16]), Guest([8; 16]));
        let mut known: Vec<OrderId> = Vec::new();
        for n in 0..30 {
            let order = OrderId([n; 16]);
            let cookie = remember(&vault, (live, guest), order, &known, ("/s/x", true));
            assert!(cookie.ends_with("; Secure") && cookie.len() < 1_000, "{cookie}");
            let headers = sent_back(&cookie);
            known = read_orders(&vault, &headers, live, guest);
            assert_eq!(known[0], order);
            assert_eq!(read_orders(&vault, &headers, live, other), []);
            assert_eq!(read_orders(&vault, &headers, test, guest), []);
        }
        assert_eq!(known.len(), REMEMBERED_ORDERS_MAX);
    }
}
