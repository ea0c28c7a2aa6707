//! Statements with their parameters, ready to go: one by one, or several at once.

use super::conn::Row;
use super::statement::{CHUNKS, Dialect, Statement};
use super::value::Value;
use crate::Error;

/// What is expected of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Rows.
    Rows,
    /// To write any number of rows.
    Written,
    /// To write all the rows that it was given.
    AllWritten,
}

/// A statement with its parameters.
#[derive(Debug)]
pub struct Call<'v> {
    statement: &'static Statement,
    /// Rows that `{rows}` stands for, without those that fill up the chunk; 1 for a statement without it.
    rows: usize,
    values: Vec<Value<'v>>,
    expected: Expected,
}

/// What came of a call.
#[derive(Debug, Default)]
pub struct Found {
    /// The rows it found.
    pub rows: Vec<Row>,
    /// How many rows it wrote.
    pub written: u64,
}

/// Calls in their order, which is the order that the database sees.
#[derive(Debug, Default)]
pub struct Calls<'v>(Vec<Call<'v>>);

impl<'v> Call<'v> {
    /// Which statement it is.
    pub fn name(&self) -> &'static str {
        self.statement.name
    }

    /// Its text for an engine.
    pub fn text(&self, engine: Dialect) -> &'static str {
        self.statement.text(engine, self.rows).0
    }

    /// Its parameters, in order.
    pub fn values(&self) -> &[Value<'v>] {
        &self.values
    }

    /// Whether it is run for the rows that it finds.
    pub fn asks(&self) -> bool {
        self.expected == Expected::Rows
    }

    /// Fails when fewer or more rows were written than had to be: another writer was first.
    pub fn check(&self, found: &Found) -> Result<(), Error> {
        match self.expected {
            Expected::AllWritten if found.written != self.rows as u64 => {
                Err(Error::Conflict(self.statement.name))
            }
            _ => Ok(()),
        }
    }
}

impl<'v> Calls<'v> {
    /// A statement without `{rows}` that finds rows.
    pub fn fetch(&mut self, s: &'static Statement, params: Vec<Value<'v>>) {
        self.0.push(Call { statement: s, rows: 1, values: params, expected: Expected::Rows });
    }

    /// A statement without `{rows}` that writes.
    pub fn execute(&mut self, s: &'static Statement, params: Vec<Value<'v>>) {
        self.0.push(Call { statement: s, rows: 1, values: params, expected: Expected::Written });
    }

    /// A statement that finds rows by rows, in chunks; gives their number.
    pub fn fetch_rows<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: Vec<[Value<'v>; N]>,
    ) -> usize {
        self.split(s, rows, Expected::Rows)
    }

    /// A statement that writes what it can of rows, in chunks.
    pub fn execute_rows<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: Vec<[Value<'v>; N]>,
    ) {
        self.split(s, rows, Expected::Written);
    }

    /// A statement that must write all of its rows, in chunks.
    pub fn write_all<const N: usize>(&mut self, s: &'static Statement, rows: Vec<[Value<'v>; N]>) {
        self.split(s, rows, Expected::AllWritten);
    }

    fn split<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: Vec<[Value<'v>; N]>,
        expected: Expected,
    ) -> usize {
        debug_assert!(rows.is_empty() || s.columns().len() == N, "{} takes other rows", s.name);
        let before = self.0.len();
        let mut values = rows.into_flattened();
        while !values.is_empty() {
            let rest = values.split_off(values.len().min(CHUNKS[CHUNKS.len() - 1] * N));
            let rows = values.len() / N;
            let filler = s.columns().iter().cycle().map(|column| Value::Null(*column));
            values.extend(filler.take((s.chunk(rows) - rows) * N));
            self.0.push(Call { statement: s, rows, values, expected });
            values = rest;
        }
        self.0.len() - before
    }
}

impl<'v> std::ops::Deref for Calls<'v> {
    type Target = [Call<'v>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
