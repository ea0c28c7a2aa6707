//! Unlock a device by the PIN of its store, and lock it.

use super::Till;
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use axum::http::StatusCode;
use deliver::seal::secret_place;
use domain::resource::Resource;
use domain::till::unlock::{LockDevice, UnlockDevice};
use domain::till::{DeviceState, TRIES_MAX};
use domain::voucher::Store;
use edge::problem::{ErrorCode, Problem};
use kernel::{StoreId, Tenant};
use pages::page::till::Trouble;
use serde::Deserialize;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    pin: String,
}

/// `POST /s/{shop}/staff/unlock`
pub async fn unlock(visitor: Visitor, Here(shop): Here<String>, Form(typed): Form<Typed>) -> Paged {
    let mut till = Till::enter(visitor, &shop).await?;
    let Some(device) = till.device.clone() else { return Ok(Answer::see_other(&till.home)) };
    let tenant = till.front.tenant;
    let Some(pin) = pin_of(&till.visitor, tenant, device.store).await? else {
        return Ok(Answer::see_other(&till.home));
    };
    let right = bool::from(pin.as_bytes().ct_eq(typed.pin.trim().as_bytes()));
    let asked = till.visitor.run(tenant, UnlockDevice { device: device.id, right }).await;
    let device = match asked {
        Ok(device) => device,
        Err(problem) if problem.code() == ErrorCode::DeviceState => {
            return Ok(Answer::see_other(&till.home));
        }
        Err(problem) => return Err(problem),
    };
    if right || device.state == DeviceState::Blocked {
        return Ok(Answer::see_other(&till.home));
    }
    let left = TRIES_MAX.saturating_sub(device.tries);
    till.device = Some(device);
    let page = till.page(till.next(String::new()), Some(Trouble::Pin(left))).await?;
    Ok(Answer::page_with(StatusCode::FORBIDDEN, &page))
}

/// `POST /s/{shop}/staff/lock`
pub async fn lock(visitor: Visitor, Here(shop): Here<String>) -> Paged {
    let till = Till::enter(visitor, &shop).await?;
    if let Some((tenant, device)) = till.open() {
        till.visitor.run_at((tenant, device), LockDevice { device }).await?;
    }
    Ok(Answer::see_other(&till.home))
}

/// The PIN of a store, in clear.
async fn pin_of(
    visitor: &Visitor,
    tenant: Tenant,
    store: StoreId,
) -> Result<Option<Zeroizing<String>>, Problem> {
    let at = (tenant, Store::KIND.number, store.0);
    let Some(sealed) = visitor.reader().resource_secret(&at, "pin").await? else {
        return Ok(None);
    };
    let vault = visitor.engine().vault_for([&sealed[..]]).await;
    let clear = vault.unseal(&secret_place(tenant, &store.0, "pin"), &sealed);
    let clear = clear.map_err(|_| Problem::internal("the PIN of a store cannot be read"))?;
    let text = std::str::from_utf8(&clear).map_err(|_| Problem::internal("a PIN is no text"))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}
