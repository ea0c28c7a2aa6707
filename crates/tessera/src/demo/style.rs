//! How the two shops of the demo look: their names, colours, logos and lines.

use super::client::Api;
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

/// A shop's style by the start of its merchant's name.
struct Style {
    merchant: &'static str,
    name: [&'static str; 2],
    greeting: [&'static str; 2],
    contact: [&'static str; 2],
    colour: &'static str,
    logo: &'static [u8],
}

const STYLES: [Style; 2] = [
    Style {
        merchant: "星河会员店",
        name: ["星河会员店", "Galaxy Memberships"],
        greeting: [
            "视频、音乐、读书和网盘会员，付款即到",
            "Video, music, books and storage, yours as soon as you pay",
        ],
        contact: ["在线客服每天 9:00–21:00", "Service daily 9:00–21:00"],
        colour: "#4b4fe2",
        logo: include_bytes!("logo-galaxy.png"),
    },
    Style {
        merchant: "青禾本地生活",
        name: ["青禾本地生活", "Green Grain Local"],
        greeting: [
            "咖啡、蛋糕、电影和洗车，到店出示即用",
            "Coffee, cake, films and car washes: show the code and enjoy",
        ],
        contact: [
            "门店电话见券面，每天 10:00–22:00",
            "Call the shop on your voucher, daily 10:00–22:00",
        ],
        colour: "#1f7a53",
        logo: include_bytes!("logo-grain.png"),
    },
];

#[derive(Deserialize)]
struct Shop {
    colour: Option<String>,
}

/// Gives a merchant's shop its style, unless it has one.
pub async fn dress(api: &Api, merchant: &str) -> Result<()> {
    let Some(style) = STYLES.iter().find(|style| merchant.starts_with(style.merchant)) else {
        return Ok(());
    };
    if api.get::<Shop>("/v1/shop").await?.colour.is_none() {
        api.patch::<Value>("/v1/shop", &style.body()).await?;
    }
    Ok(())
}

impl Style {
    fn body(&self) -> Value {
        let text = |[zh, en]: [&str; 2]| json!({ "zh": zh, "en": en });
        json!({
            "name": text(self.name),
            "greeting": text(self.greeting),
            "contact": text(self.contact),
            "colour": self.colour,
            "logo": STANDARD.encode(self.logo),
        })
    }
}
