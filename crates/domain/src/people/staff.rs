//! Staff (员工): a person at a merchant, or at the operator, with his roles. It stands in the live book and holds in both
//! modes, as far as his roles do.

use super::rights::Rights;
use super::role::{BuiltIn, Role};
use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::resource::{Field, Keys, Kind, Line, Ref, RefValue, Refs, Resource, Words, kind};
use kernel::Id16;
use kernel::limits::{EMAIL_CHARS_MAX, STAFF_ROLES_MAX};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::collections::BTreeSet;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A person with his roles.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// His mail address, by which he signs in. No two of a merchant share it.
    pub email: Email,
    /// What others read.
    pub name: Line<100>,
    /// His roles: built-in ones by name, own ones by id.
    pub roles: Vec<RoleName>,
}

/// A mail address, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

/// A role by which it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleName {
    /// One that every merchant has.
    BuiltIn(BuiltIn),
    /// One that the merchant made.
    Own(Ref<Role>),
}

impl Email {
    /// Reads an address; what cannot be one is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (name, host) = text.rsplit_once('@')?;
        let fits = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
        let good = !name.is_empty()
            && name.chars().all(fits)
            && !host.is_empty()
            && host.split('.').all(|part| {
                !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-')
            })
            && text.chars().count() <= EMAIL_CHARS_MAX;
        good.then_some(Self(text))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("expected a mail address"))
    }
}

impl PartialSchema for Email {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        text.min_length(Some(3)).max_length(Some(EMAIL_CHARS_MAX)).into()
    }
}

impl ToSchema for Email {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Email")
    }
}

impl Serialize for RoleName {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::BuiltIn(role) => s.serialize_str(role.name()),
            Self::Own(role) => role.serialize(s),
        }
    }
}

impl<'de> Deserialize<'de> for RoleName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        let own = || Role::KIND.parse(&text).map(|id| Self::Own(Ref::new(id)));
        let found = BuiltIn::parse(&text).map(Self::BuiltIn).or_else(own);
        let expected = "expected a built-in role, or an id that starts with `rol_`";
        found.ok_or_else(|| de::Error::custom(expected))
    }
}

impl PartialSchema for RoleName {
    fn schema() -> RefOr<Schema> {
        let words = "`owner`, `operations`, `finance`, `service`, `code_keeper`, `auditor`, `developer`; of the operator \
                     `system`, `security`, `audit`; or the id of an own role.";
        ObjectBuilder::new().schema_type(Type::String).description(Some(words)).into()
    }
}

impl ToSchema for RoleName {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("RoleName")
    }
}

/// The own roles among names.
struct Own<'a>(&'a [RoleName]);

impl RefValue<Role> for Own<'_> {
    fn ids(&self) -> Vec<Id16> {
        let own = |role: &RoleName| match role {
            RoleName::Own(role) => Some(role.id()),
            RoleName::BuiltIn(_) => None,
        };
        self.0.iter().filter_map(own).collect()
    }
}

impl RoleName {
    /// Its written form.
    pub fn name(&self) -> String {
        match self {
            Self::BuiltIn(role) => role.name().to_owned(),
            Self::Own(role) => role.to_string(),
        }
    }
}

impl Staff {
    /// The ids of his own roles.
    pub fn own_roles(&self) -> Vec<Id16> {
        Own(&self.roles).ids()
    }

    /// What he may do. A role that is not there any more allows nothing.
    pub fn rights(&self, own: &dyn Fn(Id16) -> Option<Rights>) -> Rights {
        let mut all = Rights::default();
        for role in &self.roles {
            match role {
                RoleName::BuiltIn(role) => all.join(role.rights()),
                RoleName::Own(role) => all.join(own(role.id()).unwrap_or_default()),
            }
        }
        all
    }
}

impl Resource for Staff {
    const KIND: &'static Kind = kind!(11, "staff", "staff", "stf");
    const OF_PEOPLE: bool = true;
    const WORDS: Words = Words { zh: "员工", en: "Staff" };
    const FIELDS: &'static [Field] = &[
        Field::new("email", "邮箱", "Mail address", "text"),
        Field::new("name", "姓名", "Name", "text"),
        Field::new("roles", "角色", "Roles", "choice"),
    ];
    const SAMPLE: &'static str =
        r#"{"email":"lin@shop.example","name":"林晓","roles":["service","code_keeper"]}"#;

    fn check(&self, was: Option<&Self>, at: &TenantCatalog) -> Result<(), Refusal> {
        if was.is_some_and(|was| was.email != self.email) {
            let detail = "stays as it is; archive this one and make another";
            return Err(Refusal::invalid("email", detail));
        }
        if self.roles.is_empty() || self.roles.len() > STAFF_ROLES_MAX {
            let detail = format!("name 1 to {STAFF_ROLES_MAX} roles");
            return Err(Refusal::invalid("roles", detail));
        }
        let mut seen = BTreeSet::new();
        for (n, role) in self.roles.iter().enumerate() {
            if !seen.insert(role.name()) {
                return Err(Refusal::invalid(
                    format!("roles[{n}]"),
                    "is there twice; send it once",
                ));
            }
            if let RoleName::BuiltIn(built_in) = role
                && !built_in.is_of(at.row.tenant)
            {
                let detail = "merchants have other roles than the operator";
                return Err(Refusal::invalid(format!("roles[{n}]"), detail));
            }
        }
        Ok(())
    }

    fn keys(&self, keys: &mut Keys) {
        keys.unique("email", self.email.as_str());
        keys.sort("name", &self.name);
    }

    fn refs(&self, refs: &mut Refs) {
        refs.to::<Role>("roles", &Own(&self.roles));
    }

    fn gives(&self, own: &dyn Fn(Id16) -> Option<Rights>) -> Rights {
        self.rights(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_and_is_written_one_way() {
        for (text, read) in [
            ("Lin@Shop.Example", Some("lin@shop.example")),
            (" lin+a@shop.example ", Some("lin+a@shop.example")),
            ("林@店.example", Some("林@店.example")),
            ("lin@localhost", Some("lin@localhost")),
            ("lin", None),
            ("@shop.example", None),
            ("lin@", None),
            ("lin@shop..example", None),
            ("l in@shop.example", None),
            ("lin@shop.example\r\nBcc: x@y", None),
            ("a@b@shop.example", None),
            ("lin\"@shop.example", None),
        ] {
            assert_eq!(Email::parse(text).as_ref().map(Email::as_str), read, "{text}");
        }
        assert!(Email::parse(&format!("{}@shop.example", "l".repeat(300))).is_none());
    }

    #[test]
    fn roles_are_named_by_word_or_id() {
        let names = r#"["owner","rol_00000000000000000000000001"]"#;
        let roles: Vec<RoleName> = serde_json::from_str(names).expect("roles");
        assert_eq!(serde_json::to_string(&roles).expect("text"), names);
        for wrong in [r#"["king"]"#, r#"["stf_00000000000000000000000001"]"#, "[1]"] {
            assert!(serde_json::from_str::<Vec<RoleName>>(wrong).is_err(), "{wrong}");
        }
    }
}
