//! Whole files through one check: what is read of them, written one record per line.
//!
//! `2 A1 P1 -` is a good row of line 2 (number, password, validity), `3! password formula` an
//! error, and `fatal …` a file that could not be read.

use super::*;
use kernel::FOREVER;

fn now() -> Timestamp {
    Timestamp::parse("2026-01-01T00:00:00Z").expect("a time")
}

fn csv() -> Settings {
    Settings {
        encoding: Encoding::Utf8,
        format: Format::Csv { delimiter: b',' },
        columns: ColumnMap::default(),
        zone: "Asia/Shanghai".to_owned(),
        now: now(),
    }
}

fn txt(separator: Option<&str>) -> Settings {
    Settings { format: Format::Txt { separator: separator.map(str::to_owned) }, ..csv() }
}

fn gb18030() -> Settings {
    Settings { encoding: Encoding::Gb18030, ..csv() }
}

fn shown(row: Result<CodeRow, RowError>) -> String {
    let or_dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    match row {
        Ok(row) => {
            let end = if row.valid_until == FOREVER {
                String::new()
            } else {
                row.valid_until.to_string()
            };
            let (number, password) = (or_dash(&row.number), or_dash(&row.password));
            format!("{} {number} {password} {}", row.line, or_dash(&end))
        }
        Err(error) => {
            let column = error.column.map_or("-", Column::name);
            format!("{}! {column} {}", error.line, error.cause.code())
        }
    }
}

fn read(file: impl Read, settings: Settings) -> Vec<String> {
    match CodeFile::new(file, settings) {
        Err(error) => vec![format!("fatal {error}")],
        Ok(rows) => rows.map(|row| shown(row.expect("the file is read to its end"))).collect(),
    }
}

fn check(file: impl AsRef<[u8]>, settings: Settings, expected: &[&str]) {
    let file = file.as_ref();
    let lossy = String::from_utf8_lossy(file);
    assert_eq!(read(file, settings.clone()), expected, "{lossy:?}");
    assert_eq!(read(file, settings), expected, "{lossy:?} read again");
}

fn check_fatal(file: impl AsRef<[u8]>, settings: Settings, expected: &[&str]) {
    let error = CodeFile::new(file.as_ref(), settings).err().expect("a fatal error");
    let message = error.to_string();
    for part in expected {
        assert!(message.contains(part), "{message}");
    }
    assert!(!message.contains("SECRET"), "{message}");
}

#[test]
fn a_plain_file() {
    check(
        "number,password,valid_until\nA1,P1,2027-01-31\nA2,,\n,P3,2027-01-31T08:00:00Z\n",
        csv(),
        &["2 A1 P1 2027-01-31T15:59:59.999999Z", "3 A2 - -", "4 - P3 2027-01-31T08:00:00Z"],
    );
    check("number,password\r\n  A 1 ,\u{3000}P1\t\r\n", csv(), &["2 A 1 P1 -"]);
    check("password\rP1\rP2", csv(), &["2 - P1 -", "3 - P2 -"]);
    check("number,password\n", csv(), &[]);
    let semicolon = Settings { format: Format::Csv { delimiter: b';' }, ..csv() };
    check("number;password\nA,1;P,1\n", semicolon, &["2 A,1 P,1 -"]);
}

#[test]
fn blank_lines_are_counted_and_passed_over() {
    check(
        "\n \nnumber,password\n\n \t\u{3000}\r\nA1,P1\n\n\nA2,P2",
        csv(),
        &["6 A1 P1 -", "9 A2 P2 -"],
    );
    check("P1\n\n\nP2\n", txt(None), &["1 - P1 -", "4 - P2 -"]);
    check("", txt(None), &[]);
}

#[test]
fn broken_quotes_spoil_their_line_only() {
    check(
        "number,password\n\
         \"A,1\",\"say \"\"hi\"\"\"\n\
         A2,\"open\n\
         A3,P3\n\
         A4,\"P\"4\n\
         A5,P\"5\n\
         \"A6\" ,P6\n\
         \"\"\",P7\n\
         A8,\"\"\n\
         A9, \"P9\"\n\
         \"A\" \"B\",P10\n\
         A11,P11",
        csv(),
        &[
            "2 A,1 say \"hi\" -",
            "3! - quote_not_closed",
            "4 A3 P3 -",
            "5! - quote_misplaced",
            "6! - quote_misplaced",
            "7 A6 P6 -",
            "8! - quote_not_closed",
            "9 A8 - -",
            "10! - quote_misplaced",
            "11! - quote_misplaced",
            "12 A11 P11 -",
        ],
    );
}

#[test]
fn every_row_has_the_columns_of_the_header() {
    check(
        "number,password,note\nA1,P1\nA2,P2,x,y\nA3\nA4,P4,\n,,x\n",
        csv(),
        &[
            "2! - too_few_columns",
            "3! - too_many_columns",
            "4! - too_few_columns",
            "5 A4 P4 -",
            "6! - empty",
        ],
    );
    let wide = format!("number,password\nA1,P1{}\nA2,P2\n", ",".repeat(200));
    check(wide, csv(), &["2! - too_many_columns", "3 A2 P2 -"]);
}

#[test]
fn text_that_may_not_be_a_code() {
    let long = "字".repeat(512);
    check(
        format!(
            "number,password\n\
             =1+1,P\n\
             A,@SUM(1)\n\
             +86,-P\n\
             A\u{1},P\n\
             A\u{200b}B,P\n\
             A,P\tQ\n\
             {long}x,P\n\
             {long},P\n\
             A\u{fffd},P\n"
        ),
        csv(),
        &[
            "2! number formula",
            "3! password formula",
            "4 +86 -P -",
            "5! number control_character",
            "6! number control_character",
            "7! password control_character",
            "8! number too_long",
            &format!("9 {long} P -"),
            "10! number control_character",
        ],
    );
}

#[test]
fn dates() {
    check(
        "password,valid_until\n\
         P2,2025-12-31\n\
         P3,2026-01-01\n\
         P4,soon\n\
         P5,2026-01-01 07:59\n\
         P6,2026-01-01 08:00\n\
         P7, \n\
         P8,1969-01-01\n\
         P9,9999-12-31\n",
        csv(),
        &[
            // The last microsecond of 2025 in Shanghai is eight hours before `now`.
            "2! valid_until date_past",
            "3 - P3 2026-01-01T15:59:59.999999Z",
            "4! valid_until date_unreadable",
            "5! valid_until date_past",
            "6 - P6 2026-01-01T00:00:00Z",
            "7 - P7 -",
            "8! valid_until date_past",
            "9 - P9 -",
        ],
    );
}

#[test]
fn headers_by_their_usual_names() {
    check("卡号,卡密,有效期\nA1,P1,20270131\n", csv(), &["2 A1 P1 2027-01-31T15:59:59.999999Z"]);
    check("到期时间,兑换码\n,P1\n", csv(), &["2 - P1 -"]);
    check(" Card No ,\"PIN\"\nA1,P1\n", csv(), &["2 A1 P1 -"]);
    check("EXPIRES-AT,Code,face value\n,P1,100\n", csv(), &["2 - P1 -"]);
}

#[test]
fn a_date_column_is_never_passed_over() {
    let names =
        ["valid_untill", "vaild_until", "Valid To Date", "expired", "卡密有效期限", "券截止日"];
    for name in names {
        let said = read(format!("number,{name}\nA1,2027-01-01\n").as_bytes(), csv());
        assert!(said.len() == 1 && said[0].starts_with("fatal column 2"), "{name}: {said:?}");
        let columns = ColumnMap { valid_until: Some(name.to_owned()), ..ColumnMap::default() };
        let settings = Settings { columns, ..csv() };
        let file = format!("number,{name}\nA1,2027-01-01\n");
        check(file, settings, &["2 A1 - 2027-01-01T15:59:59.999999Z"]);
    }
    check("number,valid_from,是否有效\nA1,2027-01-01,1\n", csv(), &["2 A1 - -"]);
    check("number,valid_from,valid_until\nA1,2026-01-01,\n", csv(), &["2 A1 - -"]);
}

#[test]
fn headers_by_the_mapping() {
    let columns = ColumnMap {
        number: None,
        password: Some("my code".to_owned()),
        valid_until: Some("good till".to_owned()),
    };
    let mapped = || Settings { columns: columns.clone(), ..csv() };
    // `code` means a password by itself, but the mapping says another column is it.
    check(
        "no,code,My Code,GOOD TILL\nA1,x,P1,20270131\n",
        mapped(),
        &["2 A1 P1 2027-01-31T15:59:59.999999Z"],
    );
    check_fatal("number,my code\nSECRET,1\n", mapped(), &["good till", "valid_until"]);
    let swapped = ColumnMap { number: Some("code".to_owned()), ..ColumnMap::default() };
    let swapped = Settings { columns: swapped, ..csv() };
    check("code,pin\nA1,P1\n", swapped, &["2 A1 P1 -"]);
}

#[test]
fn a_file_that_cannot_be_understood_is_refused_without_showing_codes() {
    let wanted = ["number", "卡号", "password", "卡密", "valid_until", "2 column(s)"];
    check_fatal("SECRET1,SECRET2\nSECRET3,SECRET4\n", csv(), &wanted);
    check_fatal("SECRET1,valid until\n", csv(), &["only valid_until is known"]);
    check_fatal("", csv(), &["empty"]);
    check_fatal("\n\n \n", csv(), &["empty"]);
    check_fatal("\"number,SECRET\nA,B\n", csv(), &["quote not closed"]);
    check_fatal(b"number,SECRET\xff\nA,B\n", csv(), &["UTF-8"]);
    check_fatal("x".repeat(9000), csv(), &["longer than 8192"]);
    check_fatal("password,卡密\nSECRET,1\n", csv(), &["columns 1 and 2", "both mean password"]);
    check_fatal(b"PK\x03\x04SECRET", csv(), &["spreadsheet"]);
    check_fatal(b"\xd0\xcf\x11\xe0SECRET", txt(None), &["spreadsheet"]);
    check_fatal("password\n", Settings { zone: "Moon/Base".to_owned(), ..csv() }, &["zone"]);
    for delimiter in [b'"', b'\n', b'\r', 0x80] {
        let bad = Settings { format: Format::Csv { delimiter }, ..csv() };
        check_fatal("password\n", bad, &["delimiter"]);
    }
}

#[test]
fn encodings() {
    let text = "卡号,卡密\nA1,密码一\n甲2,P2\n";
    let rows = ["2 A1 密码一 -", "3 甲2 P2 -"];
    let (gbk, ..) = encoding_rs::GBK.encode(text);
    let utf16 = |units: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(units)).collect()
    };
    check(text, csv(), &rows);
    check(&gbk, gb18030(), &rows);
    check(format!("\u{feff}{text}"), csv(), &rows);
    check([&[0x84, 0x31, 0x95, 0x33], &gbk[..]].concat(), csv(), &rows);
    // A mark wins over what was told.
    check(format!("\u{feff}{text}"), gb18030(), &rows);
    check(utf16(u16::to_le_bytes, [0xff, 0xfe]), gb18030(), &rows);
    check(utf16(u16::to_be_bytes, [0xfe, 0xff]), csv(), &rows);
}

#[test]
fn bytes_outside_the_encoding_spoil_their_line_only() {
    let rows = ["2 A1 P1 -", "3! - bad_encoding", "4 A3 P3 -"];
    check(b"number,password\nA1,P1\nA2,\xff\nA3,P3\n", csv(), &rows);
    check(b"number,password\nA1,P1\nA2,\xff\nA3,P3\n", gb18030(), &rows);
    check(b"number,password\nA1,P1\nA2,\xbf\nA3,P3\n", gb18030(), &rows);
    let units = "number,password\nA1,P1\nA2,".encode_utf16();
    let units = units.chain([0xd800]).chain("\nA3,P3\n".encode_utf16());
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(units).flat_map(u16::to_le_bytes).collect();
    check(utf16, csv(), &rows);
    // Half a unit at the very end.
    check(b"\xff\xfep\0i\0n\0\n\0P\0\n\0Q\0R", csv(), &["2 - P -", "3! - bad_encoding"]);
}

#[test]
fn a_line_of_many_megabytes_is_one_error() {
    let long = || std::io::repeat(b'x').take(20 << 20);
    let file = (&b"number,password\nA1,P1\n"[..]).chain(long()).chain(&b",P2\nA3,P3\n"[..]);
    assert_eq!(read(file, csv()), ["2 A1 P1 -", "3! - line_too_long", "4 A3 P3 -"]);
    let file = (&b"\xff\xfe"[..]).chain(long()).chain(&b"\n\0P\0"[..]);
    assert_eq!(read(file, txt(None)), ["1! - line_too_long", "2 - P -"]);
    let open_quote = (&b"password\n\""[..]).chain(long()).chain(&b"\nP3\n"[..]);
    assert_eq!(read(open_quote, csv()), ["2! - line_too_long", "3 - P3 -"]);
}

#[test]
fn txt_forms() {
    check(
        "P1\nA2\tP2\nA3----P3\nA4,P4,2027-01-31\nA5----P,5\nA6,P6,,x\n=1\n,\n\"A8\",P8",
        txt(None),
        &[
            "1 - P1 -",
            "2 A2 P2 -",
            "3 A3 P3 -",
            "4 A4 P4 2027-01-31T15:59:59.999999Z",
            "5 A5 P,5 -",
            "6! - too_many_columns",
            "7! password formula",
            "8! - empty",
            "9 \"A8\" P8 -",
        ],
    );
    check(
        "A1|P1\nP2\n|P3\nA4|\n",
        txt(Some("|")),
        &["1 A1 P1 -", "2! - too_few_columns", "3 - P3 -", "4 A4 - -"],
    );
    check("\tP1\nA2\t\n", txt(Some("\t")), &["1 - P1 -", "2 A2 - -"]);
    check("a,b----c\n", txt(Some("")), &["1 - a,b----c -"]);
}

#[test]
fn a_failing_upload_is_told_apart_from_its_end() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the store is away"))
        }
    }
    let mut file = CodeFile::new((&b"password\nP1\nP2"[..]).chain(Fails), csv()).expect("a header");
    assert_eq!(file.next_row().expect("read").map(shown).as_deref(), Some("2 - P1 -"));
    assert!(matches!(file.next_row(), Err(FileError::Read(_))));
    assert!(matches!(file.next_row(), Err(FileError::Read(_))), "it is not done");
    assert!(matches!(CodeFile::new(Fails, txt(None)), Err(FileError::Read(_))));
}

#[test]
fn row_errors_show_no_code() {
    let file = "password,valid_until\n=SECRET,\nSECRET,SECRET\nSECRET\nSECRET\"SECRET,\n";
    let rows = CodeFile::new(file.as_bytes(), csv()).expect("a header");
    let errors: Vec<RowError> = rows.filter_map(|row| row.expect("read").err()).collect();
    assert_eq!(errors.len(), 4);
    for error in errors {
        assert!(!format!("{error} {error:?}").contains("SECRET"), "{error}");
    }
}
