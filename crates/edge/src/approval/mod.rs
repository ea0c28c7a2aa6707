//! Acts of people that want a second person: keeping the request, telling that it waits, and running it once more when
//! somebody said yes.

mod approved;
mod hold;
mod kept;
mod mask;
pub mod others;

pub use approved::{Approved, Verdict};
pub use hold::{Held, state};
pub(crate) use hold::{hold, repeated};
pub use kept::{Kept, Stored};
pub use mask::masked;
