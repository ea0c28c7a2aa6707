//! What the columns of a file mean.

use serde::{Deserialize, Serialize};

/// The code of the column that says until when a code is valid.
pub const VALID_UNTIL: &str = "valid_until";

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its place, from 1.
    pub place: usize,
    /// Its name in the file, where the file names its columns.
    pub header: Option<String>,
    /// What it means.
    pub meaning: Meaning,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// A field of the code.
    Field {
        /// Its name for programs.
        code: String,
        /// Its name for people; a built-in field without one has its own.
        name: Option<String>,
        /// Whether it is hidden until it is asked for.
        secret: bool,
    },
    /// Until when the code is valid.
    ValidUntil,
    /// Nothing that anybody wants.
    Ignored,
    /// Nobody knows yet.
    Unknown,
}

impl Meaning {
    /// The word by which it is told: a field's code, `valid_until` or `-`.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Field { code, .. } => Some(code),
            Self::ValidUntil => Some(VALID_UNTIL),
            Self::Ignored => Some("-"),
            Self::Unknown => None,
        }
    }
}
