//! What is looked up together: statements that do not wait for each other, and what is done with their rows.

use crate::Error;
use crate::seam::{Calls, Conn, Row, Statement, Value};
use domain::World;

/// Puts the rows of a look-up into the world.
type Take<'n> = Box<dyn FnOnce(&mut World, Vec<Row>) -> Result<(), Error> + Send + 'n>;

/// Look-ups in their order, which is the order in which rows are locked.
#[derive(Default)]
pub(crate) struct Asks<'n> {
    calls: Calls<'n>,
    takes: Vec<(usize, Take<'n>)>,
}

impl<'n> Asks<'n> {
    /// A look-up by rows; without any it is left out.
    pub fn rows<const N: usize>(
        &mut self,
        s: &'static Statement,
        keys: Vec<[Value<'n>; N]>,
        take: impl FnOnce(&mut World, Vec<Row>) -> Result<(), Error> + Send + 'n,
    ) {
        if !keys.is_empty() {
            let calls = self.calls.fetch_rows(s, keys);
            self.takes.push((calls, Box::new(take)));
        }
    }

    /// A look-up by parameters.
    pub fn one(
        &mut self,
        s: &'static Statement,
        params: Vec<Value<'n>>,
        take: impl FnOnce(&mut World, Vec<Row>) -> Result<(), Error> + Send + 'n,
    ) {
        self.calls.fetch(s, params);
        self.takes.push((1, Box::new(take)));
    }

    /// Runs all of them.
    pub async fn run(self, conn: &mut Conn, world: &mut World) -> Result<(), Error> {
        if self.takes.is_empty() {
            return Ok(());
        }
        let mut found = conn.run(&self.calls).await?.into_iter();
        for (calls, take) in self.takes {
            let rows = found.by_ref().take(calls).flat_map(|found| found.rows).collect();
            take(world, rows)?;
        }
        Ok(())
    }
}
