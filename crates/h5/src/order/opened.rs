//! An order that was opened by its link, with what pages say of it.

use crate::front::{Front, PictureSize, picture_of};
use crate::told::{ProductText, told};
use crate::visitor::Visitor;
use domain::catalog::{GoodsClass, Product, SkuTerms};
use domain::order::{self, Line, Order};
use domain::payment::{PayMethod, Payment, PaymentState};
use domain::refund::{Refund, RefundState};
use edge::link::{order_path, read_link};
use edge::order::{masked_input, open_input};
use edge::problem::Problem;
use kernel::{Money, SkuId, Tenant};
use pages::Lang;
use pages::page::Picture;
use pages::page::cashier::Way;
use pages::page::ended::MoneyFate;
use pages::page::order::OrderState;
use store::read::OrderView;

/// An order that was opened.
pub struct Opened {
    /// The shop that it was placed in.
    pub front: Front,
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What was bought.
    pub bought: Bought,
    /// Attempts to pay it, oldest first.
    pub payments: Vec<Payment>,
    /// Its page.
    pub path: String,
}

impl Visitor {
    /// Opens an order by its link. A link that opens nothing looks like any other wrong address.
    pub async fn open(&mut self, link: &str) -> Result<Opened, Problem> {
        let missing = || Problem::not_found("page");
        let (places, token) = read_link(link).ok_or_else(missing)?;
        let mut found = None;
        for place in places {
            if found.is_none() {
                found = self.reader().order_by_link(&place).await?;
            }
        }
        let view = found.ok_or_else(missing)?;
        let tenant = view.order.tenant;
        let own = self.engine().vault().link_token(tenant, &view.order.id.0);
        if vault::link_hash(&own) != vault::link_hash(&token) {
            return Err(missing());
        }
        let front = self.enter_tenant(tenant).await?;
        let bought = Bought::of(self, &view).await?;
        let payments = self.reader().payments_of_order(tenant, view.order.id).await?;
        let path = order_path(&self.engine().vault(), tenant, view.order.id);
        // A form's own address cannot be opened again, so the language switch leads to the order.
        if !self.here.starts_with(&path) || self.here.ends_with("/reveal") {
            self.here.clone_from(&path);
        }
        Ok(Opened { front, order: view.order, lines: view.lines, bought, payments, path })
    }
}

impl Opened {
    /// What opens it beside its number, as it is written.
    pub fn secret(&self, visitor: &Visitor) -> String {
        let vault = visitor.engine().vault();
        order::secret::write(&vault.order_secret(self.order.tenant, &self.order.id.0))
    }

    /// The payment that the buyer began last.
    pub fn last_payment(&self) -> Option<&Payment> {
        self.payments.iter().max_by_key(|payment| payment.id)
    }

    /// The payment that paid it.
    pub fn paid_by(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.state == PaymentState::Succeeded)
    }

    /// The way it was paid, as the buyer knows it.
    pub fn method(&self, lang: Lang) -> String {
        let way = match self.paid_by().map(|payment| payment.method) {
            Some(PayMethod::Wallet) | None if self.order.total == 0 => Way::Free,
            Some(method) => way_of(method),
            None => Way::Wallet,
        };
        way.name(lang).to_owned()
    }

    /// What the buyer was asked and what he answered, masked: whoever has the link sees no more.
    pub async fn answers(&self, visitor: &Visitor) -> Result<Vec<(String, String)>, Problem> {
        let (tenant, order) = (self.order.tenant, self.order.id);
        let Some(sealed) = visitor.reader().input_of_order(tenant, order).await? else {
            return Ok(Vec::new());
        };
        let vault = visitor.engine().vault_for([&sealed[..]]).await;
        let mut values = masked_input(open_input(&vault, (tenant, order), &sealed)?);
        let told = self.bought.told();
        let fields = told.flat_map(|(told, product)| {
            product.presentation.input.iter().map(move |field| (told.field(field).0, &field.code))
        });
        Ok(fields.filter_map(|(name, code)| Some((name, values.remove(code)?))).collect())
    }

    /// Its refunds, oldest first.
    pub async fn refunds(&self, visitor: &Visitor) -> Result<Vec<Refund>, Problem> {
        Ok(visitor.reader().refunds_of_order(self.order.tenant, self.order.id).await?)
    }
}

/// Where the money of an order without goods is.
pub fn fate(refunds: &[Refund]) -> MoneyFate {
    let Some(last) = refunds.last() else { return MoneyFate::NothingTaken };
    let sum = refunds.iter().map(|refund| refund.amount).sum();
    let money = Money::new(sum, last.currency);
    let back = refunds.iter().all(|refund| refund.state == RefundState::Succeeded);
    match last.ended_at.filter(|_| back) {
        Some(at) => MoneyFate::CameBack(money, at),
        None => MoneyFate::ComingBack(money),
    }
}

/// The products of an order's lines, in the versions in which they were bought.
pub struct Bought {
    tenant: Tenant,
    products: Vec<Product>,
    lines: Vec<Line>,
    lang: Lang,
}

impl Bought {
    /// Looks the products up.
    pub async fn of(visitor: &Visitor, view: &OrderView) -> Result<Self, Problem> {
        let mut products = Vec::with_capacity(view.lines.len());
        for line in &view.lines {
            let (tenant, reader) = (view.order.tenant, visitor.reader());
            let found = reader.product_version(tenant, line.product, line.product_version).await?;
            let gone = || Problem::internal("a version of a product is gone");
            products.push(found.ok_or_else(gone)?);
        }
        let (tenant, lang) = (view.order.tenant, visitor.lang());
        Ok(Self { tenant, products, lines: view.lines.clone(), lang })
    }

    /// The product of each line, in the language of the page.
    fn told(&self) -> impl Iterator<Item = (ProductText<'_>, &Product)> {
        self.products.iter().map(|product| (told(product, self.lang), product))
    }

    /// The classes of goods among its lines.
    pub fn goods(&self) -> Vec<GoodsClass> {
        self.lines.iter().filter_map(|line| Some(self.terms(line)?.goods_class)).collect()
    }

    /// The terms under which a line was bought.
    pub fn terms(&self, line: &Line) -> Option<&SkuTerms> {
        let at = self.lines.iter().position(|known| known.number == line.number)?;
        let sku = self.products.get(at)?.skus.iter().find(|sku| sku.id == line.sku);
        sku.map(|sku| &sku.terms)
    }

    /// The product of the first line.
    pub fn name(&self) -> String {
        self.told().next().map(|(told, _)| told.name()).unwrap_or_default()
    }

    /// Product and SKU of one of its lines.
    pub fn name_of(&self, sku: SkuId) -> String {
        let at = self.lines.iter().position(|line| line.sku == sku);
        let named = at.and_then(|at| self.skus().nth(at));
        named
            .map(|(product, sku, _)| format!("{product} {sku}").trim().to_owned())
            .unwrap_or_default()
    }

    /// How it is used, step by step; of several products one after the other, each step with the product's name.
    pub fn guide(&self) -> Vec<String> {
        let mut told: Vec<(ProductText<'_>, &Product)> = Vec::new();
        for (one, product) in self.told().filter(|(told, _)| !told.guide().is_empty()) {
            if told.iter().all(|(_, earlier)| earlier.id != product.id) {
                told.push((one, product));
            }
        }
        match told.as_slice() {
            [(one, _)] => one.guide().to_vec(),
            several => several
                .iter()
                .flat_map(|(one, _)| one.guide().iter().map(|s| format!("{} · {s}", one.name())))
                .collect(),
        }
    }

    /// The SKU; of an order of several lines, each with its product and quantity.
    pub fn sku_name(&self) -> String {
        match self.lines.as_slice() {
            [_] => self.skus().map(|(_, sku, _)| sku).collect(),
            _ => self.listed(),
        }
    }

    /// Everything in one line.
    pub fn summary(&self) -> String {
        self.listed()
    }

    /// What the first product looks like.
    pub fn picture(&self) -> Picture {
        let first = self.products.first();
        let picture = first.and_then(|product| product.presentation.picture.as_deref());
        picture_of(self.tenant, picture, PictureSize::Small)
    }

    fn listed(&self) -> String {
        let words =
            self.skus().map(|(product, sku, quantity)| format!("{product} {sku} × {quantity}"));
        words.collect::<Vec<_>>().join(" · ")
    }

    fn skus(&self) -> impl Iterator<Item = (String, String, u32)> {
        self.lines.iter().zip(self.told()).map(|(line, (told, product))| {
            let sku = product.skus.iter().find(|sku| sku.id == line.sku);
            let sku = sku.map(|sku| told.sku(sku)).unwrap_or_default();
            (told.name(), sku, line.quantity)
        })
    }
}

/// A method as pages know it.
pub fn way_of(method: PayMethod) -> Way {
    match method {
        PayMethod::Wallet => Way::Wallet,
        PayMethod::Test => Way::Test,
        PayMethod::WechatNative => Way::WechatScan,
        PayMethod::WechatH5 | PayMethod::WechatJsapi => Way::Wechat,
        PayMethod::AlipayQr => Way::AlipayScan,
        PayMethod::AlipayPage | PayMethod::AlipayWap => Way::Alipay,
        PayMethod::Stripe => Way::Stripe,
        PayMethod::Offline => Way::Transfer,
    }
}

/// The public state as pages know it.
pub fn state_of(state: order::OrderState) -> OrderState {
    match state {
        order::OrderState::PendingPayment => OrderState::PendingPayment,
        order::OrderState::Paid => OrderState::Paid,
        order::OrderState::PartiallyDelivered => OrderState::PartiallyDelivered,
        order::OrderState::Delivered => OrderState::Delivered,
        order::OrderState::Cancelled => OrderState::Cancelled,
        order::OrderState::PartiallyRefunded => OrderState::PartiallyRefunded,
        order::OrderState::Refunded => OrderState::Refunded,
    }
}
