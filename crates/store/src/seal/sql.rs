//! Statements about data keys and what is sealed, one file each in `sql/seal/`.

crate::seam::statements! {
    DELETE_SEAL_KEYS = "seal/delete_seal_keys";
    INSERT_DATA_KEY = "seal/insert_data_key";
    LOAD_DATA_KEYS = "seal/load_data_keys";
    LOAD_DATA_KEYS_LOCKED = "seal/load_data_keys_locked";
    READ_SEALED_APPROVAL_PARTS = "seal/read_sealed_approval_parts";
    READ_SEALED_BUYERS = "seal/read_sealed_buyers";
    READ_SEALED_CHUNKS = "seal/read_sealed_chunks";
    READ_SEALED_CODES = "seal/read_sealed_codes";
    READ_SEALED_CONTENTS = "seal/read_sealed_contents";
    READ_SEALED_PEOPLE = "seal/read_sealed_people";
    READ_SEALED_ORDER_INPUTS = "seal/read_sealed_order_inputs";
    READ_SEALED_RESOURCE_SECRETS = "seal/read_sealed_resource_secrets";
    RESEAL_APPROVAL_PARTS = "seal/reseal_approval_parts";
    RESEAL_BUYERS = "seal/reseal_buyers";
    RESEAL_CHUNKS = "seal/reseal_chunks";
    RESEAL_CODES = "seal/reseal_codes";
    RESEAL_CONTENTS = "seal/reseal_contents";
    RESEAL_PEOPLE = "seal/reseal_people";
    RESEAL_ORDER_INPUTS = "seal/reseal_order_inputs";
    RESEAL_RESOURCE_SECRETS = "seal/reseal_resource_secrets";
    UPSERT_DATA_KEY = "seal/upsert_data_key";
    VERIFY_COUNT_SEALED = "seal/verify_count_sealed";
    VERIFY_SEALED_APPROVAL_PARTS = "seal/verify_sealed_approval_parts";
    VERIFY_SEALED_BUYERS = "seal/verify_sealed_buyers";
    VERIFY_SEALED_CODES = "seal/verify_sealed_codes";
    VERIFY_SEALED_CONTENTS = "seal/verify_sealed_contents";
    VERIFY_SEALED_DATA_KEYS = "seal/verify_sealed_data_keys";
    VERIFY_SEALED_PEOPLE = "seal/verify_sealed_people";
    VERIFY_SEALED_ORDER_INPUTS = "seal/verify_sealed_order_inputs";
    VERIFY_SEALED_RESOURCE_SECRETS = "seal/verify_sealed_resource_secrets";
    VERIFY_SEALED_STAGED_CHUNKS = "seal/verify_sealed_staged_chunks";
    VERIFY_SEAL_KEYS = "seal/verify_seal_keys";
}
