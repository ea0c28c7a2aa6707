//! Statements about what is told behind the journal, one file each in `sql/insight/`.

crate::seam::statements! {
    ADD_TO_BATCH_SALES = "insight/add_to_batch_sales";
    ADD_TO_SALES = "insight/add_to_sales";
    DELETE_ORDER_KEYS = "insight/delete_order_keys";
    INSERT_ORDER_FACTS = "insight/insert_order_facts";
    INSERT_ORDER_KEYS = "insight/insert_order_keys";
    LOAD_FOLLOWED = "insight/load_followed";
    READ_BATCH_SALES = "insight/read_batch_sales";
    READ_BATCHES_OF_CODES = "insight/read_batches_of_codes";
    READ_BATCHES_OF_IDS = "insight/read_batches_of_ids";
    READ_BEHIND = "insight/read_behind";
    READ_FACTS_OF_ORDER = "insight/read_facts_of_order";
    READ_FOLLOWED = "insight/read_followed";
    READ_FOUND_DOWN = "insight/read_found_down";
    READ_FOUND_UP = "insight/read_found_up";
    READ_IDS_DOWN = "insight/read_ids_down";
    READ_IDS_UP = "insight/read_ids_up";
    READ_INPUTS_OF_ORDERS = "insight/read_inputs_of_orders";
    READ_NEXT_CODES = "insight/read_next_codes";
    READ_ORDERS_NAMED = "insight/read_orders_named";
    READ_RECEIPTS_NUMBERED = "insight/read_receipts_numbered";
    READ_SALES_BY_SKU = "insight/read_sales_by_sku";
    READ_SALES_OF_SKU = "insight/read_sales_of_sku";
    READ_SALES_OVER_TIME = "insight/read_sales_over_time";
    READ_SOLD = "insight/read_sold";
    READ_SORTED_DOWN = "insight/read_sorted_down";
    READ_SORTED_UP = "insight/read_sorted_up";
    TRUNCATE_BATCH_SALES = "insight/truncate_batch_sales";
    TRUNCATE_FOLLOWED = "insight/truncate_followed";
    TRUNCATE_ORDER_FACTS = "insight/truncate_order_facts";
    TRUNCATE_ORDER_KEYS = "insight/truncate_order_keys";
    TRUNCATE_SALES = "insight/truncate_sales";
    UPSERT_FOLLOWED = "insight/upsert_followed";
    VERIFY_COUNT_FACTS = "insight/verify_count_facts";
    VERIFY_COUNT_SALES = "insight/verify_count_sales";
    VERIFY_FACTS_OF_NOTHING = "insight/verify_facts_of_nothing";
    VERIFY_FOLLOWED = "insight/verify_followed";
    VERIFY_KEYS_MISSING = "insight/verify_keys_missing";
    VERIFY_KEYS_OF_NOTHING = "insight/verify_keys_of_nothing";
    VERIFY_SALES = "insight/verify_sales";
}
