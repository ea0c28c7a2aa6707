//! People: who signs in, by what he proves who he is, his sessions, and what he may do.
//!
//! A person is one row of the operator's: everything that is decided about him is decided under its lock. Secrets are
//! known here only sealed or as hashes; whoever calls has compared them, and says what he compared. Where a person works
//! and with which roles are resources of the merchants ([`staff`], [`role`]).

pub mod change_person;
pub mod end_sessions;
pub mod enter_merchant;
pub mod fact;
pub mod grant;
pub mod invite;
pub mod network;
pub mod password;
pub mod prepare_link;
pub mod refuse_access;
pub mod refuse_sign_in;
pub mod rights;
pub mod role;
pub mod sign_in;
pub mod staff;
pub mod step_up;
pub mod throttle;
pub mod touch_session;
pub mod use_link;
pub mod world;

use crate::outcome::Answer;
use crate::{Refusal, World};
use kernel::limits::{SESSION_IDLE_SECONDS, SESSION_SECONDS, STEP_UP_SECONDS};
use kernel::{Id16, MerchantId, PersonId, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    People:
    "sign_in" => sign_in::SignIn,
    "step_up" => step_up::StepUp,
    "touch_session" => touch_session::TouchSession,
    "end_sessions" => end_sessions::EndSessions,
    "invite" => invite::Invite,
    "prepare_link" => prepare_link::PrepareLink,
    "use_link" => use_link::UseLink,
    "change_person" => change_person::ChangePerson,
    "refuse_sign_in" => refuse_sign_in::RefuseSignIn,
    "refuse_access" => refuse_access::RefuseAccess,
    "enter_merchant" => enter_merchant::EnterMerchant,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// His id.
    pub id: PersonId,
    /// Tag of his mail address; none until he has told it.
    pub email: Option<Id16>,
    /// His [`Contact`], sealed.
    pub sealed: Vec<u8>,
    /// When he was made.
    pub created_at: Timestamp,
    /// By what he proves who he is, and where he is signed in.
    pub profile: Profile,
}

/// What is sealed of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// His name.
    pub name: String,
    /// His mail address, in lower case.
    pub email: String,
    /// The secret of his one-time codes, in base32.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp: Option<String>,
}

/// By what a person proves who he is, and where he is signed in. Hashes are written as ids are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The hash of his password with its parameters; none until he has chosen one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// When he chose it.
    #[serde(default)]
    pub password_at: Timestamp,
    /// Whether he has a second factor.
    #[serde(default)]
    pub has_factor: bool,
    /// The step of the last one-time code that was taken: a code counts once.
    #[serde(default)]
    pub last_step: i64,
    /// When the last challenge was made that a passkey signed: it counts once.
    #[serde(default)]
    pub last_challenge: Timestamp,
    /// Hashes of recovery codes that are left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recovery: Vec<String>,
    /// Keys of his devices that sign for him.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passkeys: Vec<Passkey>,
    /// Merchants that may have roles for him; the operator among them as a merchant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<MerchantId>,
    /// Sessions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Browsers from which he signed in, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
    /// The link with which he sets himself up, or gets in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Hash of its token.
    pub hash: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last seen in use, to within minutes.
    pub seen_at: Timestamp,
    /// When a second factor was last proven.
    pub factor_at: Option<Timestamp>,
    /// Hash of the browser's token.
    pub device: String,
    /// What the browser says that it is.
    pub agent: String,
    /// From which address it began.
    pub address: String,
}

/// A browser from which a person signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Hash of its token.
    pub hash: String,
    /// When it was first seen.
    pub first_at: Timestamp,
    /// When a session last began there.
    pub last_at: Timestamp,
}

/// A key of a device that signs for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// The credential's id, in base64url.
    pub id: String,
    /// What he calls it.
    pub name: String,
    /// The public key as a point of P-256, in base64url.
    pub key: String,
    /// The largest count of signatures that it told.
    pub count: u32,
    /// When it was added.
    pub created_at: Timestamp,
}

/// A link that is used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Hash of its token.
    pub hash: String,
    /// What it is for.
    pub kind: LinkKind,
    /// Until when it may be used.
    pub until: Timestamp,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The first person of an instance.
    SetUp,
    /// A person whom a merchant or the operator took in.
    Invitation,
    /// A person who was locked out.
    Recovery,
}

/// The person who sets an instance up, before he has told who he is.
pub const FIRST: PersonId = PersonId([0; 16]);

impl Session {
    /// Whether it still opens anything.
    pub fn lives(&self, now: Timestamp) -> bool {
        let seconds = |since: Timestamp| (now.0 - since.0) / 1_000_000;
        seconds(self.created_at) < SESSION_SECONDS && seconds(self.seen_at) < SESSION_IDLE_SECONDS
    }

    /// Whether a second factor was proven just now, as dangerous acts want it.
    pub fn is_stepped_up(&self, now: Timestamp) -> bool {
        self.factor_at.is_some_and(|at| now.0 - at.0 < STEP_UP_SECONDS * 1_000_000)
    }
}

impl Person {
    /// A person of whom nothing is known.
    pub fn new(id: PersonId, now: Timestamp) -> Self {
        let profile = Profile::default();
        Self { id, email: None, sealed: Vec::new(), created_at: now, profile }
    }

    /// The session of a hash, if it still opens anything.
    pub fn session(&self, hash: &str, now: Timestamp) -> Option<&Session> {
        self.profile.sessions.iter().find(|session| session.hash == hash && session.lives(now))
    }
}

/// The one answer to whoever does not prove who he is: it does not tell what was wrong.
pub const REFUSED: Refusal = Refusal::WrongState {
    code: "unauthorized",
    detail: "the address, the password or the code is wrong, or the session is over",
};

/// A person of the world, for changing.
fn require(world: &mut World, id: PersonId) -> Result<&mut Person, Refusal> {
    world.people.people.change(&id).ok_or(REFUSED)
}

impl Answer for Person {}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_US: i64 = 3_600_000_000;

    #[test]
    fn a_session_ends_when_nobody_uses_it_and_after_a_working_day() {
        let session = |created: i64, seen: i64| Session {
            hash: String::new(),
            created_at: Timestamp(created),
            seen_at: Timestamp(seen),
            factor_at: Some(Timestamp(created)),
            device: String::new(),
            agent: String::new(),
            address: String::new(),
        };
        let idle = SESSION_IDLE_SECONDS * 1_000_000;
        for (created, seen, now, lives) in [
            (0, 0, 0, true),
            (0, 0, idle - 1, true),
            (0, 0, idle, false),
            (0, 11 * HOUR_US, 11 * HOUR_US + 1, true),
            (0, 12 * HOUR_US - 1, 12 * HOUR_US, false),
        ] {
            assert_eq!(session(created, seen).lives(Timestamp(now)), lives, "{seen} {now}");
        }
        assert!(session(0, 0).is_stepped_up(Timestamp(599_999_999)));
        assert!(!session(0, 0).is_stepped_up(Timestamp(600_000_000)));
    }
}
