//! What the routes of this edge have at hand beside the application.

use crate::attempts::{Attempt, Attempts};
use crate::hashing::Hashing;
use domain::context::Origin;
use domain::identity::operator;
use domain::people::refuse_sign_in::RefuseSignIn;
use edge::App;
use edge::problem::{ErrorCode, Problem};
use kernel::PersonId;
use std::sync::Arc;

/// The desk at which people sign in. Cloning it is cheap and gives the same one.
#[derive(Clone)]
pub struct Desk(Arc<Parts>);

struct Parts {
    app: App,
    hashing: Hashing,
    attempts: Attempts,
}

impl Desk {
    /// A desk of an application.
    pub fn new(app: App) -> Self {
        let (hashing, attempts) = (Hashing::start(), Attempts::default());
        Self(Arc::new(Parts { app, hashing, attempts }))
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// Hashing of passwords.
    pub fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }

    /// Attempts that failed.
    pub fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    /// Counts and records an attempt that failed. The answer does not tell what was wrong.
    pub async fn refuse(&self, attempt: &Attempt, person: Option<PersonId>) -> Problem {
        let engine = self.app().engine();
        let now = engine.now();
        self.attempts().failed(attempt, now);
        if let Some(fact) = self.attempts().refused(attempt.address, person, now) {
            let book = engine.internal(operator());
            let origin = Origin { address: attempt.address, ..book };
            let recorded = engine.run(origin, RefuseSignIn(fact)).await;
            if let Err(error) = recorded {
                tracing::warn!(%error, "a refused sign-in was not recorded");
            }
        }
        wrong()
    }
}

/// The one answer to whoever does not prove who he is.
pub fn wrong() -> Problem {
    Problem::new(ErrorCode::Unauthorized, "the address, the password or the code is wrong")
}
