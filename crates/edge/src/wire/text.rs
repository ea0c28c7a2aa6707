//! Texts that callers send. Each kind has its length and its characters, checked as it is read, so
//! that nothing behind the edge meets a control character or a text without end, and nobody reads a text that
//! shows something else than it says.

use kernel::text::{Allowed, read};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $max:expr, $allowed:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                read(d, $max, Allowed::$allowed).map(Self)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .min_length(Some(1))
                    .max_length(Some($max))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

texts! {
    /// A name that people read, and other short texts.
    Name = kernel::limits::NAME_CHARS_MAX, Line;
    /// What a product is, in words.
    Description = kernel::limits::DESCRIPTION_CHARS_MAX, Prose;
    /// A date, or a moment in RFC 3339.
    DateText = 40, Line;
    /// The name of a field of codes.
    CodeFieldName = kernel::limits::CODE_FIELD_NAME_CHARS_MAX, Line;
    /// A step of a usage guide.
    GuideStep = kernel::limits::GUIDE_STEP_CHARS_MAX, Line;
    /// A buyer's answer to what a product asks. It is sealed at the edge.
    Answer = kernel::limits::INPUT_CHARS_MAX, Key;
    /// The version of a text that a buyer agrees to.
    ConsentVersion = kernel::limits::CONSENT_VERSION_CHARS_MAX, Line;
    /// A tax classification code.
    TaxCode = 64, Line;
    /// The caller's own id for an order.
    ExternalOrderId = kernel::limits::EXTERNAL_ORDER_CHARS_MAX, Key;
    /// The merchant's own name for a buyer. It is sealed at the edge and comes back in no answer.
    ExternalBuyerId = kernel::limits::EXTERNAL_BUYER_CHARS_MAX, Any;
    /// A buyer's id at a merchant's official account of WeChat.
    OpenId = 128, Key;
    /// A bank's reference of a transfer.
    TransferReference = 64, Line;
    /// A text that buyers share; addresses in it are links for them. It is sealed at the edge.
    ContentText = kernel::limits::CONTENT_CHARS_MAX, Mark;
    /// What changed in it, for who holds it.
    ContentNote = kernel::limits::CONTENT_NOTE_CHARS_MAX, Line;
    /// Why a person wants something.
    ReasonText = kernel::limits::REASON_CHARS_MAX, Prose;
    /// A note about an order, for the merchant's staff.
    NoteText = kernel::limits::NOTE_CHARS_MAX, Lines;
    /// What is printed on a code. It is looked for by a keyed hash and comes back in no answer.
    CodeText = kernel::limits::CODE_BYTES_MAX, Mark;
    /// A scrap that is searched for. It comes back in no answer.
    SearchText = kernel::limits::SEARCH_CHARS_MAX, Mark;
    /// The code of a field, `valid_until` for the date, `-` for a column that is left out.
    FieldCode = 32, Line;
    /// The name of an encoding.
    EncodingName = 32, Line;
    /// What stands between the fields of a code file.
    Separator = 16, Mark;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: for<'de> Deserialize<'de>>(text: &str, good: bool) {
        let read = serde_json::from_value::<T>(text.into());
        assert_eq!(read.is_ok(), good, "{text:?}");
    }

    #[test]
    fn lengths_count_characters_and_control_characters_are_refused() {
        check::<ExternalOrderId>(&"单".repeat(64), true);
        check::<ExternalOrderId>(&"单".repeat(65), false);
        check::<ExternalOrderId>("", false);
        check::<Name>("a\u{0}b", false);
        check::<Name>("a\nb", false);
        check::<Description>("a\nb", true);
        check::<Description>("a\u{0}b", false);
        check::<ExternalBuyerId>("any\u{0}text", true);
        check::<NoteText>(&"单\n".repeat(500), true);
        for text in ["", " \n ", "a\tb", "a\rb", "a\u{0}b", &"单".repeat(1_001)] {
            check::<NoteText>(text, false);
        }
    }

    #[test]
    fn what_people_read_says_what_it_shows() {
        for text in ["19.90\u{202e}09.91", "a\u{200b}b", "\u{3000}", "\u{2028}", "a\u{feff}"] {
            check::<Name>(text, false);
            check::<Description>(text, false);
            check::<GuideStep>(text, false);
            check::<ReasonText>(text, false);
            check::<NoteText>(text, false);
        }
        check::<Name>("👨\u{200d}👩 ❤\u{fe0f}", true);
        check::<Separator>("\t", true);
        check::<CodeText>("a\u{200b}b", true);
    }
}
