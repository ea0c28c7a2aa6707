//! Statements about the versions of configuration, one file each in `sql/config/`.

crate::seam::statements! {
    INSERT_VERSIONS = "config/insert_versions";
    LOAD_VERSIONS_EXCLUSIVE = "config/load_versions_exclusive";
    LOAD_VERSIONS_SHARED = "config/load_versions_shared";
    UPDATE_VERSIONS = "config/update_versions";
}
