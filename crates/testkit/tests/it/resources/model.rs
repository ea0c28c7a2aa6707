//! The generic model: a map with versions. Random sequences of saves agree with it on both engines, in batches as well as
//! alone, and leave equal rows.

use domain::resource::save::{Content, Save, Wish};
use domain::resource::{AnyKind, Fields, Row, registry};
use domain::{Envelope, Listed, Refusal, Reply};
use engine::{Clock, Solo};
use kernel::{Id16, MerchantId, Mode, Tenant};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use testkit::{Db, Kind};

/// A resource as the model knows it.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    version: i64,
    body: BTreeMap<String, Value>,
    archived: bool,
}

/// Resources by the number of their kind and their id.
type Model = BTreeMap<(i64, Id16), Known>;

const PLACE: i64 = 901;
const OFFER: i64 = 902;

fn any(number: i64) -> &'static AnyKind {
    registry::numbered(number).expect("a kind")
}

/// What the model says of a save: the version it has then, or the code of the refusal.
fn expect(model: &mut Model, save: &Save) -> Result<i64, &'static str> {
    let key = (save.kind.kind.number, save.id);
    let before = model.get(&key).cloned();
    let mut next = match (&save.wish, before.clone()) {
        (Wish::Create(_), Some(_)) => return Err("taken"),
        (Wish::Create(_), None) => Known { version: 0, body: BTreeMap::new(), archived: false },
        (_, None) => return Err("not_found"),
        (_, Some(known)) => known,
    };
    if before.is_some() && save.expected.as_ref().is_some_and(|seen| !seen.contains(&next.version))
    {
        return Err("precondition_failed");
    }
    match &save.wish {
        Wish::Edit(_) if next.archived => return Err("resource_state"),
        Wish::Create(content) | Wish::Edit(content) => {
            for (name, value) in &content.fields.0 {
                match value {
                    Value::Null => next.body.remove(name),
                    value => next.body.insert(name.clone(), value.clone()),
                };
            }
        }
        Wish::Archive => next.archived = true,
        Wish::Restore => next.archived = false,
    }
    if !next.body.contains_key("name") {
        return Err("invalid");
    }
    if before.as_ref() == Some(&next) {
        return Ok(next.version);
    }
    let live = |(_, known): &(&(i64, Id16), &Known)| !known.archived;
    let written = any(PLACE).kind.write(&save.id);
    if matches!(save.wish, Wish::Archive) {
        let refers = |(at, known): (&(i64, Id16), &Known)| {
            at.0 == OFFER && known.body["place"] == json!(written)
        };
        if key.0 == PLACE && model.iter().filter(live).any(refers) {
            return Err("in_use");
        }
    } else {
        let there = |(at, _): (&(i64, Id16), &Known)| {
            json!(any(PLACE).kind.write(&at.1)) == next.body["place"]
        };
        let places = |at: &(&(i64, Id16), &Known)| at.0.0 == PLACE;
        if key.0 == OFFER && !model.iter().filter(places).filter(live).any(there) {
            return Err("invalid");
        }
        let same = |(at, known): (&(i64, Id16), &Known)| {
            *at != key && known.body["code"] == next.body["code"]
        };
        if key.0 == PLACE
            && model.iter().filter(places).filter(live).any(|one| same((one.0, one.1)))
        {
            return Err("taken");
        }
    }
    next.version += 1;
    model.insert(key, next.clone());
    Ok(next.version)
}

/// A wish that may or may not be granted.
fn draw(random: &mut ChaCha12Rng, fresh: &mut u8, model: &Model) -> Save {
    let number = if random.random_range(0..3) == 0 { OFFER } else { PLACE };
    let known: Vec<Id16> =
        model.keys().filter(|(kind, _)| *kind == number).map(|(_, id)| *id).collect();
    let places: Vec<Id16> =
        model.keys().filter(|(kind, _)| *kind == PLACE).map(|(_, id)| *id).collect();
    let some = |random: &mut ChaCha12Rng, of: &[Id16]| match of.len() {
        0 => [0xee; 16],
        n => of[random.random_range(0..n)],
    };
    let mut fields = match number {
        OFFER => {
            json!({ "place": any(PLACE).kind.write(&some(random, &places)), "percent": random.random_range(1..4) })
        }
        _ => {
            json!({ "code": format!("c{}", random.random_range(0..6)), "seats": random.random_range(1..3) })
        }
    };
    match random.random_range(0..6) {
        0 => fields["name"] = Value::Null,
        1 => {}
        n => fields["name"] = json!(format!("n{n}")),
    }
    if number == PLACE && random.random() {
        fields["seats"] = Value::Null;
    }
    let fields: Fields = serde_json::from_value(fields).expect("fields");
    let content = Content { fields, sealed: Vec::new() };
    let (id, wish) = match random.random_range(0..8) {
        0..=2 => {
            *fresh += 1;
            ([*fresh; 16], Wish::Create(content))
        }
        3 | 4 => (some(random, &known), Wish::Edit(content)),
        5 | 6 => (some(random, &known), Wish::Archive),
        _ => (some(random, &known), Wish::Restore),
    };
    let expected = (random.random_range(0..4) == 0).then(|| vec![random.random_range(1..4)]);
    Save { kind: any(number), id, wish, expected, by: None }
}

/// Runs sequences on one engine; gives every row in the end.
async fn run(kind: Kind, seed: u64) -> Vec<Row> {
    let db = Db::new(kind);
    let store = db.store().await;
    let clock = Clock::Manual(Arc::new(AtomicI64::new(1_700_000_000_000_000)));
    let mut solo = Solo::open(&store, clock, Some(7)).await.expect("a writer");
    let create = domain::identity::create_merchant::CreateMerchant {
        name: "Shop".into(),
        zone: "Asia/Shanghai".into(),
    };
    let merchant: MerchantId =
        solo.one(domain::identity::operator(), create).await.expect("a merchant");
    let tenant = Tenant::new(merchant, Mode::Test);
    let (mut random, mut fresh, mut model) = (ChaCha12Rng::seed_from_u64(seed), 0, Model::new());
    let mut met = BTreeMap::<&str, u32>::new();
    for _ in 0..120 {
        // The commands of one batch see each other.
        let size = random.random_range(1..4);
        // Nobody knows an id before its resource is made, so nobody names it in the same batch.
        let seen = model.clone();
        let mut batch: Vec<(Save, Result<i64, &str>)> = Vec::new();
        while batch.len() < size && fresh < 200 {
            let save = draw(&mut random, &mut fresh, &seen);
            let expected = expect(&mut model, &save);
            *met.entry(expected.err().unwrap_or("done")).or_default() += 1;
            batch.push((save, expected));
        }
        let sent: Vec<Envelope> =
            batch.iter().map(|(save, _)| solo.envelope(tenant, save.clone())).collect();
        let came = solo.run(&sent).await.expect("the batch runs");
        for ((save, expected), came) in batch.iter().zip(came) {
            let came = match came.map(|outcome| outcome.of::<Save>()) {
                Ok(Some(Reply::New(row))) => Ok(row.version),
                Ok(_) => panic!("another outcome of {}", Save::NAME),
                Err(refusal) => Err(code(&refusal)),
            };
            assert_eq!(came, *expected, "seed {seed}: {:?} {:?}", save.id, save.wish);
        }
    }
    for wanted in
        ["done", "taken", "not_found", "precondition_failed", "resource_state", "invalid", "in_use"]
    {
        assert!(met.contains_key(wanted), "{wanted} was never met: {met:?}");
    }
    let reader = db.reader().await;
    let mut rows = Vec::new();
    for ((number, id), known) in &model {
        let row = reader
            .resource(&(tenant, *number, *id))
            .await
            .expect("it is read")
            .expect("it is there");
        let body: BTreeMap<String, Value> = row.body.0.clone().into_iter().collect();
        let stored = Known { version: row.version, body, archived: row.archived_at.is_some() };
        assert_eq!(stored, *known, "seed {seed}");
        let history = reader.resource_history(&(tenant, *number, *id), i64::MAX, 1_000).await;
        let history = history.expect("it is read");
        assert_eq!(history.len() as i64, known.version);
        assert_eq!(history[0].0, row);
        rows.push(row);
    }
    drop(reader);
    db.assert_sound().await;
    rows
}

fn code(refusal: &Refusal) -> &'static str {
    refusal.code()
}

#[tokio::test]
async fn sequences_agree_with_a_map_with_versions_on_both_engines() {
    for seed in 1..=3 {
        let (here, there) = (run(Kind::Sqlite, seed).await, run(Kind::Postgres, seed).await);
        assert!(here.len() > 15, "{}", here.len());
        assert_eq!(here, there, "seed {seed}");
    }
}
