//! Statements about shops, one file each in `sql/shop/`.

crate::seam::statements! {
    LOAD_SHOP = "shop/load_shop";
    READ_SHOP = "shop/read_shop";
    READ_SHOP_LOGO = "shop/read_shop_logo";
    UPSERT_SHOPS = "shop/upsert_shops";
    VERIFY_SHOPS_PAGE = "shop/verify_shops_page";
}
