//! The demo: entering by one click, and the inbox of messages. Elsewhere there is nothing here.

use crate::session::begin;
use crate::visitor::{AtDesk, Visitor};
use axum::Extension;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::identity::operator;
use domain::people::sign_in::Proof;
use edge::answer::{Answer, Answered};
use edge::auth::browser;
use edge::auth::sessions::contact;
use edge::extract::Ask;
use edge::message::Message;
use edge::policy::RouteState;
use edge::problem::Problem;
use edge::{Demo, DemoPerson};
use serde::{Deserialize, Serialize};

/// Who may enter, and the shops.
#[derive(Serialize)]
pub struct DemoView {
    people: Vec<DemoPerson>,
    shops: Vec<ShopLine>,
}

#[derive(Serialize)]
struct ShopLine {
    name: String,
    url: String,
}

/// Who enters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterBody {
    email: String,
}

/// Messages, newest first.
#[derive(Serialize)]
pub struct Inbox {
    data: Vec<Message>,
}

fn demo(door: &RouteState) -> Result<&Demo, Problem> {
    let demo = door.app.demo().filter(|demo| !demo.people.is_empty());
    demo.ok_or_else(|| Problem::not_found("path"))
}

/// The door of a demo: from this machine alone, and from no other site.
pub struct AtDemo;

impl FromRequestParts<RouteState> for AtDemo {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        demo(door)?;
        if !browser::is_here(&door.app, parts) {
            return Err(Problem::not_found("path"));
        }
        browser::may_come(&door.app, parts)?;
        Ok(Self)
    }
}

/// Says who may enter the demo.
pub async fn show(_: AtDemo, State(door): State<RouteState>) -> Answered<DemoView> {
    let demo = demo(&door)?;
    let shop = |(name, url): &(String, String)| ShopLine { name: name.clone(), url: url.clone() };
    let (people, shops) = (demo.people.clone(), demo.shops.iter().map(shop).collect());
    Ok(Answer::ok(DemoView { people, shops }))
}

/// Begins a session of a person of the demo.
pub async fn enter(
    _: AtDemo,
    Extension(desk): AtDesk,
    visitor: Visitor,
    State(door): State<RouteState>,
    ask: Ask<EnterBody>,
) -> Result<Response, Problem> {
    let demo = demo(&door)?;
    let known = demo.people.iter().find(|person| person.email == ask.body.email);
    let known = known.ok_or_else(|| Problem::not_found("person"))?;
    let engine = door.app.engine();
    let tag = engine.vault().person_tag(operator(), &known.email);
    let person = engine.reader().person_by_email(&tag).await?;
    let person = person.ok_or_else(|| Problem::not_found("person"))?;
    let contact = contact(&door.app, &person).await?;
    begin(&desk, &visitor, (&person, contact), None, Proof::Vouched).await
}

/// Shows what was sent to the people of the demo.
pub async fn inbox(_: AtDemo, State(door): State<RouteState>) -> Answered<Inbox> {
    let data = door.app.inbox().ok_or_else(|| Problem::not_found("path"))?;
    Ok(Answer::ok(Inbox { data }))
}
