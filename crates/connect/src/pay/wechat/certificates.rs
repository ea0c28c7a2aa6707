//! WeChat Pay's certificates: fetched, unsealed with the APIv3 key, and only then believed.

use super::client::{self, Client};
use super::keys::{PlatformKey, Verify};
use super::{account::WechatAccount, sign};
use crate::pay::answer::{Outcome, Why};
use crate::pay::notice::Refused;
use crate::pay::wire::http::{Reply, Request};
use crate::pay::wire::{aead, cert::Certificate, json};
use kernel::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

const PATH: &str = "/v3/certificates";
/// The only way that certificates and notices are sealed.
pub(super) const SEAL: &str = "AEAD_AES_256_GCM";

#[derive(Deserialize)]
struct List {
    data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    serial_no: String,
    encrypt_certificate: Sealed,
}

/// What is sealed with the APIv3 key.
#[derive(Deserialize)]
pub(super) struct Sealed {
    algorithm: String,
    nonce: String,
    #[serde(default)]
    associated_data: String,
    ciphertext: String,
}

impl Sealed {
    /// Opens it.
    pub fn open(&self, account: &WechatAccount) -> Result<Vec<u8>, Refused> {
        if self.algorithm != SEAL {
            return Err(Refused::Algorithm);
        }
        let key = &account.api_v3_key;
        aead::open(key, &self.nonce, &self.associated_data, &self.ciphertext).ok_or(Refused::Sealed)
    }
}

impl Client<'_, '_> {
    /// Fetches the certificates, if this account verifies by certificates.
    pub async fn refresh(&mut self) -> Outcome<()> {
        let Some(keyring) = self.account.keyring() else { return Outcome::Succeeded(()) };
        let request = Request::get(format!("{}{PATH}", self.line.gateways().wechat));
        let reply = match self.send(request, PATH).await {
            Ok(reply) => reply,
            Err(why) => return Outcome::Unknown(why),
        };
        if reply.status.as_u16() == 403 {
            let cure = "this merchant verifies by public key: give WeChat Pay's public key";
            return Outcome::Failed(Why::new("certificates_not_offered", cure));
        }
        if let Err(trouble) = client::read(&reply, false) {
            return trouble.lenient();
        }
        match read(self.account, &reply, self.line.now) {
            Ok(held) => {
                keyring.replace(held);
                Outcome::Succeeded(())
            }
            Err(Refused::Sealed) => {
                let cure =
                    "the APIv3 key does not open WeChat Pay's certificates: give the one in use";
                Outcome::Failed(Why::new("bad_api_v3_key", cure))
            }
            Err(refused) => Outcome::Unknown(refused.into()),
        }
    }
}

/// The certificates of an answer, whose signature one of them verifies: the seal vouches for the first ones.
fn read(
    account: &WechatAccount,
    reply: &Reply,
    now: Timestamp,
) -> Result<BTreeMap<String, PlatformKey>, Refused> {
    let list: List = json::read(&reply.body).ok_or(Refused::Unreadable("certificates"))?;
    let mut held = BTreeMap::new();
    for item in &list.data {
        let pem = item.encrypt_certificate.open(account)?;
        let text = std::str::from_utf8(&pem).map_err(|_| Refused::Unreadable("certificate"))?;
        let certificate = Certificate::read(text).map_err(Refused::Unreadable)?;
        if certificate.serial_hex() != item.serial_no.to_ascii_uppercase() {
            return Err(Refused::Unreadable("serial_no"));
        }
        let key = PlatformKey::of(&certificate).map_err(Refused::Unreadable)?;
        held.insert(item.serial_no.clone(), key);
    }
    let keyring = super::keys::Keyring::default();
    keyring.replace(held.clone());
    let verify = Verify::Certificates(Arc::new(keyring));
    let account = WechatAccount { verify, ..account.clone() };
    sign::verify(&account, &reply.headers, &reply.body, now)?;
    Ok(held)
}
