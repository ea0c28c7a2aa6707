//! Makes codes of records, by the plan.

use crate::builtin::BUILTINS;
use crate::column::VALID_UNTIL;
use crate::date::Dates;
use crate::plan::{Plan, PlanColumn};
use crate::records::{Found, Record};
use crate::value::{self, Rules};
use crate::{Cause, FileError, Meaning, RowError, label};
use kernel::{FOREVER, Timestamp};
use std::fmt;
use std::sync::Arc;
use vault::Zeroizing;

/// One code, wiped from memory when dropped.
#[derive(PartialEq, Eq)]
pub struct CodeRow {
    /// The physical line where it begins, from 1.
    pub line: u64,
    /// What it holds: values that are not empty, first the SKU's fields in its order, then the
    /// built-in ones in theirs, then those of the file.
    pub fields: Vec<FieldValue>,
    /// The last moment of validity; [`FOREVER`] when the file gave none.
    pub valid_until: Timestamp,
}

/// One field of a code.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// Its name for programs.
    pub code: Arc<str>,
    /// Its name for people; `None` where the built-in field's own will do.
    pub name: Option<Arc<str>>,
    /// What it holds: NFC, no white space at its ends, line breaks as LF.
    pub value: Zeroizing<String>,
    /// Whether it is hidden until it is asked for.
    pub secret: bool,
}

impl CodeRow {
    /// The value of a field; empty when the code has none.
    pub fn value(&self, code: &str) -> &str {
        self.fields.iter().find(|field| &*field.code == code).map_or("", |field| &field.value)
    }
}

impl fmt::Debug for CodeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeRow")
            .field("line", &self.line)
            .field("fields", &self.fields)
            .field("valid_until", &self.valid_until)
            .finish()
    }
}

impl fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldValue").field("code", &self.code).finish_non_exhaustive()
    }
}

/// Makes rows of records.
pub(crate) struct Rows {
    /// The fields of a code in the order in which they are given.
    fields: Vec<Field>,
    valid_until: Option<(usize, label::Rule)>,
    cells_min: usize,
    cells_max: usize,
    /// Quoted values that hold records of this separator are refused.
    no_records_by: Option<u8>,
    dates: Dates,
    now: Timestamp,
}

struct Field {
    place: usize,
    code: Arc<str>,
    name: Option<Arc<str>>,
    secret: bool,
    label: label::Rule,
    rules: Rules,
}

impl Rows {
    pub(crate) fn new(plan: &Plan) -> Result<Self, FileError> {
        let mut fields = Vec::new();
        for (place, column) in plan.columns.iter().enumerate() {
            if let Meaning::Field { code, name, secret } = &column.meaning {
                let rules = Rules {
                    clean: plan.clean.clone(),
                    no_dates: column.no_dates,
                    no_rounded: column.no_rounded,
                };
                let (code, name) = (code.as_str().into(), name.as_deref().map(Arc::from));
                let label = label_rule(column);
                fields.push(Field { place, code, name, secret: *secret, label, rules });
            }
        }
        fields.sort_by_key(|field| rank(&field.code, &plan.fields));
        let is_date = |column: &PlanColumn| column.meaning == Meaning::ValidUntil;
        Ok(Self {
            fields,
            valid_until: plan
                .columns
                .iter()
                .position(is_date)
                .map(|place| (place, label_rule(&plan.columns[place]))),
            cells_min: plan.cells_min,
            cells_max: plan.columns.len(),
            no_records_by: plan.byte().filter(|_| plan.no_quoted_records),
            dates: Dates::new(&plan.zone, plan.dates.clone(), plan.now).ok_or(FileError::Zone)?,
            now: plan.now,
        })
    }

    /// The code of a record.
    pub(crate) fn read(&mut self, found: Found<'_>) -> Result<CodeRow, RowError> {
        match found {
            Ok(record) => self.code(&record).map_err(|(column, cause)| RowError {
                line: record.line,
                lines: record.lines,
                column: column.map(str::to_owned),
                cause,
            }),
            Err(lost) => Err(RowError {
                line: lost.line,
                lines: lost.lines,
                column: None,
                cause: lost.cause,
            }),
        }
    }

    fn code(&mut self, record: &Record<'_>) -> Result<CodeRow, (Option<&str>, Cause)> {
        if record.len() < self.cells_min {
            return Err((None, Cause::TooFewColumns));
        }
        if record.len() > self.cells_max {
            return Err((None, Cause::TooManyColumns));
        }
        if self.no_records_by.is_some_and(|byte| record.holds_records(byte, self.cells_max)) {
            return Err((None, Cause::QuotedRecords));
        }
        let mut fields = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let bad = |cause| (Some(&*field.code), cause);
            let cell = field.label.take(record.cell(field.place)).map_err(bad)?;
            let value = value::read(cell, &field.rules).map_err(bad)?;
            if !value.is_empty() {
                let (code, name) = (field.code.clone(), field.name.clone());
                fields.push(FieldValue { code, name, value, secret: field.secret });
            }
        }
        if fields.is_empty() {
            return Err((None, Cause::Empty));
        }
        let date = match &self.valid_until {
            Some((place, label)) => {
                label.take(record.cell(*place)).map_err(|cause| (Some(VALID_UNTIL), cause))?
            }
            None => "",
        };
        let valid_until = match date.trim() {
            "" => FOREVER,
            date => {
                let bad = |cause| (Some(VALID_UNTIL), cause);
                let at = self.dates.read(date).map_err(bad)?;
                if at < self.now {
                    return Err(bad(Cause::DatePast));
                }
                at
            }
        };
        Ok(CodeRow { line: record.line, fields, valid_until })
    }
}

fn label_rule(column: &PlanColumn) -> label::Rule {
    label::Rule { label: column.label.clone(), needed: column.no_unlabelled }
}

/// Where a field stands among others: the SKU's, the built-in ones, those of the file.
fn rank(code: &str, declared: &[String]) -> (u8, usize) {
    if let Some(place) = declared.iter().position(|field| field == code) {
        return (0, place);
    }
    let place = BUILTINS.iter().position(|field| field.code == code);
    place.map_or((2, 0), |place| (1, place))
}
