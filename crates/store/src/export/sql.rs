//! Statements about exports, one file each in `sql/export/`.

crate::seam::statements! {
    INSERT_EXPORTS = "export/insert_exports";
    LOAD_EXPORTS = "export/load_exports";
    READ_EXPORT = "export/read_export";
    READ_EXPORTS_OF = "export/read_exports_of";
    UPDATE_EXPORTS = "export/update_exports";
    VERIFY_COUNT_EXPORTS = "export/verify_count_exports";
    VERIFY_EXPORTS_PAGE = "export/verify_exports_page";
    VERIFY_WITHOUT_WORK = "export/verify_without_work";
    VERIFY_WORK_FOR_NOTHING = "export/verify_work_for_nothing";
}
