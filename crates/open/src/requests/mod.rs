//! The request log (请求日志): what programs asked of late with the merchant's keys.

pub mod get_request;
pub mod list_requests;
mod views;
