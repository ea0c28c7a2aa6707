//! The sessions of a person, and their end.

use crate::visitor::Signed;
use axum::extract::State;
use domain::people::end_sessions::{EndSessions, Which};
use edge::answer::{Answer, Answered};
use edge::extract::At;
use edge::policy::RouteState;
use edge::problem::Problem;
use kernel::Timestamp;
use serde::Serialize;

/// Every session of the person.
#[derive(Serialize)]
pub struct SessionList {
    data: Vec<SessionLine>,
}

/// A session as its person sees it.
#[derive(Serialize)]
struct SessionLine {
    id: String,
    created_at: Timestamp,
    seen_at: Timestamp,
    address: String,
    agent: String,
    current: bool,
}

/// Characters of a session's hash by which it is called. The whole hash opens nothing either.
const ID_CHARS: usize = 12;

/// Lists the sessions of the person who asks.
pub async fn list(
    Signed(signed_in): Signed,
    State(door): State<RouteState>,
) -> Answered<SessionList> {
    let engine = door.app.engine();
    let person = engine.reader().person(signed_in.person).await?;
    let person = person.ok_or_else(Problem::unauthorized)?;
    let now = engine.now();
    let living = person.profile.sessions.iter().filter(|session| session.lives(now));
    let line = |session: &domain::people::Session| SessionLine {
        id: session.hash[..ID_CHARS].to_owned(),
        created_at: session.created_at,
        seen_at: session.seen_at,
        address: session.address.clone(),
        agent: session.agent.clone(),
        current: session.hash == signed_in.session.hash,
    };
    Ok(Answer::ok(SessionList { data: living.map(line).collect() }))
}

/// How many sessions ended.
#[derive(Serialize)]
pub struct Ended {
    ended: usize,
}

/// Ends one session, or with `others` all but the one that asks.
pub async fn end(
    Signed(signed_in): Signed,
    State(door): State<RouteState>,
    At(id): At<String>,
) -> Answered<Ended> {
    let (app, engine) = (&door.app, door.app.engine());
    let which = if id == "others" {
        Which::Others(signed_in.session.hash.clone())
    } else {
        let person = engine.reader().person(signed_in.person).await?;
        let sessions = person.map(|person| person.profile.sessions).unwrap_or_default();
        let found = sessions.into_iter().find(|one| one.hash[..ID_CHARS] == id);
        Which::One(found.ok_or_else(|| Problem::not_found("session"))?.hash)
    };
    let end = EndSessions { person: signed_in.person, which };
    let ended = engine.run(signed_in.origin(app), end).await?;
    app.sessions().forget_of(signed_in.person);
    Ok(Answer::ok(Ended { ended }))
}
