//! A limit on everything. Each constant names its unit last.

use std::num::NonZeroU32;

/// Characters of a text that buyers share.
pub const CONTENT_CHARS_MAX: usize = 8_000;
/// Characters of what is said of a change of it.
pub const CONTENT_NOTE_CHARS_MAX: usize = 300;
/// Bytes of a file that buyers share.
pub const CONTENT_FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// Bytes of a part in which it is sealed, in clear.
pub const CONTENT_PART_BYTES: usize = 1024 * 1024;
/// Seconds for which the address of such a file leads there.
pub const CONTENT_LINK_SECONDS: i64 = 600;
/// Versions of it that are told at once.
pub const CONTENT_CHANGES_TOLD: u32 = 20;
/// Lines of one order.
pub const ORDER_LINES_MAX: usize = 20;
/// Codes of one order, over all its lines.
pub const ORDER_QUANTITY_MAX: u32 = 500;
/// Bytes of the sealed codes of one order, over all its lines.
pub const ORDER_CODES_BYTES_MAX: i64 = 4 * 1024 * 1024;
/// Bytes of sealed codes that the commands of one batch load together.
pub const BATCH_CODES_BYTES_MAX: i64 = 64 * 1024 * 1024;
/// Bytes of one sealed code where its pool cannot tell: 16 KiB, and what fields and a seal add.
pub const SEALED_CODE_BYTES_MAX: i64 = 18 * 1024;
/// Characters of a buyer's external id.
pub const EXTERNAL_BUYER_CHARS_MAX: usize = 128;
/// Characters of an order's external id.
pub const EXTERNAL_ORDER_CHARS_MAX: usize = 64;
/// Characters of an `Idempotency-Key`.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;
/// Characters of a name that people read.
pub const NAME_CHARS_MAX: usize = 200;
/// Characters of a message of a shop to its buyers.
pub const SHOP_MESSAGE_CHARS_MAX: usize = 500;
/// Bytes of a file of products.
pub const PRODUCT_FILE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Rows of a file of products.
pub const PRODUCT_FILE_ROWS_MAX: usize = 5_000;
/// Days for which requests of programs are kept.
pub const REQUESTS_KEPT_DAYS: i64 = 7;
/// Characters of the reason why a merchant is suspended.
pub const SUSPENSION_REASON_CHARS_MAX: usize = 200;
/// Bytes of a shop's logo.
pub const LOGO_BYTES_MAX: usize = 32 * 1024;
/// Characters of a description.
pub const DESCRIPTION_CHARS_MAX: usize = 4000;
/// Steps of a usage guide.
pub const GUIDE_STEPS_MAX: usize = 12;
/// Characters of one step of a usage guide.
pub const GUIDE_STEP_CHARS_MAX: usize = 300;
/// Where a product may stand in its shop; what every JSON reader takes for a whole number.
pub const POSITION_MAX: i64 = (1 << 53) - 1;
/// Fields that a product asks its buyer to fill in.
pub const PRODUCT_INPUTS_MAX: usize = 6;
/// Answers that come with one order.
pub const ORDER_INPUTS_MAX: usize = 32;
/// Characters of the code of such a field.
pub const INPUT_CODE_CHARS_MAX: usize = 32;
/// Characters of an answer.
pub const INPUT_CHARS_MAX: usize = 200;
/// Fields that the codes of a SKU have.
pub const SKU_CODE_FIELDS_MAX: usize = 12;
/// Characters of the name of such a field.
pub const CODE_FIELD_NAME_CHARS_MAX: usize = 40;
/// Characters of the version of a text that a buyer agrees to.
pub const CONSENT_VERSION_CHARS_MAX: usize = 64;
/// SKUs of one product.
pub const PRODUCT_SKUS_MAX: usize = 100;
/// Bytes of a JSON body.
pub const JSON_BODY_BYTES_MAX: usize = 256 * 1024;
/// Bytes of a form that a buyer sends.
pub const FORM_BODY_BYTES_MAX: usize = 16 * 1024;
/// Pages that an address may open in a minute unless the configuration says otherwise.
pub const PAGES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(1_200).expect("it is more than none");
/// Seconds between two checkpoints of the journal unless the configuration says otherwise.
pub const CHECKPOINT_SECONDS: NonZeroU32 = NonZeroU32::new(3_600).expect("it is more than none");
/// Orders that a buyer's browser remembers in one shop.
pub const REMEMBERED_ORDERS_MAX: usize = 20;
/// Vouchers of these orders that are listed together, those of the newest orders before the others.
pub const OWNED_VOUCHERS_MAX: usize = 200;
/// Products on one page of a shop.
pub const SHOP_PAGE_PRODUCTS: usize = 48;
/// Products from which on a shop has a search box.
pub const SHOP_SEARCH_FROM: usize = 20;
/// Shelves that a shop's page links to.
pub const SHOP_SHELVES_MAX: usize = 40;
/// Products of all shops that are kept in memory for their pages; the shop that is visited is kept in any case.
pub const REMEMBERED_PRODUCTS_MAX: usize = 100_000;
/// Pixels on a side of a logo that is taken in, and of what is kept of it.
pub const LOGO_PIXELS_MAX: u32 = 2048;
/// Pixels on a side of a logo as it is kept.
pub const LOGO_PIXELS_KEPT: u32 = 256;
/// Bytes of an uploaded picture.
pub const PICTURE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Pixels of an uploaded picture.
pub const PICTURE_PIXELS_MAX: u64 = 40_000_000;
/// Pictures that are taken in at the same time; one of them is unpacked, the others wait.
pub const PICTURES_AT_ONCE: usize = 8;
/// Bytes of an uploaded code file.
pub const CODE_FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Bytes of one line of a code file.
pub const CODE_LINE_BYTES_MAX: usize = 8 * 1024;
/// A scrap that is searched for, in characters.
pub const SEARCH_CHARS_MAX: usize = 2_000;
/// Bytes of one value of a code.
pub const CODE_BYTES_MAX: usize = 16 * 1024;
/// Bytes of all values of a code.
pub const CODE_RECORD_BYTES_MAX: usize = 16 * 1024;
/// Fields of a code.
pub const CODE_FIELDS_MAX: usize = 12;
/// Rows of an error report; errors beyond it are counted, not listed.
pub const IMPORT_ERRORS_LISTED_MAX: u64 = 100_000;
/// Rows of each kind that an import lists; the others are counted only.
pub const IMPORT_ROWS_LISTED_MAX: u64 = 100_000;
/// Uploads of one merchant that are kept for answers at the same time.
pub const KEPT_UPLOADS_MAX: i64 = 20;
/// How long an upload is kept for answers, in days.
pub const KEPT_UPLOAD_DAYS: i64 = 7;
/// Lines of an import that are decided about apart in one request.
pub const DECIDED_LINES_MAX: usize = 10_000;
/// Bytes of one staged piece of an upload, in clear.
pub const STAGED_CHUNK_BYTES: usize = 256 * 1024;
/// Connections of callers, unless the configuration or the system's limit of descriptors says less.
pub const CONNECTIONS_MAX: usize = 10_000;
/// Connections of one person or key that listen to events.
pub const LISTENERS_EACH_MAX: usize = 4;
/// Connections that listen to events.
pub const LISTENERS_MAX: usize = 2_000;
/// Connections from one address without a valid key; many phones share the address of a mobile network.
pub const CONNECTIONS_ADDRESS_MAX: usize = 1_000;
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
/// Orders of one buyer that wait for money.
pub const UNPAID_ORDERS_BUYER_MAX: i64 = 20;
/// Orders from one network address that wait for money; many people share an address of a mobile network.
pub const UNPAID_ORDERS_ADDRESS_MAX: i64 = 50;
/// Orders from one device that wait for money.
pub const UNPAID_ORDERS_DEVICE_MAX: i64 = 5;
/// Unpaid pieces of a SKU that one browser holds.
pub const HELD_PIECES_BROWSER_MAX: u32 = 20;
/// Unpaid pieces of a SKU that one network address holds.
pub const HELD_PIECES_ADDRESS_MAX: u32 = 200;
/// Attempts to pay one order.
pub const ORDER_PAYMENTS_MAX: i64 = 10;
/// How long an order waits for money unless the configuration says otherwise, in seconds.
pub const HOLD_SECONDS: u32 = 900;
/// How long an order may be told to wait for money, in seconds: a day.
pub const HOLD_SECONDS_MAX: u32 = 86_400;
/// How long an order waits for a transfer unless its merchant says otherwise, in hours.
pub const TRANSFER_HOURS: u32 = 72;
/// How long it may be told to: a week.
pub const TRANSFER_HOURS_MAX: u32 = 168;
/// How long exchanges with payment channels are kept, in days.
pub const EXCHANGES_KEPT_DAYS: i64 = 180;
/// How long a recharge of a wallet waits for money, in seconds.
pub const RECHARGE_SECONDS: i64 = 900;
/// Codes of one export.
pub const EXPORT_CODES_MAX: i64 = 10_000;
/// Bytes of the sealed codes of one export.
pub const EXPORT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Times that the link of one order is given out in an hour.
pub const ORDER_LINKS_HOUR_MAX: i64 = 10;
/// Characters of a note about an order.
pub const NOTE_CHARS_MAX: usize = 1_000;
/// Characters of a reason that a person gives.
pub const REASON_CHARS_MAX: usize = 500;
/// How late the test channel may be asked to pay, in seconds: a day.
pub const TEST_PAY_AFTER_SECONDS_MAX: u32 = 86_400;
/// Bytes of a payment channel's notice.
pub const NOTICE_BODY_BYTES_MAX: usize = 16 * 1024;
/// Seconds that a notice's time may differ from ours.
pub const NOTICE_AGE_SECONDS_MAX: i64 = 300;
/// Items of one page of a list.
pub const PAGE_ITEMS_MAX: u32 = 200;
/// How long an idempotency record protects, in days.
pub const IDEMPOTENCY_DAYS: i64 = 7;

/// Resources of one kind that a merchant has in one mode, archived ones among them.
pub const RESOURCES_MAX: i64 = 10_000;
/// Bytes of the body of a resource as it is stored.
pub const RESOURCE_BYTES_MAX: usize = 64 * 1024;
/// Bytes of a key by which resources are found.
pub const RESOURCE_KEY_BYTES_MAX: usize = 512;
/// Keys by which one list of resources is filtered at once.
pub const RESOURCE_FILTERS_MAX: usize = 4;
/// Characters of a secret of a resource.
pub const RESOURCE_SECRET_CHARS_MAX: usize = 4096;
/// Resources that are saved together at most.
pub const APPLIED_RESOURCES_MAX: usize = 5_000;
/// Bytes of a body that saves resources together.
pub const APPLIED_BODY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Resources that are named where one cannot be archived because of them.
pub const REFERRERS_NAMED_MAX: usize = 5;

/// Requests a minute that a key can be limited to.
pub const REQUESTS_PER_MINUTE_MAX: u32 = 1_000_000;

/// Characters of a mail address.
pub const EMAIL_CHARS_MAX: usize = 254;
/// Roles of one member of staff.
pub const STAFF_ROLES_MAX: usize = 20;
/// Merchants at which one person works.
pub const PERSON_PLACES_MAX: usize = 100;
/// Sessions of one person at the same time; the oldest gives way.
pub const SESSIONS_MAX: usize = 20;
/// Browsers that are remembered of one person.
pub const DEVICES_MAX: usize = 20;
/// Passkeys of one person.
pub const PASSKEYS_MAX: usize = 10;
/// Recovery codes of one person.
pub const RECOVERY_CODES: usize = 10;
/// Seconds after which a session ends that nobody uses: half an hour.
pub const SESSION_IDLE_SECONDS: i64 = 1_800;
/// Seconds after which a session ends in any case: twelve hours.
pub const SESSION_SECONDS: i64 = 43_200;
/// Seconds for which a second factor counts for dangerous acts.
pub const STEP_UP_SECONDS: i64 = 600;
/// Seconds for which the link that sets an instance up may be used: a day.
pub const SET_UP_SECONDS: i64 = 86_400;
/// Seconds for which an invitation may be used: three days.
pub const INVITATION_SECONDS: i64 = 259_200;
/// Seconds for which a link of `staff recover` may be used: an hour.
pub const RECOVERY_SECONDS: i64 = 3_600;
/// Bytes of the request that is kept while it waits for a second person, in clear.
pub const APPROVAL_REQUEST_BYTES_MAX: usize = 2 * JSON_BODY_BYTES_MAX + 16 * 1024;
/// Bytes of what an approved act gave and is kept for who asked, in clear.
pub const APPROVAL_RESULT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Hours for which an act waits for a second person, unless the merchant's policy says otherwise.
pub const APPROVAL_HOURS: i64 = 72;
/// Hours for which an act may be told to wait: 30 days.
pub const APPROVAL_HOURS_MAX: i64 = 720;
/// Hours after which somebody may approve his own act where nobody else can.
pub const APPROVAL_ALONE_HOURS: i64 = 24;
/// Days for which what an approved act gave is kept for who asked.
pub const APPROVAL_RESULT_DAYS: i64 = 3;
/// Bytes of an uploaded workbook.
pub const WORKBOOK_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Days for which the file of an export is kept.
pub const EXPORT_DAYS: i64 = 1;
/// Seconds for which the address of an export's file leads there.
pub const EXPORT_LINK_SECONDS: i64 = 600;
/// Exports of one person or key that are not written yet; more are refused.
pub const EXPORTS_OPEN_MAX: usize = 5;
/// Bytes of a part of an export's file.
pub const EXPORT_PART_BYTES: usize = 8 * 1024 * 1024;
/// Passwords that wait to be hashed; more are refused at once.
pub const HASHES_WAITING_MAX: usize = 32;
