//! Take in a slice of an import: some rows become codes, stock and cursor move, in one commit.

use super::{Code, CodeState, ImportError, ImportState, Position, pool};
use crate::fact::inventory::ImportAdvanced;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::work::{WorkKey, WorkKind};
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{CodeId, FOREVER, Id16, ImportId, SkuId, Tenant, Timestamp, limits};

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
    /// Keyed hash of the normalised number, else password.
    pub tag: Id16,
    /// Number and password, sealed, bound to the tag.
    pub sealed: Vec<u8>,
    /// The last moment it is good for.
    pub valid_until: Timestamp,
}

impl ImportSlice {
    /// The import, its job, the stock account, the pool, the tags and the expiry timer.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        needs.tenant(tenant);
        needs.seals = true;
        needs.imports.insert((tenant, self.import));
        needs.account(AccountKey::pieces(tenant, self.sku, AccountKind::Stock));
        needs.pools.insert((tenant, self.sku));
        needs.code_tags.extend(self.rows.iter().map(|row| row.tag));
        needs.work.insert(job(tenant, self.import));
        needs.work.insert(WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: self.sku.0 });
    }

    /// Order of checks: the import runs and stands where this slice begins, every seal is in force.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let tenant = ctx.origin.tenant;
        let key = (tenant, self.import);
        let import = world.imports.get(&key).ok_or(Refusal::NotFound("code import"))?.clone();
        if import.state != ImportState::Running || import.records != self.from {
            return Err(Refusal::Stale);
        }

        for row in &self.rows {
            world.may_store(&row.sealed)?;
        }

        let total = self.rows.len() as i64;
        let (accepted, span) = take_in(world, ctx, &import, self.rows);
        let (errors, mut listed) = (self.errors.len() as i64, import.errors);
        for error in self.errors {
            if listed < limits::IMPORT_ERRORS_LISTED_MAX as i64 {
                world.new_import_errors.push((tenant, self.import, error));
            }
            listed += 1;
        }
        let posting = (accepted > 0).then(|| {
            let moved = transfer(
                world,
                ctx,
                Move {
                    debit: AccountKey::pieces(tenant, self.sku, AccountKind::Supplied),
                    credit: AccountKey::pieces(tenant, self.sku, AccountKind::Stock),
                    amount: accepted,
                    reason: Reason::Import,
                    subject: self.import.0,
                },
            );
            posting(&moved)
        });
        if let Some(row) = world.imports.change(&key) {
            row.records = self.to;
            row.accepted += accepted;
            row.duplicates += total - accepted;
            row.errors += errors;
            row.span = span;
        }
        if let Some(work) = world.work.change(&job(tenant, self.import)) {
            work.lease_until = self.lease_until;
        }
        let fact = Fact::ImportAdvanced(ImportAdvanced {
            import: self.import,
            records: self.to,
            accepted,
            duplicates: total - accepted,
            errors,
            posting,
        });
        world.record(ctx, self.import.0, fact);
        Ok(Outcome::Done)
    }
}

fn job(tenant: Tenant, import: ImportId) -> WorkKey {
    WorkKey { kind: WorkKind::ReadImport, tenant, subject: import.0 }
}

/// Adds codes that are new to the merchant; gives how many, and the first and last place of the batch.
fn take_in(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &super::Import,
    rows: Vec<NewCode>,
) -> (i64, Option<(Position, Position)>) {
    let tenant = ctx.origin.tenant;
    let sku = world.catalog.sku(tenant, import.sku);
    let cutoff = sku.map_or(ctx.now, |(_, sku)| sku.terms.cutoff(ctx.now));
    let mut accepted = 0;
    let (mut first, mut span, mut largest) = (None, import.span, 0);
    for row in rows {
        if world.code_tags.get(&row.tag).is_some() {
            continue;
        }
        world.code_tags.insert(row.tag, ());
        let code = Code {
            id: CodeId((ctx.draw)()),
            tenant,
            sku: import.sku,
            batch: import.batch,
            tag: row.tag,
            sealed: row.sealed,
            valid_until: row.valid_until,
            state: CodeState::Available,
            owner: None,
        };
        let at = code.position();
        first = Some(first.map_or(at, |f: Position| f.min(at)));
        span = Some(span.map_or((at, at), |(a, b)| (a.min(at), b.max(at))));
        largest = largest.max(code.sealed.len() as i64);
        pool::join(world, &code, cutoff);
        world.new_codes.push(code);
        accepted += 1;
    }
    if let Some(first) = first {
        pool::lower(world, tenant, import.sku, first);
        pool::widen(world, tenant, import.sku, largest);
        let mut until = [0; 8];
        until.copy_from_slice(&first[..8]);
        schedule(world, tenant, import.sku, Timestamp(i64::from_be_bytes(until)));
    }
    (accepted, span)
}

/// The expiry timer rings no later than the earliest of the new codes leaves sale.
fn schedule(world: &mut World, tenant: Tenant, sku: SkuId, valid_until: Timestamp) {
    if valid_until >= FOREVER {
        return;
    }
    let days = world.catalog.sku(tenant, sku).map_or(0, |(_, s)| s.terms.min_days_left);
    world.schedule_expiry(tenant, sku, valid_until.plus_days(-i64::from(days)));
}
