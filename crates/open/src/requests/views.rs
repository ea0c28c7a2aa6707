//! Requests of programs as their people see them.

use domain::requests;
use edge::wire::{ApiKeyId, RequestId, Time, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// A request that a program sent. What may be a secret or name a person is masked: in its place stands `•` with its length.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedRequest {
    /// Its id, which its answer had as `X-Request-Id`.
    pub id: RequestId,
    /// When it was answered.
    pub at: Time,
    /// With which key it came.
    pub key: ApiKeyId,
    /// Its method.
    pub method: String,
    /// The path of its route, as the document has it; empty where there is none.
    pub route: String,
    /// Its path and query.
    pub path: String,
    /// The status of its answer.
    pub status: u16,
    /// The code of what refused it; null of what was done.
    pub code: Option<String>,
    /// The fields at fault.
    pub fields: Vec<String>,
    /// How long the answer took, in microseconds.
    pub micros: i64,
    /// Its body as JSON, or its size where it is none; null of what was done.
    pub body: Option<String>,
    /// What the program calls itself.
    pub agent: Option<String>,
    /// Of each minute some are kept, refused ones more. How many like this came before it and were not.
    pub left_out: i64,
}

impl LoggedRequest {
    /// A request from its row.
    pub fn of(row: &requests::LoggedRequest) -> Self {
        let told = row.told.clone();
        Self {
            id: Wire(row.id),
            at: Wire(row.at),
            key: Wire(row.key),
            method: told.method,
            route: told.route,
            path: told.path,
            status: row.status,
            code: told.code,
            fields: told.fields,
            micros: told.micros,
            body: told.body,
            agent: told.agent,
            left_out: told.left_out,
        }
    }
}
