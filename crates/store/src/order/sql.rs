//! Statements about orders, their lines and the counters of limits, one file each in `sql/order/`.

crate::seam::statements! {
    INSERT_COUNTERS = "order/insert_counters";
    INSERT_LINES = "order/insert_lines";
    INSERT_LOOKS = "order/insert_looks";
    INSERT_ORDERS = "order/insert_orders";
    INSERT_ORDER_INPUTS = "order/insert_order_inputs";
    LOAD_COUNTERS = "order/load_counters";
    LOAD_EXTERNAL_ORDERS = "order/load_external_orders";
    LOAD_LINES = "order/load_lines";
    LOAD_LOOKS = "order/load_looks";
    LOAD_ORDERS = "order/load_orders";
    READ_LINES = "order/read_lines";
    READ_LOOK = "order/read_look";
    READ_ORDER = "order/read_order";
    READ_ORDERS = "order/read_orders";
    READ_ORDER_BY_EXTERNAL_ID = "order/read_order_by_external_id";
    READ_ORDER_BY_LINK = "order/read_order_by_link";
    READ_ORDER_INPUT = "order/read_order_input";
    UPDATE_COUNTERS = "order/update_counters";
    UPDATE_LINES = "order/update_lines";
    UPDATE_ORDER_LINKS = "order/update_order_links";
    UPDATE_ORDERS = "order/update_orders";
    VERIFY_COUNT_LINES = "order/verify_count_lines";
    VERIFY_INPUTS_OF_NOTHING = "order/verify_inputs_of_nothing";
    VERIFY_LATEST_ORDER = "order/verify_latest_order";
    VERIFY_LINES_BETWEEN = "order/verify_lines_between";
    VERIFY_LINE_LENGTHS = "order/verify_line_lengths";
    VERIFY_LINE_VERSIONS = "order/verify_line_versions";
    VERIFY_LOOKS_PAGE = "order/verify_looks_page";
    VERIFY_ORDERS_IN_LIMBO = "order/verify_orders_in_limbo";
    VERIFY_ORDERS_PAGE = "order/verify_orders_page";
    VERIFY_ORDERS_PAID = "order/verify_orders_paid";
    VERIFY_ORDERS_REFUNDED = "order/verify_orders_refunded";
    VERIFY_ORDERS_WITHOUT_TIMER = "order/verify_orders_without_timer";
    VERIFY_ORDER_AMOUNTS = "order/verify_order_amounts";
}
