//! The codes of an order as a file. Like every look at them, it is recorded first.

use super::reveal::{Revealed, look};
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use pages::page::value::Code;

/// Says to spreadsheets that the text is UTF-8.
const MARK: char = '\u{feff}';

/// `POST /o/{token}/file`
pub async fn file(mut visitor: Visitor, Here(token): Here<String>) -> Paged {
    let opened = visitor.open(&token).await?;
    let Some(Revealed { codes, guest, .. }) = look(&visitor, &opened).await? else {
        return Ok(Answer::see_other(&opened.path));
    };
    let number = opened.order.number();
    let plain = codes.iter().all(|code| matches!(&code.values[..], [one] if is_line(&one.text)));
    let answer = match plain {
        true => Answer::saved(&format!("{number}.txt"), "text/plain; charset=utf-8", lines(&codes)),
        false => Answer::saved(&format!("{number}.csv"), "text/csv; charset=utf-8", table(&codes)),
    };
    let cookie = guest.cookie(&visitor.engine().vault(), visitor.is_secure());
    Ok(answer.with_cookie(&cookie))
}

fn is_line(text: &str) -> bool {
    !text.contains(['\n', '\r'])
}

/// A code a line.
fn lines(codes: &[Code]) -> String {
    let texts = codes.iter().flat_map(|code| &code.values).map(|value| value.text.as_str());
    texts.map(|text| format!("{text}\n")).collect()
}

/// A row a code under the names of its values, as RFC 4180 has it.
fn table(codes: &[Code]) -> String {
    let mut out = String::from(MARK);
    let mut under: Vec<&str> = Vec::new();
    for code in codes {
        let labels: Vec<&str> = code.values.iter().map(|value| value.label.as_str()).collect();
        if labels != under {
            row(&labels, &mut out);
            under = labels;
        }
        let texts: Vec<&str> = code.values.iter().map(|value| value.text.as_str()).collect();
        row(&texts, &mut out);
    }
    out
}

fn row(cells: &[&str], out: &mut String) {
    let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    out.push_str(&quoted.collect::<Vec<_>>().join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use pages::page::value::Value;

    fn code(values: &[(&str, &str)]) -> Code {
        let value = |(label, text): &(&str, &str)| Value::named(*label, *text);
        Code { values: values.iter().map(value).collect(), valid_until: None }
    }

    #[test]
    fn codes_are_lines_or_rows() {
        assert_eq!(lines(&[code(&[("c", "A-1")]), code(&[("c", " b\"")])]), "A-1\n b\"\n");
        let two = [code(&[("n", "1,2"), ("p", "a\"b\nc")]), code(&[("n", "=3"), ("p", "")])];
        let expected = "\u{feff}\"n\",\"p\"\r\n\"1,2\",\"a\"\"b\nc\"\r\n\"=3\",\"\"\r\n";
        assert_eq!(table(&two), expected);
    }
}
