//! Create, edit, archive and restore a resource. Secrets are sealed here and go no further in clear; pictures are read.

use super::picture;
use super::view::{OneView, View};
use crate::payment::credentials::{self, Clear};
use domain::Refusal;
use domain::Reply;
use domain::payment::account::PaymentAccount;
use domain::resource::Resource;
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{AnyKind, Fields, Picture, Row, Unreadable, hint};
use domain::voucher::Store;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, IfMatch, Nothing};
use edge::idempotency::Once;
use edge::problem::Problem;
use kernel::limits::RESOURCE_SECRET_CHARS_MAX;
use kernel::text::{Allowed, read};
use kernel::{Id16, id};
use serde_json::json;

/// Creates one.
pub async fn create(any: &'static AnyKind, caller: Caller, ask: Ask<Fields>) -> Answered<View> {
    // Drawn here, because its secrets are sealed for it.
    let id = caller.engine().draw();
    let wish = Wish::Create(content(any, &caller, &id, ask.body).await?);
    let save = Save { kind: any, id, wish, expected: None, by: caller.rights() };
    submit(Answer::created, &caller, ask.once, save).await
}

/// Edits one: fields that are sent take the place of those that are there.
pub async fn edit(
    any: &'static AnyKind,
    caller: Caller,
    written: String,
    IfMatch(expected): IfMatch,
    ask: Ask<Fields>,
) -> Answered<View> {
    let id = id_of(any, &written)?;
    let wish = Wish::Edit(content(any, &caller, &id, ask.body).await?);
    let by = caller.rights();
    submit(Answer::ok, &caller, ask.once, Save { kind: any, id, wish, expected, by }).await
}

/// Edits the one that the caller's book has of a kind; says whether the answer was given before.
pub async fn edit_the_one(
    any: &'static AnyKind,
    caller: &Caller,
    IfMatch(expected): IfMatch,
    ask: Ask<Fields>,
) -> Result<(Row, bool), Problem> {
    let id = any.kind.only_id();
    let wish = Wish::Edit(content(any, caller, &id, ask.body).await?);
    saved(caller, ask.once, Save { kind: any, id, wish, expected, by: caller.rights() }).await
}

/// The same, answered as it is now.
pub async fn the_one(
    any: &'static AnyKind,
    caller: Caller,
    seen: IfMatch,
    ask: Ask<Fields>,
) -> Answered<OneView> {
    let (row, replayed) = edit_the_one(any, &caller, seen, ask).await?;
    Ok(Answer::ok(OneView::of(any, &row)?).version(row.version).replayed(replayed))
}

/// Archives or restores one.
pub async fn put(
    any: &'static AnyKind,
    wish: Wish,
    caller: Caller,
    written: String,
    IfMatch(expected): IfMatch,
    ask: Ask<Nothing>,
) -> Answered<View> {
    let id = id_of(any, &written)?;
    let by = caller.rights();
    submit(Answer::ok, &caller, ask.once, Save { kind: any, id, wish, expected, by }).await
}

/// The id that a path names. One that cannot be leads nowhere.
pub fn id_of(any: &AnyKind, written: &str) -> Result<Id16, Problem> {
    any.kind.parse(written).ok_or_else(|| Problem::not_found(any.kind.word))
}

async fn submit(
    answer: fn(View) -> Answer<View>,
    caller: &Caller,
    once: Option<Once>,
    save: Save,
) -> Answered<View> {
    let any = save.kind;
    let (row, replayed) = saved(caller, once, save).await?;
    if any.of_people {
        // What somebody may do changed: it holds from this answer on.
        caller.app().sessions().forget();
    }
    Ok(answer(View::of(any, &row)?).version(row.version).replayed(replayed))
}

/// The row that a wish left behind, and whether that was long ago.
async fn saved(caller: &Caller, once: Option<Once>, save: Save) -> Result<(Row, bool), Problem> {
    let kind = save.kind.kind.number;
    match caller.submit(once, save).await? {
        Reply::New(row) => Ok((*row, false)),
        Reply::Replayed(before) => {
            let at = (caller.tenant(), kind, before.subject);
            let found = caller.reader().resource_version(&at, before.version).await?;
            let lost = || Problem::internal(format_args!("no {}", id::encode(&before.subject)));
            Ok((found.ok_or_else(lost)?, true))
        }
    }
}

/// Fields with a hint in place of each secret and what it is in place of each picture; the secrets sealed, the pictures as
/// files.
pub async fn content(
    any: &'static AnyKind,
    caller: &Caller,
    id: &Id16,
    mut fields: Fields,
) -> Result<Content, Problem> {
    let mut pictures = Vec::new();
    for field in any.pictures {
        let Some(sent) = fields.0.get_mut(*field).filter(|sent| !sent.is_null()) else { continue };
        let file = picture::read(field, sent.take()).await?;
        let kept = Picture::of(&file);
        *sent = json!(kept.ok_or_else(|| Problem::internal("a picture that is kept is none"))?);
        pictures.push((*field, file));
    }
    let (mut sealed, mut clear) = (Vec::new(), Clear::new());
    for field in any.secrets {
        let Some(sent) = fields.0.get_mut(*field).filter(|sent| !sent.is_null()) else { continue };
        let text = read(&*sent, RESOURCE_SECRET_CHARS_MAX, Allowed::Mark);
        let text: String = text.map_err(|error: serde_json::Error| {
            let path = (*field).to_owned();
            Refusal::Unreadable(Unreadable { path, message: error.to_string() })
        })?;
        let place = deliver::seal::secret_place(caller.tenant(), id, field);
        sealed.push((*field, caller.vault().seal(&place, text.as_bytes())));
        *sent = json!({ "hint": hint(&text) });
        clear.insert(*field, text);
    }
    if any.kind.number == PaymentAccount::KIND.number {
        credentials::inspect(caller, id, &fields, &clear).await?;
    }
    if any.kind.number == Store::KIND.number
        && clear.get("pin").is_some_and(|pin| !Store::is_pin(pin))
    {
        return Err(Problem::invalid("pin", "send four to six digits"));
    }
    Ok(Content { fields, sealed, pictures })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_secret_is_a_text_that_is_not_repeated_when_it_is_refused() {
        for wrong in [json!(7), json!(""), json!("a\u{0}b"), json!({ "hint": "x" }), json!(["x"])] {
            let read: Result<String, serde_json::Error> =
                read(&wrong, RESOURCE_SECRET_CHARS_MAX, Allowed::Mark);
            assert!(read.is_err(), "{wrong}");
        }
        let Value::String(long) = json!("x".repeat(RESOURCE_SECRET_CHARS_MAX + 1)) else { return };
        let read: Result<String, serde_json::Error> =
            read(&Value::from(long), RESOURCE_SECRET_CHARS_MAX, Allowed::Mark);
        assert!(read.is_err_and(|error| !error.to_string().contains("xxxx")));
    }
}
