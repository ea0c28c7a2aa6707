//! Statements about vouchers and redemptions, one file each in `sql/voucher/`.

crate::seam::statements! {
    INSERT_REDEMPTIONS = "voucher/insert_redemptions";
    INSERT_RUNS = "voucher/insert_runs";
    INSERT_TOKENS = "voucher/insert_tokens";
    INSERT_VOUCHERS = "voucher/insert_vouchers";
    INSERT_VOUCHER_TAGS = "voucher/insert_voucher_tags";
    LOAD_DIGITS = "voucher/load_digits";
    LOAD_REDEMPTIONS = "voucher/load_redemptions";
    LOAD_RUNS = "voucher/load_runs";
    LOAD_TOKENS = "voucher/load_tokens";
    LOAD_VOUCHERS = "voucher/load_vouchers";
    LOAD_VOUCHER_TAGS = "voucher/load_voucher_tags";
    READ_DUE_VOUCHERS = "voucher/read_due_vouchers";
    READ_NEXT_END = "voucher/read_next_end";
    READ_REDEMPTION = "voucher/read_redemption";
    READ_REDEMPTIONS = "voucher/read_redemptions";
    READ_REDEMPTIONS_NAMED = "voucher/read_redemptions_named";
    READ_REDEMPTIONS_OF_STORE = "voucher/read_redemptions_of_store";
    READ_REDEMPTIONS_OF_VOUCHER = "voucher/read_redemptions_of_voucher";
    READ_RUN = "voucher/read_run";
    READ_RUNS = "voucher/read_runs";
    READ_TOKENS = "voucher/read_tokens";
    READ_VOUCHER = "voucher/read_voucher";
    READ_VOUCHERS_DOWN = "voucher/read_vouchers_down";
    READ_VOUCHERS_NAMED = "voucher/read_vouchers_named";
    READ_VOUCHERS_UP = "voucher/read_vouchers_up";
    READ_VOUCHER_BY_TAG = "voucher/read_voucher_by_tag";
    UPDATE_REDEMPTIONS = "voucher/update_redemptions";
    UPDATE_RUNS = "voucher/update_runs";
    UPDATE_TOKENS = "voucher/update_tokens";
    UPDATE_VOUCHERS = "voucher/update_vouchers";
    VERIFY_COUNT_VOUCHERS = "voucher/verify_count_vouchers";
    VERIFY_IMPORTED_VOUCHERS = "voucher/verify_imported_vouchers";
    VERIFY_OUTSTANDING = "voucher/verify_outstanding";
    VERIFY_REDEEMED = "voucher/verify_redeemed";
    VERIFY_REDEMPTIONS_PAGE = "voucher/verify_redemptions_page";
    VERIFY_UNEARNED = "voucher/verify_unearned";
    VERIFY_VOUCHERS_PAGE = "voucher/verify_vouchers_page";
    VERIFY_VOUCHER_STATES = "voucher/verify_voucher_states";
    VERIFY_VOUCHER_TAGS = "voucher/verify_voucher_tags";
}
