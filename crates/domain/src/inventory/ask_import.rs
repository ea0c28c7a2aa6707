//! Ask about a file: its inspection is kept, and where it has questions the job waits for a person.
//!
//! The sealed upload stays for a week, of so many imports of a merchant at a time; beyond that it goes at once.

use super::plan::ImportPlan;
use super::settings::OnQuestion;
use super::{Import, ImportState};
use crate::inventory::fact::ImportAsked;
use crate::order::CounterKey;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Id16, ImportId, Tenant, limits};

/// What an import that waits for answers says of its failure.
pub const NEEDS_DECISION: &str = "needs_decision";

/// Uploads that are kept for answers.
const KEPT_UPLOADS: Id16 = *b"kept uploads....";

/// Keeps what the inspection of a file found.
#[derive(Debug, Clone)]
pub struct AskImport {
    /// Whose file.
    pub import: ImportId,
    /// What was found.
    pub inspection: String,
    /// How the file is read; none where something is asked.
    pub plan: Option<String>,
    /// How many questions are open.
    pub questions: i64,
    /// Whether what was decided before does not fit the file and is forgotten.
    pub forget: bool,
}

/// How many uploads of a merchant are kept for answers.
pub fn kept_uploads(tenant: Tenant) -> CounterKey {
    CounterKey { tenant, scope: KEPT_UPLOADS, key: *tenant.bytes(), window: 0 }
}

impl Verb for AskImport {
    type Answer = Box<Import>;

    /// The import, its work and the count of kept uploads.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.inventory.imports.insert((tenant, self.import));
        needs.order.counters.insert(kept_uploads(tenant));
        for kind in [WorkKind::DropUpload, WorkKind::ReadImport] {
            needs.work.keys.insert(WorkKey { kind, tenant, subject: self.import.0 });
        }
    }

    /// Order of checks: the import runs and nothing of it was taken in.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let key = (tenant, self.import);
        let kept = world.order.counters.get(&kept_uploads(tenant)).copied().unwrap_or(0);
        let import =
            world.inventory.imports.change(&key).ok_or(Refusal::NotFound("code import"))?;
        if import.state != ImportState::Running || import.records != 0 {
            return Err(Refusal::Stale);
        }
        let plan = ImportPlan {
            tenant,
            import: self.import,
            inspection: Some(self.inspection),
            plan: self.plan.filter(|_| self.questions == 0),
        };
        if self.forget {
            import.settings.forget_answers();
        }
        if self.questions > 0 {
            let stays = kept < limits::KEPT_UPLOADS_MAX;
            // Nothing waits for an answer that could not be carried out.
            let waits = stays && import.settings.on_question == OnQuestion::Wait;
            import.state = if waits { ImportState::NeedsDecision } else { ImportState::Failed };
            import.failure = Some(NEEDS_DECISION.to_owned());
            import.finished_at = (!waits).then_some(ctx.now);
            let until = ctx.now.plus_days(limits::KEPT_UPLOAD_DAYS);
            import.kept_until = stays.then_some(until);
            let work = |kind| WorkKey { kind, tenant, subject: self.import.0 };
            world.work.remove(&work(WorkKind::ReadImport));
            if stays {
                world.work.insert(work(WorkKind::DropUpload), Work::due(until));
                *world.order.counter_mut(kept_uploads(tenant)) += 1;
            } else {
                world.inventory.dropped_uploads.push(key);
            }
            let fact = ImportAsked { import: self.import, questions: self.questions, kept: stays };
            world.record(ctx, self.import.0, fact);
        }
        world.inventory.saved_plans.push(plan);
        let import = world.inventory.imports.get(&key).ok_or(Refusal::NotFound("code import"))?;
        Ok(Box::new(import.clone()))
    }
}

impl AskImport {
    /// Asks again, because what was decided does not fit the file.
    pub fn refused(import: ImportId, why: &str) -> Self {
        let inspection = serde_json::json!({ "refused": why }).to_string();
        Self { import, inspection, plan: None, questions: 1, forget: true }
    }
}
