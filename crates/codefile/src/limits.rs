//! Limits of a code file; each constant names its unit last.

/// Bytes of one value of a code.
pub const CODE_BYTES_MAX: usize = 16 * 1024;
/// Bytes of one physical line, as it stands in the file.
pub const LINE_BYTES_MAX: usize = 64 * 1024;
/// Bytes of the text of one record.
pub const RECORD_BYTES_MAX: usize = 128 * 1024;
/// Columns of one file.
pub const COLUMNS_MAX: usize = 64;
/// Bytes at the start of a file that are looked at together.
pub const HEAD_BYTES: usize = 256 * 1024;
/// Entries of a workbook's archive.
pub const ENTRIES_MAX: usize = 1_000;
/// Bytes to which a workbook unpacks.
pub const UNPACKED_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Texts that the cells of a workbook share.
pub const STRINGS_MAX: usize = 4 * 1024 * 1024;
/// Sheets of a workbook.
pub const SHEETS_MAX: usize = 64;
/// Rows of a sheet, as spreadsheets have it.
pub const SHEET_ROWS_MAX: u32 = 1 << 20;
/// Bytes of a sheet as text.
pub const SHEET_TEXT_BYTES_MAX: usize = 128 * 1024 * 1024;
/// Bytes of a cell that are looked at: one more than a code has.
pub const CELL_BYTES_MAX: usize = CODE_BYTES_MAX + 1;
/// Lines that a finding lists.
pub const FINDING_LINES_MAX: usize = 20;
/// Records of which an inspection shows the masked values.
pub const SAMPLE_ROWS: usize = 5;
