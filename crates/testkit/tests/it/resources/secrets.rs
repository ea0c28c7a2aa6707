//! Secrets of resources: sent and never told, sealed apart, and sealed again when the key changes.

use super::{OFFERS, at, patch, place, shop};
use engine::rotate_keys;
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};
use testkit::app::MASTER_KEY;
use testkit::{Db, Kind, on_both};
use vault::KeyRing;

on_both!(a_secret_is_nowhere_in_clear, a_secret_is_sealed_again_under_a_new_key);

const SECRET: &str = "TSR-planted-secret-9f31c2-WXYZ";
const OTHER: &str = "TSR-planted-secret-77aa01-QRST";
/// The longest wait for everything to be sealed again.
const PATIENCE: Duration = Duration::from_secs(60);
/// What both have and no hint shows.
const MARK: &str = "TSR-planted-secret";

async fn a_secret_is_nowhere_in_clear(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let place = place(&shop, "P-1").await;
    let place = place.rsplit('/').next().expect("an id");
    let body = json!({ "name": "八折", "place": place, "percent": 20, "secret": SECRET });
    let made = shop.post_as(OFFERS, &body, "the-key").await;
    let path = at(&made, OFFERS);
    assert_eq!(made.json["secret"], json!({ "hint": "WXYZ" }));
    let kept = patch(&shop, &path, &json!({ "percent": 30 })).await;
    assert_eq!(kept.json["secret"], json!({ "hint": "WXYZ" }), "it stays as it is");
    let changed = patch(&shop, &path, &json!({ "secret": OTHER })).await;
    assert_eq!(changed.json["secret"], json!({ "hint": "QRST" }));

    let at = (shop.tenant, 902, id_of(&path));
    let sealed = app.engine.reader().resource_secret(&at, "secret").await.expect("it is read");
    let place = deliver::seal::secret_place(shop.tenant, &at.2, "secret");
    let clear = app.engine.vault().unseal(&place, &sealed.expect("a secret")).expect("it opens");
    assert_eq!(&clear[..], OTHER.as_bytes());

    let replayed = shop.post_as(OFFERS, &body, "the-key").await;
    let mut told = vec![made.text, kept.text, changed.text, replayed.text];
    let too_long = json!({ "secret": MARK.repeat(300) });
    told.push(patch(&shop, &path, &too_long).await.text);
    told.push(patch(&shop, &path, &json!({ "secret": [SECRET] })).await.text);
    told.push(patch(&shop, &path, &json!({ "secret": SECRET, "percent": 99 })).await.text);
    for read in
        [path.clone(), format!("{path}/history"), OFFERS.to_owned(), "/v1/journal".to_owned()]
    {
        told.push(shop.get(&read).await.text);
    }
    assert!(told.iter().all(|text| !text.contains(MARK)), "{told:#?}");
    let hex: String = MARK.bytes().map(|byte| format!("{byte:02x}")).collect();
    let rows = db.rows().await;
    assert!(rows.iter().any(|row| row.contains("QRST")), "the hint is there to be found");
    assert!(rows.iter().all(|row| !row.contains(MARK) && !row.to_lowercase().contains(&hex)));

    let gone = patch(&shop, &path, &json!({ "secret": null })).await;
    assert!(gone.json.get("secret").is_none(), "{}", gone.text);
    assert_eq!(db.number("SELECT COUNT(*) FROM resource_secrets").await, 0);
    app.stop().await;
    for file in db.files() {
        let bytes = fs::read(&file).unwrap_or_default();
        let found = bytes.windows(MARK.len()).any(|part| part == MARK.as_bytes());
        assert!(!found, "{} holds a secret", file.display());
    }
    db.assert_sound().await;
}

async fn a_secret_is_sealed_again_under_a_new_key(kind: Kind) {
    let db = Db::new(kind);
    let (app, shop) = shop(&db).await;
    let place = place(&shop, "P-1").await;
    let place = place.rsplit('/').next().expect("an id");
    let body = json!({ "name": "八折", "place": place, "percent": 20, "secret": SECRET });
    let path = at(&shop.post(OFFERS, &body).await, OFFERS);
    let at = (shop.tenant, 902, id_of(&path));
    let sealed =
        async || app.engine.reader().resource_secret(&at, "secret").await.expect("it is read");
    let before = sealed().await.expect("a secret");
    let ring = KeyRing::parse(MASTER_KEY).expect("a master key");
    rotate_keys(&db.settings(), &ring, true, "the night shift").await.expect("rotated");
    let begun = Instant::now();
    while db.number("SELECT COUNT(*) FROM data_keys WHERE purpose = 1").await > 1 {
        assert!(begun.elapsed() < PATIENCE, "sealing again does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let after = sealed().await.expect("a secret");
    assert_ne!(before, after);
    let place = deliver::seal::secret_place(shop.tenant, &at.2, "secret");
    let vault = app.engine.vault_for([&after[..]]).await;
    assert_eq!(&vault.unseal(&place, &after).expect("it opens")[..], SECRET.as_bytes());
    app.stop().await;
    db.assert_sound().await;
}

fn id_of(path: &str) -> kernel::Id16 {
    let any = domain::resource::registry::numbered(902).expect("the kind");
    any.kind.parse(path.rsplit('/').next().expect("an id")).expect("an id")
}
