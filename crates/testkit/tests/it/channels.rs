//! Payments through channels of others, at a sandbox that speaks their protocols and keeps books of its own.

mod amiss;
mod forged;
mod histories;
mod kept;
mod recharges;
mod rotation;
mod shop;
mod ways;
