//! Products and SKUs as kinds that people configure. They have paths of their own, because saving one changes more than
//! its fields.

use super::requests::{NewProduct, NewSku};
use crate::resource::kinds::{Own, ResourceKind};
use domain::resource::{Field, Words};

const PRODUCT: Own = Own {
    kind: "product",
    plural: "products",
    prefix: "prd",
    read: "catalog:read",
    write: "catalog:write",
    within: None,
    operations: &["list", "create", "get", "edit"],
    words: Words { zh: "商品", en: "Product" },
    fields: &[
        Field::new("name", "名称", "Name", "text"),
        Field::new("description", "说明", "Description", "prose"),
        Field::new("picture", "图片", "Picture", "choice"),
        Field::new("category", "分类", "Shelf", "text"),
        Field::new("on_shelf", "上架", "On the shelf", "switch"),
        Field::new("position", "排序", "Position", "number"),
        Field::new("guide", "使用说明", "Guide", "list").group("buyers"),
        Field::new("input", "下单填写", "Asked of buyers", "list").group("buyers"),
        Field::new("en", "英文", "In English", "object").group("buyers"),
        Field::new("skus", "规格", "SKUs", "list").group("skus"),
    ],
    sample: r#"{"name":"视频会员","description":"付款即到","picture":"video","category":"影音","position":10,"on_shelf":true,
        "guide":["打开应用","输入卡密"],"input":[{"code":"phone","name":"手机号","kind":"phone"}],
        "en":{"name":"Video membership"},
        "skus":[{"kind":"code","name":"月卡","price":{"amount":1990,"currency":"CNY"}}]}"#,
};

const SKU: Own = Own {
    kind: "sku",
    plural: "skus",
    prefix: "sku",
    read: "catalog:read",
    write: "catalog:write",
    within: Some("product"),
    operations: &["get", "edit"],
    words: Words { zh: "规格", en: "SKU" },
    fields: &[
        Field::new("kind", "发放方式", "Delivery", "choice"),
        Field::new("name", "名称", "Name", "text"),
        Field::new("price", "售价", "Price", "money"),
        Field::new("list_price", "划线价", "List price", "money"),
        Field::new("on_shelf", "上架", "On the shelf", "switch"),
        Field::new("en", "英文", "In English", "object"),
        Field::new("limits", "限购", "Limits", "object").group("sale"),
        Field::new("sale_from", "开售时间", "Sold from", "date").group("sale"),
        Field::new("sale_until", "停售时间", "Sold until", "date").group("sale"),
        Field::new("refund", "退款规则", "Refunds", "choice").group("sale"),
        Field::new("voucher", "券面", "Voucher", "object").group("voucher"),
        Field::new("validity", "有效期", "Validity", "object").group("voucher"),
        Field::new("stores", "适用门店", "Stores", "list").group("voucher"),
        Field::new("hours", "可用时间", "Hours", "list").group("voucher"),
        Field::new("min_spend", "满额可用", "Least bill", "money").group("voucher"),
        Field::new("present", "出示方式", "Shown by", "choice").group("voucher"),
        Field::new("on_expiry", "到期处理", "When it expires", "choice").group("voucher"),
        Field::new("returned_codes", "退回的卡密", "Returned codes", "choice").group("sale"),
        Field::new("code_fields", "卡密字段", "Fields of codes", "list").group("stock"),
        Field::new("stock_alarm", "库存预警", "Stock alarm", "number").group("stock"),
        Field::new("min_days_left", "最短剩余天数", "Days left at least", "number").group("stock"),
        Field::new("cost", "成本", "Cost", "text").group("books"),
        Field::new("goods_class", "商品类别", "Goods class", "choice").group("books"),
        Field::new("tax_code", "税收分类编码", "Tax code", "text").group("books"),
    ],
    sample: r#"{"kind":"code","name":"月卡","price":{"amount":1990,"currency":"CNY"},
        "list_price":{"amount":2500,"currency":"CNY"},"on_shelf":true,"en":{"name":"One month"},
        "limits":{"per_order":5,"per_user":9},"sale_from":"2026-01-01T00:00:00Z","sale_until":"2099-01-01T00:00:00Z",
        "refund":{"days":7},"voucher":{"type":"count","uses":3},"validity":{"days":30},
        "stores":["sto_01jd8x0e6vk3m9q5r7s2t4w6ya"],"hours":[{"days":[6,7],"from":"10:00","until":"22:00"}],
        "min_spend":{"amount":5000,"currency":"CNY"},"present":"code","on_expiry":"refund","returned_codes":"restock","code_fields":[{"code":"number"},{"code":"password"}],
        "stock_alarm":10,"min_days_left":7,"cost":"18.5025","goods_class":"virtual_goods","tax_code":"3040203"}"#,
};

/// The kinds.
pub fn kinds() -> [ResourceKind; 2] {
    [ResourceKind::own::<NewProduct>(&PRODUCT), ResourceKind::own::<NewSku>(&SKU)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;
    use utoipa::PartialSchema;

    #[test]
    fn every_field_is_told_and_samples_are_good() {
        let of = |own: &Own, schema: Value| {
            let told: BTreeSet<&str> = own.fields.iter().map(|field| field.name).collect();
            let known = schema["properties"].as_object().expect("an object");
            assert_eq!(told, known.keys().map(String::as_str).collect(), "{}", own.kind);
            let sample: Value = serde_json::from_str(own.sample).expect("JSON");
            let sent = sample.as_object().expect("an object").keys().map(String::as_str);
            assert_eq!(told, sent.collect(), "{} has every field", own.kind);
        };
        of(&PRODUCT, serde_json::to_value(NewProduct::schema()).expect("a schema"));
        of(&SKU, serde_json::to_value(NewSku::schema()).expect("a schema"));
        assert!(serde_json::from_str::<NewProduct>(PRODUCT.sample).is_ok());
        assert!(serde_json::from_str::<NewSku>(SKU.sample).is_ok());
    }
}
