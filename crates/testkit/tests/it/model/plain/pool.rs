//! Imports, codes past their date, and the work that waits for them.

use super::order::position;
use super::{Book, Code, Got, Plain, Step, answer, differs, refuse, same};
use domain::inventory::begin_import::BeginImport;
use domain::inventory::expire_codes::ExpireCodes;
use domain::inventory::finish_import::FinishImport;
use domain::inventory::identity::{Claim, Doubt};
use domain::inventory::import_slice::{ImportSlice, NewCode};
use domain::inventory::mark::BatchStatus;
use domain::inventory::open_import::OpenImport;
use domain::inventory::rows::ImportRow;
use domain::inventory::stage_chunk::StageChunk;
use domain::inventory::{CodeState, Import, ImportState};
use domain::ledger::Reason;
use domain::work::claim::ClaimWork;
use domain::work::postpone::PostponeWork;
use domain::work::{Work, WorkKey, WorkKind};
use kernel::{CodeId, FOREVER, Id16, SkuId, Tenant, Timestamp};

/// Codes that one sweep takes at most.
const SWEEP: usize = 500;

impl Plain {
    pub(super) fn begin_import(&mut self, tenant: Tenant, c: &BeginImport, got: &Got) -> Step {
        if self.sku(tenant, c.sku).is_none() {
            return refuse("not_found");
        }
        let made = answer::<BeginImport>(got)?;
        let import = Import {
            id: made.id,
            sku: c.sku,
            batch: made.batch,
            name: c.name.clone(),
            supplier: c.supplier.clone(),
            unit_cost: c.unit_cost,
            settings: c.settings.clone(),
            state: ImportState::Uploading,
            chunks: 0,
            bytes: 0,
            records: 0,
            accepted: 0,
            duplicates: 0,
            doubts: 0,
            held: 0,
            verdict: None,
            kept_until: None,
            errors: 0,
            failure: None,
            mark: BatchStatus::Open,
            span: None,
            mark_from: None,
            relocation: None,
            relocation_failed: None,
            created_at: self.now,
            finished_at: None,
        };
        same("the import", &import, &*made)?;
        let due = Work::due(self.now.plus_days(1));
        self.work.insert(job(WorkKind::DropUpload, tenant, import.id.0), due);
        self.book(tenant).imports.insert(import.id, import);
        Ok(())
    }

    pub(super) fn stage_chunk(&mut self, tenant: Tenant, c: &StageChunk, got: &Got) -> Step {
        self.may_store(&c.sealed)?;
        let book = self.book(tenant);
        let Some(import) = book.imports.get_mut(&c.import) else { return refuse("not_found") };
        if import.state != ImportState::Uploading || import.chunks != c.number {
            return refuse("stale");
        }
        import.chunks += 1;
        book.chunks.push((c.import, c.number, c.sealed.clone()));
        answer::<StageChunk>(got)
    }

    pub(super) fn open_import(&mut self, tenant: Tenant, c: &OpenImport, got: &Got) -> Step {
        let book = self.book(tenant);
        let Some(import) = book.imports.get_mut(&c.import) else { return refuse("not_found") };
        if import.state != ImportState::Uploading {
            return refuse("stale");
        }
        import.state = ImportState::Running;
        import.bytes = c.bytes;
        let opened = answer::<OpenImport>(got)?;
        same("the import", &*import, &*opened)?;
        self.work.remove(&job(WorkKind::DropUpload, tenant, c.import.0));
        self.work.insert(job(WorkKind::ReadImport, tenant, c.import.0), Work::due(self.now));
        self.fact(tenant, "import.opened", c.import.0);
        Ok(())
    }

    pub(super) fn import_slice(&mut self, tenant: Tenant, c: &ImportSlice, got: &Got) -> Step {
        let id = |row: &NewCode| self.code_ids.get(&row.identity.exact).copied();
        let ids: Vec<Option<CodeId>> = c.rows.iter().map(id).collect();
        let retired = c.rows.iter().any(|row| self.may_store(&row.sealed).is_err());
        let book = self.book(tenant);
        let Some(import) = book.imports.get_mut(&c.import) else { return refuse("not_found") };
        if import.state != ImportState::Running || import.records != c.from {
            return refuse("stale");
        }
        if retired {
            return refuse("seal_key_retired");
        }
        let mut earliest: Option<Timestamp> = None;
        let (mut accepted, mut duplicates, mut doubts) = (0, 0, 0);
        for (row, id) in c.rows.iter().zip(ids) {
            let exact = row.identity.exact;
            if let Some(before) = book.codes.iter().find(|code| code.tag == exact) {
                book.rows.push((c.import, ImportRow::duplicate(row.line, before.id)));
                duplicates += 1;
                continue;
            }
            let Some(id) = id else { return differs(got) };
            let claim = Claim { exact, code: id };
            let first = book.claims.get(&row.identity.alike[0]).copied();
            let state = match first {
                None => {
                    book.claims.insert(row.identity.alike[0], claim);
                    CodeState::Available
                }
                Some(first) => {
                    book.claims.insert(row.identity.own, claim);
                    let why = Doubt::LooksAlike;
                    let doubt = ImportRow::doubt(row.line, why, first.code, Some(id));
                    book.rows.push((c.import, doubt));
                    doubts += 1;
                    CodeState::Doubtful
                }
            };
            book.lookups.extend(row.identity.lookups.iter().map(|tag| (*tag, id)));
            book.codes.push(Code {
                id,
                sku: import.sku,
                batch: import.batch,
                tag: exact,
                line: row.line,
                sealed: row.sealed.clone(),
                valid_until: row.valid_until,
                state,
                owner: None,
            });
            let at = position(row.valid_until, id);
            let (low, high) = import.span.unwrap_or((at, at));
            import.span = Some((low.min(at), high.max(at)));
            if state == CodeState::Doubtful {
                continue;
            }
            accepted += 1;
            earliest = Some(earliest.map_or(row.valid_until, |at| at.min(row.valid_until)));
        }
        import.records = c.to;
        import.accepted += accepted;
        import.duplicates += duplicates;
        import.doubts += doubts;
        import.held += doubts;
        import.errors += c.errors.len() as i64;
        book.errors.extend(c.errors.iter().map(|e| (c.import, e.line, e.column.clone(), e.cause)));
        if accepted > 0 {
            self.moved(tenant, Reason::Import, None, accepted);
        }
        if let Some(work) = self.work.get_mut(&job(WorkKind::ReadImport, tenant, c.import.0)) {
            work.lease_until = c.lease_until;
        }
        if let Some(until) = earliest.filter(|until| *until < FOREVER) {
            let days = self.sku(tenant, c.sku).map_or(0, |(_, sku)| sku.terms.min_days_left);
            self.ring(tenant, c.sku, until.plus_days(-i64::from(days)));
        }
        self.fact(tenant, "import.advanced", c.import.0);
        answer::<ImportSlice>(got)
    }

    pub(super) fn finish_import(&mut self, tenant: Tenant, c: &FinishImport, got: &Got) -> Step {
        let (now, book) = (self.now, self.book(tenant));
        let Some(import) = book.imports.get_mut(&c.import) else { return refuse("not_found") };
        let open = [ImportState::Uploading, ImportState::Running].contains(&import.state);
        if !open || import.records != c.records {
            return refuse("stale");
        }
        let well = c.failure.is_none();
        import.state = if well { ImportState::Done } else { ImportState::Failed };
        import.failure = c.failure.clone();
        import.finished_at = Some(now);
        let ended = answer::<FinishImport>(got)?;
        same("the import", &*import, &*ended)?;
        book.chunks.retain(|(id, _, _)| *id != c.import);
        for kind in [WorkKind::DropUpload, WorkKind::ReadImport] {
            self.work.remove(&job(kind, tenant, c.import.0));
        }
        self.fact(tenant, "import.finished", c.import.0);
        Ok(())
    }

    pub(super) fn expire_codes(&mut self, tenant: Tenant, c: &ExpireCodes, got: &Got) -> Step {
        let Some((_, sku)) = self.sku(tenant, c.sku) else { return refuse("not_found") };
        let days = i64::from(sku.terms.min_days_left);
        let (now, cutoff) = (self.now, self.now.plus_days(days));
        let free = usize::try_from(self.free_stock(tenant, c.sku)).unwrap_or(0);
        let book = self.book(tenant);
        let mut stale = book.available(c.sku);
        stale.retain(|i| book.codes[*i].valid_until <= cutoff);
        stale.truncate(SWEEP);
        // What orders keep stays until they end.
        let kept = stale.len() > free;
        stale.truncate(free);
        for i in &stale {
            book.codes[*i].state = CodeState::Expired;
        }
        let next = book.for_sale(c.sku).first().map(|i| book.codes[*i].valid_until);
        let due = match next {
            _ if stale.len() == SWEEP => Some(now),
            _ if kept => Some(now.plus_micros(60_000_000)),
            Some(until) if until < FOREVER => Some(until.plus_days(-days)),
            _ => None,
        };
        let key = job(WorkKind::ExpireCodes, tenant, c.sku.0);
        match due {
            Some(due) => self.work.insert(key, Work::due(due)),
            None => self.work.remove(&key),
        };
        if !stale.is_empty() {
            self.moved(tenant, Reason::Expiry, None, stale.len() as i64);
            self.fact(tenant, "codes.expired", c.sku.0);
        }
        answer::<ExpireCodes>(got)
    }

    /// Codes in stock that are past their date, in order.
    pub(super) fn past_their_date(&mut self, tenant: Tenant, sku: SkuId) -> Vec<usize> {
        let days = self.sku(tenant, sku).map_or(0, |(_, sku)| sku.terms.min_days_left);
        let cutoff = self.now.plus_days(i64::from(days));
        let book = self.book(tenant);
        let mut stale = book.available(sku);
        stale.retain(|i| book.codes[*i].valid_until <= cutoff);
        stale
    }

    /// What is past its date and not kept leaves stock.
    pub(super) fn sweep_now(&mut self, tenant: Tenant, sku: SkuId) {
        let free = usize::try_from(self.free_stock(tenant, sku)).unwrap_or(0);
        let mut stale = self.past_their_date(tenant, sku);
        stale.truncate(SWEEP.min(free));
        if stale.len() == SWEEP {
            self.ring(tenant, sku, self.now);
        }
        let book = self.book(tenant);
        for i in &stale {
            book.codes[*i].state = CodeState::Expired;
        }
        if !stale.is_empty() {
            self.moved(tenant, Reason::Expiry, None, stale.len() as i64);
            self.fact(tenant, "codes.expired", sku.0);
        }
    }

    /// The longest due first.
    pub(super) fn claim_work(&mut self, c: &ClaimWork, got: &Got) -> Step {
        let (now, work) = (self.now, self.work.iter());
        let free = work.filter(|(_, work)| work.due_at <= now && work.lease_until <= now);
        let mut due: Vec<_> = free.map(|(key, work)| (work.due_at, *key)).collect();
        due.sort();
        due.truncate(c.limit as usize);
        let keys: Vec<WorkKey> = due.into_iter().map(|(_, key)| key).collect();
        for key in &keys {
            if let Some(work) = self.work.get_mut(key) {
                work.lease_until = now.plus_micros(c.lease_us);
                work.attempts += 1;
            }
        }
        let claimed = answer::<ClaimWork>(got)?;
        same("claimed work", &keys, &claimed)
    }

    /// One second, two, four … ten minutes.
    pub(super) fn postpone_work(&mut self, c: &PostponeWork, got: &Got) -> Step {
        self.postpone(&c.key);
        answer::<PostponeWork>(got)
    }

    pub(super) fn postpone(&mut self, key: &WorkKey) {
        let now = self.now;
        if let Some(work) = self.work.get_mut(key) {
            let mut seconds = 1;
            for _ in 1..work.attempts {
                seconds = (seconds * 2).min(600);
            }
            work.due_at = now.plus_micros(seconds * 1_000_000);
            work.lease_until = Timestamp(0);
        }
    }
}

impl Book {
    /// Codes of a SKU in stock, as they are sold: nearest date first, then the smaller id.
    pub fn available(&self, sku: SkuId) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.codes.len())
            .filter(|i| self.codes[*i].sku == sku && self.codes[*i].state == CodeState::Available)
            .collect();
        found.sort_by_key(|i| (self.codes[*i].valid_until, self.codes[*i].id));
        found
    }
}

pub fn job(kind: WorkKind, tenant: Tenant, subject: Id16) -> WorkKey {
    WorkKey { kind, tenant, subject }
}
