//! What is kept of good pictures, and that nothing is kept of hostile ones.

use super::*;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use kernel::{MerchantId, Mode};
use std::io::{Cursor, Write};

fn tenant() -> Tenant {
    Tenant::new(MerchantId([4; 16]), Mode::Test)
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("it is written");
    file.into_inner()
}

/// Red on the left, blue on the right.
fn two_colours(width: u32, height: u32) -> DynamicImage {
    let colour = |x| if x < width / 2 { Rgb([220, 30, 30]) } else { Rgb([30, 30, 220]) };
    RgbImage::from_fn(width, height, |x, _| colour(x)).into()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

fn packed(byte: u8, times: u64) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let piece = vec![byte; 1 << 20];
    let mut left = times;
    while left > 0 {
        let now = left.min(piece.len() as u64);
        packed.write_all(&piece[..now as usize]).expect("memory");
        left -= now;
    }
    packed.finish().expect("memory")
}

/// A grey PNG that says it has these sides, with these chunks before its pixels.
fn png(width: u32, height: u32, before: &[u8], pixels: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 0, 0, 0, 0]);
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    let pixels = chunk(b"IDAT", pixels);
    [signature, chunk(b"IHDR", &head), before.to_vec(), pixels, chunk(b"IEND", b"")].concat()
}

/// A JPEG that a camera held sideways, with what it knows of the place.
fn photo() -> Vec<u8> {
    let plain = written(&two_colours(400, 200), ImageFormat::Jpeg);
    let tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS-OF-A-HOME";
    let exif = [&b"Exif\0\0"[..], tiff].concat();
    let length = ((exif.len() + 2) as u16).to_be_bytes();
    [&plain[..2], b"\xff\xe1", &length[..], &exif, &plain[2..]].concat()
}

async fn save(files: &Files, format: Format, file: &[u8]) -> Result<Saved, PictureError> {
    match files.save(tenant(), format, Bytes::copy_from_slice(file)).await {
        Ok(saved) => Ok(saved),
        Err(StoreError::Picture(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

async fn file(files: &Files, saved: Saved, size: u32, webp: bool) -> Found {
    let found = files.find(tenant(), saved.id, size, webp).await.expect("the folder");
    found.expect("the size is kept")
}

fn kept_in(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let count = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        if path.is_dir() { kept_in(&path) } else { 1 }
    };
    entries.map(count).sum()
}

#[tokio::test]
async fn a_picture_is_kept_in_three_sizes_and_two_formats() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = Files::open(&folder.path().display().to_string()).expect("a store");
    for (format, written_as) in [
        (Format::Png, ImageFormat::Png),
        (Format::Jpeg, ImageFormat::Jpeg),
        (Format::Webp, ImageFormat::WebP),
    ] {
        let sent = written(&two_colours(1600, 800), written_as);
        let saved = save(&files, format, &sent).await.expect("it is taken");
        assert_eq!(saved.size, (1280, 640));
        assert_eq!(save(&files, format, &sent).await, Ok(saved), "the same file is one picture");
        for size in SIZES {
            let webp = file(&files, saved, size, true).await;
            assert_eq!(
                (webp.media_type, image::guess_format(&webp.bytes).ok()),
                ("image/webp", Some(ImageFormat::WebP))
            );
            let plain = file(&files, saved, size, false).await;
            assert_eq!(plain.media_type, "image/jpeg");
            let shown = image::load_from_memory(&plain.bytes).expect("a picture");
            assert_eq!((shown.width(), shown.height()), (size, size / 2));
        }
        assert_eq!(files.find(tenant(), saved.id, 500, true).await.expect("no error"), None);
        assert!(files.has(tenant(), saved.id).await.expect("no error"));
        let other = Tenant::new(MerchantId([6; 16]), Mode::Test);
        assert!(!files.has(other, saved.id).await.expect("no error"));
    }
    assert_eq!(kept_in(folder.path()), 3 * 3 * 2);
}

#[tokio::test]
async fn what_can_be_seen_through_stays_so_and_nothing_is_made_larger() {
    let files = Files::open(IN_MEMORY).expect("a store");
    let clear = RgbaImage::from_fn(64, 32, |x, _| Rgba([10, 200, 10, if x < 8 { 0 } else { 255 }]));
    let sent = written(&clear.into(), ImageFormat::Png);
    let saved = save(&files, Format::Png, &sent).await.expect("it is taken");
    assert_eq!(saved.size, (64, 32));
    let plain = file(&files, saved, 1280, false).await;
    assert_eq!(plain.media_type, "image/png");
    let shown = image::load_from_memory(&plain.bytes).expect("a picture").to_rgba8();
    assert_eq!((shown.get_pixel(0, 0).0[3], shown.get_pixel(60, 0).0[3]), (0, 255));
}

#[tokio::test]
async fn a_photo_stands_upright_and_tells_no_place() {
    let files = Files::open(IN_MEMORY).expect("a store");
    let saved = save(&files, Format::Jpeg, &photo()).await.expect("it is taken");
    assert_eq!(saved.size, (200, 400), "turned by a quarter");
    for webp in [true, false] {
        let kept = file(&files, saved, 640, webp).await;
        let shown = image::load_from_memory(&kept.bytes).expect("a picture").to_rgb8();
        let (above, below) = (shown.get_pixel(100, 20), shown.get_pixel(100, 380));
        assert!(above.0[0] > 150 && below.0[2] > 150, "{above:?} {below:?}");
        let told = |word: &[u8]| kept.bytes.windows(word.len()).any(|part| part == word);
        assert!(!told(b"GPS") && !told(b"Exif"), "webp: {webp}");
    }
}

/// The most memory that this process ever had, in MiB.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    number.map_or(0, |kib| kib / 1024)
}

#[tokio::test]
async fn hostile_pictures_are_refused_and_leave_nothing() {
    use PictureError::{AnotherType, Broken, TooManyPixels};
    let folder = tempfile::tempdir().expect("a folder");
    let files = Files::open(&folder.path().display().to_string()).expect("a store");
    let [good_png, good_jpeg, good_webp] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP]
        .map(|format| written(&two_colours(40, 20), format));
    let behind = |file: &[u8], tail: &[u8]| [file, tail].concat();
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let profile = [&b"icc\0\0"[..], &packed(0, 256 << 20)].concat();
    let text = [&b"Comment\0\0"[..], &packed(b'x', 256 << 20)].concat();
    let honest = |side: u64| packed(0, side * (side + 1));
    let cases: Vec<(&str, Format, Vec<u8>, PictureError)> = vec![
        (
            "says that it is huge",
            Format::Png,
            png(100_000, 100_000, b"", &packed(0, 100)),
            TooManyPixels,
        ),
        (
            "one pixel too many",
            Format::Png,
            png(40_000_001, 1, b"", &packed(0, 100)),
            TooManyPixels,
        ),
        ("is huge", Format::Png, png(12_000, 12_000, b"", &honest(12_000)), TooManyPixels),
        ("unpacks to more than it says", Format::Png, png(0, 0, b"", &packed(0, 64 << 20)), Broken),
        ("no pixels", Format::Png, png(100, 100, b"", b""), Broken),
        ("a zip behind", Format::Png, behind(&good_png, zip), Broken),
        ("a page behind", Format::Png, behind(&good_png, b"<script>alert(1)</script>"), Broken),
        ("a zip behind", Format::Jpeg, behind(&good_jpeg, zip), Broken),
        ("a page behind", Format::Jpeg, behind(&good_jpeg, b"<html>"), Broken),
        ("a zip behind", Format::Webp, behind(&good_webp, zip), Broken),
        ("cut short", Format::Png, good_png[..good_png.len() - 20].to_vec(), Broken),
        ("cut short", Format::Jpeg, good_jpeg[..good_jpeg.len() / 2].to_vec(), Broken),
        ("cut short", Format::Webp, good_webp[..good_webp.len() - 9].to_vec(), Broken),
        ("a page", Format::Png, b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), AnotherType),
        ("a GIF", Format::Png, b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), AnotherType),
        ("nothing", Format::Jpeg, Vec::new(), AnotherType),
        ("a JPEG", Format::Png, good_jpeg.clone(), AnotherType),
        ("a PNG", Format::Webp, good_png.clone(), AnotherType),
        ("eight good bytes", Format::Png, b"\x89PNG\r\n\x1a\n<script>".to_vec(), Broken),
    ];
    for (what, format, sent, expected) in cases {
        let refused = save(&files, format, &sent).await;
        assert_eq!(refused, Err(expected), "{what} as {format:?}");
    }
    // What is packed beside the pixels is passed over or refused; it is never unpacked whole.
    for (kind, data) in [(b"iCCP", &profile), (b"zTXt", &text)] {
        let sent = png(40, 20, &chunk(kind, data), &packed(0, 41 * 20));
        let _ = save(&files, Format::Png, &sent).await;
    }
    let good = kept_in(folder.path());
    assert!(good <= 2 * 6, "only the two with something beside good pixels may be kept: {good}");
    assert!(peak_mib() < 700, "{} MiB", peak_mib());
}

/// A bucket that keeps what is put into it, for requests that are signed.
async fn bucket_server() -> (String, Arc<std::sync::Mutex<Vec<String>>>) {
    use axum::extract::{Request, State};
    use axum::http::{Method, StatusCode};
    use axum::response::{IntoResponse, Response};
    type Kept = Arc<std::sync::Mutex<std::collections::BTreeMap<String, Bytes>>>;

    async fn answer(
        State((kept, asked)): State<(Kept, Arc<std::sync::Mutex<Vec<String>>>)>,
        request: Request,
    ) -> Response {
        let (parts, body) = request.into_parts();
        let signed = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        if !signed.is_some_and(|signed| signed.starts_with("AWS4-HMAC-SHA256 Credential=name/")) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let path = parts.uri.path().to_owned();
        asked.lock().expect("no panic").push(format!("{} {path}", parts.method));
        if parts.method == Method::PUT {
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
            kept.lock().expect("no panic").insert(path, body);
            return [("etag", "\"1\"")].into_response();
        }
        let found = kept.lock().expect("no panic").get(&path).cloned();
        let modified = [("etag", "\"1\""), ("last-modified", "Sun, 29 Nov 2026 08:00:00 GMT")];
        found.map_or(StatusCode::NOT_FOUND.into_response(), |b| (modified, b).into_response())
    }

    let asked = Arc::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router =
        axum::Router::new().fallback(answer).with_state((Kept::default(), Arc::clone(&asked)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked)
}

#[tokio::test]
async fn pictures_go_to_a_bucket_that_a_url_names() {
    let (url, asked) = bucket_server().await;
    let variables = [
        ("AWS_ACCESS_KEY_ID", "name"),
        ("AWS_SECRET_ACCESS_KEY", "word"),
        ("AWS_REGION", "cn-north-1"),
        ("AWS_ENDPOINT", &url),
        ("AWS_ALLOW_HTTP", "true"),
        ("PATH", "/bin"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let files = Files::open_with("s3://goods/of/all", variables.into_iter()).expect("a bucket");
    let sent = written(&two_colours(50, 20), ImageFormat::Png);
    let saved = save(&files, Format::Png, &sent).await.expect("it is taken");
    assert_eq!(file(&files, saved, 320, true).await.media_type, "image/webp");
    assert_eq!(file(&files, saved, 320, false).await.media_type, "image/jpeg");
    assert!(files.has(tenant(), saved.id).await.expect("no error"));
    assert!(!files.has(tenant(), FileId([9; 16])).await.expect("no error"));
    let asked = asked.lock().expect("no panic").clone();
    assert!(asked.iter().all(|one| one.contains(" /goods/of/all/")), "{asked:?}");
}
