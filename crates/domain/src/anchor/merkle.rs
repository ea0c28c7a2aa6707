//! A Merkle tree over books, as RFC 6962 (section 2.1) builds it: leaves and nodes are hashed apart, and the left part of
//! a tree is the largest power of two. It keeps one digest for each level.

use super::proof::Digest;
use kernel::Tenant;
use sha2::{Digest as _, Sha256};

/// A tree to which leaves are added one after the other.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Complete parts that have no neighbour of their size yet, the largest first.
    parts: Vec<(u32, Digest)>,
    leaves: u64,
}

impl Tree {
    /// Adds a book: whose it is, up to which fact, and the end of its chain there.
    pub fn add(&mut self, tenant: Tenant, seq: i64, chain: &Digest) {
        let leaf = [&tenant.bytes()[..], &seq.to_be_bytes(), chain].concat();
        self.push(hash(0, &leaf, &[]));
    }

    /// How many leaves it has.
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The digest of the whole tree; of an empty one, that of nothing.
    pub fn root(&self) -> Digest {
        let mut parts = self.parts.iter().rev().map(|(_, digest)| *digest);
        match parts.next() {
            None => Sha256::digest([]).into(),
            Some(last) => parts.fold(last, |right, left| hash(1, &left, &right)),
        }
    }

    fn push(&mut self, leaf: Digest) {
        self.leaves += 1;
        let (mut level, mut digest) = (0, leaf);
        while let Some((_, left)) = self.parts.pop_if(|(size, _)| *size == level) {
            (level, digest) = (level + 1, hash(1, &left, &digest));
        }
        self.parts.push((level, digest));
    }
}

fn hash(domain: u8, left: &[u8], right: &[u8]) -> Digest {
    Sha256::new().chain_update([domain]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The definition in RFC 6962, as it stands there.
    fn by_definition(leaves: &[&[u8]]) -> Digest {
        match leaves.len() {
            0 => Sha256::digest([]).into(),
            1 => hash(0, leaves[0], &[]),
            n => {
                let k = n.next_power_of_two() / 2;
                hash(1, &by_definition(&leaves[..k]), &by_definition(&leaves[k..]))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_definition_and_of_its_published_vectors() {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let mut tree = Tree::default();
        assert_eq!(tree.root(), by_definition(&[]));
        for n in 0..leaves.len() {
            tree.push(hash(0, leaves[n], &[]));
            assert_eq!(tree.root(), by_definition(&leaves[..=n]), "{n}");
        }
        assert_eq!(tree.leaves(), 8);
        // The root of these eight leaves in the tests of Certificate Transparency.
        let known = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
        assert_eq!(hex(&tree.root()), known);
    }
}
