//! Workbooks as code files: a row a line, a sheet that is asked for, damage by its rows, and hostile ones refused.

use super::{Stall, counts};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::json;
use testkit::{Kind, on_both};

on_both!(
    a_workbook_is_imported_by_its_rows,
    of_several_sheets_one_is_asked_for,
    a_hostile_workbook_brings_nothing,
);

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn a_workbook_is_imported_by_its_rows(kind: Kind) {
    let stall = Stall::new(kind).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([
        ["number", "password"],
        ["X-1", "secret-1"],
        ["X-2", "secret-2"],
        ["X-3", ""],
        ["X-4", ""],
        ["X-5", ""],
    ]) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    sheet.write_formula(3, 1, Formula::new("=A1").set_result("secret-3")).expect("a cell");
    sheet.write_number(4, 1, 8_965_290_000_000_000_000.0).expect("a cell");
    let day = ExcelDateTime::from_ymd(2027, 3, 1).expect("a day");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(5, 1, day, &date).expect("a cell");
    let file = book.save_to_buffer().expect("a workbook");
    // It is known by its content, whatever it is said to be.
    let import = stall.send(XLSX, "", &file).await;
    assert_eq!((&import["state"], counts(&import)), (&json!("done"), [2, 0, 0, 3]), "{import}");
    let id = import["id"].as_str().expect("an id");
    let report = stall.shop.get(&format!("/v1/code-imports/{id}/errors")).await;
    let lines: Vec<_> = report
        .text
        .lines()
        .skip(1)
        .map(|line| line.split(",\"").next().unwrap_or_default())
        .collect();
    assert_eq!(
        lines,
        ["4,password,formula", "5,password,spreadsheet_exponent", "6,password,spreadsheet_date"]
    );
    assert!(!report.text.contains("secret"), "{}", report.text);
    let again = stall.send("text/csv", "", &file).await;
    assert_eq!(counts(&again), [0, 2, 0, 3], "{again}");
    stall.end().await;
}

async fn of_several_sheets_one_is_asked_for(kind: Kind) {
    let stall = Stall::new(kind).await;
    let mut book = Workbook::new();
    for (name, code) in [("一月", "S1-CODE"), ("二月", "S2-CODE")] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        sheet.write_string(0, 0, "password").expect("a cell");
        sheet.write_string(1, 0, code).expect("a cell");
    }
    let file = book.save_to_buffer().expect("a workbook");
    let asked = stall.send(XLSX, "?on_question=wait", &file).await;
    assert_eq!(asked["state"], json!("needs_decision"), "{asked}");
    let finding = &asked["findings"][0];
    assert_eq!((&finding["id"], &finding["kind"]), (&json!("sheet"), &json!("sheet")), "{asked}");
    assert_eq!(finding["choices"][1]["text"], json!("二月"), "{asked}");
    let done = stall.decide(&asked, json!({ "answers": { "sheet": "2" } })).await;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [1, 0, 0, 0]), "{done}");
    assert_eq!(stall.buy().await.expect("a code"), ["password=S2-CODE"]);
    stall.end().await;
}

async fn a_hostile_workbook_brings_nothing(kind: Kind) {
    let stall = Stall::new(kind).await;
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "password").expect("a cell");
    let good = book.save_to_buffer().expect("a workbook");
    for file in
        [&good[..good.len() - 9], &[&good[..], b"tail"].concat(), b"PK\x03\x04 and nothing more"]
    {
        let import = stall.send(XLSX, "", file).await;
        assert_eq!((&import["state"], counts(&import)), (&json!("failed"), [0; 4]), "{import}");
        let why = import["failure"].as_str().expect("a reason");
        assert!(why.contains("workbook"), "{why}");
    }
    stall.end().await;
}
