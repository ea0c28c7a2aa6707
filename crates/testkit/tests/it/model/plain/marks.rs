//! Codes and batches that are frozen, unfrozen or voided.

use super::order::position;
use super::pool::job;
use super::{Book, Code, Got, Plain, Step, answer, refuse, same};
use domain::inventory::mark::BatchStatus;
use domain::inventory::mark_batch::MarkBatch;
use domain::inventory::mark_code::MarkCode;
use domain::inventory::mark_slice::MarkSlice;
use domain::inventory::{CodeState, Import, ImportState, Position};
use domain::ledger::{AccountKind, Reason};
use domain::work::{Work, WorkKind};
use kernel::{FOREVER, SkuId, Tenant};

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
        let other = import.mark != c.mark;
        if other {
            import.mark = c.mark;
            import.mark_from = import.span.map(|(first, _)| first);
        }
        let import = import.clone();
        if other {
            if import.span.is_some() {
                let due = Work::due(self.now);
                self.work.insert(job(WorkKind::MarkCodes, tenant, c.import.0), due);
            }
            if c.mark == BatchStatus::Open {
                self.ring(tenant, import.sku, self.now);
            }
            self.fact(tenant, "batch.marked", c.import.0);
        }
        let marked = answer::<MarkBatch>(got)?;
        same("the batch", &import, &*marked)
    }

    pub(super) fn mark_slice(&mut self, tenant: Tenant, c: &MarkSlice, got: &Got) -> Step {
        let free = self.free_of(tenant, c);
        let book = self.book(tenant);
        let Some(mut import) = book.imports.get(&c.import).cloned() else {
            return refuse("not_found");
        };
        let key = job(WorkKind::MarkCodes, tenant, c.import.0);
        let (Some(from), Some((_, last))) = (import.mark_from, import.span) else {
            self.work.remove(&key);
            let marked = answer::<MarkSlice>(got)?;
            return same("the batch", &import, &*marked);
        };
        let mut looked_at = book.between(import.sku, from, last);
        let whole = looked_at.len() < LOOKED_AT;
        looked_at.truncate(LOOKED_AT);
        let next = looked_at.last().map(|i| next(place(&book.codes[*i])));
        let mut left: Vec<CodeState> = Vec::new();
        let (mut held, mut rings) = (None, false);
        looked_at.retain(|i| book.codes[*i].batch == import.batch);
        for i in looked_at {
            let code = &mut book.codes[i];
            let Some(to) = becomes(import.mark, code.state) else { continue };
            let in_stock = left.iter().filter(|state| **state == CodeState::Available).count();
            if code.state == CodeState::Available && in_stock as i64 >= free {
                held = Some(place(code));
                break;
            }
            left.push(code.state);
            code.state = to;
            rings |= to == CodeState::Available && code.valid_until < FOREVER;
        }
        import.mark_from = held.or(next.filter(|_| !whole));
        book.imports.insert(c.import, import.clone());
        match (import.mark_from, held) {
            (None, _) => {
                self.work.remove(&key);
            }
            (_, Some(_)) => {
                self.work.insert(key, Work::due(self.now.plus_micros(5_000_000)));
            }
            _ => {
                if let Some(work) = self.work.get_mut(&key) {
                    work.lease_until = c.lease_until;
                }
            }
        }
        if rings {
            self.ring(tenant, import.sku, self.now);
        }
        for from in [CodeState::Available, CodeState::Frozen] {
            let count = left.iter().filter(|state| **state == from).count() as i64;
            self.shift_pieces(tenant, import.sku, import.mark, count);
        }
        if !left.is_empty() {
            self.fact(tenant, "batch.advanced", c.import.0);
        }
        if import.mark == BatchStatus::Open {
            self.sweep_now(tenant, import.sku);
        }
        let marked = answer::<MarkSlice>(got)?;
        same("the batch", &import, &*marked)
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
            let (id, dated) = (code.id.0, code.valid_until < FOREVER);
            self.shift_pieces(tenant, c.sku, c.mark, 1);
            if to == CodeState::Available && dated {
                self.ring(tenant, c.sku, self.now);
            }
            self.fact(tenant, "code.marked", id);
            if c.mark == BatchStatus::Open {
                self.sweep_now(tenant, c.sku);
            }
        }
        let after = self.book(tenant).codes.iter().find(|code| place(code) == c.at);
        let after = after.map(|code| code.state);
        let marked = answer::<MarkCode>(got)?;
        same("the code's state", after, Some(marked.state))
    }

    fn free_of(&mut self, tenant: Tenant, c: &MarkSlice) -> i64 {
        let sku = self.book(tenant).imports.get(&c.import).map(|import| import.sku);
        sku.map_or(0, |sku| self.free_stock(tenant, sku))
    }

    fn shift_pieces(&mut self, tenant: Tenant, sku: SkuId, mark: BatchStatus, count: i64) {
        if count > 0 {
            let (reason, kinds) = match mark {
                BatchStatus::Open => (Reason::Unfreeze, [AccountKind::Frozen, AccountKind::Stock]),
                BatchStatus::Frozen => (Reason::Freeze, [AccountKind::Frozen, AccountKind::Stock]),
                BatchStatus::Voided => {
                    (Reason::VoidUnsold, [AccountKind::Voided, AccountKind::Stock])
                }
            };
            self.moved(tenant, reason, None, count);
            self.book(tenant).touched.extend(kinds.map(|kind| (sku, kind)));
        }
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
