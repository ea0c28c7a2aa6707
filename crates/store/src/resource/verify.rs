//! Checks of resources: their keys, claims, secrets and pictures are those of their bodies, and the counts are right.

use super::rows::{key, named, resource};
use super::sql;
use crate::Error;
use crate::seam::{Conn, Row, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, written};
use domain::resource::{AnyKind, Picture, key_rows, registry};
use kernel::Tenant;

/// Rows of a page.
const ROWS: i64 = 2000;

/// How many keys, claims, secrets and pictures the bodies have.
#[derive(Default)]
struct Expected {
    keys: i64,
    claims: i64,
    secrets: i64,
    pictures: i64,
}

/// How a resource is named.
pub(crate) fn name(kind: i64, id: &[u8]) -> String {
    written(registry::numbered(kind).map_or("kind", |any| any.kind.prefix), id)
}

/// Runs the check. Kinds that this program does not know are passed over with their tables uncounted.
pub(crate) async fn resources(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("resources");
    let mut expected = Expected::default();
    let mut after = (vec![], i64::MIN, vec![]);
    loop {
        let (tenant, kind, id) = &after;
        let from = [Value::bytes(tenant), Value::Int(*kind), Value::bytes(id), Value::Int(ROWS)];
        let found = conn.fetch(&sql::VERIFY_ROWS_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = (last.bytes(0)?.to_vec(), last.int(1)?, last.bytes(2)?.to_vec());
        finding.saw(found.len() as u64);
        page(conn, &found, &mut expected, &mut finding).await?;
    }
    let counts = conn.fetch(&sql::VERIFY_COUNTS, &[]).await?;
    let counts = counts.first().ok_or(Error::Corrupt("a count gave no row"))?;
    for (at, expected, says) in [
        (0, expected.keys, "keys are of nothing"),
        (1, expected.claims, "claims are of nothing"),
        (2, expected.secrets, "secrets are of nothing"),
        (3, expected.pictures, "pictures are of nothing"),
    ] {
        let there = counts.int(at)?;
        if there != expected {
            finding.wrong(says, || format!("{there} in place of {expected}"));
        }
    }
    let of = |row: &Row| written("mer", row.bytes(0).unwrap_or_default());
    finding.none(conn, &sql::VERIFY_HEADS, &[], "is counted wrong", of).await?;
    Ok(finding.done())
}

async fn page(
    conn: &mut Conn,
    found: &[Row],
    expected: &mut Expected,
    finding: &mut Finding,
) -> Result<(), Error> {
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        match readable(row) {
            Some(known) => rows.push(known),
            None => finding.wrong("cannot be read", || {
                name(row.int(1).unwrap_or(0), row.bytes(2).unwrap_or_default())
            }),
        }
    }
    let (mut keys, mut claims) = (Vec::new(), Vec::new());
    let (mut secrets, mut pictures) = (Vec::new(), Vec::new());
    for (tenant, row, any) in &rows {
        let Some(body) = any.stored(row.shape, &row.body) else { continue };
        keys.extend(key_rows(*tenant, row, body.as_ref()));
        let unique = body.keys().into_iter().filter(|key| key.unique && row.archived_at.is_none());
        claims.extend(
            unique.filter_map(|key| Some((*tenant, row.kind, key.name, key.bytes?, row.id))),
        );
        let hinted = any.secrets.iter().filter(|field| row.body.0.contains_key(**field));
        secrets.extend(hinted.map(|field| ((*tenant, row.kind, row.id), *field)));
        let shown = any.pictures.iter().filter_map(|field| Some((*field, row.body.0.get(*field)?)));
        let shown = shown.map(|(field, kept)| (field, serde_json::from_value(kept.clone())));
        pictures
            .extend(shown.filter_map(|(field, kept)| {
                Some(((*tenant, row.kind, row.id), field, kept.ok()?))
            }));
    }
    expected.keys += keys.len() as i64;
    expected.claims += claims.len() as i64;
    expected.secrets += secrets.len() as i64;
    expected.pictures += pictures.len() as i64;
    for (statement, keys, says) in
        [(&sql::VERIFY_KEYS, &keys, "lacks a key"), (&sql::VERIFY_CLAIMS, &claims, "lacks a claim")]
    {
        let wanted = keys.iter().map(|(tenant, kind, name, value, id)| {
            let [tenant, kind, name, value] = named(tenant, *kind, name, value);
            [tenant, kind, name, value, Value::bytes(id)]
        });
        for row in &conn.fetch_rows(statement, wanted.collect()).await? {
            finding.wrong(says, || written("resource", row.bytes(0).unwrap_or_default()));
        }
    }
    let wanted = secrets.iter().map(|(row, field)| {
        let [tenant, kind, id] = key(row);
        [tenant, kind, id, Value::text(field)]
    });
    for row in &conn.fetch_rows(&sql::VERIFY_SECRETS, wanted.collect()).await? {
        finding.wrong("lacks a secret", || written("resource", row.bytes(0).unwrap_or_default()));
    }
    let wanted = pictures.iter().map(|(row, field, kept): &(_, _, Picture)| {
        let [tenant, kind, id] = key(row);
        let (hash, bytes) = (Value::text(&kept.hash), Value::Int(kept.bytes));
        [tenant, kind, id, Value::text(field), hash, bytes]
    });
    for row in &conn.fetch_rows(&sql::VERIFY_PICTURES, wanted.collect()).await? {
        finding.wrong("lacks a picture", || written("resource", row.bytes(0).unwrap_or_default()));
    }
    Ok(())
}

/// A row whose kind is known and whose body is one of it.
fn readable(row: &Row) -> Option<(Tenant, domain::resource::Row, &'static AnyKind)> {
    let read = resource(row).ok()?;
    let any = registry::numbered(read.kind)?;
    any.stored(read.shape, &read.body)?;
    Some((row.tenant(0).ok()?, read, any))
}
