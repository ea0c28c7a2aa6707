//! What the names of columns mean.

use crate::Meaning;
use crate::builtin::{self, plain};
use crate::column::VALID_UNTIL;
use crate::told::{FieldSpec, Told};

/// Names of the date until which a code is valid, as [`plain`] writes them.
const VALID_UNTIL_WORDS: &str = "validuntil validto validtill validthru validthrough validdate validity validitydate expiresat expires \
    expireson expire expireat expireon expired expiry expirydate expirytime expiredate expiretime expiration expirationdate \
    expirationtime exp expdate exptime expires_in enddate endtime endat enddatetime deadline useby usebefore bestbefore duedate \
    有效期 有效期至 有效期到 有效日期 有效期限 有效时间 有效截止日期 有效截止时间 有效期截止 有效期截止日期 有效期结束时间 \
    到期时间 到期日 到期日期 到期 过期时间 过期日期 过期日 过期 截止日期 截止时间 截止日 截止 截止期限 截至日期 截至时间 \
    失效时间 失效日期 失效日 失效期 使用期限 使用有效期 使用截止日期 使用截止时间 使用期至 期限 卡密有效期 卡券有效期 \
    兑换截止日期 兑换截止时间 兑换有效期 兑换期限 激活截止日期 激活截止时间 激活有效期 激活期限 充值截止日期 充值截止时间 \
    结束时间 结束日期 保质期 保质期至 终止日期 终止时间 最晚使用时间 最晚使用日期 最后使用日期 有效至 有效到 \
    有效期限至 卡密有效期限 券截止日 到期时间点 過期時間 過期日 到期時間 有效期間 有效時間";

/// Parts of names that sound like an end of validity, and of those that sound like its start.
const END_PARTS: [&str; 20] = [
    "valid", "vaild", "until", "expir", "expire", "deadline", "useby", "enddate", "endtime",
    "效期", "到期", "过期", "失效", "截止", "截至", "期限", "保质", "終", "过保", "有效",
];
const START_PARTS: [&str; 10] =
    ["from", "start", "begin", "since", "开始", "起始", "生效", "启用", "是否", "isvalid"];

/// What a header is known to mean.
pub(crate) fn known(header: &str, fields: &[FieldSpec]) -> Option<Meaning> {
    let name = plain(header);
    if name.is_empty() {
        return None;
    }
    let declared = |field: &&FieldSpec| plain(&field.name) == name || plain(&field.code) == name;
    if let Some(field) = fields.iter().find(declared) {
        return Some(of_field(field));
    }
    if let Some(found) = builtin::by_header(&name) {
        return Some(of_code(found.code, Some(header), fields));
    }
    VALID_UNTIL_WORDS
        .split_ascii_whitespace()
        .any(|word| word == name)
        .then_some(Meaning::ValidUntil)
}

/// Whether a header whose meaning is not known sounds like the end of validity.
pub(crate) fn sounds_like_an_end(header: &str) -> bool {
    let name = plain(header);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    has(&END_PARTS) && !has(&START_PARTS)
}

/// The meaning of a word that names one: a field's code, `valid_until` or `-`.
pub(crate) fn of_code(code: &str, header: Option<&str>, fields: &[FieldSpec]) -> Meaning {
    match code {
        VALID_UNTIL => return Meaning::ValidUntil,
        "-" | "ignore" => return Meaning::Ignored,
        _ => {}
    }
    if let Some(field) = fields.iter().find(|field| field.code == code) {
        return of_field(field);
    }
    // A label in plain ASCII says nothing that the built-in one does not say better.
    let label = header.map(str::trim).filter(|header| !header.is_ascii());
    let secret = builtin::builtin(code).is_none_or(|field| field.secret);
    Meaning::Field { code: code.to_owned(), name: label.map(str::to_owned), secret }
}

fn of_field(field: &FieldSpec) -> Meaning {
    let name = Some(field.name.clone()).filter(|name| !name.is_empty());
    Meaning::Field { code: field.code.clone(), name, secret: field.secret }
}

/// The meaning that the caller's own names give a header.
pub(crate) fn mapped(header: &str, told: &Told) -> Option<&'static str> {
    let name = plain(header);
    let names = [
        ("number", &told.names.number),
        ("password", &told.names.password),
        (VALID_UNTIL, &told.names.valid_until),
    ];
    let wanted = |wanted: &Option<String>| wanted.as_deref().is_some_and(|w| plain(w) == name);
    names.into_iter().find(|(_, name)| wanted(name)).map(|(code, _)| code)
}

/// How many of the cells of a record name a column, and how many say anything.
pub(crate) fn names_in<'a>(cells: impl Iterator<Item = &'a str>, told: &Told) -> (usize, usize) {
    cells.filter(|cell| !cell.trim().is_empty()).fold((0, 0), |(known, filled), cell| {
        let named = mapped(cell, told).is_some() || self::known(cell, &told.fields).is_some();
        (known + usize::from(named), filled + 1)
    })
}
