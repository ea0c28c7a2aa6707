//! Every page in every state, made of the demo's goods. The gallery writes them, the tests measure them.

#[path = "owned.rs"]
mod owned;
#[path = "refunds.rs"]
mod refunds;
#[path = "shared.rs"]
mod shared;
#[path = "tills.rs"]
mod tills;

use kernel::{Currency, Money, Timestamp};
use pages::brand::{Brand, Colour};
use pages::page::cashier::{CashierPage, Method, Poll};
use pages::page::checkout::{CheckoutPage, Consent, Field, FieldKind, Item};
use pages::page::door::{DoorPage, DoorShop};
use pages::page::ended::{End, EndedPage, MoneyFate};
use pages::page::failure::{Failure, FailurePage};
use pages::page::money::{Fate, Movement};
use pages::page::order::{Goods, Opened, OrderPage, OrderState, Refundable, TicketRow};
use pages::page::product::{Delivery, Offer, ProductPage, Promises, Returns, SkuChoice, Validity};
use pages::page::refund::WhyNot;
use pages::page::shop::{Category, Finder, ShelfLink, ShopPage};
use pages::page::test_pay::{TestAction, TestPayPage};
use pages::page::value::{Code, Value};
use pages::page::voucher::{Left, TicketState};
use pages::page::waiting::{WaitingFor, WaitingPage};
use pages::page::{Card, Picture};
use pages::picture::{Drawing, PRODUCT_SIZE};
use pages::{Frame, Lang, Messages, Page, Shop};

/// Name of a state and its document.
pub type Shown = (String, String);

/// What the samples say where a merchant or a buyer writes: as is, or with hostile text around it.
#[derive(Clone, Copy)]
pub struct Teller {
    /// The language of the pages.
    pub lang: Lang,
    /// Stands in for every text that somebody else writes.
    pub hostile: Option<&'static str>,
}

impl Teller {
    fn tickets(&self) -> Vec<TicketRow> {
        let left = Left::Uses { total: 3, left: 2 };
        let name =
            self.say("青禾咖啡电子券 中杯任选 3 次", "Green Grain coffee voucher, three cups");
        let row =
            |state| TicketRow { name: name.clone(), left, state, path: "voucher.html".into() };
        vec![row(TicketState::Effective), row(TicketState::Used)]
    }

    fn say(&self, zh: &str, en: &str) -> String {
        let text = if self.lang == Lang::Zh { zh } else { en };
        self.hostile.unwrap_or(text).to_owned()
    }

    fn messages(&self) -> Messages {
        Messages {
            greeting: self.say("国庆期间照常发货\n客服 10 月 1 日休息一天", "Codes are delivered all through the holiday.\nService rests on October 1st."),
            before_payment: self.say("付款前请核对账号，卡密一经查看不能退。", "Check your account before you pay: a code that was viewed cannot be returned."),
            after_delivery: self.say("请在 7 天内兑换；遇到问题先截图，再联系客服。", "Redeem it within seven days. If something is wrong, take a picture of it and write to us."),
            sold_out: self.say("每天上午 10 点补货。", "New stock comes every day at ten."),
            service: self.say("微信客服：xinghe-kefu", "Chat: galaxy-service"),
        }
    }

    fn frame(&self, local: bool, here: &str) -> Frame {
        let (zh, en, colour, logo) = match local {
            true => ("青禾本地生活", "Green Grain Local", Colour(0x1f, 0x7a, 0x53), "logo-grain"),
            false => ("星河会员店", "Galaxy Memberships", Colour(0x4b, 0x4f, 0xe2), "logo-galaxy"),
        };
        let tagline = match local {
            true => self.say(
                "咖啡、蛋糕、电影和洗车，到店出示即用",
                "Coffee, cake, films and car washes. Show the code and enjoy.",
            ),
            false => self.say(
                "视频、音乐、读书和网盘会员，付款即到",
                "Video, music, books and storage, yours as soon as you pay.",
            ),
        };
        let shop = Shop {
            name: self.say(zh, en),
            tagline,
            brand: Brand::of(colour),
            logo: format!("pictures/{logo}.png"),
            share: format!("pictures/{logo}.png"),
            speaks_both: true,
            messages: self.messages(),
            home: "shop.html".into(),
            orders: "orders.html".into(),
            lookup: "lookup.html".into(),
            contact: self.say(
                "客服电话 400-000-0000，每天 9:00–21:00",
                "Service: 400-000-0000, daily 9:00–21:00",
            ),
        };
        Frame {
            lang: self.lang,
            shop,
            origin: "https://shop.example".into(),
            here: here.into(),
            nonce: "bm9uY2U".into(),
            zone: "Asia/Shanghai".into(),
        }
    }

    fn card(&self, product: &Sample) -> Card {
        Card {
            name: self.say(product.zh, product.en),
            picture: picture(product),
            path: "product.html".into(),
            price: yuan(product.price),
            is_from: product.is_from,
            list_price: product.list.map(yuan),
            sold_out: product.zh == "碧波洗车卡",
        }
    }

    fn cards(&self, products: &[Sample]) -> Vec<Card> {
        products.iter().map(|product| self.card(product)).collect()
    }

    fn guide(&self) -> Vec<String> {
        vec![
            self.say("打开星河视频 App，点右下角“我的”。", "Open the Galaxy Video app and tap Me."),
            self.say("选“兑换会员”，粘贴卡密。", "Choose Redeem and paste the code."),
            self.say(
                "看到“兑换成功”就可以看了，电视端除外。",
                "Once it says redeemed, start watching. TV is not included.",
            ),
        ]
    }
}

struct Sample {
    picture: &'static str,
    zh: &'static str,
    en: &'static str,
    price: i64,
    list: Option<i64>,
    is_from: bool,
}

const fn sample(
    picture: &'static str,
    zh: &'static str,
    en: &'static str,
    price: i64,
    list: Option<i64>,
    is_from: bool,
) -> Sample {
    Sample { picture, zh, en, price, list, is_from }
}

const GALAXY: [Sample; 7] = [
    sample("video", "星河视频会员", "Galaxy Video membership", 1990, Some(3000), true),
    sample("music", "回声音乐会员", "Echo Music membership", 1280, Some(1500), true),
    sample("books", "墨页读书卡", "Inkpage reading card", 990, Some(1900), true),
    sample("cloud-drive", "云阁网盘会员", "Cloudloft storage membership", 1580, Some(2500), false),
    sample("keyboard", "灵犀输入法专业版", "Lingxi Input Pro", 4800, Some(6800), false),
    sample("game", "远征大陆游戏点卡", "Far Continent game points", 1000, None, true),
    sample("course", "知途在线课程", "Zhitu online course", 9900, Some(19_900), false),
];

const LOCAL: [Sample; 6] = [
    sample("coffee", "青禾咖啡电子券", "Green Grain coffee voucher", 990, Some(1800), true),
    sample("cake", "麦穗烘焙蛋糕券", "Wheatear cake voucher", 9800, Some(16_800), false),
    sample("cinema", "光影影城电影票", "Lightshade cinema ticket", 3990, Some(6000), true),
    sample("car-wash", "碧波洗车卡", "Bluewave car wash", 2500, Some(4000), false),
    sample("fruit", "鲜果日记水果礼品卡", "Fruit Diary gift card", 4800, Some(5000), true),
    sample("phone", "手机话费充值码", "Phone credit code", 2990, Some(3000), true),
];

fn yuan(amount: i64) -> Money {
    Money::new(amount, Currency::Cny)
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a sample's time is well formed")
}

fn picture(product: &Sample) -> Picture {
    let drawing = Drawing::of_goods(product.picture).expect("each product is drawn");
    let (width, height) = PRODUCT_SIZE;
    Picture { path: format!("pictures/{}", drawing.file_name()), width, height }
}

fn promises() -> Promises {
    Promises {
        delivery: Delivery::AtOnce,
        validity: Validity::Until(at("2031-12-31T15:59:59Z")),
        returns: Returns::Unrevealed,
    }
}

/// Every page and state in one language; with hostile text in every place that others fill.
pub fn all(teller: Teller) -> Vec<Shown> {
    let mut shown = Vec::new();
    let mut show = |name: String, html: String| shown.push((name, html));
    shops(&teller, &mut show);
    checkouts(&teller, &mut show);
    payments(&teller, &mut show);
    orders(&teller, &mut show);
    owned::lists(&teller, &mut show);
    owned::lookups(&teller, &mut show);
    refunds::refunds(&teller, &mut show);
    tills::vouchers(&teller, &mut show);
    tills::tills(&teller, &mut show);
    ends(&teller, &mut show);
    shown
}

fn shops(t: &Teller, show: &mut impl FnMut(String, String)) {
    let category = |zh: &str, en: &str, products: &[Sample]| Category {
        name: t.say(zh, en),
        cards: t.cards(products),
    };
    let page = |local, here: &str, categories| {
        let frame = t.frame(local, here);
        ShopPage { frame, categories, finder: None }
    };
    let galaxy = vec![
        category("影音会员", "Video and music", &GALAXY[..4]),
        category("软件与学习", "Software and learning", &GALAXY[4..]),
    ];
    show("shop".into(), page(false, "shop.html", galaxy).html());
    let local = vec![
        category("吃喝", "Food and drink", &LOCAL[..3]),
        category("生活", "Everyday", &LOCAL[3..]),
    ];
    show("shop-local".into(), page(true, "shop-local.html", local).html());
    let shelf = |zh: &str, en: &str, is_here| ShelfLink {
        name: t.say(zh, en),
        path: "shop-many.html".into(),
        is_here,
    };
    let finder = |query: &str| Finder {
        query: query.to_owned(),
        shelves: vec![
            shelf("影音会员", "Video and music", query.is_empty()),
            shelf("软件与学习", "Software and learning", false),
        ],
        page: 2,
        pages: if query.is_empty() { 209 } else { 1 },
        before: Some("shop-many.html".into()),
        after: Some("shop-many.html".into()),
    };
    let many = vec![category("影音会员", "Video and music", &GALAXY)];
    let found = |here: &str, categories, query: &str| {
        let finder = Some(finder(query));
        ShopPage { frame: t.frame(false, here), categories, finder }
    };
    show("shop-many".into(), found("shop-many.html", many, "").html());
    let nothing = t.say("月球", "moon");
    show("shop-nothing-found".into(), found("shop-nothing-found.html", vec![], &nothing).html());
    show("shop-empty".into(), page(false, "shop-empty.html", Vec::new()).html());
    let sku = |id: &str, zh: &str, en: &str, price, list, offer| SkuChoice {
        id: id.into(),
        name: t.say(zh, en),
        price: yuan(price),
        list_price: Some(yuan(list)),
        offer,
    };
    let product = |here: &str, sold: bool| ProductPage {
        frame: t.frame(false, here),
        name: t.say(GALAXY[0].zh, GALAXY[0].en),
        description: t.say(
            "兑换后立即到账，手机、平板和电脑都能看，电视端除外。",
            "Active at once after redeeming. Phone, tablet and computer; TV not included.",
        ),
        picture: picture(&GALAXY[0]),
        share_picture: picture(&GALAXY[0]).path,
        skus: vec![
            sku(
                "sku_1",
                "月卡",
                "One month",
                1990,
                3000,
                if sold { Offer::SoldOut } else { Offer::OnSale },
            ),
            sku(
                "sku_2",
                "季卡",
                "Three months",
                5680,
                8800,
                if sold { Offer::SoldOut } else { Offer::Few(6) },
            ),
            sku("sku_3", "年卡", "One year", 19_800, 26_800, Offer::SoldOut),
            sku(
                "sku_4",
                "两年卡",
                "Two years",
                36_800,
                53_600,
                Offer::Opens(at("2027-01-01T02:00:00Z")),
            ),
        ],
        promises: promises(),
        checkout_path: "checkout.html".into(),
        others: t.cards(&GALAXY[1..5]),
    };
    show("product".into(), product("product.html", false).html());
    show("product-sold-out".into(), product("product-sold-out.html", true).html());
}

fn checkouts(t: &Teller, show: &mut impl FnMut(String, String)) {
    let field = |code: &str, zh: &str, en: &str, kind, required| Field {
        code: code.into(),
        label: t.say(zh, en),
        hint: t.say("用来接收到账提醒", "For the notice of delivery"),
        value: t.say("", ""),
        kind,
        required,
        error: None,
    };
    let page = |here: &str, wrong: bool, plain: bool| {
        let mut fields = vec![
            field("phone", "充值手机号", "Phone number to credit", FieldKind::Phone, true),
            field("mail", "邮箱", "E-mail", FieldKind::Mail, false),
        ];
        let missing = || {
            wrong.then(|| {
                t.say("请先勾选同意，再提交订单", "Please tick the box before you place the order")
            })
        };
        if wrong {
            fields[0].value = t.say("1380000", "1380000");
            fields[0].error = Some(t.say(
                "手机号应为 11 位数字，现在是 7 位",
                "A phone number has 11 digits, this one has 7",
            ));
        }
        let consent = Consent {
            text: t.say(
                "卡密类商品查看后不支持退换，请确认规格和账号无误。",
                "Codes cannot be returned once viewed. Please check the option and the account.",
            ),
            version: t.say("2026-11", "2026-11"),
            given: false,
            error: missing(),
        };
        CheckoutPage {
            frame: t.frame(false, here),
            item: Item {
                name: t.say(GALAXY[0].zh, GALAXY[0].en),
                sku_name: t.say("月卡", "One month"),
                picture: picture(&GALAXY[0]),
                price: yuan(1990),
            },
            action: "checkout".into(),
            hidden: vec![("sku".into(), t.say("sku_1", "sku_1"))],
            quantity: 2,
            quantity_max: 5,
            fields: if plain { Vec::new() } else { fields },
            consent: (!plain).then_some(consent),
            promises: promises(),
            problem: (wrong && t.hostile.is_some()).then(|| t.say("", "")),
        }
    };
    show("checkout".into(), page("checkout.html", false, false).html());
    show("checkout-plain".into(), page("checkout-plain.html", false, true).html());
    show("checkout-errors".into(), page("checkout-errors.html", true, false).html());
}

fn payments(t: &Teller, show: &mut impl FnMut(String, String)) {
    let method = |code: &str, zh: &str, en: &str, zh_note: &str, en_note: &str| Method {
        code: code.into(),
        name: t.say(zh, en),
        note: t.say(zh_note, en_note),
    };
    let bank = t.say("招商银行\n6214 8500 0000\n星河数娱", "Example Bank\n6214 8500 0000\nGalaxy");
    let cashier = |here: &str, problem: Option<String>| CashierPage {
        frame: t.frame(false, here),
        order_number: t.say("2611 2500 1842", "2611 2500 1842"),
        secret: "7F4K-9QZT".into(),
        summary: t.say("星河视频会员 月卡 × 2", "Galaxy Video membership, one month × 2"),
        amount: yuan(3980),
        expires_at: at("2026-11-25T13:15:00Z"),
        methods: vec![
            method("test", "测试支付", "Test Pay", "不会动用真实的钱", "No real money moves"),
            method("wallet", "店铺余额", "Shop balance", "可用 ¥58.00", "¥58.00 available"),
        ],
        action: "pay".into(),
        cancel_action: "cancel".into(),
        transfer: (here == "cashier-transfer.html").then(|| bank.clone()),
        poll: (here == "cashier-transfer.html").then(|| Poll {
            path: "state.txt".into(),
            word: "waiting".into(),
            next: here.to_owned(),
        }),
        problem,
        is_held: here != "cashier-not-held.html",
        money: Vec::new(),
    };
    show("cashier".into(), cashier("cashier.html", None).html());
    show("cashier-transfer".into(), cashier("cashier-transfer.html", None).html());
    show("cashier-not-held".into(), cashier("cashier-not-held.html", None).html());
    let refused = t.say(
        "没有扣款。银行拒绝了这次付款，可以再付一次或换一种方式。",
        "Nothing was charged. The bank refused the payment; try again or choose another way.",
    );
    show("cashier-refused".into(), cashier("cashier-refused.html", Some(refused)).html());
    for (name, waiting_for) in [
        ("payment", WaitingFor::Payment),
        ("top-up", WaitingFor::TopUp),
        ("refund", WaitingFor::Refund),
    ] {
        let here = format!("waiting-{name}.html");
        let page = WaitingPage {
            frame: t.frame(false, &here),
            waiting_for,
            order_number: t.say("2611 2500 1842", "2611 2500 1842"),
            seconds_usual: 30,
            poll_path: "state.txt".into(),
            poll_word: t.say("waiting", "waiting"),
            again: here.clone(),
        };
        show(format!("waiting-{name}"), page.html());
    }
    for done in std::iter::once(None).chain(TestAction::ALL.map(Some)) {
        let name = done
            .map_or("test-pay".to_owned(), |d| format!("test-pay-{}", d.name().replace('_', "-")));
        let page = TestPayPage {
            frame: t.frame(false, &format!("{name}.html")),
            payment: t.say("tp_01JD3V8Q2M5X", "tp_01JD3V8Q2M5X"),
            amount: yuan(3980),
            action: "act".into(),
            done,
            return_path: "waiting-payment.html".into(),
        };
        show(name, page.html());
    }
}

/// A code of several fields, and one with a text of so many lines.
fn fields(t: &Teller, lines: Option<usize>) -> Code {
    let open = |zh: &str, en: &str, text: &str| Value {
        secret: false,
        ..Value::named(t.say(zh, en), text)
    };
    let mut values = vec![
        open("账号", "Account", "galaxy-0471@mail.example"),
        Value::named(t.say("密码", "Password"), t.say("Ab-9-xY--Z", "Ab-9-xY--Z")),
        open("激活步骤", "Steps", "1. open  the app\n2. enter: <7 & 8>"),
    ];
    values.extend(lines.map(|lines| {
        let text = "MIIEvQIBADANBgkqhkiG9w0BAQEF\n".repeat(lines);
        Value::named(t.say("许可文件", "Licence file"), text)
    }));
    Code { values, valid_until: None }
}

fn orders(t: &Teller, show: &mut impl FnMut(String, String)) {
    let code = |number: Option<&str>, secret: &str, until: Option<&str>| {
        let secret = t.say(secret, secret);
        let values = match number {
            None => vec![Value::code(t.lang, secret)],
            Some(n) => {
                vec![Value::number(t.lang, t.say(n, n)), Value::password(t.lang, secret)]
            }
        };
        Code { values, valid_until: until.map(at) }
    };
    let some = |codes, damaged| {
        Goods::Open(Opened {
            codes,
            files: Vec::new(),
            damaged,
            revealed_at: at("2026-11-25T12:46:10Z"),
            reveal_action: "order-many-codes.html".into(),
            file_action: "file".into(),
            asked: None,
        })
    };
    let open = |codes| some(codes, 0);
    let page = |name: &str, goods, quantity: u32| OrderPage {
        frame: t.frame(false, &format!("{name}.html")),
        number: t.say("2611 2500 1842", "2611 2500 1842"),
        secret: "7F4K-9QZT".into(),
        state: OrderState::Delivered,
        name: t.say(GALAXY[0].zh, GALAXY[0].en),
        sku_name: t.say("月卡", "One month"),
        quantity,
        picture: picture(&GALAXY[0]),
        refund: match &goods {
            Goods::Sealed { .. } => Refundable::At("refund.html".into()),
            Goods::Open(_) | Goods::Tickets => Refundable::Not(WhyNot::Revealed),
        },
        tickets: if matches!(goods, Goods::Tickets) { t.tickets() } else { Vec::new() },
        shared: if name.starts_with("order-shared") { t.shared() } else { Vec::new() },
        goods,
        guide: t.guide(),
        price: yuan(1990),
        total: yuan(1990 * i64::from(quantity)),
        method: t.say("测试支付", "Test Pay"),
        placed_at: at("2026-11-25T12:44:00Z"),
        paid_at: at("2026-11-25T12:45:31Z"),
        answers: vec![(
            t.say("取货手机号", "Phone for the pick-up"),
            t.say("138****8000", "138****8000"),
        )],
        consent: Some((at("2026-11-25T12:44:00Z"), t.say("2026-11", "2026-11"))),
        money: if name == "order-link" { moves(3980) } else { Vec::new() },
    };
    let sealed = Goods::Sealed { reveal_action: "order-revealed.html".into() };
    let one = code(Some("8213045577310946"), "6F7G8H9JKLMN", Some("2031-12-31T15:59:59Z"));
    let two = code(Some("8213045577310947"), "QX3M9ZT7WE4R", None);
    let link = code(None, "https://redeem.example/gift/6F7G8H9JKLMN", None);
    let shared = Goods::Sealed { reveal_action: "order-shared-open.html".into() };
    let (fields, record) = (fields(t, None), fields(t, Some(24)));
    let many = |count: usize, text: fn(usize) -> String| -> Vec<Code> {
        let code = |n| code(None, &text(n), None);
        (0..count).map(code).collect()
    };
    let short = many(500, |n| format!("QX3M9ZT7WE{n:06}"));
    let long = many(500, |n| format!("{n}-{}", "x".repeat(300)));
    for (name, goods, quantity) in [
        ("order-fields", open(vec![fields]), 1),
        ("order-record", open(vec![record]), 1),
        ("order-many-codes", open(short), 500),
        ("order-file", open(long), 500),
        ("order", sealed, 1),
        ("order-revealed", open(vec![one.clone()]), 1),
        ("order-two-codes", open(vec![one, two]), 2),
        ("order-link", open(vec![link]), 1),
        ("order-damaged", some(vec![code(Some("8213045577310946"), "6F7G8H9JKLMN", None)], 1), 2),
        ("order-tickets", Goods::Tickets, 2),
        ("order-shared", shared, 1),
        ("order-shared-open", open(vec![t.shared_text()]), 1),
        ("order-all-damaged", some(Vec::new(), 2), 2),
    ] {
        show(name.into(), page(name, goods, quantity).html());
    }
}

fn moves(amount: i64) -> Vec<Movement> {
    let moved = |fate, time: &str| Movement { money: yuan(amount), fate, at: at(time) };
    vec![moved(Fate::Arrived, "2026-11-25T12:49:00Z"), moved(Fate::Back, "2026-11-25T12:50:00Z")]
}

fn ends(t: &Teller, show: &mut impl FnMut(String, String)) {
    let fates = [
        MoneyFate::NothingTaken,
        MoneyFate::ComingBack(yuan(3980)),
        MoneyFate::CameBack(yuan(3980), at("2026-11-25T12:50:00Z")),
    ];
    for (name, end, money) in [
        ("sold-out", End::SoldOut, fates[0]),
        ("sold-out-paid", End::SoldOut, fates[1]),
        ("expired", End::Expired, fates[0]),
        ("expired-paid", End::Expired, fates[2]),
        ("cancelled", End::Cancelled, fates[0]),
        ("payment-refused", End::Refused, fates[0]),
    ] {
        let page = EndedPage {
            frame: t.frame(false, &format!("{name}.html")),
            end,
            money,
            money_moves: if money == fates[2] { moves(3980) } else { Vec::new() },
            order_number: Some(t.say("2611 2500 1842", "2611 2500 1842")),
            next_path: "shop.html".into(),
            alternatives: if end == End::SoldOut { t.cards(&GALAXY[1..5]) } else { Vec::new() },
        };
        show(name.into(), page.html());
    }
    for failure in Failure::ALL {
        let name = format!("failure-{}", failure.status());
        let page = FailurePage {
            frame: t.frame(true, &format!("{name}.html")),
            failure,
            request_id: t.say("req_01JD3V8Q2M5XA7", "req_01JD3V8Q2M5XA7"),
        };
        show(name, page.html());
    }
    let door = |name: &str, shops: Vec<DoorShop>, keys| DoorPage {
        frame: t.frame(true, &format!("{name}.html")),
        shops,
        keys,
        console: "/console/",
        reference: "reference.html",
    };
    let shop = |zh: &str, en: &str| DoorShop { name: t.say(zh, en), path: "shop.html".into() };
    let shops =
        vec![shop("星河会员店", "Galaxy Memberships"), shop("青禾本地生活", "Green Grain Local")];
    show("door".into(), door("door", Vec::new(), None).html());
    show("door-demo".into(), door("door-demo", shops, Some("data/ready.json".into())).html());
}
