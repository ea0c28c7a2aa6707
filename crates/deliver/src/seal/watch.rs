//! Looks for new data keys. While an old one is kept beside the newest, everything is sealed again.

use domain::identity;
use domain::seal::start_reseal::StartReseal;
use engine::{Ended, Engine, Throttle};
use std::time::Duration;
use tokio::sync::watch;

/// How often the keys are looked at; far less than the notice before a key is retired.
const EVERY: Duration = Duration::from_secs(1);

static LINES: Throttle = Throttle::new(1);

/// Runs until `stop` says so.
pub(crate) async fn watch(engine: Engine, mut stop: watch::Receiver<bool>) -> Ended {
    while !*stop.borrow() {
        match engine.refresh_keys().await {
            Ok(()) => start(&engine).await,
            Err(error) => {
                if let Some(hushed) = LINES.admit() {
                    tracing::error!(error = %error, hushed, "the data keys cannot be read");
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => {}
        }
    }
    Ended::InOrder
}

async fn start(engine: &Engine) {
    if engine.vault().seal_keys().len() < 2 {
        return;
    }
    let command = StartReseal;
    if let Err(error) = engine.run_bulk(engine.internal(identity::operator()), command).await
        && let Some(hushed) = LINES.admit()
    {
        tracing::warn!(error = %error, hushed, "sealing again was not started; it will be");
    }
}
