//! Statements about products, one file each in `sql/catalog/`.

crate::seam::statements! {
    INSERT_PRODUCT_VERSIONS = "catalog/insert_product_versions";
    INSERT_SKUS = "catalog/insert_skus";
    LOAD_PRODUCTS_SINCE = "catalog/load_products_since";
    LOAD_PRODUCT_VERSIONS = "catalog/load_product_versions";
    READ_PRODUCT = "catalog/read_product";
    READ_PRODUCTS = "catalog/read_products";
    READ_PRODUCTS_SHOWN = "catalog/read_products_shown";
    READ_PRODUCTS_SINCE = "catalog/read_products_since";
    READ_PRODUCT_OF_SKU = "catalog/read_product_of_sku";
    READ_PRODUCT_VERSION = "catalog/read_product_version";
    UPSERT_PRODUCTS = "catalog/upsert_products";
    VERIFY_PRODUCTS_PAGE = "catalog/verify_products_page";
    VERIFY_PRODUCT_VERSIONS = "catalog/verify_product_versions";
}
