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
/// Lines that a finding lists.
pub const FINDING_LINES_MAX: usize = 20;
/// Records of which an inspection shows the masked values.
pub const SAMPLE_ROWS: usize = 5;
