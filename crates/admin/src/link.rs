//! Links that are used once: of whoever sets an instance up, of people who were taken in, of people who were locked out.
//!
//! A link's token stands behind `#` in its address, so that no log of paths has it; the page sends it in a body.

use crate::account::{Codes, recovery_codes};
use crate::desk::wrong;
use crate::visitor::{AtDesk, Visitor};
use axum::Extension;
use axum::extract::State;
use domain::identity::operator;
use domain::people::role::BuiltIn;
use domain::people::staff::{Email, Staff};
use domain::people::use_link::UseLink;
use domain::people::{Contact, Link, LinkKind, Person, password};
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{Fields, Resource, registry};
use edge::App;
use edge::answer::{Answer, Answered};
use edge::auth::sessions::{Token, contact, seal_contact};
use edge::extract::Ask;
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    token: String,
}

/// What a link is for, with a second factor to set up.
#[derive(Serialize)]
pub struct LinkView {
    kind: LinkKind,
    name: String,
    email: String,
    totp_secret: String,
    totp_url: String,
}

/// What a person chooses with his link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseBody {
    token: String,
    /// Only of whoever sets an instance up.
    email: Option<String>,
    name: Option<edge::wire::Name>,
    password: String,
    totp_secret: String,
    totp: String,
}

/// Says what a link is for, and draws a second factor. Nothing is kept of that until the link is used.
pub async fn describe(
    _: Visitor,
    State(door): State<RouteState>,
    ask: Ask<LinkBody>,
) -> Answered<LinkView> {
    let (person, link) = found(&door.app, &ask.body.token).await?;
    let contact = contact(&door.app, &person).await?;
    let totp_secret = vault::new_totp_secret();
    let totp_url = totp_url(&contact.email, &totp_secret);
    let (name, email) = (contact.name, contact.email);
    Ok(Answer::ok(LinkView { kind: link.kind, name, email, totp_secret, totp_url }))
}

/// Uses a link: password and second factor are set, and its recovery codes are shown once.
pub async fn use_link(
    Extension(desk): AtDesk,
    visitor: Visitor,
    State(door): State<RouteState>,
    ask: Ask<UseBody>,
) -> Answered<Codes> {
    let (app, body) = (&door.app, ask.body);
    let (person, link) = found(app, &body.token).await?;
    let before = contact(app, &person).await?;
    let email = match (&link.kind, body.email) {
        (LinkKind::SetUp, Some(email)) => Email::parse(&email)
            .ok_or_else(|| Problem::invalid("email", "expected a mail address"))?
            .as_str()
            .to_owned(),
        (LinkKind::SetUp, None) => return Err(Problem::invalid("email", "send your mail address")),
        (_, Some(_)) => return Err(Problem::invalid("email", "the link has it; leave it out")),
        (_, None) => before.email,
    };
    let name = body.name.map_or(before.name, |name| name.0);
    if name.is_empty() {
        return Err(Problem::invalid("name", "send your name"));
    }
    password::check(&body.password, &[&name, &email])?;
    let seconds = app.engine().now().0 / 1_000_000;
    let step = vault::totp_step(&body.totp_secret, &body.totp, seconds);
    let step =
        step.ok_or_else(|| Problem::invalid("totp", "is not the code of this secret now"))?;
    let hash = desk.hashing().make(&body.password).await?;
    let (codes, recovery) = recovery_codes();
    let tag = app.engine().vault().person_tag(operator(), &email);
    let contact = Contact { name, email, totp: Some(body.totp_secret) };
    let used = UseLink {
        person: person.id,
        link: link.hash,
        email: (link.kind == LinkKind::SetUp).then_some(tag),
        sealed: seal_contact(app.engine(), person.id, &contact)?,
        password: hash,
        step,
        recovery,
    };
    app.engine().run(visitor.origin(app, Some(person.id)), used).await.map_err(|error| {
        let problem = Problem::from(error);
        if problem.code == ErrorCode::Unauthorized { wrong() } else { problem }
    })?;
    if link.kind == LinkKind::SetUp {
        take_in_the_first(app, &contact).await?;
    }
    app.sessions().forget();
    Ok(Answer::ok(codes))
}

/// The first person administers system, security and audit until he has taken others in. Where this breaks off, the next
/// start of the program prints another link.
async fn take_in_the_first(app: &App, contact: &Contact) -> Result<(), Problem> {
    let roles = BuiltIn::OPERATOR.map(BuiltIn::name);
    let body = json!({ "email": contact.email, "name": contact.name, "roles": roles });
    save_staff(app, operator(), body).await
}

/// Makes a membership that nobody asked for but the program itself.
pub async fn save_staff(
    app: &App,
    tenant: kernel::Tenant,
    body: serde_json::Value,
) -> Result<(), Problem> {
    let fields: Fields = serde_json::from_value(body).map_err(Problem::internal)?;
    let kind = registry::numbered(Staff::KIND.number);
    let kind = kind.ok_or_else(|| Problem::internal("no staff"))?;
    let wish = Wish::Create(Content { fields, sealed: Vec::new(), pictures: Vec::new() });
    let save = Save { kind, id: app.engine().draw(), wish, expected: None, by: None };
    app.engine().run(app.engine().internal(tenant), save).await?;
    Ok(())
}

/// The person of a link, if it still opens. The token says whose it is.
async fn found(app: &App, token: &str) -> Result<(Person, Link), Problem> {
    let token = Token::of(token);
    let id = token.person().ok_or_else(wrong)?;
    let person = app.engine().reader().person(id).await?.ok_or_else(wrong)?;
    let now = app.engine().now();
    let link = person.profile.link.clone();
    let link = link.filter(|link| link.hash == token.hash() && now < link.until);
    Ok((person, link.ok_or_else(wrong)?))
}

/// The address of a link's page.
pub fn address(app: &App, token: &Token) -> String {
    format!("{}/console/link#{}", app.settings().base_url, token.as_str())
}

/// What an authenticator reads from a picture.
pub fn totp_url(email: &str, secret: &str) -> String {
    let label: String = email
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("otpauth://totp/Tessera:{label}?secret={secret}&issuer=Tessera")
}
