//! The address of an export's file: it leads there for ten minutes, and opens nothing to anybody but who asked.
//!
//! It names book, export and end, because a browser that follows it sends nothing but a cookie, and carries a tag that only
//! this instance makes.

use domain::context::Actor;
use domain::export::Export;
use kernel::limits::EXPORT_LINK_SECONDS;
use kernel::{ExportId, Id16, MerchantId, Mode, Tenant, Timestamp, id};
use vault::Vault;

/// Characters of 16 bytes.
const PART: usize = 26;

/// What an address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The book.
    pub tenant: Tenant,
    /// The export.
    pub export: ExportId,
    ends_at: Timestamp,
}

/// The path of an export's file, from now on.
pub fn path(vault: &Vault, export: &Export, now: Timestamp) -> String {
    let ends_at = now.plus_micros(EXPORT_LINK_SECONDS * 1_000_000);
    let link = Link { tenant: export.tenant, export: export.id, ends_at };
    let tag = vault.guest_tag(link.tenant, &link.said(export.requester));
    let [tenant, id, end, tag] = [*export.tenant.bytes(), export.id.0, end(ends_at), tag];
    let parts = [tenant, id, end, tag].map(|part| id::encode(&part));
    format!("/v1/export-files/{}", parts.concat())
}

/// The end as 16 bytes.
fn end(at: Timestamp) -> Id16 {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&at.0.to_be_bytes());
    bytes
}

impl Link {
    /// What a token says that this instance made for somebody, and that still leads somewhere.
    pub fn read(vault: &Vault, token: &str, by: Actor, now: Timestamp) -> Option<Self> {
        if token.len() != 4 * PART || !token.is_ascii() {
            return None;
        }
        let part = |n: usize| id::decode(&token[n * PART..(n + 1) * PART]);
        let (tenant, export, end, tag) = (part(0)?, part(1)?, part(2)?, part(3)?);
        let live = Tenant::new(MerchantId(tenant), Mode::Live);
        let test = Tenant::new(live.merchant(), Mode::Test);
        let tenant = [live, test].into_iter().find(|one| *one.bytes() == tenant)?;
        let ends_at = Timestamp(i64::from_be_bytes(end[8..].try_into().ok()?));
        let link = Self { tenant, export: ExportId(export), ends_at };
        let is_ours = vault.is_guest_tag(tenant, &link.said(by), &tag);
        (is_ours && end[..8] == [0; 8] && now < ends_at).then_some(link)
    }

    /// What is signed: no guest's cookie says the like.
    fn said(&self, by: Actor) -> String {
        format!("export file {} {by} {}", self.export, self.ends_at.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::export::{ExportState, Format, Told};
    use kernel::{ApiKeyId, PersonId};

    fn export(mode: Mode) -> Export {
        let told = r#"{"list":"orders","format":"csv"}"#;
        let told: Told = serde_json::from_str(told).expect("it is whole");
        assert_eq!(told.format, Format::Csv);
        Export {
            id: ExportId([3; 16]),
            tenant: Tenant::new(MerchantId([4; 16]), mode),
            requester: Actor::Person(PersonId([5; 16])),
            state: ExportState::Done,
            created_at: Timestamp(0),
            told,
        }
    }

    #[test]
    fn an_address_is_for_one_person_for_ten_minutes() {
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let (other, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        for mode in [Mode::Live, Mode::Test] {
            let export = export(mode);
            let now = Timestamp(1_000_000_000);
            let path = path(&vault, &export, now);
            let token = path.strip_prefix("/v1/export-files/").expect("its path");
            let read = |vault, token: &str, by, at| Link::read(vault, token, by, at);
            let own = export.requester;
            let link = read(&vault, token, own, now).expect("it is his");
            assert_eq!((link.tenant, link.export), (export.tenant, export.id));
            let late = now.plus_micros(600_000_000);
            assert!(read(&vault, token, own, late.plus_micros(-1)).is_some());
            assert_eq!(read(&vault, token, own, late), None, "it ended");
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
    }
}
