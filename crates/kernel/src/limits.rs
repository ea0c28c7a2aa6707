//! A limit on everything. Each constant names its unit last.

/// Lines of one order.
pub const ORDER_LINES_MAX: usize = 20;
/// Codes of one order, over all its lines.
pub const ORDER_QUANTITY_MAX: u32 = 500;
/// Characters of a buyer's external id.
pub const EXTERNAL_BUYER_CHARS_MAX: usize = 128;
/// Characters of an order's external id.
pub const EXTERNAL_ORDER_CHARS_MAX: usize = 64;
/// Characters of an `Idempotency-Key`.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;
/// Characters of a name that people read.
pub const NAME_CHARS_MAX: usize = 200;
/// SKUs of one product.
pub const PRODUCT_SKUS_MAX: usize = 100;
/// Bytes of a JSON body.
pub const JSON_BODY_BYTES_MAX: usize = 256 * 1024;
/// Bytes of an uploaded code file.
pub const CODE_FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Bytes of one line of a code file.
pub const CODE_LINE_BYTES_MAX: usize = 8 * 1024;
/// Characters of a card number or of a password.
pub const CODE_CHARS_MAX: usize = 512;
/// Rows of an error report; errors beyond it are counted, not listed.
pub const IMPORT_ERRORS_LISTED_MAX: u64 = 100_000;
/// Bytes of one staged piece of an upload, in clear.
pub const STAGED_CHUNK_BYTES: usize = 256 * 1024;
/// Commands of one batch.
pub const BATCH_COMMANDS_MAX: usize = 1024;
/// Commands waiting in the interactive lane.
pub const INTERACTIVE_QUEUE_MAX: usize = 4096;
/// Seconds without an answer after which a connection to the database is given up. Longer than the lock
/// timeouts of one batch together.
pub const DATABASE_SILENCE_SECONDS_MAX: u64 = 20;
/// Commands waiting in the bulk lane.
pub const BULK_QUEUE_MAX: usize = 64;
/// Largest amount of one money field, in minor units: keeps sums of a batch far from overflow.
pub const AMOUNT_MINOR_MAX: i64 = 100_000_000_000;
/// Items of one page of a list.
pub const PAGE_ITEMS_MAX: u32 = 200;
/// How long an idempotency record protects, in days.
pub const IDEMPOTENCY_DAYS: i64 = 7;

/// Requests a minute that a key can be limited to.
pub const REQUESTS_PER_MINUTE_MAX: u32 = 1_000_000;
