//! Bad code files, and what becomes of each.

/// Part of every code in these files.
pub const PLANTED: &str = "PLANTED";

/// A file, and what becomes of it.
pub struct File {
    pub what: &'static str,
    pub query: &'static str,
    pub bytes: Vec<u8>,
    pub accepted: u64,
    pub duplicates: u64,
    /// `line,column,cause` of each row that cannot be read.
    pub errors: &'static [&'static str],
    /// A part of what is said of the file as a whole.
    pub failure: Option<&'static str>,
}

fn kept(
    what: &'static str,
    bytes: impl Into<Vec<u8>>,
    accepted: u64,
    errors: &'static [&'static str],
) -> File {
    let bytes = bytes.into();
    File { what, query: "", bytes, accepted, duplicates: 0, errors, failure: None }
}

fn failed(what: &'static str, bytes: impl Into<Vec<u8>>, failure: &'static str) -> File {
    File { failure: Some(failure), ..kept(what, bytes, 0, &[]) }
}

/// Files of which some rows are good.
pub fn with_good_rows() -> Vec<File> {
    let mut files = spelt_badly();
    files.extend(with_bad_values());
    files
}

/// Quotes, encodings, and lines that are no text.
fn spelt_badly() -> Vec<File> {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let utf16: Vec<u8> = "\u{feff}number,password\nUPLANTED1,密码\n=UPLANTED2,x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let long_line = "LPLANTED".repeat(20 * 1024 * 1024 / 8);
    vec![
        kept(
            "broken quotes",
            "number,password\nQPLANTED1,p\n\"QPLANTED2,p\nQ\"PLANTED3,p\n\"QPLANTED4\"x,p\n\
             \"QPLANTED5\",\"p,\"\"5\"\n",
            2,
            &["3,,quote_misplaced", "5,,quote_misplaced"],
        ),
        kept(
            "GBK",
            gbk("卡号,卡密,有效期\nGPLANTED1,密码甲,2099-01-31\nGPLANTED2,密码乙,昨天\n"),
            1,
            &["3,valid_until,date_unreadable"],
        ),
        kept(
            "a byte order mark",
            "\u{feff}number,password\r\nBPLANTED1,p\r\n=BPLANTED2,p",
            1,
            &["3,number,formula"],
        ),
        kept("UTF-16", utf16, 1, &["3,number,formula"]),
        kept(
            "a line of 20 MB",
            format!("number,password\nLP1{PLANTED},p\n{long_line},p\nLP2{PLANTED},p\n"),
            2,
            &["3,,line_too_long"],
        ),
        kept(
            "formulas",
            "number,password\n=PLANTED+1,p\n@PLANTED,p\nFPLANTED3,+PLANTED(1)\n\
             FPLANTED4,-2+3+cmd|'PLANTED'!A0\n+86PLANTED,-p\n",
            1,
            &["2,number,formula", "3,number,formula", "4,password,formula", "5,password,formula"],
        ),
        kept(
            "characters that nobody sees",
            "number,password\nCPLANTED1,p\nCPLANTED2,p\nCPLANTED3,a\u{202e}b\nCPLANTED4,p\n",
            3,
            &["4,password,control_character"],
        ),
    ]
}

/// Rows that can be read and mean nothing good.
fn with_bad_values() -> Vec<File> {
    vec![
        kept(
            "too few and too many columns, too long and nothing",
            format!(
                "number,password\nNPLANTED1\nNPLANTED2,p,q\n,\n{},p\nNPLANTED5,{}\nNPLANTED6,\n",
                "N".repeat(16 * 1024 + 1),
                "p".repeat(16 * 1024 + 1)
            ),
            1,
            &[
                "2,,too_few_columns",
                "3,,too_many_columns",
                "4,,empty",
                "5,number,too_long",
                "6,password,too_long",
            ],
        ),
        kept(
            "dates",
            "number,password,valid_until\nDPLANTED1,p,2001-01-01\nDPLANTED2,p,2099-13-01\n\
             DPLANTED3,p,PLANTED\nDPLANTED4,p,2099-02-28T08:00:00+08:00\nDPLANTED5,p,\n",
            2,
            &[
                "2,valid_until,date_past",
                "3,valid_until,date_unreadable",
                "4,valid_until,date_unreadable",
            ],
        ),
        kept(
            "bytes of no encoding",
            [&b"number,password\nEPLANTED1,p\nEPLANTED2,\xff\xff\nEPLANTED3,p\n"[..]].concat(),
            2,
            &["3,,bad_encoding"],
        ),
        failed("nothing but a header", "number,password\n", "no code below it"),
        File {
            duplicates: 3,
            ..kept(
                "codes that were there before",
                "number,password\nQPLANTED1,p\nXPLANTED1,p\nXPLANTED1,p\nXPLANTED1,p\n",
                1,
                &[],
            )
        },
        File {
            query: "?number=serial&separator=%3B",
            ..kept(
                "another separator",
                "serial;code\nSPLANTED1;p\nSPLANTED2;=p\n",
                1,
                &["3,password,formula"],
            )
        },
    ]
}

/// Files that cannot be read as a whole.
pub fn without_sense() -> Vec<File> {
    vec![
        failed("nothing but blank lines", " \n\n\r\n \n", "the file is empty"),
        failed("no header", "HPLANTED1,HPLANTED2\nHPLANTED3,p\n", "needs_decision"),
        failed("a spreadsheet", b"PK\x03\x04PLANTED".to_vec(), "spreadsheet"),
        failed("an old spreadsheet", b"\xd0\xcf\x11\xe0PLANTED".to_vec(), "spreadsheet"),
        failed("a broken header", "number,\"pass\"PLANTED\na,b\n", "is broken"),
        failed("a header without end", "PLANTED,".repeat(2_000_000), "is broken"),
        failed("a header of many columns", format!("number{}\n", ",p".repeat(100)), "is broken"),
        failed("a column twice", "number,card_no\nPLANTED,p\n", "needs_decision"),
        File {
            query: "?number=nowhere",
            ..failed("a mapping that does not fit", "number,password\nPLANTED,p\n", "no column")
        },
        failed("null bytes", vec![0; 100_000], ""),
    ]
}
