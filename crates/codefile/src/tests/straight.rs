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
