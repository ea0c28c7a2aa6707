//! The journal is tampered with by SQL, by somebody who knows how it is made: whatever was changed is found.

use deliver::anchor::{Settings, kept};
use domain::anchor::checkpoint::{Checkpoint, hex, unhex};
use domain::anchor::proof::{Proof, Row, Sum};
use domain::anchor::{Anchor, MacKey, link};
use domain::context::Actor;
use domain::identity::operator;
use kernel::Tenant;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::anchor::verify::{Chain, Means, verify_in};
use store::read::facts;
use store::seam::Conn;
use testkit::{App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;
use vault::{Vault, is_signed};

on_both!(
    tampering_is_found,
    a_tail_that_was_made_again_is_found_with_the_key,
    tampering_with_what_is_not_linked_yet_is_found,
    what_the_key_makes_again_is_found_by_what_was_kept
);

/// What is done to a book `{b}` whose newest fact is `{n}`, by plain SQL of both engines.
const TAMPERINGS: &[(&str, &str)] = &[
    ("the oldest fact edited", "UPDATE journal SET data = '{}' WHERE tenant = {b} AND seq = 1"),
    (
        "the newest fact edited",
        "UPDATE journal SET data = data || ' ' WHERE tenant = {b} AND seq = {n}",
    ),
    ("another request", "UPDATE journal SET request = subject WHERE tenant = {b} AND seq = {n}"),
    ("nobody did it", "UPDATE journal SET actor = NULL WHERE tenant = {b} AND seq = {n}"),
    ("somebody else did it", "UPDATE journal SET actor = request WHERE tenant = {b} AND seq = {n}"),
    ("from nowhere", "UPDATE journal SET address = NULL WHERE tenant = {b} AND seq = {n}"),
    ("of another thing", "UPDATE journal SET subject = request WHERE tenant = {b} AND seq = {n}"),
    ("later", "UPDATE journal SET at = at + 1 WHERE tenant = {b} AND seq = {n}"),
    ("of another version", "UPDATE journal SET v = v + 1 WHERE tenant = {b} AND seq = 3"),
    ("of another kind", "UPDATE journal SET kind = 'a' WHERE tenant = {b} AND seq = {n}"),
    ("the newest removed", "DELETE FROM journal WHERE tenant = {b} AND seq = {n}"),
    ("the oldest removed", "DELETE FROM journal WHERE tenant = {b} AND seq = 1"),
    (
        "one removed and the others numbered anew",
        "DELETE FROM journal WHERE tenant = {b} AND seq = {n} - 1;
         UPDATE journal SET seq = seq - 1 WHERE tenant = {b} AND seq = {n};
         UPDATE journal_heads SET seq = seq - 1 WHERE tenant = {b}",
    ),
    (
        "the two newest swapped",
        "UPDATE journal SET seq = -1 WHERE tenant = {b} AND seq = {n};
         UPDATE journal SET seq = {n} WHERE tenant = {b} AND seq = {n} - 1;
         UPDATE journal SET seq = {n} - 1 WHERE tenant = {b} AND seq = -1",
    ),
    (
        "two far apart swapped",
        "UPDATE journal SET seq = -1 WHERE tenant = {b} AND seq = {n};
         UPDATE journal SET seq = {n} WHERE tenant = {b} AND seq = 3;
         UPDATE journal SET seq = 3 WHERE tenant = {b} AND seq = -1",
    ),
    (
        "what two facts say swapped",
        "UPDATE journal SET data = (
            SELECT j.data FROM journal j WHERE j.tenant = {b} AND j.seq = {n} - 1
         ) WHERE tenant = {b} AND seq = {n}",
    ),
    (
        "one told twice",
        "INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data, address, proof)
         SELECT tenant, seq + 1, at, request, actor, kind, v, subject, data, address, proof FROM journal
         WHERE tenant = {b} AND seq = {n};
         UPDATE journal_heads SET seq = seq + 1 WHERE tenant = {b}",
    ),
    (
        "one invented",
        "INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data)
         SELECT tenant, seq + 1, at, request, actor, kind, v, subject, data FROM journal
         WHERE tenant = {b} AND seq = {n};
         UPDATE journal_heads SET seq = seq + 1 WHERE tenant = {b}",
    ),
    (
        "one moved to another book",
        "UPDATE journal SET tenant = request WHERE tenant = {b} AND seq = {n};
         UPDATE journal_heads SET seq = seq - 1 WHERE tenant = {b}",
    ),
    ("a proof taken away", "UPDATE journal SET proof = NULL WHERE tenant = {b} AND seq = {n}"),
    (
        "the proof of another",
        "UPDATE journal SET proof = (
            SELECT j.proof FROM journal j WHERE j.tenant = {b} AND j.seq = {n} - 1
         ) WHERE tenant = {b} AND seq = {n}",
    ),
    ("a lower head", "UPDATE journal_heads SET seq = seq - 1 WHERE tenant = {b}"),
    ("a higher head", "UPDATE journal_heads SET seq = seq + 1 WHERE tenant = {b}"),
    ("no head", "DELETE FROM journal_heads WHERE tenant = {b}"),
    ("a fact of before", "UPDATE journal SET before = 1 WHERE tenant = {b} AND seq = {n}"),
];

/// The same where the book is anchored and stands in checkpoints.
const ANCHORED: &[(&str, &str)] = &[
    (
        "the newest removed with its head",
        "DELETE FROM journal WHERE tenant = {b} AND seq = {n};
         UPDATE journal_heads SET seq = seq - 1 WHERE tenant = {b}",
    ),
    ("a later anchor", "UPDATE journal_anchors SET seq = seq + 1 WHERE tenant = {b}"),
    ("an earlier anchor", "UPDATE journal_anchors SET seq = seq - 1 WHERE tenant = {b}"),
    ("another chain", "UPDATE journal_anchors SET chain = mac WHERE tenant = {b}"),
    ("another time", "UPDATE journal_anchors SET at = at + 1 WHERE tenant = {b}"),
    ("a book of before", "UPDATE journal_anchors SET before = seq WHERE tenant = {b}"),
    ("no anchor", "DELETE FROM journal_anchors WHERE tenant = {b}"),
    ("no leaves", "DELETE FROM journal_leaves WHERE tenant = {b}"),
    (
        "an earlier leaf",
        "UPDATE journal_leaves SET seq = seq - 1 WHERE tenant = {b} AND seq = (
            SELECT MAX(l.seq) FROM journal_leaves l WHERE l.tenant = {b}
         )",
    ),
    (
        "a checkpoint edited",
        "UPDATE journal SET data = REPLACE(data, '\"books\":', '\"books\":1') WHERE kind = 'journal.checkpointed'",
    ),
    ("the checkpoints removed", "DELETE FROM journal WHERE kind = 'journal.checkpointed'"),
    ("a checkpoint less", "UPDATE journal_anchoring SET checkpoint = checkpoint - 1"),
    (
        "another checkpoint",
        "UPDATE journal_anchoring SET digest = (
            SELECT a.chain FROM journal_anchors a ORDER BY a.tenant LIMIT 1
         )",
    ),
    ("nothing about the books", "DELETE FROM journal_anchoring"),
    (
        "everything emptied",
        "DELETE FROM journal; DELETE FROM journal_heads; DELETE FROM journal_anchors; DELETE FROM journal_leaves",
    ),
];

/// How far the journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Written,
    Linked,
    Signed,
}

/// A database that was traded in and that nobody uses any more.
struct Traded {
    db: Db,
    book: Tenant,
    head: i64,
    vault: Arc<Vault>,
    folder: PathBuf,
}

impl Traded {
    /// Linked and signed between orders and at the end, only linked, or not even that.
    async fn new(kind: Kind, state: State) -> Self {
        let signed = state == State::Signed;
        let db = Db::new(kind);
        let app = App::start_with(db.url(), Options { without_work: true, ..Options::default() });
        let app = app.await;
        let folder = db.folder().join("checkpoints");
        let (stop, stopped) = watch::channel(false);
        let settings = if signed {
            Settings { every: Duration::from_millis(1), folder: Some(folder.clone()) }
        } else {
            Settings::default()
        };
        let settings = deliver::Settings { checkpoints: settings, ..deliver::Settings::default() };
        let work = tokio::spawn(deliver::run_with(app.engine.clone(), settings, stopped));
        let (shop, other) = (app.merchant("one").await, app.merchant("other").await);
        for shop in [&shop, &other] {
            trade(shop, signed.then_some(&db)).await;
        }
        let vault = app.engine.vault();
        stop.send_replace(true);
        work.await.expect("the work ends");
        app.stop().await;
        if state == State::Written {
            // As if the process had been killed at once: nothing was linked yet.
            db.sql("DELETE FROM journal_anchors; UPDATE journal_anchoring SET books = 0, at = 0")
                .await;
        }
        let book = shop.tenant;
        let head = db
            .number(&format!(
                "SELECT seq FROM journal_heads WHERE tenant = {}",
                bytes(kind, book.bytes())
            ))
            .await;
        Self { db, book, head, vault, folder }
    }

    fn sql(&self, template: &str) -> String {
        let book = bytes(self.db.kind, self.book.bytes());
        template.replace("{b}", &book).replace("{n}", &self.head.to_string())
    }

    async fn verify(&self, conn: &mut Conn, keyed: bool, kept: &[Checkpoint]) -> Chain {
        let mac = |message: &[u8]| self.vault.journal_mac(message);
        let key = keyed.then_some(MacKey { id: self.vault.journal_key(), mac: &mac });
        let public = self.vault.signer().public_key();
        let is_signed = |checkpoint: &Checkpoint| {
            unhex(&checkpoint.signature).is_some_and(|signature| {
                checkpoint.key == hex(&public)
                    && is_signed(&public, checkpoint.signed_text().as_bytes(), &signature)
            })
        };
        let means = Means { key, is_signed: &is_signed, kept, progress: &mut |_| {} };
        verify_in(conn, means).await.expect("it is verified")
    }

    async fn connect(&self) -> Conn {
        let settings = store::Settings { url: self.db.url().to_owned(), readers: 1 };
        store::connect(&settings).await.expect("a connection")
    }

    /// What is found, without and with the key, after some SQL that is taken back then.
    async fn after(&self, conn: &mut Conn, sql: &str) -> [Chain; 2] {
        let sql = self.sql(sql);
        conn.raw("BEGIN").await.expect("a transaction");
        conn.raw(&sql).await.unwrap_or_else(|e| panic!("{sql:?}: {e}"));
        let found = [self.verify(conn, false, &[]).await, self.verify(conn, true, &[]).await];
        conn.raw("ROLLBACK").await.expect("it is taken back");
        found
    }
}

/// Orders of which each is a batch, then some together; with a database, until all is linked and signed twice.
async fn trade(shop: &Caller, linked: Option<&Db>) {
    let sku = shop.sku(1_990, json!({})).await;
    shop.stock(&sku, "T", 40).await;
    shop.credit("buyer", 1_000_000).await;
    for n in 0..20 {
        assert_eq!(shop.order(&sku, 1, "buyer").await.status, 201);
        if n % 10 == 5
            && let Some(db) = linked
        {
            let checkpoints = "SELECT checkpoint FROM journal_anchoring";
            let before = db.number(checkpoints).await;
            while db.number(checkpoints).await < before + 2 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    let many = (0..10).map(|_| shop.order(&sku, 1, "buyer"));
    assert!(futures_util::future::join_all(many).await.iter().all(|order| order.status == 201));
    // The newest of all comes alone.
    assert_eq!(shop.order(&sku, 1, "buyer").await.status, 201);
}

fn bytes(kind: Kind, bytes: &[u8]) -> String {
    match kind {
        Kind::Sqlite => format!("X'{}'", hex(bytes)),
        Kind::Postgres => format!("'\\x{}'::bytea", hex(bytes)),
    }
}

async fn assert_found(traded: &Traded, conn: &mut Conn, tamperings: &[(&str, &str)]) {
    for chain in traded.after(conn, "UPDATE journal_heads SET seq = seq").await {
        assert_eq!(chain.bad, [], "nobody touched it");
        assert_eq!(chain.checked as i64, traded.db.facts().await);
    }
    for (what, sql) in tamperings {
        for chain in traded.after(conn, sql).await {
            assert!(!chain.bad.is_empty(), "{what} is not found: {sql}");
        }
    }
}

async fn tampering_is_found(kind: Kind) {
    let traded = Traded::new(kind, State::Signed).await;
    let mut conn = traded.connect().await;
    assert_found(&traded, &mut conn, &[TAMPERINGS, ANCHORED].concat()).await;
}

/// By somebody who knows how it is made and has no key.
async fn a_tail_that_was_made_again_is_found_with_the_key(kind: Kind) {
    let traded = Traded::new(kind, State::Linked).await;
    let mut conn = traded.connect().await;
    let forged = forge(&traded, MacKey { id: traded.vault.journal_key(), ..MacKey::NONE }).await;
    let [open, keyed] = traded.after(&mut conn, &forged).await;
    assert_eq!(open.bad, [], "nobody could know without the key");
    let at: Vec<_> = keyed.bad.iter().map(|bad| (bad.tenant, bad.seq)).collect();
    assert_eq!(at, [(traded.book, traded.head)], "{keyed:?}");
    let macs = "UPDATE journal_anchors SET mac = chain WHERE tenant = {b}";
    let [open, keyed] = traded.after(&mut conn, macs).await;
    assert!(open.bad.is_empty() && !keyed.bad.is_empty(), "a MAC is for the key");
}

async fn tampering_with_what_is_not_linked_yet_is_found(kind: Kind) {
    let traded = Traded::new(kind, State::Written).await;
    let mut conn = traded.connect().await;
    assert_found(&traded, &mut conn, TAMPERINGS).await;
}

/// SQL that lets the newest fact say something else, with its proof and the anchor of its book made again.
async fn forge(traded: &Traded, key: MacKey<'_>) -> String {
    let (reader, kind, book) = (traded.db.reader().await, traded.db.kind, traded.book);
    let proofs = reader.proofs(book, 0, traded.head).await.expect("the proofs");
    let ((last, proof), before) = proofs.split_last().expect("a proof");
    assert_eq!(*last, traded.head);
    let proof = Proof::read(proof).expect("a proof");
    assert_eq!(proof.count, 1, "the newest came alone");
    let mut conn = reader.conn().await.expect("a connection");
    let found = facts(&mut conn, &[(book, traded.head)]).await.expect("a fact");
    let (row, data) = (&found[0], found[0].data.replace("1990", "1991") + " ");
    let address = row.address.map(|address| match address {
        std::net::IpAddr::V4(four) => four.octets().to_vec(),
        std::net::IpAddr::V6(six) => six.octets().to_vec(),
    });
    let mut sum = Sum::new(book);
    sum.add(&Row {
        request: &row.request.0,
        actor: row.actor.map(Actor::to_bytes).as_deref(),
        address: address.as_deref(),
        kind: &row.kind,
        v: row.v,
        subject: &row.subject,
        data: &data,
    });
    let forged = Proof::new(book, sum, proof.previous, proof.at, 1, key);
    let chain = before.iter().fold([0; 32], |chain, (seq, proof)| {
        link(&chain, *seq, &Proof::read(proof).expect("a proof").digest)
    });
    let anchors = reader.anchors().await.expect("the anchors");
    let (_, anchor) = anchors.iter().find(|(tenant, _)| *tenant == book).expect("its anchor");
    assert_eq!(anchor.seq, traded.head, "it is linked");
    let anchor = Anchor { chain: link(&chain, *last, &forged.digest), ..anchor.clone() };
    let origin = reader.anchoring().await.expect("the row").origin;
    let anchor = anchor.signed(book, origin, key);
    format!(
        "UPDATE journal SET data = '{}', proof = {} WHERE tenant = {{b}} AND seq = {{n}};
         UPDATE journal_anchors SET chain = {}, mac = {} WHERE tenant = {{b}}",
        data.replace('\'', "''"),
        bytes(kind, &forged.to_bytes()),
        bytes(kind, &anchor.chain),
        bytes(kind, &anchor.mac),
    )
}

async fn what_the_key_makes_again_is_found_by_what_was_kept(kind: Kind) {
    let traded = Traded::new(kind, State::Signed).await;
    let kept = kept::read(&traded.folder).expect("the folder");
    assert!(kept.len() > 2, "{kept:?}");
    let mut conn = traded.connect().await;
    let chain = traded.verify(&mut conn, true, &kept).await;
    assert_eq!((chain.bad.as_slice(), chain.checkpoints as usize), (&[][..], 2 * kept.len()));

    // The operator, who has the key, signs something else for the same hour, or takes a checkpoint back.
    let sign = |mut other: Checkpoint| {
        other.signature = hex(&traded.vault.signer().sign(other.signed_text().as_bytes()));
        other
    };
    let newest = kept.last().expect("one");
    let others = [
        sign(Checkpoint { root: newest.previous.clone(), ..newest.clone() }),
        sign(Checkpoint { facts: newest.facts - 1, ..newest.clone() }),
        sign(Checkpoint { number: newest.number + 1, ..newest.clone() }),
        sign(Checkpoint { number: 0, ..newest.clone() }),
        Checkpoint { signature: kept[0].signature.clone(), ..newest.clone() },
    ];
    for other in others {
        let chain = traded.verify(&mut conn, true, std::slice::from_ref(&other)).await;
        assert_eq!(chain.bad.len(), 1, "{other:?}");
        assert_eq!(chain.bad[0].tenant, operator());
    }
}
