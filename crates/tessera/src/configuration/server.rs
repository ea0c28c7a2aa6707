//! What the command asks of the server.

use anyhow::{Context, Result, anyhow, bail};
use reqwest::{Client, RequestBuilder, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A server and a key.
pub struct Server {
    client: Client,
    url: Url,
    key: String,
}

/// Fields of a resource.
pub type Fields = Map<String, Value>;

/// A kind of things that are configured.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Kind {
    /// Its name.
    pub kind: String,
    /// The name of its folder.
    pub plural: String,
    /// What its ids start with.
    pub prefix: String,
    /// Whether there is one of it.
    #[serde(default)]
    pub single: bool,
    /// Whether it says who may do what, which is in no file: only people have its scopes.
    #[serde(default)]
    pub of_people: bool,
    /// The kind whose files hold it.
    #[serde(default)]
    pub within: Option<String>,
    /// What can be done with it.
    #[serde(default)]
    pub operations: Vec<String>,
    /// Its fields, in the order in which people read them.
    pub fields: Vec<Field>,
}

/// A field of a kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it is a picture, which has a file of its own.
    #[serde(default)]
    pub picture: bool,
}

/// A resource as it is at the server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Stored {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// The shape of its fields.
    pub shape: u32,
    /// Its fields.
    pub body: Fields,
}

/// What is sent to be compared or applied.
#[derive(Debug, Serialize)]
pub struct Changes<'a> {
    /// Resources as they shall be.
    pub save: Vec<ToSave<'a>>,
    /// Resources that shall be archived.
    pub archive: Vec<ToArchive<'a>>,
}

/// A resource as it shall be.
#[derive(Debug, Serialize)]
pub struct ToSave<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Its id.
    pub id: &'a str,
    /// The version that was seen; 0 where there was none.
    pub version: u32,
    /// The shape of its fields; the newest if the file names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<u32>,
    /// Its fields.
    pub body: &'a Fields,
}

/// A resource that shall be archived.
#[derive(Debug, Serialize)]
pub struct ToArchive<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Its id.
    pub id: &'a str,
    /// The version that was seen.
    pub version: u32,
}

/// What became of a resource, or would.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Changed {
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// `created`, `edited`, `restored`, `archived` or `none`.
    pub change: String,
    /// Its fields before.
    pub before: Option<Fields>,
    /// Its fields then.
    pub after: Fields,
    /// Secrets that it is without.
    #[serde(default)]
    pub secrets_missing: Vec<String>,
}

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Problem {
    /// For programs.
    #[serde(default)]
    pub code: String,
    /// For people.
    #[serde(default)]
    pub detail: String,
    /// By field.
    #[serde(default)]
    pub errors: Vec<Wrong>,
}

/// A field that cannot be taken.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Wrong {
    /// Where in the body.
    pub field: String,
    /// What is wrong and how to cure it.
    pub detail: String,
}

/// Why nothing was done, or perhaps nothing.
pub enum Failure {
    /// The server said no.
    Refused(Problem),
    /// It said something else, or nothing.
    Other(anyhow::Error),
}

#[derive(Deserialize)]
struct Page<T> {
    data: Vec<T>,
    #[serde(default)]
    next: Option<String>,
}

impl Kind {
    /// Whether things of it can be archived.
    pub fn is_archived(&self) -> bool {
        self.operations.iter().any(|operation| operation == "archive")
    }
}

impl Server {
    /// A server that is called with a key.
    pub fn new(url: &Url, key: &str) -> Self {
        Self { client: Client::new(), url: url.clone(), key: key.to_owned() }
    }

    /// The kinds that have files.
    pub async fn kinds(&self) -> Result<Vec<Kind>> {
        let mut kinds = self.get::<Page<Kind>>("/v1/resources", &[]).await?.data;
        kinds.retain(|kind| kind.within.is_none() && !kind.of_people);
        match kinds
            .iter()
            .find(|kind| ![&kind.kind, &kind.plural].into_iter().all(|name| is_name(name)))
        {
            Some(kind) => bail!("{:?} is no name of a folder", kind.plural),
            None => Ok(kinds),
        }
    }

    /// The resources of a kind, archived or not, by their ids.
    pub async fn stored(&self, kind: &Kind, archived: bool) -> Result<Vec<Stored>> {
        let (path, archived) = (format!("/v1/resources/{}", kind.kind), archived.to_string());
        let (mut all, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut query = vec![("archived", archived.as_str()), ("limit", "200")];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page: Page<Stored> = self.get(&path, &query).await?;
            all.extend(page.data);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        if let Some(one) = all.iter().find(|one: &&Stored| !is_name(&one.id)) {
            bail!("{:?} is no id", one.id);
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(all)
    }

    /// Compares or applies.
    pub async fn change(&self, path: &str, changes: &Changes<'_>) -> Result<Vec<Changed>, Failure> {
        let request = self.request(reqwest::Method::POST, path).map_err(Failure::Other)?;
        let sent = request.json(changes).send().await.context("the server cannot be reached");
        let answer = sent.map_err(Failure::Other)?;
        let status = answer.status();
        let text = answer.text().await.context("the server's answer broke off");
        let text = text.map_err(Failure::Other)?;
        if status.is_success() {
            let page = serde_json::from_str::<Page<Changed>>(&text);
            return Ok(page
                .context("the server's answer is not as agreed")
                .map_err(Failure::Other)?
                .data);
        }
        match serde_json::from_str::<Problem>(&text) {
            Ok(problem) if !problem.code.is_empty() => Err(Failure::Refused(problem)),
            _ => Err(Failure::Other(anyhow!("the server said {status}: {text}"))),
        }
    }

    fn request(&self, method: reqwest::Method, path: &str) -> Result<RequestBuilder> {
        let url = self.url.join(path).with_context(|| format!("no address: {path}"))?;
        Ok(self.client.request(method, url).bearer_auth(&self.key))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T> {
        let request = self.request(reqwest::Method::GET, path)?.query(query);
        let answer = request.send().await.context("the server cannot be reached")?;
        let status = answer.status();
        if !status.is_success() {
            bail!("the server said {status}: {}", answer.text().await.unwrap_or_default());
        }
        answer.json().await.context("the server's answer is not as agreed")
    }
}

/// Whether a text of the server's may be the name of a file.
fn is_name(text: &str) -> bool {
    let named = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !text.is_empty() && !text.starts_with('-') && text.bytes().all(named)
}
