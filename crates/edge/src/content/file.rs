//! A file that buyers share. Its parts are sealed under a key of its own; that key lies with its name and its size, sealed, in
//! the row of its version. So a part opens at its place in its file alone, and sealing the row again moves no part.

use super::disposition::attachment;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use files::{Files, Parts};
use futures_util::{Stream, stream};
use kernel::limits::CONTENT_PART_BYTES;
use kernel::{ContentId, Tenant, chain};
use std::io;
use vault::{FileKey, Place, Zeroizing};

/// No text has this byte, so a program that knows texts alone shows nothing of a head.
const HEAD: u8 = 0xff;
/// Bytes of a head before the name: its mark, the key, the file's length, and the length of a part.
const NAME_AT: usize = 1 + FileKey::BYTES + 8 + 4;

/// A file that buyers share. No `Debug`: it has the key.
pub struct SharedFile {
    tenant: Tenant,
    content: ContentId,
    name: String,
    bytes: u64,
    part_bytes: u32,
    key: FileKey,
}

impl SharedFile {
    /// A file that is to be kept, still empty, in a version that is to be written.
    pub fn begin(tenant: Tenant, content: ContentId, name: String) -> Self {
        let part_bytes = CONTENT_PART_BYTES as u32;
        Self { tenant, content, name, bytes: 0, part_bytes, key: FileKey::generate() }
    }

    /// What a head says; none when it is damaged.
    pub(super) fn of_head(tenant: Tenant, content: ContentId, head: &[u8]) -> Option<Self> {
        let (head, name) = head.split_at_checked(NAME_AT)?;
        let (key, sizes) = head.strip_prefix(&[HEAD])?.split_at_checked(FileKey::BYTES)?;
        let (bytes, part_bytes) = sizes.split_at_checked(8)?;
        let part_bytes = u32::from_be_bytes(part_bytes.try_into().ok()?);
        Some(Self {
            tenant,
            content,
            name: String::from_utf8(name.to_vec()).ok()?,
            bytes: u64::from_be_bytes(bytes.try_into().ok()?),
            part_bytes: (part_bytes > 0).then_some(part_bytes)?,
            key: FileKey::from_bytes(Zeroizing::new(key.try_into().ok()?)),
        })
    }

    /// Everything that must be known of it, to be sealed.
    pub(super) fn head(&self) -> Zeroizing<Vec<u8>> {
        let sizes = [&self.bytes.to_be_bytes()[..], &self.part_bytes.to_be_bytes()].concat();
        Zeroizing::new([&[HEAD][..], self.key.bytes(), &sizes, self.name.as_bytes()].concat())
    }

    /// Its name, as its merchant gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How long it is.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where its parts lie.
    pub fn parts(&self) -> Parts {
        Parts::of_content(self.tenant, self.content)
    }

    /// Seals and keeps the next part. All but the last are as long as a part is.
    pub async fn push(&mut self, files: &Files, clear: &[u8]) -> Result<(), Problem> {
        let number = self.bytes / u64::from(self.part_bytes);
        let sealed = self.at(number, |place| self.key.seal(place, clear));
        let kept = files.put_part(&self.parts(), number as i64, sealed.into()).await;
        kept.map_err(|error| Problem::internal(chain(&error)))?;
        self.bytes += clear.len() as u64;
        Ok(())
    }

    /// The answer that is the file. Every part is opened once before the first is sent: what is damaged is an error, and not half
    /// a file; and no more than one part is in memory, however slowly it is taken.
    pub async fn download(self, files: &Files) -> Result<Response, Problem> {
        for number in 0..self.count() {
            self.part(files, number).await.map_err(|error| {
                let (content, error) = (self.content, chain(&error));
                Problem::internal(format_args!("part {number} of the file of {content}: {error}"))
            })?;
        }
        let name = attachment(&self.name);
        let length = self.bytes.to_string();
        let mut answer = Response::new(Body::from_stream(self.stream(files.clone())));
        for (header, value) in [
            (header::CONTENT_TYPE, "application/octet-stream"),
            (header::CONTENT_DISPOSITION, name.as_str()),
            (header::CONTENT_LENGTH, length.as_str()),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            let value = HeaderValue::try_from(value).map_err(Problem::internal)?;
            answer.headers_mut().insert(header, value);
        }
        Ok(answer)
    }

    /// The parts in their order, read as fast as they are taken. An error breaks the answer off.
    fn stream(self, files: Files) -> impl Stream<Item = io::Result<Bytes>> + use<> {
        stream::try_unfold((self, files, 0), |(file, files, number)| async move {
            if number >= file.count() {
                return Ok(None);
            }
            let part = file.part(&files, number).await?;
            Ok(Some((Bytes::copy_from_slice(&part), (file, files, number + 1))))
        })
    }

    /// A part, opened. Whatever is wrong with it, it is not shown.
    async fn part(&self, files: &Files, number: u64) -> io::Result<Zeroizing<Vec<u8>>> {
        let sealed = files.part(&self.parts(), number as i64).await.map_err(io::Error::other)?;
        let clear = self.at(number, |place| self.key.open(place, &sealed));
        let clear = clear.map_err(io::Error::other)?;
        let rest = self.bytes - number * u64::from(self.part_bytes);
        match clear.len() as u64 == rest.min(u64::from(self.part_bytes)) {
            true => Ok(clear),
            false => Err(io::Error::other("it is longer or shorter than it was")),
        }
    }

    fn count(&self) -> u64 {
        self.bytes.div_ceil(u64::from(self.part_bytes))
    }

    /// Calls `with` with the place of a part: the version's id and the part's number.
    fn at<T>(&self, number: u64, with: impl FnOnce(&Place<'_>) -> T) -> T {
        let row = [&self.content.0[..], &number.to_be_bytes()].concat();
        with(&Place { tenant: self.tenant, table: "contents", row: &row, column: "file" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;
    use kernel::{MerchantId, Mode};

    const NAME: &str = "课程.zip";

    fn clear(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|at| (at / 7 % 251) as u8).collect()
    }

    async fn kept(files: &Files, content: u8, clear: &[u8]) -> SharedFile {
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Live);
        let mut file = SharedFile::begin(tenant, ContentId([content; 16]), NAME.to_owned());
        for part in clear.chunks(CONTENT_PART_BYTES) {
            file.push(files, part).await.expect("it is kept");
        }
        file
    }

    /// The file once more, as its version's row has it.
    fn again(file: &SharedFile) -> SharedFile {
        let read = SharedFile::of_head(file.tenant, file.content, &file.head());
        read.expect("a head")
    }

    async fn check_refused(files: &Files, file: &SharedFile, what: &str) {
        assert!(again(file).download(files).await.is_err(), "{what}");
    }

    #[tokio::test]
    async fn a_file_comes_back_as_it_was() {
        let files = Files::open(files::IN_MEMORY).expect("a store");
        for (at, bytes) in [1, CONTENT_PART_BYTES, CONTENT_PART_BYTES + 1].into_iter().enumerate() {
            let clear = clear(bytes);
            let file = kept(&files, at as u8 + 1, &clear).await;
            assert_eq!((again(&file).name(), again(&file).bytes()), (NAME, bytes as u64));
            let answer = again(&file).download(&files).await.expect("it is whole");
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[header::CONTENT_LENGTH], bytes.to_string().as_str());
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
            assert!(body == clear, "{bytes} bytes");
        }
    }

    #[tokio::test]
    async fn parts_are_not_changed_swapped_cut_or_dropped() {
        let files = Files::open(files::IN_MEMORY).expect("a store");
        let clear = clear(2 * CONTENT_PART_BYTES + 5);
        let (file, other) = (kept(&files, 1, &clear).await, kept(&files, 2, &clear).await);
        let (own, parts) = (file.parts(), [0, 1, 2]);
        let mut whole = Vec::new();
        for number in parts {
            whole.push(files.part(&own, number).await.expect("it is there"));
        }
        let foreign = files.part(&other.parts(), 1).await.expect("it is there");
        let longer = file.at(1, |place| file.key.seal(place, &clear[..CONTENT_PART_BYTES + 1]));
        let mut changed = whole[1].to_vec();
        changed[100] ^= 1;
        for (what, part) in [
            ("changed", changed.into()),
            ("swapped", whole[0].clone()),
            ("of another file", foreign),
            ("cut", whole[1].slice(..whole[1].len() - 1)),
            ("empty", Bytes::new()),
            ("of another length", longer.into()),
        ] {
            files.put_part(&own, 1, part).await.expect("it is kept");
            check_refused(&files, &file, what).await;
            files.put_part(&own, 1, whole[1].clone()).await.expect("it is kept");
        }
        assert!(again(&file).download(&files).await.is_ok());
        files.clear_parts(&own).await.expect("they go");
        for number in [0, 1] {
            files.put_part(&own, number, whole[number as usize].clone()).await.expect("it is kept");
        }
        check_refused(&files, &file, "dropped at the end").await;
    }

    #[test]
    fn a_head_is_no_text_and_half_of_one_is_none() {
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Live);
        let file = SharedFile::begin(tenant, ContentId([1; 16]), NAME.to_owned());
        let head = file.head();
        assert!(String::from_utf8(head.to_vec()).is_err());
        for length in 0..NAME_AT {
            assert!(SharedFile::of_head(tenant, file.content, &head[..length]).is_none());
        }
        let text = "a text that is as long as a head, and somewhat longer than that";
        assert!(SharedFile::of_head(tenant, file.content, text.as_bytes()).is_none());
    }
}
