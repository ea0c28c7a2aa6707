//! A server on loopback that answers as a test tells it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use parking_lot::Mutex;
use std::sync::Arc;

/// A request that came.
#[derive(Debug, Clone)]
pub struct Came {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

/// What is answered.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Never answers.
    pub silent: bool,
}

pub fn told(status: u16, body: impl Into<String>) -> Told {
    Told { status, body: body.into(), ..Told::default() }
}

pub struct Server {
    pub origin: String,
    came: Arc<Mutex<Vec<Came>>>,
}

#[derive(Clone)]
struct Answers {
    answer: Arc<dyn Fn(&Came) -> Told + Send + Sync>,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Server {
    pub async fn start(answer: impl Fn(&Came) -> Told + Send + Sync + 'static) -> Self {
        let came = Arc::new(Mutex::new(Vec::new()));
        let answers = Answers { answer: Arc::new(answer), came: came.clone() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("bound"));
        let app = Router::new().fallback(handle).with_state(answers);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { origin, came }
    }

    /// What came, in order.
    pub fn came(&self) -> Vec<Came> {
        self.came.lock().clone()
    }
}

async fn handle(
    State(answers): State<Answers>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let body = String::from_utf8(body.to_vec()).expect("UTF-8");
    let came = Came { method: method.to_string(), path, headers, body };
    let told = (answers.answer)(&came);
    answers.came.lock().push(came);
    if told.silent {
        std::future::pending::<()>().await;
    }
    let mut response = Response::builder().status(told.status);
    for (name, value) in told.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(told.body)).expect("a response")
}
