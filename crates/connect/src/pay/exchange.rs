//! A request and its answer as they are kept: without secrets, keys, signatures and persons.

use super::wire::http::{NoReply, Reply, Request};
use super::wire::mask;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// One exchange with a channel, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// When it was asked, by the caller's clock.
    pub at: Timestamp,
    /// `GET` or `POST`; `NOTICE` for what the channel told by itself.
    pub method: String,
    /// The path with its masked query; the host is the operator's setting.
    pub path: String,
    /// The masked body that was sent.
    pub request: String,
    /// The status of the answer; none without an answer.
    pub status: Option<u16>,
    /// The masked body of the answer, or why there is none.
    pub answer: String,
}

impl Exchange {
    /// What is kept of a notice that came to `path`, and of what was answered.
    pub fn of_notice(path: &str, body: &[u8], answer: &str, at: Timestamp) -> Self {
        Self {
            at,
            method: "NOTICE".to_owned(),
            path: path.to_owned(),
            request: mask::body(body),
            status: None,
            answer: answer.to_owned(),
        }
    }

    /// What is kept of a request and what came of it.
    pub fn of(request: &Request, reply: &Result<Reply, NoReply>, at: Timestamp) -> Self {
        let (status, answer) = match reply {
            Ok(reply) => (Some(reply.status.as_u16()), mask::body(&reply.body)),
            Err(error) => (None, error.to_string()),
        };
        Self {
            at,
            method: request.method.to_string(),
            path: mask::path(&request.url),
            request: mask::body(request.body.as_bytes()),
            status,
            answer,
        }
    }
}
