//! A picture that came in, decoded within limits and turned upright.

use crate::container::is_whole;
use crate::encode::{Encoded, encode};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use kernel::limits::PICTURE_PIXELS_MAX;
use std::io::Cursor;

/// The longer sides, in pixels, in which a picture is kept. None is made larger than it came.
pub const SIZES: [u32; 3] = [320, 640, 1280];

/// Bytes that decoding may take: eight a pixel of the largest picture, and the decoder's own.
const DECODING_BYTES_MAX: u64 = 8 * PICTURE_PIXELS_MAX + (64 << 20);

/// Which kind of file a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Its bytes are not what its type says.
    #[error("the file is not of the type that the request names")]
    AnotherType,
    /// Too large when it is unpacked.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// No picture, a broken one, or more than a picture.
    #[error("the file is broken, or has more in it than one picture")]
    Broken,
}

impl Format {
    /// The format of a media type.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "image/png" => Some(Self::Png),
            "image/jpeg" => Some(Self::Jpeg),
            "image/webp" => Some(Self::Webp),
            _ => None,
        }
    }

    fn of(format: ImageFormat) -> Option<Self> {
        match format {
            ImageFormat::Png => Some(Self::Png),
            ImageFormat::Jpeg => Some(Self::Jpeg),
            ImageFormat::WebP => Some(Self::Webp),
            _ => None,
        }
    }
}

/// Everything that is kept of a file: its files by name, with what it measures. Takes a while and much memory: one at a time,
/// not on a thread that serves.
pub fn prepare(format: Format, file: &[u8]) -> Result<Encoded, PictureError> {
    encode(decode(format, file)?, &SIZES).ok_or(PictureError::Broken)
}

/// Checks what the head says before anything is unpacked.
fn decode(format: Format, file: &[u8]) -> Result<DynamicImage, PictureError> {
    let found = image::guess_format(file).map_err(|_| PictureError::AnotherType)?;
    if Format::of(found) != Some(format) {
        return Err(PictureError::AnotherType);
    }
    if !is_whole(format, file) {
        return Err(PictureError::Broken);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODING_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(file), found);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        ImageError::Limits(_) => PictureError::TooManyPixels,
        _ => PictureError::Broken,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PICTURE_PIXELS_MAX {
        return Err(PictureError::TooManyPixels);
    }
    let upright = decoder.orientation().map_err(|_| PictureError::Broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PictureError::Broken)?;
    picture.apply_orientation(upright);
    Ok(picture)
}
