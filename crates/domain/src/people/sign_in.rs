//! Sign in: a session begins. Password and code were compared at the edge; here it is decided whether they still count.

use super::fact::{PersonChange, PersonChanged, SessionOpened};
use super::{Device, Passkey, Person, REFUSED, Session, require};
use crate::context::Origin;
use crate::fact::Record;
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::{DEVICES_MAX, SESSIONS_MAX};
use kernel::{MerchantId, Mode, PersonId, Tenant, Timestamp};

/// A wish to begin a session.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Who.
    pub person: PersonId,
    /// The password's hash that was compared; none where a passkey stood in for it.
    pub password: Option<String>,
    /// The second factor.
    pub proof: Proof,
    /// The session.
    pub session: NewSession,
    /// Hash of the session that the browser had before, which ends.
    pub before: Option<String>,
    /// Merchants where he works now, whose journals tell it too.
    pub places: Vec<MerchantId>,
}

/// A second factor that was compared at the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A one-time code, by its step.
    Code(i64),
    /// A recovery code, by its hash.
    Recovery(String),
    /// A passkey.
    Passkey {
        /// Its credential.
        id: String,
        /// Its count of signatures.
        count: u32,
        /// When the challenge was made that it signed.
        at: Timestamp,
    },
    /// None: whoever runs the program vouches for him, as the demo does where one enters by one click.
    Vouched,
}

/// A session that is to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Hash of its token.
    pub hash: String,
    /// Hash of the browser's token.
    pub device: String,
    /// What the browser says that it is.
    pub agent: String,
    /// From which address.
    pub address: String,
}

/// What a sign-in came to.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub person: Box<Person>,
    /// Whether he signed in before, and never there.
    pub new_device: bool,
}

impl Answer for SignedIn {}

impl Verb for SignIn {
    type Answer = SignedIn;

    /// The person.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.people.people.insert(self.person);
    }

    /// Order of checks: he is there, the password is still his, the second factor counts.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let person = require(world, self.person)?;
        if self.password.is_some() && self.password != person.profile.password {
            return Err(REFUSED);
        }
        let used = prove(person, &self.proof)?;
        let new_device = begin(person, &self.session, ctx.now, self.before.as_deref());
        let person = person.clone();
        let opened = SessionOpened {
            person: person.id,
            address: self.session.address,
            agent: self.session.agent,
            new_device,
        };
        if used {
            let what = PersonChange::RecoveryCodeUsed;
            world.record(ctx, person.id.0, PersonChanged { person: person.id, what });
        }
        world.record(ctx, person.id.0, opened.clone());
        let merchants = self.places.iter().filter(|place| place.0 != [0; 16]);
        let books =
            |place: &MerchantId| [Mode::Live, Mode::Test].map(|mode| Tenant::new(*place, mode));
        for tenant in merchants.flat_map(books) {
            let origin = Origin { tenant, ..ctx.origin };
            let fact = opened.clone().into();
            world.journal.push(Record { origin, at: ctx.now, subject: person.id.0, fact });
        }
        Ok(SignedIn { person: Box::new(person), new_device })
    }
}

/// Whether a proof counts; what counts once is used up. Says whether it was a recovery code.
pub(super) fn prove(person: &mut Person, proof: &Proof) -> Result<bool, Refusal> {
    let profile = &mut person.profile;
    match proof {
        Proof::Code(step) if profile.has_factor && *step > profile.last_step => {
            profile.last_step = *step;
            Ok(false)
        }
        Proof::Recovery(hash) if profile.recovery.contains(hash) => {
            profile.recovery.retain(|left| left != hash);
            Ok(true)
        }
        Proof::Passkey { id, count, at } if *at > profile.last_challenge => {
            let known = profile.passkeys.iter_mut().find(|known| known.id == *id);
            // A key that counts tells a copy of it: then its count does not grow.
            let counts =
                |known: &&mut Passkey| *count > known.count || (*count == 0 && known.count == 0);
            known.filter(counts).ok_or(REFUSED)?.count = *count;
            profile.last_challenge = *at;
            Ok(false)
        }
        Proof::Vouched => Ok(false),
        _ => Err(REFUSED),
    }
}

fn begin(person: &mut Person, new: &NewSession, now: Timestamp, before: Option<&str>) -> bool {
    let profile = &mut person.profile;
    let sessions = &mut profile.sessions;
    sessions.retain(|session| session.lives(now) && Some(&*session.hash) != before);
    while sessions.len() >= SESSIONS_MAX {
        sessions.remove(0);
    }
    sessions.push(Session {
        hash: new.hash.clone(),
        created_at: now,
        seen_at: now,
        factor_at: Some(now),
        device: new.device.clone(),
        agent: new.agent.clone(),
        address: new.address.clone(),
    });
    let devices = &mut profile.devices;
    let (was_anywhere, known) =
        (!devices.is_empty(), devices.iter().position(|device| device.hash == new.device));
    let first_at = known.map_or(now, |at| devices.remove(at).first_at);
    while devices.len() >= DEVICES_MAX {
        devices.remove(0);
    }
    devices.push(Device { hash: new.device.clone(), first_at, last_at: now });
    was_anywhere && known.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        let mut person = Person::new(PersonId([1; 16]), Timestamp(0));
        person.profile.has_factor = true;
        person.profile.recovery = vec!["a".into(), "b".into()];
        person
    }

    fn new(hash: &str, device: &str) -> NewSession {
        NewSession {
            hash: hash.into(),
            device: device.into(),
            agent: String::new(),
            address: String::new(),
        }
    }

    #[test]
    fn what_counts_once_counts_once() {
        let mut person = person();
        assert_eq!(prove(&mut person, &Proof::Code(7)), Ok(false));
        for again in [7, 6] {
            assert_eq!(prove(&mut person, &Proof::Code(again)), Err(REFUSED));
        }
        assert_eq!(prove(&mut person, &Proof::Code(8)), Ok(false));
        assert_eq!(prove(&mut person, &Proof::Recovery("a".into())), Ok(true));
        assert_eq!(prove(&mut person, &Proof::Recovery("a".into())), Err(REFUSED));
        assert_eq!(person.profile.recovery, ["b"]);
        person.profile.has_factor = false;
        assert_eq!(prove(&mut person, &Proof::Code(9)), Err(REFUSED));
        let passkey = |count, at| Proof::Passkey { id: "p".into(), count, at: Timestamp(at) };
        assert_eq!(prove(&mut person, &passkey(1, 1)), Err(REFUSED), "he has none");
        person.profile.passkeys.push(Passkey {
            id: "p".into(),
            name: "phone".into(),
            key: String::new(),
            count: 4,
            created_at: Timestamp(0),
        });
        for (count, at, counts) in
            [(5, 10, true), (6, 10, false), (5, 11, false), (4, 11, false), (6, 11, true)]
        {
            assert_eq!(prove(&mut person, &passkey(count, at)).is_ok(), counts, "{count} {at}");
        }
    }

    #[test]
    fn a_browser_keeps_one_session_and_a_person_some() {
        let (mut person, now) = (person(), Timestamp(0));
        assert!(!begin(&mut person, &new("1", "d"), now, None), "the first is no news");
        assert!(!begin(&mut person, &new("2", "d"), now, Some("1")));
        assert!(begin(&mut person, &new("3", "e"), now, None), "another browser is");
        let hashes: Vec<_> = person.profile.sessions.iter().map(|s| s.hash.as_str()).collect();
        assert_eq!(hashes, ["2", "3"]);
        for more in 0..2 * SESSIONS_MAX.max(DEVICES_MAX) {
            begin(&mut person, &new("x", &more.to_string()), now, None);
        }
        assert_eq!(person.profile.sessions.len(), SESSIONS_MAX);
        assert_eq!(person.profile.devices.len(), DEVICES_MAX);
    }
}
