//! Statements about work, one file each in `sql/work/`.

crate::seam::statements! {
    DELETE_WORK = "work/delete_work";
    INSERT_WORK = "work/insert_work";
    LOAD_WORK = "work/load_work";
    LOAD_WORK_DUE = "work/load_work_due";
    READ_PING = "work/read_ping";
    READ_WORK_BACKLOG = "work/read_work_backlog";
    READ_WORK_OF = "work/read_work_of";
    READ_WORK_PAGE = "work/read_work_page";
    RELEASE_LEASES = "work/release_leases";
    UPDATE_WORK = "work/update_work";
    UPSERT_PULSE = "work/upsert_pulse";
}
