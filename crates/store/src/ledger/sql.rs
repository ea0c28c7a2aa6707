//! Statements about accounts, holds and transfers, one file each in `sql/ledger/`.

crate::seam::statements! {
    ADD_TO_ACCOUNTS = "ledger/add_to_accounts";
    INSERT_ACCOUNTS = "ledger/insert_accounts";
    INSERT_HOLDS = "ledger/insert_holds";
    INSERT_TRANSFERS = "ledger/insert_transfers";
    LOAD_ACCOUNTS = "ledger/load_accounts";
    LOAD_HOLDS = "ledger/load_holds";
    READ_ACCOUNT = "ledger/read_account";
    READ_ACCOUNTS = "ledger/read_accounts";
    READ_ACCOUNTS_BY_ID = "ledger/read_accounts_by_id";
    READ_ENTRIES = "ledger/read_entries";
    READ_HOLD = "ledger/read_hold";
    READ_TRANSFER = "ledger/read_transfer";
    READ_TRANSFERS = "ledger/read_transfers";
    READ_TRANSFERS_BETWEEN = "ledger/read_transfers_between";
    UPDATE_ACCOUNTS = "ledger/update_accounts";
    UPDATE_HOLDS = "ledger/update_holds";
    VERIFY_ACCOUNTS_PAGE = "ledger/verify_accounts_page";
    VERIFY_BALANCES = "ledger/verify_balances";
    VERIFY_BOUNDS = "ledger/verify_bounds";
    VERIFY_CHAIN = "ledger/verify_chain";
    VERIFY_CHAIN_MISSING = "ledger/verify_chain_missing";
    VERIFY_CHAIN_STARTS = "ledger/verify_chain_starts";
    VERIFY_COUNT_ACCOUNTS = "ledger/verify_count_accounts";
    VERIFY_COUNT_BOUNDED_ACCOUNTS = "ledger/verify_count_bounded_accounts";
    VERIFY_COUNT_HOLDS = "ledger/verify_count_holds";
    VERIFY_COUNT_UNITS = "ledger/verify_count_units";
    VERIFY_DEAD_HOLDS = "ledger/verify_dead_holds";
    VERIFY_HELD = "ledger/verify_held";
    VERIFY_HOLDS_MOVED = "ledger/verify_holds_moved";
    VERIFY_HOLDS_PAGE = "ledger/verify_holds_page";
    VERIFY_HOLD_STATES = "ledger/verify_hold_states";
    VERIFY_UNITS = "ledger/verify_units";
}
