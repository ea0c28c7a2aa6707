//! What the core promises, shown on both engines. One promise, one file.

mod audit;
mod damaged;
mod engine;
mod explain;
mod faults;
mod fields;
mod h5;
mod importer;
mod input;
mod marks;
mod metrics;
mod model;
mod orders;
mod outcome_unknown;
mod payments;
mod rate_limit;
mod refunds;
mod relocate;
mod rotation;
mod secrets;
mod shop;
mod tenancy;
mod tenant_first;
mod verify;
mod visits;
