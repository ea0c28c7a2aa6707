//! What a connection of the load generator does for request `n`: one request, or several that need each other.

use super::connection::{Answer, Link};
use super::load::MakeRequest;
use super::two_step::TwoStep;
use anyhow::Result;
use std::sync::Arc;

/// One unit of the work that a run counts.
#[derive(Clone)]
pub enum Operation {
    /// One request.
    One(MakeRequest),
    /// One request that 401 is the right answer to.
    Wrong(MakeRequest),
    /// An order in two steps: three requests, counted as one.
    TwoStep(Arc<TwoStep>),
}

impl Operation {
    /// Does it for request `n` of a connection; the answer is the last one.
    pub async fn run(&self, link: &mut Link, connection: usize, n: u64) -> Result<Answer> {
        match self {
            Self::One(make_request) => link.exchange(make_request(connection, n)).await,
            Self::Wrong(make_request) => link.exchange_wrong(make_request(connection, n)).await,
            Self::TwoStep(steps) => steps.run(link, connection, n).await,
        }
    }
}
