//! Checks of data keys and what is sealed.

use crate::Error;
use crate::seam::{Conn, Row, Statement, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, first};
use kernel::limits;

/// The suite that seals, AES-256-GCM-SIV, as the first byte of everything sealed.
const SUITE: [u8; 1] = [1];
/// Bytes that a seal adds: suite, key id, nonce, tag.
const SEAL_BYTES: usize = 33;
/// Bytes of a wrapped data key: suite, nonce, key, tag.
const WRAPPED_BYTES: usize = 61;
/// Bytes of a code in clear at most: its values, and of each field flags, code and label with their lengths.
const CODE_BYTES_MAX: usize =
    2 + limits::CODE_RECORD_BYTES_MAX + limits::CODE_FIELDS_MAX * (1 + 3 * 4 + 32 + 4 * 64);

/// Bytes of the answers of one order in clear at most: of each its code, its value and what JSON adds.
const INPUT_BYTES_MAX: usize =
    limits::ORDER_INPUTS_MAX * (limits::INPUT_CODE_CHARS_MAX + 4 * limits::INPUT_CHARS_MAX + 8);

/// Bytes of a person's contact in clear at most: name, address, the secret of one-time codes and what JSON adds.
const PERSON_BYTES_MAX: usize = 4 * (limits::NAME_CHARS_MAX + limits::EMAIL_CHARS_MAX) + 256;

/// What must be sealed is sealed: it begins with the suite that sealed it, and is as long as a seal and what
/// may lie under it, and its key is one that is kept. Of API keys only a hash is kept.
pub(crate) async fn sealed(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("sealed");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_SEALED).await?;
    let (oldest, newest) = seal_keys(conn).await?;
    let buyer = 4 * limits::EXTERNAL_BUYER_CHARS_MAX;
    let chunk = limits::STAGED_CHUNK_BYTES;
    let columns: [(&'static Statement, usize, &'static str, &'static str); 8] = [
        (&super::sql::VERIFY_SEALED_CODES, CODE_BYTES_MAX, "a code is not sealed", "cod"),
        (&super::sql::VERIFY_SEALED_BUYERS, buyer, "a buyer is not sealed", "byr"),
        (&super::sql::VERIFY_SEALED_STAGED_CHUNKS, chunk, "a staged piece is not sealed", "imp"),
        (
            &super::sql::VERIFY_SEALED_ORDER_INPUTS,
            INPUT_BYTES_MAX,
            "an answer is not sealed",
            "ord",
        ),
        (
            &super::sql::VERIFY_SEALED_APPROVAL_PARTS,
            limits::APPROVAL_RESULT_BYTES_MAX,
            "a part of an approval is not sealed",
            "apv",
        ),
        (
            &super::sql::VERIFY_SEALED_CONTENTS,
            4 * limits::CONTENT_CHARS_MAX,
            "what buyers share is not sealed",
            "cnt",
        ),
        (&super::sql::VERIFY_SEALED_PEOPLE, PERSON_BYTES_MAX, "a person is not sealed", "psn"),
        (
            &super::sql::VERIFY_SEALED_RESOURCE_SECRETS,
            4 * limits::RESOURCE_SECRET_CHARS_MAX,
            "a secret is not sealed",
            "resource",
        ),
    ];
    for (s, clear_max, says, prefix) in columns {
        let [min, max, suite] = shape(SEAL_BYTES, SEAL_BYTES + clear_max);
        let sealed = [min, max, suite, Value::bytes(&oldest), Value::bytes(&newest)];
        finding.none(conn, s, &sealed, says, first(prefix)).await?;
    }
    let (says, id) = ("a data key is not wrapped", |row: &Row| row.int(0).unwrap_or(0).to_string());
    let wrapped = shape(WRAPPED_BYTES, WRAPPED_BYTES);
    finding.none(conn, &super::sql::VERIFY_SEALED_DATA_KEYS, &wrapped, says, id).await?;
    let says = "a key's hash is not a hash";
    finding
        .none(conn, &crate::identity::sql::VERIFY_API_KEY_HASHES, &[], says, first("key"))
        .await?;
    Ok(finding.done())
}

/// The oldest and the newest key that is kept, as seals name them. A seal outside of them opens nowhere.
async fn seal_keys(conn: &mut Conn) -> Result<([u8; 4], [u8; 4]), Error> {
    let found = conn.fetch(&super::sql::VERIFY_SEAL_KEYS, &[]).await?;
    let row = found.first().ok_or(Error::Corrupt("the table of keys"))?;
    let key = |at| Ok(u32::try_from(row.int(at)?).unwrap_or(0).to_be_bytes());
    Ok((key(0)?, key(1)?))
}

/// Fewest and most bytes, and the first of them.
fn shape(min: usize, max: usize) -> [Value<'static>; 3] {
    [Value::Int(min as i64), Value::Int(max as i64), Value::bytes(&SUITE)]
}
