//! The statements of the reader, one file each in `sql/read`. A test prepares all of them on both engines.

use crate::seam::Statement;

/// `sql/read/account.sql`
pub static ACCOUNT: Statement =
    Statement::new("read/account", include_str!("../../sql/read/account.sql"));
/// `sql/read/accounts.sql`
pub static ACCOUNTS: Statement =
    Statement::new("read/accounts", include_str!("../../sql/read/accounts.sql"));
/// `sql/read/accounts_by_id.sql`
pub static ACCOUNTS_BY_ID: Statement =
    Statement::new("read/accounts_by_id", include_str!("../../sql/read/accounts_by_id.sql"));
/// `sql/read/api_key_by_hash.sql`
pub static API_KEY_BY_HASH: Statement =
    Statement::new("read/api_key_by_hash", include_str!("../../sql/read/api_key_by_hash.sql"));
/// `sql/read/api_keys.sql`
pub static API_KEYS: Statement =
    Statement::new("read/api_keys", include_str!("../../sql/read/api_keys.sql"));
/// `sql/read/batch_seen.sql`
pub static BATCH_SEEN: Statement =
    Statement::new("read/batch_seen", include_str!("../../sql/read/batch_seen.sql"));
/// `sql/read/batch_states.sql`
pub static BATCH_STATES: Statement =
    Statement::new("read/batch_states", include_str!("../../sql/read/batch_states.sql"));
/// `sql/read/buyer.sql`
pub static BUYER: Statement =
    Statement::new("read/buyer", include_str!("../../sql/read/buyer.sql"));
/// `sql/read/buyer_by_tag.sql`
pub static BUYER_BY_TAG: Statement =
    Statement::new("read/buyer_by_tag", include_str!("../../sql/read/buyer_by_tag.sql"));
/// `sql/read/buyers.sql`
pub static BUYERS: Statement =
    Statement::new("read/buyers", include_str!("../../sql/read/buyers.sql"));
/// `sql/read/code_by_id.sql`
pub static CODE_BY_ID: Statement =
    Statement::new("read/code_by_id", include_str!("../../sql/read/code_by_id.sql"));
/// `sql/read/code_by_tag_before.sql`
pub static CODE_BY_TAG_BEFORE: Statement = Statement::new(
    "read/code_by_tag_before",
    include_str!("../../sql/read/code_by_tag_before.sql"),
);
/// `sql/read/codes_after_id.sql`
pub static CODES_AFTER_ID: Statement =
    Statement::new("read/codes_after_id", include_str!("../../sql/read/codes_after_id.sql"));
/// `sql/read/codes_by_lookup.sql`
pub static CODES_BY_LOOKUP: Statement =
    Statement::new("read/codes_by_lookup", include_str!("../../sql/read/codes_by_lookup.sql"));
/// `sql/read/doubtful_codes.sql`
pub static DOUBTFUL_CODES: Statement =
    Statement::new("read/doubtful_codes", include_str!("../../sql/read/doubtful_codes.sql"));
/// `sql/read/import_plan.sql`
pub static IMPORT_PLAN: Statement =
    Statement::new("read/import_plan", include_str!("../../sql/read/import_plan.sql"));
/// `sql/read/import_rows.sql`
pub static IMPORT_ROWS: Statement =
    Statement::new("read/import_rows", include_str!("../../sql/read/import_rows.sql"));
/// `sql/read/codes.sql`
pub static CODES: Statement =
    Statement::new("read/codes", include_str!("../../sql/read/codes.sql"));
/// `sql/read/entries.sql`
pub static ENTRIES: Statement =
    Statement::new("read/entries", include_str!("../../sql/read/entries.sql"));
/// `sql/read/hold.sql`
pub static HOLD: Statement = Statement::new("read/hold", include_str!("../../sql/read/hold.sql"));
/// `sql/read/import.sql`
pub static IMPORT: Statement =
    Statement::new("read/import", include_str!("../../sql/read/import.sql"));
/// `sql/read/import_by_batch.sql`
pub static IMPORT_BY_BATCH: Statement =
    Statement::new("read/import_by_batch", include_str!("../../sql/read/import_by_batch.sql"));
/// `sql/read/import_errors.sql`
pub static IMPORT_ERRORS: Statement =
    Statement::new("read/import_errors", include_str!("../../sql/read/import_errors.sql"));
/// `sql/read/imports.sql`
pub static IMPORTS: Statement =
    Statement::new("read/imports", include_str!("../../sql/read/imports.sql"));
/// `sql/read/journal.sql`
pub static JOURNAL: Statement =
    Statement::new("read/journal", include_str!("../../sql/read/journal.sql"));
/// `sql/read/journal_newest.sql`
pub static JOURNAL_NEWEST: Statement =
    Statement::new("read/journal_newest", include_str!("../../sql/read/journal_newest.sql"));
/// `sql/read/journal_row.sql`
pub static JOURNAL_ROW: Statement =
    Statement::new("read/journal_row", include_str!("../../sql/read/journal_row.sql"));
/// `sql/read/lines.sql`
pub static LINES: Statement =
    Statement::new("read/lines", include_str!("../../sql/read/lines.sql"));
/// `sql/read/look.sql`
pub static LOOK: Statement = Statement::new("read/look", include_str!("../../sql/read/look.sql"));
/// `sql/read/order.sql`
pub static ORDER: Statement =
    Statement::new("read/order", include_str!("../../sql/read/order.sql"));
/// `sql/read/order_by_external_id.sql`
pub static ORDER_BY_EXTERNAL_ID: Statement = Statement::new(
    "read/order_by_external_id",
    include_str!("../../sql/read/order_by_external_id.sql"),
);
/// `sql/read/order_input.sql`
pub static ORDER_INPUT: Statement =
    Statement::new("read/order_input", include_str!("../../sql/read/order_input.sql"));
/// `sql/read/orders.sql`
pub static ORDERS: Statement =
    Statement::new("read/orders", include_str!("../../sql/read/orders.sql"));
/// `sql/read/ping.sql`
pub static PING: Statement = Statement::new("read/ping", include_str!("../../sql/read/ping.sql"));
/// `sql/read/product.sql`
pub static PRODUCT: Statement =
    Statement::new("read/product", include_str!("../../sql/read/product.sql"));
/// `sql/read/product_of_sku.sql`
pub static PRODUCT_OF_SKU: Statement =
    Statement::new("read/product_of_sku", include_str!("../../sql/read/product_of_sku.sql"));
/// `sql/read/product_version.sql`
pub static PRODUCT_VERSION: Statement =
    Statement::new("read/product_version", include_str!("../../sql/read/product_version.sql"));
/// `sql/read/products.sql`
pub static PRODUCTS: Statement =
    Statement::new("read/products", include_str!("../../sql/read/products.sql"));
/// `sql/read/sealed_buyers.sql`
pub static SEALED_BUYERS: Statement =
    Statement::new("read/sealed_buyers", include_str!("../../sql/read/sealed_buyers.sql"));
/// `sql/read/sealed_chunks.sql`
pub static SEALED_CHUNKS: Statement =
    Statement::new("read/sealed_chunks", include_str!("../../sql/read/sealed_chunks.sql"));
/// `sql/read/sealed_codes.sql`
pub static SEALED_CODES: Statement =
    Statement::new("read/sealed_codes", include_str!("../../sql/read/sealed_codes.sql"));
/// `sql/read/sealed_order_inputs.sql`
pub static SEALED_ORDER_INPUTS: Statement = Statement::new(
    "read/sealed_order_inputs",
    include_str!("../../sql/read/sealed_order_inputs.sql"),
);
/// `sql/read/shop.sql`
pub static SHOP: Statement = Statement::new("read/shop", include_str!("../../sql/read/shop.sql"));
/// `sql/read/shop_logo.sql`
pub static SHOP_LOGO: Statement =
    Statement::new("read/shop_logo", include_str!("../../sql/read/shop_logo.sql"));
/// `sql/read/staged_chunk.sql`
pub static STAGED_CHUNK: Statement =
    Statement::new("read/staged_chunk", include_str!("../../sql/read/staged_chunk.sql"));
/// `sql/read/tenant.sql`
pub static TENANT: Statement =
    Statement::new("read/tenant", include_str!("../../sql/read/tenant.sql"));
/// `sql/read/tenants.sql`
pub static TENANTS: Statement =
    Statement::new("read/tenants", include_str!("../../sql/read/tenants.sql"));
/// `sql/read/transfer.sql`
pub static TRANSFER: Statement =
    Statement::new("read/transfer", include_str!("../../sql/read/transfer.sql"));
/// `sql/read/transfers.sql`
pub static TRANSFERS: Statement =
    Statement::new("read/transfers", include_str!("../../sql/read/transfers.sql"));
/// `sql/read/work_of.sql`
pub static WORK_OF: Statement =
    Statement::new("read/work_of", include_str!("../../sql/read/work_of.sql"));
/// `sql/read/work_page.sql`
pub static WORK_PAGE: Statement =
    Statement::new("read/work_page", include_str!("../../sql/read/work_page.sql"));
/// `sql/read/work_backlog.sql`
pub static WORK_BACKLOG: Statement =
    Statement::new("read/work_backlog", include_str!("../../sql/read/work_backlog.sql"));

/// `sql/read/order_by_link.sql`
pub static ORDER_BY_LINK: Statement =
    Statement::new("read/order_by_link", include_str!("../../sql/read/order_by_link.sql"));
/// `sql/read/payment.sql`
pub static PAYMENT: Statement =
    Statement::new("read/payment", include_str!("../../sql/read/payment.sql"));
/// `sql/read/payments_of_order.sql`
pub static PAYMENTS_OF_ORDER: Statement =
    Statement::new("read/payments_of_order", include_str!("../../sql/read/payments_of_order.sql"));
/// `sql/read/refund.sql`
pub static REFUND: Statement =
    Statement::new("read/refund", include_str!("../../sql/read/refund.sql"));
/// `sql/read/refunds_of_order.sql`
pub static REFUNDS_OF_ORDER: Statement =
    Statement::new("read/refunds_of_order", include_str!("../../sql/read/refunds_of_order.sql"));
/// `sql/read/products_since.sql`
pub static PRODUCTS_SINCE: Statement =
    Statement::new("read/products_since", include_str!("../../sql/read/products_since.sql"));
/// `sql/read/receipts_of_order.sql`
pub static RECEIPTS_OF_ORDER: Statement =
    Statement::new("read/receipts_of_order", include_str!("../../sql/read/receipts_of_order.sql"));
/// `sql/read/unapplied_of_orders.sql`
pub static UNAPPLIED_OF_ORDERS: Statement = Statement::new(
    "read/unapplied_of_orders",
    include_str!("../../sql/read/unapplied_of_orders.sql"),
);
/// `sql/read/returned_of_orders.sql`
pub static RETURNED_OF_ORDERS: Statement = Statement::new(
    "read/returned_of_orders",
    include_str!("../../sql/read/returned_of_orders.sql"),
);
/// `sql/read/test_notice.sql`
pub static TEST_NOTICE: Statement =
    Statement::new("read/test_notice", include_str!("../../sql/read/test_notice.sql"));

/// Every statement of the reader.
pub static ALL: &[&Statement] = &[
    &ACCOUNT,
    &ACCOUNTS,
    &ACCOUNTS_BY_ID,
    &API_KEY_BY_HASH,
    &API_KEYS,
    &BATCH_SEEN,
    &BATCH_STATES,
    &BUYER,
    &BUYER_BY_TAG,
    &BUYERS,
    &CODE_BY_ID,
    &CODE_BY_TAG_BEFORE,
    &CODES_AFTER_ID,
    &CODES_BY_LOOKUP,
    &DOUBTFUL_CODES,
    &IMPORT_PLAN,
    &IMPORT_ROWS,
    &CODES,
    &ENTRIES,
    &HOLD,
    &IMPORT,
    &IMPORT_BY_BATCH,
    &IMPORT_ERRORS,
    &IMPORTS,
    &JOURNAL,
    &JOURNAL_NEWEST,
    &JOURNAL_ROW,
    &LINES,
    &LOOK,
    &ORDER,
    &ORDER_BY_EXTERNAL_ID,
    &ORDER_INPUT,
    &ORDERS,
    &PING,
    &PRODUCT,
    &PRODUCT_OF_SKU,
    &PRODUCT_VERSION,
    &PRODUCTS,
    &SEALED_BUYERS,
    &SEALED_CHUNKS,
    &SEALED_CODES,
    &SEALED_ORDER_INPUTS,
    &SHOP,
    &SHOP_LOGO,
    &STAGED_CHUNK,
    &TENANT,
    &TENANTS,
    &TRANSFER,
    &TRANSFERS,
    &WORK_PAGE,
    &WORK_BACKLOG,
    &WORK_OF,
    &ORDER_BY_LINK,
    &PAYMENT,
    &PAYMENTS_OF_ORDER,
    &REFUND,
    &REFUNDS_OF_ORDER,
    &PRODUCTS_SINCE,
    &RECEIPTS_OF_ORDER,
    &UNAPPLIED_OF_ORDERS,
    &RETURNED_OF_ORDERS,
    &TEST_NOTICE,
];
