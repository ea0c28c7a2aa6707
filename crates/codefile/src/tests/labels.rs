//! Labels before values: they name columns and are no part of what a buyer gets.

use super::*;

#[test]
fn labels_name_columns_and_are_no_part_of_a_value() {
    check(
        "账号：a1----密码：b:1\n账号: a2----密码：b2\n",
        &txt(),
        &["1 account=a1 password=b:1", "2 account=a2 password=b2"],
    );
    check(
        "账号----密码\n账号：a1----密码：b1\n账号：a2----密码：\n",
        &txt(),
        &["2 account=a1 password=b1", "3 account=a2"],
    );
    check(
        "卡号:A1,密码:P1,有效期至:2027年1月31日\n",
        &separated(txt(), ","),
        &["1 number=A1 password=P1 until 2027-01-31T15:59:59.999999Z"],
    );
    check("email:a@b.c\tpassword:P1\n", &txt(), &["1 email=a@b.c password=P1"]);
    check(
        "卡号：A1 密码：P1\n卡号：A2 密码：P2\n",
        &separated(txt(), " "),
        &["1 number=A1 password=P1", "2 number=A2 password=P2"],
    );
}

#[test]
fn one_label_may_belong_to_the_code() {
    check("密码：Tiger88\n", &txt(), &["1 password=密码：Tiger88"]);
    check("A1----密码：Tiger88\n", &txt(), &["1 number=A1 password=密码：Tiger88"]);
    check("user:a----user:b\n", &txt(), &["1 number=user:a password=user:b"]);
    let mixed = "账号：a1----密码：b1\na2----b2\n";
    check(mixed, &txt(), &["? label-1", "? label-2"]);
    let seldom = "账号：a1----密码：b1\na2----b2\na3----b3\n";
    check(seldom, &separated(txt(), "----"), &["? odd-1", "? odd-2"]);
}

#[test]
fn who_names_the_columns_otherwise_keeps_all() {
    let told = Told {
        columns: Some(vec!["number".to_owned(), "password".to_owned()]),
        ..separated(txt(), "----")
    };
    check("账号：a1----密码：b1\n", &told, &["1 number=账号：a1 password=b1"]);
}

#[test]
fn another_label_far_below_is_asked_about() {
    let mut file: String =
        (0..8_000).map(|n| format!("账号：user-{n:05}----密码：word-{n:05}\n")).collect();
    file.push_str("密码：word----账号：user\n");
    check(&file, &txt(), &["? label-1", "? label-2", "? odd-2"]);
    let rows = |answer: &str| {
        let answers = [("label-1", answer), ("label-2", answer), ("odd-2", "keep")];
        let answers = answers.map(|(id, answer)| (id.to_owned(), answer.to_owned()));
        let told = Told { answers: answers.into_iter().collect(), ..txt() };
        outcome(file.as_bytes(), &told)
    };
    assert_eq!(
        rows("keep").last().map(String::as_str),
        Some("8001 account=密码：word password=账号：user")
    );
    assert_eq!(rows("refuse").last().map(String::as_str), Some("8001! account label_missing"));
}

#[test]
fn a_date_without_its_label_is_refused_where_that_was_answered() {
    let file = "卡号:A1,有效期:2027-01-31\n卡号:A2,有效期:2027-01-31\n卡号:A3,2027-01-31\n";
    let told = |answer: &str| {
        let answers = [("label-2".to_owned(), answer.to_owned())].into_iter().collect();
        Told { answers, ..separated(txt(), ",") }
    };
    let last = |answer: &str| outcome(file.as_bytes(), &told(answer)).pop();
    let kept = Some("3 number=A3 until 2027-01-31T15:59:59.999999Z".to_owned());
    assert_eq!(last("keep"), kept);
    assert_eq!(last("refuse"), Some("3! valid_until label_missing".to_owned()));
}
