//! Codes and batches that are frozen, unfrozen or voided.

use super::order::position;
use super::{Book, Code, Got, Plain, Step, answer, refuse, same};
use domain::inventory::mark::BatchStatus;
use domain::inventory::mark_batch::MarkBatch;
use domain::inventory::mark_code::MarkCode;
use domain::inventory::mark_slice::MarkSlice;
use domain::inventory::{CodeState, Import, ImportState, Position};
use kernel::{SkuId, Tenant};

/// Codes of a pool that one slice looks at.
const LOOKED_AT: usize = 512;

impl Plain {
    pub(super) fn mark_batch(&mut self, tenant: Tenant, c: &MarkBatch, got: &Got) -> Step {
        let Some(import) = self.book(tenant).imports.get_mut(&c.import) else {
            return refuse("not_found");
        };
        let ended = [ImportState::Done, ImportState::Failed].contains(&import.state);
        if !ended || (import.mark == BatchStatus::Voided && c.mark != BatchStatus::Voided) {
            return refuse("batch_state");
        }
        if import.mark != c.mark {
            import.mark = c.mark;
            import.mark_from = import.span.map(|(first, _)| first);
        }
        let marked = answer::<MarkBatch>(got)?;
        same("the mark", (import.mark, import.mark_from), (marked.mark, marked.mark_from))
    }

    pub(super) fn mark_slice(&mut self, tenant: Tenant, c: &MarkSlice, got: &Got) -> Step {
        let Some(mut import) = self.book(tenant).imports.get(&c.import).cloned() else {
            return refuse("not_found");
        };
        if let (Some(from), Some((_, last))) = (import.mark_from, import.span) {
            import.mark_from = self.mark_codes(tenant, &import, from, last);
            self.book(tenant).imports.insert(c.import, import.clone());
            if import.mark == BatchStatus::Open {
                self.sweep_now(tenant, import.sku);
            }
        }
        let marked = answer::<MarkSlice>(got)?;
        same("the mark", (import.mark, import.mark_from), (marked.mark, marked.mark_from))
    }

    /// Marks what a slice looks at, up to the first code whose piece an order keeps; gives where the next one begins.
    fn mark_codes(
        &mut self,
        tenant: Tenant,
        import: &Import,
        from: Position,
        last: Position,
    ) -> Option<Position> {
        let mut free = self.free_stock(tenant, import.sku);
        let book = self.book(tenant);
        let mut looked_at = book.between(import.sku, from, last);
        let whole = looked_at.len() < LOOKED_AT;
        looked_at.truncate(LOOKED_AT);
        let rest = looked_at.last().map(|i| next(place(&book.codes[*i]))).filter(|_| !whole);
        looked_at.retain(|i| book.codes[*i].batch == import.batch);
        for i in looked_at {
            let code = &mut book.codes[i];
            let Some(to) = becomes(import.mark, code.state) else { continue };
            if code.state == CodeState::Available {
                if free <= 0 {
                    return Some(place(code));
                }
                free -= 1;
            }
            code.state = to;
        }
        rest
    }

    pub(super) fn mark_code(&mut self, tenant: Tenant, c: &MarkCode, got: &Got) -> Step {
        let free = self.free_stock(tenant, c.sku);
        let book = self.book(tenant);
        let import = book.imports.get(&c.import).cloned();
        let code = book.codes.iter_mut().find(|code| code.sku == c.sku && place(code) == c.at);
        let (Some(code), Some(import)) = (code, import) else { return refuse("not_found") };
        if code.batch != import.batch {
            return refuse("not_found");
        }
        let done = match c.mark {
            BatchStatus::Open => CodeState::Available,
            BatchStatus::Frozen => CodeState::Frozen,
            BatchStatus::Voided => CodeState::Voided,
        };
        if code.state != done {
            let Some(to) = becomes(c.mark, code.state) else { return refuse("code_state") };
            let of_batch = c.mark == BatchStatus::Open && import.mark != BatchStatus::Open;
            if of_batch || (code.state == CodeState::Available && free < 1) {
                return refuse("code_state");
            }
            code.state = to;
            if c.mark == BatchStatus::Open {
                self.sweep_now(tenant, c.sku);
            }
        }
        let after = self.book(tenant).codes.iter().find(|code| place(code) == c.at);
        let after = after.map(|code| code.state);
        let marked = answer::<MarkCode>(got)?;
        same("the code's state", after, Some(marked.state))
    }
}

impl Book {
    /// Codes of a SKU that a sale may take: not those of a batch that is on its way out.
    pub fn for_sale(&self, sku: SkuId) -> Vec<usize> {
        let on_its_way = |i: &Import| i.mark != BatchStatus::Open && i.mark_from.is_some();
        let out: Vec<_> =
            self.imports.values().filter(|i| on_its_way(i)).map(|i| i.batch).collect();
        let mut found = self.available(sku);
        found.retain(|i| !out.contains(&self.codes[*i].batch));
        found
    }

    /// What the batch of a code that comes back was made.
    pub fn mark_of(&self, code: &Code) -> BatchStatus {
        let of_batch = self.imports.values().find(|import| import.batch == code.batch);
        of_batch.map_or(BatchStatus::Open, |import| import.mark)
    }

    fn between(&self, sku: SkuId, from: Position, last: Position) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.codes.len())
            .filter(|i| self.codes[*i].sku == sku)
            .filter(|i| (from..=last).contains(&place(&self.codes[*i])))
            .collect();
        found.sort_by_key(|i| place(&self.codes[*i]));
        found
    }
}

fn becomes(mark: BatchStatus, state: CodeState) -> Option<CodeState> {
    match (mark, state) {
        (BatchStatus::Open, CodeState::Frozen) => Some(CodeState::Available),
        (BatchStatus::Frozen, CodeState::Available) => Some(CodeState::Frozen),
        (BatchStatus::Voided, CodeState::Available | CodeState::Frozen) => Some(CodeState::Voided),
        _ => None,
    }
}

fn place(code: &Code) -> Position {
    position(code.valid_until, code.id)
}

/// The place after another, as a number that is one larger.
fn next(at: Position) -> Position {
    let carried = at.iter().rposition(|byte| *byte != 0xff).expect("no code is valid that long");
    let mut next = at;
    next[carried] += 1;
    next[carried + 1..].fill(0);
    next
}
