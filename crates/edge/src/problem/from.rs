//! What refusals and failures of the layers below mean to callers.

use super::{ErrorCode, FieldError, Problem};
use crate::extract::wrong_field;
use connect::NoticeError;
use deliver::payment::ReceiveError;
use deliver::payment::channel::OfferError;
use domain::Refusal;
use domain::resource::Unreadable;
use engine::EngineError;
use kernel::chain;
use kernel::limits::REFERRERS_NAMED_MAX;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound(kind) => Self::not_found(kind),
            Refusal::Invalid { field, detail } => Self::invalid(field, detail),
            Refusal::IdempotencyKeyReused => Self::new(
                ErrorCode::IdempotencyKeyReused,
                "this Idempotency-Key came with another request before; use a new one",
            ),
            Refusal::ExternalIdTaken => Self::at(
                ErrorCode::ExternalIdTaken,
                "another order has this external id",
                "external_id",
                "read that order, or send an id that is new",
            ),
            Refusal::NotOnSale { field, from } => {
                let detail = from.map_or_else(
                    || "off the shelf, or outside its sale window".to_owned(),
                    |from| format!("the sale starts at {from}"),
                );
                Self::at(ErrorCode::NotOnSale, "a SKU is not on sale", field, detail)
            }
            Refusal::PriceChanged { field } => Self::at(
                ErrorCode::PriceChanged,
                "the price changed",
                field,
                "read the price again and ask the buyer",
            ),
            Refusal::OutOfStock { field } => Self::at(
                ErrorCode::OutOfStock,
                "there is not enough stock",
                field,
                "fewer codes are left than wanted",
            ),
            Refusal::InsufficientFunds => {
                Self::new(ErrorCode::InsufficientFunds, "the wallet holds less than is needed")
            }
            Refusal::LimitExceeded { field, limit } => Self::at(
                ErrorCode::LimitExceeded,
                "that is more than a limit allows",
                field,
                format!("the limit is {limit}"),
            ),
            Refusal::WrongState { code, detail } => match ErrorCode::parse(code) {
                Some(code) => Self::new(code, detail),
                None => Self::internal(format_args!("no code {code}: {detail}")),
            },
            Refusal::PreconditionFailed { version: 0 } => {
                Self::new(ErrorCode::PreconditionFailed, "there is none; read again")
            }
            Refusal::PreconditionFailed { version } => Self::new(
                ErrorCode::PreconditionFailed,
                format!("it has version \"{version}\" now; read it again"),
            ),
            Refusal::Taken { field } => Self::at(
                ErrorCode::Taken,
                "another one has this value",
                field,
                "send a value that is free",
            ),
            Refusal::InUse { by } => in_use(by),
            Refusal::Lacks { scope } => Self::new(
                ErrorCode::Forbidden,
                format!("nobody gives or takes what he lacks himself: {scope}"),
            ),
            Refusal::OfPeople => Self::new(ErrorCode::Forbidden, "only people do this, never keys"),
            Refusal::SecondPerson(_) => Self::internal("an act wants a second person"),
            Refusal::SelfApproval => {
                Self::new(ErrorCode::SelfApproval, "somebody else must approve what you asked for")
            }
            Refusal::Unreadable(Unreadable { path, message }) => wrong_field(&path, &message),
            Refusal::Within { at, refusal } => Self::from(*refusal).within(&at),
            Refusal::Stale => Self::new(ErrorCode::Stale, "this step came too late; start again"),
            Refusal::KeyMissing => Self::key_missing(),
            Refusal::SealKeyRetired => Self::new(
                ErrorCode::Overloaded,
                "the keys of this instance are changing; send the request again",
            ),
        }
    }
}

/// Names the first few who refer to it.
fn in_use(by: Vec<(&'static str, &'static str, String)>) -> Problem {
    let named = by.into_iter().take(REFERRERS_NAMED_MAX);
    let errors = named.map(|(plural, field, id)| FieldError {
        field: format!("{plural}.{field}"),
        detail: format!("{id} refers to it"),
    });
    let summary = "others refer to it; archive them or let them refer to another";
    Problem { errors: errors.collect(), ..Problem::new(ErrorCode::InUse, summary) }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => refusal.into(),
            EngineError::Overloaded => Self::new(
                ErrorCode::Overloaded,
                "there is no room for more work; send the request again a little later",
            ),
            EngineError::ShuttingDown => Self::new(
                ErrorCode::Overloaded,
                "this process is going down; send the request again a little later",
            ),
            EngineError::Unavailable(cause) => Self::unavailable(cause),
            EngineError::OutcomeUnknown => Self::new(
                ErrorCode::OutcomeUnknown,
                "it may have happened; send the request again with the same Idempotency-Key",
            ),
            EngineError::Internal(cause) | EngineError::Setup(cause) => Self::internal(cause),
        }
    }
}

impl From<ReceiveError> for Problem {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Engine(error) => error.into(),
            ReceiveError::Account => Self::not_found("payment_account"),
            ReceiveError::NoDoor => Self::unavailable("no channel is set for this mode"),
            ReceiveError::Notice(NoticeError::Unreadable) => {
                Self::invalid("body", "the notice cannot be read")
            }
            ReceiveError::Notice(error) => Self::new(ErrorCode::Unauthorized, error.to_string()),
        }
    }
}

impl From<OfferError> for Problem {
    fn from(error: OfferError) -> Self {
        match error {
            OfferError::Account(error) => error.into(),
            OfferError::Refused(_) => Self::invalid("method", error.to_string()),
            OfferError::NoOpenid => Self::invalid("openid", error.to_string()),
            OfferError::Over => Self::new(ErrorCode::OrderState, error.to_string()),
            OfferError::Unknown(_) | OfferError::NoDoor(_) => Self::unavailable(error),
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        let cause = chain(&error);
        match error {
            store::Error::Unavailable(..) => Self::unavailable(cause),
            error if error.is_contention() => Self::unavailable(cause),
            _ => Self::internal(cause),
        }
    }
}

impl From<kernel::MoneyError> for Problem {
    /// For amounts that were stored by us and can only be wrong by our fault.
    fn from(error: kernel::MoneyError) -> Self {
        Self::internal(format_args!("a stored amount: {error}"))
    }
}

impl From<vault::VaultError> for Problem {
    fn from(error: vault::VaultError) -> Self {
        match error {
            vault::VaultError::UnknownKey(_) => Self::key_missing(),
            error => Self::internal(format_args!("a sealed value: {}", chain(&error))),
        }
    }
}
