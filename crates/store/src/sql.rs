//! The statements of the writer, one file each in `sql/`. A test prepares all of them on both engines.

use crate::seam::Statement;

macro_rules! statements {
    ($($name:ident = $path:literal;)*) => {
        $(
            #[doc = concat!("`sql/", $path, ".sql`")]
            pub static $name: Statement =
                Statement::new($path, include_str!(concat!("../sql/", $path, ".sql")));
        )*

        /// Every statement of the writer.
        pub static ALL: &[&Statement] = &[$(&$name),*];
    };
}

statements! {
    LOAD_ACCOUNTS = "load/accounts";
    LOAD_API_KEYS = "load/api_keys";
    LOAD_BUYERS_BY_ID = "load/buyers_by_id";
    LOAD_BUYERS_BY_TAG = "load/buyers_by_tag";
    LOAD_CODES = "load/codes";
    LOAD_CODES_BETWEEN = "load/codes_between";
    LOAD_CODES_OF_SKU = "load/codes_of_sku";
    LOAD_CODES_BEFORE = "load/codes_before";
    LOAD_CODES_BY_ID = "load/codes_by_id";
    LOAD_CODE_TAGS = "load/code_tags";
    LOAD_COUNTERS = "load/counters";
    LOAD_DATA_KEYS = "load/data_keys";
    LOAD_DATA_KEYS_LOCKED = "load/data_keys_locked";
    LOAD_EXTERNAL_ORDERS = "load/external_orders";
    LOAD_HOLDS = "load/holds";
    LOAD_IDEMPOTENCY = "load/idempotency";
    LOAD_IMPORTS = "load/imports";
    LOAD_LINES = "load/lines";
    LOAD_LOOKS = "load/looks";
    LOAD_MARKED_BATCHES = "load/marked_batches";
    LOAD_ORDERS = "load/orders";
    LOAD_OWNED_CODES = "load/owned_codes";
    LOAD_PAYMENTS = "load/payments";
    LOAD_POOLS = "load/pools";
    LOAD_PRODUCTS_SINCE = "load/products_since";
    LOAD_PRODUCT_VERSIONS = "load/product_versions";
    LOAD_RECEIPTS = "load/receipts";
    LOAD_REFUNDS = "load/refunds";
    LOAD_SHOP = "load/shop";
    LOAD_STALE_CODES = "load/stale_codes";
    LOAD_TENANT = "load/tenant";
    LOAD_VERSIONS_EXCLUSIVE = "load/versions_exclusive";
    LOAD_VERSIONS_SHARED = "load/versions_shared";
    LOAD_WORK = "load/work";
    LOAD_WORK_DUE = "load/work_due";
    ADD_TO_ACCOUNTS = "flush/add_to_accounts";
    ADVANCE_JOURNAL = "flush/advance_journal";
    DELETE_CHUNKS = "flush/delete_chunks";
    DELETE_CODES_BEFORE = "flush/delete_codes_before";
    DELETE_SEAL_KEYS = "flush/delete_seal_keys";
    DELETE_WORK = "flush/delete_work";
    INSERT_ACCOUNTS = "flush/insert_accounts";
    INSERT_API_KEYS = "flush/insert_api_keys";
    INSERT_BUYERS = "flush/insert_buyers";
    INSERT_CHUNKS = "flush/insert_chunks";
    INSERT_CODES = "flush/insert_codes";
    INSERT_CODE_LOOKUPS = "flush/insert_code_lookups";
    INSERT_CODE_TAGS = "flush/insert_code_tags";
    INSERT_COUNTERS = "flush/insert_counters";
    INSERT_DATA_KEY = "flush/insert_data_key";
    INSERT_HOLDS = "flush/insert_holds";
    INSERT_IDEMPOTENCY_0 = "flush/insert_idempotency_0";
    INSERT_IDEMPOTENCY_1 = "flush/insert_idempotency_1";
    INSERT_IMPORTS = "flush/insert_imports";
    INSERT_IMPORT_ERRORS = "flush/insert_import_errors";
    INSERT_IMPORT_ROWS = "flush/insert_import_rows";
    INSERT_JOURNAL = "flush/insert_journal";
    INSERT_LINES = "flush/insert_lines";
    INSERT_LOOKS = "flush/insert_looks";
    INSERT_ORDERS = "flush/insert_orders";
    INSERT_ORDER_INPUTS = "flush/insert_order_inputs";
    INSERT_PAYMENTS = "flush/insert_payments";
    INSERT_POOLS = "flush/insert_pools";
    INSERT_PRODUCT_VERSIONS = "flush/insert_product_versions";
    INSERT_RECEIPTS = "flush/insert_receipts";
    INSERT_REFUNDS = "flush/insert_refunds";
    INSERT_SKUS = "flush/insert_skus";
    INSERT_TENANTS = "flush/insert_tenants";
    INSERT_TEST_NOTICES = "flush/insert_test_notices";
    INSERT_TRANSFERS = "flush/insert_transfers";
    INSERT_VERSIONS = "flush/insert_versions";
    INSERT_WORK = "flush/insert_work";
    MOVE_CODES = "flush/move_codes";
    RELEASE_LEASES = "flush/release_leases";
    RESEAL_BUYERS = "flush/reseal_buyers";
    RESEAL_CHUNKS = "flush/reseal_chunks";
    RESEAL_CODES = "flush/reseal_codes";
    RESEAL_ORDER_INPUTS = "flush/reseal_order_inputs";
    TRUNCATE_IDEMPOTENCY_0 = "flush/truncate_idempotency_0";
    TRUNCATE_IDEMPOTENCY_1 = "flush/truncate_idempotency_1";
    UPDATE_ACCOUNTS = "flush/update_accounts";
    UPDATE_API_KEYS = "flush/update_api_keys";
    UPDATE_CODES = "flush/update_codes";
    UPDATE_CODE_TAGS = "flush/update_code_tags";
    UPDATE_COUNTERS = "flush/update_counters";
    UPDATE_HOLDS = "flush/update_holds";
    UPDATE_IMPORTS = "flush/update_imports";
    UPDATE_LINES = "flush/update_lines";
    UPDATE_ORDERS = "flush/update_orders";
    UPDATE_PAYMENTS = "flush/update_payments";
    UPDATE_POOLS = "flush/update_pools";
    UPDATE_REFUNDS = "flush/update_refunds";
    UPDATE_VERSIONS = "flush/update_versions";
    UPDATE_WORK = "flush/update_work";
    UPSERT_DATA_KEY = "flush/upsert_data_key";
    UPSERT_IMPORT_PLAN = "flush/upsert_import_plan";
    UPSERT_PULSE = "flush/upsert_pulse";
    UPSERT_PRODUCTS = "flush/upsert_products";
    UPSERT_SHOPS = "flush/upsert_shops";
}
