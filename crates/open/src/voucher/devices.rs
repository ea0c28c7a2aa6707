//! Devices of stores at which vouchers are redeemed.

use domain::Reply;
use domain::till;
use domain::till::add::AddDevice;
use domain::till::remove::RemoveDevice;
use domain::voucher::code;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing, Query};
use edge::link::staff_path;
use edge::pagination::{List, Page};
use edge::problem::Problem;
use edge::wire::{self, DeviceState, Name, StoreId, Time, Wire};
use kernel::DeviceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A device that is to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// Its store.
    pub store: StoreId,
    /// What people call it.
    pub name: Name,
}

/// A device. No `Debug`: its code pairs a browser.
#[derive(Serialize, ToSchema)]
pub struct Device {
    /// Its id.
    pub id: wire::DeviceId,
    /// Its store.
    pub store: StoreId,
    /// What people call it.
    pub name: String,
    /// Where it stands; `blocked` after five wrong PINs in a row.
    pub state: DeviceState,
    /// The code that pairs a browser once; null when it was used or is over.
    pub code: Option<String>,
    /// The staff's page with that code; null likewise.
    pub url: Option<String>,
    /// Until when the code is taken.
    pub code_until: Time,
    /// When a browser was paired.
    pub paired_at: Option<Time>,
    /// Whether it is unlocked now.
    pub unlocked: bool,
    /// When it was added.
    pub created_at: Time,
}

impl Device {
    /// A device as it is stored, with its code where that is still to be used and the caller may give it out.
    fn of(caller: &Caller, device: &till::Device) -> Self {
        let now = caller.engine().now();
        let waits = device.state == till::DeviceState::Waiting && now < device.code_until;
        let waits = waits && caller.may(domain::identity::Scope::VouchersWrite).is_ok();
        let code =
            waits.then(|| code::write(&caller.vault().device_code(device.tenant, &device.id.0)));
        let base = caller.settings().base_url.clone();
        let url =
            code.as_ref().map(|code| format!("{base}{}?code={code}", staff_path(device.tenant)));
        Self {
            id: Wire(device.id),
            store: Wire(device.store),
            name: device.name.clone(),
            state: Wire(device.state),
            code,
            url,
            code_until: Wire(device.code_until),
            paired_at: device.paired_at.map(Wire),
            unlocked: device.is_unlocked(now),
            created_at: Wire(device.created_at),
        }
    }
}

/// Add a device to a store. Its code pairs one browser within a day; the PIN of the store unlocks it for a shift.
#[utoipa::path(
    post, path = "/v1/devices", tag = "vouchers",
    request_body = NewDevice, responses((status = 201, body = Device))
)]
pub async fn add_device(caller: Caller, ask: Ask<NewDevice>) -> Answered<Device> {
    let (tenant, vault) = (caller.tenant(), caller.vault());
    let device = DeviceId(caller.engine().draw());
    let tag = vault.voucher_tag(tenant, &vault.device_code(tenant, &device.0));
    let command = AddDevice { device, tag, store: ask.body.store.0, name: ask.body.name.0 };
    match caller.submit(ask.once, command).await? {
        Reply::New(device) => Ok(Answer::created(Device::of(&caller, &device))),
        Reply::Replayed(before) => {
            let found = caller.reader().device(tenant, DeviceId(before.subject)).await?;
            let found = found.ok_or_else(|| Problem::internal("a device is gone"))?;
            Ok(Answer::created(Device::of(&caller, &found)).replayed(true))
        }
    }
}

/// List devices, newest first.
#[utoipa::path(
    get, path = "/v1/devices", tag = "vouchers",
    params(List), responses((status = 200, body = Page<Device>))
)]
pub async fn list_devices(caller: Caller, Query(list): Query<List>) -> Answered<Page<Device>> {
    let rows = caller.reader().devices(caller.tenant(), list.page(DeviceId)).await?;
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(Device::of(&caller, row)))?))
}

/// Take a device away: nothing is redeemed at it any more.
#[utoipa::path(
    post, path = "/v1/devices/{id}/remove", tag = "vouchers",
    params(("id" = inline(wire::DeviceId), Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Device))
)]
pub async fn remove_device(
    caller: Caller,
    At(device): At<DeviceId>,
    _: Ask<Nothing>,
) -> Answered<Device> {
    let device = caller.run(RemoveDevice { device }).await?;
    Ok(Answer::ok(Device::of(&caller, &device)))
}
