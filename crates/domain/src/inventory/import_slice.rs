//! Take in a slice of an import: some rows become codes, stock and cursor move, in one commit.

use super::identity::{Doubt, Identity, Met};
use super::rows::ImportRow;
use super::settings::{OnDoubt, OnVoided};
use super::{Code, CodeState, Import, ImportError, ImportState, Position, pool};
use crate::inventory::fact::{CodesReadmitted, ImportAdvanced};
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{CodeId, FOREVER, ImportId, SkuId, Tenant, Timestamp, limits};

/// Rows of a file that were read, sealed and tagged outside.
#[derive(Debug, Clone)]
pub struct ImportSlice {
    /// Whose file.
    pub import: ImportId,
    /// The pool, which is the import's.
    pub sku: SkuId,
    /// Records read before this slice; must be what the import says.
    pub from: i64,
    /// Records read after it.
    pub to: i64,
    /// Good rows.
    pub rows: Vec<NewCode>,
    /// Bad rows.
    pub errors: Vec<ImportError>,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

/// A good row.
#[derive(Debug, Clone)]
pub struct NewCode {
    /// The line of the file on which it begins.
    pub line: i64,
    /// What it is known by.
    pub identity: Identity,
    /// Its fields, sealed, bound to the exact tag.
    pub sealed: Vec<u8>,
    /// The last moment it is good for.
    pub valid_until: Timestamp,
}

/// What a slice did.
#[derive(Default)]
struct Taken {
    accepted: i64,
    duplicates: i64,
    doubts: i64,
    held: i64,
    /// The first code that may be sold.
    first: Option<Position>,
    span: Option<(Position, Position)>,
    /// Sealed bytes of the largest code.
    largest: i64,
    readmitted: Vec<Posting>,
}

impl Verb for ImportSlice {
    type Answer = ();

    /// The import, its job, the stock account, the pool, the tags and the expiry timer; codes that come in again.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.seal.oldest = true;
        needs.inventory.imports.insert((tenant, self.import));
        needs.ledger.account(AccountKey::pieces(tenant, self.sku, AccountKind::Stock));
        needs.inventory.pools.insert((tenant, self.sku));
        needs.work.keys.insert(job(tenant, self.import));
        needs.work.keys.insert(WorkKey {
            kind: WorkKind::ExpireCodes,
            tenant,
            subject: self.sku.0,
        });
        let import = world.inventory.imports.get(&(tenant, self.import));
        let readmits = import.is_some_and(|i| i.settings.on_voided == OnVoided::Readmit);
        for row in &self.rows {
            row.identity.needs(at, needs);
            if readmits && let Met::Same(code) = row.identity.meet(tenant, world) {
                needs.inventory.codes_by_id.insert((tenant, code));
            }
        }
    }

    /// Order of checks: the import runs and stands where this slice begins, every seal is in force.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let key = (tenant, self.import);
        let import =
            world.inventory.imports.get(&key).ok_or(Refusal::NotFound("code import"))?.clone();
        if import.state != ImportState::Running || import.records != self.from {
            return Err(Refusal::Stale);
        }

        for row in &self.rows {
            world.seal.may_store(&row.sealed)?;
        }

        let taken = take_in(world, ctx, &import, self.rows);
        let (errors, mut listed) = (self.errors.len() as i64, import.errors);
        for error in self.errors {
            if listed < limits::IMPORT_ERRORS_LISTED_MAX as i64 {
                world.inventory.new_import_errors.push((tenant, self.import, error));
            }
            listed += 1;
        }
        let posting = (taken.accepted > 0).then(|| {
            let supplied = Move {
                debit: AccountKey::pieces(tenant, self.sku, AccountKind::Supplied),
                credit: AccountKey::pieces(tenant, self.sku, AccountKind::Stock),
                amount: taken.accepted,
                reason: Reason::Import,
                subject: self.import.0,
            };
            posting(&transfer(world, ctx, supplied))
        });
        if let Some(row) = world.inventory.imports.change(&key) {
            row.records = self.to;
            row.accepted += taken.accepted;
            row.duplicates += taken.duplicates;
            row.doubts += taken.doubts;
            row.held += taken.held;
            row.errors += errors;
            row.span = taken.span;
        }
        if let Some(work) = world.work.change(&job(tenant, self.import)) {
            work.lease_until = self.lease_until;
        }
        let fact = ImportAdvanced {
            import: self.import,
            records: self.to,
            accepted: taken.accepted,
            duplicates: taken.duplicates,
            doubts: taken.doubts,
            errors,
            posting,
        };
        world.record(ctx, self.import.0, fact);
        if !taken.readmitted.is_empty() {
            let fact = CodesReadmitted { import: self.import, postings: taken.readmitted };
            world.record(ctx, self.import.0, fact);
        }
        Ok(())
    }
}

fn job(tenant: Tenant, import: ImportId) -> WorkKey {
    WorkKey { kind: WorkKind::ReadImport, tenant, subject: import.0 }
}

/// Adds codes that are new to the merchant, keeps doubtful ones apart and counts those that were there.
fn take_in(world: &mut World, ctx: &mut Context<'_>, import: &Import, rows: Vec<NewCode>) -> Taken {
    let tenant = ctx.origin.tenant;
    let mut taken = Taken { span: import.span, ..Taken::default() };
    for row in rows {
        match row.identity.meet(tenant, world) {
            Met::Nobody => {
                accept(world, ctx, import, row, &mut taken);
            }
            Met::Same(code) => again(world, ctx, import, row, code, &mut taken),
            Met::Alike(code, doubt) => doubted(world, ctx, import, row, (code, doubt), &mut taken),
        }
    }
    if let Some(first) = taken.first {
        pool::lower(world, tenant, import.sku, first);
        pool::widen(world, tenant, import.sku, taken.largest);
        schedule(world, tenant, import.sku, super::until_of(&first));
    }
    taken
}

/// A row that goes on sale.
fn accept(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &Import,
    row: NewCode,
    taken: &mut Taken,
) -> CodeId {
    let sku = world.config.sku(ctx.origin.tenant, import.sku);
    let cutoff = sku.map_or(ctx.now, |(_, sku)| sku.terms.cutoff(ctx.now));
    let (identity, code, line) = code(ctx, import, row, CodeState::Available);
    let (id, at) = (code.id, code.position());
    identity.claim(code.tenant, world, id, false);
    identity.index(code.tenant, world, id);
    taken.first = Some(taken.first.map_or(at, |first| first.min(at)));
    taken.widen(&code);
    taken.accepted += 1;
    pool::join(world, &code, cutoff);
    world.inventory.new_codes.push((code, line));
    id
}

/// A row that was imported before. One that was voided and that nobody ever saw comes in again if the import says so:
/// what took its place leads its tags from then on.
fn again(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &Import,
    row: NewCode,
    before: CodeId,
    taken: &mut Taken,
) {
    let tenant = ctx.origin.tenant;
    let readmits = import.settings.on_voided == OnVoided::Readmit;
    let voided =
        world.inventory.code_by_id(tenant, before).filter(|code| code.state == CodeState::Voided);
    let Some(mut old) = voided.filter(|_| readmits).cloned() else {
        let listed = import.duplicates + taken.duplicates;
        list(world, tenant, import, listed, ImportRow::duplicate(row.line, before));
        taken.duplicates += 1;
        return;
    };
    let was = std::mem::replace(&mut old.state, CodeState::Replaced);
    let back = Move {
        debit: AccountKey::pieces(tenant, old.sku, AccountKind::Voided),
        credit: AccountKey::pieces(tenant, old.sku, AccountKind::Supplied),
        amount: 1,
        reason: Reason::Readmit,
        subject: import.id.0,
    };
    world.inventory.save_code(was, old);
    let moved = transfer(world, ctx, back);
    taken.readmitted.push(posting(&moved));
    let identity = row.identity.clone();
    let code = accept(world, ctx, import, row, taken);
    identity.hand_over(tenant, world, code);
}

/// A row that may be another's twin: kept out of stock, taken in or dropped, as the import says.
fn doubted(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &Import,
    row: NewCode,
    (first, doubt): (CodeId, Doubt),
    taken: &mut Taken,
) {
    let tenant = ctx.origin.tenant;
    let (found_on, listed) = (row.line, import.doubts + taken.doubts);
    let on_doubt = match doubt {
        // Whether it is there already will be known when codes from before were compared.
        Doubt::NotCompared => OnDoubt::Hold,
        _ => import.settings.on_doubt,
    };
    let code = match on_doubt {
        OnDoubt::Accept => Some(accept(world, ctx, import, row, taken)),
        OnDoubt::Drop => None,
        OnDoubt::Hold => {
            let (identity, code, line) = code(ctx, import, row, CodeState::Doubtful);
            let id = code.id;
            identity.claim(tenant, world, id, true);
            identity.index(tenant, world, id);
            taken.widen(&code);
            taken.held += 1;
            world.inventory.new_codes.push((code, line));
            Some(id)
        }
    };
    if on_doubt == OnDoubt::Accept {
        // Accepted ones are not counted as doubts; the records bound the list.
        list(world, tenant, import, import.records, ImportRow::doubt(found_on, doubt, first, code));
    } else {
        list(world, tenant, import, listed, ImportRow::doubt(found_on, doubt, first, code));
        taken.doubts += 1;
    }
}

fn code(
    ctx: &mut Context<'_>,
    import: &Import,
    row: NewCode,
    state: CodeState,
) -> (Identity, Code, i64) {
    let code = Code {
        id: CodeId((ctx.draw)()),
        tenant: ctx.origin.tenant,
        sku: import.sku,
        batch: import.batch,
        tag: row.identity.exact,
        sealed: row.sealed,
        valid_until: row.valid_until,
        state,
        owner: None,
    };
    (row.identity, code, row.line)
}

impl Taken {
    fn widen(&mut self, code: &Code) {
        let at = code.position();
        self.largest = self.largest.max(code.sealed.len() as i64);
        self.span = Some(self.span.map_or((at, at), |(a, b)| (a.min(at), b.max(at))));
    }
}

/// Lists a row for who asks later, as long as the list is not full.
fn list(world: &mut World, tenant: Tenant, import: &Import, listed: i64, row: ImportRow) {
    if listed < limits::IMPORT_ROWS_LISTED_MAX as i64 {
        world.inventory.new_import_rows.push((tenant, import.id, row));
    }
}

/// The expiry timer rings no later than the earliest of the new codes leaves sale.
fn schedule(world: &mut World, tenant: Tenant, sku: SkuId, valid_until: Timestamp) {
    if valid_until >= FOREVER {
        return;
    }
    let days = world.config.sku(tenant, sku).map_or(0, |(_, s)| s.terms.min_days_left);
    world.schedule_expiry(tenant, sku, valid_until.plus_days(-i64::from(days)));
}
