//! The staff's page of a shop: a device that was paired and unlocked looks vouchers up, redeems them, and takes back what was
//! wrong.

pub mod basket;
pub mod pair;
pub mod redeem;
pub mod today;
pub mod unlock;

use crate::cookies;
use crate::form::{Asked, Here};
use crate::front::Front;
use crate::guesses::Guess;
use crate::middleware::{Answer, Paged};
use crate::order::voucher::store_of;
use crate::visitor::Visitor;
use basket::Basket;
use domain::till::{Device, DeviceState};
use domain::voucher::Store;
use edge::link::staff_path;
use edge::problem::Problem;
use kernel::{DeviceId, Tenant};
use pages::page::till::{TillPage, Trouble, View};
use serde::Deserialize;

/// The script that reads QR codes where the browser cannot, as the console brings it.
const SCANNER: &str = "/console/scanner.js";

/// A browser at a shop's till.
pub struct Till {
    /// Who looks.
    pub visitor: Visitor,
    /// The shop.
    pub front: Front,
    /// The staff's address.
    pub home: String,
    /// The device that the browser was paired with, unless it was taken away.
    pub device: Option<Device>,
    /// Its store.
    pub store: Option<Store>,
    /// What was chosen to be redeemed together.
    pub basket: Basket,
}

impl Till {
    /// Enters a shop as its staff.
    pub async fn enter(mut visitor: Visitor, shop: &str) -> Result<Self, Problem> {
        let front = visitor.enter(shop).await?;
        let home = staff_path(front.tenant);
        // Forms cannot be opened again, so the language switch leads to the page itself.
        visitor.here.clone_from(&home);
        let vault = visitor.engine().vault();
        let known = cookies::read_till(&vault, visitor.headers(), front.tenant);
        let device = match known {
            Some((id, paired)) => {
                let found = visitor.reader().device(front.tenant, id).await?;
                let own = |device: &Device| {
                    device.paired_at == Some(paired) && device.state != DeviceState::Removed
                };
                found.filter(own)
            }
            None => None,
        };
        let store = match &device {
            Some(device) => store_of(&visitor, front.tenant, device.store).await?,
            None => None,
        };
        Ok(Self { visitor, front, home, device, store, basket: Basket::default() })
    }

    /// The book and the device, where vouchers may be redeemed now.
    pub fn open(&self) -> Option<(Tenant, DeviceId)> {
        let now = self.visitor.engine().now();
        let device = self.device.as_ref().filter(|device| device.is_unlocked(now))?;
        Some((self.front.tenant, device.id))
    }

    /// Who tries a code.
    pub fn guess(&self) -> Guess {
        let device = self.open().map(|(_, device)| device);
        Guess { tenant: self.front.tenant, address: self.visitor.address(), device }
    }

    /// What the device asks for next.
    pub fn next(&self, code: String) -> View {
        let action = |last: &str| format!("{}/{last}", self.home);
        match &self.device {
            None => View::Pair { action: action("pair"), code },
            Some(device) if device.state == DeviceState::Blocked => View::Blocked,
            Some(_) if self.open().is_none() => View::Unlock {
                action: action("unlock"),
                has_pin: self.store.as_ref().is_some_and(|store| store.pin.is_some()),
            },
            Some(_) => View::Ready { action: action("look"), code, scanner: SCANNER.to_owned() },
        }
    }

    /// The page.
    pub async fn page(&self, view: View, problem: Option<Trouble>) -> Result<TillPage, Problem> {
        let store = self.store.as_ref().map(|store| store.name.0.as_str());
        let device = self.device.as_ref().map(|device| device.name.as_str());
        let place: Vec<&str> = store.into_iter().chain(device).collect();
        Ok(TillPage {
            frame: self.visitor.frame(),
            home: self.home.clone(),
            place: place.join(" · "),
            problem,
            dropped: String::new(),
            basket: self.basket.shown(self).await?,
            view,
        })
    }
}

/// The query of the staff's page.
#[derive(Debug, Deserialize)]
pub struct WithCode {
    /// A pairing code that came with the link.
    #[serde(default)]
    code: String,
}

/// `GET /s/{shop}/staff`
pub async fn till(
    visitor: Visitor,
    Here(shop): Here<String>,
    Asked(asked): Asked<WithCode>,
) -> Paged {
    let till = Till::enter(visitor, &shop).await?;
    let view = till.next(asked.code);
    Ok(Answer::page(&till.page(view, None).await?))
}
