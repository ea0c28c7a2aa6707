//! Statements about the chain over the journal, one file each in `sql/anchor/`.

crate::seam::statements! {
    INSERT_ANCHORS = "anchor/insert_anchors";
    INSERT_LEAVES = "anchor/insert_leaves";
    LOAD_ANCHORING = "anchor/load_anchoring";
    LOAD_ANCHORS = "anchor/load_anchors";
    READ_ANCHORING = "anchor/read_anchoring";
    READ_ANCHORS = "anchor/read_anchors";
    READ_BEHIND = "anchor/read_behind";
    READ_LAST_LEAVES = "anchor/read_last_leaves";
    READ_PART = "anchor/read_part";
    READ_PROOFS = "anchor/read_proofs";
    UPDATE_ANCHORING = "anchor/update_anchoring";
    UPDATE_ANCHORS = "anchor/update_anchors";
    VERIFY_LEAF_BOOKS = "anchor/verify_leaf_books";
    VERIFY_LEAVES = "anchor/verify_leaves";
    VERIFY_PAGE = "anchor/verify_page";
}
