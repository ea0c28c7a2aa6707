//! Listening: connections are taken up to a limit, and none may take time without end.
//!
//! A head must be whole after ten seconds, a connection without a request ends after sixty, and whoever sends or
//! takes bytes keeps a kibibyte a second ([`stream`], [`body`]). Beyond the limit the one that was idle longest makes
//! room; health is answered even when there is none ([`crowd`]).

mod body;
mod connection;
mod crowd;
mod pace;
mod stream;

pub use connection::{Connection, Times};
pub use crowd::{Crowd, Limits};

use crate::problem::{ErrorCode, Problem};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use body::{Received, Sent};
use crowd::Entry;
use engine::Throttle;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use stream::Stream;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower::Service;

/// What is answered also when there is no room for anything else.
const HEALTH: [&str; 2] = ["/healthz", "/readyz"];
/// Pause after a connection could not be taken.
const PAUSE: Duration = Duration::from_millis(20);

static COMPLAINTS: Throttle = Throttle::new(1);

/// Serves a router until `stop` says so; requests that were begun are finished, by connections of their own.
pub async fn serve(
    listener: Arc<TcpListener>,
    router: Router,
    crowd: Arc<Crowd>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        match taken {
            Ok((stream, peer)) => {
                // Without a place it is closed at once.
                if let Some(entry) = crowd.enter(peer) {
                    let (router, stop) = (router.clone(), stop.clone());
                    tokio::spawn(attend(stream, entry, router, stop));
                }
            }
            Err(error) => {
                if let Some(hushed) = COMPLAINTS.admit() {
                    tracing::warn!(%error, hushed, "a connection could not be taken");
                }
                crowd.make_room();
                sleep(PAUSE).await;
            }
        }
    }
}

/// Comes with each request: tells when the program ends, to answers that would go on for ever.
#[derive(Debug, Clone)]
pub struct Stopping(pub watch::Receiver<bool>);

/// Serves a connection to its end.
async fn attend(stream: TcpStream, entry: Entry, router: Router, mut stop: watch::Receiver<bool>) {
    let connection = Arc::clone(entry.connection());
    let times = *connection.times();
    // Most answers are one small piece; waiting for more would delay it. It fails where the caller is gone already.
    let _ = stream.set_nodelay(true);
    // Who says nothing costs no buffers.
    let speaks = tokio::select! {
        speaks = timeout(times.head, stream.readable()) => matches!(speaks, Ok(Ok(()))),
        () = connection.closed() => false,
        _ = stop.wait_for(|stop| *stop) => false,
    };
    if !speaks {
        return;
    }
    let io = TokioIo::new(Stream::new(stream, Arc::clone(&connection)));
    let (served, stopping) = (Arc::clone(&connection), Stopping(stop.clone()));
    let service =
        service_fn(move |request| answer(router.clone(), &served, stopping.clone(), request));
    let mut serving = pin!(http1::Builder::new().serve_connection(io, service));
    tokio::select! {
        // What a caller does to his connection is his affair.
        _ = serving.as_mut() => return,
        () = connection.closed() => return,
        () = connection.overdue() => return,
        _ = stop.wait_for(|stop| *stop) => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}

fn answer(
    mut router: Router,
    connection: &Arc<Connection>,
    stopping: Stopping,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response<Sent>, Infallible>> + use<> {
    connection.works();
    let refused = connection.is_spare() && !HEALTH.contains(&request.uri().path());
    let answer = (!refused).then(|| {
        let (mut parts, body) = request.into_parts();
        parts.extensions.insert(ConnectInfo::<SocketAddr>(connection.peer()));
        parts.extensions.insert(Arc::clone(connection));
        parts.extensions.insert(stopping);
        let received = Received::new(body, &parts.headers, *connection.times());
        router.call(Request::from_parts(parts, Body::new(received)))
    });
    let connection = Arc::clone(connection);
    async move {
        let mut answer = match answer {
            Some(answer) => answer.await?,
            None => no_room(),
        };
        if connection.is_spare() {
            answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(answer.map(|body| Sent::new(body, connection)))
    }
}

fn no_room() -> axum::response::Response {
    let problem = Problem::new(ErrorCode::Overloaded, "there are too many connections; come again");
    let mut answer = problem.into_response();
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        problem.write(kernel::RequestId([0; 16]), &mut answer);
    }
    answer
}
