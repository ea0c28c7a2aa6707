//! Accounts as they are stored, made ready for use.

use super::settings::{Channels, Ready};
use crate::payment::ReceiveError;
use crate::seal::secret_place;
use connect::pay::alipay::{AlipayAccount, AlipayFields};
use connect::pay::stripe::{StripeAccount, StripeFields};
use connect::pay::wechat::{WechatAccount, WechatFields};
use connect::pay::{Account, FieldError, Secret, alipay, wechat};
use domain::payment::account::{Channel, PaymentAccount, PaymentAccountId, Verification};
use domain::payment::refuse::TellUnreadable;
use domain::resource::registry;
use domain::resource::{Resource, Row};
use engine::{Engine, EngineError};
use kernel::Tenant;
use std::collections::BTreeMap;
use store::resource::read::{List, Order};

/// Accounts of a book that are looked at.
const ACCOUNTS_MAX: u32 = 100;

/// Makes an account of its fields and secrets ready. The error names the field and the cure.
pub fn parse(
    fields: &PaymentAccount,
    secrets: &mut BTreeMap<&'static str, String>,
) -> Result<Account, FieldError> {
    read(fields, secrets).map_err(|wrong| FieldError { field: own_name(wrong.field), ..wrong })
}

/// What a field of a channel's account is called among ours.
fn own_name(field: &'static str) -> &'static str {
    match field {
        "alipay_public_key" => "public_key",
        "root_certificates" => "root_certificate",
        "verify" => "verification",
        other => other,
    }
}

fn read(
    fields: &PaymentAccount,
    secrets: &mut BTreeMap<&'static str, String>,
) -> Result<Account, FieldError> {
    let text = |line: Option<&str>| line.unwrap_or_default().to_owned();
    let mut secret = |name| secrets.remove(name).map(Secret::new);
    let needed = |secret: Option<Secret>| secret.unwrap_or_else(|| Secret::new(String::new()));
    let public_key = text(fields.public_key.as_ref().map(|key| key.0.as_str()));
    let by_key = fields.verification == Verification::PublicKey;
    match fields.channel {
        Channel::Wechat => {
            let id = text(fields.public_key_id.as_ref().map(|id| id.0.as_str()));
            let keys = vec![wechat::PublicKeyFields { id, pem: public_key }];
            let fields = WechatFields {
                appid: text(fields.appid.as_ref().map(|id| id.0.as_str())),
                mchid: text(fields.mchid.as_ref().map(|id| id.0.as_str())),
                serial_no: text(fields.serial_no.as_ref().map(|no| no.0.as_str())),
                private_key: needed(secret("private_key")),
                api_v3_key: needed(secret("api_v3_key")),
                verify: match by_key {
                    true => wechat::VerifyFields::PublicKeys(keys),
                    false => wechat::VerifyFields::Certificates,
                },
                app_secret: secret("app_secret"),
            };
            WechatAccount::parse(fields).map(Account::Wechat)
        }
        Channel::Alipay => {
            let verify = match by_key {
                true => alipay::VerifyFields::Key(public_key),
                false => alipay::VerifyFields::Certificates {
                    app: text(fields.app_certificate.as_ref().map(|c| c.0.as_str())),
                    alipay: text(fields.alipay_certificate.as_ref().map(|c| c.0.as_str())),
                    root: text(fields.root_certificate.as_ref().map(|c| c.0.as_str())),
                },
            };
            let fields = AlipayFields {
                app_id: text(fields.app_id.as_ref().map(|id| id.0.as_str())),
                private_key: needed(secret("private_key")),
                verify,
                seller_id: fields.seller_id.as_ref().map(|id| id.0.clone()),
            };
            AlipayAccount::parse(fields).map(Account::Alipay)
        }
        Channel::Stripe => {
            let fields = StripeFields {
                secret_key: needed(secret("secret_key")),
                webhook_secret: secret("webhook_secret"),
                old_webhook_secret: secret("old_webhook_secret"),
            };
            StripeAccount::parse(fields).map(Account::Stripe)
        }
    }
}

/// An account of a book, ready for use; none where there is none. Made anew when its resource changed. One that is
/// archived begins nothing new, but money that was begun there comes, is asked for and goes back. One that cannot be read is told of.
pub(super) async fn account(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    id: PaymentAccountId,
) -> Result<Option<Ready>, ReceiveError> {
    let found = readable(engine, channels, tenant, id).await;
    if matches!(found, Err(ReceiveError::Account))
        && channels.unreadable(tenant, id.id(), engine.now())
    {
        let told = TellUnreadable { account: id };
        engine.run_bulk(engine.internal(tenant), told).await?;
    }
    found
}

/// The same, told to nobody when it cannot be read.
async fn readable(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    id: PaymentAccountId,
) -> Result<Option<Ready>, ReceiveError> {
    let any = registry::of::<PaymentAccount>();
    let at = (tenant, PaymentAccount::KIND.number, id.id());
    let found = engine.reader().resource(&at).await.map_err(EngineError::from)?;
    let Some(row) = found else { return Ok(None) };
    if let Some(ready) = channels.ready(tenant, id.id(), row.version) {
        return Ok(Some(ready));
    }
    let fields = any.typed::<PaymentAccount>(&row).ok_or(ReceiveError::Account)?;
    let mut clear = secrets(engine, tenant, &row, id).await?;
    let account = parse(&fields, &mut clear).map_err(|_| ReceiveError::Account)?;
    let ready = channels.keep(tenant, id.id(), (row.version, fields.channel), account);
    Ok(Some(ready.ok_or(ReceiveError::NoDoor)?))
}

/// The accounts that buyers of a book may pay through, oldest first; those whose channel failed just now come last.
pub async fn accounts(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
) -> Result<Vec<(PaymentAccountId, PaymentAccount)>, store::Error> {
    if channels.door(tenant).is_err() {
        return Ok(Vec::new());
    }
    let any = registry::of::<PaymentAccount>();
    let list = List {
        filters: Vec::new(),
        order: Order::Newest { after: None },
        archived: false,
        limit: ACCOUNTS_MAX,
    };
    let found = engine.reader().resources(tenant, any.kind.number, &list).await?;
    let typed = found.iter().rev().filter_map(|(row, _)| {
        Some((PaymentAccountId::new(row.id), any.typed::<PaymentAccount>(row)?))
    });
    let mut accounts: Vec<_> = typed.filter(|(_, account)| account.enabled).collect();
    accounts.sort_by_key(|(id, _)| channels.fails(tenant, id.id(), engine.now()));
    Ok(accounts)
}

/// The secrets of an account as it is stored, in clear.
pub async fn secrets(
    engine: &Engine,
    tenant: Tenant,
    row: &Row,
    id: PaymentAccountId,
) -> Result<BTreeMap<&'static str, String>, ReceiveError> {
    let mut secrets = BTreeMap::new();
    let at = (tenant, PaymentAccount::KIND.number, id.id());
    for field in PaymentAccount::SECRETS.iter().filter(|field| row.body.0.contains_key(**field)) {
        let sealed =
            engine.reader().resource_secret(&at, field).await.map_err(EngineError::from)?;
        let Some(sealed) = sealed else { continue };
        let vault = engine.vault_for([&sealed[..]]).await;
        let clear = vault.unseal(&secret_place(tenant, &id.id(), field), &sealed);
        let clear = clear.map_err(|_| ReceiveError::Account)?;
        let text = std::str::from_utf8(&clear).map_err(|_| ReceiveError::Account)?;
        secrets.insert(*field, text.to_owned());
    }
    Ok(secrets)
}
