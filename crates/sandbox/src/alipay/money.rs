//! Amounts in yuan with two decimals, counted in fen.

use serde_json::Value;

/// Fen of a text or a number such as `88.88`; none for anything else, and for nothing.
pub fn read(value: &Value) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let (yuan, decimals) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(yuan) || !digits(decimals) || yuan.len() > 9 || decimals.len() > 2 {
        return None;
    }
    let fen: i64 = format!("{yuan}{decimals:0<2}").parse().ok()?;
    (fen > 0).then_some(fen)
}

/// Fen as a text in yuan.
pub fn write(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_are_read_to_the_fen() {
        for (value, fen) in [
            (json!("0.01"), Some(1)),
            (json!("88.8"), Some(8880)),
            (json!("100000000"), Some(10_000_000_000)),
            (json!(0.1), Some(10)),
            (json!(12), Some(1200)),
            (json!("0"), None),
            (json!("0.001"), None),
            (json!("-1"), None),
            (json!("1e2"), None),
            (json!("1."), None),
            (json!(""), None),
            (json!(null), None),
        ] {
            assert_eq!(read(&value), fen, "{value}");
        }
        assert_eq!(write(8805), "88.05");
    }
}
