//! All connections of a listener together: how many there may be, and who goes when more come.

use super::connection::{Connection, Times};
use crate::address::{TrustedProxies, network};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Places beyond the limit, in which only health is answered.
const SPARE: usize = 4;

/// How many connections there may be, and how long they may take.
#[derive(Debug, Clone)]
pub struct Limits {
    /// In all.
    pub connections_max: usize,
    /// From one address (IPv6: one /64) without a valid key. Loopback and trusted proxies have no such limit.
    pub address_max: usize,
    /// Whose addresses stand for many callers.
    pub proxies: TrustedProxies,
    /// How long things may take.
    pub times: Times,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: kernel::limits::CONNECTIONS_MAX,
            address_max: kernel::limits::CONNECTIONS_ADDRESS_MAX,
            proxies: TrustedProxies::default(),
            times: Times::default(),
        }
    }
}

type Members = HashMap<u64, Arc<Connection>>;

/// The connections of a listener.
#[derive(Debug)]
pub struct Crowd {
    limits: Limits,
    members: Mutex<Members>,
    next: Mutex<u64>,
}

impl Crowd {
    /// Nobody yet.
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, members: Mutex::default(), next: Mutex::default() })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members.lock().len()
    }

    /// Whether nobody is there.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes a connection in, or none when there is no place for it. Who is idle makes place.
    pub(super) fn enter(self: &Arc<Self>, peer: SocketAddr) -> Option<Entry> {
        let mut members = self.members.lock();
        if !self.may_come(&mut members, peer.ip()) {
            return None;
        }
        let most = self.limits.connections_max;
        // One that has answered in a spare place is idle too, and gives no other place back.
        while members.len() >= most && close_idlest(&mut members, |_| true) {}
        let spare = members.len() >= most;
        if members.len() >= self.limits.connections_max + SPARE {
            return None;
        }
        let connection = Arc::new(Connection::new(peer, self.limits.times, spare));
        let id = {
            let mut next = self.next.lock();
            *next += 1;
            *next
        };
        members.insert(id, Arc::clone(&connection));
        Some(Entry { crowd: Arc::clone(self), id, connection })
    }

    /// Closes the connection that was idle longest.
    pub(super) fn make_room(&self) {
        close_idlest(&mut self.members.lock(), |_| true);
    }

    /// Whether an address may have one more; its own idle ones make place.
    fn may_come(&self, members: &mut Members, address: IpAddr) -> bool {
        if members.len() < self.limits.address_max || !self.is_counted(address) {
            return true;
        }
        let its =
            |one: &Connection| !one.is_vouched() && network(one.peer().ip()) == network(address);
        let count = members.values().filter(|one| its(one)).count();
        count < self.limits.address_max || close_idlest(members, its)
    }

    fn is_counted(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        !address.is_loopback() && !self.limits.proxies.trusts(address)
    }
}

/// Closes who was idle longest among some; says whether there was one. Its place is free at once.
fn close_idlest(members: &mut Members, among: impl Fn(&Connection) -> bool) -> bool {
    let some = members.iter().filter(|(_, one)| among(one));
    let idle = some.filter_map(|(id, one)| Some((one.idle_since()?, *id)));
    let Some((_, id)) = idle.min() else { return false };
    if let Some(one) = members.remove(&id) {
        one.close();
    }
    true
}

/// A place in the crowd; free again when this is dropped.
pub(super) struct Entry {
    crowd: Arc<Crowd>,
    id: u64,
    connection: Arc<Connection>,
}

impl Entry {
    pub fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.crowd.members.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(connections_max: usize, address_max: usize) -> Arc<Crowd> {
        let proxies = TrustedProxies::parse(&["10.0.0.0/8".to_owned()]).expect("a network");
        Crowd::new(Limits { connections_max, address_max, proxies, times: Times::default() })
    }

    fn peer(address: &str) -> SocketAddr {
        SocketAddr::new(address.parse().expect("an address"), 1)
    }

    #[test]
    fn an_address_has_its_limit_and_proxies_and_loopback_have_none() {
        for (address, limited) in [
            ("203.0.113.9", true),
            ("2001:db8::1", true),
            ("127.0.0.1", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("10.1.2.3", false),
        ] {
            let crowd = crowd(100, 3);
            let mut entries: Vec<_> = (0..3).filter_map(|_| crowd.enter(peer(address))).collect();
            entries.iter().for_each(|entry| entry.connection.works());
            let fourth = crowd.enter(peer(address));
            assert_eq!(fourth.is_none(), limited, "{address}");
            drop(fourth);
            entries[0].connection.vouch();
            let vouched = crowd.enter(peer(address));
            assert!(vouched.is_some(), "{address}: who has a valid key does not count");
            entries.extend(vouched);
        }
    }

    #[test]
    fn a_full_house_lets_the_idle_go_and_answers_health() {
        let crowd = crowd(2, 2);
        let (one, two) = (crowd.enter(peer("127.0.0.1")), crowd.enter(peer("127.0.0.1")));
        let (one, two) = (one.expect("a place"), two.expect("a place"));
        two.connection.works();
        let three = crowd.enter(peer("127.0.0.1")).expect("the idle one makes place");
        assert!(!three.connection.is_spare());
        one.connection.works();
        three.connection.works();
        let four = crowd.enter(peer("127.0.0.1")).expect("a spare place");
        assert!(four.connection.is_spare(), "nobody is idle");
        four.connection.works();
        four.connection.rests();
        let five = crowd.enter(peer("127.0.0.1")).expect("a spare place");
        assert!(five.connection.is_spare(), "the place of a spare one is spare");
    }
}
