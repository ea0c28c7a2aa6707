//! Statements about devices of stores, one file each in `sql/till/`.

crate::seam::statements! {
    INSERT_DEVICES = "till/insert_devices";
    LOAD_DEVICES = "till/load_devices";
    READ_DEVICE = "till/read_device";
    READ_DEVICE_BY_TAG = "till/read_device_by_tag";
    READ_DEVICES = "till/read_devices";
    UPDATE_DEVICES = "till/update_devices";
}
