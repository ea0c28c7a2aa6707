//! Make a checkpoint over all books when it is time, and write it to where the operator wants it.

use super::{Settings, folder, link};
use crate::work::WorkError;
use domain::Refusal;
use domain::anchor::Anchor;
use domain::anchor::checkpoint::{Checkpoint, hex};
use domain::anchor::make_checkpoint::MakeCheckpoint;
use domain::anchor::merkle::Tree;
use domain::anchor::world::Anchoring;
use domain::identity::operator;
use engine::{Engine, EngineError, Throttle};
use kernel::Tenant;
use std::collections::BTreeMap;
use vault::Vault;

static LINES: Throttle = Throttle::new(1);

/// What is still to be written to the folder: the newest, which stands for all before it.
#[derive(Debug, Default)]
pub(super) struct Sent {
    due: Option<Checkpoint>,
}

/// Makes one if the time is over or, once what was there before is linked, the first.
pub(super) async fn make_if_due(
    engine: &Engine,
    settings: &Settings,
    all: &Anchoring,
    sent: &mut Sent,
) -> Result<(), WorkError> {
    let every = i64::try_from(settings.every.as_micros()).unwrap_or(i64::MAX);
    let waited = all.at > 0 && engine.now().0.saturating_sub(all.at) >= every;
    let first = all.checkpoint == 0 && all.origin > 0 && all.at > 0;
    if waited || first {
        let vault = engine.vault();
        let anchors = engine.reader().anchors().await?;
        if anchors.iter().any(|(_, anchor)| anchor.seq < anchor.before) {
            return Ok(());
        }
        if let Some((book, _)) =
            anchors.iter().find(|(book, anchor)| !link::is_ours(anchor, *book, all.origin, &vault))
        {
            let book = book.merchant();
            return Err(WorkError::Other(format!("the anchor of {book} was not made by us")));
        }
        let leaves = engine.reader().last_leaves().await?.into_iter().collect();
        let made = sign(&vault, all, engine.now().0, &anchors, &leaves);
        let made_now = made.checkpoint.clone();
        match engine.run_bulk(engine.internal(operator()), made).await {
            Ok(()) => sent.due = Some(made_now),
            // Another process made it, and sends it.
            Err(EngineError::Refused(Refusal::Stale)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    write(settings, sent).await;
    Ok(())
}

/// The checkpoint over these anchors, with the books that are further than in the one before.
fn sign(
    vault: &Vault,
    all: &Anchoring,
    at: i64,
    anchors: &[(Tenant, Anchor)],
    leaves: &BTreeMap<Tenant, i64>,
) -> MakeCheckpoint {
    let (mut tree, mut facts, mut further) = (Tree::default(), 0, Vec::new());
    for (tenant, anchor) in anchors.iter().filter(|(_, anchor)| anchor.seq > 0) {
        tree.add(*tenant, anchor.seq, &anchor.chain);
        facts += anchor.seq;
        if leaves.get(tenant).is_none_or(|seq| *seq < anchor.seq) {
            further.push((*tenant, anchor.seq));
        }
    }
    let mut checkpoint = Checkpoint {
        number: all.checkpoint + 1,
        at,
        books: tree.leaves(),
        facts,
        root: hex(&tree.root()),
        previous: hex(&all.digest),
        key: hex(&vault.signer().public_key()),
        signature: String::new(),
    };
    checkpoint.signature = hex(&vault.signer().sign(checkpoint.signed_text().as_bytes()));
    MakeCheckpoint { checkpoint, leaves: further }
}

/// Tries until it succeeds or a newer one comes.
async fn write(settings: &Settings, sent: &mut Sent) {
    let (Some(folder), Some(due)) = (&settings.folder, &sent.due) else { return };
    let (folder, due) = (folder.clone(), due.clone());
    let written = tokio::task::spawn_blocking(move || folder::write(&folder, &due)).await;
    match written.unwrap_or_else(|_| Err(std::io::Error::other("a panic"))) {
        Ok(()) => sent.due = None,
        Err(error) => {
            if let Some(hushed) = LINES.admit() {
                let error = kernel::chain(&error);
                tracing::error!(
                    error,
                    hushed,
                    "a checkpoint of the journal was not written; it will be"
                );
            }
        }
    }
}
