//! The people of the demo: one for each role. Each start gives them other passwords, as it makes other keys.

use super::seed::SeededMerchant;
use admin::people::{NewPerson, make};
use anyhow::{Result, anyhow};
use domain::identity::operator;
use domain::people::role::BuiltIn;
use edge::{App, DemoPerson};
use kernel::{MerchantId, Mode, Tenant};
use serde::Serialize;
use vault::PasswordHasher;

/// A person as the ready file shows him.
#[derive(Debug, Serialize)]
pub struct SeededPerson {
    email: String,
    password: String,
    totp_secret: String,
    role: &'static str,
    merchant: Option<String>,
}

impl SeededPerson {
    /// As the console's door shows him.
    pub fn shown(&self, merchants: &[SeededMerchant]) -> DemoPerson {
        let of = merchants.iter().find(|one| Some(one.id()) == self.merchant.as_deref());
        let merchant = of.map(|merchant| merchant.name().to_owned()).unwrap_or_default();
        DemoPerson { email: self.email.clone(), role: self.role.to_owned(), merchant }
    }
}

/// Makes them: the first merchant's roles, the second's owner, the operator's roles.
pub async fn seed(app: &App, merchants: &[SeededMerchant]) -> Result<Vec<SeededPerson>> {
    let mut wanted: Vec<(BuiltIn, &str, Option<&SeededMerchant>)> = Vec::new();
    if let Some(first) = merchants.first() {
        wanted.extend(BuiltIn::MERCHANT.map(|role| (role, "galaxy", Some(first))));
    }
    let others = merchants.iter().skip(1);
    wanted.extend(others.map(|merchant| (BuiltIn::Owner, "corner", Some(merchant))));
    wanted.extend(BuiltIn::OPERATOR.map(|role| (role, "operator", None)));
    let mut hasher = PasswordHasher::default();
    let mut seeded = Vec::with_capacity(wanted.len());
    for (role, host, merchant) in wanted {
        let tenant = match merchant {
            Some(merchant) => Tenant::new(MerchantId::parse(merchant.id())?, Mode::Live),
            None => operator(),
        };
        let person = SeededPerson {
            email: format!("{}@{host}.example", role.name()),
            password: vault::new_secret(""),
            totp_secret: vault::new_totp_secret(),
            role: role.name(),
            merchant: merchant.map(|merchant| merchant.id().to_owned()),
        };
        let new = NewPerson {
            email: person.email.clone(),
            name: name(role).to_owned(),
            password: person.password.clone(),
            totp_secret: person.totp_secret.clone(),
            places: vec![(tenant, vec![role.name().to_owned()])],
        };
        let made = make(app, &new, &mut hasher).await;
        made.map_err(|problem| anyhow!("a person of the demo: {}", problem.cure()))?;
        seeded.push(person);
    }
    Ok(seeded)
}

/// What an invented person of a role is called.
fn name(role: BuiltIn) -> &'static str {
    match role {
        BuiltIn::Owner => "周店主",
        BuiltIn::Operations => "吴运营",
        BuiltIn::Finance => "郑财务",
        BuiltIn::Service => "王客服",
        BuiltIn::CodeKeeper => "冯保管",
        BuiltIn::Auditor => "陈审计",
        BuiltIn::Developer => "褚开发",
        BuiltIn::System => "卫系统",
        BuiltIn::Security => "蒋安全",
        BuiltIn::Audit => "沈稽核",
    }
}
