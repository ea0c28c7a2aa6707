//! Facts about people. They stand in the operator's book, beginnings of sessions in the books of the merchants as well.

use crate::fact::FactBody;
use kernel::{BuyerId, OrderId, PersonId};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    People:
    "person.changed" 1 => PersonChanged,
    "session.opened" 1 => SessionOpened,
    "session.stepped_up" 1 => SessionSteppedUp,
    "session.ended" 1 => SessionsEnded,
    "sign_in.refused" 1 => SignInRefused,
    "access.refused" 1 => AccessRefused,
    "operator.entered" 1 => OperatorEntered,
    "buyer.unmasked" 1 => BuyerUnmasked,
    "order.unmasked" 1 => OrderUnmasked,
}

/// Something about a person changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// Who.
    pub person: PersonId,
    /// What.
    pub what: PersonChange,
}

/// What changed about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonChange {
    /// Somebody took him in.
    Invited,
    /// He can get a link that sets an instance up.
    SetUpOffered,
    /// He can get a link with which he gets in again.
    RecoveryOffered,
    /// He used his link, and chose password and second factor.
    LinkUsed,
    /// He has another password.
    Password,
    /// He has another second factor.
    Factor,
    /// A recovery code stood in for the second factor, and is used up.
    RecoveryCodeUsed,
    /// He has new recovery codes.
    RecoveryCodes,
    /// He has one more passkey.
    PasskeyAdded,
    /// A passkey is gone.
    PasskeyRemoved,
}

impl PersonChange {
    /// Every value.
    pub const ALL: [Self; 10] = [
        Self::Invited,
        Self::SetUpOffered,
        Self::RecoveryOffered,
        Self::LinkUsed,
        Self::Password,
        Self::Factor,
        Self::RecoveryCodeUsed,
        Self::RecoveryCodes,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
    ];
}

impl FactBody for PersonChanged {}

/// A person signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOpened {
    /// Who.
    pub person: PersonId,
    /// From which address.
    pub address: String,
    /// What his browser says that it is.
    pub agent: String,
    /// Whether he was never seen there.
    pub new_device: bool,
}

impl FactBody for SessionOpened {}

/// A person proved his second factor again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionSteppedUp {
    /// Who.
    pub person: PersonId,
    /// From which address.
    pub address: String,
}

impl FactBody for SessionSteppedUp {}

/// Sessions of a person ended before their time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsEnded {
    /// Whose.
    pub person: PersonId,
    /// How many.
    pub sessions: i64,
}

impl FactBody for SessionsEnded {}

/// Somebody did not prove who he is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRefused {
    /// From which address.
    pub address: String,
    /// How often since the last such fact of this address.
    pub count: i64,
    /// Whose name he gave last, where there is such a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

impl FactBody for SignInRefused {}

/// Something was refused to whoever came with a session: in the book of the merchant that he belongs to, or the operator's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRefused {
    /// Whose session it is; none where it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What was tried, as `POST /v1/orders/{id}/refunds`.
    pub route: String,
    /// The code of the refusal.
    pub code: String,
    /// How often since the last such fact.
    pub count: i64,
}

impl FactBody for AccessRefused {}

/// A person of the operator entered a merchant by his grant: once an hour at most, in the merchant's book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorEntered {
    /// Who.
    pub person: PersonId,
    /// From which address.
    pub address: String,
}

impl FactBody for OperatorEntered {}

/// Somebody saw what a merchant calls a buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyerUnmasked {
    /// Whom.
    pub buyer: BuyerId,
    /// Why.
    pub reason: String,
}

impl FactBody for BuyerUnmasked {}

/// Somebody saw what a buyer answered with an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderUnmasked {
    /// Of which order.
    pub order: OrderId,
    /// Why.
    pub reason: String,
}

impl FactBody for OrderUnmasked {}
