//! Addresses of files: one leads there for a while, and opens nothing to anybody but whom it was made for.
//!
//! It names book, file and end, because a browser that follows it sends nothing but a cookie, and carries a tag that only
//! this instance makes.

use domain::context::Actor;
use kernel::{ContentId, ExportId, Id16, MerchantId, Mode, OrderId, Tenant, Timestamp, id};
use vault::Vault;

/// Characters of 16 bytes.
const PART: usize = 26;

/// What an address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The book.
    pub tenant: Tenant,
    /// Which file.
    pub to: Target,
    /// When it leads nowhere any more.
    pub ends_at: Timestamp,
}

/// A file that has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An export's.
    Export(ExportId),
    /// A version's of what buyers share.
    Version(ContentId),
    /// The newest version's of what a line of an order holds.
    Line(OrderId, u32),
}

impl Link {
    /// The path, for somebody.
    pub fn path(&self, vault: &Vault, by: Actor) -> String {
        let tag = vault.guest_tag(self.tenant, &self.said(by));
        let (folder, kind, id, line) = match self.to {
            Target::Export(export) => ("export-files", 0, export.0, 0),
            Target::Version(content) => ("content-files", 1, content.0, 0),
            Target::Line(order, line) => ("content-files", 2, order.0, line),
        };
        let mut rest: Id16 = [0; 16];
        rest[0] = kind;
        rest[4..8].copy_from_slice(&line.to_be_bytes());
        rest[8..].copy_from_slice(&self.ends_at.0.to_be_bytes());
        let parts = [*self.tenant.bytes(), id, rest, tag].map(|part| id::encode(&part));
        format!("/v1/{folder}/{}", parts.concat())
    }

    /// What a token says that this instance made for somebody, and that still leads somewhere.
    pub fn read(vault: &Vault, token: &str, by: Actor, now: Timestamp) -> Option<Self> {
        if token.len() != 4 * PART || !token.is_ascii() {
            return None;
        }
        let part = |n: usize| id::decode(&token[n * PART..(n + 1) * PART]);
        let (tenant, id, rest, tag) = (part(0)?, part(1)?, part(2)?, part(3)?);
        let live = Tenant::new(MerchantId(tenant), Mode::Live);
        let test = Tenant::new(live.merchant(), Mode::Test);
        let tenant = [live, test].into_iter().find(|one| *one.bytes() == tenant)?;
        let line = u32::from_be_bytes(rest[4..8].try_into().ok()?);
        let to = match (rest[0], line) {
            (0, 0) => Target::Export(ExportId(id)),
            (1, 0) => Target::Version(ContentId(id)),
            (2, line) => Target::Line(OrderId(id), line),
            _ => return None,
        };
        let ends_at = Timestamp(i64::from_be_bytes(rest[8..].try_into().ok()?));
        let link = Self { tenant, to, ends_at };
        let is_ours = vault.is_guest_tag(tenant, &link.said(by), &tag);
        (is_ours && rest[1..4] == [0; 3] && now < ends_at).then_some(link)
    }

    /// What is signed: no guest's cookie says the like.
    fn said(&self, by: Actor) -> String {
        let ends_at = self.ends_at.0;
        match self.to {
            Target::Export(export) => format!("export file {export} {by} {ends_at}"),
            Target::Version(content) => format!("content file {content} {by} {ends_at}"),
            Target::Line(order, line) => format!("content file {order} {line} {by} {ends_at}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{ApiKeyId, PersonId};

    fn check(tenant: Tenant, to: Target, start: &str) {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let (other, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let (own, now) = (Actor::Person(PersonId([5; 16])), Timestamp(1_000_000_000));
        let end = now.plus_micros(600_000_000);
        let link = Link { tenant, to, ends_at: end };
        let path = link.path(&vault, own);
        let token = path.strip_prefix(start).expect("its path");
        let read = |vault, token: &str, by, at| Link::read(vault, token, by, at);
        assert_eq!(read(&vault, token, own, now), Some(link), "it is his");
        assert!(read(&vault, token, own, end.plus_micros(-1)).is_some());
        assert_eq!(read(&vault, token, own, end), None, "it ended");
        assert_eq!(read(&other, token, own, now), None, "another instance");
        for by in [Actor::Person(PersonId([6; 16])), Actor::Key(ApiKeyId([5; 16]))] {
            assert_eq!(read(&vault, token, by, now), None);
        }
        for at in 0..token.len() {
            let mut bytes = token.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(bytes).expect("text");
            assert_eq!(read(&vault, &changed, own, now), None, "{at}");
        }
        assert_eq!(read(&vault, &token[1..], own, now), None);
        assert_eq!(read(&vault, "", own, now), None);
    }

    #[test]
    fn an_address_is_for_one_alone_and_for_a_while() {
        for mode in [Mode::Live, Mode::Test] {
            let tenant = Tenant::new(MerchantId([4; 16]), mode);
            check(tenant, Target::Export(ExportId([3; 16])), "/v1/export-files/");
            check(tenant, Target::Version(ContentId([3; 16])), "/v1/content-files/");
            check(tenant, Target::Line(OrderId([3; 16]), 7), "/v1/content-files/");
        }
    }
}
