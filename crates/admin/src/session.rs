//! Sign in, ask who is signed in, prove the second factor again, sign out.

use crate::desk::{Desk, wrong};
use crate::hashing::Lane;
use crate::view::SessionView;
use crate::visitor::{AtDesk, Signed, Visitor};
use axum::Extension;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use domain::identity::operator;
use domain::people::end_sessions::{EndSessions, Which};
use domain::people::sign_in::{NewSession, Proof, SignIn};
use domain::people::staff::Email;
use domain::people::step_up::StepUp;
use domain::people::{Contact, Person};
use edge::answer::Answer;
use edge::auth::sessions::{Token, contact, places, token_hash};
use edge::auth::{browser, named_merchant};
use edge::extract::Ask;
use edge::message::Message;
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use engine::EngineError;
use serde::Deserialize;

/// What somebody signs in with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInBody {
    email: String,
    password: String,
    totp: Option<String>,
}

/// A second factor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorBody {
    totp: String,
}

/// Begins a session, for whoever proves who he is.
pub async fn sign_in(
    Extension(desk): AtDesk,
    visitor: Visitor,
    State(door): State<RouteState>,
    ask: Ask<SignInBody>,
) -> Result<Response, Problem> {
    let (app, body) = (&door.app, ask.body);
    let (engine, vault) = (app.engine(), app.engine().vault());
    // What is no address is nobody's, and takes as long.
    let email = Email::parse(&body.email).map(|email| email.as_str().to_owned());
    let account = vault.person_tag(operator(), email.as_deref().unwrap_or(&body.email));
    let person = engine.reader().person_by_email(&account).await?;
    let attempt = visitor.attempt(account, person.as_ref());
    desk.attempts().check(&attempt, engine.now())?;
    let lane = if attempt.device.is_some() { Lane::Known } else { Lane::Strangers };
    let hash = person.as_ref().and_then(|person| person.profile.password.clone());
    let same =
        desk.hashing().compare(lane, &body.password, hash.as_deref().unwrap_or_default()).await?;
    let who = person.as_ref().map(|person| person.id);
    let Some(person) = person.filter(|_| same) else {
        return Err(desk.refuse(&attempt, who).await);
    };
    let Some(totp) = body.totp else {
        let detail = "the password is right; send the code of the second factor as `totp`";
        return Err(Problem::new(ErrorCode::SecondFactorRequired, detail));
    };
    let contact = contact(app, &person).await?;
    let Some(proof) = proof(&person, &contact, &totp, engine.now().0 / 1_000_000) else {
        return Err(desk.refuse(&attempt, who).await);
    };
    match begin(&desk, &visitor, (&person, contact), hash, proof).await {
        Err(problem) if problem.code == ErrorCode::Unauthorized => {
            Err(desk.refuse(&attempt, who).await)
        }
        Ok(answer) => {
            desk.attempts().succeeded(&attempt);
            Ok(answer)
        }
        failed => failed,
    }
}

/// The second factor that a text is: a one-time code of about now, or a recovery code that is left.
pub fn proof(person: &Person, contact: &Contact, text: &str, seconds: i64) -> Option<Proof> {
    let secret = contact.totp.as_deref().filter(|_| person.profile.has_factor);
    if let Some(step) = secret.and_then(|secret| vault::totp_step(secret, text, seconds)) {
        return Some(Proof::Code(step));
    }
    let hash = recovery_hash(text);
    person.profile.recovery.contains(&hash).then_some(Proof::Recovery(hash))
}

/// What is kept of a recovery code, however it was typed.
pub fn recovery_hash(text: &str) -> String {
    let typed = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    token_hash(&typed.collect::<String>())
}

/// Begins a session; the cookies are new, whatever the browser had before.
pub async fn begin(
    desk: &Desk,
    visitor: &Visitor,
    (person, contact): (&Person, Contact),
    password: Option<String>,
    proof: Proof,
) -> Result<Response, Problem> {
    let app = desk.app();
    let places = places(app, person, &contact).await?;
    let places = places.into_iter().map(|place| place.merchant).collect();
    let person = person.id;
    let before = visitor.session.as_deref().map(Token::of);
    let (token, device) = (Token::new(person), device(visitor));
    let session = NewSession {
        hash: token.hash(),
        device: token_hash(&device),
        agent: visitor.agent.clone(),
        address: visitor.written_address(),
    };
    let own_before = before.as_ref().filter(|before| before.person() == Some(person));
    let before_hash = own_before.map(Token::hash);
    let sign_in = SignIn { person, password, proof, session, before: before_hash, places };
    let origin = visitor.origin(app, Some(person));
    let signed = app.engine().run(origin, sign_in).await;
    let signed = signed.map_err(refused)?;
    if let Some(other) = before.filter(|before| before.person() != Some(person)) {
        end(desk, visitor, &other).await?;
    }
    app.sessions().forget_of(person);
    if signed.new_device {
        let (address, agent) = (visitor.written_address(), visitor.agent.clone());
        app.tell(Message::new_device(&contact, &address, &agent));
    }
    let found = app.sessions().find(app, &token).await?;
    let found = found.ok_or_else(|| Problem::internal("a session is over as it begins"))?;
    let view = SessionView::of(app, &found, None);
    let mut answer = Answer::ok(view).into_response();
    cookie(&mut answer, &browser::set_session(app, token.as_str()));
    cookie(&mut answer, &browser::set_device(app, &device));
    Ok(answer)
}

/// The browser's own token, or a new one.
fn device(visitor: &Visitor) -> String {
    let good =
        |token: &String| token.len() == 32 && token.bytes().all(|c| c.is_ascii_alphanumeric());
    visitor.device.clone().filter(good).unwrap_or_else(|| vault::new_secret(""))
}

/// A refusal of the rule is one to whoever does not prove who he is; everything else is as everywhere.
fn refused(error: EngineError) -> Problem {
    match error {
        EngineError::Refused(domain::Refusal::WrongState { code: "unauthorized", .. }) => wrong(),
        error => error.into(),
    }
}

fn cookie(answer: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// Who is signed in, as a reload of the console asks.
pub async fn current(
    Signed(signed_in): Signed,
    State(door): State<RouteState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let named = named_merchant(&parts)?;
    Ok(Answer::ok(SessionView::of(&door.app, &signed_in, named)).into_response())
}

/// Proves the second factor again: it counts for ten minutes.
pub async fn step_up(
    Extension(desk): AtDesk,
    visitor: Visitor,
    Signed(signed_in): Signed,
    State(door): State<RouteState>,
    ask: Ask<FactorBody>,
) -> Result<Response, Problem> {
    let (app, engine) = (&door.app, door.app.engine());
    let person = engine.reader().person(signed_in.person).await?;
    let person = person.ok_or_else(Problem::unauthorized)?;
    let account = person.email.unwrap_or_default();
    let attempt = visitor.attempt(account, Some(&person));
    desk.attempts().check(&attempt, engine.now())?;
    let contact = contact(app, &person).await?;
    let Some(proof) = proof(&person, &contact, &ask.body.totp, engine.now().0 / 1_000_000) else {
        return Err(desk.refuse(&attempt, Some(person.id)).await);
    };
    let (session, address) = (signed_in.session.hash.clone(), visitor.written_address());
    let step_up = StepUp { person: person.id, session, proof, address };
    if let Err(error) = engine.run(signed_in.origin(app), step_up).await {
        let problem = refused(error);
        if problem.code == ErrorCode::Unauthorized {
            return Err(desk.refuse(&attempt, Some(person.id)).await);
        }
        return Err(problem);
    }
    desk.attempts().succeeded(&attempt);
    app.sessions().forget_of(person.id);
    let token = Token::of(visitor.session.as_deref().unwrap_or_default());
    let found = app.sessions().find(app, &token).await?.ok_or_else(Problem::unauthorized)?;
    Ok(Answer::ok(SessionView::of(app, &found, None)).into_response())
}

/// Ends the session.
pub async fn sign_out(
    Extension(desk): AtDesk,
    Signed(signed_in): Signed,
) -> Result<Response, Problem> {
    let app = desk.app();
    let which = Which::One(signed_in.session.hash.clone());
    let end = EndSessions { person: signed_in.person, which };
    app.engine().run(signed_in.origin(app), end).await?;
    app.sessions().forget_of(signed_in.person);
    let mut answer = StatusCode::NO_CONTENT.into_response();
    cookie(&mut answer, &browser::end_session(app));
    Ok(answer)
}

/// Ends the session of another person that the browser had before.
async fn end(desk: &Desk, visitor: &Visitor, token: &Token) -> Result<(), Problem> {
    let Some(person) = token.person() else { return Ok(()) };
    let end = EndSessions { person, which: Which::One(token.hash()) };
    let engine = desk.app().engine();
    let ended = engine.run(visitor.origin(desk.app(), None), end).await;
    desk.app().sessions().forget_of(person);
    match ended {
        // There is no such person.
        Ok(_) | Err(EngineError::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
