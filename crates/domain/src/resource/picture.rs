//! Pictures of resources: their bytes lie apart from the body, which keeps what tells one from another.

use kernel::limits::LOGO_BYTES_MAX;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A picture, as the body keeps it. It is sent in base64 and served under an address of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// What kind of file it is.
    pub format: PictureFormat,
    /// The start of the SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// How many bytes it has.
    pub bytes: i64,
}

/// Pictures that every browser shows and that cannot carry a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

/// The file of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// The start of the SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// What the body keeps of a file; none if it is no small picture.
    pub fn of(file: &PictureFile) -> Option<Self> {
        let format = PictureFormat::of(&file.bytes)?;
        let bytes = i64::try_from(file.bytes.len()).ok()?;
        let fits = file.bytes.len() <= LOGO_BYTES_MAX;
        fits.then(|| Self { format, hash: file.hash.clone(), bytes })
    }

    /// The last part of its path, which changes with its content: `1f2e3d4c5b6a7988.png`.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.hash, self.format.ending())
    }
}

impl PictureFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Webp];

    /// What the first bytes of a file say it is.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// The media type under which it is served.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The ending of its file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        for (bytes, format) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(PictureFormat::Png)),
            (b"\xff\xd8\xff\xe0....", Some(PictureFormat::Jpeg)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(PictureFormat::Webp)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"<svg onload=\"alert(1)\"/>", None),
            (b"GIF89a", None),
            (b"", None),
        ] {
            assert_eq!(PictureFormat::of(bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn a_picture_is_small() {
        let of = |bytes: Vec<u8>| Picture::of(&PictureFile { hash: "00".into(), bytes });
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.resize(LOGO_BYTES_MAX, 0);
        assert_eq!(of(png.clone()).map(|picture| picture.bytes), Some(32_768));
        png.push(0);
        assert_eq!(of(png), None);
        assert_eq!(of(b"<svg/>".to_vec()), None);
    }
}
