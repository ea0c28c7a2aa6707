//! Addresses of buyers' pages, written and read in one place: every edge gives them out.
//!
//! A shop's public id is the 26 characters of its merchant's id; the shop in test mode has `-test` behind them, so that
//! a live and a test shop can never be taken for each other.
//!
//! What opens an order or a payment to whoever holds it are 128 bits that follow from the row. An order's row keeps
//! where its link leads: the milliseconds of its id, so that the index of links grows at its end as orders do, and a
//! hash of the token. The address says both.

use domain::identity::operator;
use domain::resource::Picture;
use kernel::{FileId, Id16, MerchantId, Mode, OrderId, PaymentId, Tenant, id};
use vault::Vault;

const TEST: &str = "-test";
/// Bytes of an id that are its time.
const TIME: usize = 6;

/// The path of a shop's first page.
pub fn shop_path(tenant: Tenant) -> String {
    let mode = if tenant.mode() == Mode::Test { TEST } else { "" };
    format!("/s/{}{mode}", id::encode(&tenant.merchant().0))
}

/// The path of the page at which a shop's staff redeems.
pub fn staff_path(tenant: Tenant) -> String {
    format!("{}/staff", shop_path(tenant))
}

/// The path of a shop's logo.
pub fn logo_path(tenant: Tenant, logo: &Picture) -> String {
    format!("{}/logo/{}", shop_path(tenant), logo.file_name())
}

/// Of how many pixels a side the picture beside a link is.
pub const SHARED_SIZE: u32 = 1280;

/// The path of a picture that a merchant uploaded, in a size.
pub fn file_path(tenant: Tenant, file: FileId, size: u32) -> String {
    let shop = shop_path(tenant);
    format!("/files/{}/{file}/{size}", shop.trim_start_matches("/s/"))
}

/// The shop of a public id. The operator has none.
pub fn tenant_of(shop: &str) -> Option<Tenant> {
    let (merchant, mode) = match shop.strip_suffix(TEST) {
        Some(merchant) => (merchant, Mode::Test),
        None => (shop, Mode::Live),
    };
    let merchant = MerchantId(id::decode(merchant)?);
    let tenant = Tenant::new(merchant, mode);
    // A merchant's last bit is zero; another spelling of the same merchant is no shop.
    let known = tenant.merchant() == merchant && merchant != operator().merchant();
    known.then_some(tenant)
}

/// The path of an order's page.
pub fn order_path(vault: &Vault, tenant: Tenant, order: OrderId) -> String {
    let token = vault.link_token(tenant, &order.0);
    format!("/o/{}{}", id::encode(&order.0), id::encode(&token))
}

/// What an order's row keeps of its link.
pub fn order_link(vault: &Vault, tenant: Tenant, order: OrderId) -> Id16 {
    place(&order.0, &vault.link_token(tenant, &order.0))
}

/// Where a link leads, best first, and its token. The rows of older orders keep nothing but a hash, and links of
/// theirs that are out there are nothing but a token.
pub fn read_link(link: &str) -> Option<(Vec<Id16>, Id16)> {
    let (order, token) = link.split_at_checked(link.len().saturating_sub(26))?;
    let token = id::decode(token)?;
    let hash = vault::link_hash(&token);
    match order {
        "" => Some((vec![hash], token)),
        order => Some((vec![place(&id::decode(order)?, &token), hash], token)),
    }
}

/// The path of a payment's cashier at the test channel.
pub fn cashier_path(vault: &Vault, tenant: Tenant, payment: PaymentId) -> String {
    let token = id::encode(&vault.link_token(tenant, &payment.0));
    format!("/test-pay/{}/{payment}/{token}", tenant.merchant())
}

fn place(order: &Id16, token: &Id16) -> Id16 {
    let mut place = vault::link_hash(token);
    place.rotate_right(TIME);
    place[..TIME].copy_from_slice(&order[..TIME]);
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: Id16 = [7; 16];
    const TOKEN: Id16 = [9; 16];

    #[test]
    fn a_link_leads_to_its_place_in_the_order_of_time() {
        let link = format!("{}{}", id::encode(&ORDER), id::encode(&TOKEN));
        let (places, token) = read_link(&link).unwrap();
        assert_eq!((places[0], token), (place(&ORDER, &TOKEN), TOKEN));
        let mut later = ORDER;
        later[TIME - 1] += 1;
        assert!(place(&ORDER, &[0; 16]) < place(&later, &[1; 16]));
        assert!(place(&ORDER, &[1; 16]) < place(&later, &[0; 16]));
        assert_ne!(place(&ORDER, &[0; 16]), place(&ORDER, &[1; 16]));
    }

    #[test]
    fn an_older_link_is_its_token() {
        let (places, token) = read_link(&id::encode(&TOKEN)).unwrap();
        assert_eq!((places, token), (vec![vault::link_hash(&TOKEN)], TOKEN));
    }

    #[test]
    fn what_is_no_link_leads_nowhere() {
        let token = id::encode(&TOKEN);
        for wrong in ["", "x", &token[1..], &format!("x{token}"), &format!("{token}\u{1}"), "ö7"] {
            assert_eq!(read_link(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_shop_is_found_by_its_path_and_nothing_else() {
        for mode in [Mode::Live, Mode::Test] {
            let tenant = Tenant::new(MerchantId([4; 16]), mode);
            let path = shop_path(tenant);
            assert_eq!(path.strip_prefix("/s/").and_then(tenant_of), Some(tenant));
        }
        let odd = id::encode(&[5; 16]);
        for wrong in ["", "-test", "x", &odd, &id::encode(&[0; 16]), &"0".repeat(26)] {
            assert_eq!(tenant_of(wrong), None, "{wrong}");
        }
    }
}
