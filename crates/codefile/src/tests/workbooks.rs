//! Workbooks: read as the text of a sheet, refused where they are hostile, and damage is found cell by cell.

use super::{csv, outcome, read};
use crate::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::Write;

/// A workbook of one sheet.
fn book(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

/// A sheet of texts; an empty one is no cell.
fn texts(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).expect("a cell");
            }
        }
    }
}

fn check(file: &[u8], expected: &[&str]) {
    assert_eq!(outcome(file, &csv()), expected);
}

#[test]
fn a_sheet_is_read_like_text_a_row_a_line() {
    let rows: &[&[&str]] = &[
        &["number", "password", "valid_until"],
        &["A1", "p,1", "2027-01-31"],
        &[],
        &["A2", "say \"no\""],
        &["", "only"],
    ];
    check(
        &book(|sheet| texts(sheet, rows)),
        &[
            "2 number=A1 password=p,1 until 2027-01-31T15:59:59.999999Z",
            "4 number=A2 password=say \"no\"",
            "5 password=only",
        ],
    );
    // One column, whose values have signs that divide other files.
    check(
        &book(|sheet| texts(sheet, &[&["password"], &["a;b"], &["c|d"]])),
        &["2 password=a;b", "3 password=c|d"],
    );
}

#[test]
fn what_a_spreadsheet_did_is_refused_by_its_row() {
    let file = book(|sheet| {
        texts(
            sheet,
            &[
                &["number", "password"],
                &["A1", "P1"],
                &["A2"],
                &["A3"],
                &["A4"],
                &["A5"],
                &["A6", "P6"],
            ],
        );
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let day = ExcelDateTime::from_ymd(2027, 3, 1).expect("a day");
        sheet.write_formula(2, 1, Formula::new("=1+1").set_result("P2")).expect("a cell");
        sheet.write_number(3, 1, 8_965_290_000_000_000_000.0).expect("a cell");
        sheet.write_datetime_with_format(4, 1, day, &date).expect("a cell");
        sheet.write_number(5, 1, 123_456_789_012_345.0).expect("a cell");
    });
    check(
        &file,
        &[
            "2 number=A1 password=P1",
            "3! password formula",
            "4! password spreadsheet_exponent",
            "5! password spreadsheet_date",
            "6 number=A5 password=123456789012345",
            "7 number=A6 password=P6",
        ],
    );
}

#[test]
fn dates_in_a_column_of_dates_are_dates() {
    let date = Format::new().set_num_format("yyyy/m/d");
    let file = book(|sheet| {
        texts(sheet, &[&["卡号", "有效期"], &["A1"]]);
        let day = ExcelDateTime::from_ymd(2027, 3, 1).expect("a day");
        sheet.write_datetime_with_format(1, 1, day, &date).expect("a cell");
    });
    check(&file, &["2 number=A1 until 2027-03-01T15:59:59.999999Z"]);
}

#[test]
fn of_several_sheets_one_is_asked_for() {
    let mut book = Workbook::new();
    texts(book.add_worksheet().set_name("说明").expect("a name"), &[&["password"], &["first"]]);
    book.add_worksheet().set_name("空").expect("a name");
    texts(book.add_worksheet().set_name("卡密").expect("a name"), &[&["password"], &["third"]]);
    let file = book.save_to_buffer().expect("a workbook");
    let asked = inspect(&file[..], &csv()).expect("it is looked at");
    let [finding] = &asked.findings[..] else { panic!("{:?}", asked.findings) };
    assert!(finding.open && finding.kind == FindingKind::Sheet);
    let choices: Vec<_> = finding.choices.iter().map(|one| (&*one.value, &*one.text)).collect();
    assert_eq!(choices, [("1", "说明"), ("3", "卡密")]);
    for (answer, row) in [("1", "2 password=first"), ("3", "2 password=third")] {
        let told = Told { answers: [("sheet".to_owned(), answer.to_owned())].into(), ..csv() };
        let told = inspect(&file[..], &told).expect("it is looked at");
        assert!(told.is_plain(), "{:?}", told.findings);
        assert_eq!(read(&file[..], &told.plan()), [row]);
    }
    for answer in ["2", "4", "0", "x"] {
        let told = Told { answers: [("sheet".to_owned(), answer.to_owned())].into(), ..csv() };
        let error = inspect(&file[..], &told).expect_err("there is none");
        assert!(error.is_of_what_was_told(), "{answer}: {error}");
    }
}

/// An archive of entries: name, content as it is packed, the size that it says, whether it is deflated.
fn archive(entries: &[(&str, &[u8], u32, bool)]) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (name, packed, size, deflated) in entries {
        let at = file.len() as u32;
        let method: u16 = if *deflated { 8 } else { 0 };
        let mut head = Vec::new();
        head.extend(20_u16.to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        head.extend(method.to_le_bytes());
        head.extend([0; 8]);
        head.extend((packed.len() as u32).to_le_bytes());
        head.extend(size.to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(name.as_bytes());
        file.extend(*packed);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&head);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (at, count) = (file.len() as u32, (entries.len() as u16).to_le_bytes());
    file.extend(&list);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend((list.len() as u32).to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("it is packed");
    packer.finish().expect("it is packed")
}

const TYPES: &str = "[Content_Types].xml";
const BOOK: &str = "xl/workbook.xml";

fn check_refused(file: &[u8], word: &str) {
    let error = inspect(file, &csv()).expect_err("it is refused").to_string();
    assert!(error.contains(word), "{error}");
}

#[test]
fn bombs_are_counted_before_anything_is_kept() {
    let zeros = deflated(&vec![b' '; 300 << 20]);
    let honest = archive(&[(TYPES, b"x", 1, false), (BOOK, &zeros, 300 << 20, true)]);
    check_refused(&honest, "too large");
    // It says that it is small.
    let lying = archive(&[(TYPES, b"x", 1, false), (BOOK, &zeros, 100, true)]);
    check_refused(&lying, "too large");
    let strings = b"<si/>".repeat(5 << 20);
    let many = deflated(&strings);
    let size = strings.len() as u32;
    let many = [
        (TYPES, &b"x"[..], 1, false),
        (BOOK, b"x", 1, false),
        ("xl/sharedStrings.xml", &many, size, true),
    ];
    check_refused(&archive(&many), "too large");
    let names: Vec<_> = (0..2_000).map(|n| format!("xl/{n}")).collect();
    let entries: Vec<_> = names.iter().map(|name| (name.as_str(), &b""[..], 0, false)).collect();
    check_refused(&archive(&entries), "too large");
}

#[test]
fn an_archive_that_is_no_workbook_is_refused() {
    let plain = |entries: &[(&str, &str)]| {
        let entries: Vec<_> = entries
            .iter()
            .map(|(name, text)| (*name, text.as_bytes(), text.len() as u32, false))
            .collect();
        archive(&entries)
    };
    check_refused(&plain(&[("codes.csv", "number\nA1\n")]), "no text");
    check_refused(&plain(&[(TYPES, "x")]), "no text");
    for other in ["../evil", "xl/../../evil", "xl\\evil", "evil.exe", "c:/xl/x"] {
        check_refused(&plain(&[(TYPES, "x"), (BOOK, "x"), (other, "x")]), "no text");
    }
    check_refused(&plain(&[(TYPES, "x"), (BOOK, "x"), ("XL/workbook.xml", "y")]), "no text");
    check_refused(&plain(&[(TYPES, "x"), (BOOK, "x"), ("xl/Workbook.xml", "y")]), "no text");
    check_refused(&plain(&[(TYPES, "x"), (BOOK, "no xml")]), "damaged");
    let good = book(|sheet| texts(sheet, &[&["password"], &["p"]]));
    assert_eq!(outcome(&good, &csv()), ["2 password=p"]);
    for end in [good.len() - 1, good.len() / 2, 4, 22] {
        check_refused(&good[..end], "damaged");
    }
    for behind in [&b"x"[..], b"PK\x05\x06"] {
        check_refused(&[&good[..], behind].concat(), "damaged");
    }
    let mut locked = good.clone();
    let list = memchr::memmem::find(&locked, b"PK\x01\x02").expect("a list");
    locked[list + 8] |= 1;
    check_refused(&locked, "locked");
    // What is no archive at all is text, or is refused as before.
    check_refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", "no text");
}

#[test]
fn an_end_of_two_to_the_twentieth_is_the_end() {
    let sheet = |cells: &str| {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let made = book(|sheet| texts(sheet, &[&["password"], &["p"]]));
        // The parts of a good workbook, with another sheet.
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut list = &made[memchr::memmem::find(&made, b"PK\x01\x02").expect("a list")..];
        while list.starts_with(b"PK\x01\x02") {
            let two = |at: usize| usize::from(u16::from_le_bytes([list[at], list[at + 1]]));
            let four = |at: usize| two(at) | two(at + 2) << 16;
            let name = String::from_utf8(list[46..46 + two(28)].to_vec()).expect("a name");
            let own = &made[four(42)..];
            let begins = 30
                + usize::from(u16::from_le_bytes([own[26], own[27]]))
                + usize::from(u16::from_le_bytes([own[28], own[29]]));
            let mut text = Vec::new();
            let packed = &own[begins..begins + four(20)];
            std::io::Read::read_to_end(&mut flate2::read::DeflateDecoder::new(packed), &mut text)
                .expect("it unpacks");
            if name.ends_with("sheet1.xml") {
                text = format!(
                    "<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>"
                )
                .into_bytes();
            }
            parts.push((name, deflated(&text)));
            list = &list[46 + two(28) + two(30) + two(32)..];
        }
        let sizes: Vec<_> = parts
            .iter()
            .map(|(_, packed)| {
                let mut text = Vec::new();
                std::io::Read::read_to_end(
                    &mut flate2::read::DeflateDecoder::new(&packed[..]),
                    &mut text,
                )
                .expect("it unpacks");
                text.len() as u32
            })
            .collect();
        let entries: Vec<_> = parts
            .iter()
            .zip(&sizes)
            .map(|((name, packed), size)| (name.as_str(), &packed[..], *size, true))
            .collect();
        archive(&entries)
    };
    let cell =
        |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |n: u64, cells: &str| format!("<row r=\"{n}\">{cells}</row>");
    let head = row(1, &cell("A1", "password"));
    let last = 1 << 20;
    let far = sheet(&format!("{head}{}", row(last, &cell(&format!("A{last}"), "end"))));
    assert_eq!(outcome(&far, &csv()), [format!("{last} password=end")]);
    for cells in [
        row(last + 1, &cell(&format!("A{}", last + 1), "x")),
        row(4_000_000_000, &cell("A4000000000", "x")),
        // Twice the same, and back again.
        row(2, &(cell("A2", "x") + &cell("A2", "y"))),
        row(3, &cell("A3", "x")) + &row(2, &cell("A2", "x")),
    ] {
        check_refused(&sheet(&format!("{head}{cells}")), "damaged");
    }
    let wide = sheet(&format!(
        "{head}{}{}",
        row(2, &cell("A2", "p")),
        row(3, &(cell("A3", "q") + &cell("XFD3", "far")))
    ));
    assert_eq!(outcome(&wide, &csv()), ["2 password=p", "3! too_many_columns"]);
    let huge = cell("A2", &"x".repeat(40_000));
    assert_eq!(
        outcome(&sheet(&format!("{head}{}", row(2, &huge))), &csv()),
        ["2! password too_long"]
    );
}
