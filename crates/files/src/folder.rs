//! Where pictures are kept: a local folder, or a bucket that is named by a URL.

use crate::bucket;
use crate::picture::{Format, PictureError, SIZES, prepare};
use bytes::Bytes;
use kernel::limits::PICTURES_AT_ONCE;
use kernel::{FileId, Tenant};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The place of pictures that end with the process, for tests.
pub const IN_MEMORY: &str = "memory:";

/// Pictures of all merchants. Cloning it is cheap and gives the same ones.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// One picture is unpacked at a time, because that takes up to 400 MB.
    worker: Arc<Semaphore>,
    /// Pictures that wait for it.
    room: Arc<Semaphore>,
}

/// A picture that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Its id.
    pub id: FileId,
    /// Width and height of the largest size, in pixels.
    pub size: (u32, u32),
}

/// A file of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What kind of file it is.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Bytes,
}

/// Why nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not taken.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// Too many wait.
    #[error("too many pictures come in at once")]
    Busy,
    /// The folder or the bucket does not answer as it should.
    #[error("the store of files")]
    Store(#[from] object_store::Error),
    /// The work was ended.
    #[error("the work on a picture ended early")]
    Ended,
}

impl Files {
    /// Pictures in a folder, which is made where there is none, or in a bucket: `s3://bucket/prefix`, with what else must be
    /// known of it in the usual variables of the environment (`AWS_…`).
    pub fn open(place: &str) -> Result<Self, object_store::Error> {
        Self::open_with(place, std::env::vars())
    }

    /// The same with what else must be known of a bucket.
    fn open_with(
        place: &str,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, object_store::Error> {
        let store: Arc<dyn ObjectStore> = if place.starts_with("s3://") {
            bucket::open(place, variables)?
        } else if place == IN_MEMORY {
            Arc::new(InMemory::new())
        } else {
            let folder = Path::new(place);
            std::fs::create_dir_all(folder).map_err(|source| object_store::Error::Generic {
                store: "files",
                source: Box::new(source),
            })?;
            Arc::new(LocalFileSystem::new_with_prefix(folder)?)
        };
        let one = || Arc::new(Semaphore::new(1));
        Ok(Self { store, worker: one(), room: Arc::new(Semaphore::new(PICTURES_AT_ONCE)) })
    }

    /// Keeps a picture of a merchant; the same file gives the same id. What is refused leaves nothing.
    pub async fn save(
        &self,
        tenant: Tenant,
        format: Format,
        file: Bytes,
    ) -> Result<Saved, StoreError> {
        let _room = self.room.try_acquire().map_err(|_| StoreError::Busy)?;
        let turn = Arc::clone(&self.worker).acquire_owned().await.map_err(|_| StoreError::Ended)?;
        let id = id_of(tenant, &file);
        let work = move || {
            // Whoever sent it may go away; the memory is free when the work is done.
            let _turn = turn;
            prepare(format, &file)
        };
        let made = tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Ended)??;
        for (name, bytes) in made.files {
            self.store.put(&key(tenant, id, &name), bytes.into()).await?;
        }
        Ok(Saved { id, size: made.size })
    }

    /// A file of a picture in a size: WebP for whoever takes it, else JPEG or PNG.
    pub async fn find(
        &self,
        tenant: Tenant,
        id: FileId,
        size: u32,
        takes_webp: bool,
    ) -> Result<Option<Found>, object_store::Error> {
        if !SIZES.contains(&size) {
            return Ok(None);
        }
        let plain = [("jpg", "image/jpeg"), ("png", "image/png")];
        let webp = takes_webp.then_some(("webp", "image/webp"));
        for (ending, media_type) in webp.into_iter().chain(plain) {
            match self.store.get(&key(tenant, id, &format!("{size}.{ending}"))).await {
                Ok(found) => return Ok(Some(Found { media_type, bytes: found.bytes().await? })),
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Where files lie.
    pub(crate) fn store(&self) -> &dyn ObjectStore {
        &*self.store
    }

    /// Whether a merchant has a picture.
    pub async fn has(&self, tenant: Tenant, id: FileId) -> Result<bool, object_store::Error> {
        match self.store.head(&key(tenant, id, &format!("{}.webp", SIZES[0]))).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// From the bytes that were sent: the same file of the same merchant is one picture. Not to be guessed, but no secret.
fn id_of(tenant: Tenant, file: &[u8]) -> FileId {
    let digest = Sha256::new().chain_update(tenant.bytes()).chain_update(file).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    FileId(id)
}

fn key(tenant: Tenant, id: FileId, name: &str) -> Key {
    Key::from_iter([kernel::id::encode(tenant.bytes()).as_str(), &id.to_string(), name])
}

#[cfg(test)]
mod tests;
