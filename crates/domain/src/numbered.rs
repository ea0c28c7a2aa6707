//! Enums whose numbers the store writes. A number never changes, and no list of values is written beside the enum that could
//! forget one.

/// Declares an enum with `ALL`, its values in their order, and `from_number`, which finds one by its stored number.
macro_rules! numbered {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$of:meta])* $value:ident = $number:literal,)* }
    ) => {
        $(#[$about])*
        pub enum $name { $($(#[$of])* $value = $number,)* }

        impl $name {
            /// Every value.
            pub const ALL: [Self; [$($number),*].len()] = [$(Self::$value),*];

            /// The value stored under a number.
            pub fn from_number(number: i64) -> Option<Self> {
                Self::ALL.into_iter().find(|value| *value as i64 == number)
            }
        }
    };
}

pub(crate) use numbered;
