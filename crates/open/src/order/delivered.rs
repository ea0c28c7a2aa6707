//! A code in clear, as callers see it: its fields, and the number and the password that clients knew before
//! codes had fields.

use deliver::inventory::record::{self, Field, Language};
use edge::wire::{Time, Wire};
use kernel::{FOREVER, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A code in clear.
#[derive(Serialize, ToSchema)]
pub struct DeliveredCode {
    /// The card number; may be empty. A code that has neither a number nor a password shows its first open field here.
    pub number: String,
    /// The password; may be empty. A code that has neither a number nor a password shows its first secret field here.
    pub password: String,
    /// The last moment it is good for; null: for ever.
    pub valid_until: Option<Time>,
    /// All that the code says, in its own order.
    pub fields: Vec<DeliveredField>,
    /// It cannot be opened any more, so it has no values; the shop knows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
}

/// A field of a code in clear.
#[derive(Serialize, ToSchema)]
pub struct DeliveredField {
    /// What it is: `number`, `password`, `account`, or a word of the merchant's own.
    pub code: String,
    /// Its label, as at import.
    pub name: String,
    /// The value, which may have several lines.
    pub value: String,
    /// Whether knowing it is as good as having the goods.
    pub secret: bool,
}

impl DeliveredCode {
    /// A code that was opened; a damaged one has no fields. Its values move: they may be long.
    pub fn of(fields: Vec<Field>, valid_until: Timestamp) -> Self {
        let damaged = fields.is_empty();
        let (number, password) = record::number_and_password(&fields);
        let (number, password) = (number.to_owned(), password.to_owned());
        let label = |field| record::label(&fields, field, Language::Chinese).to_owned();
        let labels: Vec<String> = fields.iter().map(label).collect();
        let field = |(mut field, name): (Field, String)| DeliveredField {
            code: field.code,
            name,
            value: std::mem::take(&mut *field.value),
            secret: field.secret,
        };
        let fields = fields.into_iter().zip(labels).map(field).collect();
        let valid_until = (valid_until < FOREVER).then_some(Wire(valid_until));
        Self { number, password, valid_until, fields, damaged }
    }
}
