//! Looks for new data keys. While an old one is kept beside the newest, everything is sealed again.

use domain::seal::start_reseal::StartReseal;
use domain::{Command, identity};
use engine::Engine;
use std::time::Duration;
use tokio::sync::watch;

/// How often the keys are looked at; far less than the notice before a key is retired.
const EVERY: Duration = Duration::from_secs(1);

/// Runs until `stop` says so.
pub(crate) async fn watch(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match engine.refresh_keys().await {
            Ok(()) => start(&engine).await,
            Err(error) => tracing::error!(error = %error, "the data keys cannot be read"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn start(engine: &Engine) {
    if engine.vault().seal_keys().len() < 2 {
        return;
    }
    let command = Command::StartReseal(StartReseal);
    if let Err(error) = engine.submit_bulk(engine.internal(identity::operator(), command)).await {
        tracing::warn!(error = %error, "sealing again was not started; it will be");
    }
}
