//! Looks at a whole file once, and says what was understood of it.

use crate::column::Column;
use crate::draft::{self, Draft, Head};
use crate::evidence::{Evidence, Verdict};
use crate::finding::{Finding, SheetName, Spots};
use crate::findings;
use crate::layout::unfit;
use crate::limits::SAMPLE_ROWS;
use crate::lines::{Line, Lines};
use crate::no_data::{NoData, Sifted};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::records::{Record, Records};
use crate::sniff::{self, Guess, Known};
use crate::source::Source;
use crate::survey::Survey;
use crate::told::{Format, RecordMark, Separator, Told};
use crate::total::{self, Total};
use crate::{Cause, Encoding, FileError, workbook};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Read};

/// The question which sheet is read.
pub(crate) const SHEET: &str = "sheet";

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
    /// What was found.
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

/// All that was seen of a file.
pub(crate) struct Seen {
    pub(crate) evidence: Evidence,
    pub(crate) profile: Profile,
    pub(crate) survey: Survey,
    pub(crate) headers_again: Spots,
    pub(crate) headers_changed: Spots,
    pub(crate) totals: Spots,
    pub(crate) likely_totals: Spots,
    /// Records that are odd in a column where such records are passed over.
    pub(crate) skipped: u64,
    /// Lines that hold the mark between records.
    marks: u64,
    sample: Vec<Vec<String>>,
}

/// Reads the whole file once, and says what was understood. A workbook is read as the text of one of its sheets.
pub fn inspect<R: Read>(file: R, told: &Told) -> Result<Inspection, FileError> {
    if !Timestamp::knows_zone(&told.zone) {
        return Err(FileError::Zone);
    }
    let sheet = told.answer(SHEET).and_then(|number| number.parse().ok());
    let (opened, sheets) = workbook::open(file, sheet)?.parts();
    let Some(sheets) = sheets else { return inspect_text(opened, told, &[]) };
    let told = Told { format: Format::Csv, encoding: None, record: None, ..told.clone() };
    let told = Told { separator: Some(Separator::Text(",".to_owned())), ..told };
    let mut inspection = inspect_text(opened, &told, &sheets.all)?;
    inspection.plan.sheet = Some(sheets.read);
    Ok(inspection)
}

/// Reads text once.
fn inspect_text<R: Read>(
    mut file: R,
    told: &Told,
    sheets: &[SheetName],
) -> Result<Inspection, FileError> {
    let head = Head::read(&mut file)?;
    let guess = sniff::guess(&head, told)?;
    let (encoding, draft) = first_draft(&head, &guess, told)?;
    let mut plan = Plan::first(&draft, encoding, told);
    let seen = survey(&head, file, &guess, &draft, &plan, told)?;
    let doubt = settle_encoding(&guess, &seen, &mut plan)?;
    if let Some(RecordMark::Mark(_) | RecordMark::Begin(_)) = &told.record
        && seen.marks == 0
    {
        return Err(unfit("record", "no line of the file has this mark"));
    }
    let asked = findings::all(&draft, &seen, doubt, &head, told, sheets)?;
    findings::into_plan(&mut plan, &draft, &seen, told);
    let kept = if plan.keep_totals { seen.likely_totals.count } else { 0 };
    let rows = seen.survey.rows + kept - seen.skipped;
    if rows == 0 {
        return Err(if draft.above > 0 { FileError::NoRows } else { FileError::Empty });
    }
    let columns = plan.columns.iter().zip(&draft.slots).enumerate();
    let columns = columns.map(|(place, (column, slot))| Column {
        place: place + 1,
        header: slot.header.clone(),
        meaning: column.meaning.clone(),
    });
    Ok(Inspection {
        encoding: plan.encoding,
        separator: plan.separator.clone(),
        record: plan.record.clone(),
        columns: columns.collect(),
        rows,
        sample: seen.sample,
        findings: asked,
        plan,
    })
}

/// The first plan that can be made in one of the likely encodings.
fn first_draft(head: &Head, guess: &Guess, told: &Told) -> Result<(Encoding, Draft), FileError> {
    let answer = told.answer("encoding").and_then(Encoding::parse);
    let answer = answer
        .filter(|encoding| guess.encodings.contains(encoding) || guess.known == Known::NotYet);
    let mut result = Err(FileError::Empty);
    for encoding in answer.into_iter().chain(guess.encodings.iter().copied()) {
        result = draft::draft(head, encoding, told).map(|draft| (encoding, draft));
        if !matches!(result, Err(FileError::HeaderUnread(Cause::Encoding))) {
            break;
        }
    }
    result
}

fn survey<R: Read>(
    head: &Head,
    rest: R,
    guess: &Guess,
    draft: &Draft,
    plan: &Plan,
    told: &Told,
) -> Result<Seen, FileError> {
    let whole = Cursor::new(&head.raw[..]).chain(rest);
    let bytes = if head.is_whole() { head.raw.len() } else { usize::MAX };
    let lines = Lines::of(Source::open(whole, plan.encoding)?, bytes);
    let encoding = (guess.known != Known::NotYet).then_some(plan.encoding);
    let mut records = Records::new(lines, encoding, plan.shape()?);
    let mut seen = Seen {
        evidence: Evidence::default(),
        profile: Profile::new(draft.expected),
        survey: Survey::new(&draft.slots, plan.byte()),
        headers_again: Spots::default(),
        headers_changed: Spots::default(),
        totals: Spots::default(),
        likely_totals: Spots::default(),
        skipped: 0,
        marks: 0,
        sample: Vec::new(),
    };
    let in_lines = plan.format == Format::Txt && told.separator.is_none();
    let mut no_data = NoData::new(plan);
    let skips = NoData::new(&findings::skipping(plan, told));
    let (evidence, profile, marks) = (&mut seen.evidence, &mut seen.profile, &mut seen.marks);
    let mut watch = |line: &Line<'_>| {
        let Some(bytes) = line.bytes else { return };
        evidence.line(line.number, bytes);
        if in_lines && line.number > draft.above {
            let text = encoding.unwrap_or(Encoding::Utf8).decode(bytes);
            if let Some(text) = text.filter(|text| total::of_line(text) != Total::Certain) {
                profile.line(line.number, &text);
            }
        }
        *marks += u64::from(plan.is_mark(bytes));
    };
    while let Some(found) = records.next(&mut watch)? {
        match no_data.sift(found) {
            Sifted::Above | Sifted::Odd => {}
            Sifted::HeaderAgain(line) => seen.headers_again.add(line),
            Sifted::HeaderChanged(line) => seen.headers_changed.add(line),
            Sifted::Total(line, Total::Certain) => seen.totals.add(line),
            Sifted::Total(line, _) => seen.likely_totals.add(line),
            Sifted::Data(found) => {
                seen.survey.see(&found);
                if let Ok(record) = &found {
                    seen.skipped += u64::from(skips.is_odd(record));
                    if seen.sample.len() < SAMPLE_ROWS {
                        seen.sample.push(masked(record));
                    }
                }
            }
        }
    }
    Ok(seen)
}

fn settle_encoding(
    guess: &Guess,
    seen: &Seen,
    plan: &mut Plan,
) -> Result<Option<Vec<Encoding>>, FileError> {
    let evidence = &seen.evidence;
    if evidence.is_binary() {
        return Err(FileError::NotText);
    }
    match guess.known {
        Known::ByMark if evidence.refutes(plan.encoding) => return Err(FileError::NotText),
        Known::Told if evidence.refutes(plan.encoding) => {
            return Err(unfit(
                "encoding",
                "more than a tenth of the lines are no text in it; name another one",
            ));
        }
        Known::ByMark | Known::Told => return Ok(None),
        Known::ByLines | Known::NotYet => {}
    }
    match evidence.decide() {
        Verdict::Binary => Err(FileError::NotText),
        Verdict::Plain(encoding) if guess.known == Known::NotYet => {
            plan.encoding = encoding;
            Ok(None)
        }
        Verdict::Plain(encoding) if guess.encodings[..] == [encoding] => Ok(None),
        Verdict::Plain(encoding) => {
            let others = guess.encodings.iter().copied().filter(|other| *other != encoding);
            Ok(Some(std::iter::once(encoding).chain(others).collect()))
        }
        Verdict::Doubt(encodings) => Ok(Some(encodings)),
    }
}

fn masked(record: &Record<'_>) -> Vec<String> {
    record.cells().map(mask).collect()
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
