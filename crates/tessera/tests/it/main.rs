//! The real binary, from outside: what it promises to those who start it, and to those who kill it.

// A test stops at the first thing that goes wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod configuration;
mod fault_run;
mod faults;
mod import;
mod kill;
mod kill_books;
mod kill_channels;
mod kill_exports;
mod kill_marks;
mod kill_mishaps;
mod kill_payments;
mod kill_rebuild;
mod kill_relocation;
mod kill_rotation;
mod kill_vouchers;
mod opens;
mod operations;
mod people;
mod process;
mod program;
mod sample_kinds;
mod upgrade;
