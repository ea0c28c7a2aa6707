//! The stable codes of errors: what programs decide on. A code has one status.

use axum::http::StatusCode;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What went wrong, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// The request's own headers contradict each other.
    BadRequest,
    /// The required `Idempotency-Key` is missing.
    IdempotencyKeyRequired,
    /// No key, or none that opens anything.
    Unauthorized,
    /// The password is right, and the second factor is missing.
    SecondFactorRequired,
    /// The key lacks the route's scope.
    Forbidden,
    /// The token against requests of other sites is missing or wrong.
    Csrf,
    /// The second factor was proven too long ago for a dangerous act.
    StepUpRequired,
    /// Nobody approves what he asked for himself.
    SelfApproval,
    /// No such thing for this merchant in this mode.
    NotFound,
    /// The path has no such method.
    MethodNotAllowed,
    /// The price is not the one that the buyer saw.
    PriceChanged,
    /// Fewer codes than wanted.
    OutOfStock,
    /// The wallet holds less than the price.
    InsufficientFunds,
    /// More than a limit allows.
    LimitExceeded,
    /// Off the shelf, or outside the sale window.
    NotOnSale,
    /// The operator suspended the merchant.
    MerchantSuspended,
    /// The order's state does not allow it.
    OrderState,
    /// The hold's state does not allow it.
    HoldState,
    /// The payment's state does not allow it.
    PaymentState,
    /// The batch's state does not allow it.
    BatchState,
    /// A code of the batch was seen.
    BatchSeen,
    /// The code's state does not allow it.
    CodeState,
    /// More than one code is meant.
    CodeAmbiguous,
    /// The import's state does not allow it.
    ImportState,
    /// A code was seen and cannot be taken back.
    CodeRevealed,
    /// The product's rule does not allow the refund.
    RefundRule,
    /// Another order has this external id.
    ExternalIdTaken,
    /// The resource's state does not allow it.
    ResourceState,
    /// Another resource has this value.
    Taken,
    /// Others refer to it.
    InUse,
    /// It has another version than the caller saw.
    PreconditionFailed,
    /// The approval's state does not allow it.
    ApprovalState,
    /// The export's state does not allow it.
    ExportState,
    /// Less is left of the voucher than is taken.
    VoucherUsedUp,
    /// The voucher's time is over.
    VoucherExpired,
    /// The voucher is redeemed in other stores.
    VoucherNotHere,
    /// The voucher's state does not allow it.
    VoucherState,
    /// The device's state does not allow it.
    DeviceState,
    /// A job went on without this step.
    Stale,
    /// The body is larger than the route takes.
    TooLarge,
    /// The body is not of the type that the route takes.
    UnsupportedMediaType,
    /// A field has a value that cannot be.
    Invalid,
    /// The idempotency key came with another body before.
    IdempotencyKeyReused,
    /// Too many requests of this key.
    RateLimited,
    /// Our error.
    Internal,
    /// No room for more work, or no database, for the moment.
    Overloaded,
    /// It may have happened; the same key tells.
    OutcomeUnknown,
    /// What is asked for lies under a data key that this process does not have.
    KeyMissing,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 48] = [
        Self::BadRequest,
        Self::IdempotencyKeyRequired,
        Self::Unauthorized,
        Self::SecondFactorRequired,
        Self::Forbidden,
        Self::Csrf,
        Self::StepUpRequired,
        Self::SelfApproval,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::PriceChanged,
        Self::OutOfStock,
        Self::InsufficientFunds,
        Self::LimitExceeded,
        Self::NotOnSale,
        Self::MerchantSuspended,
        Self::OrderState,
        Self::HoldState,
        Self::PaymentState,
        Self::BatchState,
        Self::BatchSeen,
        Self::CodeState,
        Self::CodeAmbiguous,
        Self::ImportState,
        Self::CodeRevealed,
        Self::RefundRule,
        Self::ExternalIdTaken,
        Self::ResourceState,
        Self::Taken,
        Self::InUse,
        Self::PreconditionFailed,
        Self::ApprovalState,
        Self::ExportState,
        Self::VoucherUsedUp,
        Self::VoucherExpired,
        Self::VoucherNotHere,
        Self::VoucherState,
        Self::DeviceState,
        Self::Stale,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::IdempotencyKeyReused,
        Self::RateLimited,
        Self::Internal,
        Self::Overloaded,
        Self::OutcomeUnknown,
        Self::KeyMissing,
    ];

    /// The written form and the status.
    fn parts(self) -> (&'static str, StatusCode) {
        match self {
            Self::BadRequest => ("bad_request", StatusCode::BAD_REQUEST),
            Self::IdempotencyKeyRequired => ("idempotency_key_required", StatusCode::BAD_REQUEST),
            Self::Unauthorized => ("unauthorized", StatusCode::UNAUTHORIZED),
            Self::SecondFactorRequired => ("second_factor_required", StatusCode::UNAUTHORIZED),
            Self::Forbidden => ("forbidden", StatusCode::FORBIDDEN),
            Self::Csrf => ("csrf", StatusCode::FORBIDDEN),
            Self::StepUpRequired => ("step_up_required", StatusCode::FORBIDDEN),
            Self::SelfApproval => ("self_approval", StatusCode::FORBIDDEN),
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
            Self::PriceChanged => ("price_changed", StatusCode::CONFLICT),
            Self::OutOfStock => ("out_of_stock", StatusCode::CONFLICT),
            Self::InsufficientFunds => ("insufficient_funds", StatusCode::CONFLICT),
            Self::LimitExceeded => ("limit_exceeded", StatusCode::CONFLICT),
            Self::NotOnSale => ("not_on_sale", StatusCode::CONFLICT),
            Self::MerchantSuspended => ("merchant_suspended", StatusCode::CONFLICT),
            Self::OrderState => ("order_state", StatusCode::CONFLICT),
            Self::HoldState => ("hold_state", StatusCode::CONFLICT),
            Self::PaymentState => ("payment_state", StatusCode::CONFLICT),
            Self::BatchState => ("batch_state", StatusCode::CONFLICT),
            Self::BatchSeen => ("batch_seen", StatusCode::CONFLICT),
            Self::CodeState => ("code_state", StatusCode::CONFLICT),
            Self::CodeAmbiguous => ("code_ambiguous", StatusCode::CONFLICT),
            Self::ImportState => ("import_state", StatusCode::CONFLICT),
            Self::CodeRevealed => ("code_revealed", StatusCode::CONFLICT),
            Self::RefundRule => ("refund_rule", StatusCode::CONFLICT),
            Self::ExternalIdTaken => ("external_id_taken", StatusCode::CONFLICT),
            Self::ResourceState => ("resource_state", StatusCode::CONFLICT),
            Self::Taken => ("taken", StatusCode::CONFLICT),
            Self::InUse => ("in_use", StatusCode::CONFLICT),
            Self::PreconditionFailed => ("precondition_failed", StatusCode::PRECONDITION_FAILED),
            Self::ApprovalState => ("approval_state", StatusCode::CONFLICT),
            Self::ExportState => ("export_state", StatusCode::CONFLICT),
            Self::VoucherUsedUp => ("voucher_used_up", StatusCode::CONFLICT),
            Self::VoucherExpired => ("voucher_expired", StatusCode::CONFLICT),
            Self::VoucherNotHere => ("voucher_not_here", StatusCode::CONFLICT),
            Self::VoucherState => ("voucher_state", StatusCode::CONFLICT),
            Self::DeviceState => ("device_state", StatusCode::CONFLICT),
            Self::Stale => ("stale", StatusCode::CONFLICT),
            Self::TooLarge => ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::UnsupportedMediaType => {
                ("unsupported_media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE)
            }
            Self::Invalid => ("invalid", StatusCode::UNPROCESSABLE_ENTITY),
            Self::IdempotencyKeyReused => {
                ("idempotency_key_reused", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Self::RateLimited => ("rate_limited", StatusCode::TOO_MANY_REQUESTS),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
            Self::Overloaded => ("overloaded", StatusCode::SERVICE_UNAVAILABLE),
            Self::OutcomeUnknown => ("outcome_unknown", StatusCode::SERVICE_UNAVAILABLE),
            Self::KeyMissing => ("key_missing", StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    /// The written form.
    pub fn name(self) -> &'static str {
        self.parts().0
    }

    /// The status of an answer with this code.
    pub fn status(self) -> StatusCode {
        self.parts().1
    }

    /// Whether the same request may succeed if it is sent again, unchanged, a little later.
    pub fn retryable(self) -> bool {
        matches!(
            self,
            Self::RateLimited | Self::Overloaded | Self::OutcomeUnknown | Self::KeyMissing
        )
    }

    /// The code of a written form.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        let names = Self::ALL.map(Self::name);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for ErrorCode {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ErrorCode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_back_from_its_name() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::parse(code.name()), Some(code));
            assert!(code.status().is_client_error() || code.status().is_server_error());
        }
        assert_eq!(ErrorCode::parse("teapot"), None);
    }
}
