//! The columns of a list, from the schema of its items.

use deliver::export::{Column, Columns, Form, Shape};
use serde_json::{Map, Value};

/// Objects within objects that become columns; what lies deeper is told as JSON.
const DEPTH_MAX: usize = 6;
/// How the description of a field begins or goes on that is not in lists.
const ELSEWHERE: &str = "Only in answers to";

/// Schemas of the document by name.
pub struct Schemas<'d>(pub &'d Map<String, Value>);

/// Columns that are being gathered.
#[derive(Default)]
struct Gathered {
    columns: Vec<Column>,
    listed: bool,
}

impl<'d> Schemas<'d> {
    /// What a schema says, with a name resolved, and which name that was.
    fn resolve<'s>(&self, schema: &'s Value) -> (&'s Value, Option<&'s str>)
    where
        'd: 's,
    {
        let mut at = (schema, None);
        while let Some(name) = at.0["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or_default();
            match self.0.get(name) {
                Some(found) => at = (found, Some(name)),
                None => break,
            }
        }
        match self.only(at.0) {
            Some(only) if !std::ptr::eq(only, at.0) => self.resolve(only),
            _ => at,
        }
    }

    /// The one thing that a schema may be beside null.
    fn only<'s>(&self, schema: &'s Value) -> Option<&'s Value> {
        let any = schema["oneOf"].as_array().or(schema["anyOf"].as_array())?;
        let mut others = any.iter().filter(|one| one["type"] != "null");
        let first = others.next()?;
        others.next().is_none().then_some(first)
    }

    /// The fields of an object, those of all that it is made of.
    fn fields<'s>(&self, schema: &'s Value) -> Vec<(&'s String, &'s Value)>
    where
        'd: 's,
    {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let parts = parts.flat_map(|part| self.fields(self.resolve(part).0));
        let own = schema["properties"].as_object().into_iter().flatten();
        parts.chain(own).collect()
    }

    /// The schema of the items of a page, where an answer is one.
    pub fn items<'s>(&self, answer: &'s Value) -> Option<&'s Value>
    where
        'd: 's,
    {
        let (schema, _) = self.resolve(answer);
        if let Some(any) = schema["oneOf"].as_array() {
            return any.iter().find_map(|one| self.items(one));
        }
        let items = &schema["properties"]["data"]["items"];
        items.is_object().then_some(items)
    }

    /// The columns of items.
    pub fn columns(&self, items: &Value) -> Columns {
        let mut gathered = Gathered::default();
        let shape = self.shape(items, "", DEPTH_MAX, &mut gathered);
        Columns { columns: gathered.columns, shape }
    }

    fn shape(&self, schema: &Value, name: &str, depth: usize, to: &mut Gathered) -> Shape {
        let (schema, named) = self.resolve(schema);
        match named {
            Some("Money" | "HowMuch") => return to.money(name, None),
            Some("LedgerAmount") => return to.money(name, Some(4)),
            _ => {}
        }
        let fields = self.fields(schema);
        if !fields.is_empty() && depth > 0 {
            let mut shapes = Vec::new();
            let first = fields.iter().filter(|(field, _)| *field == "id");
            let rest = fields.iter().filter(|(field, _)| *field != "id");
            for (field, schema) in first.chain(rest) {
                if !is_elsewhere(schema) {
                    let name =
                        if name.is_empty() { (*field).clone() } else { format!("{name}.{field}") };
                    shapes.push(((*field).clone(), self.shape(schema, &name, depth - 1, to)));
                }
            }
            return Shape::Object(shapes);
        }
        if is(schema, "array") && !to.listed && schema["items"].is_object() {
            to.listed = true;
            let item = self.shape(&schema["items"], name, depth.saturating_sub(1), to);
            to.listed = false;
            return Shape::List(Box::new(item));
        }
        to.value(name, form(schema))
    }
}

impl Gathered {
    fn column(&mut self, name: String, form: Form) -> usize {
        // What is joined of a list is text.
        let form = if self.listed && form != Form::Json { Form::Text } else { form };
        self.columns.push(Column { name, form });
        self.columns.len() - 1
    }

    fn value(&mut self, name: &str, form: Form) -> Shape {
        let name = if name.is_empty() { "value" } else { name };
        Shape::Value(self.column(name.to_owned(), form), form)
    }

    fn money(&mut self, name: &str, digits: Option<u32>) -> Shape {
        let amount = Some(self.column(name.to_owned(), Form::Number));
        let currency = Some(self.column(format!("{name}.currency"), Form::Text));
        Shape::Money { amount, currency, digits }
    }
}

/// Whether a field is not in lists, by what its description says.
fn is_elsewhere(schema: &Value) -> bool {
    let parts = schema["oneOf"].as_array().into_iter().flatten();
    let mut said = parts.chain([schema]).filter_map(|one| one["description"].as_str());
    said.any(|text| text.contains(ELSEWHERE))
}

fn is(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        one => one == kind,
    }
}

fn form(schema: &Value) -> Form {
    if is(schema, "integer") || is(schema, "number") {
        Form::Number
    } else if is(schema, "boolean") {
        Form::Flag
    } else if schema["format"] == "date-time" {
        Form::Time
    } else if is(schema, "string") {
        Form::Text
    } else {
        Form::Json
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn columns_follow_from_what_the_document_says() {
        let document = json!({
            "Money": { "type": "object", "properties": { "amount": {}, "currency": {} } },
            "Time": { "type": "string", "format": "date-time" },
            "Line": { "type": "object", "properties": {
                "sku": { "type": "string" }, "price": { "$ref": "#/components/schemas/Money" },
                "tags": { "type": "array", "items": { "type": "string" } },
            } },
            "Order": { "allOf": [
                { "type": "object", "properties": { "paid": { "oneOf": [
                    { "$ref": "#/components/schemas/Money" }, { "type": "null" }] } } },
                { "type": "object", "properties": {
                    "at": { "$ref": "#/components/schemas/Time" },
                    "count": { "type": ["integer", "null"] },
                    "id": { "type": "string" },
                    "lines": { "type": "array", "items": { "$ref": "#/components/schemas/Line" } },
                    "open": { "type": "boolean" },
                    "page": { "type": "string", "description": "Its page. Only in answers to placing." },
                    "said": { "oneOf": [{ "type": "string" }, { "type": "integer" }] },
                } },
            ] },
            "Orders": { "oneOf": [{ "$ref": "#/components/schemas/Order" }, { "$ref": "#/components/schemas/Page" }] },
            "Page": { "type": "object", "properties": {
                "data": { "type": "array", "items": { "$ref": "#/components/schemas/Order" } } } },
        });
        let schemas = Schemas(document.as_object().expect("schemas"));
        let answer = json!({ "$ref": "#/components/schemas/Orders" });
        let items = schemas.items(&answer).expect("a page");
        let columns = schemas.columns(items).columns;
        let told: Vec<_> =
            columns.iter().map(|one| format!("{} {:?}", one.name, one.form)).collect();
        let expected = [
            "id Text",
            "paid Number",
            "paid.currency Text",
            "at Time",
            "count Number",
            "lines.price Text",
            "lines.price.currency Text",
            "lines.sku Text",
            "lines.tags Json",
            "open Flag",
            "said Json",
        ];
        assert_eq!(told, expected);
        let none = json!({ "$ref": "#/components/schemas/Order" });
        assert!(schemas.items(&none).is_none());
    }
}
