//! What a person changes of his own: password and recovery codes.

use crate::hashing::Lane;
use crate::session::recovery_hash;
use crate::visitor::{AtDesk, Present, Signed, SteppedUp, Visitor};
use axum::Extension;
use axum::extract::State;
use domain::people::change_person::{Change, ChangePerson};
use domain::people::{Person, password};
use edge::App;
use edge::answer::{Answer, Answered};
use edge::auth::sessions::SignedIn;
use edge::extract::{Ask, Nothing};
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use kernel::limits::RECOVERY_CODES;
use serde::{Deserialize, Serialize};

/// Characters of a recovery code: 80 random bits.
const CODE_CHARS: usize = 16;

/// Recovery codes, shown once.
#[derive(Serialize)]
pub struct Codes {
    recovery_codes: Vec<String>,
}

/// Another password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordBody {
    password: String,
    new_password: String,
}

/// Nothing to say.
#[derive(Serialize)]
pub struct Done {}

/// Fresh recovery codes, with what is kept of them.
pub fn recovery_codes() -> (Codes, Vec<String>) {
    let code = |_| {
        let secret = vault::new_secret("");
        let four = |at: usize| &secret[at * 4..at * 4 + 4];
        (0..CODE_CHARS / 4).map(four).collect::<Vec<_>>().join("-")
    };
    let codes: Vec<String> = (0..RECOVERY_CODES).map(code).collect();
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    (Codes { recovery_codes: codes }, hashes)
}

/// Chooses another password. All other sessions end. A person whose password is too old may do this alone.
pub async fn change_password(
    Extension(desk): AtDesk,
    visitor: Visitor,
    Signed(signed_in): Signed,
    State(door): State<RouteState>,
    ask: Ask<PasswordBody>,
) -> Answered<Done> {
    let (app, body) = (&door.app, ask.body);
    let person = person(app, &signed_in).await?;
    let attempt = visitor.attempt(person.email.unwrap_or_default(), Some(&person));
    desk.attempts().check(&attempt, app.engine().now())?;
    let was = person.profile.password.clone();
    let hash = was.as_deref().unwrap_or_default();
    if !desk.hashing().compare(Lane::Known, &body.password, hash).await? {
        return Err(desk.refuse(&attempt, Some(person.id)).await);
    }
    let contact = &signed_in.contact;
    password::check(&body.new_password, &[&contact.name, &contact.email])
        .map_err(|refusal| rename(refusal.into()))?;
    if body.new_password == body.password {
        return Err(Problem::invalid("new_password", "choose another one than before"));
    }
    let new = desk.hashing().make(&body.new_password).await?;
    change(app, &signed_in, Change::Password { was, new }).await?;
    Ok(Answer::ok(Done {}))
}

/// Draws new recovery codes; those of before are worth nothing.
pub async fn renew_codes(
    SteppedUp(signed_in): SteppedUp,
    State(door): State<RouteState>,
    _: Ask<Nothing>,
) -> Answered<Codes> {
    let (codes, hashes) = recovery_codes();
    change(&door.app, &signed_in, Change::Recovery(hashes)).await?;
    Ok(Answer::ok(codes))
}

/// The person who is signed in, as he is stored.
pub async fn person(app: &App, signed_in: &SignedIn) -> Result<Person, Problem> {
    let found = app.engine().reader().person(signed_in.person).await?;
    found.ok_or_else(Problem::unauthorized)
}

/// Changes something of the person who is signed in.
pub async fn change(app: &App, present: &Present, change: Change) -> Result<(), Problem> {
    let session = Some(present.session.hash.clone());
    let change = ChangePerson { person: present.person, session, change };
    app.engine().run(present.origin(app), change).await?;
    app.sessions().forget_of(present.person);
    Ok(())
}

fn rename(mut problem: Problem) -> Problem {
    if problem.code == ErrorCode::Invalid {
        problem.errors.iter_mut().for_each(|error| error.field = format!("new_{}", error.field));
    }
    problem
}
