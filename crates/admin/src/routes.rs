//! The table of the console's own routes, each with what opens it.

use crate::desk::Desk;
use crate::{account, demo, factor, link, passkey, session, sessions};
use axum::routing::{MethodRouter, delete, get, post};
use axum::{Extension, Router};
use edge::policy::{Idempotency, RoutePolicy, RouteState};
use edge::problem::{ErrorCode, Problem};
use edge::{App, Part};

/// What opens a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// Nothing: name and password, or a link's token, come in the body.
    Nothing,
    /// That this is a demo.
    Demo,
    /// A session, with its token beside the cookie where something changes.
    Session,
    /// The same with a second factor of the last ten minutes.
    SteppedUp,
}

/// What there is to know of a route, for tests that must not miss one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// Its method.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What opens it.
    pub opens: Opens,
}

type Line = (RouteInfo, MethodRouter<RouteState>);

fn line(
    method: &'static str,
    path: &'static str,
    opens: Opens,
    handler: MethodRouter<RouteState>,
) -> Line {
    (RouteInfo { method, path, opens }, handler)
}

#[rustfmt::skip] // One line a route.
fn table() -> Vec<Line> {
    use Opens::{Demo, Nothing, Session, SteppedUp};
    const SESSION: &str = "/console/session";
    vec![
        line("POST", SESSION, Nothing, post(session::sign_in)),
        line("GET", SESSION, Session, get(session::current)),
        line("DELETE", SESSION, Session, delete(session::sign_out)),
        line("POST", "/console/session/step-up", Session, post(session::step_up)),
        line("GET", "/console/sessions", Session, get(sessions::list)),
        line("DELETE", "/console/sessions/{id}", Session, delete(sessions::end)),

        line("POST", "/console/link", Nothing, post(link::describe)),
        line("POST", "/console/link/use", Nothing, post(link::use_link)),

        line("POST", "/console/password", Session, post(account::change_password)),
        line("POST", "/console/recovery-codes", SteppedUp, post(account::renew_codes)),
        line("POST", "/console/factor/draw", SteppedUp, post(factor::draw)),
        line("POST", "/console/factor", SteppedUp, post(factor::set)),

        line("POST", "/console/passkey/draw", Nothing, post(passkey::draw_sign_in)),
        line("POST", "/console/passkey", Nothing, post(passkey::sign_in)),
        line("GET", "/console/passkeys", Session, get(passkey::list)),
        line("POST", "/console/passkeys/draw", SteppedUp, post(passkey::draw)),
        line("POST", "/console/passkeys", SteppedUp, post(passkey::add)),
        line("DELETE", "/console/passkeys/{id}", SteppedUp, delete(passkey::remove)),

        line("GET", "/console/demo", Demo, get(demo::show)),
        line("POST", "/console/demo", Demo, post(demo::enter)),
        line("GET", "/console/demo/inbox", Demo, get(demo::inbox)),
    ]
}

/// This edge, for the application.
pub fn part() -> Part {
    let lines = routes().into_iter().map(|route| (route.method, route.path.to_owned()));
    Part { lines: lines.collect(), router }
}

fn router(app: App) -> Router {
    let desk = Desk::new(app.clone());
    let access = RoutePolicy { scope: None, idempotency: Idempotency::Ignored, held: false };
    let state = RouteState { app, access };
    let whole = table()
        .into_iter()
        .fold(Router::new(), |router, (info, handler)| router.route(info.path, handler));
    let whole = whole.method_not_allowed_fallback(async || {
        Problem::new(ErrorCode::MethodNotAllowed, "this path has other methods; see `Allow`")
    });
    whole.layer(Extension(desk)).with_state(state)
}

/// Every route of the table.
pub fn routes() -> Vec<RouteInfo> {
    table().into_iter().map(|(info, _)| info).collect()
}
