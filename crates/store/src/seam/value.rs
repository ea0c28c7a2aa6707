//! Values as they go to a driver.

use std::borrow::Cow;

/// The types that columns have. Text and blob differ in how they are bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 64-bit integer.
    Int,
    /// Bytes.
    Blob,
    /// UTF-8 text.
    Text,
}

/// A parameter.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// No value, of a type.
    Null(Type),
    /// 64-bit integer.
    Int(i64),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
    /// UTF-8 text.
    Text(Cow<'a, str>),
}

impl<'a> Value<'a> {
    /// An id or other bytes.
    pub fn bytes(bytes: &'a [u8]) -> Self {
        Self::Blob(Cow::Borrowed(bytes))
    }

    /// Bytes of something that goes away.
    pub fn copy(bytes: &[u8]) -> Self {
        Self::Blob(Cow::Owned(bytes.to_vec()))
    }

    /// Text.
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Bytes or none.
    pub fn maybe_bytes(bytes: Option<&'a [u8]>) -> Self {
        bytes.map_or(Self::Null(Type::Blob), Self::bytes)
    }

    /// Text or none.
    pub fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null(Type::Text), Self::text)
    }

    /// An integer or none.
    pub fn maybe_int(int: Option<i64>) -> Self {
        int.map_or(Self::Null(Type::Int), Self::Int)
    }

    /// Its type.
    pub fn kind(&self) -> Type {
        match self {
            Self::Null(kind) => *kind,
            Self::Int(_) => Type::Int,
            Self::Blob(_) => Type::Blob,
            Self::Text(_) => Type::Text,
        }
    }
}
