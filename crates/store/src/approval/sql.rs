//! Statements about approvals, one file each in `sql/approval/`.

crate::seam::statements! {
    DELETE_PARTS = "approval/delete_parts";
    INSERT_APPROVALS = "approval/insert_approvals";
    INSERT_PARTS = "approval/insert_parts";
    LOAD_APPROVALS = "approval/load_approvals";
    READ_APPROVAL = "approval/read_approval";
    READ_APPROVALS = "approval/read_approvals";
    READ_APPROVALS_OF = "approval/read_approvals_of";
    READ_APPROVALS_IN_STATE = "approval/read_approvals_in_state";
    READ_PART = "approval/read_part";
    UPDATE_APPROVALS = "approval/update_approvals";
    VERIFY_APPROVALS_PAGE = "approval/verify_approvals_page";
    VERIFY_COUNT_APPROVALS = "approval/verify_count_approvals";
    VERIFY_ENDS = "approval/verify_ends";
    VERIFY_PARTS = "approval/verify_parts";
    VERIFY_WITHOUT_TIMER = "approval/verify_without_timer";
}
