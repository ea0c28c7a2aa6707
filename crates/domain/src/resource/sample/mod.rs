//! Kinds that show how a kind is added. Only `demo --sample-kinds` and tests register them.

mod note;
mod offer;
mod place;

pub use note::SampleNote;
pub use offer::SampleOffer;
pub use place::SamplePlace;
