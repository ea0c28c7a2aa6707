//! People who are signed in, kept in memory by the hash of their session's cookie.
//!
//! What a session may do is read anew while it is in use, by one request while the others go on with what is known: so a
//! session that another process ended, or a role that it took away, is refused a second later at most. What this process
//! ended is refused from the answer on.

use super::place::{self, Place};
use crate::app::App;
use crate::problem::Problem;
use domain::people::touch_session::TouchSession;
use domain::people::{Contact, Person, Session};
use engine::Engine;
use kernel::{Id16, MerchantId, PersonId, Timestamp, id};
use parking_lot::{Mutex, RwLock};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Cache TTL before revalidation.
const FRESH: Duration = Duration::from_millis(400);
/// Cache TTL after which an entry is not used at all.
const STALE: Duration = Duration::from_millis(900);
/// When so many sessions are in use, all are read again.
const KNOWN_MAX: usize = 10_000;
/// How old what is kept of a session's use may be, before it is written again.
const TOUCH_US: i64 = 120_000_000;
/// How long an entry of the operator stands for, in microseconds.
const ENTRY_US: i64 = 3_600_000_000;
/// Characters of a written id, with which a cookie begins.
const ID_CHARS: usize = 26;

/// The sessions in use.
#[derive(Default)]
pub struct Sessions {
    table: RwLock<Table>,
    /// When people of the operator last entered a merchant.
    entries: Mutex<HashMap<(PersonId, MerchantId), Timestamp>>,
}

#[derive(Default)]
struct Table {
    known: HashMap<[u8; 32], Known>,
    /// Counts what was ended, so that a read that was under way meanwhile is not kept.
    endings: u64,
}

struct Known {
    signed_in: Arc<SignedIn>,
    read_at: Instant,
    being_read: AtomicBool,
}

/// A person in a session, with where he works and what he may do there.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// His name and address.
    pub contact: Contact,
    /// The session.
    pub session: Session,
    /// What his requests carry, so that no other site can send one in his name.
    pub csrf: String,
    /// Where he works.
    pub places: Vec<Place>,
    /// Whether he must choose another password before anything else.
    pub must_change_password: bool,
    touched: AtomicBool,
}

/// The token of a session, as its cookie holds it: whose, and 160 random bits.
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn new(person: PersonId) -> Self {
        Self(vault::new_secret(&id::encode(&person.0)))
    }

    /// That of a cookie.
    pub fn of(cookie: &str) -> Self {
        Self(cookie.to_owned())
    }

    /// As the cookie holds it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whose it says it is.
    pub fn person(&self) -> Option<PersonId> {
        let (person, rest) = self.0.split_at_checked(ID_CHARS)?;
        (!rest.is_empty()).then(|| id::decode(person).map(PersonId))?
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        short(Sha256::digest(self.0.as_bytes()).into())
    }

    /// What a request with this cookie carries beside it.
    pub fn csrf(&self) -> String {
        let digest = Sha256::new().chain_update(b"tessera csrf 1\0").chain_update(&self.0);
        short(digest.finalize().into())
    }
}

/// What is stored of a random token that is no session's.
pub fn token_hash(token: &str) -> String {
    short(Sha256::digest(token.as_bytes()).into())
}

fn short(digest: [u8; 32]) -> String {
    let half: Id16 = std::array::from_fn(|at| digest[at]);
    id::encode(&half)
}

impl Sessions {
    /// Who is signed in with a token, if it still opens anything. That is a use of the session.
    pub async fn find(&self, app: &App, token: &Token) -> Result<Option<Arc<SignedIn>>, Problem> {
        let found = self.look(app, token).await?;
        if let Some(found) = &found {
            touch(app, found);
        }
        Ok(found)
    }

    /// The same where nobody uses the session: it ends when its time is over.
    pub async fn look(&self, app: &App, token: &Token) -> Result<Option<Arc<SignedIn>>, Problem> {
        let Some(person) = token.person() else { return Ok(None) };
        let key: [u8; 32] = Sha256::digest(token.as_str().as_bytes()).into();
        let now = Instant::now();
        let found = match self.known(&key, now) {
            Some(known) => Some(known),
            None => {
                let endings = self.table.read().endings;
                let read = read(app, person, token).await?.map(Arc::new);
                self.keep(key, read.clone(), now, endings);
                read
            }
        };
        Ok(found.filter(|found| found.session.lives(app.engine().now())))
    }

    /// Whether it is an hour or more since a person of the operator entered a merchant.
    pub(super) fn enters(&self, person: PersonId, merchant: MerchantId, now: Timestamp) -> bool {
        let entries = self.entries.lock();
        entries.get(&(person, merchant)).is_none_or(|at| now.0 - at.0 >= ENTRY_US)
    }

    /// He entered, and that is recorded.
    pub(super) fn entered(&self, person: PersonId, merchant: MerchantId, now: Timestamp) {
        let mut entries = self.entries.lock();
        entries.retain(|_, at| now.0 - at.0 < ENTRY_US);
        entries.insert((person, merchant), now);
    }

    /// Forgets the sessions of a person: one began, ended or changed.
    pub fn forget_of(&self, person: PersonId) {
        let mut table = self.table.write();
        table.known.retain(|_, known| known.signed_in.person != person);
        table.endings += 1;
    }

    /// Forgets everybody: what somebody may do changed.
    pub fn forget(&self) {
        let mut table = self.table.write();
        table.known.clear();
        table.endings += 1;
    }

    fn known(&self, key: &[u8; 32], now: Instant) -> Option<Arc<SignedIn>> {
        let table = self.table.read();
        let known = table.known.get(key)?;
        let age = now.saturating_duration_since(known.read_at);
        let somebody_reads = || known.being_read.swap(true, Ordering::Relaxed);
        (age < FRESH || (age < STALE && somebody_reads())).then(|| Arc::clone(&known.signed_in))
    }

    fn keep(&self, key: [u8; 32], read: Option<Arc<SignedIn>>, read_at: Instant, endings: u64) {
        let mut table = self.table.write();
        match read {
            Some(signed_in) if table.endings == endings => {
                if table.known.len() >= KNOWN_MAX {
                    table.known.clear();
                }
                let being_read = AtomicBool::new(false);
                table.known.insert(key, Known { signed_in, read_at, being_read });
            }
            _ => {
                table.known.remove(&key);
            }
        }
    }
}

/// Reads a session with everything that hangs on it.
async fn read(app: &App, person: PersonId, token: &Token) -> Result<Option<SignedIn>, Problem> {
    let reader = app.engine().reader();
    let Some(person) = reader.person(person).await? else { return Ok(None) };
    let Some(session) = person.session(&token.hash(), app.engine().now()).cloned() else {
        return Ok(None);
    };
    let contact = contact(app, &person).await?;
    let places = places(app, &person, &contact).await?;
    let must_change_password = is_old(app, person.profile.password_at);
    let csrf = token.csrf();
    let (person, touched) = (person.id, AtomicBool::new(false));
    Ok(Some(SignedIn { person, contact, session, csrf, places, must_change_password, touched }))
}

/// Where a person works now.
pub async fn places(app: &App, person: &Person, contact: &Contact) -> Result<Vec<Place>, Problem> {
    let mut places = Vec::new();
    for merchant in &person.profile.places {
        places.extend(place::read(app.engine().reader(), *merchant, &contact.email).await?);
    }
    Ok(places)
}

/// A person's contact, opened.
pub async fn contact(app: &App, person: &Person) -> Result<Contact, Problem> {
    let vault = app.engine().vault_for([&person.sealed[..]]).await;
    let clear = vault.unseal(&deliver::seal::person_place(&person.id.0), &person.sealed)?;
    serde_json::from_slice(&clear).map_err(|_| Problem::internal("a person's contact"))
}

/// A contact, sealed for a person.
pub fn seal_contact(
    engine: &Engine,
    person: PersonId,
    contact: &Contact,
) -> Result<Vec<u8>, Problem> {
    let clear = serde_json::to_vec(contact).map_err(Problem::internal)?;
    Ok(engine.vault().seal(&deliver::seal::person_place(&person.0), &clear))
}

fn is_old(app: &App, password_at: Timestamp) -> bool {
    let days = app.settings().password_days.map(i64::from);
    days.is_some_and(|days| app.engine().now() >= password_at.plus_days(days))
}

/// Keeps that the session is in use, every few minutes and beside the request.
fn touch(app: &App, found: &Arc<SignedIn>) {
    let age = app.engine().now().0 - found.session.seen_at.0;
    if age < TOUCH_US || found.touched.swap(true, Ordering::Relaxed) {
        return;
    }
    let touch = TouchSession { person: found.person, session: found.session.hash.clone() };
    let engine = app.engine().clone();
    tokio::spawn(async move {
        let origin = engine.internal(domain::identity::operator());
        // Where it does not succeed, the next request tries again.
        let _ = engine.run(origin, touch).await;
    });
}

impl SignedIn {
    /// Where he works at a merchant.
    pub fn place(&self, merchant: MerchantId) -> Option<&Place> {
        self.places.iter().find(|place| place.merchant == merchant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_in() -> Arc<SignedIn> {
        let session = Session {
            hash: String::new(),
            created_at: Timestamp(0),
            seen_at: Timestamp(0),
            factor_at: None,
            device: String::new(),
            agent: String::new(),
            address: String::new(),
        };
        Arc::new(SignedIn {
            person: PersonId([1; 16]),
            contact: Contact::default(),
            session,
            csrf: String::new(),
            places: Vec::new(),
            must_change_password: false,
            touched: AtomicBool::new(false),
        })
    }

    #[test]
    fn what_was_ended_here_is_forgotten_also_by_a_read_that_was_under_way() {
        let (sessions, start) = (Sessions::default(), Instant::now());
        sessions.keep([1; 32], Some(signed_in()), start, 0);
        assert!(sessions.known(&[1; 32], start).is_some());
        sessions.forget();
        assert!(sessions.known(&[1; 32], start).is_none());
        sessions.keep([1; 32], Some(signed_in()), start, 0);
        assert!(sessions.known(&[1; 32], start).is_none(), "the read began before");
        sessions.keep([1; 32], Some(signed_in()), start, 1);
        assert!(sessions.known(&[1; 32], start + FRESH / 2).is_some());
        assert!(sessions.known(&[1; 32], start + FRESH).is_none(), "the first reads again");
        assert!(sessions.known(&[1; 32], start + FRESH).is_some(), "the second goes on");
        assert!(sessions.known(&[1; 32], start + STALE).is_none(), "nobody goes on for long");
    }

    #[test]
    fn a_token_says_whose_it_is_and_nothing_stored_leads_back_to_it() {
        let person = PersonId([7; 16]);
        let token = Token::new(person);
        assert_eq!(Token::of(token.as_str()).person(), Some(person));
        assert_eq!(Token::of(token.as_str()).hash(), token.hash());
        let told = [token.hash(), token.csrf()];
        assert!(told[0] != told[1] && told.iter().all(|told| !token.as_str().contains(told)));
        for wrong in ["", "x", &id::encode(&[7; 16]), "öööööööööööööööööööööööööö"]
        {
            assert_eq!(Token::of(wrong).person(), None, "{wrong}");
        }
    }
}
