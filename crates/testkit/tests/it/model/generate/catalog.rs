//! Commands that edit the configuration: merchants, keys, products, SKUs.

use super::{DAY, Generator, main_book};
use crate::model::plain::Plain;
use domain::catalog::create_product::CreateProduct;
use domain::catalog::edit_product::{EditProduct, EditSku, SkuChange};
use domain::catalog::input::{InputField, InputKind};
use domain::catalog::{
    CodeField, GoodsClass, Presentation, PresentationChange, RefundRule, ReturnedCodes, SkuKind,
    SkuLimits, SkuTerms,
};
use domain::identity::create_api_key::CreateApiKey;
use domain::identity::create_merchant::CreateMerchant;
use domain::identity::revoke_api_key::RevokeApiKey;
use domain::identity::{Scope, operator};
use domain::{Command, Envelope};
use kernel::{
    ApiKeyId, Currency, Id16, MerchantId, Mode, Money, ProductId, Tenant, Timestamp, UnitCost,
};

impl Generator {
    pub(super) fn first_products(&mut self, plain: &Plain) -> Vec<Envelope> {
        let book = main_book(plain);
        let product = |this: &mut Self| {
            let skus = vec![this.good_terms(), this.good_terms()];
            let (name, description) = ("会员".to_owned(), None);
            let presentation = Presentation::default();
            let command = CreateProduct { name, description, presentation, on_shelf: true, skus };
            this.wrap(book, command)
        };
        let (one, two) = (product(self), product(self));
        let key = Command::from(self.api_key(plain));
        vec![one, self.wrap(operator(), key), two]
    }

    pub(super) fn configuration(&mut self, plain: &Plain) -> Envelope {
        let book = self.book(plain);
        let (tenant, command) = match self.roll(100) {
            0..15 => (book, Command::from(self.product())),
            15..19 => {
                let nobody = Tenant::new(MerchantId(self.random_id()), Mode::Test);
                (nobody, Command::from(self.product()))
            }
            19..38 => (book, Command::from(self.edit_product(plain))),
            38..68 => (book, Command::from(self.edit_sku(plain))),
            68..72 => (book, Command::from(self.edit_unknown())),
            72..80 => (operator(), self.retire_or_drop(plain)),
            80..88 => (operator(), Command::from(self.api_key(plain))),
            88..95 => (operator(), Command::from(self.revoke(plain))),
            _ => {
                let name = if self.roll(2) == 0 { "" } else { "云帆" }.to_owned();
                let zone = "Asia/Tokyo".to_owned();
                (operator(), Command::from(CreateMerchant { name, zone }))
            }
        };
        self.wrap(tenant, command)
    }

    fn good_terms(&mut self) -> SkuTerms {
        let currency = if self.roll(100) < 88 { Currency::Cny } else { Currency::Jpy };
        let price = self.one_of(&[0, 300, 500, 500, 900]);
        let limits = self.limits();
        SkuTerms {
            kind: SkuKind::Code,
            name: "月卡".to_owned(),
            price: Money::new(price, currency),
            list_price: None,
            cost: None,
            goods_class: GoodsClass::VirtualGoods,
            tax_code: None,
            limits,
            sale_from: None,
            sale_until: None,
            stock_alarm: self.one_of(&[None, Some(2), Some(5)]),
            min_days_left: self.one_of(&[0, 1, 3, 4]),
            refund: self.one_of(&[
                RefundRule::BeforeReveal,
                RefundRule::BeforeReveal,
                RefundRule::Days(2),
                RefundRule::None,
            ]),
            returned_codes: self.one_of(&[ReturnedCodes::Restock, ReturnedCodes::Void]),
            code_fields: Vec::new(),
            voucher: None,
            en: None,
            on_shelf: true,
        }
    }

    fn limits(&mut self) -> SkuLimits {
        SkuLimits {
            per_order: self.one_of(&[None, None, None, Some(2), Some(5)]),
            per_user: self.one_of(&[None, None, Some(4), Some(9)]),
            held_per_browser: self.one_of(&[None, None, Some(0), Some(3)]),
            held_per_address: self.one_of(&[None, None, Some(4)]),
            held_by_guests: self.one_of(&[None, None, Some(5)]),
        }
    }

    fn near(&mut self) -> Timestamp {
        let days = i64::from(self.roll(7)) - 3;
        self.now.plus_micros(days * DAY + 1_000_000)
    }

    fn product(&mut self) -> CreateProduct {
        let mut skus = vec![self.good_terms()];
        let mut name = "星河视频会员".to_owned();
        match self.roll(30) {
            0 => name.clear(),
            1 => name.push('\u{7}'),
            2 => skus.clear(),
            3 => skus[0].price.amount = -1,
            4 => skus[0].list_price = Some(Money::new(9_900, Currency::Usd)),
            5 => skus[0].limits.per_order = Some(0),
            6 => skus[0].min_days_left = 4_000,
            7 => (skus[0].sale_from, skus[0].sale_until) = (Some(self.now), Some(self.now)),
            8 => skus[0].name = "长".repeat(201),
            _ => {}
        }
        let presentation = self.presentation();
        let on_shelf = self.roll(10) > 0;
        CreateProduct { name, description: None, presentation, on_shelf, skus }
    }

    /// Sometimes with a shelf and a guide, or too long a guide; a field that must be answered is seldom.
    fn presentation(&mut self) -> Presentation {
        Presentation {
            category: self.one_of(&[None, Some("影音".to_owned()), Some(String::new())]),
            guide: vec!["打开".to_owned(); self.one_of(&[0, 0, 0, 2, 13])],
            input: self.one_of(&[vec![], vec![], vec![wish()], vec![wish(), wish()]]),
            ..Presentation::default()
        }
    }

    fn presentation_change(&mut self) -> PresentationChange {
        let wished = |required| vec![InputField { required, ..wish() }];
        PresentationChange {
            picture: self.one_of(&[None, Some(None), Some(Some("video".to_owned()))]),
            input: self.one_of(&[
                None,
                None,
                None,
                Some(vec![]),
                Some(wished(false)),
                Some(wished(true)),
            ]),
            ..PresentationChange::default()
        }
    }

    fn edit_product(&mut self, plain: &Plain) -> EditProduct {
        let products = &plain.books[&main_book(plain)].products;
        let ids: Vec<Id16> = products.iter().map(|product| product.id.0).collect();
        EditProduct {
            product: ProductId(self.known(&ids)),
            name: self.one_of(&[None, Some("年卡".to_owned()), Some("".to_owned())]),
            description: self.one_of(&[None, Some(None), Some(Some("即买即用".to_owned()))]),
            presentation: self.presentation_change(),
            behind: match self.roll(4) {
                0 => Some(Some(ProductId(self.known(&ids)))),
                1 => Some(None),
                _ => None,
            },
            on_shelf: self.one_of(&[None, Some(true), Some(true), Some(true), Some(false)]),
        }
    }

    fn edit_sku(&mut self, plain: &Plain) -> EditSku {
        let sku = self.sku(plain);
        let mut change = SkuChange::default();
        for _ in 0..=self.roll(3) {
            match self.roll(18) {
                0 => change.name = Some(self.one_of(&["季卡", "周卡", ""]).to_owned()),
                1 | 2 => {
                    let amount = self.one_of(&[0, 250, 800, -5]);
                    let currency = self.one_of(&[Currency::Cny, Currency::Cny, Currency::Jpy]);
                    change.price = Some(Money::new(amount, currency));
                }
                3 => {
                    let list = Money::new(2_500, Currency::Cny);
                    change.list_price = Some(self.one_of(&[None, Some(list)]));
                }
                4 => {
                    let cost = UnitCost { amount: 18_500, currency: Currency::Cny };
                    change.cost = Some(Some(cost));
                }
                5 => {
                    change.tax_code = Some(Some("304".to_owned()));
                    change.code_fields = self.one_of(&[
                        None,
                        Some(vec![]),
                        Some(vec![field("account", "账号"), field("pin", "安全码")]),
                        Some(vec![field("account", "账号"), field("pin", "账号")]),
                    ]);
                }
                6 | 7 => change.limits = Some(self.limits()),
                16 => {
                    let behind = self.sku(plain);
                    change.behind = Some(self.one_of(&[None, Some(behind)]));
                }
                8 => {
                    let from = self.near();
                    change.sale_from = Some(self.one_of(&[None, Some(from)]));
                }
                9 => {
                    let until = self.near();
                    change.sale_until = Some(self.one_of(&[None, None, Some(until)]));
                }
                10 => change.stock_alarm = Some(self.one_of(&[None, Some(1), Some(4)])),
                11 => {
                    let rules = [RefundRule::BeforeReveal, RefundRule::Days(2), RefundRule::None];
                    change.refund = Some(self.one_of(&rules));
                    let fates = [ReturnedCodes::Restock, ReturnedCodes::Void];
                    change.returned_codes = Some(self.one_of(&fates));
                }
                12..16 => change.min_days_left = Some(self.one_of(&[0, 0, 1, 4, 4_000])),
                _ => change.on_shelf = Some(self.roll(3) > 0),
            }
        }
        EditSku { sku, change }
    }

    fn api_key(&mut self, plain: &Plain) -> CreateApiKey {
        let mut hash = [0; 32];
        hash[..16].copy_from_slice(&self.random_id());
        hash[16..].copy_from_slice(&self.random_id());
        let known = [*main_book(plain).bytes()];
        CreateApiKey {
            tenant: Tenant::from_bytes(self.known(&known)),
            name: self.one_of(&["店员", "财务", "客服", "仓库", ""]).to_owned(),
            scopes: self.one_of(&[vec![Scope::OrdersRead], Scope::MERCHANT.to_vec(), vec![]]),
            hash,
            requests_per_minute: self.one_of(&[None, None, Some(60), Some(0)]),
            by: None,
            expires_at: self.one_of(&[
                None,
                None,
                Some(kernel::FOREVER),
                Some(kernel::Timestamp(1)),
            ]),
        }
    }

    /// Any edit of a product that is not there.
    fn edit_unknown(&mut self) -> EditProduct {
        let mut text = || {
            let text = self.one_of(&["会员", "年卡", "", "卡\u{7}"]).to_owned();
            let long = self.roll(2) == 0;
            let text = if long { text.repeat(2) } else { text };
            (self.roll(3) > 0).then_some(text)
        };
        let (name, description) = (text(), text());
        let pictures = [Some("video".to_owned()), Some("x".to_owned()), None];
        let picture = (self.roll(2) == 0).then(|| self.one_of(&pictures));
        let shelves = [Some("影音".to_owned()), Some("礼".to_owned()), Some(String::new()), None];
        let category = (self.roll(2) == 0).then(|| self.one_of(&shelves));
        let presentation =
            PresentationChange { picture, category, ..PresentationChange::default() };
        let description = description.map(Some);
        EditProduct {
            product: ProductId([0xee; 16]),
            name,
            description,
            presentation,
            behind: None,
            on_shelf: None,
        }
    }

    fn revoke(&mut self, plain: &Plain) -> RevokeApiKey {
        let keys: Vec<Id16> = plain.keys.iter().map(|key| key.0).collect();
        let merchant = main_book(plain).merchant();
        RevokeApiKey { merchant, key: ApiKeyId(self.known(&keys)) }
    }
}

/// A field of codes.
fn field(code: &str, name: &str) -> CodeField {
    CodeField { code: code.to_owned(), name: name.to_owned(), secret: true }
}

/// A field of a product.
fn wish() -> InputField {
    InputField {
        code: "wish".to_owned(),
        name: "祝福语".to_owned(),
        hint: None,
        kind: InputKind::Text,
        required: false,
        en: None,
    }
}
