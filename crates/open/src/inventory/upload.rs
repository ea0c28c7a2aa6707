//! Takes in a code file: begin, stage piece by piece, open. Whatever goes wrong on the way, the
//! staged pieces are cleared away, at once or, should even that fail, by the upload's timer.

use crate::pieces::{Cut, Pieces};
use axum::body::Body;
use axum::http::{Method, Uri};
use deliver::inventory::chunks;
use domain::Reply;
use domain::inventory::begin_import::BeginImport;
use domain::inventory::finish_import::FinishImport;
use domain::inventory::open_import::OpenImport;
use domain::inventory::stage_chunk::StageChunk;
use edge::auth::Caller;
use edge::idempotency::Once;
use edge::problem::{ErrorCode, Problem};
use kernel::ImportId;
use kernel::limits::{CODE_FILE_BYTES_MAX, STAGED_CHUNK_BYTES};
use vault::Zeroizing;

const CUT: Cut = Cut { piece_bytes: STAGED_CHUNK_BYTES, bytes_max: CODE_FILE_BYTES_MAX };

/// A file that is coming in.
pub struct Upload {
    /// Who sends it.
    pub caller: Caller,
    /// What is to be made of it.
    pub begin: BeginImport,
    /// The caller's idempotency key.
    pub key: Option<String>,
    /// The request's method, for its fingerprint.
    pub method: Method,
    /// The request's path and query, for the same.
    pub uri: Uri,
}

impl Upload {
    /// Takes the file in. Gives the job that reads it, and whether an earlier request started it.
    pub async fn receive(self, file: Body) -> Result<(ImportId, bool), Problem> {
        let mut pieces = Pieces::new(file, CUT);
        let first = match pieces.next().await {
            Ok(first) => first,
            Err(broken) => return Err(pieces.problem(broken)),
        };
        if first.is_empty() {
            return Err(Problem::invalid("body", "the file is empty; send it as the body"));
        }
        let import = self.caller.run(self.begin.clone()).await?;
        let pieces = match self.stage(import.id, first, pieces).await {
            Ok(pieces) => pieces,
            Err(problem) => {
                self.abandon(import.id, problem.cure()).await;
                return Err(problem);
            }
        };
        let opened = self.open(import.id, pieces).await;
        match &opened {
            Ok((_, false)) => {}
            // It may have been opened: then a job reads it, else the timer clears it away.
            Err(problem) if problem.code == ErrorCode::OutcomeUnknown => {}
            Ok((_, true)) => self.abandon(import.id, "the same file was sent before").await,
            Err(problem) => self.abandon(import.id, problem.cure()).await,
        }
        opened
    }

    async fn stage(
        &self,
        import: ImportId,
        first: Zeroizing<Vec<u8>>,
        mut pieces: Pieces,
    ) -> Result<Pieces, Problem> {
        let (mut piece, mut number) = (first, 0_i64);
        while !piece.is_empty() {
            let (vault, tenant) = (self.caller.vault(), self.caller.tenant());
            let sealed = chunks::seal(&vault, tenant, import, number, &piece);
            let command = StageChunk { import, number, sealed };
            self.caller.run_bulk(command).await?;
            piece = match pieces.next().await {
                Ok(piece) => piece,
                Err(broken) => return Err(pieces.problem(broken)),
            };
            number += 1;
        }
        Ok(pieces)
    }

    async fn open(&self, import: ImportId, pieces: Pieces) -> Result<(ImportId, bool), Problem> {
        let whole = pieces.whole();
        let key = self.key.clone();
        let once = key.map(|key| Once::new(key, &self.method, &self.uri, &whole.digest));
        let bytes = i64::try_from(whole.bytes).map_err(Problem::internal)?;
        let command = OpenImport { import, bytes };
        match self.caller.submit(once, command).await? {
            Reply::New(import) => Ok((import.id, false)),
            Reply::Replayed(before) => Ok((ImportId(before.subject), true)),
        }
    }

    async fn abandon(&self, import: ImportId, why: &str) {
        let failure = Some(why.to_owned());
        let command = FinishImport { import, records: 0, failure };
        if let Err(problem) = self.caller.run(command).await {
            tracing::warn!(
                import.id = %import, problem.code = problem.code.name(),
                "an upload that failed is left to its timer"
            );
        }
    }
}
