//! Fields that every file may have, and the words by which their columns are known.
//!
//! Names are compared by [`plain`]: without case, width, spaces, hyphens, underscores and marks of duty.

/// What a field says of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The number of a card.
    Number,
    /// Whose it is.
    Account,
    /// Whose it is, as an address of e-mail.
    Email,
    /// Where it is.
    Link,
    /// What must stay hidden.
    Secret,
    /// Anything else.
    Other,
}

/// A field that is known without being declared.
#[derive(Debug, PartialEq, Eq)]
pub struct Builtin {
    /// Its name for programs.
    pub code: &'static str,
    /// Its name in Chinese.
    pub name_zh: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// Whether it is hidden until it is asked for.
    pub secret: bool,
    /// What it says of the code.
    pub kind: Kind,
    /// Headers that mean it, as [`plain`] writes them, parted by spaces.
    words: &'static str,
}

/// The fields in the order in which a buyer sees them.
pub const BUILTINS: &[Builtin] = &[
    field(
        "number",
        ["卡号", "Card number"],
        false,
        Kind::Number,
        "number no cardno cardnumber cardnum serial serialno serialnumber sn cardid 卡号 编号 卡券编号 \
         序列号 卡券号 号码 卡片号 卡编号 卡号码 充值卡号 卡券号码 卡券序列号 流水号 卡號 編號 序號碼",
    ),
    field(
        "account",
        ["账号", "Account"],
        false,
        Kind::Account,
        "account accountname accountno accountid acct login loginname loginid userid uid 账号 帐号 账户 帐户 账户名 帐户名 \
         登录名 登陆名 登录账号 登录帐号 登陆账号 账号名 账号id qq qq号 qq号码 微信号 游戏账号 帳號 賬號 帳戶 賬戶",
    ),
    field(
        "username",
        ["用户名", "User name"],
        false,
        Kind::Account,
        "username user 用户名 用户 用户名称 會員名 会员名 用戶名",
    ),
    field(
        "phone",
        ["手机号", "Phone number"],
        false,
        Kind::Account,
        "phone phoneno phonenumber mobile mobileno mobilenumber tel telephone 手机 手机号 手机号码 电话 电话号码 绑定手机 手機號",
    ),
    field(
        "email",
        ["邮箱", "E-mail"],
        false,
        Kind::Email,
        "email mail emailaddress mailbox mailaddress 邮箱 邮件 电子邮箱 电子邮件 邮箱地址 邮箱账号 邮箱帐号 注册邮箱 登录邮箱 郵箱 電郵",
    ),
    field(
        "password",
        ["密码", "Password"],
        true,
        Kind::Secret,
        "password passwd pwd pass passcode code pin pincode key secret cardpassword cardpwd cardcode cardkey redeemcode redemptioncode \
         cdkey licensekey licencekey productkey serialkey activationcode activationkey giftcode vouchercode couponcode \
         卡密 密码 卡密码 兑换码 券码 激活码 充值码 密钥 卡券密码 充值密码 充值卡密 登录密码 登陆密码 账号密码 帐号密码 \
         账户密码 卡券码 兑换券码 优惠码 礼品码 礼品卡密 产品密钥 授权码 注册码 cdk 兑换密码 密碼 兌換碼 啟用碼 啟動碼 序號",
    ),
    field(
        "email_password",
        ["邮箱密码", "E-mail password"],
        true,
        Kind::Secret,
        "emailpassword emailpwd emailpass mailpassword mailpwd mailpass 邮箱密码 邮件密码",
    ),
    field(
        "recovery_email",
        ["辅助邮箱", "Recovery e-mail"],
        false,
        Kind::Email,
        "recoveryemail recoverymail backupemail backupmail secondaryemail 辅助邮箱 辅邮 备用邮箱 恢复邮箱 安全邮箱",
    ),
    field(
        "recovery_code",
        ["恢复码", "Recovery code"],
        true,
        Kind::Secret,
        "recoverycode recoverykey recovery backupcode backupcodes recoverycodes 恢复码 备用码 备份码 救援码 恢复代码",
    ),
    field(
        "security_question",
        ["密保问题", "Security question"],
        false,
        Kind::Other,
        "securityquestion secretquestion question 密保问题 安全问题",
    ),
    field(
        "security_answer",
        ["密保答案", "Security answer"],
        true,
        Kind::Secret,
        "securityanswer secretanswer answer 密保答案 安全答案 密保",
    ),
    field(
        "security_code",
        ["安全码", "Security code"],
        true,
        Kind::Secret,
        "securitycode cvv cvc cvv2 cvc2 cvn verificationcode 安全码 校验码 验证码 附加码",
    ),
    field(
        "extract_code",
        ["提取码", "Extraction code"],
        true,
        Kind::Secret,
        "extractcode extractioncode extractcode accesscode sharecode 提取码 访问码 提取密码 分享码 解压密码 网盘密码 下载密码",
    ),
    field(
        "totp",
        ["2FA 密钥", "2FA secret"],
        true,
        Kind::Secret,
        "totp 2fa 2facode 2fakey 2fasecret otp otpsecret totpsecret totpkey mfa mfasecret 2fa密钥 两步验证 两步验证密钥 二次验证 \
         双重验证 谷歌验证码 谷歌验证 动态密钥 身份验证器密钥",
    ),
    field(
        "token",
        ["令牌", "Token"],
        true,
        Kind::Secret,
        "token accesstoken refreshtoken apikey apitoken 令牌 访问令牌 刷新令牌",
    ),
    field(
        "link",
        ["链接", "Link"],
        false,
        Kind::Link,
        "link url href website site activationlink activationurl redeemlink redeemurl downloadlink downloadurl \
         链接 网址 地址链接 兑换链接 激活链接 下载链接 下载地址 兑换地址 激活地址 领取链接 领取地址 网盘链接 卡券链接 登录地址 鏈接 連結 網址",
    ),
];

const fn field(
    code: &'static str,
    [name_zh, name_en]: [&'static str; 2],
    secret: bool,
    kind: Kind,
    words: &'static str,
) -> Builtin {
    Builtin { code, name_zh, name_en, secret, kind, words }
}

/// The built-in field of a code.
pub fn builtin(code: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|field| field.code == code)
}

/// The built-in field that a header means; takes what [`plain`] gives.
pub(crate) fn by_header(plain: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|field| field.words.split_ascii_whitespace().any(|word| word == plain))
}

/// Whether a text can be the code of a field.
pub fn is_field_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && text.len() <= 32
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A header without what may differ between two spellings of it.
pub(crate) fn plain(header: &str) -> String {
    let mut out: String = header
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        })
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !"-_–—*:：.'\"\u{feff}\u{200b}".contains(*c))
        .collect();
    for duty in
        ["(必填)", "(选填)", "(可选)", "(可空)", "(required)", "(optional)", "[必填]", "[选填]"]
    {
        out = out.replace(duty, "");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_word_means_one_field() {
        let mut seen = HashSet::new();
        for field in BUILTINS {
            assert!(is_field_code(field.code), "{}", field.code);
            let words: HashSet<_> = field.words.split_ascii_whitespace().collect();
            for word in words {
                assert_eq!(plain(word), word);
                assert!(seen.insert(word), "{word} means two fields");
            }
        }
    }

    #[test]
    fn headers_are_known_in_any_spelling() {
        let cases = [
            ("Card No", "number"),
            ("CARD_NUMBER", "number"),
            ("e-mail", "email"),
            ("User Name", "username"),
            ("账号（必填）", "account"),
            ("＊密码：", "password"),
            ("ＰＩＮ", "password"),
            ("提取码", "extract_code"),
            ("2FA", "totp"),
        ];
        for (header, code) in cases {
            assert_eq!(by_header(&plain(header)).map(|field| field.code), Some(code), "{header}");
        }
        for header in ["备注", "status", "面值", "", "notes", "price"] {
            assert_eq!(by_header(&plain(header)), None, "{header}");
        }
    }
}
