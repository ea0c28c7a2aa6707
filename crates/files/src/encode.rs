//! Writing a picture in the sizes and formats that pages ask for.

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat};
use std::io::Cursor;

/// How good JPEG and WebP are made, of 100.
const JPEG_QUALITY: u8 = 82;
const WEBP_QUALITY: f32 = 80.0;

/// What is kept of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Width and height of the largest that is kept, in pixels.
    pub size: (u32, u32),
    /// Files by name, `640.webp`.
    pub files: Vec<(String, Bytes)>,
}

/// The files of a picture in each size: WebP, and PNG where anything of it can be seen through, else JPEG.
pub fn encode(picture: DynamicImage, sizes: &[u32]) -> Option<Encoded> {
    let is_clear = is_clear(&picture);
    let mut small = picture;
    let mut size = None;
    let mut files = Vec::with_capacity(2 * sizes.len());
    // Each is made of the larger one before it, so that the whole picture is given back at once.
    for side in sizes.iter().rev() {
        small = fitted(small, *side);
        size.get_or_insert((small.width(), small.height()));
        files.push((format!("{side}.webp"), webp(&small, is_clear)?));
        let (ending, plain) = match is_clear {
            true => ("png", png(&small)?),
            false => ("jpg", jpeg(&small)?),
        };
        files.push((format!("{side}.{ending}"), plain));
    }
    Some(Encoded { size: size?, files })
}

/// Not larger than it is; at least a pixel a side.
fn fitted(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    picture.resize(side, side, FilterType::Triangle)
}

fn is_clear(picture: &DynamicImage) -> bool {
    picture.color().has_alpha()
        && match picture {
            DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX),
            DynamicImage::ImageLumaA8(pixels) => pixels.pixels().any(|p| p.0[1] != u8::MAX),
            DynamicImage::ImageRgba16(pixels) => pixels.pixels().any(|p| p.0[3] != u16::MAX),
            DynamicImage::ImageLumaA16(pixels) => pixels.pixels().any(|p| p.0[1] != u16::MAX),
            _ => true,
        }
}

fn webp(picture: &DynamicImage, is_clear: bool) -> Option<Bytes> {
    let (width, height) = (picture.width(), picture.height());
    let encoded = if is_clear {
        let pixels = picture.to_rgba8();
        webp::Encoder::from_rgba(&pixels, width, height).encode_simple(false, WEBP_QUALITY).ok()?
    } else {
        let pixels = picture.to_rgb8();
        webp::Encoder::from_rgb(&pixels, width, height).encode_simple(false, WEBP_QUALITY).ok()?
    };
    Some(Bytes::copy_from_slice(&encoded))
}

fn png(picture: &DynamicImage) -> Option<Bytes> {
    let mut file = Cursor::new(Vec::new());
    let pixels = DynamicImage::ImageRgba8(picture.to_rgba8());
    pixels.write_to(&mut file, ImageFormat::Png).ok()?;
    Some(file.into_inner().into())
}

fn jpeg(picture: &DynamicImage) -> Option<Bytes> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(file.into())
}
