//! Errors with everything that led to them, in one line.

use std::error::Error;

/// The error and its causes, outermost first, with colons between. A cause that the text before it already
/// tells is not told again.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Told(&'static str, #[source] Option<Box<Told>>);

    #[test]
    fn causes_are_told_once_and_in_order() {
        let disk = Told("no space left", None);
        let twice = Told("write failed: no space left", Some(Box::new(disk)));
        let whole = Told("the batch failed", Some(Box::new(twice)));
        assert_eq!(chain(&whole), "the batch failed: write failed: no space left");
    }
}
