//! Statements about refunds, one file each in `sql/refund/`.

crate::seam::statements! {
    INSERT_REFUNDS = "refund/insert_refunds";
    LOAD_REFUNDS = "refund/load_refunds";
    READ_REFUND = "refund/read_refund";
    READ_REFUNDS_DOWN = "refund/read_refunds_down";
    READ_REFUNDS_NAMED = "refund/read_refunds_named";
    READ_REFUNDS_OF_ORDER = "refund/read_refunds_of_order";
    READ_REFUNDS_UP = "refund/read_refunds_up";
    READ_RETURNED_OF_ORDERS = "refund/read_returned_of_orders";
    UPDATE_REFUNDS = "refund/update_refunds";
    VERIFY_REFUNDS_PAGE = "refund/verify_refunds_page";
}
