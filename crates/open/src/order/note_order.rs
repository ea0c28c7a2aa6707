//! Keep a note about an order.

use domain::{Reply, order::note_order::NoteOrder};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, NoteText, Time, Wire};
use kernel::{OrderId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A note about an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// What it says, in up to 1,000 characters; `\n` breaks lines.
    pub text: NoteText,
}

/// A note that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Note {
    /// About which order.
    pub order: wire::OrderId,
    /// What it says.
    pub text: String,
    /// When it was kept.
    pub at: Time,
}

/// Keep a note about an order, for the merchant's staff alone: buyers never see it. It stands in the order's timeline and in
/// the journal for good, with who wrote it, so name nobody in it whom you may have to forget.
#[utoipa::path(
    post, path = "/v1/orders/{id}/notes", tag = "orders",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = NewNote, responses((status = 201, body = Note))
)]
pub async fn note_order(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<NewNote>,
) -> Answered<Note> {
    let text = ask.body.text.0;
    let (at, replayed) =
        match caller.submit(ask.once, NoteOrder { order, text: text.clone() }).await? {
            Reply::New(noted) => (noted.at, false),
            // What was asked is the same, text and all; only when is known of before.
            Reply::Replayed(before) => (Timestamp(before.version), true),
        };
    Ok(Answer::created(Note { order: Wire(order), text, at: Wire(at) }).replayed(replayed))
}
