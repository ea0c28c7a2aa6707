//! What the columns of a file of products say, known by their heads in Chinese and in English.

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The product's name; where it is empty, the line is another SKU of the product above.
    Name,
    /// What buyers get, in words.
    Description,
    /// The shelf that the product lies on.
    Category,
    /// The SKU's name; the product's where it is empty.
    Sku,
    /// What one piece costs the buyer.
    Price,
    /// The currency of prices and costs; CNY where it is empty.
    Currency,
    /// What one piece costs the merchant.
    Cost,
    /// Whether it can be bought at once; yes where it is empty.
    OnShelf,
    /// Pieces per buyer.
    PerUser,
    /// Pieces per order.
    PerOrder,
    /// At which stock an alarm is told.
    StockAlarm,
}

/// A field, its name, and the heads by which it is known; the first of each language stands in the template.
pub struct Column {
    /// The field.
    pub field: Field,
    /// Its name in answers, and its head in English.
    pub name: &'static str,
    /// Its heads in Chinese.
    pub zh: &'static [&'static str],
    /// Other heads in English.
    en: &'static [&'static str],
}

/// Every column that is understood.
pub const COLUMNS: [Column; 11] = [
    column(
        Field::Name,
        "name",
        &["商品名称", "商品", "名称", "商品名"],
        &["product", "product name", "title"],
    ),
    column(
        Field::Description,
        "description",
        &["商品说明", "说明", "描述", "商品描述", "商品详情"],
        &["details"],
    ),
    column(Field::Category, "category", &["分类", "商品分类", "类目"], &["shelf"]),
    column(
        Field::Sku,
        "sku",
        &["规格名称", "规格", "面值", "套餐"],
        &["sku name", "variant", "option"],
    ),
    column(
        Field::Price,
        "price",
        &["售价", "价格", "单价", "销售价"],
        &["sale price", "unit price"],
    ),
    column(Field::Currency, "currency", &["币种", "货币"], &[]),
    column(Field::Cost, "cost", &["成本", "成本价", "进价", "进货价"], &["unit cost"]),
    column(
        Field::OnShelf,
        "on_shelf",
        &["上架", "是否上架", "状态"],
        &["on shelf", "on sale", "status"],
    ),
    column(Field::PerUser, "per_user", &["每人限购", "限购"], &["per buyer", "limit per user"]),
    column(Field::PerOrder, "per_order", &["每单限购"], &["limit per order"]),
    column(
        Field::StockAlarm,
        "stock_alarm",
        &["库存预警", "预警库存"],
        &["stock alarm", "low stock"],
    ),
];

const fn column(
    field: Field,
    name: &'static str,
    zh: &'static [&'static str],
    en: &'static [&'static str],
) -> Column {
    Column { field, name, zh, en }
}

/// The column of a head; none of one that is not known. What stands in brackets explains, and is passed over.
pub fn of_head(head: &str) -> Option<&'static Column> {
    let plain = head.split(['(', '（', '[', '【']).next().unwrap_or_default();
    let plain = plain.trim().trim_matches('*').trim().to_lowercase();
    COLUMNS.iter().find(|column| {
        column.name == plain
            || column.zh.contains(&plain.as_str())
            || column.en.contains(&plain.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_known_in_both_languages() {
        for (head, name) in [
            ("商品名称", "name"),
            ("*售价（元）", "price"),
            ("Unit Price", "price"),
            ("SKU", "sku"),
            ("进货价", "cost"),
        ] {
            assert_eq!(of_head(head).map(|column| column.name), Some(name), "{head}");
        }
        assert!(of_head("备注").is_none() && of_head("").is_none());
        let mut heads: Vec<_> =
            COLUMNS.iter().flat_map(|c| [&[c.name], c.zh, c.en].concat()).collect();
        let all = heads.len();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), all, "no head stands for two");
    }
}
