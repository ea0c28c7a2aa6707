//! The application, put together from its parts.
//!
//! Each edge is a [`Part`]: this crate knows none of them, and none knows another. Whoever starts the application names
//! the parts that it shall have.

use crate::app::{App, Settings};
use crate::layer::Edge;
use crate::metrics::traffic::Traffic;
use axum::Router;
use engine::Engine;

/// One edge of the application.
#[derive(Clone)]
pub struct Part {
    /// Method and path of each of its routes, by which requests are counted.
    pub lines: Vec<(&'static str, String)>,
    /// Its routes with the handlers behind them. One part of an application may also answer where nothing is.
    pub router: fn(App) -> Router,
}

/// An application of these parts that works on an engine, and the router that answers for all of it.
pub fn assemble(engine: Engine, settings: Settings, parts: &[Part]) -> (App, Router) {
    let lines = parts.iter().flat_map(|part| part.lines.iter().cloned());
    let app = App::new(engine, settings, Traffic::of_routes(lines));
    let routers = parts.iter().map(|part| (part.router)(app.clone()));
    let whole = routers.fold(Router::new(), Router::merge);
    (app.clone(), whole.layer(Edge::new(app)))
}
