//! Reads the codes of a file, record by record, by the plan that its inspection gave.

use crate::lines::Lines;
use crate::no_data::NoData;
use crate::plan::Plan;
use crate::records::Records;
use crate::row::{CodeRow, Rows};
use crate::source::Source;
use crate::{FileError, Opened, RowError, workbook};
use std::io::Read;

/// A file of codes that is being read.
pub struct CodeFile<R> {
    records: Records<Opened<R>>,
    no_data: NoData,
    rows: Rows,
}

impl<R: Read> CodeFile<R> {
    /// Opens the file; fails where the plan cannot be followed on this machine.
    pub fn new(read: R, plan: &Plan) -> Result<Self, FileError> {
        let rows = Rows::new(plan)?;
        let read = workbook::open(read, plan.sheet)?;
        let lines = Lines::new(Source::open(read, plan.encoding)?);
        let records = Records::new(lines, Some(plan.encoding), plan.shape()?);
        Ok(Self { records, no_data: NoData::new(plan), rows })
    }

    /// The next record, good or bad; `None` at the end. After a `FileError` the file is not done.
    pub fn next_row(&mut self) -> Result<Option<Result<CodeRow, RowError>>, FileError> {
        while let Some(found) = self.records.next(&mut |_| {})? {
            if let Some(found) = self.no_data.sift(found).data() {
                return Ok(Some(self.rows.read(found)));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for CodeFile<R> {
    type Item = Result<Result<CodeRow, RowError>, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}
