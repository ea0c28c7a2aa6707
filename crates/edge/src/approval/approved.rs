//! A request that runs once more because a second person said yes. It goes with the request as an extension; its caller is
//! who asked.

use crate::app::App;
use crate::problem::Problem;
use domain::approval::decide::{Approving, Decider};
use domain::approval::standing::Standing;
use domain::context::Origin;
use domain::people::rights::Rights;
use domain::{Envelope, Listed, Outcome, Reply};
use kernel::Tenant;
use std::sync::Arc;
use std::sync::OnceLock;

/// Who asked, and who says yes.
pub struct Approved {
    /// Where the act runs.
    pub tenant: Tenant,
    /// Who asked.
    pub requester: Standing,
    /// What he may do now.
    pub rights: Arc<Rights>,
    /// Who says yes.
    pub decider: Decider,
    /// What became of it.
    pub verdict: OnceLock<Verdict>,
}

/// What became of a command that was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was done.
    Done,
    /// Its rule said no, which is kept.
    Failed,
    /// Nothing was decided.
    Open,
}

impl Approved {
    /// Sends the command with the yes: one decision. Another command of the same request finds the wait over.
    pub(crate) async fn send<V: Listed>(
        &self,
        app: &App,
        origin: Origin,
        verb: V,
    ) -> Result<V::Answer, Problem> {
        let approving = Approving {
            decider: self.decider.clone(),
            requester: self.requester.clone(),
            rights: Rights::clone(&self.rights),
        };
        let approving = Some(Box::new(approving));
        let envelope = Envelope { approving, ..Envelope::of(origin, verb) };
        let outcome = app.engine().submit(envelope).await;
        let verdict = match &outcome {
            Ok(Outcome::Failed(_)) => Verdict::Failed,
            Ok(_) => Verdict::Done,
            Err(_) => Verdict::Open,
        };
        let _ = self.verdict.set(verdict);
        match outcome? {
            Outcome::Failed(refusal) => Err(Problem::from(*refusal)),
            outcome => match outcome.of::<V>() {
                Some(Reply::New(answer)) => Ok(answer),
                _ => Err(Problem::internal(format_args!("{} came to something else", V::NAME))),
            },
        }
    }
}
