//! Write a new version of what buyers of a SKU share as a file.

use super::newest_of;
use super::views::ContentVersion;
use crate::pieces::{Cut, Pieces};
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use domain::Reply;
use domain::content::write::WriteContent;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::content::{SharedFile, seal_file};
use edge::extract::{At, Query, body};
use edge::idempotency::Once;
use edge::problem::{ErrorCode, Problem};
use edge::wire::{self, ContentNote, Name};
use edge::{Idempotency, idempotency};
use kernel::limits::{CONTENT_FILE_BYTES_MAX, CONTENT_PART_BYTES};
use kernel::{ContentId, SkuId, chain};
use serde::Deserialize;
use utoipa::IntoParams;

const CUT: Cut = Cut { piece_bytes: CONTENT_PART_BYTES, bytes_max: CONTENT_FILE_BYTES_MAX };

/// What is said of a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewFile {
    /// Its name, under which buyers save it; without `/` and `\`.
    pub name: Name,
    /// What changed, for those who hold it already.
    #[serde(default)]
    pub note: Option<ContentNote>,
}

/// Write a new version of what buyers of a SKU share as a file of at most 20 MiB, which is the body. All who hold it find it in
/// their orders from now on, and read the note. It is kept sealed.
#[utoipa::path(
    post, path = "/v1/skus/{id}/content/files", tag = "content",
    params(("id" = inline(wire::SkuId), Path), NewFile),
    request_body(content((Vec<u8> = "application/octet-stream"))),
    responses((status = 201, body = ContentVersion))
)]
pub async fn write_content_file(
    caller: Caller,
    At(sku): At<SkuId>,
    Query(query): Query<NewFile>,
    request: Request,
) -> Answered<ContentVersion> {
    let (parts, file) = request.into_parts();
    let key = idempotency::read(&parts.headers, Idempotency::Optional)?;
    body::refuse_encoded(&parts.headers)?;
    if body::media_type(&parts.headers).as_deref() != Some("application/octet-stream") {
        let detail = "send the file with `Content-Type: application/octet-stream`, whatever it is";
        return Err(Problem::new(ErrorCode::UnsupportedMediaType, detail));
    }
    let name = query.name.0;
    if name.contains(['/', '\\']) || name.chars().all(|c| c == '.') {
        let detail = "send the name alone, without the folder: no `/`, no `\\`, and more than dots";
        return Err(Problem::invalid("name", detail));
    }
    newest_of(&caller, sku).await?;
    if body::declared_length(&parts.headers).is_some_and(|length| length > CUT.bytes_max) {
        return Err(body::too_large(file.into_data_stream(), CUT.bytes_max));
    }
    let note = query.note.map(|note| note.0);
    let upload = Upload { caller, sku, name, note, key, parts };
    // A task of its own: when the caller goes away this handler is dropped, but what was kept must still be cleared away.
    tokio::spawn(upload.receive(file)).await.map_err(Problem::internal)?
}

/// A file that is coming in.
struct Upload {
    caller: Caller,
    sku: SkuId,
    name: String,
    note: Option<String>,
    key: Option<String>,
    parts: Parts,
}

impl Upload {
    /// Keeps the parts, then writes the version that names them. Parts without a version are of no use to anybody, not even to
    /// us: their key is gone.
    async fn receive(self, body: Body) -> Answered<ContentVersion> {
        let (tenant, id) = (self.caller.tenant(), ContentId(self.caller.engine().draw()));
        let mut file = SharedFile::begin(tenant, id, self.name.clone());
        let kept = self.keep(body, &mut file).await;
        let written = match kept {
            Ok(digest) => self.write(id, &file, &digest).await,
            Err(problem) => Err(problem),
        };
        let is_used = match &written {
            Ok(reply) => matches!(reply, Reply::New(_)),
            // It may have been written.
            Err(problem) => problem.code == ErrorCode::OutcomeUnknown,
        };
        if !is_used {
            self.clear(&file).await;
        }
        match written? {
            Reply::New(content) => Ok(Answer::created(ContentVersion::of(&content))),
            Reply::Replayed(before) => {
                let found = self.caller.reader().content(tenant, ContentId(before.subject)).await?;
                let found = found.ok_or_else(|| Problem::internal("a version is gone"))?;
                Ok(Answer::created(ContentVersion::of(&found)).replayed(true))
            }
        }
    }

    /// Seals and keeps the parts as they come; gives the SHA-256 of the whole.
    async fn keep(&self, body: Body, file: &mut SharedFile) -> Result<[u8; 32], Problem> {
        let mut pieces = Pieces::new(body, CUT);
        loop {
            let piece = match pieces.next().await {
                Ok(piece) => piece,
                Err(broken) => return Err(pieces.problem(broken)),
            };
            if piece.is_empty() {
                break;
            }
            file.push(self.caller.files(), &piece).await?;
        }
        match file.bytes() {
            0 => Err(Problem::invalid("body", "the file is empty; send it as the body")),
            _ => Ok(pieces.whole().digest),
        }
    }

    async fn write(
        &self,
        id: ContentId,
        file: &SharedFile,
        digest: &[u8],
    ) -> Result<Reply<domain::content::Content>, Problem> {
        let (vault, tenant) = (self.caller.vault(), self.caller.tenant());
        let command = WriteContent {
            sku: self.sku,
            id,
            sealed: seal_file(&vault, tenant, id, file),
            file_bytes: i64::try_from(file.bytes()).ok(),
            note: self.note.clone(),
        };
        let parts = &self.parts;
        let once = |key| Once::new(key, &parts.method, &parts.uri, digest);
        self.caller.submit(self.key.clone().map(once), command).await
    }

    async fn clear(&self, file: &SharedFile) {
        if let Err(error) = self.caller.files().clear_parts(&file.parts()).await {
            let error = chain(&error);
            tracing::warn!(error, "parts of a file are left that no version names");
        }
    }
}
