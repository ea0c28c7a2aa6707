//! What a rule may not find out by itself: the time, fresh ids, and who asks.

use kernel::{ApiKeyId, DeviceId, Id16, PersonId, RequestId, Tenant, Timestamp, VoucherId};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::net::IpAddr;

/// Time and chance for one command.
pub struct Context<'a> {
    /// The time of the batch.
    pub now: Timestamp,
    /// Draws a fresh time-ordered id.
    pub draw: &'a mut dyn FnMut() -> Id16,
    /// The tag by which the code of a voucher is found again, which follows from its id as the code does.
    pub voucher_tag: &'a dyn Fn(Tenant, VoucherId) -> Id16,
    /// Who asks, for the journal.
    pub origin: Origin,
    /// Whether a second person said yes to it.
    pub approved: bool,
}

/// For what delivers no vouchers.
pub fn no_vouchers(_: Tenant, _: VoucherId) -> Id16 {
    unreachable!("no voucher is delivered here")
}

/// Who asked for a change and in which request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The merchant in the mode of his key.
    pub tenant: Tenant,
    /// The request, so that logs and journal meet.
    pub request: RequestId,
    /// Who acted; none for timers and jobs.
    pub actor: Option<Actor>,
    /// The address that the actor called from; none without an actor, so that no buyer's is kept.
    pub address: Option<IpAddr>,
}

/// Who acts: a program with a key, a person, or whoever stands at a store's device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A key of the open API.
    Key(ApiKeyId),
    /// A person who is signed in.
    Person(PersonId),
    /// A device of a store that was unlocked.
    Device(DeviceId),
}

/// Stands before the id of a person where actors are stored.
const PERSON: u8 = 1;
/// The same of a device.
const DEVICE: u8 = 2;

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => fmt::Display::fmt(key, f),
            Self::Person(person) => fmt::Display::fmt(person, f),
            Self::Device(device) => fmt::Display::fmt(device, f),
        }
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        let person = PersonId::parse(&text).map(Self::Person);
        let device = || DeviceId::parse(&text).map(Self::Device);
        let key = || ApiKeyId::parse(&text).map(Self::Key);
        person.or_else(|_| device()).or_else(|_| key()).map_err(D::Error::custom)
    }
}

impl Actor {
    /// What the store writes: the 16 bytes of a key's id, or a byte and the 16 of a person's or a device's.
    pub fn to_bytes(self) -> Vec<u8> {
        match self {
            Self::Key(key) => key.0.to_vec(),
            Self::Person(person) => [&[PERSON], &person.0[..]].concat(),
            Self::Device(device) => [&[DEVICE], &device.0[..]].concat(),
        }
    }

    /// Reads what the store wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let key = |bytes: &[u8]| bytes.try_into().ok().map(|id| Self::Key(ApiKeyId(id)));
        match bytes {
            [PERSON, person @ ..] if person.len() == 16 => {
                person.try_into().ok().map(|id| Self::Person(PersonId(id)))
            }
            [DEVICE, device @ ..] if device.len() == 16 => {
                device.try_into().ok().map(|id| Self::Device(DeviceId(id)))
            }
            bytes => key(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_read_as_it_was_written() {
        for actor in [
            Actor::Key(ApiKeyId([1; 16])),
            Actor::Person(PersonId([1; 16])),
            Actor::Person(PersonId([0; 16])),
            Actor::Device(DeviceId([2; 16])),
        ] {
            assert_eq!(Actor::from_bytes(&actor.to_bytes()), Some(actor));
            let told = serde_json::to_string(&actor).expect("it is written");
            assert_eq!(serde_json::from_str::<Actor>(&told).expect("it is read"), actor);
        }
        for wrong in [&[][..], &[1; 15], &[3; 17], &[1; 18]] {
            assert_eq!(Actor::from_bytes(wrong), None, "{wrong:?}");
        }
    }
}
