//! Statements about the journal, one file each in `sql/journal/`.

crate::sql::statements! {
    ADVANCE_JOURNAL = "journal/advance_journal";
    INSERT_JOURNAL = "journal/insert_journal";
    READ_JOURNAL = "journal/read_journal";
    READ_JOURNAL_NEWEST = "journal/read_journal_newest";
    READ_JOURNAL_ROW = "journal/read_journal_row";
    VERIFY_JOURNAL_ENDS = "journal/verify_journal_ends";
    VERIFY_JOURNAL_HEAD = "journal/verify_journal_head";
    VERIFY_JOURNAL_HOLES = "journal/verify_journal_holes";
    VERIFY_JOURNAL_PAGE = "journal/verify_journal_page";
}
