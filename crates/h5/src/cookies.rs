//! Cookies. Two are signed: who the guest is, and which orders he placed in a shop.
//!
//! A guest is a random id. His orders are listed in a cookie of their own for each shop, signed together
//! with the guest, so that nobody can put another's order into his list.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use domain::identity::operator;
use domain::till::Device;
use edge::link::shop_path;
use kernel::limits::REMEMBERED_ORDERS_MAX;
use kernel::{DeviceId, Id16, OrderId, Tenant, Timestamp, id};
use vault::Vault;

const GUEST: &str = "tessera_guest";
const ORDERS: &str = "tessera_orders";
const TILL: &str = "tessera_till";
/// What browsers let only this host set, over HTTPS.
const HOST: &str = "__Host-";
/// A year: as long as a browser keeps a cookie that is written again with each order.
const SECONDS: u32 = 365 * 24 * 3600;
/// Shops whose orders a browser remembers where all cookies go to every path: headers have an end.
const SHOPS_MAX: usize = 8;

/// A browser that was here before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest(pub Id16);

impl Guest {
    /// The guest of a request, if the cookie is there and was signed here.
    pub fn read(vault: &Vault, headers: &HeaderMap) -> Option<Self> {
        let read = |value: String| id::decode(opened(vault, operator(), "", &value)?).map(Self);
        kept(headers, GUEST, GUEST).find_map(read)
    }

    /// The cookie that makes the browser this guest.
    pub fn cookie(self, vault: &Vault, secure: bool) -> String {
        let value = signed(vault, operator(), "", &id::encode(&self.0));
        written(GUEST, &value, secure)
    }

    /// What a form of his outside of an order's link carries, so that no other site can send one in his name.
    pub fn form_token(self, vault: &Vault, tenant: Tenant) -> String {
        id::encode(&vault.guest_tag(tenant, &self.form()))
    }

    /// Whether a form carries the token of this guest in this shop.
    pub fn is_form_token(self, vault: &Vault, tenant: Tenant, token: &str) -> bool {
        let given = id::decode(token);
        given.is_some_and(|given| vault.is_guest_tag(tenant, &self.form(), &given))
    }

    // Forms that were open before others had a token are still taken.
    fn form(self) -> String {
        format!("checkout\n{}", self.name())
    }

    /// What he is called as a buyer: no name, and not the same person in two shops once it is tagged.
    pub fn name(self) -> String {
        format!("guest:{}", id::encode(&self.0))
    }
}

/// The device of a store that a browser was paired with, and when: a browser that was paired before is another one.
pub fn read_till(
    vault: &Vault,
    headers: &HeaderMap,
    tenant: Tenant,
) -> Option<(DeviceId, Timestamp)> {
    let read = |value: String| {
        let (device, paired) = opened(vault, tenant, TILL, &value)?.split_once('.')?;
        Some((DeviceId(id::decode(device)?), Timestamp(paired.parse().ok()?)))
    };
    kept(headers, TILL, TILL).find_map(read)
}

/// The cookie of a browser that was paired.
pub fn till(vault: &Vault, device: &Device, secure: bool) -> String {
    let paired = device.paired_at.map_or(0, |at| at.0);
    let text = format!("{}.{paired}", id::encode(&device.id.0));
    written(TILL, &signed(vault, device.tenant, TILL, &text), secure)
}

/// The orders that a guest placed in a shop, newest first.
pub fn read_orders(
    vault: &Vault,
    headers: &HeaderMap,
    tenant: Tenant,
    guest: Guest,
) -> Vec<OrderId> {
    let read = |value: String| {
        let text = opened(vault, tenant, &guest.name(), &value)?;
        Some(text.split('.').filter_map(id::decode).map(OrderId).collect())
    };
    let own = of_shop(tenant);
    let mut found: Vec<OrderId> = kept(headers, &own, ORDERS).find_map(read).unwrap_or_default();
    found.truncate(REMEMBERED_ORDERS_MAX);
    found
}

/// The cookies that remember one more order beside those before, and forget the shops that were visited first when
/// there are too many.
pub fn remember(
    vault: &Vault,
    (tenant, guest): (Tenant, Guest),
    order: OrderId,
    headers: &HeaderMap,
    secure: bool,
) -> Vec<String> {
    let before = read_orders(vault, headers, tenant, guest);
    let others = before.iter().filter(|other| **other != order);
    let ids = std::iter::once(&order).chain(others).take(REMEMBERED_ORDERS_MAX);
    let text = ids.map(|order| id::encode(&order.0)).collect::<Vec<_>>().join(".");
    let value = signed(vault, tenant, &guest.name(), &text);
    if !secure {
        let path = shop_path(tenant);
        return vec![format!("{ORDERS}={value}; Path={path}; {}", lasting(secure))];
    }
    let own = of_shop(tenant);
    let mut cookies = vec![written(&own, &value, secure)];
    let start = format!("{HOST}{ORDERS}-");
    let shops: Vec<String> = names(headers)
        .filter(|name| name.starts_with(&start) && name.strip_prefix(HOST) != Some(&own))
        .collect();
    let forgotten = shops.len().saturating_sub(SHOPS_MAX - 1);
    cookies.extend(
        shops.iter().take(forgotten).map(|name| format!("{name}=; Path=/; Max-Age=0; Secure")),
    );
    cookies
}

/// The name of a shop's cookie where it is for the whole host.
fn of_shop(tenant: Tenant) -> String {
    format!("{ORDERS}-{}", shop_path(tenant).trim_start_matches("/s/"))
}

/// A cookie for the whole host.
pub fn written(name: &str, value: &str, secure: bool) -> String {
    let prefix = if secure { HOST } else { "" };
    format!("{prefix}{name}={value}; Path=/; {}", lasting(secure))
}

/// The values of a cookie of the whole host, under its name now and before.
pub fn kept(headers: &HeaderMap, name: &str, before: &str) -> impl Iterator<Item = String> {
    [cookie(headers, &format!("{HOST}{name}")), cookie(headers, before)].into_iter().flatten()
}

/// The value of a cookie; the first of a name wins.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut found = pairs(headers).filter(|(found, _)| *found == name);
    found.next().map(|(_, value)| value.to_owned())
}

/// The names of all cookies, in the order in which the browser sends them: those that it had first come first.
fn names(headers: &HeaderMap) -> impl Iterator<Item = String> {
    pairs(headers).map(|(name, _)| name.to_owned())
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

fn lasting(secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("Max-Age={SECONDS}; HttpOnly; SameSite=Lax{secure}")
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

#[cfg(test)]
mod tests {
    use super::*;
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
        for secure in [false, true] {
            let (mut known, mut headers) = (Vec::new(), HeaderMap::new());
            for n in 0..30 {
                let order = OrderId([n; 16]);
                let cookies = remember(&vault, (live, guest), order, &headers, secure);
                let [cookie] = &cookies[..] else { panic!("{cookies:?}") };
                assert_eq!(cookie.ends_with("; Secure"), secure);
                assert!(cookie.len() < 1_000, "{cookie}");
                headers = sent_back(cookie);
                known = read_orders(&vault, &headers, live, guest);
                assert_eq!(known[0], order);
                assert_eq!(read_orders(&vault, &headers, live, other), []);
                assert_eq!(read_orders(&vault, &headers, test, guest), []);
            }
            assert_eq!(known.len(), REMEMBERED_ORDERS_MAX);
        }
    }

    #[test]
    fn plain_names_are_still_read_and_shops_have_an_end() {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let guest = Guest([7; 16]);
        assert_eq!(Guest::read(&vault, &sent_back(&guest.cookie(&vault, false))), Some(guest));
        let secure = guest.cookie(&vault, true);
        assert!(secure.starts_with("__Host-tessera_guest=") && secure.contains("Path=/;"));
        assert_eq!(Guest::read(&vault, &sent_back(&secure)), Some(guest));
        let shop = |n| Tenant::new(MerchantId([n; 16]), Mode::Live);
        let plain = remember(&vault, (shop(2), guest), OrderId([1; 16]), &HeaderMap::new(), false);
        let again =
            remember(&vault, (shop(2), guest), OrderId([2; 16]), &sent_back(&plain[0]), true);
        let known = read_orders(&vault, &sent_back(&again[0]), shop(2), guest);
        assert_eq!(known, [OrderId([2; 16]), OrderId([1; 16])]);
        let mut pairs = Vec::new();
        for n in 1..=12 {
            let headers =
                HeaderMap::from_iter([(COOKIE, pairs.join("; ").parse().expect("pairs"))]);
            let cookies = remember(&vault, (shop(2 * n), guest), OrderId([n; 16]), &headers, true);
            for gone in &cookies[1..] {
                let name = gone.split('=').next().expect("a name");
                pairs.retain(|pair: &String| !pair.starts_with(name));
            }
            pairs.push(cookies[0].split(';').next().expect("a pair").to_owned());
            assert!(pairs.len() <= SHOPS_MAX, "{}", pairs.len());
        }
    }

    #[test]
    fn a_form_is_of_one_guest_in_one_shop() {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let (guest, other) = (Guest([7; 16]), Guest([8; 16]));
        let shop = |n| Tenant::new(MerchantId([n; 16]), Mode::Live);
        let token = guest.form_token(&vault, shop(2));
        assert!(guest.is_form_token(&vault, shop(2), &token));
        assert!(!guest.is_form_token(&vault, shop(4), &token));
        assert!(!other.is_form_token(&vault, shop(2), &token));
        assert!(!guest.is_form_token(&vault, shop(2), ""));
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; lang=en; tessera_lang=zh-CN".parse().expect("a header"));
        headers.append(COOKIE, "b = 2".parse().expect("a header"));
        assert_eq!(cookie(&headers, "lang").as_deref(), Some("en"));
        assert_eq!(cookie(&headers, "b").as_deref(), Some("2"));
        assert_eq!(cookie(&headers, "ang"), None);
    }
}
