//! A product's words in the language of the page; what was not translated is told as it is.

use domain::catalog::input::{InputField, InputWords};
use domain::catalog::{Product, ProductWords, Sku};
use pages::Lang;

/// A product in a language.
#[derive(Clone, Copy)]
pub struct ProductText<'a> {
    product: &'a Product,
    lang: Lang,
}

/// A product as it is told in a language.
pub fn told(product: &Product, lang: Lang) -> ProductText<'_> {
    ProductText { product, lang }
}

impl<'a> ProductText<'a> {
    fn en(&self) -> Option<&'a ProductWords> {
        self.product.presentation.en.as_ref().filter(|_| self.lang == Lang::En)
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.en().and_then(|en| en.name.clone()).unwrap_or_else(|| self.product.name.clone())
    }

    /// What buyers get, in words.
    pub fn description(&self) -> String {
        let translated = self.en().and_then(|en| en.description.clone());
        translated.or_else(|| self.product.description.clone()).unwrap_or_default()
    }

    /// The shelf that it lies on; empty for none.
    pub fn category(&self) -> String {
        let translated = self.en().and_then(|en| en.category.clone());
        translated.or_else(|| self.product.presentation.category.clone()).unwrap_or_default()
    }

    /// How it is used, step by step.
    pub fn guide(&self) -> &'a [String] {
        let translated = self.en().map(|en| &en.guide).filter(|guide| !guide.is_empty());
        translated.unwrap_or(&self.product.presentation.guide)
    }

    /// What one of its SKUs is called.
    pub fn sku(&self, sku: &Sku) -> String {
        let en = sku.terms.en.as_ref().filter(|_| self.lang == Lang::En);
        en.and_then(|en| en.name.clone()).unwrap_or_else(|| sku.terms.name.clone())
    }

    /// What the buyer reads beside one of its fields: name and hint.
    pub fn field(&self, field: &InputField) -> (String, String) {
        let en = field.en.as_ref().filter(|_| self.lang == Lang::En);
        let translated = |of: fn(&InputWords) -> &Option<String>| en.and_then(|en| of(en).clone());
        let name = translated(|en| &en.name).unwrap_or_else(|| field.name.clone());
        let hint = translated(|en| &en.hint).or_else(|| field.hint.clone()).unwrap_or_default();
        (name, hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_is_told_as_it_is() {
        let product = r#"{"id":"prd_01m838z2g0h1v1x0ya812hw483","version":1,"name":"卡","description":"说明",
            "category":"影音","guide":["一","二"],"input":[{"code":"phone","name":"手机号","hint":"例",
            "kind":"phone","required":true,"en":{"name":"Phone"}}],"en":{"name":"Card","guide":["One"]},
            "on_shelf":true,"skus":[],"created_at":"2026-11-23T08:00:00Z"}"#;
        let product: Product = serde_json::from_str(product).expect("a product");
        let words = |lang| {
            let told = told(&product, lang);
            let (name, hint) = told.field(&product.presentation.input[0]);
            let guide = told.guide().join(" ");
            [told.name(), told.description(), told.category(), guide, name, hint].join(", ")
        };
        assert_eq!(words(Lang::Zh), "卡, 说明, 影音, 一 二, 手机号, 例");
        assert_eq!(words(Lang::En), "Card, 说明, 影音, One, Phone, 例");
    }
}
