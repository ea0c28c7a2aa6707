//! Cursors lead from page to page, over every item once.

use super::{Cursor, Limit, List};
use kernel::Id16;

/// Ids 9 to 1, newest first, as a store would answer.
fn read(page: &store::read::Page<Id16>) -> Vec<Id16> {
    let all = (1..10).rev().map(|n| [n; 16]);
    let after = all.skip_while(|id| page.after.is_some_and(|after| *id >= after));
    after.take(page.limit as usize).collect()
}

#[test]
fn pages_show_every_item_once() {
    for limit in [1, 2, 3, 8, 9, 10] {
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let list = List { limit: Limit(limit), after };
            let page = list.show(read(&list.page(|id| id)), |id| *id, |id| Ok(*id));
            let page = page.expect("nothing can fail here");
            seen.extend(page.data);
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, (1..10).rev().map(|n| [n; 16]).collect::<Vec<Id16>>());
        assert_eq!(pages, 9_u32.div_ceil(limit), "no empty page at the end");
    }
}

#[test]
fn cursors_of_numbers_lead_back_and_others_do_not() {
    for number in [0, 1, 41, i64::MAX] {
        for kind in [0, 1] {
            assert_eq!(Cursor::of_number(kind, number).number(kind), Some(number));
            assert_eq!(Cursor::of_number(kind, number).number(kind + 1), None);
        }
    }
    assert_eq!(Cursor([1; 16]).number(1), None);
    assert_eq!(Cursor::of_number(1, -1).number(1), None);
}

#[test]
fn cursors_are_written_and_read_the_same() {
    let written = serde_json::to_value(Cursor([200; 16])).expect("a text");
    assert_eq!(serde_json::from_value::<Cursor>(written).ok(), Some(Cursor([200; 16])));
    assert!(serde_json::from_value::<Cursor>("no cursor".into()).is_err());
}

#[test]
fn limits_are_read_from_bodies_and_queries() {
    let cases = [("1", Some(1)), ("200", Some(200)), ("0", None), ("201", None), ("-1", None)];
    for (text, limit) in cases {
        let body = serde_json::from_str::<Limit>(text).ok();
        let query = serde_urlencoded::from_str::<List>(&format!("limit={text}")).ok();
        assert_eq!(body.map(|limit| limit.0), limit, "{text}");
        assert_eq!(query.map(|list| list.limit.0), limit, "{text}");
    }
    assert_eq!(List::default().limit, Limit(50));
}
