//! What every page has at hand.

use crate::guesses::Guesses;
use crate::shop::shelves::Shelves;
use edge::App;
use std::sync::Arc;

/// The application, and what the pages keep in memory beside it. Cloning it is cheap and gives the same one.
#[derive(Clone)]
pub struct Site {
    /// The application.
    pub app: App,
    /// Codes that opened nothing.
    pub guesses: Arc<Guesses>,
    /// What lies on the shelves of shops that were visited.
    pub shelves: Arc<Shelves>,
}

impl Site {
    /// Pages of an application; no shop was visited yet.
    pub fn new(app: App) -> Self {
        Self { app, guesses: Arc::default(), shelves: Arc::default() }
    }
}
