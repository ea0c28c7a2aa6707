//! The client address of a request, also through proxies that the operator trusts.
//!
//! Each proxy adds the address of whoever called it to the end of `X-Forwarded-For`. Read from the end, every
//! entry that a trusted proxy wrote can be believed, and the first one that is no trusted proxy is the caller.
//! What stands before it is what the caller says of himself, and nobody's word.

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Networks whose word on the address of a caller is taken.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Reads networks like `10.0.0.0/8` and single addresses; gives the first one that is neither.
    pub fn parse(texts: &[String]) -> Result<Self, String> {
        let one = |text: &String| {
            let text = text.trim();
            let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| text.to_owned())
        };
        texts.iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    /// The caller's address; none where requests come without a connection.
    pub fn caller(&self, parts: &Parts) -> Option<IpAddr> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
        Some(self.behind(peer, &parts.headers))
    }

    fn behind(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer.to_canonical();
        let told: Vec<&str> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        for entry in told.into_iter().rev() {
            if !self.trusts(caller) {
                break;
            }
            // What cannot be read was not written by a proxy that knows its business: its own address stays.
            let Some(before) = address(entry) else { break };
            caller = before;
        }
        caller
    }

    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// An address, with or without a port.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let with_port = || entry.parse::<SocketAddr>().map(|address| address.ip());
    bare.parse::<IpAddr>().or_else(|_| with_port()).ok().map(|address| address.to_canonical())
}

/// An IPv4 address, or the network of an IPv6 one, of which a caller has all addresses.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(trusted: &[&str], peer: &str, told: &[&str], caller: &str) {
        let trusted: Vec<String> = trusted.iter().map(|text| (*text).to_owned()).collect();
        let proxies = TrustedProxies::parse(&trusted).expect("networks");
        let mut headers = HeaderMap::new();
        for line in told {
            headers.append(FORWARDED_FOR, line.parse().expect("a header"));
        }
        let found = proxies.behind(peer.parse().expect("an address"), &headers);
        assert_eq!(found.to_string(), caller, "{trusted:?} {peer} {told:?}");
    }

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let inner = ["10.0.0.0/8", "::1"];
        check(&[], "10.0.0.1", &["203.0.113.9"], "10.0.0.1");
        check(&inner, "203.0.113.5", &["198.51.100.1"], "203.0.113.5");
        check(&inner, "10.0.0.1", &["203.0.113.9"], "203.0.113.9");
        check(&inner, "::ffff:10.0.0.1", &["203.0.113.9"], "203.0.113.9");
        check(&inner, "10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9");
        check(&inner, "10.0.0.1", &["1.1.1.1", "203.0.113.9, 10.0.0.2"], "203.0.113.9");
        check(&inner, "::1", &["2001:db8::7"], "2001:db8::7");
        check(&inner, "10.0.0.1", &["203.0.113.9:4711"], "203.0.113.9");
        check(&inner, "10.0.0.1", &["[2001:db8::7]:4711"], "2001:db8::7");
        check(&inner, "10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1");
        check(&inner, "10.0.0.1", &["203.0.113.9, x, 10.0.0.3"], "10.0.0.3");
        check(&inner, "10.0.0.1", &[], "10.0.0.1");
        check(&inner, "10.0.0.1", &["10.0.0.7"], "10.0.0.7");
    }

    #[test]
    fn what_is_no_network_is_told() {
        let parse = |text: &str| TrustedProxies::parse(&[text.to_owned()]);
        assert!(parse("192.0.2.0/24").is_ok() && parse(" 192.0.2.1 ").is_ok());
        assert_eq!(parse("localhost").err().as_deref(), Some("localhost"));
        assert_eq!(parse("192.0.2.0/33").err().as_deref(), Some("192.0.2.0/33"));
    }

    #[test]
    fn neighbours_in_ipv6_are_one() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8:0:1::1"), of("2001:db8::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
