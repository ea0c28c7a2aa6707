//! Files that are written once and read once or twice, in parts: each part is there whole or not at all, and no more than one
//! of them is ever in memory. They have nothing to do with pictures but the place.
//!
//! A file's folder has a name that nobody can guess. Whoever began to write and died leaves parts that the next one never
//! meets, because it writes into a folder of its own; all of them lie below the file's id, and go with it.

use crate::folder::Files;
use bytes::Bytes;
use futures_util::TryStreamExt;
use kernel::{ExportId, Tenant};
use object_store::path::Path as Key;
use object_store::{Error, ObjectStoreExt};

/// The first folder of all of them; pictures lie below the ids of their tenants.
const FOLDER: &str = "exports";

impl Files {
    /// Keeps a part.
    pub async fn put_part(
        &self,
        (tenant, file): (Tenant, ExportId),
        run: &str,
        number: i64,
        part: Bytes,
    ) -> Result<(), Error> {
        self.store().put(&key(tenant, file, run, number), part.into()).await?;
        Ok(())
    }

    /// A part.
    pub async fn part(
        &self,
        (tenant, file): (Tenant, ExportId),
        run: &str,
        number: i64,
    ) -> Result<Bytes, Error> {
        self.store().get(&key(tenant, file, run, number)).await?.bytes().await
    }

    /// Takes away the parts of a file, those of one run or all there are; says how many there were.
    pub async fn clear_parts(
        &self,
        (tenant, file): (Tenant, ExportId),
        run: Option<&str>,
    ) -> Result<usize, Error> {
        let (store, folder) = (self.store(), folder(tenant, file));
        let folder = run.map_or(folder.clone(), |run| folder.join(run));
        let found: Vec<_> = store.list(Some(&folder)).try_collect().await?;
        for part in &found {
            match store.delete(&part.location).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found.len())
    }
}

fn folder(tenant: Tenant, file: ExportId) -> Key {
    Key::from_iter([FOLDER, &kernel::id::encode(tenant.bytes()), &file.to_string()])
}

fn key(tenant: Tenant, file: ExportId, run: &str, number: i64) -> Key {
    folder(tenant, file).join(run).join(format!("{number:06}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{MerchantId, Mode};

    async fn parts_are_kept_and_cleared(files: &Files) {
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Live);
        let (one, other) = ((tenant, ExportId([1; 16])), (tenant, ExportId([2; 16])));
        for (file, run, number) in
            [(one, "a", 0), (one, "a", 1), (one, "b", 0), (one, "b", 10), (other, "a", 0)]
        {
            let part = Bytes::from(format!("{run} {number}"));
            files.put_part(file, run, number, part).await.expect("it is kept");
        }
        assert_eq!(files.part(one, "b", 10).await.expect("it is there"), "b 10");
        assert!(matches!(files.part(one, "c", 0).await, Err(Error::NotFound { .. })));
        assert_eq!(files.clear_parts(one, Some("a")).await.expect("they go"), 2);
        assert_eq!(files.part(one, "b", 0).await.expect("it is there"), "b 0");
        assert_eq!(files.clear_parts(one, None).await.expect("they go"), 2);
        assert_eq!(files.clear_parts(one, None).await.expect("nothing is there"), 0);
        assert!(matches!(files.part(one, "b", 10).await, Err(Error::NotFound { .. })));
        assert_eq!(files.part(other, "a", 0).await.expect("it is another's"), "a 0");
    }

    #[tokio::test]
    async fn in_memory_and_in_a_folder() {
        parts_are_kept_and_cleared(&Files::open(crate::IN_MEMORY).expect("a store")).await;
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().to_str().expect("a path");
        parts_are_kept_and_cleared(&Files::open(place).expect("a store")).await;
    }
}
