//! Statements about what buyers share, one file each in `sql/content/`.

crate::seam::statements! {
    INSERT_CONTENTS = "content/insert_contents";
    READ_CONTENT = "content/read_content";
    READ_CONTENTS_BEFORE = "content/read_contents_before";
    READ_CONTENT_NEWEST = "content/read_content_newest";
    READ_CONTENT_NUMBERED = "content/read_content_numbered";
    VERIFY_CONTENTS_PAGE = "content/verify_contents_page";
    VERIFY_CONTENT_NUMBERS = "content/verify_content_numbers";
    VERIFY_COUNT_CONTENTS = "content/verify_count_contents";
    VERIFY_HELD_VERSIONS = "content/verify_held_versions";
    VERIFY_HOLDERS = "content/verify_holders";
}
