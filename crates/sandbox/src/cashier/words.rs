//! Every word of the sandbox's pages, one value per language.

use crate::channel::Channel;

macro_rules! words {
    ($($word:ident)*) => {
        /// What the pages say.
        pub struct Words {
            $(
                #[allow(missing_docs, reason = "the name says it, and the text is below")]
                pub $word: &'static str,
            )*
        }

        #[cfg(test)]
        fn all(w: &Words) -> Vec<&'static str> {
            vec![$(w.$word),*]
        }
    };
}

words! {
    lang other_lang other_name sandbox no_real_money wechat alipay stripe pay_to order_number
    pay fail more pay_twice underpay pay_with_coupon pay_after seconds
    paid closed refused on_its_way too_little back
    open_title open_label open_hint open_button unknown problem
    control faults channel fault set payments number amount state books paid_sum refunded_sum notices event status
    nothing_yet merchant
}

impl Words {
    /// A channel's name.
    pub fn channel(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::Wechat => self.wechat,
            Channel::Alipay => self.alipay,
            Channel::Stripe => self.stripe,
        }
    }
}

/// Chinese.
pub static ZH: Words = Words {
    lang: "zh",
    other_lang: "en",
    other_name: "English",
    sandbox: "支付沙箱",
    no_real_money: "这里是测试环境，不会动用真实资金。",
    wechat: "微信支付",
    alipay: "支付宝",
    stripe: "Stripe",
    pay_to: "商品",
    order_number: "商户单号",
    pay: "确认支付",
    fail: "支付失败",
    more: "更多情况",
    pay_twice: "重复支付两次",
    underpay: "只付一半",
    pay_with_coupon: "用代金券抵一成",
    pay_after: "晚些到账",
    seconds: "秒后",
    paid: "已支付",
    closed: "已关闭或已过期",
    refused: "银行拒绝了这次支付，可以再试。",
    on_its_way: "付款已提交，稍后到账。",
    too_little: "金额太小，不能这样支付。",
    back: "返回商家",
    open_title: "打开支付码",
    open_label: "二维码里的内容，或商户单号",
    open_hint: "真实环境里由手机扫码；这里把内容粘贴进来。",
    open_button: "打开",
    unknown: "没有找到这笔支付。",
    problem: "无法继续",
    control: "沙箱控制台",
    faults: "故障",
    channel: "渠道",
    fault: "故障类型",
    set: "设置",
    payments: "最近的支付",
    number: "单号",
    amount: "金额",
    state: "状态",
    books: "沙箱账本",
    paid_sum: "收款",
    refunded_sum: "退款",
    notices: "最近的通知",
    event: "事件",
    status: "应答",
    nothing_yet: "暂无",
    merchant: "商户",
};

/// English.
pub static EN: Words = Words {
    lang: "en",
    other_lang: "zh",
    other_name: "中文",
    sandbox: "Payment sandbox",
    no_real_money: "This is a test environment. No real money moves.",
    wechat: "WeChat Pay",
    alipay: "Alipay",
    stripe: "Stripe",
    pay_to: "Goods",
    order_number: "Merchant's number",
    pay: "Pay now",
    fail: "Let the bank refuse",
    more: "Other cases",
    pay_twice: "Pay twice",
    underpay: "Pay only half",
    pay_with_coupon: "Pay a tenth by coupon",
    pay_after: "Pay late",
    seconds: "seconds later",
    paid: "Paid",
    closed: "Closed or expired",
    refused: "The bank refused. You may try again.",
    on_its_way: "The payment is on its way and will arrive later.",
    too_little: "The amount is too small for that.",
    back: "Back to the merchant",
    open_title: "Open a payment code",
    open_label: "What the QR code says, or the merchant's number",
    open_hint: "A phone would scan it; here you paste it.",
    open_button: "Open",
    unknown: "No such payment was found.",
    problem: "This can't go on",
    control: "Sandbox control",
    faults: "Faults",
    channel: "Channel",
    fault: "Fault",
    set: "Set",
    payments: "Latest payments",
    number: "Number",
    amount: "Amount",
    state: "State",
    books: "The sandbox's books",
    paid_sum: "Paid",
    refunded_sum: "Refunded",
    notices: "Latest notices",
    event: "Event",
    status: "Answer",
    nothing_yet: "Nothing yet",
    merchant: "Merchant",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_both_languages() {
        for (zh, en) in all(&ZH).into_iter().zip(all(&EN)) {
            assert!(!zh.is_empty() && !en.is_empty());
            assert!(zh != en || zh == "Stripe", "{zh}");
        }
    }
}
