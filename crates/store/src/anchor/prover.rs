//! The proofs of what a writer writes: made from the facts of a batch before they are flushed.

use domain::anchor::MacKey;
use domain::anchor::proof::{Digest, Proof, Row, Sum};
use domain::context::Actor;
use domain::fact::Record;
use kernel::Tenant;
use std::collections::{BTreeMap, HashMap};

/// What one writer wrote last to each book.
#[derive(Debug, Default)]
pub(crate) struct Prover {
    ends: HashMap<Tenant, Digest>,
    /// Of the batch under way.
    pending: Vec<(Tenant, Digest)>,
}

/// The part of a batch that goes to one book.
struct Part {
    sum: Sum,
    count: u32,
    at: i64,
}

/// The address as it is stored.
pub(crate) fn address(record: &Record) -> Option<Vec<u8>> {
    use std::net::IpAddr::{V4, V6};
    record.origin.address.map(|address| match address.to_canonical() {
        V4(four) => four.octets().to_vec(),
        V6(six) => six.octets().to_vec(),
    })
}

impl Prover {
    /// The proofs of a batch, by book. `texts` are what the facts say, as they will be stored.
    pub fn prove(
        &mut self,
        records: &[Record],
        texts: &[(Option<Vec<u8>>, String)],
        key: MacKey<'_>,
    ) -> BTreeMap<Tenant, Proof> {
        let mut parts: BTreeMap<Tenant, Part> = BTreeMap::new();
        for (record, (address, text)) in records.iter().zip(texts) {
            let tenant = record.origin.tenant;
            let new = || Part { sum: Sum::new(tenant), count: 0, at: i64::MIN };
            let part = parts.entry(tenant).or_insert_with(new);
            let (kind, actor) = (record.fact.kind(), record.origin.actor.map(Actor::to_bytes));
            part.sum.add(&Row {
                request: &record.origin.request.0,
                actor: actor.as_deref(),
                address: address.as_deref(),
                kind: kind.name,
                v: kind.v,
                subject: &record.subject,
                data: text,
            });
            part.count += 1;
            part.at = part.at.max(record.at.0);
        }
        self.pending.clear();
        let prove = |(tenant, part): (Tenant, Part)| {
            let previous = self.ends.get(&tenant).copied().unwrap_or_default();
            let proof = Proof::new(tenant, part.sum, previous, part.at, part.count, key);
            self.pending.push((tenant, proof.digest));
            (tenant, proof)
        };
        parts.into_iter().map(prove).collect()
    }

    /// The batch is durable: what comes next follows it.
    pub fn committed(&mut self) {
        self.ends.extend(self.pending.drain(..));
    }

    /// The batch is gone.
    pub fn rolled_back(&mut self) {
        self.pending.clear();
    }
}
