//! Files and lists as tables, read by other means than those that write them.

use calamine::{Data, Reader, Xlsx};
use kernel::Timestamp;
use serde_json::Value;
use std::io::Cursor;
use testkit::Caller;

/// The rows of a CSV file, with its head first.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => assert_eq!(chars.next(), Some('\n'), "a bare carriage return"),
            c => cell.push(c),
        }
        if c == '\r' && !quoted {
            row.push(std::mem::take(&mut cell));
            rows.push(std::mem::take(&mut row));
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "the last line has an end");
    rows
}

/// The rows of a workbook's sheets, as a spreadsheet shows them. There is no formula in it.
pub fn xlsx(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut rows = Vec::new();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "a formula");
        let sheet = book.worksheet_range(&name).expect("a sheet");
        rows.extend(sheet.rows().map(|row| row.iter().map(shown).collect::<Vec<_>>()));
    }
    rows
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Bool(flag) => flag.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::String(text) => text.clone(),
        other => panic!("no cell of ours: {other:?}"),
    }
}

/// The items of a list, walked page by page.
pub async fn walk(by: &Caller, path: &str) -> Vec<Value> {
    let (mut items, mut after) = (Vec::new(), String::new());
    loop {
        let join = if path.contains('?') { '&' } else { '?' };
        let page = by.get(&format!("{path}{join}limit=7{after}")).await;
        let page = if page.status == 422 { by.get(path).await } else { page };
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        let data = page.json["data"].as_array().cloned();
        items.extend(data.unwrap_or_else(|| vec![page.json.clone()]));
        match page.json["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return items,
        }
    }
}

/// Asserts that a cell says what an item has in a column.
pub fn assert_cell(column: &str, cell: &str, item: &Value, zone: &str) {
    let (found, listed) = find(item, &column.split('.').collect::<Vec<_>>(), false);
    let expected: Vec<_> = found.iter().map(|value| text(value)).collect();
    let expected = expected.join("; ");
    // A time is the same one in another zone.
    let time = Timestamp::parse(cell).filter(|_| !listed);
    if time.is_some() && time == Timestamp::parse(&expected) {
        assert!(cell.ends_with(zone), "{column} {cell}: the merchant's zone");
        return;
    }
    let defused = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    assert_eq!(defused.unwrap_or(cell), expected, "{column} of {item}");
}

/// The values of a path, those of a list's items one by one, and whether there was a list.
/// Lists within a list are told as JSON.
fn find<'v>(item: &'v Value, path: &[&str], listed: bool) -> (Vec<&'v Value>, bool) {
    if let Some(items) = item.as_array().filter(|_| !listed) {
        let within = items.iter().map(|item| find(item, path, true).0.first().copied());
        return (within.map(|one| one.unwrap_or(&Value::Null)).collect(), true);
    }
    match path {
        [] => (vec![item], listed),
        [name, rest @ ..] => find(&item[*name], rest, listed),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(money) if money.len() == 2 && money.contains_key("currency") => {
            let amount = money["amount"].as_i64().expect("minor units");
            let yen = money["currency"] == "JPY";
            if yen { amount.to_string() } else { format!("{}.{:02}", amount / 100, amount % 100) }
        }
        other => other.to_string(),
    }
}
