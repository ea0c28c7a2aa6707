//! Files that are written once, in parts: each part is there whole or not at all, and no more than one of them is ever in memory.
//! They have nothing to do with pictures but the place.
//!
//! An export's folder has a name that nobody can guess. Whoever began to write and died leaves parts that the next one never
//! meets, because it writes into a folder of its own; all of them lie below the file's id, and go with it.

use crate::folder::Files;
use bytes::Bytes;
use futures_util::TryStreamExt;
use kernel::{ContentId, ExportId, Tenant};
use object_store::path::Path as Key;
use object_store::{Error, ObjectStoreExt};

/// The first folder of each; pictures lie below the ids of their tenants.
const EXPORTS: &str = "exports";
const CONTENTS: &str = "contents";

/// Where the parts of a file lie.
#[derive(Debug, Clone)]
pub struct Parts(Key);

impl Parts {
    /// Of all runs of an export.
    pub fn of_export(tenant: Tenant, export: ExportId) -> Self {
        Self(folder(EXPORTS, tenant, &export.to_string()))
    }

    /// Of one run of an export.
    pub fn of_run(tenant: Tenant, export: ExportId, run: &str) -> Self {
        Self(Self::of_export(tenant, export).0.join(run))
    }

    /// Of a version of what buyers share. They are sealed before they come here.
    pub fn of_content(tenant: Tenant, content: ContentId) -> Self {
        Self(folder(CONTENTS, tenant, &content.to_string()))
    }

    fn key(&self, number: i64) -> Key {
        self.0.clone().join(format!("{number:06}"))
    }
}

impl Files {
    /// Keeps a part.
    pub async fn put_part(&self, of: &Parts, number: i64, part: Bytes) -> Result<(), Error> {
        self.store().put(&of.key(number), part.into()).await?;
        Ok(())
    }

    /// A part.
    pub async fn part(&self, of: &Parts, number: i64) -> Result<Bytes, Error> {
        self.store().get(&of.key(number)).await?.bytes().await
    }

    /// Takes all parts of a file away; says how many there were.
    pub async fn clear_parts(&self, of: &Parts) -> Result<usize, Error> {
        let store = self.store();
        let found: Vec<_> = store.list(Some(&of.0)).try_collect().await?;
        for part in &found {
            match store.delete(&part.location).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found.len())
    }
}

fn folder(first: &str, tenant: Tenant, id: &str) -> Key {
    Key::from_iter([first, &kernel::id::encode(tenant.bytes()), id])
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{MerchantId, Mode};

    async fn parts_are_kept_and_cleared(files: &Files) {
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Live);
        let run = |export, run| Parts::of_run(tenant, ExportId([export; 16]), run);
        for (of, number, said) in [
            (run(1, "a"), 0, "1 a 0"),
            (run(1, "a"), 1, "1 a 1"),
            (run(1, "b"), 0, "1 b 0"),
            (run(1, "b"), 10, "1 b 10"),
            (run(2, "a"), 0, "2 a 0"),
            (Parts::of_content(tenant, ContentId([1; 16])), 0, "content"),
        ] {
            files.put_part(&of, number, Bytes::from(said)).await.expect("it is kept");
        }
        let whole = Parts::of_export(tenant, ExportId([1; 16]));
        assert_eq!(files.part(&run(1, "b"), 10).await.expect("it is there"), "1 b 10");
        assert!(matches!(files.part(&run(1, "c"), 0).await, Err(Error::NotFound { .. })));
        assert_eq!(files.clear_parts(&run(1, "a")).await.expect("they go"), 2);
        assert_eq!(files.part(&run(1, "b"), 0).await.expect("it is there"), "1 b 0");
        assert_eq!(files.clear_parts(&whole).await.expect("they go"), 2);
        assert_eq!(files.clear_parts(&whole).await.expect("nothing is there"), 0);
        assert!(matches!(files.part(&run(1, "b"), 10).await, Err(Error::NotFound { .. })));
        assert_eq!(files.part(&run(2, "a"), 0).await.expect("it is another's"), "2 a 0");
        let shared = Parts::of_content(tenant, ContentId([1; 16]));
        assert_eq!(files.part(&shared, 0).await.expect("it is no export"), "content");
    }

    #[tokio::test]
    async fn in_memory_and_in_a_folder() {
        parts_are_kept_and_cleared(&Files::open(crate::IN_MEMORY).expect("a store")).await;
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().to_str().expect("a path");
        parts_are_kept_and_cleared(&Files::open(place).expect("a store")).await;
    }
}
