//! Another second factor.

use crate::account::{Done, change, person};
use crate::link::totp_url;
use crate::visitor::SteppedUp;
use axum::extract::State;
use domain::people::Contact;
use domain::people::change_person::Change;
use edge::answer::{Answer, Answered};
use edge::auth::sessions::{contact, seal_contact};
use edge::extract::{Ask, Nothing};
use edge::policy::RouteState;
use edge::problem::Problem;
use serde::{Deserialize, Serialize};

/// A second factor that is to be set up. Nothing is kept of it until its code is sent.
#[derive(Serialize)]
pub struct NewFactor {
    totp_secret: String,
    totp_url: String,
}

/// A second factor with the code that proves it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorBody {
    totp_secret: String,
    totp: String,
}

/// Draws a second factor.
pub async fn draw(SteppedUp(signed_in): SteppedUp, _: Ask<Nothing>) -> Answered<NewFactor> {
    let totp_secret = vault::new_totp_secret();
    let totp_url = totp_url(&signed_in.contact.email, &totp_secret);
    Ok(Answer::ok(NewFactor { totp_secret, totp_url }))
}

/// Puts a second factor in the place of the one before. All other sessions end.
pub async fn set(
    SteppedUp(signed_in): SteppedUp,
    State(door): State<RouteState>,
    ask: Ask<FactorBody>,
) -> Answered<Done> {
    let (app, body) = (&door.app, ask.body);
    let seconds = app.engine().now().0 / 1_000_000;
    let step = vault::totp_step(&body.totp_secret, &body.totp, seconds);
    let step =
        step.ok_or_else(|| Problem::invalid("totp", "is not the code of this secret now"))?;
    let person = person(app, &signed_in).await?;
    let before = contact(app, &person).await?;
    let contact = Contact { totp: Some(body.totp_secret), ..before };
    let sealed = seal_contact(app.engine(), person.id, &contact)?;
    change(app, &signed_in, Change::Factor { was: person.sealed, sealed, step }).await?;
    Ok(Answer::ok(Done {}))
}
