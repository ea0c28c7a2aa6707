//! The cases of the reports, and what becomes of them.

use super::*;

fn columns(told: Told, columns: &[&str]) -> Told {
    Told { columns: Some(columns.iter().map(|code| (*code).to_owned()).collect()), ..told }
}

fn answered(told: Told, answers: &[(&str, &str)]) -> Told {
    let answers = answers.iter().map(|(id, choice)| ((*id).to_owned(), (*choice).to_owned()));
    Told { answers: answers.collect(), ..told }
}

#[test]
fn accounts_keep_their_passwords() {
    check(
        "账号,密码\nu1@example.com,Pw-1111\nu2@example.com,Pw-2222\n",
        &csv(),
        &["2 account=u1@example.com password=Pw-1111", "3 account=u2@example.com password=Pw-2222"],
    );
}

#[test]
fn every_word_for_an_end_of_validity() {
    for name in ["使用期限", "有效期限", "Expires On", "valid thru", "到期", "EXP", "截止日期"]
    {
        let file = format!("number,{name}\nA1,2020-01-01\n");
        check(file, &csv(), &["2! valid_until date_past"]);
    }
    let names =
        ["valid_untill", "vaild_until", "Valid To Date", "卡密有效期限止", "券截止", "备注"];
    for name in names {
        let file = format!("number,{name}\nA1,2027-01-01\n");
        check(&file, &csv(), &["? column-2"]);
        let told = answered(csv(), &[("column-2", "valid_until")]);
        check(&file, &told, &["2 number=A1 until 2027-01-01T15:59:59.999999Z"]);
    }
}

#[test]
fn unknown_columns_are_asked_about_and_never_dropped() {
    check("卡号,状态\nA1,已使用\nA2,正常\n", &csv(), &["? column-2"]);
    check("no,status\nA1,disabled\nA2,enabled\n", &csv(), &["? column-2"]);
    check("卡号,生效日期\nA1,2026-01-01\n", &csv(), &["? column-2"]);
    check("卡号,面值,密码\nA1,100,P1\n", &csv(), &["? column-2"]);
    check("序号,卡号,密码\n1,A1,P1\n", &csv(), &["? column-1"]);
    check("卡号,备注,密码\nA1,,P1\n", &csv(), &["2 number=A1 password=P1"]);
    let file = "卡号,面值,密码\nA1,100,P1\n";
    check(file, &answered(csv(), &[("column-2", "-")]), &["2 number=A1 password=P1"]);
    check(
        file,
        &answered(csv(), &[("column-2", "face_value")]),
        &["2 number=A1 password=P1 face_value=100"],
    );
    check(file, &columns(csv(), &["number", "-", "password"]), &["2 number=A1 password=P1"]);
    check("卡密,密码\nA1,P1\n", &csv(), &["? column-1", "? column-2"]);
    check("卡号,密码\nA1,2027-01-01\nA2,2027-01-02\n", &csv(), &["? column-2"]);
}

#[test]
fn a_header_of_a_text_file() {
    check(
        "卡号----密码\nN001----P001\nN002----P002\n",
        &txt(),
        &["2 number=N001 password=P001", "3 number=N002 password=P002"],
    );
    check("卡密\nP001\nP002\n", &txt(), &["2 password=P001", "3 password=P002"]);
}

#[test]
fn four_parts_are_asked_about() {
    let file = "u@example.com----Pw1----r@example.net----JBSWY3DP\n";
    check(file, &txt(), &["? column-1", "? column-2", "? column-3", "? column-4"]);
    let told = columns(txt(), &["account", "password", "recovery", "totp"]);
    check(
        file,
        &told,
        &["1 account=u@example.com password=Pw1 totp=JBSWY3DP recovery=r@example.net"],
    );
}

#[test]
fn spaces_are_asked_about() {
    let file = "SPC001 PWD001 2020-01-31\nSPC002 PWD002 2027-01-31\n";
    check(file, &txt(), &["? separator"]);
    let told = answered(txt(), &[("separator", " ")]);
    check(
        file,
        &told,
        &[
            "1! valid_until date_past",
            "2 number=SPC002 password=PWD002 until 2027-01-31T15:59:59.999999Z",
        ],
    );
    let told = Told { separator: Some(Separator::WholeLine), ..txt() };
    check(
        file,
        &told,
        &["1 password=SPC001 PWD001 2020-01-31", "2 password=SPC002 PWD002 2027-01-31"],
    );
}

#[test]
fn damage_by_spreadsheets() {
    check(
        "号码,PIN\n8.96529E+19,1234\n12E34,5678\n",
        &csv(),
        &["2! number spreadsheet_exponent", "3 number=12E34 password=5678"],
    );
    check(
        "卡号,密码\n1-Mar,P1\n3月1日,P2\n2027/3/1,P3\nAB-12,P4\n#N/A,P5\n####,P6\n'123,P7\n",
        &csv(),
        &[
            "2! number spreadsheet_date",
            "3! number spreadsheet_date",
            "4! number spreadsheet_date",
            "5 number=AB-12 password=P4",
            "6! number spreadsheet_error",
            "7! number spreadsheet_narrow",
            "8! number leading_apostrophe",
        ],
    );
    check(
        "卡号\n1234567890123450000\n2345678901234560000\n3456789012345670000\n12345\n",
        &csv(),
        &[
            "2! number spreadsheet_rounded",
            "3! number spreadsheet_rounded",
            "4! number spreadsheet_rounded",
            "5 number=12345",
        ],
    );
    check(
        "卡号\n1234567890123450000\n2345678901234560000\n3456789012345670001\n",
        &csv(),
        &[
            "2 number=1234567890123450000",
            "3 number=2345678901234560000",
            "4 number=3456789012345670001",
        ],
    );
}

#[test]
fn bytes_that_are_no_text() {
    let good = "密码：Tiger88\n密码：Lion77\n";
    let mut file = good.as_bytes().to_vec();
    file.extend(b"pass\xe9word\n");
    check(
        &file,
        &txt(),
        &["1 password=密码：Tiger88", "2 password=密码：Lion77", "3! bad_encoding"],
    );
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00";
    check_fatal(png, &txt(), &["no text"]);
    check_fatal(b"PK\x03\x04SECRET", &csv(), &["workbook is damaged"]);
    check_fatal(b"%PDF-1.7\nSECRET\n", &txt(), &["no text"]);
    check_fatal(b"P1\nP2\x00\nP3\n", &txt(), &["no text"]);
}

#[test]
fn lines_that_are_no_data() {
    check(
        "卡号,密码\nA1,P1\n\u{feff}卡号,密码\nA2,P2\n共 2 张,\n",
        &csv(),
        &["2 number=A1 password=P1", "4 number=A2 password=P2"],
    );
    check("sep=;\n卡号;密码\nA1;P1\n", &csv(), &["3 number=A1 password=P1"]);
    check("某某卡密清单,\n卡号,密码\nA1,P1\n", &csv(), &["3 number=A1 password=P1"]);
    check(
        "A1----P1\nA2----P2\n共 2 张\n",
        &txt(),
        &["1 number=A1 password=P1", "2 number=A2 password=P2"],
    );
    check("A1,P1\nA2,P2\nTotal,2\n", &txt(), &["? totals"]);
    check(
        "卡号,密码\nA1,P1\n密码,卡号\nP2,A2\n",
        &csv(),
        &["2 number=A1 password=P1", "4! header_changed"],
    );
}

#[test]
fn text_of_mixed_divisions() {
    let file = "P1\nA2\tP2\nA3----P3\nA4,P4\n";
    check(file, &txt(), &["? separator"]);
    check(
        file,
        &separated(txt(), "----"),
        &[
            "1! too_few_columns",
            "2! too_few_columns",
            "3 number=A3 password=P3",
            "4! too_few_columns",
        ],
    );
    check(
        "A1,P1,2027-01-31\nA2,P2,\n",
        &txt(),
        &["1 number=A1 password=P1 until 2027-01-31T15:59:59.999999Z", "2 number=A2 password=P2"],
    );
    check("A1,P1,20270131\n", &txt(), &["? column-1", "? column-2", "? column-3"]);
}

#[test]
fn dates_that_can_be_read_in_two_ways() {
    let file = |date: &str| format!("卡号,有效期\nA1,{date}\n");
    let cases = [
        ("03/04/2027", "date-order", "dmy", "2 number=A1 until 2027-04-03T15:59:59.999999Z"),
        ("27-01-31", "date-order", "ymd", "2 number=A1 until 2027-01-31T15:59:59.999999Z"),
        ("46783", "date-serial", "date", "2 number=A1 until 2028-01-31T15:59:59.999999Z"),
        ("46783", "date-serial", "refuse", "2! valid_until date_unreadable"),
        ("30天", "date-length", "no_end", "2 number=A1"),
        ("30天", "date-length", "from_upload", "2 number=A1 until 2026-01-31T15:59:59.999999Z"),
    ];
    for (date, id, answer, row) in cases {
        check(file(date), &csv(), &[&format!("? {id}")]);
        check(file(date), &answered(csv(), &[(id, answer)]), &[row]);
    }
    for date in ["2027年1月31日", "2027.1.31", "2027-01-31 00:00:00", "20270131"] {
        check(file(date), &csv(), &["2 number=A1 until 2027-01-31T15:59:59.999999Z"]);
    }
    for date in ["永久", "长期有效", "9999-12-31", "never", ""] {
        check(file(date), &csv(), &["2 number=A1"]);
    }
}

#[test]
fn characters_that_look_like_others() {
    let cases = [
        ("A\u{a0}B", "characters-spaces", "A B"),
        ("A\u{200b}B", "characters-zero-width", "AB"),
        ("ＡＢ１２", "characters-full-width", "AB12"),
        ("AB–12", "characters-dashes", "AB-12"),
        ("AB‘12", "characters-quotes", "AB'12"),
    ];
    for (code, id, clean) in cases {
        let file = format!("卡号\n{code}\n");
        check(&file, &csv(), &[&format!("? {id}")]);
        check(&file, &answered(csv(), &[(id, "keep")]), &[&format!("2 number={code}")]);
        check(&file, &answered(csv(), &[(id, "clean")]), &[&format!("2 number={clean}")]);
    }
}

#[test]
fn records_of_several_lines() {
    let file = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n\n-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----\n";
    check(file, &txt(), &["? records"]);
    let rows = [
        "1 password=-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "5 password=-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----",
    ];
    check(file, &answered(txt(), &[("records", "blank_line")]), &rows);
    check(file, &answered(txt(), &[("records", "begin")]), &rows);
    check(file, &Told { record: Some(RecordMark::BlankLine), ..txt() }, &rows);
    let marked = Told { record: Some(RecordMark::Mark("====".to_owned())), ..txt() };
    check("a1\nb1\n====\na2\nb2\n", &marked, &["1 password=a1\nb1", "4 password=a2\nb2"]);
    let named = columns(marked.clone(), &["account", "password"]);
    check(
        "a1\nb1\n====\na2\nb2\n",
        &named,
        &["1 account=a1 password=b1", "4 account=a2 password=b2"],
    );
    check_fatal("SECRET\n", &marked, &["record"]);
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    check_fatal("A1,P1\n", &separated(txt(), "|"), &["separator"]);
    check_fatal("A1,P1\n", &columns(txt(), &["number", "password", "link"]), &["columns"]);
    check_fatal("number,password\nA,B\n", &columns(csv(), &["number"]), &["columns"]);
    check_fatal(
        "number\nA\n",
        &answered(csv(), &[("column-1", "-")]),
        &["answers.column-1", "columns"][1..],
    );
    check_fatal("number\nA\n", &answered(csv(), &[("nonsense", "x")]), &["answers.nonsense"]);
    check_fatal(
        "number,foo\nA,B\n",
        &answered(csv(), &[("column-2", "NOT A CODE")]),
        &["answers.column-2"],
    );
    check_fatal(
        "number,foo\nA,B\n",
        &answered(csv(), &[("column-2", "number")]),
        &["answers.column-2"],
    );
    let named =
        Told { names: Names { number: Some("my no".to_owned()), ..Names::default() }, ..csv() };
    check_fatal("number,password\nA,B\n", &named, &["my no", "number"]);
    check_fatal("number\nA\n", &Told { zone: "Moon/Base".to_owned(), ..csv() }, &["zone"]);
    check_fatal("number\nA\n", &separated(csv(), "----"), &["one ASCII character"]);
}

#[test]
fn a_word_for_every_question_in_both_languages() {
    let files = [
        "卡号,状态,有效期\nA\u{a0}1,已使用,03/04/2027\nA–2,正常,46783\nＡ3,正常,30天\nTotal,,\n",
        "SECRET1,SECRET2\nSECRET3,SECRET4\n",
    ];
    for file in files {
        let found = inspect(file.as_bytes(), &csv()).expect("a file").findings;
        assert!(found.len() >= 3, "{found:?}");
        for finding in found {
            assert!(finding.question.len() > 20 && !finding.question_zh.is_ascii(), "{finding:?}");
            let zh = |choice: &Choice| !choice.text.is_empty() && !choice.text_zh.is_empty();
            assert!(finding.choices.iter().all(zh), "{finding:?}");
        }
    }
}
