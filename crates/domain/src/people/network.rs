//! A network of staff (员工网络): where a merchant has any, his staff works from there alone.

use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::resource::{Field, Keys, Kind, Line, Resource, Words, kind};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use utoipa::ToSchema;

/// A network from which staff may work.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffNetwork {
    /// What people read.
    pub name: Line<100>,
    /// An address, or a network as `203.0.113.0/24`.
    pub network: Line<50>,
}

/// A range of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    /// Reads an address or a network.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().ok()?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { first, bits })
    }

    /// Whether an address is in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(one)) => {
                (first.to_bits() ^ one.to_bits()).checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(first), IpAddr::V6(one)) => {
                (first.to_bits() ^ one.to_bits()).checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

impl Resource for StaffNetwork {
    const KIND: &'static Kind = kind!(13, "staff_network", "staff_networks", "stn");
    const OF_PEOPLE: bool = true;
    const WORDS: Words = Words { zh: "员工网络", en: "Staff network" };
    const FIELDS: &'static [Field] = &[
        Field::new("name", "名称", "Name", "text"),
        Field::new("network", "网段", "Network", "text"),
    ];
    const SAMPLE: &'static str = r#"{"name":"总部","network":"127.0.0.0/8"}"#;

    fn check(&self, _: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        let detail = "send an address, or a network as 203.0.113.0/24 or 2001:db8::/32";
        Network::parse(&self.network.0).map(drop).ok_or_else(|| Refusal::invalid("network", detail))
    }

    fn keys(&self, keys: &mut Keys) {
        keys.sort("name", &self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_in_its_network() {
        for (network, address, inside) in [
            ("203.0.113.0/24", "203.0.113.7", true),
            ("203.0.113.0/24", "203.0.114.7", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("0.0.0.0/0", "198.51.100.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("::/0", "2001:db9::1", true),
            ("127.0.0.1", "::ffff:127.0.0.1", true),
        ] {
            let parsed = Network::parse(network).expect(network);
            assert_eq!(parsed.contains(address.parse().expect(address)), inside, "{network}");
        }
        for wrong in
            ["", "shop.example", "203.0.113.0/33", "203.0.113.0/-1", "203.0.113/24", "::/129"]
        {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }
}
