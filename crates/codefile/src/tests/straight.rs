//! Files that go straight through.

use super::*;

#[test]
fn a_plain_file() {
    check(
        "number,password,valid_until\nA1,P1,2027-01-31\nA2,,\n,P3,2027-01-31T08:00:00Z\n",
        &csv(),
        &[
            "2 number=A1 password=P1 until 2027-01-31T15:59:59.999999Z",
            "3 number=A2",
            "4 password=P3 until 2027-01-31T08:00:00Z",
        ],
    );
    check("number,password\r\n  A 1 ,\u{3000}P1\t\r\n", &csv(), &["2 number=A 1 password=P1"]);
    check("password\rP1\rP2", &csv(), &["2 password=P1", "3 password=P2"]);
    let told = separated(csv(), ";");
    check("number;password\nA,1;P,1\n", &told, &["2 number=A,1 password=P,1"]);
}

#[test]
fn a_value_of_several_lines() {
    check(
        "password\n\"account: a1\npass: Xk9\nrecovery: r1\"\nSINGLE-0001\n",
        &csv(),
        &["2 password=account: a1\npass: Xk9\nrecovery: r1", "5 password=SINGLE-0001"],
    );
}

#[test]
fn blank_lines_are_counted_and_passed_over() {
    check(
        "\n \nnumber,password\n\n \t\u{3000}\r\nA1,P1\n\n\nA2,P2",
        &csv(),
        &["6 number=A1 password=P1", "9 number=A2 password=P2"],
    );
    check("P1\n\n\nP2\n", &txt(), &["1 password=P1", "4 password=P2"]);
}

#[test]
fn files_without_codes_have_clear_answers() {
    check_fatal("", &txt(), &["empty"]);
    check_fatal("", &csv(), &["empty"]);
    check_fatal("\n\n \n", &csv(), &["empty"]);
    check_fatal("number,password\n", &csv(), &["header but no code"]);
    check_fatal("卡号----密码\n", &txt(), &["header but no code"]);
    check("SECRET1,SECRET2\nSECRET3,SECRET4\n", &csv(), &["? header", "? column-1", "? column-2"]);
}

#[test]
fn broken_quotes_spoil_their_record_only() {
    check(
        "number,password\n\
         \"A,1\",\"say \"\"hi\"\"\"\n\
         A4,\"P\"4\n\
         A5,P\"5\n\
         \"A6\" ,P6\n\
         A8,\"\"\n\
         A9, \"P9\"\n\
         A11,P11\n\
         A12,\"open\n\
         A13,P13\n",
        &csv(),
        &[
            "2 number=A,1 password=say \"hi\"",
            "3! quote_misplaced",
            "4! quote_misplaced",
            "5 number=A6 password=P6",
            "6 number=A8",
            "7! quote_misplaced",
            "8 number=A11 password=P11",
            "9! quote_not_closed (2 lines)",
        ],
    );
    let lost_opening = "number,password\nA1,first line\nsecond line\"\nA2,P2\n";
    check(lost_opening, &csv(), &["? torn-records"]);
    let records = "number,password\nA1,\"open\nA2,P2\nA3,P3\"\n";
    check(records, &csv(), &["? quoted-records"]);
}

#[test]
fn every_row_has_the_columns_of_the_header() {
    check(
        "number,password,备注\nA1,P1\nA2,P2,x,y\nA3\nA4,P4,\n,,\n",
        &csv(),
        &[
            "2! too_few_columns",
            "3! too_many_columns",
            "4! too_few_columns",
            "5 number=A4 password=P4",
            "6! empty",
        ],
    );
}

#[test]
fn text_that_may_not_be_a_code() {
    let long = "x".repeat(16 * 1024);
    check(
        format!(
            "number,password\n=1+1,P\nA,@SUM(1)\n+86,-P\nA\u{202e},P\nA,P\tQ\n{long}x,P\n{long},P\nA\u{fffd},P\n"
        ),
        &csv(),
        &[
            "2! number formula",
            "3! password formula",
            "4 number=+86 password=-P",
            "5! number control_character",
            "6! password control_character",
            "7! number too_long",
            &format!("8 number={long} password=P"),
            "9! number control_character",
        ],
    );
}

#[test]
fn a_line_of_many_megabytes_is_one_error() {
    let long = || std::io::repeat(b'x').take(3 << 20);
    let mut file = b"number,password\nA1,P1\n".to_vec();
    long().read_to_end(&mut file).expect("bytes");
    file.extend(b",P2\nA3,P3\n");
    let rows = ["2 number=A1 password=P1", "3! line_too_long", "4 number=A3 password=P3"];
    check(file, &csv(), &rows);
}

#[test]
fn a_failing_upload_is_told_apart_from_its_end() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the store is away"))
        }
    }
    assert!(matches!(inspect(Fails, &txt()), Err(FileError::Read(_))));
    let plan = inspect(&b"password\nP1\nP2"[..], &csv()).expect("a file").plan();
    let mut file = CodeFile::new((&b"password\nP1\nP2"[..]).chain(Fails), &plan).expect("a plan");
    assert_eq!(file.next_row().expect("read").map(shown).as_deref(), Some("2 password=P1"));
    assert!(matches!(file.next_row(), Err(FileError::Read(_))));
    assert!(matches!(file.next_row(), Err(FileError::Read(_))), "it is not done");
}

#[test]
fn nothing_that_is_said_of_a_file_shows_a_code() {
    let file = "password,有效期\n=SECRET,\nSECRET,SECRET\nSECRET\nSECRET\"SECRET,\nSECRET-SECRET,03/04/2027\n";
    let found = inspect(file.as_bytes(), &csv()).expect("a file");
    assert!(!serde_json::to_string(&found).expect("JSON").contains("SECRET"), "{found:?}");
    for row in CodeFile::new(file.as_bytes(), &found.plan()).expect("a plan") {
        let row = row.expect("read");
        assert!(!format!("{row:?}").contains("SECRET"), "{row:?}");
    }
}
