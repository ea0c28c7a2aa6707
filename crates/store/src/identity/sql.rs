//! Statements about merchants, keys and buyers, one file each in `sql/identity/`.

crate::seam::statements! {
    INSERT_API_KEYS = "identity/insert_api_keys";
    INSERT_BUYER_IDS = "identity/insert_buyer_ids";
    INSERT_BUYERS = "identity/insert_buyers";
    INSERT_TENANTS = "identity/insert_tenants";
    LOAD_API_KEYS = "identity/load_api_keys";
    LOAD_BUYERS_BY_ID = "identity/load_buyers_by_id";
    LOAD_BUYERS_BY_TAG = "identity/load_buyers_by_tag";
    LOAD_TENANT = "identity/load_tenant";
    READ_API_KEYS = "identity/read_api_keys";
    READ_API_KEY = "identity/read_api_key";
    READ_API_KEY_BY_HASH = "identity/read_api_key_by_hash";
    READ_BUYER = "identity/read_buyer";
    READ_BUYERS = "identity/read_buyers";
    READ_BUYER_BY_TAG = "identity/read_buyer_by_tag";
    READ_TENANT = "identity/read_tenant";
    READ_TENANTS = "identity/read_tenants";
    UPDATE_API_KEYS = "identity/update_api_keys";
    VERIFY_API_KEY_HASHES = "identity/verify_api_key_hashes";
    VERIFY_BUYER_IDS = "identity/verify_buyer_ids";
    VERIFY_COUNT_BUYERS = "identity/verify_count_buyers";
}
