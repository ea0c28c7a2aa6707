//! Products as files of configuration tell them: what is sent to make one, with the ids of its SKUs.

use super::requests::NewProduct;
use super::views::Product;
use domain::Refusal;
use domain::catalog::create_product::CreateProduct;
use domain::catalog::{self, ProductSettings, Sku};
use domain::resource::Fields;
use edge::problem::Problem;
use kernel::SkuId;
use serde_json::{Map, Value, json};

/// Fields of an answer that nobody sets.
const TOLD: [&str; 3] = ["id", "version", "created_at"];
/// The same of a SKU.
const TOLD_OF_SKU: [&str; 3] = ["product", "stock", "content"];

/// All that a merchant set on a product and its SKUs.
pub fn told(product: &catalog::Product) -> Fields {
    let mut fields = object(json!(Product::of(product)));
    fields.retain(|name, _| !TOLD.contains(&name.as_str()));
    if let Some(Value::Array(skus)) = fields.get_mut("skus") {
        for sku in skus.iter_mut().filter_map(Value::as_object_mut) {
            sku.retain(|name, _| !TOLD_OF_SKU.contains(&name.as_str()));
        }
    }
    Fields(object(without_nothing(Value::Object(fields))))
}

/// What is told, read again.
///
/// # Errors
/// What is wrong with it, by field.
pub fn read(Fields(mut fields): Fields) -> Result<ProductSettings, Problem> {
    let mut ids = Vec::new();
    if let Some(Value::Array(skus)) = fields.get_mut("skus") {
        for (at, sku) in skus.iter_mut().enumerate() {
            let id = sku.as_object_mut().and_then(|sku| sku.remove("id"));
            let id = id.as_ref().and_then(Value::as_str).map(SkuId::parse);
            let wrong = || Problem::invalid(format!("skus[{at}].id"), "expected the id of a SKU");
            ids.push(id.and_then(Result::ok).ok_or_else(wrong)?);
        }
    }
    let new = Fields(fields).read::<NewProduct>().map_err(Refusal::Unreadable)?;
    let CreateProduct { name, description, presentation, on_shelf, skus } = new.into();
    let skus = ids.into_iter().zip(skus).map(|(id, terms)| Sku { id, terms, content: 0 }).collect();
    Ok(ProductSettings { name, description, presentation, on_shelf, skus })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => unreachable!("a product is an object: {other}"),
    }
}

/// A value without what says nothing: nulls, and lists and objects in which there is nothing.
fn without_nothing(value: Value) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    match value {
        Value::Array(items) => items.into_iter().map(without_nothing).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, without_nothing(value)));
            fields.filter(|(_, value)| says(value)).collect()
        }
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::product;

    #[test]
    fn every_setting_is_told_and_read_again() {
        let product = product();
        let fields = told(&product);
        assert_eq!(fields.0["skus"][0]["id"], json!(product.skus[0].id.to_string()));
        for name in ["version", "created_at", "id"] {
            assert!(!fields.0.contains_key(name), "{name}");
        }
        let settings = read(fields.clone()).expect("it is read");
        assert_eq!(settings, ProductSettings::of(&product));
        let bare = Fields(object(json!({ "name": "P", "skus": [{
            "id": product.skus[0].id.to_string(), "kind": "code", "name": "S",
            "price": { "amount": 1, "currency": "CNY" },
        }] })));
        assert!(read(bare.clone()).is_ok_and(|read| read.on_shelf && read.skus.len() == 1));
        for (path, value, field) in [
            ("/skus/0/id", json!("prd_0"), "skus[0].id"),
            ("/skus/0/id", Value::Null, "skus[0].id"),
            ("/skus/0/price", json!(7), "skus[0].price"),
            ("/skus", json!([7]), "skus[0].id"),
            ("/name", json!(""), "name"),
        ] {
            let mut wrong = Value::Object(bare.0.clone());
            *wrong.pointer_mut(path).expect("it is there") = value;
            let problem = read(Fields(object(wrong))).expect_err(path);
            assert_eq!(problem.errors[0].field, field, "{path}");
        }
    }
}
