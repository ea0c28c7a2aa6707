//! Facts about code files, batches, codes and stock.

use crate::fact::FactBody;
use crate::fold::{Folded, ImportTotals};
use crate::inventory::mark::BatchStatus;
use crate::inventory::settings::Verdict;
use crate::ledger::fact::Posting;
use kernel::{CodeBatchId, CodeId, ImportId, SkuId, Tenant, Timestamp, UnitCost};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::dispatch::facts! {
    Inventory:
    "import.opened" 1 => ImportOpened,
    "import.advanced" 1 => ImportAdvanced,
    "codes.readmitted" 1 => CodesReadmitted,
    "import.asked" 1 => ImportAsked,
    "import.decided" 1 => ImportDecided,
    "doubts.settled" 1 => DoubtsSettled,
    "codes.retagged" 1 => CodesRetagged,
    "import.finished" 1 => ImportFinished,
    "codes.expired" 1 => CodesExpired,
    "codes.exported" 1 => CodesExported,
    "batch.marked" 1 => BatchMarked,
    "batch.advanced" 1 => BatchAdvanced,
    "batch.relocated" 1 => BatchRelocated,
    "batch.relocation_advanced" 1 => RelocationAdvanced,
    "code.marked" 1 => CodeMarked,
    "codes.damaged" 1 => CodesDamaged,
    "sku.stopped" 1 => SkuStopped,
    "stock.low" 1 => StockLow,
}

/// A code file came in whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOpened {
    /// The import.
    pub import: ImportId,
    /// The batch that its codes form.
    pub batch: CodeBatchId,
    /// Their pool.
    pub sku: SkuId,
    /// Who supplied them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// What one cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_cost: Option<UnitCost>,
    /// Bytes of the file.
    pub bytes: i64,
}

impl FactBody for ImportOpened {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.imports.insert((tenant, self.import), ImportTotals::default());
    }
}

/// A person took the unsold codes of a batch in clear. They stayed in stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesExported {
    /// The import that brought them.
    pub import: ImportId,
    /// Their batch.
    pub batch: CodeBatchId,
    /// Their pool.
    pub sku: SkuId,
    /// How many there were, at most.
    pub codes: i64,
    /// Why.
    pub reason: String,
}

impl FactBody for CodesExported {}

/// A slice of a code file was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAdvanced {
    /// The import.
    pub import: ImportId,
    /// Records read so far.
    pub records: i64,
    /// Codes taken in by this slice.
    pub accepted: i64,
    /// Codes that were there before.
    pub duplicates: i64,
    /// Rows that may be twins.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub doubts: i64,
    /// Rows that cannot be read.
    pub errors: i64,
    /// Pieces that came into stock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<Posting>,
}

impl FactBody for ImportAdvanced {
    fn postings(&self) -> &[Posting] {
        self.posting.as_slice()
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        let row = rows.imports.entry((tenant, self.import)).or_default();
        row.accepted += self.accepted;
        row.duplicates += self.duplicates;
        row.doubts += self.doubts;
        row.errors += self.errors;
    }
}

/// Voided codes that nobody saw came in again with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesReadmitted {
    /// The import that brought them.
    pub import: ImportId,
    /// Pieces that are voided no more.
    pub postings: Vec<Posting>,
}

impl FactBody for CodesReadmitted {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

/// A code file was looked at, and a person is asked how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAsked {
    /// The import.
    pub import: ImportId,
    /// How many questions are open.
    pub questions: i64,
    /// Whether its upload is kept for the answers.
    pub kept: bool,
}

impl FactBody for ImportAsked {}

/// A person decided how a code file is read, or what becomes of its doubts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDecided {
    /// The import.
    pub import: ImportId,
    /// Field codes by place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// How its bytes spell characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What divides a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    /// Answers by the finding's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What becomes of doubts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubts: Option<Verdict>,
    /// Of how many lines something was decided apart.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lines: i64,
}

impl FactBody for ImportDecided {}

/// Rows that may have been twins went on sale or were dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtsSettled {
    /// Whose rows.
    pub import: ImportId,
    /// Their pool.
    pub sku: SkuId,
    /// Codes that were taken in.
    pub accepted: i64,
    /// Codes that were made worthless.
    pub dropped: i64,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for DoubtsSettled {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        let row = rows.imports.entry((tenant, self.import)).or_default();
        row.accepted += self.accepted;
        row.doubts -= self.accepted;
    }
}

/// Codes from before records of fields got tags like all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesRetagged {
    /// How many.
    pub count: i64,
    /// How many of them may be the twin of another.
    pub twins: i64,
}

impl FactBody for CodesRetagged {}

/// A code file was read to its end, or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFinished {
    /// The import.
    pub import: ImportId,
    /// Codes taken in.
    pub accepted: i64,
    /// Codes that were there before.
    pub duplicates: i64,
    /// Rows that may be twins.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub doubts: i64,
    /// Rows that cannot be read.
    pub errors: i64,
    /// Why the file as a whole cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

impl FactBody for ImportFinished {}

/// Codes crossed their date unsold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesExpired {
    /// Their pool.
    pub sku: SkuId,
    /// How many.
    pub count: i64,
    /// Pieces that left stock.
    pub posting: Posting,
}

impl FactBody for CodesExpired {
    fn postings(&self) -> &[Posting] {
        std::slice::from_ref(&self.posting)
    }
}

/// A batch was frozen, unfrozen or voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchMarked {
    /// The import that brought it.
    pub import: ImportId,
    /// The batch.
    pub batch: CodeBatchId,
    /// Its pool.
    pub sku: SkuId,
    /// What it is now.
    pub mark: BatchStatus,
    /// The reason.
    pub reason: String,
}

impl FactBody for BatchMarked {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.imports.entry((tenant, self.import)).or_default().mark = self.mark as i64;
    }
}

/// A slice of a batch became what the batch's mark says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchAdvanced {
    /// The import that brought it.
    pub import: ImportId,
    /// Its pool.
    pub sku: SkuId,
    /// What the codes are now.
    pub mark: BatchStatus,
    /// How many.
    pub count: i64,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for BatchAdvanced {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

/// A batch was sent to another SKU, or shall have another date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRelocated {
    /// The import that brought it.
    pub import: ImportId,
    /// The batch.
    pub batch: CodeBatchId,
    /// Its pool before.
    pub from: SkuId,
    /// Its pool from the job's end on.
    pub to: SkuId,
    /// The date that all of its codes get.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl FactBody for BatchRelocated {}

/// A slice of a batch came to where the batch was sent; or the batch stays, because a code of it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelocationAdvanced {
    /// The import that brought it.
    pub import: ImportId,
    /// Its pool before.
    pub from: SkuId,
    /// Its pool from the job's end on.
    pub to: SkuId,
    /// How many codes came.
    pub count: i64,
    /// What moved.
    pub postings: Vec<Posting>,
    /// Why the batch stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

impl FactBody for RelocationAdvanced {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

/// A code was frozen, unfrozen or voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeMarked {
    /// The code.
    pub code: CodeId,
    /// What it came with.
    pub batch: CodeBatchId,
    /// Its pool.
    pub sku: SkuId,
    /// What it is now.
    pub mark: BatchStatus,
    /// The reason.
    pub reason: String,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for CodeMarked {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

/// Codes that do not open although their key is there were set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesDamaged {
    /// Their pool.
    pub sku: SkuId,
    /// The codes.
    pub codes: Vec<CodeId>,
    /// Pieces that left stock.
    pub posting: Posting,
}

impl FactBody for CodesDamaged {
    const ALARM: bool = true;

    fn postings(&self) -> &[Posting] {
        std::slice::from_ref(&self.posting)
    }
}

/// A SKU was taken off the shelf because damaged codes stand in a row in its pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuStopped {
    /// The SKU.
    pub sku: SkuId,
    /// Damaged codes in a row.
    pub damaged: i64,
}

impl FactBody for SkuStopped {
    const ALARM: bool = true;
}

/// Stock fell to the alarm line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLow {
    /// Whose stock.
    pub sku: SkuId,
    /// Pieces left.
    pub left: i64,
    /// The line.
    pub line: i64,
}

impl FactBody for StockLow {}

fn is_zero(count: &i64) -> bool {
    *count == 0
}
