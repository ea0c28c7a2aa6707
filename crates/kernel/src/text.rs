//! Texts that people and programs send: each has its length and its characters, checked as it is read, so that nothing
//! behind it meets a control character or a text without end, and nobody reads a text that shows something else than it
//! says.

use crate::plain::is_plain;
use serde::{Deserialize, Deserializer, de};

/// Which characters a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// One line that people read: no control characters, nothing invisible, more than space.
    Line,
    /// Several such lines: of the control characters only line breaks and tabs.
    Prose,
    /// Several such lines: of the control characters only `\n`.
    Lines,
    /// One line that is only compared: no control characters.
    Key,
    /// What separates: of the control characters only line breaks and tabs.
    Mark,
    /// Whatever Unicode has.
    Any,
}

/// Reads a text of 1 to `max` characters. What is refused is not repeated.
pub fn read<'de, D: Deserializer<'de>>(
    d: D,
    max: usize,
    allowed: Allowed,
) -> Result<String, D::Error> {
    let text = String::deserialize(d)?;
    if text.is_empty() || text.chars().count() > max {
        return Err(de::Error::custom(format_args!("expected 1 to {max} characters")));
    }
    let breaks: &[char] = match allowed {
        Allowed::Prose | Allowed::Mark => &['\n', '\r', '\t'],
        Allowed::Lines => &['\n'],
        _ => &[],
    };
    let forbidden = |c: char| c.is_control() && !breaks.contains(&c);
    if allowed != Allowed::Any && text.chars().any(forbidden) {
        return Err(de::Error::custom("expected no control characters"));
    }
    if matches!(allowed, Allowed::Line | Allowed::Prose | Allowed::Lines) {
        if !is_plain(&text) {
            return Err(de::Error::custom("expected no invisible characters or direction marks"));
        }
        if text.trim().is_empty() {
            return Err(de::Error::custom("expected more than space"));
        }
    }
    Ok(text)
}
