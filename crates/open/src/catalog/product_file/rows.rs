//! What the rows of a file of products say: products with their SKUs, and what is wrong with which row.

use super::columns::{COLUMNS, Column, Field, of_head};
use codefile::Rows;
use kernel::Currency;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A product of a file.
#[derive(Debug, Clone)]
pub struct FileProduct {
    /// Its lines.
    pub lines: Vec<u64>,
    /// What is sent to make it.
    pub fields: Map<String, Value>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowProblem {
    /// Its line in the file, from 1, the heads counted.
    pub row: u64,
    /// The head of the column; null where it is the whole row.
    pub column: Option<String>,
    /// What is wrong, for programs: `name_missing`, `price_missing`, `amount`, `count`, `flag`, `currency`, `formula`, `name_taken`, or
    /// `rule` where a rule of products says no.
    pub code: &'static str,
    /// What is wrong and how to cure it.
    pub detail: String,
}

/// What is wrong: its code, and the same in words.
type Flaw = (&'static str, &'static str);

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductFileColumn {
    /// Its head.
    pub column: String,
    /// What it was understood as; null of one that is passed over.
    pub field: Option<&'static str>,
}

/// What a file says.
#[derive(Debug, Clone, Default)]
pub struct Understood {
    /// Its columns.
    pub columns: Vec<ProductFileColumn>,
    /// Its products, without those that have a wrong row.
    pub products: Vec<FileProduct>,
    /// What is wrong.
    pub errors: Vec<RowProblem>,
    /// Rows below the heads.
    pub rows: usize,
}

/// Reads rows, the heads first. `Err` names a head that is missing.
pub fn understand(rows: Rows) -> Result<Understood, &'static str> {
    let mut rows = rows.into_iter();
    let heads = rows.next().map(|(_, heads)| heads).unwrap_or_default();
    let known: Vec<Option<&Column>> = heads.iter().map(|head| of_head(head)).collect();
    for needed in [Field::Name, Field::Price] {
        let times = known.iter().flatten().filter(|column| column.field == needed).count();
        if times == 0 {
            return Err(COLUMNS.iter().find(|c| c.field == needed).map_or("", |c| c.zh[0]));
        }
    }
    let columns = heads.iter().zip(&known).map(|(head, known)| ProductFileColumn {
        column: head.clone(),
        field: known.map(|column| column.name),
    });
    let mut of = Understood { columns: columns.collect(), ..Understood::default() };
    let mut products: Vec<(FileProduct, bool)> = Vec::new();
    for (line, cells) in rows {
        of.rows += 1;
        let row = Row { line, heads: &heads, known: &known, cells: &cells };
        let before = of.errors.len();
        let name = row.text(Field::Name).map(str::to_owned);
        let sku = row.sku(&mut of.errors);
        let at = name.as_ref().map_or_else(
            || products.len().checked_sub(1),
            |name| products.iter().position(|(product, _)| product.fields["name"] == **name),
        );
        let at = match (at, name) {
            (Some(at), _) => at,
            (None, Some(name)) => {
                let fields = Map::from_iter([
                    ("name".to_owned(), json!(name)),
                    ("skus".to_owned(), json!([])),
                ]);
                products.push((FileProduct { lines: Vec::new(), fields }, true));
                products.len() - 1
            }
            (None, None) => {
                row.wrong(
                    Field::Name,
                    ("name_missing", "name the product; only lines below another may leave it out"),
                    &mut of.errors,
                );
                continue;
            }
        };
        let (product, good) = &mut products[at];
        *good &= of.errors.len() == before;
        product.lines.push(line);
        row.of_product(&mut product.fields);
        let Some(mut sku) = sku else { continue };
        if sku["name"].is_null() {
            sku["name"] = product.fields["name"].clone();
        }
        if let Some(Value::Array(skus)) = product.fields.get_mut("skus") {
            skus.push(sku);
        }
    }
    of.products =
        products.into_iter().filter(|(_, good)| *good).map(|(product, _)| product).collect();
    Ok(of)
}

struct Row<'a> {
    line: u64,
    heads: &'a [String],
    known: &'a [Option<&'a Column>],
    cells: &'a [String],
}

impl Row<'_> {
    fn at(&self, field: Field) -> Option<usize> {
        self.known.iter().position(|column| column.is_some_and(|column| column.field == field))
    }

    /// A cell that is not empty.
    fn text(&self, field: Field) -> Option<&str> {
        let cell = self.cells.get(self.at(field)?)?.as_str();
        (!cell.is_empty()).then_some(cell)
    }

    fn wrong(&self, field: Field, (code, detail): Flaw, errors: &mut Vec<RowProblem>) {
        let column = self.at(field).and_then(|at| self.heads.get(at)).cloned();
        errors.push(RowProblem { row: self.line, column, code, detail: detail.to_owned() });
    }

    /// What the row says of its product, which the first line that says it decides.
    fn of_product(&self, fields: &mut Map<String, Value>) {
        for (field, name) in [(Field::Description, "description"), (Field::Category, "category")] {
            if let Some(text) = self.text(field) {
                fields.entry(name).or_insert_with(|| json!(text));
            }
        }
    }

    /// The SKU of the row; none where something is wrong, which is told.
    fn sku(&self, errors: &mut Vec<RowProblem>) -> Option<Value> {
        let before = errors.len();
        if self.cells.iter().any(|cell| cell.starts_with('=')) {
            let detail = "holds a formula; paste the values in its place";
            let (row, detail) = (self.line, detail.to_owned());
            errors.push(RowProblem { row, column: None, code: "formula", detail });
            return None;
        }
        let currency = self.currency(errors);
        let price = self.amount(Field::Price, currency, errors);
        if self.text(Field::Price).is_none() {
            self.wrong(Field::Price, ("price_missing", "say the price"), errors);
        }
        let cost = self.text(Field::Cost).map(plain_number);
        if cost.as_ref().is_some_and(|cost| !is_decimal(cost)) {
            self.wrong(Field::Cost, ("amount", "expected an amount like 12.50"), errors);
        }
        let counts =
            [Field::PerUser, Field::PerOrder, Field::StockAlarm].map(|f| self.count(f, errors));
        let on_shelf = self.flag(errors);
        if errors.len() > before {
            return None;
        }
        let [per_user, per_order, alarm] = counts;
        let price = json!({ "amount": price, "currency": currency.map(Currency::code) });
        Some(json!({
            "kind": "code", "name": self.text(Field::Sku), "price": price, "cost": cost, "on_shelf": on_shelf,
            "limits": { "per_user": per_user, "per_order": per_order }, "stock_alarm": alarm,
        }))
    }

    fn currency(&self, errors: &mut Vec<RowProblem>) -> Option<Currency> {
        let Some(said) = self.text(Field::Currency) else { return Some(Currency::Cny) };
        let code = match said {
            "人民币" | "元" | "￥" | "¥" | "RMB" | "rmb" => "CNY".to_owned(),
            said => said.to_uppercase(),
        };
        let known = Currency::from_code(&code);
        if known.is_none() {
            self.wrong(
                Field::Currency,
                ("currency", "expected a currency like CNY or USD"),
                errors,
            );
        }
        known
    }

    /// An amount in minor units.
    fn amount(
        &self,
        field: Field,
        currency: Option<Currency>,
        errors: &mut Vec<RowProblem>,
    ) -> Option<i64> {
        let said = self.text(field)?;
        let amount = minor(&plain_number(said), currency?.exponent());
        if amount.is_none() {
            self.wrong(
                field,
                (
                    "amount",
                    "expected an amount like 19.90, without more decimals than the currency has",
                ),
                errors,
            );
        }
        amount
    }

    fn count(&self, field: Field, errors: &mut Vec<RowProblem>) -> Option<u32> {
        let said = self.text(field)?;
        // A spreadsheet writes whole numbers with decimals, now and then.
        let count = said.strip_suffix(".0").unwrap_or(said).parse().ok();
        if count.is_none() {
            self.wrong(field, ("count", "expected a whole number"), errors);
        }
        count
    }

    fn flag(&self, errors: &mut Vec<RowProblem>) -> bool {
        let said = self.text(Field::OnShelf).unwrap_or("是").to_lowercase();
        match said.as_str() {
            "是" | "上架" | "已上架" | "在售" | "yes" | "y" | "true" | "1" | "on" => true,
            "否" | "下架" | "已下架" | "停售" | "no" | "n" | "false" | "0" | "off" => false,
            _ => {
                self.wrong(Field::OnShelf, ("flag", "expected 是 or 否, yes or no"), errors);
                true
            }
        }
    }
}

/// A number without the sign of its currency and the commas between thousands.
fn plain_number(said: &str) -> String {
    let bare = said.trim_start_matches(['¥', '￥', '$']).trim_end_matches('元').trim();
    let groups: Vec<_> = bare.split('.').next().unwrap_or_default().split(',').collect();
    let grouped = groups.len() > 1
        && groups[0].len() <= 3
        && !groups[0].is_empty()
        && groups[1..].iter().all(|group| group.len() == 3);
    if grouped { bare.replace(',', "") } else { bare.to_owned() }
}

fn is_decimal(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(part)
}

/// A decimal in minor units of a currency with so many decimals; none of one with more that say something.
fn minor(text: &str, exponent: u32) -> Option<i64> {
    if !is_decimal(text) {
        return None;
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let exponent = exponent as usize;
    let (kept, rest) = part.split_at(part.len().min(exponent));
    if rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    format!("{whole}{kept:0<exponent$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Rows {
        codefile::table(text.as_bytes()).expect("a table")
    }

    #[test]
    fn lines_of_one_name_are_one_product_and_lines_without_belong_to_the_one_above() {
        let text = "商品名称,规格,售价（元）,成本,上架,每人限购,备注\n\
            星河视频,月卡,\"1,019.90\",12.5,是,3,x\n,年卡,¥199,,否,,\n北辰音乐,,9.9,,,,\n星河视频,周卡,5元,,,,\n";
        let of = understand(rows(text)).expect("understood");
        assert_eq!((of.rows, of.errors.len(), of.products.len()), (4, 0, 2));
        assert_eq!(of.products[0].lines, [2, 3, 5]);
        let skus = of.products[0].fields["skus"].as_array().expect("SKUs");
        let amounts: Vec<_> = skus.iter().map(|sku| sku["price"]["amount"].as_i64()).collect();
        assert_eq!(amounts, [Some(101_990), Some(19_900), Some(500)]);
        assert_eq!((&skus[0]["cost"], &skus[0]["limits"]["per_user"]), (&json!("12.5"), &json!(3)));
        assert_eq!((&skus[1]["on_shelf"], &skus[1]["cost"]), (&json!(false), &Value::Null));
        assert_eq!(of.products[1].fields["skus"][0]["name"], "北辰音乐");
        let fields: Vec<_> = of.columns.iter().map(|column| column.field).collect();
        assert_eq!(
            fields[2..],
            [Some("price"), Some("cost"), Some("on_shelf"), Some("per_user"), None]
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_row_and_column_and_nothing_of_that_product_is_made() {
        let text = "name,sku,price,currency,on shelf,per_user\nA,a,1.999,,,\nA,b,2,,,\nB,,x,,maybe,many\nC,,1,XXX,,\nD,,,,,\nE,,=1+1,,,\nF,,1,USD,yes,\n";
        let of = understand(rows(text)).expect("understood");
        let told: Vec<_> = of.errors.iter().map(|e| (e.row, e.column.as_deref())).collect();
        assert_eq!(
            told,
            [
                (2, Some("price")),
                (4, Some("price")),
                (4, Some("per_user")),
                (4, Some("on shelf")),
                (5, Some("currency")),
                (6, Some("price")),
                (7, None),
            ]
        );
        let made: Vec<_> = of.products.iter().map(|product| &product.fields["name"]).collect();
        assert_eq!(made, ["F"]);
        assert_eq!(understand(rows("a,b\n1,2\n")).err(), Some("商品名称"));
        assert_eq!(understand(rows("name\nA\n")).err(), Some("售价"));
        let orphan = understand(rows("name,price\n,5\n")).expect("understood");
        assert_eq!(orphan.errors[0].column.as_deref(), Some("name"));
    }

    #[test]
    fn amounts_are_exact() {
        for (said, exponent, amount) in [
            ("19.90", 2, Some(1_990)),
            ("19.9", 2, Some(1_990)),
            ("19", 2, Some(1_900)),
            ("0.01", 2, Some(1)),
            ("19.900", 2, Some(1_990)),
            ("19.901", 2, None),
            ("1990", 0, Some(1_990)),
            ("19.5", 0, None),
            ("-1", 2, None),
            ("1e3", 2, None),
            ("", 2, None),
            (".5", 2, None),
            ("99999999999999999999", 2, None),
        ] {
            assert_eq!(minor(said, exponent), amount, "{said}");
        }
        assert_eq!(plain_number("1,23"), "1,23");
        assert_eq!(plain_number("￥12,345.60元"), "12345.60");
    }
}
