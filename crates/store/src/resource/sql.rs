//! Statements about resources, one file each in `sql/resource/`.

crate::seam::statements! {
    DELETE_CLAIMS = "resource/delete_claims";
    DELETE_KEYS = "resource/delete_keys";
    DELETE_PICTURES = "resource/delete_pictures";
    DELETE_SECRETS = "resource/delete_secrets";
    INSERT_CLAIMS = "resource/insert_claims";
    INSERT_HEADS = "resource/insert_heads";
    INSERT_KEYS = "resource/insert_keys";
    INSERT_ROWS = "resource/insert_rows";
    INSERT_VERSIONS = "resource/insert_versions";
    LOAD_CLAIMS = "resource/load_claims";
    LOAD_HEADS = "resource/load_heads";
    LOAD_REFERRERS = "resource/load_referrers";
    LOAD_ROWS = "resource/load_rows";
    LOAD_STAMPED = "resource/load_stamped";
    READ_BY_CLAIM = "resource/read_by_claim";
    READ_FILTERED = "resource/read_filtered";
    READ_HISTORY = "resource/read_history";
    READ_NEWEST = "resource/read_newest";
    READ_PICTURE = "resource/read_picture";
    READ_ROW = "resource/read_row";
    READ_ROWS = "resource/read_rows";
    READ_SECRET = "resource/read_secret";
    READ_SORTED_DOWN = "resource/read_sorted_down";
    READ_SORTED_UP = "resource/read_sorted_up";
    READ_VERSION = "resource/read_version";
    UPDATE_CLAIMS = "resource/update_claims";
    UPDATE_HEADS = "resource/update_heads";
    UPDATE_ROWS = "resource/update_rows";
    UPSERT_PICTURES = "resource/upsert_pictures";
    UPSERT_SECRETS = "resource/upsert_secrets";
    VERIFY_CLAIMS = "resource/verify_claims";
    VERIFY_COUNTS = "resource/verify_counts";
    VERIFY_HEADS = "resource/verify_heads";
    VERIFY_KEYS = "resource/verify_keys";
    VERIFY_PICTURES = "resource/verify_pictures";
    VERIFY_ROWS_PAGE = "resource/verify_rows_page";
    VERIFY_SECRETS = "resource/verify_secrets";
    VERIFY_VERSIONS_PAGE = "resource/verify_versions_page";
}
