//! A logo as it is kept: decoded within limits, made small enough for where it is shown, and encoded again.
//!
//! What comes in may say that it is a picture and be a page behind eight bytes, or say that it is larger than all
//! memory. What is kept was written here, so it is a picture and nothing else.

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use kernel::limits::{LOGO_BYTES_MAX, LOGO_PIXELS_KEPT, LOGO_PIXELS_MAX};
use std::io::Cursor;

/// Bytes that decoding may take: four channels of the largest picture, and the decoder's own.
const DECODING_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Sides in pixels that are tried until the file is small enough.
const SIDES: [u32; 5] = [LOGO_PIXELS_KEPT, 192, 128, 96, 64];

/// The file that is kept of a logo; none if it is no PNG, JPEG or WebP picture within the limits.
pub fn kept(file: &[u8]) -> Option<Vec<u8>> {
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
    files.find(|file| file.len() <= LOGO_BYTES_MAX)
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
