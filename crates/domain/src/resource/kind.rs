//! What there is to know of a kind beside its fields.

use crate::identity::Scope;
use kernel::{Id16, id, limits};

/// A kind's number, names and limit; made by [`kind!`].
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// What the store writes. Never used again for another kind.
    pub number: i64,
    /// Its name in scopes and facts, as `sample_place`.
    pub word: &'static str,
    /// Its name in paths, as `sample_places`.
    pub plural: &'static str,
    /// What its ids start with.
    pub prefix: &'static str,
    /// The scope that reads it.
    pub read: &'static str,
    /// The scope that writes it.
    pub write: &'static str,
    /// The kinds of its facts: created, edited, archived, restored.
    pub facts: [&'static str; 4],
    /// How many a merchant may have in one mode.
    pub limit: i64,
}

/// What a kind is called, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// How a form shows a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the body.
    pub name: &'static str,
    /// What it is called.
    pub words: Words,
    /// Fields of one group stand together.
    pub group: &'static str,
    /// What it is edited with: `text`, `words` (a text in each language), `prose`, `number`, `switch`, `choice`, `colour`,
    /// `date`, `picture`, `upload` (the id of a picture that was uploaded), `list`, `reference`, `secret`.
    pub widget: &'static str,
}

impl Kind {
    /// The limit of a kind that names none.
    pub const LIMIT: i64 = limits::RESOURCES_MAX;

    /// The id of the one that each book has.
    pub fn only_id(&self) -> Id16 {
        i128::from(self.number).to_be_bytes()
    }

    /// Whether its scopes are its own.
    pub fn has_scopes(&self) -> bool {
        self.read.strip_suffix(":read") == Some(self.word)
    }

    /// Whether the operator writes it, in the books of merchants.
    pub fn is_of_operator(&self) -> bool {
        self.write == Scope::MerchantsWrite.name()
    }

    /// The written form of an id.
    pub fn write(&self, id: &Id16) -> String {
        format!("{}_{}", self.prefix, id::encode(id))
    }

    /// Reads the written form.
    pub fn parse(&self, text: &str) -> Option<Id16> {
        text.strip_prefix(self.prefix)?.strip_prefix('_').and_then(id::decode)
    }
}

impl Field {
    /// A field of the first group.
    pub const fn new(
        name: &'static str,
        zh: &'static str,
        en: &'static str,
        widget: &'static str,
    ) -> Self {
        Self { name, words: Words { zh, en }, group: "main", widget }
    }

    /// The same in another group.
    pub const fn group(self, group: &'static str) -> Self {
        Self { group, ..self }
    }
}

/// A kind by its number, word, plural and prefix of ids; then the scopes, of a kind that is older than its own.
macro_rules! kind {
    ($number:literal, $word:literal, $plural:literal, $prefix:literal) => {
        $crate::resource::kind!(
            $number,
            $word,
            $plural,
            $prefix,
            concat!($word, ":read"),
            concat!($word, ":write")
        )
    };
    ($number:literal, $word:literal, $plural:literal, $prefix:literal, $read:expr, $write:expr) => {
        &$crate::resource::Kind {
            number: $number,
            word: $word,
            plural: $plural,
            prefix: $prefix,
            read: $read,
            write: $write,
            facts: [
                concat!($word, ".created"),
                concat!($word, ".edited"),
                concat!($word, ".archived"),
                concat!($word, ".restored"),
            ],
            limit: $crate::resource::Kind::LIMIT,
        }
    };
}

pub(crate) use kind;
