//! Decide what an import asked: how its file is read, and what becomes of rows that may be twins.

use super::ask_import::kept_uploads;
use super::plan::ImportPlan;
use super::settings::DoubtChoice;
use super::{Import, ImportState, settle_doubts};
use crate::inventory::fact::ImportDecided;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{ImportId, limits};
use std::collections::BTreeMap;

/// Answers of a person.
#[derive(Debug, Clone)]
pub struct DecideImport {
    /// Whose file.
    pub import: ImportId,
    /// How the file is read; what is absent stays.
    pub reading: Reading,
    /// What becomes of doubts.
    pub doubts: Option<DoubtChoice>,
}

/// What a person says of how a file is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Field codes by place.
    pub columns: Option<Vec<String>>,
    /// The encoding by its usual name.
    pub encoding: Option<String>,
    /// What divides a line; an empty one leaves it whole.
    pub separator: Option<String>,
    /// Answers by the finding's id.
    pub answers: BTreeMap<String, String>,
}

impl Reading {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Verb for DecideImport {
    type Answer = Box<Import>;

    /// The import, its work and the count of kept uploads.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.inventory.imports.insert((tenant, self.import));
        needs.order.counters.insert(kept_uploads(tenant));
        for kind in [WorkKind::DropUpload, WorkKind::ReadImport, WorkKind::SettleDoubts] {
            needs.work.keys.insert(WorkKey { kind, tenant, subject: self.import.0 });
        }
    }

    /// Order of checks: something is decided; the reading is still open and its upload is there; doubts are there or
    /// may yet come.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let key = (tenant, self.import);
        let wrong = |detail| Err(Refusal::WrongState { code: "import_state", detail });
        let mut import =
            world.inventory.imports.get(&key).ok_or(Refusal::NotFound("code import"))?.clone();
        if self.reading.is_empty() && self.doubts.is_none() {
            let detail = "decide something: columns, encoding, separator, answers or doubts";
            return Err(Refusal::invalid("answers", detail));
        }
        if import.relocation.is_some() {
            return wrong(
                "the batch is on its way to another SKU or date; try again when its job has ended",
            );
        }
        let asked = import.is_asked();
        if !self.reading.is_empty() {
            if !asked {
                return wrong("it asks nothing: its file was read, or is being read");
            }
            if import.kept_until.is_none() {
                return wrong("its file is not kept any more; send it again");
            }
        }
        if let Some(choice) = &self.doubts {
            if import.has_ended() && import.held == 0 && self.reading.is_empty() {
                // It was decided before; deciding again changes nothing.
                return Ok(Box::new(import));
            }
            if import.verdict.as_ref().is_some_and(|before| before != choice) {
                return wrong("the decisions of before are still being carried out; try again");
            }
            if choice.lines.len() > limits::DECIDED_LINES_MAX {
                let detail = format!("decide at most {} lines at once", limits::DECIDED_LINES_MAX);
                return Err(Refusal::invalid("doubts.lines", detail));
            }
        }

        let fact = self.fact();
        if let Some(choice) = self.doubts {
            if import.has_ended() {
                import.verdict = Some(choice);
                world.work.insert(settle_doubts::job(tenant, import.id), Work::due(ctx.now));
            } else {
                import.settings.doubts = Some(choice);
            }
        }
        if !self.reading.is_empty() {
            reopen(world, ctx, &mut import, self.reading);
        }
        if let Some(row) = world.inventory.imports.change(&key) {
            *row = import.clone();
        }
        world.record(ctx, self.import.0, fact);
        Ok(Box::new(import))
    }
}

impl DecideImport {
    fn fact(&self) -> ImportDecided {
        let reading = self.reading.clone();
        ImportDecided {
            import: self.import,
            columns: reading.columns,
            encoding: reading.encoding,
            separator: reading.separator,
            answers: reading.answers,
            doubts: self.doubts.as_ref().and_then(|choice| choice.default),
            lines: self.doubts.as_ref().map_or(0, |choice| choice.lines.len() as i64),
        }
    }
}

impl Import {
    /// Whether a person is asked how its file is to be read.
    pub fn is_asked(&self) -> bool {
        let waits = matches!(self.state, ImportState::NeedsDecision | ImportState::Failed);
        waits && self.failure.as_deref() == Some(super::ask_import::NEEDS_DECISION)
    }

    /// Whether nothing more comes of its file.
    fn has_ended(&self) -> bool {
        matches!(self.state, ImportState::Done | ImportState::Failed) && !self.is_asked()
    }
}

/// The file is looked at again, with what was said.
fn reopen(world: &mut World, ctx: &Context<'_>, import: &mut Import, reading: Reading) {
    let (tenant, settings) = (ctx.origin.tenant, &mut import.settings);
    settings.columns = reading.columns.or(settings.columns.take());
    settings.encoding = reading.encoding.or(settings.encoding.take());
    if let Some(separator) = reading.separator {
        settings.whole_line = separator.is_empty();
        settings.separator = (!separator.is_empty()).then_some(separator);
    }
    settings.answers.extend(reading.answers);
    import.state = ImportState::Running;
    import.failure = None;
    import.finished_at = None;
    import.kept_until = None;
    *world.order.counter_mut(kept_uploads(tenant)) -= 1;
    let work = |kind| WorkKey { kind, tenant, subject: import.id.0 };
    world.work.remove(&work(WorkKind::DropUpload));
    world.work.insert(work(WorkKind::ReadImport), Work::due(ctx.now));
    let plan = ImportPlan { tenant, import: import.id, inspection: None, plan: None };
    world.inventory.saved_plans.push(plan);
}
