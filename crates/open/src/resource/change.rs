//! Create, edit, archive and restore a resource. Secrets are sealed here and go no further in clear.

use super::view::View;
use domain::Refusal;
use domain::Reply;
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{AnyKind, Fields, Unreadable, hint};
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
    let wish = Wish::Create(seal(any, &caller, &id, ask.body)?);
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
    let wish = Wish::Edit(seal(any, &caller, &id, ask.body)?);
    let by = caller.rights();
    submit(Answer::ok, &caller, ask.once, Save { kind: any, id, wish, expected, by }).await
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
    let (row, replayed) = match caller.submit(once, save).await? {
        Reply::New(row) => (*row, false),
        Reply::Replayed(before) => {
            let at = (caller.tenant(), any.kind.number, before.subject);
            let found = caller.reader().resource_version(&at, before.version).await?;
            let lost = || Problem::internal(format_args!("no {}", id::encode(&before.subject)));
            (found.ok_or_else(lost)?, true)
        }
    };
    if any.of_people {
        // What somebody may do changed: it holds from this answer on.
        caller.app().sessions().forget();
    }
    Ok(answer(View::of(any, &row)?).version(row.version).replayed(replayed))
}

/// Fields with a hint in place of each secret, and the secrets sealed.
fn seal(
    any: &'static AnyKind,
    caller: &Caller,
    id: &Id16,
    mut fields: Fields,
) -> Result<Content, Problem> {
    let mut sealed = Vec::new();
    for field in any.secrets {
        let Some(sent) = fields.0.get_mut(*field).filter(|sent| !sent.is_null()) else { continue };
        let clear = read(&*sent, RESOURCE_SECRET_CHARS_MAX, Allowed::Key);
        let clear = clear.map_err(|error: serde_json::Error| {
            let path = (*field).to_owned();
            Refusal::Unreadable(Unreadable { path, message: error.to_string() })
        })?;
        let place = deliver::seal::secret_place(caller.tenant(), id, field);
        sealed.push((*field, caller.vault().seal(&place, clear.as_bytes())));
        *sent = json!({ "hint": hint(&clear) });
    }
    Ok(Content { fields, sealed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_secret_is_a_text_that_is_not_repeated_when_it_is_refused() {
        for wrong in [json!(7), json!(""), json!("a\u{0}b"), json!({ "hint": "x" }), json!(["x"])] {
            let read: Result<String, serde_json::Error> =
                read(&wrong, RESOURCE_SECRET_CHARS_MAX, Allowed::Key);
            assert!(read.is_err(), "{wrong}");
        }
        let Value::String(long) = json!("x".repeat(RESOURCE_SECRET_CHARS_MAX + 1)) else { return };
        let read: Result<String, serde_json::Error> =
            read(&Value::from(long), RESOURCE_SECRET_CHARS_MAX, Allowed::Key);
        assert!(read.is_err_and(|error| !error.to_string().contains("xxxx")));
    }
}
