//! A person's request: the session of its cookie, what proves that no other site sent it, and for whom he acts.

use super::browser;
use super::place::granted;
use super::refused::Came;
use super::sessions::{SignedIn, Token};
use crate::app::App;
use crate::problem::{ErrorCode, Problem};
use axum::http::Method;
use axum::http::request::Parts;
use domain::approval::standing::Standing;
use domain::context::{Actor, Origin};
use domain::identity::{Scope, operator};
use domain::people::REFUSED;
use domain::people::enter_merchant::EnterMerchant;
use domain::people::rights::Rights;
use kernel::{MerchantId, Mode, Tenant};
use std::sync::Arc;
use subtle::ConstantTimeEq;

const CSRF: &str = "x-csrf-token";
pub(super) const MERCHANT: &str = "x-tessera-merchant";
pub(super) const MODE: &str = "x-tessera-mode";

/// Who is signed in; what changes something carries the session's token beside the cookie.
pub async fn signed_in(app: &App, parts: &Parts) -> Result<Arc<SignedIn>, Problem> {
    let cookie = browser::session(app, &parts.headers).ok_or_else(|| nobody(parts))?;
    if let Some(came) = parts.extensions.get::<Came>() {
        came.from(app.settings().trusted_proxies.caller(parts));
    }
    browser::may_come(app, parts)?;
    let found = app.sessions().find(app, &Token::of(&cookie)).await?;
    let signed_in = found.ok_or_else(|| over(app, parts))?;
    if let Some(came) = parts.extensions.get::<Came>() {
        came.is(signed_in.person);
    }
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    let token = parts.headers.get(CSRF).map(|token| token.as_bytes()).unwrap_or_default();
    if !reads && !bool::from(signed_in.csrf.as_bytes().ct_eq(token)) {
        let detail = "send the session's `csrf` as `X-CSRF-Token`";
        return Err(Problem::new(ErrorCode::Csrf, detail));
    }
    Ok(signed_in)
}

/// The answer to whoever has neither key nor cookie.
fn nobody(parts: &Parts) -> Problem {
    if parts.uri.path().starts_with("/console/") {
        return Problem::new(ErrorCode::Unauthorized, "sign in first: POST /console/session");
    }
    Problem::unauthorized()
}

/// The answer to a cookie that opens nothing. Whoever tries many is told to wait, as with keys that do not exist.
fn over(app: &App, parts: &Parts) -> Problem {
    let guessed = app.guesses().refusal(app.settings().trusted_proxies.caller(parts));
    if guessed.code == ErrorCode::Unauthorized { Problem::from(REFUSED) } else { guessed }
}

/// Refuses a person whose second factor was proven too long ago for a dangerous act.
pub fn stepped_up(app: &App, signed_in: &SignedIn) -> Result<(), Problem> {
    if signed_in.session.is_stepped_up(app.engine().now()) {
        return Ok(());
    }
    let detail = "prove your second factor again first: POST /console/session/step-up";
    Err(Problem::new(ErrorCode::StepUpRequired, detail))
}

/// For which tenant a person acts, and what he may do there.
pub async fn acts(
    app: &App,
    parts: &Parts,
    signed_in: &SignedIn,
    scope: Scope,
) -> Result<(Tenant, Arc<Rights>, Standing), Problem> {
    if signed_in.must_change_password {
        let detail = "your password is too old; choose another one first";
        return Err(Problem::new(ErrorCode::Forbidden, detail));
    }
    let now = app.engine().now();
    let merchant = merchant(parts, signed_in, scope)?;
    let entered;
    let place = match signed_in.place(merchant) {
        Some(place) => place,
        // The operator's people enter where a merchant lets them in.
        None if signed_in.places.iter().any(super::place::Place::is_operator) => {
            entered = granted(app.engine().reader(), merchant, now).await?;
            let place = entered.as_ref().ok_or_else(elsewhere)?;
            record_entry(app, parts, signed_in, merchant).await?;
            place
        }
        None => return Err(elsewhere()),
    };
    let mode = mode(app, parts, merchant, scope, &place.rights.modes())?;
    let tenant = Tenant::new(merchant, mode);
    if let Some(came) = parts.extensions.get::<Came>() {
        came.belongs(tenant);
    }
    if scope.wants_factor() && parts.method != Method::GET {
        stepped_up(app, signed_in)?;
    }
    if !place.admits(app.settings().trusted_proxies.caller(parts)) {
        let detail = "this merchant's staff works from other networks";
        return Err(Problem::new(ErrorCode::Forbidden, detail));
    }
    let standing = place.standing(signed_in.person);
    Ok((tenant, Arc::clone(&place.rights), standing))
}

/// In which mode a person acts who has roles in these.
fn mode(
    app: &App,
    parts: &Parts,
    merchant: MerchantId,
    scope: Scope,
    modes: &[Mode],
) -> Result<Mode, Problem> {
    Ok(match header(parts, MODE) {
        // The operator has one book; who may do what stands in the live one.
        _ if merchant == operator().merchant() || scope.is_of_live_book() => Mode::Live,
        Some("live") => Mode::Live,
        Some("test") => Mode::Test,
        Some(_) => return Err(Problem::invalid("X-Tessera-Mode", "expected live or test")),
        None => match modes {
            [only] => *only,
            _ => app.settings().default_mode,
        },
    })
}

/// Records that a person of the operator enters a merchant, before anything is shown: once an hour.
async fn record_entry(
    app: &App,
    parts: &Parts,
    signed_in: &SignedIn,
    merchant: MerchantId,
) -> Result<(), Problem> {
    let (engine, person) = (app.engine(), signed_in.person);
    let now = engine.now();
    if !app.sessions().enters(person, merchant, now) {
        return Ok(());
    }
    let address = app.settings().trusted_proxies.caller(parts);
    let book = engine.internal(Tenant::new(merchant, Mode::Live));
    let origin = Origin { actor: Some(Actor::Person(person)), address, ..book };
    let address = address.map(|address| address.to_string()).unwrap_or_default();
    engine.run(origin, EnterMerchant { person, address }).await?;
    app.sessions().entered(person, merchant, now);
    Ok(())
}

/// The merchant that a request names.
pub fn named_merchant(parts: &Parts) -> Result<Option<MerchantId>, Problem> {
    let Some(named) = header(parts, MERCHANT) else { return Ok(None) };
    let wrong = || Problem::invalid("X-Tessera-Merchant", "expected the id of a merchant");
    let named = MerchantId::parse(named).map_err(|_| wrong())?;
    // The last bit of a tenant is its mode, so an id that has it set is no merchant's.
    let known = Tenant::new(named, Mode::Live).merchant() == named;
    if known { Ok(Some(named)) } else { Err(wrong()) }
}

/// The merchant that a request names, or the only one there is.
fn merchant(parts: &Parts, signed_in: &SignedIn, scope: Scope) -> Result<MerchantId, Problem> {
    if let Some(named) = named_merchant(parts)? {
        return Ok(named);
    }
    let of_operator = Scope::OPERATOR.contains(&scope);
    match &signed_in.places[..] {
        [only] => Ok(only.merchant),
        [] => Err(elsewhere()),
        several if of_operator && several.iter().any(super::place::Place::is_operator) => {
            Ok(operator().merchant())
        }
        _ => {
            let detail = "you work at several merchants; say for which one you act";
            Err(Problem::invalid("X-Tessera-Merchant", detail))
        }
    }
}

/// He has no membership there; whether there is such a merchant is not told.
fn elsewhere() -> Problem {
    Problem::new(ErrorCode::Forbidden, "you have no role at this merchant")
}

fn header<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}
