//! What buyers share: sealed as it comes, opened for who holds it. In clear it goes no further than here.

mod disposition;
mod file;

pub use file::SharedFile;

use crate::problem::Problem;
use deliver::seal::content_place;
use domain::content::Content;
use domain::order::Line;
use engine::Engine;
use kernel::{ContentId, Tenant};
use vault::{Vault, VaultError};

/// What a version is, in clear.
pub enum Shared {
    /// A text.
    Text(String),
    /// What is known of a file, whose parts are still sealed.
    File(Box<SharedFile>),
}

/// What a line holds.
pub struct Held {
    /// Which line.
    pub line: u32,
    /// The version that it was bought with.
    pub bought: u32,
    /// The newest version.
    pub newest: Content,
    /// What that is; none when it is damaged.
    pub shared: Option<Shared>,
}

/// Seals a text for the version that it becomes.
pub fn seal(vault: &Vault, tenant: Tenant, id: ContentId, text: &str) -> Vec<u8> {
    vault.seal(&content_place(tenant, &id.0), text.as_bytes())
}

/// Seals what is known of a file for the version that it becomes.
pub fn seal_file(vault: &Vault, tenant: Tenant, id: ContentId, file: &SharedFile) -> Vec<u8> {
    vault.seal(&content_place(tenant, &id.0), &file.head())
}

/// Opens a version; none when it is damaged. A key that is missing is an error.
pub fn open(vault: &Vault, content: &Content) -> Result<Option<Shared>, Problem> {
    let place = content_place(content.tenant, &content.id.0);
    let clear = match vault.unseal(&place, &content.sealed) {
        Ok(clear) => clear,
        Err(VaultError::UnknownKey(_)) => return Err(Problem::key_missing()),
        Err(error) => {
            tracing::error!(content.id = %content.id, error = %error, "a content cannot be opened");
            return Ok(None);
        }
    };
    Ok(match content.file_bytes {
        None => String::from_utf8(clear.to_vec()).ok().map(Shared::Text),
        Some(_) => {
            let file = SharedFile::of_head(content.tenant, content.id, &clear);
            file.map(|file| Shared::File(Box::new(file)))
        }
    })
}

/// What lines hold, in their order, opened. That it is looked at was recorded before.
pub async fn held(engine: &Engine, tenant: Tenant, lines: &[Line]) -> Result<Vec<Held>, Problem> {
    let mut held = Vec::new();
    for line in lines {
        let Some(bought) = line.content else { continue };
        let newest = engine.reader().newest_content(tenant, line.sku).await?;
        let newest = newest.ok_or_else(|| Problem::internal("a content is gone"))?;
        let vault = engine.vault_for([&newest.sealed[..]]).await;
        let shared = open(&vault, &newest)?;
        held.push(Held { line: line.number, bought, newest, shared });
    }
    Ok(held)
}
