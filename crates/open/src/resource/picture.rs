//! A picture as it is kept: decoded within limits, made small enough for where it is shown, and encoded again.
//!
//! What comes in may say that it is a picture and be a page behind eight bytes, or say that it is larger than all
//! memory. What is kept was written here, so it is a picture and nothing else. What is kept already stays as it is,
//! byte for byte, so that a shop that is carried elsewhere looks the same there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Refusal;
use domain::resource::{PictureFile, Unreadable};
use edge::problem::Problem;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use kernel::limits::{LOGO_BYTES_MAX, LOGO_PIXELS_KEPT, LOGO_PIXELS_MAX};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// Bytes that decoding may take: four channels of the largest picture, and the decoder's own.
const DECODING_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Sides in pixels that are tried until the file is small enough.
const SIDES: [u32; 5] = [LOGO_PIXELS_KEPT, 192, 128, 96, 64];
/// What an end of a JPEG file is.
const JPEG_END: [u8; 2] = [0xff, 0xd9];

/// The file of a picture that was sent in base64. Decoding it takes a while: not on a thread that serves.
///
/// # Errors
/// What is wrong with it, by the field.
pub async fn read(field: &'static str, sent: Value) -> Result<PictureFile, Problem> {
    tokio::task::spawn_blocking(move || file(field, &sent)).await.map_err(Problem::internal)?
}

fn file(field: &str, sent: &Value) -> Result<PictureFile, Problem> {
    let unreadable = |message: String| {
        Problem::from(Refusal::Unreadable(Unreadable { path: field.to_owned(), message }))
    };
    let text = String::deserialize(sent).map_err(|error| unreadable(error.to_string()))?;
    let bytes = STANDARD.decode(text);
    let bytes = bytes.map_err(|_| unreadable("expected a file in base64".to_owned()))?;
    let cure =
        "send a PNG, JPEG or WebP picture of at most 32 KiB and 2048 pixels a side, in base64";
    let bytes = kept(&bytes).ok_or_else(|| Problem::invalid(field, cure))?;
    let digest = Sha256::digest(&bytes);
    let hash = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(PictureFile { hash, bytes })
}

/// The file that is kept of a picture; none if it is no PNG, JPEG or WebP picture within the limits.
fn kept(file: &[u8]) -> Option<Vec<u8>> {
    if file.len() > LOGO_BYTES_MAX {
        return None;
    }
    let format = image::guess_format(file).ok().filter(|format| {
        matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)
    })?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LOGO_PIXELS_MAX);
    limits.max_image_height = Some(LOGO_PIXELS_MAX);
    limits.max_alloc = Some(DECODING_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let largest = picture.width().max(picture.height());
    let sides = SIDES.into_iter().map(|side| side.min(largest));
    let mut files = sides.filter_map(|side| encoded(&picture, side, format));
    let again = files.find(|file| file.len() <= LOGO_BYTES_MAX)?;
    let ours = format == ImageFormat::Jpeg && is_like(file, &again);
    Some(if ours { file.to_vec() } else { again })
}

/// Whether a JPEG file is as we write them: all before its pixels is the same, and behind that are pixels alone. To encode
/// it once more would lose a little, and make it another file.
fn is_like(file: &[u8], ours: &[u8]) -> bool {
    let Some(head) = ours.windows(2).position(|pair| pair == [0xff, 0xda]) else { return false };
    let length =
        ours.get(head + 2..head + 4).map(|two| usize::from(two[0]) << 8 | usize::from(two[1]));
    let pixels = head + 2 + length.unwrap_or(0);
    let Some((end, body)) =
        file.get(pixels..).and_then(|rest| rest.split_last_chunk::<2>()).map(|(b, e)| (e, b))
    else {
        return false;
    };
    // Among pixels, 255 is followed by nought.
    let marker = |pair: &[u8]| pair[0] == 0xff && pair[1] != 0;
    file[..pixels] == ours[..pixels] && *end == JPEG_END && !body.windows(2).any(marker)
}

fn encoded(picture: &DynamicImage, side: u32, format: ImageFormat) -> Option<Vec<u8>> {
    let small = match picture.width().max(picture.height()) {
        largest if largest > side => picture.thumbnail(side, side),
        _ => picture.clone(),
    };
    let plain = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(small.to_rgb8()),
        _ => DynamicImage::ImageRgba8(small.to_rgba8()),
    };
    let mut file = Cursor::new(Vec::new());
    plain.write_to(&mut file, format).ok()?;
    Some(file.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    /// A picture whose pixels are all different, so that no format makes it small.
    fn picture(width: u32, height: u32) -> DynamicImage {
        let pixel = |x: u32, y: u32| {
            let n = (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761).to_be_bytes();
            image::Rgba([n[0], n[1], n[2], 255])
        };
        DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, pixel))
    }

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        encoded(&picture(width, height), width.max(height), format).expect("a file")
    }

    #[test]
    fn a_picture_stays_one_of_its_format() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let again = kept(&file(48, 32, format)).expect("a picture");
            assert_eq!(image::guess_format(&again).ok(), Some(format));
            let read = image::load_from_memory(&again).expect("a picture");
            assert_eq!((read.width(), read.height()), (48, 32));
        }
    }

    #[test]
    fn what_is_kept_stays_as_it_is() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let once = kept(&file(96, 64, format)).expect("a picture");
            assert_eq!(kept(&once).as_deref(), Some(&once[..]), "{format:?}");
        }
        let ours = file(48, 32, ImageFormat::Jpeg);
        assert!(is_like(&ours, &file(48, 32, ImageFormat::Jpeg)));
        let comment = [&ours[..2], b"\xff\xfe\x00\x0a<script>", &ours[2..]].concat();
        let behind = [&ours[..], b"<script>\xff\xd9"].concat();
        for other in [&comment, &behind, &file(32, 48, ImageFormat::Jpeg), &ours[..40].to_vec()] {
            assert!(!is_like(other, &ours));
        }
    }

    #[test]
    fn a_large_one_becomes_small() {
        let plain = DynamicImage::ImageRgba8(RgbaImage::new(1024, 512));
        let again = kept(&encoded(&plain, 1024, ImageFormat::Png).expect("a file")).expect("one");
        let read = image::load_from_memory(&again).expect("a picture");
        assert_eq!((read.width(), read.height()), (256, 128));
    }

    #[test]
    fn what_only_begins_like_a_picture_is_none() {
        let mut huge = file(8, 8, ImageFormat::Png);
        huge[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let mut cut = file(48, 48, ImageFormat::Png);
        cut.truncate(200);
        let mut trailing = file(8, 8, ImageFormat::Png);
        trailing.extend_from_slice(b"<script>alert(1)</script>");
        for wrong in
            [&b"\x89PNG\r\n\x1a\n<html><script>"[..], &huge, &cut, b"GIF89a", b"", b"<svg/>"]
        {
            assert_eq!(kept(wrong), None);
        }
        let clean = kept(&trailing).expect("a picture");
        assert!(!clean.windows(7).any(|part| part == b"<script"));
        assert_eq!(kept(&vec![0x89; LOGO_BYTES_MAX + 1]), None);
    }
}
