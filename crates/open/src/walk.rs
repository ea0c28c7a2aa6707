//! Walks along payments or refunds by their ids, which stand in the order of time: what does not fit is left out, and one
//! request never looks at more than it may.

use domain::insight::KeyName;
use edge::auth::Caller;
use edge::pagination::{Cursor, Limit};
use edge::problem::Problem;
use edge::wire::Time;
use kernel::{Id16, Tenant, Timestamp, id};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::{Error, Reader};
use utoipa::ToSchema;

/// Rows that one request looks at, at most.
const LOOKED_AT_MAX: usize = 4_000;
/// Rows that are read at once; more than any page has.
const PIECE: u32 = 250;

/// In which order a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum TimeSort {
    /// Newest first.
    #[serde(rename = "-created_at")]
    Newest,
    /// Oldest first.
    #[serde(rename = "created_at")]
    Oldest,
}

/// Rows that are walked along. Their ids are drawn when they are made.
pub trait Walked: Sized {
    /// Its id.
    fn id(&self) -> Id16;
    /// All rows from an id on.
    async fn along(
        reader: &Reader,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Self>, Error>;
    /// These rows, in no order.
    async fn named(reader: &Reader, tenant: Tenant, ids: &[Id16]) -> Result<Vec<Self>, Error>;
}

/// Which part of a list is wanted.
pub struct Stretch {
    /// In which direction.
    pub way: Way,
    /// Made at this time or later.
    pub from: Option<Timestamp>,
    /// Made before this time.
    pub before: Option<Timestamp>,
    /// Items of the page.
    pub limit: Limit,
    /// Where the page before ended.
    pub after: Option<Cursor>,
}

impl TimeSort {
    /// In which direction ids are walked.
    pub fn way(self) -> Way {
        match self {
            Self::Newest => Way::Down,
            Self::Oldest => Way::Up,
        }
    }
}

impl Stretch {
    /// Before the first id that may fit.
    fn start(&self) -> Id16 {
        let first = match self.way {
            Way::Down => self.end_of_time(),
            Way::Up => self.from.map(id::first_at),
        };
        let after = self.after.map(|cursor| cursor.0);
        after.or(first).unwrap_or_else(|| self.way.start())
    }

    /// Comes after every id that was drawn before the end.
    fn end_of_time(&self) -> Option<Id16> {
        self.before.map(|before| id::first_at(before.plus_micros(1_000)))
    }

    /// Whether neither this row nor any after it can fit.
    fn is_beyond(&self, id: &Id16) -> bool {
        match self.way {
            Way::Down => self.from.is_some_and(|from| *id < id::first_at(from)),
            Way::Up => self.end_of_time().is_some_and(|end| *id >= end),
        }
    }

    /// The page of rows that are all there are.
    pub fn pick<R: Walked>(
        &self,
        mut rows: Vec<R>,
        fits: impl Fn(&R) -> bool,
    ) -> (Vec<R>, Option<Cursor>) {
        let start = self.start();
        rows.retain(|row| match self.way {
            Way::Down => row.id() < start,
            Way::Up => row.id() > start,
        });
        rows.retain(fits);
        sort(&mut rows, self.way);
        let more = rows.len() > self.limit.0 as usize;
        rows.truncate(self.limit.0 as usize);
        let next = rows.last().filter(|_| more).map(|row| Cursor(row.id()));
        (rows, next)
    }

    /// The page of the rows that fit, of all or of those that have a key.
    pub async fn walk<R: Walked>(
        &self,
        caller: &Caller,
        key: Option<KeyName>,
        fits: impl Fn(&R) -> bool,
    ) -> Result<(Vec<R>, Option<Cursor>), Problem> {
        let limit = self.limit.0 as usize;
        let mut at = self.start();
        let (mut found, mut looked_at): (Vec<R>, usize) = (Vec::new(), 0);
        loop {
            let (rows, ids) = self.step::<R>(caller, key, at).await?;
            for row in rows {
                if self.is_beyond(&row.id()) {
                    return Ok((found, None));
                }
                if !fits(&row) {
                    continue;
                }
                if found.len() == limit {
                    let last = found.last().map(|row| Cursor(row.id()));
                    return Ok((found, last));
                }
                found.push(row);
            }
            looked_at += ids.len();
            match ids.last() {
                Some(last) if ids.len() == PIECE as usize => at = *last,
                _ => return Ok((found, None)),
            }
            if looked_at >= LOOKED_AT_MAX {
                return Ok((found, Some(Cursor(at))));
            }
        }
    }

    /// The next rows in their order, and the ids that were looked at for them.
    async fn step<R: Walked>(
        &self,
        caller: &Caller,
        key: Option<KeyName>,
        at: Id16,
    ) -> Result<(Vec<R>, Vec<Id16>), Problem> {
        let (reader, tenant, way) = (caller.reader(), caller.tenant(), self.way);
        let Some(name) = key else {
            let rows = R::along(reader, tenant, (way, at), PIECE).await?;
            let ids = rows.iter().map(R::id).collect();
            return Ok((rows, ids));
        };
        let order = match way {
            Way::Down => [0; 16],
            Way::Up => [0xff; 16],
        };
        let from = (way, (at, kernel::OrderId(order)));
        let keyed = reader.sorted_orders(tenant, name, from, PIECE).await?;
        let ids: Vec<Id16> = keyed.into_iter().map(|(id, _)| id).collect();
        let mut rows = R::named(reader, tenant, &ids).await?;
        sort(&mut rows, way);
        Ok((rows, ids))
    }
}

fn sort<R: Walked>(rows: &mut [R], way: Way) {
    rows.sort_by_key(R::id);
    if way == Way::Down {
        rows.reverse();
    }
}

/// Refuses bounds that nothing lies between.
pub fn check_bounds(
    (amount_from, amount_to): (Option<i64>, Option<i64>),
    (from, before): (Option<&Time>, Option<&Time>),
) -> Result<(), Problem> {
    if amount_from.is_some_and(|from| from < 0) {
        return Err(Problem::invalid("amount_from", "send 0 or more, in minor units"));
    }
    if amount_to.is_some_and(|to| to < amount_from.unwrap_or(0)) {
        return Err(Problem::invalid("amount_to", "send no less than `amount_from`"));
    }
    if let (Some(from), Some(before)) = (from, before)
        && from.0 >= before.0
    {
        return Err(Problem::invalid("created_before", "send a later time than `created_from`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Row(Id16);

    impl Walked for Row {
        fn id(&self) -> Id16 {
            self.0
        }

        async fn along(_: &Reader, _: Tenant, _: (Way, Id16), _: u32) -> Result<Vec<Self>, Error> {
            Ok(Vec::new())
        }

        async fn named(_: &Reader, _: Tenant, _: &[Id16]) -> Result<Vec<Self>, Error> {
            Ok(Vec::new())
        }
    }

    fn stretch(way: Way, from: Option<i64>, before: Option<i64>) -> Stretch {
        let [from, before] = [from, before].map(|ms| ms.map(|ms| Timestamp(ms * 1_000)));
        Stretch { way, from, before, limit: Limit(2), after: None }
    }

    fn at(ms: i64) -> Id16 {
        let mut id = id::first_at(Timestamp(ms * 1_000));
        id[15] = 1;
        id
    }

    #[test]
    fn a_stretch_of_time_holds_the_ids_that_were_drawn_in_it() {
        for way in [Way::Down, Way::Up] {
            let part = stretch(way, Some(20), Some(30));
            let beyond = |ms| part.is_beyond(&at(ms));
            let start = part.start();
            let begins = |ms| if way == Way::Down { at(ms) < start } else { at(ms) > start };
            for ms in [20, 25, 30] {
                assert!(!beyond(ms) && begins(ms), "{way:?} {ms}");
            }
            let (before, after) = if way == Way::Down { (31, 19) } else { (19, 31) };
            assert!(!begins(before) && beyond(after), "{way:?}");
        }
    }

    #[test]
    fn a_page_of_known_rows_goes_on_where_the_one_before_ended() {
        let rows = || (1..=5).map(|ms| Row(at(ms))).collect::<Vec<_>>();
        for (way, pages) in [(Way::Up, [[1, 2], [4, 5]]), (Way::Down, [[5, 4], [2, 1]])] {
            let mut part = stretch(way, None, None);
            for (n, page) in pages.into_iter().enumerate() {
                let (found, next) = part.pick(rows(), |row| row.0 != at(3));
                assert_eq!(found, page.map(|ms| Row(at(ms))), "{way:?}");
                assert_eq!(next.is_some(), n == 0, "{way:?}");
                part.after = next;
            }
        }
    }

    #[test]
    fn bounds_that_nothing_lies_between_are_refused() {
        let times = (None, None);
        for (from, to, field) in [
            (Some(-1), None, "amount_from"),
            (None, Some(-1), "amount_to"),
            (Some(5), Some(4), "amount_to"),
        ] {
            let problem = check_bounds((from, to), times).expect_err("it is refused");
            assert_eq!(problem.errors[0].field, field);
        }
        assert!(check_bounds((Some(4), Some(4)), times).is_ok());
        let (one, two) = (kernel::Timestamp(1), kernel::Timestamp(2));
        let (one, two) = (edge::wire::Wire(one), edge::wire::Wire(two));
        assert!(check_bounds((None, None), (Some(&one), Some(&two))).is_ok());
        assert!(check_bounds((None, None), (Some(&one), Some(&one))).is_err());
    }
}
