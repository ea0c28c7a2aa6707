//! The generic model: a map with versions. Random sequences of saves agree with it on both engines, in batches as well as
//! alone, and leave equal rows.

use domain::resource::apply::{Applied, Apply, Part};
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{AnyKind, Fields, Row, registry};
use domain::{Envelope, Listed, Outcome, Reply};
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

/// What a save alone makes of what is known: what it will be, or the code of the refusal.
fn next(model: &Model, save: &Save) -> Result<Known, &'static str> {
    let before = model.get(&key(save)).cloned();
    let mut next = match (&save.wish, before.clone()) {
        (Wish::Create(_), Some(_)) => return Err("taken"),
        (Wish::Create(_) | Wish::Put(_), None) => {
            Known { version: 0, body: BTreeMap::new(), archived: false }
        }
        (_, None) => return Err("not_found"),
        (_, Some(known)) => known,
    };
    let is_seen = save.expected.as_ref().is_none_or(|seen| seen.contains(&next.version));
    let ignored = before.is_none() && matches!(save.wish, Wish::Create(_));
    let refused = !is_seen && !ignored;
    match &save.wish {
        Wish::Put(_) => {}
        _ if refused => return Err("precondition_failed"),
        Wish::Edit(_) if next.archived => return Err("resource_state"),
        _ => {}
    }
    match &save.wish {
        Wish::Create(content) | Wish::Edit(content) | Wish::Put(content) => {
            if matches!(save.wish, Wish::Put(_)) {
                (next.body, next.archived) = (BTreeMap::new(), false);
            }
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
    // What is as it shall be is so in any version.
    if refused && before.as_ref() != Some(&next) {
        return Err("precondition_failed");
    }
    Ok(next)
}

fn key(save: &Save) -> (i64, Id16) {
    (save.kind.kind.number, save.id)
}

/// What the model says of saves that happen together: the versions they have then, or the code of the refusal.
fn expect(model: &mut Model, saves: &[Save]) -> Result<Vec<i64>, &'static str> {
    let (mut after, mut changed) = (model.clone(), Vec::new());
    for save in saves {
        let mut next = next(model, save)?;
        if model.get(&key(save)) != Some(&next) {
            next.version += 1;
            after.insert(key(save), next);
            changed.push(key(save));
        }
    }
    for (at, one) in changed.iter().enumerate() {
        check(&after, &changed, at, one)?;
    }
    *model = after;
    Ok(saves.iter().map(|save| model[&key(save)].version).collect())
}

/// What others have to do with one that changes.
fn check(
    after: &Model,
    changed: &[(i64, Id16)],
    at: usize,
    one: &(i64, Id16),
) -> Result<(), &'static str> {
    let known = &after[one];
    let written = |id: &Id16| json!(any(PLACE).kind.write(id));
    let live = || after.iter().filter(|(_, known)| !known.archived);
    let places = || live().filter(|(key, _)| key.0 == PLACE);
    if known.archived {
        let refers = |(key, known): (&(i64, Id16), &Known)| {
            key.0 == OFFER && known.body["place"] == written(&one.1) && !changed.contains(key)
        };
        return if one.0 == PLACE && live().any(refers) { Err("in_use") } else { Ok(()) };
    }
    if one.0 == OFFER && !places().any(|(key, _)| written(&key.1) == known.body["place"]) {
        return Err("invalid");
    }
    // Of two that want one value the first has it.
    let before = |key: &(i64, Id16)| {
        changed.iter().position(|other| other == key).is_none_or(|other| other < at)
    };
    let twin = |(key, other): (&(i64, Id16), &Known)| {
        key != one && other.body["code"] == known.body["code"] && before(key)
    };
    if one.0 == PLACE && places().any(twin) { Err("taken") } else { Ok(()) }
}

/// A wish of several, each of another resource; some refer to what the same wish makes.
fn draw_many(random: &mut ChaCha12Rng, fresh: &mut u8, model: &Model) -> Vec<Save> {
    let (mut saves, mut seen) = (Vec::<Save>::new(), model.clone());
    for _ in 0..random.random_range(1..5) {
        let mut save = draw(random, fresh, &seen);
        save.wish = match save.wish {
            Wish::Create(content) | Wish::Edit(content) => Wish::Put(content),
            Wish::Restore => Wish::Archive,
            other => other,
        };
        if saves.iter().any(|other| key(other) == key(&save)) {
            continue;
        }
        let known = Known { version: 0, body: BTreeMap::new(), archived: false };
        seen.entry(key(&save)).or_insert(known);
        saves.push(save);
    }
    // The order means nothing but for which of two is refused.
    let turned = random.random_range(0..saves.len());
    saves.rotate_left(turned);
    saves
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
    let content = Content { fields, ..Content::default() };
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
        let mut batch: Vec<(Wanted, Result<Vec<i64>, &str>)> = Vec::new();
        while batch.len() < size && fresh < 200 {
            let wanted = match random.random_range(0..3) {
                0 => Wanted::Many(draw_many(&mut random, &mut fresh, &seen)),
                _ => Wanted::One(draw(&mut random, &mut fresh, &seen)),
            };
            let expected = expect(&mut model, wanted.saves());
            let done = if matches!(wanted, Wanted::One(_)) { "done" } else { "all done" };
            *met.entry(expected.as_ref().err().copied().unwrap_or(done)).or_default() += 1;
            batch.push((wanted, expected));
        }
        let sent: Vec<Envelope> =
            batch.iter().map(|(wanted, _)| wanted.envelope(&mut solo, tenant)).collect();
        let came = solo.run(&sent).await.expect("the batch runs");
        for ((wanted, expected), came) in batch.iter().zip(came) {
            let came = came.map(versions).map_err(|refusal| refusal.code());
            assert_eq!(came, *expected, "seed {seed}: {wanted:?}");
        }
    }
    for wanted in [
        "done",
        "all done",
        "taken",
        "not_found",
        "precondition_failed",
        "resource_state",
        "invalid",
        "in_use",
    ] {
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

/// What is asked for in one command.
#[derive(Debug)]
enum Wanted {
    One(Save),
    Many(Vec<Save>),
}

impl Wanted {
    fn saves(&self) -> &[Save] {
        match self {
            Self::One(save) => std::slice::from_ref(save),
            Self::Many(saves) => saves,
        }
    }

    fn envelope(&self, solo: &mut Solo, tenant: Tenant) -> Envelope {
        match self {
            Self::One(save) => solo.envelope(tenant, save.clone()),
            Self::Many(saves) => {
                let part = |save: &Save| (String::new(), Part::Resource(save.clone()));
                solo.envelope(tenant, Apply { parts: saves.iter().map(part).collect() })
            }
        }
    }
}

/// The versions that an outcome tells.
fn versions(outcome: Outcome) -> Vec<i64> {
    if let Some(Reply::New(row)) = outcome.clone().of::<Save>() {
        return vec![row.version];
    }
    match outcome.of::<Apply>() {
        Some(Reply::New(Applied(all))) => all.iter().map(|one| one.version).collect(),
        _ => panic!("another outcome than {} or {} has", Save::NAME, Apply::NAME),
    }
}

#[tokio::test]
async fn sequences_agree_with_a_map_with_versions_on_both_engines() {
    for seed in 1..=3 {
        let (here, there) = (run(Kind::Sqlite, seed).await, run(Kind::Postgres, seed).await);
        assert!(here.len() > 15, "{}", here.len());
        assert_eq!(here, there, "seed {seed}");
    }
}
