//! Groups that freeze, unfreeze and void. A slice is alone in its group: beside other marks of one commit it may do
//! less than after them, which is harmless but no plain rule.

use super::{Generator, main_book};
use crate::model::plain::{Book, Plain};
use domain::inventory::mark::BatchStatus;
use domain::inventory::mark_batch::MarkBatch;
use domain::inventory::mark_code::MarkCode;
use domain::inventory::mark_slice::MarkSlice;
use domain::inventory::{Import, ImportState, position};
use domain::{Command, Envelope};
use kernel::{Id16, ImportId};

impl Generator {
    /// A slice of a batch, or marks of batches and codes.
    pub(super) fn marks(&mut self, plain: &Plain) -> Vec<Envelope> {
        let book = &plain.books[&main_book(plain)];
        let on_its_way = book.imports.values().any(|import| import.mark_from.is_some());
        if self.roll(100) < if on_its_way { 60 } else { 10 } {
            let import = self.import_that(book, |import| import.mark_from.is_some());
            let lease_until = self.now.plus_micros(10_000_000);
            let tenant = self.book(plain);
            return vec![self.wrap(tenant, MarkSlice { import, lease_until })];
        }
        self.several(plain, 6, Self::mark)
    }

    fn mark(&mut self, plain: &Plain) -> Envelope {
        let tenant = self.book(plain);
        let book = &plain.books[&main_book(plain)];
        let marks = [
            BatchStatus::Frozen,
            BatchStatus::Frozen,
            BatchStatus::Frozen,
            BatchStatus::Open,
            BatchStatus::Open,
            BatchStatus::Voided,
        ];
        let (mark, reason) = (self.one_of(&marks), "疑似泄露".to_owned());
        let command = if self.roll(100) < 45 {
            let import = self.import_that(book, |import| import.state == ImportState::Done);
            Command::from(MarkBatch { import, mark, reason })
        } else {
            let code = self.one_of(&book.codes);
            let brought = |import: &Import| import.batch == code.batch;
            let import = self.import_that(book, brought);
            let at = position(code.valid_until, code.id);
            Command::from(MarkCode { import, sku: code.sku, at, mark, reason })
        };
        self.wrap(tenant, command)
    }

    /// Such an import, sometimes any other, sometimes none.
    fn import_that(&mut self, book: &Book, such: impl Fn(&Import) -> bool) -> ImportId {
        let any = self.roll(100) < 8;
        let imports = book.imports.values().filter(|import| any || such(import));
        let ids: Vec<Id16> = imports.map(|import| import.id.0).collect();
        ImportId(self.known(&ids))
    }
}
