//! Finds the string literals of a Rust file, with a scanner that knows comments, characters,
//! escapes and raw strings, and nothing else of the language.

/// The literals with the line each begins on, escapes left as they are written.
pub fn literals(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some((open, close)) = raw_string(text, at) {
            let body = &rest[open..];
            let end = body.find(&close).unwrap_or(body.len());
            found.push((line_of(text, at), &body[..end]));
            (open + end + close.len()).min(rest.len())
        } else if c == '"' {
            let end = end_of_string(&rest[1..]);
            found.push((line_of(text, at), &rest[1..=end]));
            (end + 2).min(rest.len())
        } else if c == '\'' {
            length_of_char(rest)
        } else {
            c.len_utf8()
        };
    }
    found
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// For `r"`, `r#"` …: the length of what opens the string, and what closes it.
fn raw_string(text: &str, at: usize) -> Option<(usize, String)> {
    let within_word = text[..at].ends_with(|c: char| c.is_alphanumeric() && c != 'b' || c == '_');
    let after = text[at..].strip_prefix('r').filter(|_| !within_word)?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then(|| (hashes + 2, format!("\"{}", "#".repeat(hashes))))
}

/// Where the closing quote stands.
fn end_of_string(body: &str) -> usize {
    let mut escaped = false;
    for (i, c) in body.char_indices() {
        match c {
            '"' if !escaped => return i,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    body.len().saturating_sub(1)
}

/// The length of a character literal, or 1 for the quote of a lifetime.
fn length_of_char(rest: &str) -> usize {
    if let Some(escape) = rest.strip_prefix("'\\") {
        return escape.char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(2, |(i, _)| i + 3);
    }
    let mut chars = rest.char_indices().skip(2);
    match chars.next() {
        Some((i, '\'')) => i + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn literals_are_told_from_everything_that_looks_like_them() {
        let cases: [(&str, &[(usize, &str)]); 9] = [
            (r#"f("a", "b")"#, &[(1, "a"), (1, "b")]),
            (r#"f("a\"b\\", "c")"#, &[(1, r#"a\"b\\"#), (1, "c")]),
            ("// \"no\"\nf(\"yes\")", &[(2, "yes")]),
            ("/* \"no\" */ f(\"yes\")", &[(1, "yes")]),
            ("f(r#\"a \"b\" c\"#, \"d\")", &[(1, "a \"b\" c"), (1, "d")]),
            ("f('\"', \"a\", '\\'', '\\u{22}', \"b\")", &[(1, "a"), (1, "b")]),
            ("fn f<'a>(x: &'a str) { g(\"a\") }", &[(1, "a")]),
            ("f(\"one\ntwo\", \"three\")", &[(1, "one\ntwo"), (2, "three")]),
            ("f('卡', \"卡密\")", &[(1, "卡密")]),
        ];
        for (text, want) in cases {
            assert_eq!(literals(text), want, "{text}");
        }
    }

    #[test]
    fn an_unfinished_file_ends_the_scan() {
        for text in ["\"", "\"a", "r#\"a", "'", "'\\", "/*", "r"] {
            literals(text);
        }
    }
}
