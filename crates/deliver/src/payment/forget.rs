//! Let go of exchanges with channels that were kept long enough, slice by slice.

use domain::identity::operator;
use domain::payment::exchange::ForgetExchanges;
use engine::{Engine, EngineError};

/// Slices of one round; what is left goes with the next.
const SLICES_MAX: usize = 1_000;

/// Lets them go, as long as there are any.
pub(crate) async fn forget(engine: &Engine) -> Result<(), EngineError> {
    for _ in 0..SLICES_MAX {
        let before = ForgetExchanges::before(engine.now());
        if !engine.reader().has_exchanges_before(&before).await? {
            return Ok(());
        }
        engine.run_bulk(engine.internal(operator()), ForgetExchanges).await?;
    }
    Ok(())
}
