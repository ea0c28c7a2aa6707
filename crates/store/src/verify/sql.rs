//! The statements of `verify`, one file each in `sql/verify`. A test prepares all of them on both engines.
//!
//! Where two sides must agree, both are gathered with opposite signs and grouped by what they share:
//! one sort finds what either side lacks, on both engines, whatever the planner believes.

use crate::seam::Statement;

/// `sql/verify/accounts_page.sql`
pub static ACCOUNTS_PAGE: Statement =
    Statement::new("verify/accounts_page", include_str!("../../sql/verify/accounts_page.sql"));
/// `sql/verify/api_key_hashes.sql`
pub static API_KEY_HASHES: Statement =
    Statement::new("verify/api_key_hashes", include_str!("../../sql/verify/api_key_hashes.sql"));
/// `sql/verify/balances.sql`
pub static BALANCES: Statement =
    Statement::new("verify/balances", include_str!("../../sql/verify/balances.sql"));
/// `sql/verify/bounds.sql`
pub static BOUNDS: Statement =
    Statement::new("verify/bounds", include_str!("../../sql/verify/bounds.sql"));
/// `sql/verify/chain.sql`
pub static CHAIN: Statement =
    Statement::new("verify/chain", include_str!("../../sql/verify/chain.sql"));
/// `sql/verify/chain_missing.sql`
pub static CHAIN_MISSING: Statement =
    Statement::new("verify/chain_missing", include_str!("../../sql/verify/chain_missing.sql"));
/// `sql/verify/chain_starts.sql`
pub static CHAIN_STARTS: Statement =
    Statement::new("verify/chain_starts", include_str!("../../sql/verify/chain_starts.sql"));
/// `sql/verify/code_states.sql`
pub static CODE_STATES: Statement =
    Statement::new("verify/code_states", include_str!("../../sql/verify/code_states.sql"));
/// `sql/verify/code_lookups.sql`
pub static CODE_LOOKUPS: Statement =
    Statement::new("verify/code_lookups", include_str!("../../sql/verify/code_lookups.sql"));
/// `sql/verify/code_twins.sql`
pub static CODE_TWINS: Statement =
    Statement::new("verify/code_twins", include_str!("../../sql/verify/code_twins.sql"));
/// `sql/verify/doubts.sql`
pub static DOUBTS: Statement =
    Statement::new("verify/doubts", include_str!("../../sql/verify/doubts.sql"));
/// `sql/verify/code_tags.sql`
pub static CODE_TAGS: Statement =
    Statement::new("verify/code_tags", include_str!("../../sql/verify/code_tags.sql"));
/// `sql/verify/count_accounts.sql`
pub static COUNT_ACCOUNTS: Statement =
    Statement::new("verify/count_accounts", include_str!("../../sql/verify/count_accounts.sql"));
/// `sql/verify/count_bounded_accounts.sql`
pub static COUNT_BOUNDED_ACCOUNTS: Statement = Statement::new(
    "verify/count_bounded_accounts",
    include_str!("../../sql/verify/count_bounded_accounts.sql"),
);
/// `sql/verify/count_codes.sql`
pub static COUNT_CODES: Statement =
    Statement::new("verify/count_codes", include_str!("../../sql/verify/count_codes.sql"));
/// `sql/verify/count_holds.sql`
pub static COUNT_HOLDS: Statement =
    Statement::new("verify/count_holds", include_str!("../../sql/verify/count_holds.sql"));
/// `sql/verify/count_idempotency.sql`
pub static COUNT_IDEMPOTENCY: Statement = Statement::new(
    "verify/count_idempotency",
    include_str!("../../sql/verify/count_idempotency.sql"),
);
/// `sql/verify/count_lines.sql`
pub static COUNT_LINES: Statement =
    Statement::new("verify/count_lines", include_str!("../../sql/verify/count_lines.sql"));
/// `sql/verify/count_owned_codes.sql`
pub static COUNT_OWNED_CODES: Statement = Statement::new(
    "verify/count_owned_codes",
    include_str!("../../sql/verify/count_owned_codes.sql"),
);
/// `sql/verify/count_sealed.sql`
pub static COUNT_SEALED: Statement =
    Statement::new("verify/count_sealed", include_str!("../../sql/verify/count_sealed.sql"));
/// `sql/verify/count_units.sql`
pub static COUNT_UNITS: Statement =
    Statement::new("verify/count_units", include_str!("../../sql/verify/count_units.sql"));
/// `sql/verify/external_ids_twice.sql`
pub static EXTERNAL_IDS_TWICE: Statement = Statement::new(
    "verify/external_ids_twice",
    include_str!("../../sql/verify/external_ids_twice.sql"),
);
/// `sql/verify/held.sql`
pub static HELD: Statement =
    Statement::new("verify/held", include_str!("../../sql/verify/held.sql"));
/// `sql/verify/hold_states.sql`
pub static HOLD_STATES: Statement =
    Statement::new("verify/hold_states", include_str!("../../sql/verify/hold_states.sql"));
/// `sql/verify/holds_moved.sql`
pub static HOLDS_MOVED: Statement =
    Statement::new("verify/holds_moved", include_str!("../../sql/verify/holds_moved.sql"));
/// `sql/verify/holds_page.sql`
pub static HOLDS_PAGE: Statement =
    Statement::new("verify/holds_page", include_str!("../../sql/verify/holds_page.sql"));
/// `sql/verify/imports_page.sql`
pub static IMPORTS_PAGE: Statement =
    Statement::new("verify/imports_page", include_str!("../../sql/verify/imports_page.sql"));
/// `sql/verify/journal_ends.sql`
pub static JOURNAL_ENDS: Statement =
    Statement::new("verify/journal_ends", include_str!("../../sql/verify/journal_ends.sql"));
/// `sql/verify/journal_head.sql`
pub static JOURNAL_HEAD: Statement =
    Statement::new("verify/journal_head", include_str!("../../sql/verify/journal_head.sql"));
/// `sql/verify/journal_holes.sql`
pub static JOURNAL_HOLES: Statement =
    Statement::new("verify/journal_holes", include_str!("../../sql/verify/journal_holes.sql"));
/// `sql/verify/journal_page.sql`
pub static JOURNAL_PAGE: Statement =
    Statement::new("verify/journal_page", include_str!("../../sql/verify/journal_page.sql"));
/// `sql/verify/keys_twice.sql`
pub static KEYS_TWICE: Statement =
    Statement::new("verify/keys_twice", include_str!("../../sql/verify/keys_twice.sql"));
/// `sql/verify/latest_order.sql`
pub static LATEST_ORDER: Statement =
    Statement::new("verify/latest_order", include_str!("../../sql/verify/latest_order.sql"));
/// `sql/verify/line_codes.sql`
pub static LINE_CODES: Statement =
    Statement::new("verify/line_codes", include_str!("../../sql/verify/line_codes.sql"));
/// `sql/verify/line_lengths.sql`
pub static LINE_LENGTHS: Statement =
    Statement::new("verify/line_lengths", include_str!("../../sql/verify/line_lengths.sql"));
/// `sql/verify/line_versions.sql`
pub static LINE_VERSIONS: Statement =
    Statement::new("verify/line_versions", include_str!("../../sql/verify/line_versions.sql"));
/// `sql/verify/lines_between.sql`
pub static LINES_BETWEEN: Statement =
    Statement::new("verify/lines_between", include_str!("../../sql/verify/lines_between.sql"));
/// `sql/verify/order_amounts.sql`
pub static ORDER_AMOUNTS: Statement =
    Statement::new("verify/order_amounts", include_str!("../../sql/verify/order_amounts.sql"));
/// `sql/verify/orders_page.sql`
pub static ORDERS_PAGE: Statement =
    Statement::new("verify/orders_page", include_str!("../../sql/verify/orders_page.sql"));
/// `sql/verify/outcomes.sql`
pub static OUTCOMES: Statement =
    Statement::new("verify/outcomes", include_str!("../../sql/verify/outcomes.sql"));
/// `sql/verify/owners.sql`
pub static OWNERS: Statement =
    Statement::new("verify/owners", include_str!("../../sql/verify/owners.sql"));
/// `sql/verify/pool_left.sql`
pub static POOL_LEFT: Statement =
    Statement::new("verify/pool_left", include_str!("../../sql/verify/pool_left.sql"));
/// `sql/verify/pool_missing.sql`
pub static POOL_MISSING: Statement =
    Statement::new("verify/pool_missing", include_str!("../../sql/verify/pool_missing.sql"));
/// `sql/verify/pools.sql`
pub static POOLS: Statement =
    Statement::new("verify/pools", include_str!("../../sql/verify/pools.sql"));
/// `sql/verify/product_versions.sql`
pub static PRODUCT_VERSIONS: Statement = Statement::new(
    "verify/product_versions",
    include_str!("../../sql/verify/product_versions.sql"),
);
/// `sql/verify/looks_page.sql`
pub static LOOKS_PAGE: Statement =
    Statement::new("verify/looks_page", include_str!("../../sql/verify/looks_page.sql"));
/// `sql/verify/shops_page.sql`
pub static SHOPS_PAGE: Statement =
    Statement::new("verify/shops_page", include_str!("../../sql/verify/shops_page.sql"));
/// `sql/verify/products_page.sql`
pub static PRODUCTS_PAGE: Statement =
    Statement::new("verify/products_page", include_str!("../../sql/verify/products_page.sql"));
/// `sql/verify/seal_keys.sql`
pub static SEAL_KEYS: Statement =
    Statement::new("verify/seal_keys", include_str!("../../sql/verify/seal_keys.sql"));
/// `sql/verify/sealed_buyers.sql`
pub static SEALED_BUYERS: Statement =
    Statement::new("verify/sealed_buyers", include_str!("../../sql/verify/sealed_buyers.sql"));
/// `sql/verify/sealed_codes.sql`
pub static SEALED_CODES: Statement =
    Statement::new("verify/sealed_codes", include_str!("../../sql/verify/sealed_codes.sql"));
/// `sql/verify/sealed_data_keys.sql`
pub static SEALED_DATA_KEYS: Statement = Statement::new(
    "verify/sealed_data_keys",
    include_str!("../../sql/verify/sealed_data_keys.sql"),
);
/// `sql/verify/sealed_order_inputs.sql`
pub static SEALED_ORDER_INPUTS: Statement = Statement::new(
    "verify/sealed_order_inputs",
    include_str!("../../sql/verify/sealed_order_inputs.sql"),
);
/// `sql/verify/inputs_of_nothing.sql`
pub static INPUTS_OF_NOTHING: Statement = Statement::new(
    "verify/inputs_of_nothing",
    include_str!("../../sql/verify/inputs_of_nothing.sql"),
);
/// `sql/verify/sealed_staged_chunks.sql`
pub static SEALED_STAGED_CHUNKS: Statement = Statement::new(
    "verify/sealed_staged_chunks",
    include_str!("../../sql/verify/sealed_staged_chunks.sql"),
);
/// `sql/verify/stock.sql`
pub static STOCK: Statement =
    Statement::new("verify/stock", include_str!("../../sql/verify/stock.sql"));
/// `sql/verify/units.sql`
pub static UNITS: Statement =
    Statement::new("verify/units", include_str!("../../sql/verify/units.sql"));

/// `sql/verify/count_receipts.sql`
pub static COUNT_RECEIPTS: Statement =
    Statement::new("verify/count_receipts", include_str!("../../sql/verify/count_receipts.sql"));
/// `sql/verify/dead_holds.sql`
pub static DEAD_HOLDS: Statement =
    Statement::new("verify/dead_holds", include_str!("../../sql/verify/dead_holds.sql"));
/// `sql/verify/orders_in_limbo.sql`
pub static ORDERS_IN_LIMBO: Statement =
    Statement::new("verify/orders_in_limbo", include_str!("../../sql/verify/orders_in_limbo.sql"));
/// `sql/verify/orders_paid.sql`
pub static ORDERS_PAID: Statement =
    Statement::new("verify/orders_paid", include_str!("../../sql/verify/orders_paid.sql"));
/// `sql/verify/orders_refunded.sql`
pub static ORDERS_REFUNDED: Statement =
    Statement::new("verify/orders_refunded", include_str!("../../sql/verify/orders_refunded.sql"));
/// `sql/verify/orders_without_timer.sql`
pub static ORDERS_WITHOUT_TIMER: Statement = Statement::new(
    "verify/orders_without_timer",
    include_str!("../../sql/verify/orders_without_timer.sql"),
);
/// `sql/verify/payments_page.sql`
pub static PAYMENTS_PAGE: Statement =
    Statement::new("verify/payments_page", include_str!("../../sql/verify/payments_page.sql"));
/// `sql/verify/receipts_apply.sql`
pub static RECEIPTS_APPLY: Statement =
    Statement::new("verify/receipts_apply", include_str!("../../sql/verify/receipts_apply.sql"));
/// `sql/verify/receipts_end.sql`
pub static RECEIPTS_END: Statement =
    Statement::new("verify/receipts_end", include_str!("../../sql/verify/receipts_end.sql"));
/// `sql/verify/refunds_page.sql`
pub static REFUNDS_PAGE: Statement =
    Statement::new("verify/refunds_page", include_str!("../../sql/verify/refunds_page.sql"));
/// `sql/verify/batch_spans.sql`
pub static BATCH_SPANS: Statement =
    Statement::new("verify/batch_spans", include_str!("../../sql/verify/batch_spans.sql"));
/// `sql/verify/count_imports.sql`
pub static COUNT_IMPORTS: Statement =
    Statement::new("verify/count_imports", include_str!("../../sql/verify/count_imports.sql"));
/// `sql/verify/marked_codes.sql`
pub static MARKED_CODES: Statement =
    Statement::new("verify/marked_codes", include_str!("../../sql/verify/marked_codes.sql"));
/// `sql/verify/marks_without_job.sql`
pub static MARKS_WITHOUT_JOB: Statement = Statement::new(
    "verify/marks_without_job",
    include_str!("../../sql/verify/marks_without_job.sql"),
);
/// `sql/verify/walled_pools.sql`
pub static WALLED_POOLS: Statement =
    Statement::new("verify/walled_pools", include_str!("../../sql/verify/walled_pools.sql"));

/// Every statement of `verify`.
pub static ALL: &[&Statement] = &[
    &ACCOUNTS_PAGE,
    &API_KEY_HASHES,
    &BALANCES,
    &BOUNDS,
    &CHAIN,
    &CHAIN_MISSING,
    &CHAIN_STARTS,
    &CODE_STATES,
    &CODE_LOOKUPS,
    &CODE_TAGS,
    &CODE_TWINS,
    &DOUBTS,
    &COUNT_ACCOUNTS,
    &COUNT_BOUNDED_ACCOUNTS,
    &COUNT_CODES,
    &COUNT_HOLDS,
    &COUNT_IDEMPOTENCY,
    &COUNT_LINES,
    &COUNT_OWNED_CODES,
    &COUNT_SEALED,
    &COUNT_UNITS,
    &EXTERNAL_IDS_TWICE,
    &HELD,
    &HOLD_STATES,
    &HOLDS_MOVED,
    &HOLDS_PAGE,
    &IMPORTS_PAGE,
    &JOURNAL_ENDS,
    &JOURNAL_HEAD,
    &JOURNAL_HOLES,
    &JOURNAL_PAGE,
    &KEYS_TWICE,
    &LATEST_ORDER,
    &LINE_CODES,
    &LINE_LENGTHS,
    &LINE_VERSIONS,
    &LINES_BETWEEN,
    &ORDER_AMOUNTS,
    &ORDERS_PAGE,
    &OUTCOMES,
    &OWNERS,
    &POOL_LEFT,
    &POOL_MISSING,
    &POOLS,
    &PRODUCT_VERSIONS,
    &PRODUCTS_PAGE,
    &SHOPS_PAGE,
    &LOOKS_PAGE,
    &SEAL_KEYS,
    &SEALED_BUYERS,
    &SEALED_CODES,
    &SEALED_DATA_KEYS,
    &SEALED_ORDER_INPUTS,
    &INPUTS_OF_NOTHING,
    &SEALED_STAGED_CHUNKS,
    &STOCK,
    &UNITS,
    &COUNT_RECEIPTS,
    &DEAD_HOLDS,
    &ORDERS_IN_LIMBO,
    &ORDERS_PAID,
    &ORDERS_REFUNDED,
    &ORDERS_WITHOUT_TIMER,
    &PAYMENTS_PAGE,
    &RECEIPTS_APPLY,
    &RECEIPTS_END,
    &REFUNDS_PAGE,
    &BATCH_SPANS,
    &COUNT_IMPORTS,
    &MARKED_CODES,
    &MARKS_WITHOUT_JOB,
    &WALLED_POOLS,
];
