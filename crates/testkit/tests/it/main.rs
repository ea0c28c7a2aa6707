//! What the core promises, shown on both engines. One promise, one file.

mod engine;
mod explain;
mod input;
mod model;
mod orders;
mod outcome_unknown;
mod payments;
mod refunds;
mod secrets;
mod tenancy;
mod verify;
