//! Ask for a list as a file. That the list may be read was seen by reading its first row.

use super::fact::ExportRequested;
use super::{Export, ExportState, Format, Told, job};
use crate::work::Work;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;
use std::collections::BTreeMap;

/// A wish for a file.
#[derive(Debug, Clone)]
pub struct RequestExport {
    /// The export's id.
    pub id: ExportId,
    /// Which list.
    pub list: String,
    /// What kind of file.
    pub format: Format,
    /// Parameters of the list.
    pub filter: BTreeMap<String, String>,
    /// Columns in their order; empty for all.
    pub columns: Vec<String>,
}

impl Verb for RequestExport {
    type Answer = Box<Export>;

    /// The row and its work, which are new.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.id));
        needs.work.keys.insert(job(at.tenant, self.id));
    }

    /// Order of checks: somebody asks.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let requester = ctx.origin.actor.ok_or(Refusal::NotFound("caller"))?;
        let tenant = ctx.origin.tenant;
        let fact = ExportRequested {
            export: self.id,
            list: self.list.clone(),
            format: self.format,
            filter: self.filter.clone(),
        };
        world.record(ctx, self.id.0, fact);
        let export = Export {
            id: self.id,
            tenant,
            requester,
            state: ExportState::Waiting,
            created_at: ctx.now,
            told: Told {
                list: self.list,
                format: self.format,
                filter: self.filter,
                columns: self.columns,
                rows: 0,
                run: None,
                seen_at: None,
                tries: 0,
                parts: 0,
                bytes: 0,
                problem: None,
                detail: None,
                ended_at: None,
                kept_until: None,
            },
        };
        world.work.insert(job(tenant, self.id), Work::due(ctx.now));
        world.export.exports.insert((tenant, self.id), export.clone());
        Ok(Box::new(export))
    }
}
