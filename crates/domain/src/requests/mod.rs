//! Request log (请求日志): what programs asked of late with their keys, for the people who write these programs. It proves
//! nothing and moves nothing; secrets are masked before they come here, and after seven days it is gone.

pub mod keep;
pub mod world;

use kernel::{ApiKeyId, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Requests:
    "keep_requests" => keep::KeepRequests,
}

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRequest {
    /// Its id.
    pub id: RequestId,
    /// With which key it came.
    pub key: ApiKeyId,
    /// The status of its answer.
    pub status: u16,
    /// When it was answered.
    pub at: Timestamp,
    /// The rest.
    pub told: Told,
}

/// What is stored as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its method.
    pub method: String,
    /// The path of its route, as the document has it.
    pub route: String,
    /// Its path and query, masked.
    pub path: String,
    /// How long the answer took, in microseconds.
    pub micros: i64,
    /// What refused it, for programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Its body, masked; of refused ones alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What the program calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// How many like it came since the last that was kept, and were not.
    #[serde(default)]
    pub left_out: i64,
}
