//! A sandbox that speaks the real protocols of WeChat Pay (API v3), Alipay (gateway, RSA2) and Stripe (API v1).
//!
//! It is written from the channels' documents, so that it checks our clients as strictly as the channels do. All
//! state is in memory; only the accounts may be kept in a file. It listens on loopback addresses only.

mod alipay;
mod books;
mod cashier;
mod channel;
mod clock;
mod control;
mod faults;
mod gcm;
mod guard;
mod keys;
mod merchant;
mod notice;
mod payment;
mod payments;
mod random;
mod routes;
mod sandbox;
mod stripe;
#[cfg(test)]
mod tests;
mod till;
mod wechat;

pub use clock::Clock;
pub use merchant::{
    Accounts, AlipayAccount, AlipayCertificates, MerchantAccounts, Mode, StripeAccount,
    WechatAccount,
};
pub use notice::Letter;
pub use sandbox::Pace;

use anyhow::{Context, Result, ensure};
use sandbox::Sandbox;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How a sandbox is started.
#[derive(Clone)]
pub struct Settings {
    /// A loopback address; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Where accounts are kept, so that a restart has the same keys; none makes new ones.
    pub accounts_file: Option<PathBuf>,
    /// How it behaves.
    pub pace: Pace,
}

impl Default for Settings {
    fn default() -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        Self { listen, accounts_file: None, pace: Pace::default() }
    }
}

/// A sandbox that is running; it ends when this is dropped.
pub struct Running {
    shared: Arc<Sandbox>,
    server: JoinHandle<()>,
}

/// Starts a sandbox; it answers once this returns.
///
/// # Errors
/// If the address is not a loopback one or is taken, or the file of the accounts is not readable.
pub async fn start(settings: Settings) -> Result<Running> {
    let address = settings.listen;
    ensure!(address.ip().is_loopback(), "the sandbox listens on loopback addresses only");
    let file = settings.accounts_file;
    let accounts =
        tokio::task::spawn_blocking(move || merchant::read_or_create(file.as_deref())).await??;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("the sandbox cannot listen on {address}"))?;
    let origin = format!("http://{}", listener.local_addr()?);
    let accounts = accounts.into_iter().map(|accounts| accounts.at(&origin)).collect();
    let shared = Sandbox::new(origin, settings.pace, accounts)?;
    let router = routes::router(&shared);
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!("the sandbox has ended: {error}");
        }
    });
    Ok(Running { shared, server })
}

impl Running {
    /// Origin of everything.
    pub fn url(&self) -> &str {
        &self.shared.origin
    }

    /// What the ready file says of the sandbox.
    pub fn accounts(&self) -> Accounts {
        Accounts::of(&self.shared)
    }

    /// Sends a merchant's Stripe events to an address; the first such address is signed for with the
    /// `webhook_secret` of its accounts.
    ///
    /// # Panics
    /// If there is no such merchant.
    pub fn add_stripe_webhook(&self, merchant: usize, url: &str) {
        stripe::event::add_endpoint(&self.shared, merchant, url, vec!["*".to_owned()]);
    }

    /// The notice that a merchant's payment was paid by WeChat Pay, signed and sealed now. It is sent to nobody and stands in no
    /// books: a load of notices is made of such.
    ///
    /// # Panics
    /// If there is no such merchant.
    pub fn wechat_letter(&self, merchant: usize, number: &str, order: &str, fen: i64) -> Letter {
        wechat::notice::paid(&self.shared, merchant, number, order, fen)
    }

    /// The sandbox's books, as `GET /control/books` answers them.
    pub fn books(&self) -> serde_json::Value {
        control::report(&self.shared)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.ended.send_replace(true);
        self.server.abort();
    }
}
