//! List resources, filtered and sorted by their keys.

use super::view::{ITEMS_USUAL, Page, View, limit, no_cursor};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::resource::{AnyKind, Key, KeyType, Row};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Pairs;
use edge::problem::Problem;
use kernel::Id16;
use kernel::limits::{RESOURCE_FILTERS_MAX, RESOURCE_KEY_BYTES_MAX};
use store::resource::read::{List, Order};

/// Lists those of a kind that are not archived, newest first unless it is asked otherwise.
pub async fn list(
    any: &'static AnyKind,
    caller: Caller,
    Pairs(pairs): Pairs,
) -> Answered<Page<View>> {
    let wanted = wanted(&any.keys(), &pairs)?;
    let list = List { limit: wanted.limit + 1, ..wanted.clone() };
    let mut rows = caller.reader().resources(caller.tenant(), any.kind.number, &list).await?;
    let more = rows.len() > wanted.limit as usize;
    rows.truncate(wanted.limit as usize);
    let next = rows.last().filter(|_| more).map(|(row, key)| cursor(&wanted.order, row, key));
    let data = rows.iter().map(|(row, _)| View::of(any, row)).collect::<Result<_, _>>()?;
    Ok(Answer::ok(Page { data, next }))
}

/// The list that parameters ask for.
pub fn wanted(keys: &[Key], pairs: &[(String, String)]) -> Result<List, Problem> {
    let of = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    let mut filters = Vec::new();
    for (name, value) in pairs {
        if ["limit", "after", "sort", "archived"].contains(&name.as_str()) {
            continue;
        }
        let key = keys.iter().find(|key| key.name == name).ok_or_else(|| {
            let known = names(keys);
            Problem::invalid(name, format!("is no filter here; filter by {known}"))
        })?;
        let bytes = value_of(key.values, value);
        let expected = || format!("expected {}", key.values.words());
        filters.push((key.name, bytes.ok_or_else(|| Problem::invalid(key.name, expected()))?));
    }
    if let Some((name, _)) = filters.get(RESOURCE_FILTERS_MAX) {
        let detail = format!("filter by at most {RESOURCE_FILTERS_MAX} keys at once");
        return Err(Problem::invalid(*name, detail));
    }
    let archived = match of("archived").map(String::as_str) {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::invalid("archived", "expected true or false")),
    };
    let after = of("after").map(|text| place(text).ok_or_else(no_cursor)).transpose()?;
    let order = match of("sort") {
        None => Order::Newest { after: after.map(|(id, _)| id) },
        Some(sort) => {
            let (name, down) = sort.strip_prefix('-').map_or((&**sort, false), |name| (name, true));
            let key = keys.iter().find(|key| key.name == name).ok_or_else(|| {
                let detail = format!("expected one of {}, or one of them after `-`", names(keys));
                Problem::invalid("sort", detail)
            })?;
            Order::By { name: key.name, down, after: after.map(|(id, value)| (value, id)) }
        }
    };
    let limit = of("limit").map_or(Ok(ITEMS_USUAL), |text| limit(text))?;
    Ok(List { filters, order, archived, limit })
}

/// A value by which a list is filtered. A text is one that a field may have.
fn value_of(values: KeyType, text: &str) -> Option<Vec<u8>> {
    let fits = !text.is_empty() && text.len() <= RESOURCE_KEY_BYTES_MAX;
    (fits && !text.contains(char::is_control)).then(|| values.parse(text)).flatten()
}

fn names(keys: &[Key]) -> String {
    let names: Vec<_> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

/// Where a page ended: the id, and the value of the key that it is sorted by.
pub fn cursor(order: &Order, row: &Row, value: &[u8]) -> String {
    let value = if matches!(order, Order::By { .. }) { value } else { &[] };
    URL_SAFE_NO_PAD.encode([&row.id, value].concat())
}

/// Where a page of newest first ended.
pub fn cursor_of(id: &Id16) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

fn place(text: &str) -> Option<(Id16, Vec<u8>)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (id, value) = bytes.split_first_chunk()?;
    Some((*id, value.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &'static str, values: KeyType) -> Key {
        Key { name, values, unique: false, bytes: None }
    }

    fn refused(pairs: &[(&str, &str)]) -> (String, String) {
        let keys = [key("code", KeyType::Text), key("seats", KeyType::Int)];
        let pairs: Vec<_> = pairs.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        let problem = wanted(&keys, &pairs).expect_err("it is refused");
        (problem.errors[0].field.clone(), problem.errors[0].detail.clone())
    }

    #[test]
    fn what_is_no_filter_is_told_with_those_that_are() {
        let (field, detail) = refused(&[("colour", "red")]);
        assert_eq!((&*field, &*detail), ("colour", "is no filter here; filter by `code`, `seats`"));
        let (field, detail) = refused(&[("sort", "-colour")]);
        assert_eq!(field, "sort");
        assert!(detail.contains("`code`, `seats`"), "{detail}");
        for (name, value) in [
            ("seats", "many"),
            ("code", ""),
            ("code", "a\u{0}b"),
            ("archived", "1"),
            ("after", "!"),
            ("limit", "0"),
        ] {
            assert_eq!(refused(&[(name, value)]).0, name, "{value}");
        }
    }

    #[test]
    fn a_cursor_leads_back() {
        let order = Order::By { name: "code", down: false, after: None };
        let row = Row {
            kind: 1,
            id: [7; 16],
            version: 1,
            shape: 1,
            stamp: 0,
            created_at: kernel::Timestamp(0),
            edited_at: kernel::Timestamp(0),
            archived_at: None,
            body: Default::default(),
        };
        assert_eq!(place(&cursor(&order, &row, b"\x01abc")), Some(([7; 16], b"\x01abc".to_vec())));
        let newest = Order::Newest { after: None };
        assert_eq!(place(&cursor(&newest, &row, b"")), Some(([7; 16], vec![])));
    }
}
