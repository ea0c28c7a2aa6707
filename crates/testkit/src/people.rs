//! People of tests: made without asking, signed in as everybody signs in.

use crate::{Answer, App, Caller};
use admin::people::{NewPerson, make};
use domain::people::role::BuiltIn;
use kernel::{Mode, PersonId, Tenant};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use vault::PasswordHasher;

/// A person with what he signs in with.
#[derive(Debug, Clone)]
pub struct Person {
    /// His id.
    pub id: PersonId,
    /// His mail address.
    pub email: String,
    /// His password.
    pub password: String,
    /// The secret of his one-time codes.
    pub totp_secret: String,
}

/// A browser at a server: its cookies, and the session's token.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    url: String,
    /// Cookies by name.
    pub cookies: Vec<(String, String)>,
    /// The session's token.
    pub csrf: String,
    /// The address that it says it comes from, through a proxy.
    pub from: Option<String>,
    /// Headers that it sends beside.
    pub headers: Vec<(String, String)>,
}

impl App {
    /// A new person with built-in roles at some tenants.
    pub async fn person(&self, email: &str, places: &[(Tenant, &[BuiltIn])]) -> Person {
        let named = places.iter().map(|(tenant, roles)| {
            (*tenant, roles.iter().map(|role| role.name().to_owned()).collect())
        });
        self.person_with(email, named.collect()).await
    }

    /// A new person with roles at some tenants, by their written names.
    pub async fn person_with(&self, email: &str, places: Vec<(Tenant, Vec<String>)>) -> Person {
        let live = |(tenant, roles): (Tenant, Vec<String>)| {
            (Tenant::new(tenant.merchant(), Mode::Live), roles)
        };
        let new = NewPerson {
            email: email.to_owned(),
            name: "测试".to_owned(),
            password: vault::new_secret("pw-"),
            totp_secret: vault::new_totp_secret(),
            places: places.into_iter().map(live).collect(),
        };
        let made = make(&self.edge, &new, &mut PasswordHasher::default()).await;
        let NewPerson { email, password, totp_secret, .. } = new;
        Person { id: made.expect("a person is made"), email, password, totp_secret }
    }

    /// A new person who is signed in, as a caller of `/v1` for a tenant.
    pub async fn signed_in(&self, email: &str, tenant: Tenant, roles: &[BuiltIn]) -> Caller {
        let person = self.person(email, &[(tenant, roles)]).await;
        let mut browser = Browser::new(self.url());
        let answer = browser.sign_in(&person, self.code(&person)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser.caller(tenant)
    }

    /// The code of a person's second factor at the engine's time.
    pub fn code(&self, person: &Person) -> String {
        let step = vault::totp_step_at(self.engine.now().0 / 1_000_000);
        vault::totp_code(&person.totp_secret, step).expect("a secret")
    }

    /// The code of the step after that.
    pub fn next_code(&self, person: &Person) -> String {
        let step = vault::totp_step_at(self.engine.now().0 / 1_000_000) + 1;
        vault::totp_code(&person.totp_secret, step).expect("a secret")
    }
}

impl Browser {
    /// A browser that was never there.
    pub fn new(url: &str) -> Self {
        Self {
            client: Client::new(),
            url: url.to_owned(),
            cookies: Vec::new(),
            csrf: String::new(),
            from: None,
            headers: Vec::new(),
        }
    }

    /// A request with what the browser sends by itself and the session's token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if !self.cookies.is_empty() {
            let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            request = request.header("cookie", pairs.collect::<Vec<_>>().join("; "));
        }
        if !self.csrf.is_empty() {
            request = request.header("x-csrf-token", &self.csrf);
        }
        if let Some(from) = &self.from {
            request = request.header("x-forwarded-for", from);
        }
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let answer = request.send().await.expect("the server answers");
        for line in answer.headers().get_all("set-cookie") {
            let pair = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let answer = Answer::read(answer).await.expect("the answer is whole");
        if let Some(csrf) = answer.json["csrf"].as_str() {
            self.csrf = csrf.to_owned();
        }
        answer
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST.
    pub async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// DELETE.
    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Signs in with a code.
    pub async fn sign_in(&mut self, person: &Person, code: String) -> Answer {
        let body = json!({ "email": person.email, "password": person.password, "totp": code });
        self.post("/console/session", &body).await
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> String {
        let found = self.cookies.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The person as a caller of `/v1` for a tenant.
    pub fn caller(&self, tenant: Tenant) -> Caller {
        let cookie = format!("tessera_session={}", self.cookie("tessera_session"));
        Caller::person(&self.url, &cookie, &self.csrf, tenant)
    }
}
