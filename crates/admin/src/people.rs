//! What whoever runs the program does for people: the link that sets an instance up, links for who was locked out, and
//! the people of a demo.

use crate::link::save_staff;
use domain::identity::operator;
use domain::people::invite::Invite;
use domain::people::network::StaffNetwork;
use domain::people::prepare_link::PrepareLink;
use domain::people::staff::{Email, Staff};
use domain::people::use_link::UseLink;
use domain::people::{Contact, FIRST, Link, LinkKind};
use domain::resource::save::{Save, Wish};
use domain::resource::{Resource, registry};
use edge::App;
use edge::auth::sessions::{Token, seal_contact};
use edge::problem::{ErrorCode, Problem};
use engine::Engine;
use kernel::limits::{PAGE_ITEMS_MAX, RECOVERY_SECONDS, SET_UP_SECONDS};
use kernel::{MerchantId, Mode, PersonId, Tenant};
use store::resource::read::{List, Order};
use vault::PasswordHasher;

/// The token of a link that sets the instance up; none where the operator has people already. One before it opens nothing
/// any more.
pub async fn set_up(engine: &Engine) -> Result<Option<Token>, Problem> {
    let order = Order::Newest { after: None };
    let list = List { filters: Vec::new(), order, archived: false, limit: 1 };
    let staff = engine.reader().resources(operator(), Staff::KIND.number, &list).await?;
    if !staff.is_empty() {
        return Ok(None);
    }
    prepare(engine, FIRST, LinkKind::SetUp, SET_UP_SECONDS).await.map(Some)
}

/// The token of a link with which a person gets in again; none where nobody has this address.
pub async fn recover(engine: &Engine, email: &str) -> Result<Option<Token>, Problem> {
    let Some(email) = Email::parse(email) else { return Ok(None) };
    let tag = engine.vault().person_tag(operator(), email.as_str());
    let Some(person) = engine.reader().person_by_email(&tag).await? else { return Ok(None) };
    prepare(engine, person.id, LinkKind::Recovery, RECOVERY_SECONDS).await.map(Some)
}

/// Archives every network of a merchant's staff; gives how many.
pub async fn forget_networks(engine: &Engine, merchant: MerchantId) -> Result<usize, Problem> {
    let tenant = Tenant::new(merchant, Mode::Live);
    let order = Order::Newest { after: None };
    let list = List { filters: Vec::new(), order, archived: false, limit: PAGE_ITEMS_MAX };
    let number = StaffNetwork::KIND.number;
    let kind = registry::numbered(number).ok_or_else(|| Problem::internal("no such kind"))?;
    let networks = engine.reader().resources(tenant, number, &list).await?;
    for (row, _) in &networks {
        let save = Save { kind, id: row.id, wish: Wish::Archive, expected: None, by: None };
        engine.run(engine.internal(tenant), save).await?;
    }
    Ok(networks.len())
}

async fn prepare(
    engine: &Engine,
    person: PersonId,
    kind: LinkKind,
    seconds: i64,
) -> Result<Token, Problem> {
    let token = Token::new(person);
    let until = engine.now().plus_micros(seconds * 1_000_000);
    let link = Link { hash: token.hash(), kind, until };
    let sealed = seal_contact(engine, person, &Contact::default())?;
    engine.run(engine.internal(operator()), PrepareLink { person, sealed, link }).await?;
    Ok(token)
}

/// A person of a demo or a test, with what he signs in with.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// His mail address.
    pub email: String,
    /// His name.
    pub name: String,
    /// His password.
    pub password: String,
    /// The secret of his one-time codes.
    pub totp_secret: String,
    /// Where he works, with his roles there.
    pub places: Vec<(Tenant, Vec<String>)>,
}

/// Makes a person, or gives the one of this address another password and second factor, and the roles that he lacks.
pub async fn make(
    app: &App,
    new: &NewPerson,
    hasher: &mut PasswordHasher,
) -> Result<PersonId, Problem> {
    let engine = app.engine();
    let origin = || engine.internal(operator());
    let email = Email::parse(&new.email).ok_or_else(|| Problem::invalid("email", "is none"))?;
    let email = email.as_str().to_owned();
    let tag = engine.vault().person_tag(operator(), &email);
    let totp = Some(new.totp_secret.clone());
    let contact = Contact { name: new.name.clone(), email, totp };
    let mut id = PersonId(engine.draw());
    for (tenant, roles) in &new.places {
        let body = serde_json::json!({
            "email": contact.email, "name": new.name, "roles": roles
        });
        match save_staff(app, *tenant, body).await {
            Err(problem) if problem.code != ErrorCode::Taken => return Err(problem),
            _ => {}
        }
        let token = Token::new(id);
        let until = engine.now().plus_micros(SET_UP_SECONDS * 1_000_000);
        let link = Link { hash: token.hash(), kind: LinkKind::Invitation, until };
        let place = tenant.merchant();
        let sealed = seal_contact(engine, id, &contact)?;
        let invited = Invite { id, email: tag, sealed, place, link };
        id = engine.run(origin(), invited).await?.person.id;
    }
    let token = prepare(engine, id, LinkKind::Recovery, RECOVERY_SECONDS).await?;
    let used = UseLink {
        person: id,
        link: token.hash(),
        email: None,
        sealed: seal_contact(engine, id, &contact)?,
        password: hasher.hash(&new.password),
        step: 0,
        recovery: Vec::new(),
    };
    engine.run(origin(), used).await?;
    Ok(id)
}
