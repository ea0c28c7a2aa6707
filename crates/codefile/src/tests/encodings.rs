//! Files in every encoding, small ones too: what is not certain is asked about.

use super::*;
use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1252};

pub(crate) const CHINESE: &str = "腾讯视频 爱奇艺 优酷 会员 月卡 季卡 年卡 黄金会员 白金会员 超级会员 音乐包 网易云音乐 酷狗 喜马拉雅 \
    京东 天猫 淘宝 购物卡 礼品卡 充值卡 点卡 游戏 王者荣耀 原神 梦幻西游 和平精英 手机 话费 流量 中国移动 中国联通 中国电信 \
    加油卡 中国石化 电影票 咖啡 奶茶 星巴克 肯德基 麦当劳 美团 饿了么 外卖 红包 优惠券 代金券 满减 折扣 生日 蛋糕 面包 \
    超市 沃尔玛 家乐福 永辉 百货 水果 生鲜 快递 顺丰 邮政 保险 体检 医院 药房 健身 瑜伽 游泳 酒店 机票 火车 高铁 打车 滴滴 \
    软件 办公 杀毒 云盘 百度 网盘 迅雷 授权 正版 激活 密钥 家庭版 专业版 企业版 旗舰版 教育 课程 英语 数学 考研 公务员 \
    图书 电子书 小说 漫画 动画 直播 短视频 抖音 快手 微博 知乎 上海 北京 广州 深圳 杭州 成都 南京 武汉 西安 重庆 苏州 \
    春节 中秋 端午 国庆 新年 活动 赠送 限时 特价 新用户 老用户 不退不换 请尽快使用 联系客服 有效 售后 说明 备注 第一批 测试 \
    张三 李四 王五 刘洋 陈晨 杨帆 赵敏 黄蓉 周杰 吴刚 徐静 孙丽 朱军 高峰 林涛 郑爽 何平 马超 罗兰 梁山";
pub(crate) const TRADITIONAL: &str = "會員 月卡 點數 遊戲 禮物 序號 密碼 帳號 儲值 優惠 電影 音樂 購物 中華電信 台灣大哥大 遠傳 全聯 統一超商 \
    咖啡 臺北 高雄 台中 香港 九龍 新界 澳門 體驗 專業版 企業版 軟體 授權 啟用 訂閱 雲端 網路 影片 頻道 圖書 課程 數學 英語 考試 \
    醫院 藥局 健身 游泳 酒店 機票 火車 高鐵 計程車 聖誕 新年 春節 生日 蛋糕 麵包 水果 活動 贈送 限時 特價 客服 說明 備註 測試 \
    王小明 陳怡君 林志豪 張雅婷 李家豪 黃淑芬 吳宗翰 劉俊傑 蔡佩珊 楊承翰";
pub(crate) const JAPANESE: &str = "会員 ゲーム ギフトカード コード パスワード アカウント 映画 音楽 ポイント チャージ 任天堂 東京 大阪 京都 \
    こんにちは ありがとう さくら アマゾン 楽天 ヤフー メルカリ 無料 体験 年間 月額 プラン 登録 有効 期限 商品 番号 送料 お客様 \
    ﾎﾟｲﾝﾄ ｷﾞﾌﾄ ｶｰﾄﾞ ｹﾞｰﾑ ﾄｳｷｮｳ ﾀﾅｶ ｽｽﾞｷ ﾔﾏﾀﾞ ﾊﾟｽﾜｰﾄﾞ ｱｶｳﾝﾄ ｺｰﾄﾞ 田中 鈴木 佐藤 山田 高橋";
pub(crate) const WESTERN: &str = "café Größe señor über français Öffnung naïve Straße élève Müller año jalapeño garçon Zürich crème brûlée \
    fête Noël Ñandú ação coração São João Mañana Ärger Übung Äpfel süß heiß À Éric Île ÉCOLE FÊTE GRÖSSE MÜLLER ÜBER ÀÉÈ °C £50 ½ \
    déjà-vu smörgåsbord blåbær øl Ångström Þór 25° «oui» ¿Qué? ¡Hola!";
pub(crate) const KOREAN: &str = "회원 게임 카드 번호 비밀번호 계정 쿠폰 상품권 문화상품권 서울 부산 영화 음악 포인트 충전 무료 이벤트 사용자";

/// Chance that is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % limit
    }
}

/// A file of some rows, each a code and one to three words.
fn file(chance: &mut Chance, words: &str, header: &str, rows: usize) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut text = format!("{header}\n");
    for row in 0..rows {
        let some: String =
            (0..=chance.below(3)).map(|_| words[chance.below(words.len())]).collect();
        text += &format!("A{row}{},{some}\n", chance.below(9_999));
    }
    text
}

fn asked(bytes: &[u8]) -> (bool, Encoding) {
    match inspect(bytes, &csv()) {
        Ok(found) => {
            let asked =
                found.findings.iter().any(|finding| finding.open && finding.id == "encoding");
            (asked, found.encoding)
        }
        Err(_) => (true, Encoding::Utf8),
    }
}

fn silent_as_gb18030(words: &str, table: &'static encoding_rs::Encoding, seed: u64) -> Vec<String> {
    let mut chance = Chance(seed);
    let files = (0..1_000).map(|_| {
        let rows = 1 + chance.below(12);
        file(&mut chance, words, "number,password", rows)
    });
    let files: Vec<String> = files.collect();
    files
        .into_iter()
        .filter(|text| {
            let (bytes, ..) = table.encode(text);
            !bytes.is_ascii() && asked(&bytes) == (false, Encoding::Gb18030)
        })
        .collect()
}

#[test]
fn nothing_passes_as_gb_18030() {
    let cases =
        [(WESTERN, WINDOWS_1252), (TRADITIONAL, BIG5), (JAPANESE, SHIFT_JIS), (KOREAN, EUC_KR)];
    for (seed, (words, table)) in (1..).zip(cases) {
        let passed = silent_as_gb18030(words, table, seed * 7_919);
        assert!(
            passed.is_empty(),
            "{} as GB 18030: {} {:?}",
            table.name(),
            passed.len(),
            passed.first()
        );
    }
}

#[test]
fn files_of_chinese_words_are_seldom_asked_about() {
    let mut chance = Chance(4_242);
    for header in ["number,password", "卡号,卡密"] {
        let mut count = 0;
        for _ in 0..500 {
            let rows = 3 + chance.below(10);
            let text = file(&mut chance, CHINESE, header, rows);
            let (bytes, ..) = GBK.encode(&text);
            let (asked, encoding) = asked(&bytes);
            count += usize::from(asked || encoding != Encoding::Gb18030);
        }
        assert!(count <= 5, "{count} of 500 with {header}");
    }
}

#[test]
fn marks_and_names() {
    let text = "卡号,卡密\nA1,密码一\n甲2,P2\n";
    let rows = ["2 number=A1 password=密码一", "3 number=甲2 password=P2"];
    let (gbk, ..) = GBK.encode(text);
    let utf16 = |units: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        text.encode_utf16().flat_map(units).collect()
    };
    check(text, &csv(), &rows);
    check(&gbk, &csv(), &rows);
    check(format!("\u{feff}{text}"), &csv(), &rows);
    check([&[0x84, 0x31, 0x95, 0x33], &gbk[..]].concat(), &csv(), &rows);
    for mark in ["\u{feff}", ""] {
        let text = format!("{mark}{text}");
        check(utf16(u16::to_le_bytes, &text), &csv(), &rows);
        check(utf16(u16::to_be_bytes, &text), &csv(), &rows);
    }
    let told = |encoding| Told { encoding: Some(encoding), ..csv() };
    check(&gbk, &told(Encoding::Gb18030), &rows);
    check_fatal(&gbk, &told(Encoding::Utf8), &["encoding"]);
    check_fatal(format!("\u{feff}{text}"), &told(Encoding::Gb18030), &["encoding"]);
    let (big5, ..) = BIG5.encode("number,password\nA1,密碼一\n");
    check(&big5, &csv(), &["? encoding"]);
    check(&big5, &told(Encoding::Big5), &["2 number=A1 password=密碼一"]);
    let answered = Told { answers: [("encoding".to_owned(), "big5".to_owned())].into(), ..csv() };
    check(&big5, &answered, &["2 number=A1 password=密碼一"]);
    let (latin, ..) = WINDOWS_1252.encode("number,password\nA1,café\nA2,über\n");
    check(
        &latin,
        &told(Encoding::Latin1),
        &["2 number=A1 password=café", "3 number=A2 password=über"],
    );
}

#[test]
fn bytes_outside_the_encoding_spoil_their_line_only() {
    let rows = ["2 number=A1 password=P1", "3! bad_encoding", "4 number=A3 password=P3"];
    check(b"number,password\nA1,P1\nA2,\xff\nA3,P3\n", &csv(), &rows);
    let units = "number,password\nA1,P1\nA2,".encode_utf16();
    let units = units.chain([0xd800]).chain("\nA3,P3\n".encode_utf16());
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(units).flat_map(u16::to_le_bytes).collect();
    check(utf16, &csv(), &rows);
    // Half a unit at the very end.
    check(b"\xff\xfep\0i\0n\0\n\0P\0\n\0Q\0R", &csv(), &["2 password=P", "3! bad_encoding"]);
}
