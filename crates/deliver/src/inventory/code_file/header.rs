//! Finds the columns by the names in the first line of a CSV file.
//!
//! Names are compared without case, surrounding space, and difference of space, hyphen and
//! underscore. Columns that mean nothing to us are passed over: files of suppliers have many. Only one that sounds
//! like the end of validity is not, because codes without that date are sold for ever.

use super::{Cause, Column, FileError, row::Parts, split::Fields};

const NUMBER: &[&str] = &[
    "number",
    "no",
    "card_no",
    "cardno",
    "card_number",
    "serial",
    "serial_no",
    "serial_number",
    "sn",
    "卡号",
    "编号",
    "卡券编号",
    "序列号",
    "卡券号",
    "号码",
];
const PASSWORD: &[&str] = &[
    "password",
    "pwd",
    "code",
    "pin",
    "key",
    "secret",
    "card_password",
    "redeem_code",
    "cdkey",
    "卡密",
    "密码",
    "卡密码",
    "兑换码",
    "券码",
    "激活码",
    "充值码",
    "密钥",
];
const VALID_UNTIL: &[&str] = &[
    "valid_until",
    "valid_to",
    "expires_at",
    "expires",
    "expiry",
    "expiry_date",
    "expire_date",
    "expiration_date",
    "expire_time",
    "有效期",
    "有效期至",
    "有效日期",
    "到期时间",
    "到期日",
    "到期日期",
    "过期时间",
    "过期日期",
    "截止日期",
    "截止时间",
    "失效时间",
];

/// The names that a file gives its columns, where they are not the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap {
    /// The header of the card number.
    pub number: Option<String>,
    /// The header of the password or code.
    pub password: Option<String>,
    /// The header of the date.
    pub valid_until: Option<String>,
}

/// At which place, from 0, each column stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    number: Option<usize>,
    password: Option<usize>,
    valid_until: Option<usize>,
    columns: usize,
}

impl Layout {
    pub(super) fn read(fields: &Fields<'_>, map: &ColumnMap) -> Result<Self, FileError> {
        let names: Vec<String> = (0..fields.len()).map(|at| plain(fields.get(at))).collect();
        let told = [&map.number, &map.password, &map.valid_until];
        let told: Vec<String> = told.into_iter().flatten().map(|name| plain(name)).collect();
        let find = |column, wanted: &Option<String>, aliases: &[&str]| match wanted {
            Some(name) => place(&names, column, |found| found == plain(name))?
                .map(Some)
                .ok_or_else(|| FileError::ColumnMissing { column, name: name.clone() }),
            // A column that the mapping gives a meaning has no other.
            None => place(&names, column, |found| {
                aliases.contains(&found) && !told.iter().any(|name| name == found)
            }),
        };
        let layout = Self {
            number: find(Column::Number, &map.number, NUMBER)?,
            password: find(Column::Password, &map.password, PASSWORD)?,
            valid_until: find(Column::ValidUntil, &map.valid_until, VALID_UNTIL)?,
            columns: names.len(),
        };
        if layout.number.is_none() && layout.password.is_none() {
            let dated = layout.valid_until.is_some();
            let known = if dated { "only valid_until is known" } else { "none of them known" };
            return Err(FileError::HeaderMissing { columns: layout.columns, known });
        }
        if layout.valid_until.is_none()
            && let Some(at) = names.iter().position(|name| sounds_like_an_end(name))
        {
            return Err(FileError::DateUnknown { place: at + 1 });
        }
        Ok(layout)
    }

    /// The fields of a row by their meaning.
    pub(super) fn parts<'a>(&self, fields: &Fields<'a>) -> Result<Parts<'a>, Cause> {
        if fields.len() < self.columns {
            return Err(Cause::TooFewColumns);
        }
        if fields.len() > self.columns {
            return Err(Cause::TooManyColumns);
        }
        let part = |place: Option<usize>| place.map_or("", |at| fields.get(at));
        Ok(Parts {
            number: part(self.number),
            password: part(self.password),
            valid_until: part(self.valid_until),
        })
    }
}

/// The one place whose name fits.
fn place(
    names: &[String],
    column: Column,
    fits: impl Fn(&str) -> bool,
) -> Result<Option<usize>, FileError> {
    let mut places = (0..names.len()).filter(|at| fits(&names[*at]));
    match (places.next(), places.next()) {
        (Some(first), Some(second)) => {
            Err(FileError::ColumnTwice { column, first: first + 1, second: second + 1 })
        }
        (found, _) => Ok(found),
    }
}

/// Whether a name is likely a misspelt or foreign one for the end of validity.
fn sounds_like_an_end(name: &str) -> bool {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let end = has(&["valid_", "vaild", "until", "expir", "效期", "到期", "过期", "失效", "截止"]);
    end && !has(&["from", "start", "begin", "since", "开始", "起始", "生效"])
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}
