//! What a route asks of its callers. It is a part of the route's state, so a handler that wants a
//! [`Caller`](crate::auth::Caller) cannot forget to ask for the scope, and the scope stands in one place: the table of
//! routes.

use crate::app::App;
use domain::identity::Scope;

/// Whether a route knows repeats by an `Idempotency-Key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// It changes nothing, or repeating it does no harm.
    Ignored,
    /// If the caller sends one.
    Optional,
    /// Always.
    Required,
}

/// Who may use a route, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoutePolicy {
    /// What a key must be allowed to do; none for routes that need no key.
    pub scope: Option<Scope>,
    /// How repeats are known.
    pub idempotency: Idempotency,
    /// Whether what a person does there may want a second one, so that his request is kept until its rule has spoken.
    pub held: bool,
}

/// The state of a route: the application, and who may come in here.
#[derive(Clone)]
pub struct RouteState {
    /// The application.
    pub app: App,
    /// Who may come in.
    pub access: RoutePolicy,
}
