//! A row made of an item's JSON in one pass, without a tree in between: a million of them are made in seconds.

use super::columns::{Columns, Form, Shape};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::Currency;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt::{self, Write};

/// Between the items of a list.
const BETWEEN: &str = "; ";

/// The values of a row, whose memory is used again for the next one.
pub struct Row {
    cells: Vec<Cell>,
}

/// A value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it is.
    pub kind: Kind,
    /// As text.
    pub text: String,
}

/// What a value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text,
    /// A number in decimals.
    Number,
    /// True or false.
    Flag,
}

impl Row {
    /// A row of so many cells.
    pub fn new(columns: &Columns) -> Self {
        Self { cells: vec![Cell::default(); columns.columns.len()] }
    }

    /// The values of an item; times are told in a zone.
    pub fn read(
        &mut self,
        shape: &Shape,
        zone: &TimeZone,
        item: &RawValue,
    ) -> Result<&[Cell], serde_json::Error> {
        for cell in &mut self.cells {
            cell.kind = Kind::Empty;
            cell.text.clear();
        }
        let mut json = serde_json::Deserializer::from_str(item.get());
        Reading { shape, row: self, zone, listed: false }.deserialize(&mut json)?;
        Ok(&self.cells)
    }

    fn put(&mut self, place: usize, kind: Kind, listed: bool, text: impl fmt::Display) {
        let Some(cell) = self.cells.get_mut(place) else { return };
        cell.kind = if listed { Kind::Text } else { kind };
        // Writing to a string cannot fail.
        let _ = write!(cell.text, "{text}");
    }
}

/// A shape that is being read.
struct Reading<'a> {
    shape: &'a Shape,
    row: &'a mut Row,
    zone: &'a TimeZone,
    /// Whether it stands in a list, whose items share a cell.
    listed: bool,
}

#[derive(Deserialize)]
struct Amount {
    amount: i64,
    currency: String,
}

/// What stands where money is told, or uses in its place.
enum Told {
    Nothing,
    Count(i64),
    Money(Amount),
}

/// Reads an amount of money, or a number of uses.
struct HowMuch;

impl<'de> Visitor<'de> for HowMuch {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of money, or a number")
    }

    fn visit_unit<E: Error>(self) -> Result<Told, E> {
        Ok(Told::Nothing)
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<Told, E> {
        Ok(Told::Count(count))
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<Told, E> {
        i64::try_from(count).map(Told::Count).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Told, A::Error> {
        Amount::deserialize(MapAccessDeserializer::new(map)).map(Told::Money)
    }
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self.shape {
            Shape::Nothing => IgnoredAny::deserialize(json).map(|_| ()),
            Shape::Value(place, Form::Json) => {
                match Value::deserialize(json)? {
                    Value::Null => {}
                    Value::String(text) => self.row.put(*place, Kind::Text, self.listed, text),
                    value => self.row.put(*place, Kind::Text, self.listed, value),
                }
                Ok(())
            }
            Shape::Money { amount, currency, digits } => {
                let money = match json.deserialize_any(HowMuch)? {
                    Told::Nothing => return Ok(()),
                    Told::Count(count) => {
                        if let Some(place) = amount {
                            self.row.put(*place, Kind::Number, self.listed, count);
                        }
                        return Ok(());
                    }
                    Told::Money(money) => money,
                };
                let own = Currency::from_code(&money.currency).map_or(2, Currency::exponent);
                let text = decimal(money.amount, digits.unwrap_or(own));
                if let Some(place) = amount {
                    self.row.put(*place, Kind::Number, self.listed, text);
                }
                if let Some(place) = currency {
                    self.row.put(*place, Kind::Text, self.listed, money.currency);
                }
                Ok(())
            }
            Shape::Value(..) | Shape::Object(_) | Shape::List(_) => json.deserialize_any(self),
        }
    }
}

impl Reading<'_> {
    fn value(self, kind: Kind, text: impl fmt::Display) {
        if let Shape::Value(place, _) = self.shape {
            self.row.put(*place, kind, self.listed, text);
        }
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what the document says of a list's item")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.value(Kind::Flag, value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.value(Kind::Number, value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.value(Kind::Number, value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.value(Kind::Number, value);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let time = match self.shape {
            Shape::Value(_, Form::Time) => text.parse::<Timestamp>().ok(),
            _ => None,
        };
        match time {
            Some(at) => {
                let offset = self.zone.to_offset(at);
                self.value(Kind::Text, at.display_with_offset(offset));
            }
            None => self.value(Kind::Text, text),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Shape::Object(fields) = self.shape else {
            let value = Value::deserialize(MapAccessDeserializer::new(map))?;
            self.value(Kind::Text, value);
            return Ok(());
        };
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let found = fields.iter().find(|(known, _)| *known == name);
            let shape = found.map_or(&Shape::Nothing, |(_, shape)| shape);
            let (row, zone, listed) = (&mut *self.row, self.zone, self.listed);
            map.next_value_seed(Reading { shape, row, zone, listed })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Shape::List(shape) = self.shape else {
            let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
            self.value(Kind::Text, value);
            return Ok(());
        };
        let mut places = Vec::new();
        let (row, zone) = (self.row, self.zone);
        loop {
            let reading = Reading { shape, row: &mut *row, zone, listed: true };
            if items.next_element_seed(reading)?.is_none() {
                break;
            }
            if places.is_empty() {
                shape.places(&mut places);
            }
            // Every column has as many items as the list, so that they can be told apart again.
            for place in &places {
                row.put(*place, Kind::Text, true, BETWEEN);
            }
        }
        for place in &places {
            let text = &mut row.cells[*place].text;
            text.truncate(text.len() - BETWEEN.len());
        }
        Ok(())
    }
}

/// A number of small units as one of large ones, with so many digits after the point.
fn decimal(amount: i64, digits: u32) -> String {
    if digits == 0 {
        return amount.to_string();
    }
    let (sign, scale) = (if amount < 0 { "-" } else { "" }, 10_u64.pow(digits));
    let units = amount.unsigned_abs();
    format!("{sign}{}.{:0width$}", units / scale, units % scale, width = digits as usize)
}

#[cfg(test)]
mod tests {
    use super::super::columns::Column;
    use super::*;

    /// What becomes of an item of these columns, written as `kind text`.
    fn check(shape: Shape, count: usize, item: &str, cells: &[&str]) {
        let column = Column { name: String::new(), form: Form::Text };
        let columns = Columns { columns: vec![column; count], shape };
        let mut row = Row::new(&columns);
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let item = RawValue::from_string(item.to_owned()).expect("JSON");
        // Twice: nothing is left of the row before.
        row.read(&columns.shape, &zone, &item).expect("it is read");
        let read = row.read(&columns.shape, &zone, &item).expect("it is read");
        let told: Vec<_> =
            read.iter().map(|cell| format!("{:?} {}", cell.kind, cell.text)).collect();
        assert_eq!(told, cells, "{}", item.get());
    }

    fn object(fields: Vec<(&str, Shape)>) -> Shape {
        Shape::Object(fields.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect())
    }

    #[test]
    fn values_are_what_the_document_says() {
        let shape = || {
            let inner = object(vec![("id", Shape::Value(1, Form::Text))]);
            object(vec![
                ("at", Shape::Value(0, Form::Time)),
                ("buyer", inner),
                ("count", Shape::Value(2, Form::Number)),
                ("open", Shape::Value(3, Form::Flag)),
                ("data", Shape::Value(4, Form::Json)),
            ])
        };
        check(
            shape(),
            5,
            r#"{"x":[{"a":1}],"at":"2026-11-28T16:00:00.5Z","buyer":{"id":"=1","y":{}},"count":-7,"open":true,"data":{"a":[1]}}"#,
            &[
                "Text 2026-11-29T00:00:00.5+08:00",
                "Text =1",
                "Number -7",
                "Flag true",
                r#"Text {"a":[1]}"#,
            ],
        );
        let nothing = ["Empty "; 5];
        check(shape(), 5, r#"{"at":null,"buyer":null,"data":null}"#, &nothing);
        check(shape(), 5, "{}", &nothing);
        check(
            shape(),
            5,
            r#"{"data":"words"}"#,
            &["Empty ", "Empty ", "Empty ", "Empty ", "Text words"],
        );
        // A value that is not what the document says is still shown.
        check(
            shape(),
            5,
            r#"{"at":"later","count":{"a":1}}"#,
            &["Text later", "Empty ", r#"Text {"a":1}"#, "Empty ", "Empty "],
        );
    }

    #[test]
    fn money_is_a_decimal_and_its_currency() {
        let money = |digits| Shape::Money { amount: Some(0), currency: Some(1), digits };
        for (digits, item, amount, currency) in [
            (None, r#"{"amount":1990,"currency":"CNY"}"#, "Number 19.90", "Text CNY"),
            (None, r#"{"currency":"JPY","amount":1990}"#, "Number 1990", "Text JPY"),
            (None, r#"{"amount":-5,"currency":"USD"}"#, "Number -0.05", "Text USD"),
            (Some(4), r#"{"amount":185025,"currency":"CNY"}"#, "Number 18.5025", "Text CNY"),
            (
                None,
                r#"{"amount":-9223372036854775808,"currency":"CNY"}"#,
                "Number -92233720368547758.08",
                "Text CNY",
            ),
            (None, "null", "Empty ", "Empty "),
        ] {
            check(money(digits), 2, item, &[amount, currency]);
        }
    }

    #[test]
    fn lists_are_joined_and_their_columns_stay_in_step() {
        let lines = || {
            let price = Shape::Money { amount: Some(1), currency: None, digits: None };
            let line = object(vec![("sku", Shape::Value(0, Form::Text)), ("price", price)]);
            object(vec![("lines", Shape::List(Box::new(line)))])
        };
        let two = r#"{"lines":[{"sku":"a","price":{"amount":150,"currency":"CNY"}},{"price":null,"sku":"b"}]}"#;
        check(lines(), 2, two, &["Text a; b", "Text 1.50; "]);
        check(lines(), 2, r#"{"lines":[]}"#, &["Empty ", "Empty "]);
        let words = || object(vec![("tags", Shape::List(Box::new(Shape::Value(0, Form::Text))))]);
        check(words(), 1, r#"{"tags":["x",null,3]}"#, &["Text x; ; 3"]);
        check(words(), 1, r#"{"tags":null}"#, &["Empty "]);
    }
}
