//! A browser without JavaScript: it keeps cookies, sends forms, and goes where it is sent only when told.

use parking_lot::Mutex;
use reqwest::{Client, Method, redirect::Policy};
use std::collections::BTreeMap;

/// One visitor of one server.
pub struct Browser {
    client: Client,
    url: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// An answer as a browser has it.
#[derive(Debug)]
pub struct Screen {
    /// The status.
    pub status: u16,
    /// Where it sends the browser.
    pub location: String,
    /// Every header.
    pub headers: reqwest::header::HeaderMap,
    /// The page.
    pub html: String,
}

impl Browser {
    /// A visitor who was never here.
    pub fn new(url: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, url: url.to_owned(), cookies: Mutex::default() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Screen {
        self.send(Method::GET, path, &[], &[]).await
    }

    /// Sends a form from one of the site's own pages, as browsers do on plain http: they say nothing of the site.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Screen {
        self.send(Method::POST, path, form, &[]).await
    }

    /// Sends the form of a page with its hidden fields; `changed` is what was typed, or put in their place.
    pub async fn submit(&self, page: &Screen, path: &str, changed: &[(&str, &str)]) -> Screen {
        let hidden = page.all_hidden();
        let kept = hidden.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let form: Vec<(&str, &str)> = kept.chain(changed.iter().copied()).collect();
        self.post(path, &form).await
    }

    /// Sends a request with headers of the caller's choice.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Screen {
        let whole =
            if path.starts_with('/') { format!("{}{path}", self.url) } else { path.to_owned() };
        let mut request = self.client.request(method.clone(), whole);
        if method == Method::POST {
            let pairs = form.iter().map(|(name, value)| format!("{name}={value}"));
            let body = pairs.collect::<Vec<_>>().join("&");
            request =
                request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let kept = self.cookies();
        if !kept.is_empty() {
            request = request.header("cookie", kept);
        }
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        self.keep(&headers);
        let location = headers.get("location").and_then(|at| at.to_str().ok());
        let location = location.unwrap_or_default().to_owned();
        Screen { status, location, headers, html: answer.text().await.expect("a text") }
    }

    /// The cookies that it sends.
    pub fn cookies(&self) -> String {
        let cookies = self.cookies.lock();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Puts a cookie in by hand.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().insert(name.to_owned(), value.to_owned());
    }

    fn keep(&self, headers: &reqwest::header::HeaderMap) {
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie");
            let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = pair.expect("a pair");
            self.set_cookie(name, value);
        }
    }
}

impl Screen {
    /// Every hidden field of the page's forms, as it is sent.
    pub fn all_hidden(&self) -> Vec<(String, String)> {
        let starts = self.html.split("<input type=\"hidden\" name=\"").skip(1);
        let field = |rest: &str| {
            let (name, rest) = rest.split_once("\" value=\"")?;
            let (value, _) = rest.split_once('"')?;
            Some((name.to_owned(), value.to_owned()))
        };
        starts.filter_map(field).collect()
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.html.split_once(&start).map(|(_, rest)| rest);
        let value = rest.and_then(|rest| rest.split_once('"')).map(|(value, _)| value);
        value.unwrap_or_else(|| panic!("no field {name} in {}", self.html)).to_owned()
    }

    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
