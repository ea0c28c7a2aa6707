//! The columns of a list, and where in its items they stand.

use std::collections::HashMap;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name: names of fields with points between them.
    pub name: String,
    /// What its values are.
    pub form: Form,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text; of a list, its items with `; ` between them.
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A point in time.
    Time,
    /// Something of many shapes, as JSON.
    Json,
}

/// Where columns stand in an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Nobody wants it.
    Nothing,
    /// One value.
    Value(usize, Form),
    /// An amount and its currency. The amount is in units of so many digits after the point, or in those of its currency.
    Money {
        /// The column of the amount.
        amount: Option<usize>,
        /// That of the currency.
        currency: Option<usize>,
        /// Digits after the point.
        digits: Option<u32>,
    },
    /// Fields by name.
    Object(Vec<(String, Shape)>),
    /// Items, whose values are joined.
    List(Box<Shape>),
}

/// All columns of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// In their order.
    pub columns: Vec<Column>,
    /// Where they stand.
    pub shape: Shape,
}

impl Columns {
    /// These columns in this order; the first name that is none of them otherwise.
    pub fn pick<'n>(&self, names: &'n [String]) -> Result<Self, &'n str> {
        let mut places = HashMap::new();
        let mut columns = Vec::new();
        for name in names {
            let found = self.columns.iter().position(|column| column.name == *name);
            let found = found.ok_or(name.as_str())?;
            if places.insert(found, columns.len()).is_some() {
                return Err(name);
            }
            columns.push(self.columns[found].clone());
        }
        Ok(Self { columns, shape: self.shape.pick(&places) })
    }
}

impl Shape {
    fn pick(&self, places: &HashMap<usize, usize>) -> Self {
        let at = |place: &usize| places.get(place).copied();
        match self {
            Self::Nothing => Self::Nothing,
            Self::Value(place, form) => {
                at(place).map_or(Self::Nothing, |at| Self::Value(at, *form))
            }
            Self::Money { amount, currency, digits } => {
                let [amount, currency] = [amount, currency].map(|one| one.as_ref().and_then(at));
                let wanted = amount.is_some() || currency.is_some();
                let money = Self::Money { amount, currency, digits: *digits };
                if wanted { money } else { Self::Nothing }
            }
            Self::Object(fields) => {
                let fields = fields.iter().map(|(name, shape)| (name.clone(), shape.pick(places)));
                let fields: Vec<_> = fields.filter(|(_, shape)| *shape != Self::Nothing).collect();
                if fields.is_empty() { Self::Nothing } else { Self::Object(fields) }
            }
            Self::List(item) => match item.pick(places) {
                Self::Nothing => Self::Nothing,
                item => Self::List(Box::new(item)),
            },
        }
    }

    /// The columns that stand in it.
    pub(super) fn places(&self, into: &mut Vec<usize>) {
        match self {
            Self::Nothing => {}
            Self::Value(place, _) => into.push(*place),
            Self::Money { amount, currency, .. } => into.extend(amount.iter().chain(currency)),
            Self::Object(fields) => fields.iter().for_each(|(_, shape)| shape.places(into)),
            Self::List(item) => item.places(into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns {
        let column = |name: &str, form| Column { name: name.to_owned(), form };
        let money = Shape::Money { amount: Some(1), currency: Some(2), digits: None };
        let line = Shape::Object(vec![("sku".into(), Shape::Value(3, Form::Text))]);
        Columns {
            columns: vec![
                column("id", Form::Text),
                column("total", Form::Number),
                column("total.currency", Form::Text),
                column("lines.sku", Form::Text),
            ],
            shape: Shape::Object(vec![
                ("id".into(), Shape::Value(0, Form::Text)),
                ("total".into(), money),
                ("lines".into(), Shape::List(Box::new(line))),
            ]),
        }
    }

    #[test]
    fn wanted_columns_stand_in_the_order_in_which_they_are_named() {
        let names = ["lines.sku", "total"].map(str::to_owned);
        let picked = columns().pick(&names).expect("they are known");
        let [sku, total] = &picked.columns[..] else { panic!("{picked:?}") };
        assert_eq!((&*sku.name, &*total.name), ("lines.sku", "total"));
        let line = Shape::Object(vec![("sku".into(), Shape::Value(0, Form::Text))]);
        let money = Shape::Money { amount: Some(1), currency: None, digits: None };
        let lines = ("lines".into(), Shape::List(Box::new(line)));
        assert_eq!(picked.shape, Shape::Object(vec![("total".into(), money), lines]));
    }

    #[test]
    fn a_column_that_is_none_or_named_twice_is_told() {
        for (names, wrong) in
            [(&["id", "x"][..], "x"), (&["id", "id"], "id"), (&["total.amount"], "total.amount")]
        {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(columns().pick(&names).err(), Some(wrong));
        }
    }
}
