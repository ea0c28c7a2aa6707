//! Addresses that open an order or a payment to whoever holds them: 128 bits that follow from the row.
//!
//! An order's row keeps where its link leads: the milliseconds of its id, so that the index of links grows at its end
//! as orders do, and a hash of the token. The address says both.

use kernel::{Id16, OrderId, PaymentId, Tenant, id};
use vault::Vault;

/// Bytes of an id that are its time.
const TIME: usize = 6;

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
}
