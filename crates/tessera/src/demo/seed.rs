//! Seeding: what is missing is made; what is there stays. So it may be run again, or broken off.

use super::client::Api;
use super::{codes, style};
use anyhow::{Context, Result, bail};
use domain::identity::Scope;
use domain::resource::AnyKind;
use kernel::{MerchantId, Mode, Tenant};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use vault::Vault;

/// The longest wait for an import.
const IMPORT_PATIENCE: Duration = Duration::from_secs(120);
/// What the merchants sell; the words and prices are invented.
const CATALOGUE: &str = include_str!("catalogue.json");

/// A merchant as the ready file shows him.
#[derive(Debug, Serialize)]
pub struct SeededMerchant {
    id: String,
    name: String,
    shop_url: String,
    secret_key: String,
    /// What signs the test channel's notices, so that a tester can send his own.
    test_channel_secret: String,
    skus: Vec<SeededSku>,
    #[serde(skip)]
    stores: Vec<String>,
    #[serde(skip)]
    staff_url: String,
}

/// What unlocks the devices of each store of the demo.
const PIN: &str = "258036";

/// A store as the ready file shows it.
#[derive(Debug, Serialize)]
pub struct SeededStore {
    id: String,
    merchant: String,
    /// Unlocks its devices.
    pin: &'static str,
}

impl SeededMerchant {
    /// The stores where his vouchers are redeemed.
    pub fn stores(&self) -> impl Iterator<Item = SeededStore> {
        let (merchant, pin) = (&self.id, PIN);
        self.stores.iter().map(move |id| SeededStore {
            id: id.clone(),
            merchant: merchant.clone(),
            pin,
        })
    }

    /// The staff's page with a code that pairs a browser.
    pub fn staff_url(&self) -> &str {
        &self.staff_url
    }

    /// His id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// His name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A key of his, in test mode.
    pub fn secret_key(&self) -> &str {
        &self.secret_key
    }

    /// Name and path of his shop.
    pub fn shop(&self) -> (String, String) {
        let path = self.shop_url.find("/s/").map(|at| &self.shop_url[at..]);
        (self.name.clone(), path.unwrap_or(&self.shop_url).to_owned())
    }

    /// Name and address of his shop, for people.
    pub fn shop_line(&self) -> String {
        format!("{}  {}", self.name, self.shop_url)
    }
}

#[derive(Debug, Serialize)]
struct SeededSku {
    id: String,
    kind: String,
    name: String,
    price: Value,
}

#[derive(Deserialize)]
struct Merchant {
    name: String,
    products: Vec<Value>,
    stores: Vec<Value>,
}

#[derive(Deserialize)]
struct Page<T> {
    data: Vec<T>,
}

#[derive(Deserialize)]
struct Device {
    url: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Product {
    name: String,
    skus: Vec<Sku>,
}

#[derive(Deserialize)]
struct Sku {
    id: String,
    kind: String,
    name: String,
    price: Value,
    #[serde(default)]
    code_fields: Vec<CodeField>,
    /// Absent for a SKU that was just made.
    #[serde(default)]
    stock: i64,
}

#[derive(Deserialize)]
struct CodeField {
    code: String,
}

#[derive(Deserialize)]
struct Import {
    id: String,
    state: String,
}

#[derive(Deserialize)]
struct Key {
    secret: String,
}

/// Makes what is missing; gives the merchants with keys that work for these kinds, too. Buyers reach the pages under `shops`.
pub async fn seed(
    vault: &Vault,
    url: &str,
    shops: &str,
    operator_key: &str,
    kinds: &'static [AnyKind],
) -> Result<Vec<SeededMerchant>> {
    let operator = Api::new(url, operator_key);
    let catalogue: Vec<Merchant> = serde_json::from_str(CATALOGUE).context("the catalogue")?;
    let known: Page<Named> = operator.get("/v1/merchants?limit=200").await?;
    let mut seeded = Vec::new();
    for merchant in catalogue {
        let found = known.data.iter().find(|m| m.name == merchant.name).map(|m| m.id.clone());
        let id = match found {
            Some(id) => id,
            None => {
                let body = json!({ "name": merchant.name, "zone": "Asia/Shanghai" });
                operator.post::<Named>("/v1/merchants", &body).await?.id
            }
        };
        let scopes = Scope::MERCHANT.into_iter().chain(Scope::of(kinds));
        let scopes = scopes.filter(|scope| !scope.is_of_people());
        let scopes: Vec<_> = scopes.map(Scope::name).collect();
        let body = json!({ "name": "demo", "mode": "test", "scopes": scopes });
        let key: Key = operator.post(&format!("/v1/merchants/{id}/keys"), &body).await?;
        let api = Api::new(url, &key.secret);
        style::dress(&api, &merchant.name).await?;
        let stores = open_stores(&api, &merchant.stores).await?;
        let staff_url = add_device(&api, stores.first().context("a store")?).await?;
        let skus = stock_shelves(&api, &merchant.products).await?;
        // The shop in test mode: the demo moves no money.
        let tenant = Tenant::new(MerchantId::parse(&id).context("a merchant's id")?, Mode::Test);
        let shop_url = format!("{shops}{}", edge::link::shop_path(tenant));
        let (name, secret_key) = (merchant.name, key.secret);
        let test_channel_secret = hex(&vault.test_channel_secret(tenant)[..]);
        seeded.push(SeededMerchant {
            id,
            name,
            shop_url,
            secret_key,
            test_channel_secret,
            skus,
            staff_url,
            stores,
        });
    }
    Ok(seeded)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn open_stores(api: &Api, wanted: &[Value]) -> Result<Vec<String>> {
    let known: Page<Named> = api.get("/v1/stores?limit=200").await?;
    let mut stores = Vec::new();
    for body in wanted {
        let found = known.data.iter().find(|store| body["name"] == store.name.as_str());
        stores.push(match found {
            Some(store) => store.id.clone(),
            None => {
                let mut body = body.clone();
                body["pin"] = PIN.into();
                api.post::<Named>("/v1/stores", &body).await?.id
            }
        });
    }
    Ok(stores)
}

/// The staff's page with the code of a device that nobody has paired.
async fn add_device(api: &Api, store: &str) -> Result<String> {
    let known: Page<Device> = api.get("/v1/devices?limit=200").await?;
    let waiting = known.data.into_iter().find_map(|device| device.url);
    if let Some(url) = waiting {
        return Ok(url);
    }
    let made: Device =
        api.post("/v1/devices", &json!({ "store": store, "name": "收银台 1" })).await?;
    made.url.context("a device has a code")
}

async fn stock_shelves(api: &Api, wanted: &[Value]) -> Result<Vec<SeededSku>> {
    let known: Page<Product> = api.get("/v1/products?limit=200").await?;
    let mut skus = Vec::new();
    let mut started = Vec::new();
    for body in wanted {
        let found = known.data.iter().find(|p| body["name"] == p.name.as_str());
        let made: Product;
        let product = match found {
            Some(product) => product,
            None => {
                made = api.post("/v1/products", body).await?;
                &made
            }
        };
        for sku in &product.skus {
            // Codes that were sold out or are still being read come as duplicates: nothing is seeded twice.
            if sku.stock == 0 && sku.kind == "code" {
                let path = format!("/v1/skus/{}/code-imports", sku.id);
                let fields = sku.code_fields.iter().map(|field| field.code.as_str());
                let csv = codes::of(&sku.id, &fields.collect::<Vec<_>>());
                started.push(api.upload::<Import>(&path, csv).await?.id);
            }
            skus.push(SeededSku {
                id: sku.id.clone(),
                kind: sku.kind.clone(),
                name: format!("{} {}", product.name, sku.name),
                price: sku.price.clone(),
            });
        }
    }
    for import in started {
        wait(api, &import).await?;
    }
    Ok(skus)
}

async fn wait(api: &Api, import: &str) -> Result<()> {
    let begun = Instant::now();
    loop {
        let now: Import = api.get(&format!("/v1/code-imports/{import}")).await?;
        match now.state.as_str() {
            "done" => return Ok(()),
            "failed" => bail!("the demo's codes cannot be read"),
            _ if begun.elapsed() > IMPORT_PATIENCE => bail!("the demo's codes are not read yet"),
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
