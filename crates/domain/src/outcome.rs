//! What came of a command, and the little of it that an idempotency record keeps.

use crate::OutcomeRef;

/// What a verb tells of what it did.
pub trait Answer {
    /// What an idempotency record keeps of it; `None` where a repeat is executed again, not replayed.
    fn reference(&self) -> Option<OutcomeRef> {
        None
    }
}

/// The answer to a request that may be a repeat.
#[derive(Debug, Clone)]
pub enum Reply<A> {
    /// It was done now.
    New(A),
    /// The same was asked before; this came of it.
    Replayed(OutcomeRef),
}

/// Done; nothing to tell.
impl Answer for () {}

impl<A: Answer> Answer for Box<A> {
    fn reference(&self) -> Option<OutcomeRef> {
        A::reference(self)
    }
}

impl<A: Answer> Answer for Option<A> {
    fn reference(&self) -> Option<OutcomeRef> {
        self.as_ref().and_then(A::reference)
    }
}
