//! The routes of passkeys.

use super::verify::{ClientData, decode, encode, made, signed};
use super::{challenge, rp_id};
use crate::account::{Done, change, person};
use crate::desk::wrong;
use crate::session::begin;
use crate::visitor::{AtDesk, Signed, SteppedUp, Visitor};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::people::Passkey;
use domain::people::change_person::Change;
use domain::people::sign_in::Proof;
use edge::App;
use edge::answer::{Answer, Answered};
use edge::auth::browser::is_own;
use edge::auth::sessions::contact;
use edge::extract::{Ask, At, Nothing};
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use kernel::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a browser is asked to make a passkey with.
#[derive(Serialize)]
pub struct Wanted {
    challenge: String,
    rp_id: String,
    user_id: String,
    user_name: String,
    user_display_name: String,
    exclude: Vec<String>,
}

/// What a browser is asked to sign in with.
#[derive(Serialize)]
pub struct WantedSignature {
    challenge: String,
    rp_id: String,
}

/// A passkey that was made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    name: edge::wire::Name,
    client_data: String,
    attestation: String,
}

/// What a passkey signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    id: String,
    user_id: String,
    client_data: String,
    authenticator_data: String,
    signature: String,
}

/// The passkeys of a person.
#[derive(Serialize)]
pub struct Passkeys {
    data: Vec<PasskeyLine>,
}

#[derive(Serialize)]
struct PasskeyLine {
    id: String,
    name: String,
    created_at: Timestamp,
}

fn name(app: &App) -> Result<String, Problem> {
    let detail = "this instance is reached by an address of numbers, to which no passkey is bound";
    rp_id(app).ok_or_else(|| Problem::new(ErrorCode::Forbidden, detail))
}

fn draw_challenge(app: &App) -> String {
    let engine = app.engine();
    // Drawn by the system: 160 bits, of which 128 are enough.
    let random = vault::key_hash(&vault::new_secret(""));
    let random = std::array::from_fn(|at| random[at]);
    encode(&challenge::new(&engine.vault(), engine.now(), random))
}

/// When the challenge was made that a browser answers, if everything about it is as it must be.
fn answered(app: &App, kind: &str, client_data: &[u8]) -> Option<Timestamp> {
    let said: ClientData = serde_json::from_slice(client_data).ok()?;
    (said.kind == kind && is_own(app.settings(), &said.origin)).then_some(())?;
    let engine = app.engine();
    challenge::made_at(&engine.vault(), &decode(&said.challenge)?, engine.now())
}

/// Draws what a browser makes a passkey with.
pub async fn draw(
    SteppedUp(signed_in): SteppedUp,
    State(door): State<RouteState>,
    _: Ask<Nothing>,
) -> Answered<Wanted> {
    let app = &door.app;
    let known = person(app, &signed_in).await?.profile.passkeys;
    let contact = &signed_in.contact;
    Ok(Answer::ok(Wanted {
        challenge: draw_challenge(app),
        rp_id: name(app)?,
        user_id: encode(&signed_in.person.0),
        user_name: contact.email.clone(),
        user_display_name: contact.name.clone(),
        exclude: known.into_iter().map(|passkey| passkey.id).collect(),
    }))
}

/// Keeps a passkey.
pub async fn add(
    SteppedUp(signed_in): SteppedUp,
    State(door): State<RouteState>,
    ask: Ask<NewPasskey>,
) -> Answered<Done> {
    let (app, body) = (&door.app, ask.body);
    let unfit = || Problem::invalid("attestation", "is no passkey that was made here and now");
    let client_data = decode(&body.client_data).ok_or_else(unfit)?;
    answered(app, "webauthn.create", &client_data).ok_or_else(unfit)?;
    let attestation = decode(&body.attestation).ok_or_else(unfit)?;
    let made = made(&attestation, &name(app)?).ok_or_else(unfit)?;
    let (name, created_at) = (body.name.0, app.engine().now());
    let passkey = Passkey { id: made.id, name, key: made.key, count: made.count, created_at };
    change(app, &signed_in, Change::AddPasskey(passkey)).await?;
    Ok(Answer::created(Done {}))
}

/// Lists the passkeys of the person who asks.
pub async fn list(Signed(signed_in): Signed, State(door): State<RouteState>) -> Answered<Passkeys> {
    let passkeys = person(&door.app, &signed_in).await?.profile.passkeys;
    let line = |passkey: Passkey| PasskeyLine {
        id: passkey.id,
        name: passkey.name,
        created_at: passkey.created_at,
    };
    Ok(Answer::ok(Passkeys { data: passkeys.into_iter().map(line).collect() }))
}

/// Takes a passkey away.
pub async fn remove(
    SteppedUp(signed_in): SteppedUp,
    State(door): State<RouteState>,
    At(id): At<String>,
) -> Answered<Done> {
    change(&door.app, &signed_in, Change::RemovePasskey(id)).await?;
    Ok(Answer::ok(Done {}))
}

/// Draws what a browser signs in with.
pub async fn draw_sign_in(
    _: Visitor,
    State(door): State<RouteState>,
    _: Ask<Nothing>,
) -> Answered<WantedSignature> {
    let (challenge, rp_id) = (draw_challenge(&door.app), name(&door.app)?);
    Ok(Answer::ok(WantedSignature { challenge, rp_id }))
}

/// Begins a session with a passkey, which stands in for password and code.
pub async fn sign_in(
    Extension(desk): AtDesk,
    visitor: Visitor,
    State(door): State<RouteState>,
    ask: Ask<Assertion>,
) -> Result<Response, Problem> {
    let (app, body) = (&door.app, ask.body);
    let id = decode(&body.user_id).and_then(|id| id.try_into().ok()).map(PersonId);
    let person = match id {
        Some(id) => app.engine().reader().person(id).await?,
        None => None,
    };
    let account = person.as_ref().and_then(|person| person.email).unwrap_or_default();
    let attempt = visitor.attempt(account, person.as_ref());
    desk.attempts().check(&attempt, app.engine().now())?;
    let who = person.as_ref().map(|person| person.id);
    let proof = person.as_ref().and_then(|person| proof(app, &person.profile.passkeys, &body));
    let (Some(person), Some(proof)) = (person, proof) else {
        return Err(desk.refuse(&attempt, who).await);
    };
    let contact = contact(app, &person).await?;
    match begin(&desk, &visitor, (&person, contact), None, proof).await {
        Err(problem) if problem.code == ErrorCode::Unauthorized => {
            desk.refuse(&attempt, who).await;
            Err(wrong())
        }
        Ok(answer) => {
            desk.attempts().succeeded(&attempt);
            Ok(answer)
        }
        failed => failed,
    }
}

fn proof(app: &App, known: &[Passkey], body: &Assertion) -> Option<Proof> {
    let passkey = known.iter().find(|passkey| passkey.id == body.id)?;
    let client_data = decode(&body.client_data)?;
    let at = answered(app, "webauthn.get", &client_data)?;
    let (data, signature) = (decode(&body.authenticator_data)?, decode(&body.signature)?);
    let count = signed(&passkey.key, &rp_id(app)?, &data, &client_data, &signature)?;
    Some(Proof::Passkey { id: passkey.id.clone(), count, at })
}
