//! Statements about payments and receipts, one file each in `sql/payment/`.

crate::seam::statements! {
    DELETE_OLD_EXCHANGES = "payment/delete_old_exchanges";
    INSERT_CHANNEL_EXCHANGES = "payment/insert_channel_exchanges";
    INSERT_CHANNEL_PAYMENTS = "payment/insert_channel_payments";
    INSERT_PAYMENTS = "payment/insert_payments";
    INSERT_RECEIPTS = "payment/insert_receipts";
    INSERT_TEST_NOTICES = "payment/insert_test_notices";
    LOAD_CHANNEL_PAYMENTS = "payment/load_channel_payments";
    LOAD_PAYMENTS = "payment/load_payments";
    LOAD_RECEIPTS = "payment/load_receipts";
    READ_BOOK_OF_ACCOUNT = "payment/read_book_of_account";
    READ_CHANNEL_EXCHANGES = "payment/read_channel_exchanges";
    READ_CHANNEL_PAYMENT = "payment/read_channel_payment";
    READ_OLD_EXCHANGE = "payment/read_old_exchange";
    READ_PAYMENT = "payment/read_payment";
    READ_PAYMENT_AT_ACCOUNT = "payment/read_payment_at_account";
    READ_PAYMENTS_DOWN = "payment/read_payments_down";
    READ_PAYMENTS_NAMED = "payment/read_payments_named";
    READ_PAYMENTS_OF_ORDER = "payment/read_payments_of_order";
    READ_PAYMENTS_UP = "payment/read_payments_up";
    READ_RECEIPTS_OF_ORDER = "payment/read_receipts_of_order";
    READ_TEST_NOTICE = "payment/read_test_notice";
    READ_UNAPPLIED_OF_ORDERS = "payment/read_unapplied_of_orders";
    UPDATE_CHANNEL_PAYMENTS = "payment/update_channel_payments";
    UPDATE_PAYMENTS = "payment/update_payments";
    VERIFY_CHANNEL_PAYMENTS_PAGE = "payment/verify_channel_payments_page";
    VERIFY_COUNT_RECEIPTS = "payment/verify_count_receipts";
    VERIFY_COUNT_RECHARGES = "payment/verify_count_recharges";
    VERIFY_PAYMENTS_PAGE = "payment/verify_payments_page";
    VERIFY_RECEIPTS_APPLY = "payment/verify_receipts_apply";
    VERIFY_RECEIPTS_END = "payment/verify_receipts_end";
    VERIFY_RECHARGES = "payment/verify_recharges";
}
