//! Codes of a run on paper: a table for a printer's machine, or sheets of A4 with QR codes. Nothing is read: the codes follow
//! from ids that follow each other.

#![expect(clippy::float_arithmetic, reason = "these are places on paper, never money")]

use domain::voucher::code;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use kernel::Tenant;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use qrcode::{Color, EcLevel, QrCode};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::Write;
use std::sync::Arc;
use vault::Vault;

/// Vouchers of a PDF at most.
pub const PDF_MAX: u32 = 2_000;

/// A4 in points.
const SIDE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 36.0;
const COLUMNS: u32 = 4;
const ROWS: u32 = 7;
/// The width of a QR code without its quiet zone.
const QR: f32 = 78.0;

/// What is printed.
pub struct Print {
    /// Gives the codes.
    pub vault: Arc<Vault>,
    /// The book.
    pub tenant: Tenant,
    /// The id of the first voucher.
    pub first: u128,
    /// Its number in the run, from 1.
    pub from: u32,
    /// How many.
    pub quantity: u32,
    /// Product and SKU.
    pub title: String,
}

impl Print {
    fn codes(&self) -> impl Iterator<Item = (u32, String)> + '_ {
        (0..self.quantity).map(|i| {
            let id = self.first.wrapping_add(u128::from(i)).to_be_bytes();
            (self.from + i, code::write(&self.vault.voucher_code(self.tenant, &id)))
        })
    }

    /// A row a voucher, with the mark by which spreadsheets know UTF-8.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = String::with_capacity(32 * (self.quantity as usize + 1));
        out.push_str("\u{feff}number,code\r\n");
        for (number, code) in self.codes() {
            out.push_str(&format!("{number},{code}\r\n"));
        }
        out.into_bytes()
    }

    /// The same as a workbook.
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        let head = Format::new().set_bold();
        sheet.write_string_with_format(0, 0, "number", &head)?;
        sheet.write_string_with_format(0, 1, "code", &head)?;
        sheet.set_column_width(1, 24)?;
        for (row, (number, code)) in (1..).zip(self.codes()) {
            sheet.write_number(row, 0, number)?;
            sheet.write_string(row, 1, code)?;
        }
        book.save_to_buffer()
    }

    /// Sheets of A4, a QR code and its text a voucher.
    pub fn pdf(&self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let (catalog, tree, latin, chinese) = (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4));
        let (cid, descriptor) = (Ref::new(5), Ref::new(6));
        pdf.catalog(catalog).pages(tree);
        pdf.type1_font(latin).base_font(Name(b"Courier-Bold"));
        chinese_font(&mut pdf, (chinese, cid, descriptor));
        let (mut pages, mut next) = (Vec::new(), 7);
        let codes: Vec<(u32, String)> = self.codes().collect();
        for part in codes.chunks((COLUMNS * ROWS) as usize) {
            let (page, stream) = (Ref::new(next), Ref::new(next + 1));
            (next, pages) = (next + 2, {
                pages.push(page);
                pages
            });
            let mut leaf = pdf.page(page);
            leaf.media_box(Rect::new(0.0, 0.0, SIDE.0, SIDE.1)).parent(tree).contents(stream);
            let mut resources = leaf.resources();
            resources.fonts().pair(Name(b"L"), latin).pair(Name(b"C"), chinese);
            resources.finish();
            leaf.finish();
            let drawn = deflated(&self.sheet(part));
            pdf.stream(stream, &drawn).filter(Filter::FlateDecode);
        }
        let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
        pdf.pages(tree).kids(pages).count(count);
        pdf.finish()
    }

    fn sheet(&self, codes: &[(u32, String)]) -> Vec<u8> {
        let mut drawn = Content::new();
        write(&mut drawn, (b"C", 11.0), (MARGIN, SIDE.1 - MARGIN), &utf16(&self.title));
        let width = (SIDE.0 - 2.0 * MARGIN) / COLUMNS as f32;
        let height = (SIDE.1 - 2.0 * MARGIN - 18.0) / ROWS as f32;
        for (at, (number, code)) in (0_u32..).zip(codes) {
            let left = MARGIN + width * (at % COLUMNS) as f32;
            let top = SIDE.1 - MARGIN - 18.0 - height * (at / COLUMNS) as f32;
            let aside = (width - QR) / 2.0;
            qr(&mut drawn, code, (left + aside, top - 8.0));
            // Courier is 0.6 of its size wide.
            let text = code.len() as f32 * 0.6 * 9.0;
            let below = top - 8.0 - QR - 14.0;
            write(&mut drawn, (b"L", 9.0), (left + (width - text) / 2.0, below), code.as_bytes());
            let number = number.to_string();
            write(&mut drawn, (b"L", 6.0), (left + aside, below - 9.0), number.as_bytes());
        }
        drawn.finish().to_vec()
    }
}

fn write(drawn: &mut Content, (font, size): (&[u8], f32), (x, y): (f32, f32), text: &[u8]) {
    drawn.begin_text().set_font(Name(font), size).next_line(x, y).show(Str(text)).end_text();
}

/// Draws the dark modules, a run of them a rectangle, below and right of a point.
fn qr(drawn: &mut Content, text: &str, (left, top): (f32, f32)) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return };
    let side = code.width();
    let module = QR / side as f32;
    for (y, row) in code.to_colors().chunks(side).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (from, below) = (left + x as f32 * module, top - (y + 1) as f32 * module);
                drawn.rect(from, below, run.len() as f32 * module, module);
            }
            x += run.len();
        }
    }
    drawn.fill_nonzero();
}

/// The song typeface that every reader of PDF has for Chinese, without its glyphs in the file.
fn chinese_font(pdf: &mut Pdf, (font, cid, descriptor): (Ref, Ref, Ref)) {
    let name = Name(b"STSong-Light");
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"UniGB-UCS2-H"))
        .descendant_font(cid);
    let system_info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"GB1"), supplement: 4 };
    pdf.cid_font(cid)
        .subtype(CidFontType::Type0)
        .base_font(name)
        .system_info(system_info)
        .font_descriptor(descriptor)
        .default_width(1000.0);
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(752.0)
        .descent(-271.0)
        .cap_height(737.0)
        .stem_v(58.0);
}

/// What the font's encoding wants: two bytes a character. What needs more has no glyph there.
fn utf16(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u16::try_from(u32::from(c)).unwrap_or(0x25A1))
        .flat_map(u16::to_be_bytes)
        .collect()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
