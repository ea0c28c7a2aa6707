//! Statements about idempotency records, one file each in `sql/idempotency/`.

crate::seam::statements! {
    INSERT_IDEMPOTENCY_0 = "idempotency/insert_idempotency_0";
    INSERT_IDEMPOTENCY_1 = "idempotency/insert_idempotency_1";
    LOAD_IDEMPOTENCY = "idempotency/load_idempotency";
    TRUNCATE_IDEMPOTENCY_0 = "idempotency/truncate_idempotency_0";
    TRUNCATE_IDEMPOTENCY_0_BEFORE = "idempotency/truncate_idempotency_0_before";
    TRUNCATE_IDEMPOTENCY_1_BEFORE = "idempotency/truncate_idempotency_1_before";
    TRUNCATE_IDEMPOTENCY_1 = "idempotency/truncate_idempotency_1";
    VERIFY_COUNT_IDEMPOTENCY = "idempotency/verify_count_idempotency";
    VERIFY_EXTERNAL_IDS_TWICE = "idempotency/verify_external_ids_twice";
    VERIFY_KEYS_TWICE = "idempotency/verify_keys_twice";
    VERIFY_OUTCOMES = "idempotency/verify_outcomes";
}
