//! Staged pieces of an upload: sealed on the way in, opened on the way to the parser.

use kernel::{ImportId, Tenant};
use std::io::{self, Read};
use tokio::sync::mpsc;
use vault::{Place, Vault, VaultError, Zeroizing};

/// Seals piece `number` of an import's file.
pub fn seal(vault: &Vault, tenant: Tenant, import: ImportId, number: i64, clear: &[u8]) -> Vec<u8> {
    vault.seal(&place(tenant, &staged_row(import, number)), clear)
}

/// Opens what [`seal`] sealed for the same place.
pub fn unseal(
    vault: &Vault,
    tenant: Tenant,
    import: ImportId,
    number: i64,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    vault.unseal(&place(tenant, &staged_row(import, number)), sealed)
}

/// What the seal of a staged piece is bound to.
pub(crate) fn staged_row(import: ImportId, number: i64) -> [u8; 24] {
    let mut row = [0; 24];
    row[..16].copy_from_slice(&import.0);
    row[16..].copy_from_slice(&number.to_be_bytes());
    row
}

fn place(tenant: Tenant, row: &[u8; 24]) -> Place<'_> {
    Place { tenant, table: "staged_chunks", row, column: "sealed" }
}

/// Reads opened pieces, in order, from a channel. An error that came through it ends the reading.
pub(super) struct ChunkReader {
    pieces: mpsc::Receiver<io::Result<Zeroizing<Vec<u8>>>>,
    piece: Zeroizing<Vec<u8>>,
    read: usize,
}

impl ChunkReader {
    pub(super) fn new(pieces: mpsc::Receiver<io::Result<Zeroizing<Vec<u8>>>>) -> Self {
        Self { pieces, piece: Zeroizing::default(), read: 0 }
    }
}

impl Read for ChunkReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.read == self.piece.len() {
            match self.pieces.blocking_recv() {
                Some(piece) => (self.piece, self.read) = (piece?, 0),
                None => return Ok(0),
            }
        }
        let n = into.len().min(self.piece.len() - self.read);
        into[..n].copy_from_slice(&self.piece[self.read..self.read + n]);
        self.read += n;
        Ok(n)
    }
}
