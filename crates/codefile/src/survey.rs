//! What the records of a file hold, column by column: all that the questions are made of.

use crate::characters::{self, Odd};
use crate::damage;
use crate::date::{self, Form, Order, ordered};
use crate::finding::Spots;
use crate::layout::Slot;
use crate::no_data::is_unlike_code;
use crate::records::{Found, Lost, Record};
use crate::{Cause, Meaning, label};
use std::collections::BTreeMap;

/// What was seen of one column.
#[derive(Default)]
pub(crate) struct ColumnSeen {
    /// Values that are not empty.
    pub(crate) filled: u64,
    /// Values that look like dates.
    pub(crate) dates: Spots,
    /// Values that are words for a missing end.
    never: u64,
    /// Values that are a date, but not one that is known without a header.
    pub(crate) loose: Spots,
    /// Values like 已使用 or `disabled`.
    pub(crate) states: u64,
    /// Values without the label that the others have.
    pub(crate) unlabelled: Spots,
    /// Values that read like a remark.
    pub(crate) odd: Spots,
    /// The first and the last line with a value.
    pub(crate) ends: Option<(u64, u64)>,
    /// Numbers of more than fifteen digits, and those that end in zeros only.
    long: u64,
    pub(crate) rounded: Spots,
}

impl ColumnSeen {
    /// Whether all values look like dates.
    pub(crate) fn is_dates(&self) -> bool {
        self.dates.count > 0 && self.dates.count + self.never == self.filled
    }

    /// Whether some values are dates that a spreadsheet made of codes.
    pub(crate) fn has_made_dates(&self) -> bool {
        self.dates.count > 0 && !self.is_dates()
    }

    /// Whether every number of more than fifteen digits was cut, three of them at least.
    pub(crate) fn is_rounded(&self) -> bool {
        self.rounded.count >= 3 && self.rounded.count == self.long
    }

    /// Whether all values say what state something is in.
    pub(crate) fn is_states(&self) -> bool {
        self.filled > 0 && self.states == self.filled
    }

    /// Whether a few values are unlike all others.
    pub(crate) fn has_odd(&self) -> bool {
        let odd = self.odd.count;
        let at_end = self.odd.lines.first().is_some_and(|line| {
            self.ends.is_some_and(|(first, last)| *line == first || *line == last)
        });
        odd > 0 && (5 * odd <= self.filled || odd == 1 && self.filled >= 3 && at_end)
    }
}

/// What was seen of the dates.
#[derive(Default)]
pub(crate) struct DatesSeen {
    pub(crate) unordered: Spots,
    /// Orders that make a date of every value whose order is not plain.
    orders: [bool; 3],
    pub(crate) serials: Spots,
    pub(crate) lengths: Spots,
    midnights: u64,
    times: u64,
}

impl DatesSeen {
    pub(crate) fn orders(&self) -> Vec<Order> {
        Order::ALL
            .into_iter()
            .zip(self.orders)
            .filter(|(_, fits)| *fits)
            .map(|(order, _)| order)
            .collect()
    }

    /// Whether `… 00:00:00` means the day, as there is no other time.
    pub(crate) fn midnight_is_day(&self) -> bool {
        self.midnights > 0 && self.times == 0
    }

    fn see(&mut self, line: u64, text: &str) {
        match date::form(text) {
            Some(Form::Unordered(a, b, c)) => {
                if self.unordered.count == 0 {
                    self.orders = [true; 3];
                }
                self.unordered.add(line);
                for (fits, order) in self.orders.iter_mut().zip(Order::ALL) {
                    *fits &= ordered(order, a, b, c).is_some();
                }
            }
            Some(Form::Serial(_)) => self.serials.add(line),
            Some(Form::Length(..)) => self.lengths.add(line),
            Some(Form::Moment(at)) if at.time() == jiff::civil::Time::midnight() => {
                self.midnights += 1
            }
            Some(Form::Moment(_) | Form::Instant(_)) => self.times += 1,
            Some(Form::Day(_) | Form::Never) | None => {}
        }
    }
}

/// What is looked at in a column.
#[derive(Debug, Clone)]
struct Look {
    label: Option<String>,
    date: bool,
    strict_date: bool,
    /// Values are looked at, though perhaps an answer has taken the column out.
    value: bool,
    /// The values go to a buyer, as far as is known.
    kept: bool,
    unknown: bool,
}

impl Look {
    fn new(slot: &Slot) -> Self {
        let holds = |meaning: &Meaning| matches!(meaning, Meaning::Field { .. } | Meaning::Unknown);
        Self {
            label: slot.label.clone(),
            date: slot.meaning == Meaning::ValidUntil,
            strict_date: slot.strict_date,
            value: holds(&slot.base) || holds(&slot.meaning),
            kept: holds(&slot.meaning),
            unknown: slot.base == Meaning::Unknown,
        }
    }
}

/// What was seen of a whole file.
pub(crate) struct Survey {
    looks: Vec<Look>,
    pub(crate) columns: Vec<ColumnSeen>,
    pub(crate) dates: DatesSeen,
    pub(crate) odd: BTreeMap<Odd, Spots>,
    /// The same, with the columns that an answer took out.
    pub(crate) odd_before: BTreeMap<Odd, Spots>,
    pub(crate) damage: BTreeMap<&'static str, Spots>,
    /// Quoted values of several lines that look like records.
    pub(crate) quoted_records: Spots,
    /// Lines behind a quote that does not close where it should.
    pub(crate) lost: Spots,
    /// Lines that may belong to the record above them.
    pub(crate) torn: Spots,
    pub(crate) rows: u64,
    /// Records with fewer or more fields than columns.
    pub(crate) misfits: Spots,
    /// The last record with fewer, counted from 1.
    short_at: Option<u64>,
    separator: Option<u8>,
}

impl Survey {
    pub(crate) fn new(slots: &[Slot], separator: Option<u8>) -> Self {
        let columns = slots.iter().map(|_| ColumnSeen::default()).collect();
        Self {
            looks: slots.iter().map(Look::new).collect(),
            columns,
            dates: DatesSeen::default(),
            odd: BTreeMap::new(),
            odd_before: BTreeMap::new(),
            misfits: Spots::default(),
            short_at: None,
            damage: BTreeMap::new(),
            quoted_records: Spots::default(),
            lost: Spots::default(),
            torn: Spots::default(),
            rows: 0,
            separator,
        }
    }

    pub(crate) fn see(&mut self, found: &Found<'_>) {
        self.rows += 1;
        match found {
            Ok(record) => {
                if record.len() < self.columns.len() {
                    self.short_at = Some(self.rows);
                }
                if record.len() != self.columns.len() {
                    self.misfits.add(record.line);
                }
                if record.len() <= self.columns.len() {
                    self.record(record);
                }
            }
            Err(lost) if self.is_torn(lost) => {
                self.torn.add(lost.line);
            }
            Err(lost) if lost.lines > 1 || lost.cause == Cause::QuoteNotClosed => {
                self.lost.add(lost.line);
                self.lost.count += lost.lines - 1;
            }
            Err(_) => {}
        }
    }

    /// Whether a record lost by its quotes may be the end of one above it.
    fn is_torn(&self, lost: &Lost) -> bool {
        let by_quote = matches!(lost.cause, Cause::QuoteMisplaced | Cause::QuoteNotClosed);
        let short = lost.fields < self.columns.len() || self.is_near_short();
        by_quote
            && (lost.fields == 0 || lost.lines == 1 && short && lost.cause == Cause::QuoteMisplaced)
    }

    /// Whether one of the records right above has too few fields, as the start of a torn one has.
    fn is_near_short(&self) -> bool {
        self.short_at.is_some_and(|at| self.rows - at <= 64)
    }

    fn record(&mut self, record: &Record<'_>) {
        let line = record.line;
        for (place, cell) in record.cells().enumerate() {
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            let column = &mut self.columns[place];
            let look = &self.looks[place];
            let text = match &look.label {
                Some(label) => label::behind(text, label).unwrap_or_else(|| {
                    column.unlabelled.add(line);
                    text
                }),
                None => text,
            };
            if text.is_empty() {
                continue;
            }
            column.filled += 1;
            column.ends = Some((column.ends.map_or(line, |(first, _)| first), line));
            if look.strict_date && !date::is_strict(text) {
                column.loose.add(line);
            }
            if look.date {
                self.dates.see(line, text);
            }
            if look.value {
                let (unknown, kept) = (look.unknown, look.kept);
                value(column, line, text, unknown);
                self.value(line, text, kept);
            }
        }
        if self.separator.is_some_and(|byte| record.holds_records(byte, self.columns.len())) {
            self.quoted_records.add(line);
        }
    }

    fn value(&mut self, line: u64, text: &str, kept: bool) {
        if kept && let Some(cause) = damage::of_value(text) {
            self.damage.entry(cause.code()).or_default().add(line);
        }
        if !text.is_ascii() {
            let in_ideographs = characters::has_ideographs(text);
            let mut seen: Vec<Odd> =
                text.chars().filter_map(|c| characters::odd(c, in_ideographs)).collect();
            seen.sort_unstable();
            seen.dedup();
            for odd in seen {
                if kept {
                    self.odd.entry(odd).or_default().add(line);
                }
                self.odd_before.entry(odd).or_default().add(line);
            }
        }
    }
}

fn value(column: &mut ColumnSeen, line: u64, text: &str, unknown: bool) {
    if looks_like_date(text) {
        column.dates.add(line);
    } else if text.len() < 32 && !text.bytes().any(|b| b.is_ascii_digit()) {
        column.never += u64::from(date::form(text) == Some(Form::Never));
        column.states += u64::from(unknown && is_state(text));
    }
    if is_unlike_code(text) {
        column.odd.add(line);
    }
    match damage::rounded(text) {
        Some(true) => {
            column.long += 1;
            column.rounded.add(line);
        }
        Some(false) => column.long += 1,
        None => {}
    }
}

/// Whether a value could stand in a column of dates.
fn looks_like_date(text: &str) -> bool {
    if text.len() > 40 || text.len() < 4 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    if !begins_like_date(text) {
        return false;
    }
    damage::is_date(text)
        || matches!(
            date::form(text),
            Some(Form::Day(_) | Form::Moment(_) | Form::Instant(_) | Form::Unordered(..))
        )
}

/// A quick look: one to four digits and a mark behind them, eight digits, or a letter of a month.
fn begins_like_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        0 => text.len() <= 20 && text.as_bytes()[0].is_ascii_alphabetic(),
        1..=4 => {
            let rest = &text[digits..];
            rest.starts_with(['-', '/', '.', '年', '月', ' '])
        }
        digits => digits == 8 && text.len() == 8,
    }
}

/// Words that say in which state a code is.
const STATES: [&str; 60] = [
    "已使用",
    "未使用",
    "已售",
    "未售",
    "已售出",
    "未售出",
    "已激活",
    "未激活",
    "正常",
    "停用",
    "禁用",
    "启用",
    "失效",
    "有效",
    "无效",
    "作废",
    "已作废",
    "冻结",
    "已冻结",
    "可用",
    "不可用",
    "已过期",
    "未过期",
    "已兑换",
    "未兑换",
    "已绑定",
    "未绑定",
    "已发放",
    "未发放",
    "已领取",
    "未领取",
    "已核销",
    "未核销",
    "待使用",
    "已退款",
    "锁定",
    "已锁定",
    "使用中",
    "是",
    "否",
    "used",
    "unused",
    "sold",
    "unsold",
    "active",
    "inactive",
    "enabled",
    "disabled",
    "available",
    "unavailable",
    "expired",
    "valid",
    "invalid",
    "void",
    "voided",
    "frozen",
    "redeemed",
    "locked",
    "true",
    "false",
];

fn is_state(text: &str) -> bool {
    STATES.iter().any(|state| state.eq_ignore_ascii_case(text))
}
