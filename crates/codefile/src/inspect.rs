//! Looks at a whole file once, and says what was understood of it.

use crate::column::Column;
use crate::draft::{self, Head};
use crate::finding::Finding;
use crate::limits::SAMPLE_ROWS;
use crate::lines::Lines;
use crate::no_data::NoData;
use crate::plan::Plan;
use crate::records::Records;
use crate::source::Source;
use crate::told::{RecordMark, Told};
use crate::{Encoding, FileError};
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Read};

/// What was understood of a file; holds nothing of a code but the masked sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// How its bytes are read.
    pub encoding: Encoding,
    /// What stands between fields; `None`: the whole line is one value.
    pub separator: Option<String>,
    /// What divides records of several lines.
    pub record: Option<RecordMark>,
    /// Its columns, by place.
    pub columns: Vec<Column>,
    /// How many records it has, good and bad.
    pub rows: u64,
    /// The values of the first records, masked.
    pub sample: Vec<Vec<String>>,
    /// What was found, the questions first.
    pub findings: Vec<Finding>,
    plan: Plan,
}

impl Inspection {
    /// Whether no question is open: the import goes on by itself.
    pub fn is_plain(&self) -> bool {
        self.findings.iter().all(|finding| !finding.open)
    }

    /// How the file is read from here on; good only while nothing is open.
    pub fn plan(&self) -> Plan {
        self.plan.clone()
    }
}

/// Reads the whole file once, and says what was understood.
pub fn inspect<R: Read>(mut file: R, told: &Told) -> Result<Inspection, FileError> {
    let head = Head::read(&mut file)?;
    let draft = draft::draft(&head, told)?;
    let whole = Cursor::new(&head.raw[..]).chain(file);
    let lines = Lines::new(Source::open(whole, draft.plan.encoding)?);
    let mut records =
        Records::new(lines, draft.decided.then_some(draft.plan.encoding), draft.plan.shape()?);
    let mut no_data = NoData::new(&draft.plan);
    let (mut rows, mut sample) = (0, Vec::new());
    while let Some(found) = records.next(&mut |_| {})? {
        let Some(found) = no_data.sift(found).data() else { continue };
        rows += 1;
        if let Ok(record) = found
            && sample.len() < SAMPLE_ROWS
        {
            sample.push(record.cells().map(mask).collect());
        }
    }
    if rows == 0 {
        return Err(if draft.plan.above > 0 { FileError::NoRows } else { FileError::Empty });
    }
    Ok(Inspection {
        encoding: draft.plan.encoding,
        separator: draft.plan.separator.clone(),
        record: draft.plan.record.clone(),
        columns: draft.columns,
        rows,
        sample,
        findings: draft.findings,
        plan: draft.plan,
    })
}

/// The first and the last sign of a long value, nothing of a short one.
fn mask(cell: &str) -> String {
    let cell = cell.trim();
    let mut ends = cell.chars();
    match (cell.chars().count(), ends.next(), ends.next_back()) {
        (0, ..) => String::new(),
        (8.., Some(first), Some(last)) => format!("{first}***{last}"),
        _ => "***".to_owned(),
    }
}
