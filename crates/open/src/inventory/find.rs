//! Finding one code by what is printed on it, by its fields, or by its id. What is found is opened and compared
//! character by character; what only looks like it is told apart.

use codefile::BUILTINS;
use deliver::inventory::identity::{fold, fold_lookup, looked_up_by, open};
use deliver::inventory::record::Field;
use domain::inventory::{Code, CodeState};
use edge::auth::Caller;
use edge::problem::{CodesMet, ErrorCode, Problem};
use edge::wire::{CodeId, CodeText, FieldCode};
use serde::Deserialize;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

/// Codes that one lookup opens at most.
const CANDIDATES_MAX: u32 = 500;
/// Ids that an answer names at most.
const NAMED_MAX: usize = 50;

/// Fields of a code: a list as answers have it, or an object of values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FieldsText {
    /// `[{"code","value"}]`
    List(Vec<FieldText>),
    /// `{"account":"…","password":"…"}`
    Object(BTreeMap<String, CodeText>),
}

/// A field of a code.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FieldText {
    /// What it is.
    pub code: FieldCode,
    /// What it holds.
    pub value: CodeText,
}

/// Which code is meant: one of the three.
#[derive(Debug)]
pub struct Wanted {
    /// Its number, or its password where it has no number.
    pub code: Option<CodeText>,
    /// Its fields.
    pub fields: Option<FieldsText>,
    /// Its id.
    pub id: Option<CodeId>,
}

/// A code that was found, and the ids of those that only look like what was asked for.
pub struct Hit {
    /// The code.
    pub code: Code,
    /// Others that look like it.
    pub similar: Vec<kernel::CodeId>,
}

/// The one code that is meant. Several are refused, with their ids.
pub async fn find(caller: &Caller, wanted: Wanted) -> Result<Hit, Problem> {
    match (wanted.code, wanted.fields, wanted.id) {
        (Some(code), None, None) => by_text(caller, &clean(&code.0)).await,
        (None, Some(fields), None) => by_fields(caller, fields).await,
        (None, None, Some(id)) => {
            let found = caller.reader().code_by_id(caller.tenant(), id.0).await?;
            let code = found.ok_or_else(|| Problem::not_found("code"))?;
            Ok(Hit { code, similar: Vec::new() })
        }
        _ => Err(Problem::invalid("code", "send one of code, fields and id")),
    }
}

async fn by_text(caller: &Caller, text: &str) -> Result<Hit, Problem> {
    let found = candidates(caller, &[text]).await?;
    let exact = caller.vault().exact_tag(caller.tenant(), &[text]);
    choose(caller, found, text, |code, fields| {
        code.tag == exact || fields.is_some_and(|fields| looked_up_by(fields) == text)
    })
    .await
}

async fn by_fields(caller: &Caller, given: FieldsText) -> Result<Hit, Problem> {
    let mut fields: Vec<Field> = match given {
        FieldsText::List(list) => {
            list.into_iter().map(|f| Field::plain(&f.code.0, &clean(&f.value.0))).collect()
        }
        FieldsText::Object(object) => {
            object.iter().map(|(code, value)| Field::plain(code, &clean(&value.0))).collect()
        }
    };
    fields.retain(|field| !field.value.is_empty());
    if fields.is_empty() {
        return Err(Problem::invalid("fields", "send at least one field with a value"));
    }
    // Sorting is stable: fields of the merchant's own keep their order.
    fields.sort_by_key(|field| {
        BUILTINS.iter().position(|known| known.code == field.code).unwrap_or(BUILTINS.len())
    });
    let by = looked_up_by(&fields);
    let found = candidates(caller, &[fields[0].value.as_str(), by]).await?;
    let has = |stored: &[Field], wanted: &Field| {
        stored.iter().any(|field| field.code == wanted.code && field.value == wanted.value)
    };
    choose(caller, found, by, |_, stored| {
        stored.is_some_and(|stored| fields.iter().all(|wanted| has(stored, wanted)))
    })
    .await
}

/// Codes to which the tags of these values lead.
async fn candidates(caller: &Caller, values: &[&str]) -> Result<Vec<Code>, Problem> {
    let (vault, tenant, reader) = (caller.vault(), caller.tenant(), caller.reader());
    let mut found = Vec::new();
    for value in values {
        let lookup = vault.lookup_tag(tenant, &fold_lookup(value));
        found.extend(reader.codes_by_lookup(tenant, &lookup, CANDIDATES_MAX).await?);
        let before = vault.code_tag(tenant, &fold(value));
        found.extend(reader.code_by_tag_before(tenant, &before).await?);
    }
    found.retain(|code| code.state != CodeState::Replaced);
    found.sort_by_key(|code| code.id);
    found.dedup_by_key(|code| code.id);
    Ok(found)
}

/// The one that is meant; others are similar when they are asked for by what looks like `by`.
async fn choose(
    caller: &Caller,
    found: Vec<Code>,
    by: &str,
    is_meant: impl Fn(&Code, Option<&[Field]>) -> bool,
) -> Result<Hit, Problem> {
    let vault = caller.vault_for(found.iter().map(|code| &code.sealed[..])).await;
    let (mut exact, mut similar) = (Vec::new(), Vec::new());
    for code in found {
        let fields = open(&vault, &code).ok();
        let looks = |fields: &Vec<Field>| fold_lookup(looked_up_by(fields)) == fold_lookup(by);
        if is_meant(&code, fields.as_deref()) {
            exact.push(code);
        } else if fields.as_ref().is_none_or(looks) {
            similar.push(code.id);
        }
    }
    similar.truncate(NAMED_MAX);
    let names = |ids: &[kernel::CodeId]| ids.iter().map(ToString::to_string).collect();
    match exact.len() {
        1 => Ok(Hit { code: exact.remove(0), similar }),
        0 => Err(Problem::not_found("code")
            .meets(CodesMet { similar: names(&similar), ..CodesMet::default() })),
        several => {
            let detail = format!("{several} codes are meant; name one by its id");
            let ids: Vec<kernel::CodeId> =
                exact.iter().take(NAMED_MAX).map(|code| code.id).collect();
            Err(Problem::new(ErrorCode::CodeAmbiguous, detail)
                .meets(CodesMet { ids: names(&ids), similar: Vec::new() }))
        }
    }
}

/// As a file's values are taken in: composed, without space at the ends.
fn clean(text: &str) -> String {
    text.trim().nfc().collect()
}
