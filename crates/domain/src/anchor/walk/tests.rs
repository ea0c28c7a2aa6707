//! Books that are walked through, good ones and bad ones.

use super::*;
use sha2::{Digest as _, Sha256};

const BOOK: Tenant = Tenant::from_bytes([7; 16]);
const KEY: MacKey<'static> = MacKey { id: 1, mac: &|message| Sha256::digest(message).into() };

/// A row that a test may change.
#[derive(Debug, Clone)]
struct Kept {
    seq: i64,
    at: i64,
    data: String,
    proof: Option<Vec<u8>>,
}

impl Kept {
    fn row(&self) -> Row<'_> {
        Row {
            request: &[1; 16],
            actor: None,
            address: None,
            kind: "a",
            v: 1,
            subject: &[2; 16],
            data: &self.data,
        }
    }
}

/// A book that two writers wrote in turns, and what is known of it.
struct Book {
    rows: Vec<Kept>,
    known: Known,
}

impl Book {
    /// Rows of before, then batches of these lengths; anchored after `anchored` batches.
    fn new(before: i64, batches: &[u32], anchored: usize) -> Self {
        let mut rows: Vec<Kept> = (1..=before)
            .map(|seq| Kept { seq, at: seq, data: format!("old {seq}"), proof: None })
            .collect();
        let (mut chain, mut at) = ([0; 32], i64::MIN);
        for part in rows.chunks(SLICE as usize) {
            let mut sum = Sum::new(BOOK);
            for kept in part {
                sum.add(&kept.row());
                sum.add_stored(kept.at, None);
                at = at.max(kept.at);
            }
            let slice = sum.finish(&[0; 32], at, part.len() as u32);
            chain = link(&chain, part[part.len() - 1].seq, &slice);
        }
        let mut anchor = Anchor { seq: before, before, at, chain, key: 0, mac: [0; 32] };
        let mut writers = [[0; 32]; 2];
        for (n, count) in batches.iter().enumerate() {
            // The clock of the second writer is behind.
            let time = 10_000 + n as i64 * 10 - (n as i64 % 2) * 15;
            let (mut sum, first) = (Sum::new(BOOK), rows.len());
            at = at.max(time);
            for _ in 0..*count {
                let seq = rows.len() as i64 + 1;
                rows.push(Kept { seq, at, data: format!("new {seq}"), proof: None });
            }
            rows[first..].iter().for_each(|kept| sum.add(&kept.row()));
            let proof = Proof::new(BOOK, sum, writers[n % 2], time, *count, KEY);
            writers[n % 2] = proof.digest;
            chain = link(&chain, rows.len() as i64, &proof.digest);
            rows.last_mut().expect("a row").proof = Some(proof.to_bytes());
            if n < anchored {
                anchor = Anchor { seq: rows.len() as i64, at, chain, ..anchor };
            }
        }
        let anchor = Some(anchor.signed(BOOK, before, KEY));
        let known = Known { head: rows.len() as i64, anchor, origin: before, leaves: Vec::new() };
        Self { rows, known }
    }

    fn walk(&self, key: Option<MacKey<'static>>) -> Result<Vec<Digest>, Bad> {
        let mut walk = Walk::new(BOOK, self.known.clone(), key);
        for kept in &self.rows {
            walk.step(&Stored {
                seq: kept.seq,
                at: kept.at,
                before: None,
                proof: kept.proof.as_deref(),
                row: kept.row(),
            })?;
        }
        walk.end()
    }

    /// Numbers the rows anew, and the head.
    fn number(&mut self) {
        self.rows.iter_mut().zip(1..).for_each(|(kept, seq)| kept.seq = seq);
        self.known.head = self.rows.len() as i64;
    }

    fn anchor(&mut self) -> &mut Anchor {
        self.known.anchor.as_mut().expect("it is anchored")
    }
}

#[test]
fn a_book_that_nobody_touched_is_good_wherever_it_is_anchored() {
    for before in [0, 1, SLICE - 1, SLICE, SLICE + 1, 3 * SLICE] {
        for anchored in 0..=4 {
            let mut book = Book::new(before, &[1, 3, 1, 2], anchored);
            if anchored == 4 {
                book.known.leaves = vec![before + 4, before + 7];
            }
            for key in [None, Some(KEY)] {
                let passed = book.walk(key);
                assert_eq!(passed.map(|p| p.len()), Ok(book.known.leaves.len()), "{before}");
            }
        }
    }
}

type Harm = fn(&mut Book);

/// What is done to a book whose first 2,000 rows are of before, then batches of one, three, one and two.
const HARMS: [(&str, Harm); 22] = [
    ("the first edited", |b| b.rows[0].data.push('x')),
    ("one of before edited", |b| b.rows[1_200].data.push('x')),
    ("the newest edited", |b| b.rows[2_006].data.push('x')),
    ("a time", |b| b.rows[2_003].at += 1),
    ("a time of before", |b| b.rows[3].at += 1),
    ("one removed", |b| drop(b.rows.remove(2_002))),
    ("one removed and the rest numbered", |b| {
        b.rows.remove(2_002);
        b.number();
    }),
    ("the newest batch removed", |b| b.rows.truncate(2_005)),
    ("the newest removed, and the head", |b| {
        b.rows.pop();
        b.number();
    }),
    ("what is anchored removed, and the head", |b| {
        b.rows.truncate(2_001);
        b.number();
    }),
    ("two swapped", |b| {
        b.rows.swap(2_001, 2_002);
        b.number();
    }),
    ("two of before swapped", |b| {
        b.rows.swap(7, 8);
        b.number();
    }),
    ("two batches swapped", |b| {
        b.rows.swap(2_000, 2_004);
        b.number();
    }),
    ("one invented", |b| {
        b.rows.push(b.rows[2_006].clone());
        b.number();
    }),
    ("a proof taken away", |b| b.rows[2_006].proof = None),
    ("a proof for one of before", |b| b.rows[5].proof = b.rows[2_006].proof.clone()),
    ("a head too low", |b| b.known.head -= 1),
    ("more rows of before", |b| b.anchor().before += 1),
    ("no anchor", |b| b.known.anchor = None),
    ("another chain", |b| b.anchor().chain[0] ^= 1),
    ("an anchor between batches", |b| b.anchor().seq -= 1),
    ("a leaf between batches", |b| b.known.leaves = vec![2_003]),
];

#[test]
fn every_kind_of_tampering_is_found_without_a_key() {
    for (what, harm) in HARMS {
        let mut book = Book::new(2_000, &[1, 3, 1, 2], 3);
        harm(&mut book);
        assert!(book.walk(None).is_err(), "{what}");
    }
}

#[test]
fn a_tail_that_was_made_again_is_found_with_the_key() {
    let forge = |book: &mut Book| {
        // The last batch with another fact, and everything that needs no key made again.
        book.rows[4].data = "forged".to_owned();
        let old = Proof::read(book.rows[4].proof.as_ref().expect("a proof")).expect("a proof");
        let mut sum = Sum::new(BOOK);
        sum.add(&book.rows[4].row());
        let forged =
            Proof::new(BOOK, sum, old.previous, old.at, 1, MacKey { id: 1, ..MacKey::NONE });
        book.rows[4].proof = Some(forged.to_bytes());
    };
    let mut book = Book::new(0, &[1, 3, 1], 2);
    forge(&mut book);
    assert_eq!(book.walk(None), Ok(vec![]), "nobody else could know");
    assert_eq!(book.walk(Some(KEY)).expect_err("it is found").seq, 5);
    let mut anchored = Book::new(0, &[1, 3, 1], 3);
    forge(&mut anchored);
    assert!(anchored.walk(None).is_err(), "the anchor shows it");
    // Made again as well, the anchor lacks its MAC.
    let remade = anchored.rows.last().and_then(|kept| kept.proof.as_deref()).and_then(Proof::read);
    let whole = Book::new(0, &[1, 3], 2).known.anchor.expect("one");
    let chain = link(&whole.chain, 5, &remade.expect("a proof").digest);
    let anchor = anchored.known.anchor.as_mut().expect("one");
    (anchor.chain, anchor.mac) = (chain, [0; 32]);
    assert_eq!(anchored.walk(None), Ok(vec![]));
    assert!(anchored.walk(Some(KEY)).is_err());
    let mut unsigned = Book::new(0, &[1], 1);
    unsigned.known.anchor.as_mut().expect("one").mac[0] ^= 1;
    assert_eq!(unsigned.walk(None), Ok(vec![]));
    assert!(unsigned.walk(Some(KEY)).is_err(), "a MAC of the anchor");
}
