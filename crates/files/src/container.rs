//! Where a picture's file ends. What stands behind its end is no picture, and is refused: it may be another kind of file that
//! hides behind this one.

use crate::picture::Format;

/// Whether a file is one picture from its first byte to its last.
pub fn is_whole(format: Format, file: &[u8]) -> bool {
    match format {
        Format::Png => png_end(file) == Some(file.len()),
        Format::Webp => webp_end(file) == Some(file.len()),
        Format::Jpeg => jpeg_end(file).is_some_and(|end| is_jpeg_tail(&file[end..])),
    }
}

/// Behind the chunk `IEND`.
fn png_end(file: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let head = file.get(at..at + 8)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        // Four bytes of length, four of the type, the data, four of the check.
        let next = at.checked_add(length)?.checked_add(12)?;
        file.get(at..next)?;
        if &head[4..] == b"IEND" {
            return (length == 0).then_some(next);
        }
        at = next;
    }
}

/// As long as the head says, with a byte that makes it even.
fn webp_end(file: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(file.get(4..8)?.try_into().ok()?) as usize;
    length.checked_add(8)?.checked_add(length % 2)
}

/// Behind the end of the image. Within pixels 0xff is followed by 0 or by a restart; everything else is a segment with its
/// length.
fn jpeg_end(file: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        if *file.get(at)? != 0xff {
            return None;
        }
        match *file.get(at + 1)? {
            0xff => at += 1,
            0xd9 => return Some(at + 2),
            0x01 | 0xd0..=0xd8 => at += 2,
            marker => {
                let length = u16::from_be_bytes(file.get(at + 2..at + 4)?.try_into().ok()?);
                at += 2 + usize::from(length);
                if marker == 0xda {
                    at += pixels(file.get(at..)?)?;
                }
            }
        }
    }
}

/// How long the coded pixels are, up to the next marker.
fn pixels(rest: &[u8]) -> Option<usize> {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    rest.windows(2).position(is_marker)
}

/// What cameras put behind a photo: padding, and smaller or deeper copies of it, which are photos themselves.
fn is_jpeg_tail(tail: &[u8]) -> bool {
    let Some(start) = tail.iter().position(|byte| *byte != 0) else { return true };
    let rest = &tail[start..];
    rest.starts_with(&[0xff, 0xd8]) && jpeg_end(rest).is_some_and(|end| is_jpeg_tail(&rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x02IDATxx\0\0\0\0\0\0\0\0IEND\xaeB`\x82";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x04ab\xff\xda\0\x04cdp\xff\0x\xff\xd0y\xff\xd9";
    const WEBP: &[u8] = b"RIFF\x06\0\0\0WEBPVP";

    fn check(format: Format, file: &[u8], tail: &[u8], whole: bool) {
        let file = [file, tail].concat();
        assert_eq!(is_whole(format, &file), whole, "{format:?} with {tail:?}");
    }

    #[test]
    fn nothing_hides_behind_a_picture() {
        for (format, file) in [(Format::Png, PNG), (Format::Jpeg, JPEG), (Format::Webp, WEBP)] {
            check(format, file, b"", true);
            for tail in [&b"PK\x03\x04"[..], b"<script>", b"GIF89a", b"\x01", b"%PDF-1.4"] {
                check(format, file, tail, false);
            }
            for short in 0..file.len() {
                assert!(!is_whole(format, &file[..short]), "{format:?} cut at {short}");
            }
        }
    }

    #[test]
    fn cameras_put_photos_behind_a_photo() {
        check(Format::Jpeg, JPEG, b"\0\0\0", true);
        check(Format::Jpeg, JPEG, &[b"\0\0", JPEG].concat(), true);
        check(Format::Jpeg, JPEG, &[JPEG, JPEG].concat(), true);
        check(Format::Jpeg, JPEG, &[JPEG, b"PK\x03\x04"].concat(), false);
        check(Format::Jpeg, JPEG, b"\xff\xd8<script>", false);
    }
}
