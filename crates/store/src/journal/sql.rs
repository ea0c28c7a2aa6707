//! Statements about the journal, one file each in `sql/journal/`.

crate::seam::statements! {
    ADVANCE_JOURNAL = "journal/advance_journal";
    INSERT_DATABASE_NAME = "journal/insert_database_name";
    INSERT_JOURNAL = "journal/insert_journal";
    READ_AUDIT = "journal/read_audit";
    READ_AUDIT_DOWN = "journal/read_audit_down";
    READ_DATABASE_NAME = "journal/read_database_name";
    READ_JOURNAL = "journal/read_journal";
    READ_JOURNAL_AT = "journal/read_journal_at";
    READ_JOURNAL_BEFORE = "journal/read_journal_before";
    READ_JOURNAL_HEAD = "journal/read_journal_head";
    READ_JOURNAL_HEADS = "journal/read_journal_heads";
    READ_NEWS = "journal/read_news";
    READ_JOURNAL_ROWS = "journal/read_journal_rows";
    VERIFY_COUNT_JOURNAL = "journal/verify_count_journal";
    VERIFY_JOURNAL_GAPS = "journal/verify_journal_gaps";
    VERIFY_JOURNAL_PAGE = "journal/verify_journal_page";
}
