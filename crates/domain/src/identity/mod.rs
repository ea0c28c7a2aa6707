//! Who is who: merchants, the keys they call with, and the pseudonyms of buyers.

pub mod buyer;
pub mod create_api_key;
pub mod create_merchant;
pub mod fact;
pub mod revoke_api_key;
pub mod terms;
pub mod unmask_buyer;
pub mod world;

use crate::outcome::Answer;
use crate::resource::{AnyKind, registry};
use kernel::{ApiKeyId, MerchantId, Mode, Tenant, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::sync::LazyLock;

crate::dispatch::verbs! {
    Identity:
    "create_merchant" => create_merchant::CreateMerchant,
    "create_api_key" => create_api_key::CreateApiKey,
    "revoke_api_key" => revoke_api_key::RevokeApiKey,
    "unmask_buyer" => unmask_buyer::UnmaskBuyer,
}

/// The operator is a tenant too: the one whose id is all zero.
pub fn operator() -> Tenant {
    Tenant::new(MerchantId([0; 16]), Mode::Live)
}

/// A merchant in one mode, as the configuration knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantRow {
    /// The merchant and mode.
    pub tenant: Tenant,
    /// The merchant's name.
    pub name: String,
    /// IANA zone in which the merchant's dates end.
    pub zone: String,
    /// Grows with every edit of the tenant's configuration.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Read products and SKUs.
    CatalogRead,
    /// Create and edit products and SKUs.
    CatalogWrite,
    /// Import codes and follow imports.
    CodesImport,
    /// Freeze, unfreeze and void codes and batches.
    CodesManage,
    /// See the codes of an order again.
    CodesReveal,
    /// Read orders.
    OrdersRead,
    /// Place, pay, cancel and refund orders.
    OrdersWrite,
    /// Refund against the product's rule, at the merchant's loss.
    RefundsOverride,
    /// Read buyers and wallets.
    WalletsRead,
    /// Credit wallets and hold parts of them.
    WalletsWrite,
    /// Read vouchers and redemptions.
    VouchersRead,
    /// Make vouchers.
    VouchersWrite,
    /// Look vouchers up by their codes, redeem them, and take redemptions back.
    VouchersRedeem,
    /// Read accounts and transfers.
    LedgerRead,
    /// Read the journal.
    JournalRead,
    /// See what things cost the merchant.
    CostsRead,
    /// See what the merchant calls a buyer, and what buyers answered.
    BuyersUnmask,
    /// Read what is configured as files hold it, each kind with its own scope.
    ConfigRead,
    /// Apply files of configuration, each kind with its own scope.
    ConfigWrite,
    /// Search who did what.
    AuditRead,
    /// Ask for what a second person approves, and see what became of it: whoever may do anything at all has it.
    ApprovalsOwn,
    /// Read what waits for a second person, and what became of it.
    ApprovalsRead,
    /// Approve and refuse what others ask for.
    ApprovalsDecide,
    /// Take lists as files, each with the list's own scope: whoever may do anything for a merchant has it, and nobody gives it.
    ExportsOwn,
    /// Read the merchant's keys.
    KeysRead,
    /// Make and revoke the merchant's keys.
    KeysWrite,
    /// Make merchants and their keys (operator).
    MerchantsWrite,
    /// Read resources of the kind that has this number.
    ResourceRead(i64),
    /// Write them.
    ResourceWrite(i64),
}

impl Scope {
    /// Every scope of a merchant's key, beside those of resources.
    pub const MERCHANT: [Self; 20] = [
        Self::CatalogRead,
        Self::CatalogWrite,
        Self::CodesImport,
        Self::CodesManage,
        Self::CodesReveal,
        Self::OrdersRead,
        Self::OrdersWrite,
        Self::RefundsOverride,
        Self::WalletsRead,
        Self::WalletsWrite,
        Self::VouchersRead,
        Self::VouchersWrite,
        Self::VouchersRedeem,
        Self::LedgerRead,
        Self::JournalRead,
        Self::CostsRead,
        Self::BuyersUnmask,
        Self::ConfigRead,
        Self::ConfigWrite,
        Self::AuditRead,
    ];

    /// Scopes that only people have, beside those of resources.
    pub const PEOPLE: [Self; 5] = [
        Self::ApprovalsOwn,
        Self::ApprovalsRead,
        Self::ApprovalsDecide,
        Self::KeysRead,
        Self::KeysWrite,
    ];

    /// Every scope of the operator's key.
    pub const OPERATOR: [Self; 1] = [Self::MerchantsWrite];

    /// The written form, as `orders:write`.
    pub fn name(self) -> &'static str {
        match self {
            Self::CatalogRead => "catalog:read",
            Self::CatalogWrite => "catalog:write",
            Self::CodesImport => "codes:import",
            Self::CodesManage => "codes:manage",
            Self::CodesReveal => "codes:reveal",
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::RefundsOverride => "refunds:override",
            Self::WalletsRead => "wallets:read",
            Self::WalletsWrite => "wallets:write",
            Self::VouchersRead => "vouchers:read",
            Self::VouchersWrite => "vouchers:write",
            Self::VouchersRedeem => "vouchers:redeem",
            Self::LedgerRead => "ledger:read",
            Self::JournalRead => "journal:read",
            Self::CostsRead => "costs:read",
            Self::BuyersUnmask => "buyers:unmask",
            Self::ConfigRead => "config:read",
            Self::ConfigWrite => "config:write",
            Self::AuditRead => "audit:read",
            Self::ApprovalsOwn => "approvals:own",
            Self::ApprovalsRead => "approvals:read",
            Self::ApprovalsDecide => "approvals:decide",
            Self::ExportsOwn => "exports:own",
            Self::KeysRead => "keys:read",
            Self::KeysWrite => "keys:write",
            Self::MerchantsWrite => "merchants:write",
            Self::ResourceRead(kind) => registry::numbered(kind).map_or("", |any| any.kind.read),
            Self::ResourceWrite(kind) => registry::numbered(kind).map_or("", |any| any.kind.write),
        }
    }

    /// Whether only people have it: it reads or writes what says who may do what.
    pub fn is_of_people(self) -> bool {
        Self::PEOPLE.contains(&self) || self.is_of_live_book()
    }

    /// Whether it reads or writes what stands in the live book and holds in both modes.
    pub fn is_of_live_book(self) -> bool {
        match self {
            Self::ResourceRead(kind) | Self::ResourceWrite(kind) => {
                registry::numbered(kind).is_some_and(|any| any.of_people)
            }
            _ => false,
        }
    }

    /// Whether a person proves a second factor within ten minutes before he acts by it.
    pub fn wants_factor(self) -> bool {
        match self {
            Self::CodesReveal | Self::BuyersUnmask | Self::MerchantsWrite => true,
            Self::ApprovalsOwn | Self::ApprovalsDecide | Self::KeysWrite => true,
            Self::ResourceWrite(_) => self.is_of_people(),
            _ => false,
        }
    }

    /// The scope of a written form.
    pub fn parse(name: &str) -> Option<Self> {
        let fixed = Self::MERCHANT.into_iter().chain(Self::PEOPLE).chain(Self::OPERATOR);
        fixed.chain(Self::of(registry::ALL)).find(|scope| scope.name() == name)
    }

    /// The scopes that kinds of resources have of their own.
    pub fn of(kinds: &'static [AnyKind]) -> impl Iterator<Item = Self> {
        kinds.iter().filter(|any| any.kind.has_scopes()).flat_map(|any| {
            let number = any.kind.number;
            [Self::ResourceRead(number), Self::ResourceWrite(number)]
        })
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
            let all = Scope::MERCHANT.into_iter().chain(Scope::PEOPLE).chain(Scope::OPERATOR);
            all.chain(Scope::of(registry::KINDS)).map(Scope::name).collect()
        });
        let name = Cow::<str>::deserialize(d)?;
        Self::parse(&name).ok_or_else(|| de::Error::unknown_variant(&name, &NAMES))
    }
}

/// A key of the open API. Its secret is known only as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose key, in which mode.
    pub tenant: Tenant,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Requests a minute at most; none for no limit.
    pub requests_per_minute: Option<u32>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it ends; none for never.
    pub expires_at: Option<Timestamp>,
}

impl Answer for ApiKey {}
