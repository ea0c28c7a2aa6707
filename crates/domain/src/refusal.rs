//! Why a rule said no. Each refusal has one stable code; the edge turns it into an answer.

use crate::approval::Wanted;
use crate::resource::Unreadable;
use kernel::Timestamp;

/// A rule said no; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No such thing for this tenant. Names the kind, never whether another tenant has it.
    NotFound(&'static str),
    /// A field has a value that cannot be.
    Invalid {
        /// Where in the body, as `lines[0].sku`.
        field: String,
        /// What is wrong and how to cure it.
        detail: String,
    },
    /// The same idempotency key came with another body.
    IdempotencyKeyReused,
    /// Another order of this tenant has this external id.
    ExternalIdTaken,
    /// Not on the shelf, or outside its sale window.
    NotOnSale {
        /// Where in the body.
        field: String,
        /// When sale starts, if it is yet to come.
        from: Option<Timestamp>,
    },
    /// The price is not the one that the buyer saw.
    PriceChanged {
        /// Where in the body.
        field: String,
    },
    /// Fewer codes than wanted.
    OutOfStock {
        /// Where in the body.
        field: String,
    },
    /// The wallet holds less than the price.
    InsufficientFunds,
    /// More than the limit allows.
    LimitExceeded {
        /// Where in the body.
        field: String,
        /// The limit in force.
        limit: i64,
    },
    /// The subject's state does not allow it.
    WrongState {
        /// The code that callers see, `order_state` for orders.
        code: &'static str,
        /// What state it is in.
        detail: &'static str,
    },
    /// A resource has another version than the caller saw.
    PreconditionFailed {
        /// The version that it has.
        version: i64,
    },
    /// Another resource has this value of a key that no two share.
    Taken {
        /// The key, which is a field of the body.
        field: &'static str,
    },
    /// Others refer to it.
    InUse {
        /// Who, the first few: kind, field and id of each.
        by: Vec<(&'static str, &'static str, String)>,
    },
    /// Whoever asks would give a scope that he lacks.
    Lacks {
        /// Which.
        scope: &'static str,
    },
    /// Only people do it.
    OfPeople,
    /// The act wants a second person's yes.
    SecondPerson(Wanted),
    /// Nobody approves what he asked for himself.
    SelfApproval,
    /// The fields are none of their kind.
    Unreadable(Unreadable),
    /// One of many that are saved together is refused.
    Within {
        /// Its place in the body, as `save[3]`; the fields of the refusal are those of its `body`.
        at: String,
        /// Why.
        refusal: Box<Refusal>,
    },
    /// A job's step came twice or from a worker that lost its lease.
    Stale,
    /// A code lies under a data key that this process does not have; another process may, or this one later.
    KeyMissing,
    /// The value was sealed under a key that was retired meanwhile; sealing it again helps.
    SealKeyRetired,
}

impl Refusal {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::ExternalIdTaken => "external_id_taken",
            Self::NotOnSale { .. } => "not_on_sale",
            Self::PriceChanged { .. } => "price_changed",
            Self::OutOfStock { .. } => "out_of_stock",
            Self::InsufficientFunds => "insufficient_funds",
            Self::LimitExceeded { .. } => "limit_exceeded",
            Self::WrongState { code, .. } => code,
            Self::PreconditionFailed { .. } => "precondition_failed",
            Self::Taken { .. } => "taken",
            Self::InUse { .. } => "in_use",
            Self::Lacks { .. } | Self::OfPeople => "forbidden",
            Self::SecondPerson(_) => "second_person",
            Self::SelfApproval => "self_approval",
            Self::Unreadable(_) => "invalid",
            Self::Within { refusal, .. } => refusal.code(),
            Self::Stale => "stale",
            Self::KeyMissing => "key_missing",
            Self::SealKeyRetired => "seal_key_retired",
        }
    }

    /// A value that cannot be, with its cure.
    pub fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), detail: detail.into() }
    }
}
