//! Facts are kept for ever, so what was once written must be readable for ever: a stored sample of each
//! kind and version is read and, in the newest version, written again, with nothing lost and nothing added.

use domain::Fact;
use domain::fact::Kind;
use domain::resource::registry;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every kind with its version. A line is changed when a kind gets a new version, and never taken away.
const KINDS: &str = "\
access.refused 1
api_key.created 1
api_key.revoked 1
approval.alone 1
approval.decided 1
approval.expired 1
approval.opened 1
approval.taken 1
batch.advanced 1
batch.marked 1
batch.relocated 1
batch.relocation_advanced 1
buyer.created 1
buyer.unmasked 1
code.marked 1
codes.damaged 1
codes.expired 1
codes.exported 1
codes.guessed 1
codes.readmitted 1
codes.retagged 1
codes.revealed 1
codes.unreadable 1
content.changed 1
content.revealed 1
device.added 1
device.blocked 1
device.paired 1
device.removed 1
doubts.settled 1
export.downloaded 1
export.ended 1
export.requested 1
hold.made 1
hold.posted 1
hold.voided 1
import.advanced 1
import.asked 1
import.decided 1
import.finished 1
import.opened 1
journal.checkpointed 1
journal.exported 1
keys.dropped 1
keys.rotated 1
merchant.created 1
operator.entered 1
order.bought 1
order.closed 1
order.link_given 1
order.noted 1
order.paid 1
order.placed 1
order.retimed 1
order.unmasked 1
payment.account_unreadable 1
payment.ended 1
payment.notice_refused 1
payment.offered 1
payment.recharged 1
payment.returned 1
payment.started 1
person.changed 1
product.created 1
product.edited 1
refund.made 1
refund.retried 1
refund.settled 1
sample_place.archived 1
sample_place.created 1
sample_place.edited 1
sample_place.restored 1
session.ended 1
session.opened 1
session.stepped_up 1
shop.edited 1
sign_in.refused 1
sku.stopped 1
stock.low 1
voucher.redeemed 1
voucher.reversed 1
voucher_run.begun 1
voucher_run.stopped 1
voucher_run.taken 1
vouchers.expired 1
vouchers.made 1
wallet.credited 1";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn sample(kind: &str, v: i64) -> String {
    let path = folder().join(format!("{kind}.v{v}.json"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("no {path:?}: {e}"))
}

/// The kinds of facts. Facts about resources have one body whatever the kind, of which one stands here for all; what is
/// special about a kind is the shape of its fields, which has samples of its own.
fn kinds() -> impl Iterator<Item = Kind> {
    Fact::kinds().filter(|kind| {
        registry::of_fact(kind.name).is_none_or(|(any, _)| any.kind.word == "sample_place")
    })
}

/// A line of JSON for each shape of each kind of resource: a body as it was stored.
#[test]
fn every_shape_of_every_resource_has_a_sample_that_is_read() {
    for any in registry::ALL {
        for shape in 1..=any.shape {
            let path = folder().join(format!("resources/{}.s{shape}.json", any.kind.word));
            let stored = fs::read_to_string(&path).unwrap_or_else(|e| panic!("no {path:?}: {e}"));
            let fields = serde_json::from_str(&stored).expect("an object");
            let body = any.stored(shape, &fields).unwrap_or_else(|| panic!("{path:?} is not read"));
            if shape == any.shape {
                let written = serde_json::to_string(&body.fields()).expect("it is written");
                assert_eq!(format!("{written}\n"), stored, "{path:?} is written in another way");
            }
        }
    }
}

#[test]
fn every_kind_has_the_version_that_is_written_down() {
    let mut kinds: Vec<_> = kinds().map(|kind| format!("{} {}", kind.name, kind.v)).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, KINDS.lines().collect::<Vec<_>>(), "write new kinds and versions down");
}

#[test]
fn every_version_of_every_kind_has_a_sample() {
    let files = fs::read_dir(folder()).expect("the samples");
    let files = files.map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.path().is_file());
    let files = files.map(|entry| entry.file_name().into_string().expect("a name"));
    let versions =
        kinds().flat_map(|kind| (1..=kind.v).map(move |v| format!("{}.v{v}.json", kind.name)));
    assert_eq!(files.collect::<BTreeSet<_>>(), versions.collect(), "samples and kinds differ");
}

#[test]
fn every_sample_is_read_and_written_with_nothing_lost() {
    for kind in kinds() {
        let stored = sample(kind.name, kind.v);
        let fact = Fact::read(kind.name, kind.v, &stored);
        let fact = fact.unwrap_or_else(|_| panic!("{} cannot be read", kind.name));
        assert_eq!(fact.kind(), kind);
        let written = serde_json::to_string_pretty(&fact).expect("a fact is written");
        assert_eq!(format!("{written}\n"), stored, "{} is written in another way", kind.name);
        let again = Fact::read(kind.name, kind.v, &written).expect("what was written is read");
        assert_eq!(again, fact, "{} changes when it is written and read", kind.name);
    }
}

#[test]
fn samples_of_before_are_read_as_the_newest_version() {
    for kind in kinds() {
        for v in 1..kind.v {
            let fact = Fact::read(kind.name, v, &sample(kind.name, v));
            assert_eq!(fact.expect("it is read").kind(), kind, "{} v{v}", kind.name);
        }
    }
}

#[test]
fn what_this_program_does_not_know_is_refused() {
    let stored = sample("payment.started", 1);
    assert!(Fact::read("payment.started", 1, &stored).is_ok());
    // Another kind of the same shape, a version that is to come, one that never was, and no kind.
    for (kind, v) in
        [("payment.ended", 1), ("payment.started", 2), ("payment.started", 0), ("no.such", 1)]
    {
        assert!(Fact::read(kind, v, &stored).is_err(), "{kind} v{v}");
    }
}
