//! Read a staged file: it is looked at as a whole first; where nothing is asked a feeder opens pieces, a thread cuts
//! slices, commands take them in, in order.
//!
//! The plan is kept before the first row comes in, and the cursor moves in the same commit as the rows, so a crash
//! anywhere costs nothing but reading the file again up to the cursor.

use super::chunks::{self, ChunkReader};
use super::slices::{Slice, cut, inspect};
use crate::work::{LEASE_US, WorkError};
use codefile::{FieldSpec, FileError, Plan};
use domain::Refusal;
use domain::catalog::{CodeField, SkuTerms};
use domain::inventory::ask_import::AskImport;
use domain::inventory::finish_import::FinishImport;
use domain::inventory::import_slice::ImportSlice;
use domain::inventory::{Import, ImportState};
use engine::{Engine, EngineError};
use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use kernel::{ImportId, SkuId, Tenant};
use std::io;
use tokio::sync::mpsc;
use vault::{VaultError, Zeroizing};

/// Slices that are on their way to the engine at the same time.
const IN_FLIGHT: usize = 8;

/// What the plan says of imports that another program was reading when this one took over.
const BEFORE: &str = "before";
/// Their cure.
const SEND_AGAIN: &str = "the program was changed while this file was being read; send the file again, codes that are in are duplicates then";

/// Why an import ends whose upload was damaged while it lay in the database, and its cure.
const LOST: &str = "a part of the stored file cannot be opened any more; send the file again, codes that are in are duplicates then";

/// Reads the file of an import from its cursor to its end, or asks about it.
pub(crate) async fn read_import(
    engine: &Engine,
    tenant: Tenant,
    id: ImportId,
) -> Result<(), WorkError> {
    let found = engine.reader().import(tenant, id).await?;
    let Some(import) = found.filter(|import| import.state == ImportState::Running) else {
        return Ok(());
    };
    let known = engine.reader().import_plan(tenant, id).await?;
    match known.as_ref().and_then(|known| known.plan.as_deref()) {
        Some(BEFORE) => {
            finish(engine, tenant, id, import.records, Some(SEND_AGAIN.to_owned())).await
        }
        Some(plan) => {
            let plan = serde_json::from_str(plan).map_err(|e| WorkError::Other(e.to_string()))?;
            read(engine, tenant, import, plan).await
        }
        None => match look(engine, tenant, &import, known.is_some()).await? {
            Some(plan) => read(engine, tenant, import, plan).await,
            None => Ok(()),
        },
    }
}

/// Looks at the file and keeps what was found; gives the plan where nothing is asked. An answer that does not fit
/// the file is asked about again.
async fn look(
    engine: &Engine,
    tenant: Tenant,
    import: &Import,
    answered: bool,
) -> Result<Option<Plan>, WorkError> {
    let terms = terms(engine, tenant, import.sku).await?;
    let fields = terms.into_iter().flat_map(|terms| terms.code_fields);
    let spec = |f: CodeField| FieldSpec { code: f.code, name: f.name, secret: f.secret };
    let fields = fields.map(spec).collect();
    let (to_reader, pieces) = mpsc::channel(4);
    let feeder = tokio::spawn(feed(engine.clone(), tenant, import.id, import.chunks, to_reader));
    let looked = {
        let import = import.clone();
        tokio::task::spawn_blocking(move || inspect(&import, fields, ChunkReader::new(pieces)))
    };
    let looked = looked.await.map_err(|e| WorkError::Other(format!("the reader failed: {e}")))?;
    feeder.abort();
    let inspection = match looked {
        Ok(inspection) => inspection,
        Err(FileError::Read(error)) if !is_lost(&error) => {
            return Err(WorkError::Other(error.to_string()));
        }
        Err(error) if answered && error.is_of_what_was_told() => {
            ask(engine, tenant, AskImport::refused(import.id, &error.to_string())).await?;
            return Ok(None);
        }
        Err(error) => {
            finish(engine, tenant, import.id, import.records, Some(failure(&error))).await?;
            return Ok(None);
        }
    };
    let json = |value: Result<String, serde_json::Error>| {
        value.map_err(|e| WorkError::Other(format!("what was found of a file: {e}")))
    };
    let questions = inspection.findings.iter().filter(|finding| finding.open).count() as i64;
    let plan = (questions == 0).then(|| inspection.plan());
    let found = AskImport {
        import: import.id,
        inspection: json(serde_json::to_string(&inspection))?,
        plan: plan.as_ref().map(serde_json::to_string).map(json).transpose()?,
        questions,
        forget: false,
    };
    ask(engine, tenant, found).await?;
    Ok(plan)
}

/// What the SKU's codes are.
async fn terms(engine: &Engine, tenant: Tenant, sku: SkuId) -> Result<Option<SkuTerms>, WorkError> {
    let product = engine.reader().product_of_sku(tenant, sku).await?;
    let found = product.into_iter().flat_map(|product| product.skus).find(|s| s.id == sku);
    Ok(found.map(|sku| sku.terms))
}

async fn ask(engine: &Engine, tenant: Tenant, ask: AskImport) -> Result<(), WorkError> {
    match engine.run_bulk(engine.internal(tenant), ask).await {
        Ok(_) | Err(EngineError::Refused(Refusal::Stale)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn read(
    engine: &Engine,
    tenant: Tenant,
    import: Import,
    plan: Plan,
) -> Result<(), WorkError> {
    let id = import.id;
    let terms = terms(engine, tenant, import.sku).await?;
    let of_vouchers = terms.is_some_and(|terms| terms.voucher.is_some());
    let (to_reader, pieces) = mpsc::channel(4);
    let (to_us, mut slices) = mpsc::channel(IN_FLIGHT);
    let feeder = tokio::spawn(feed(engine.clone(), tenant, id, import.chunks, to_reader));
    let cutter = {
        let (vault, import) = (engine.vault(), import.clone());
        tokio::task::spawn_blocking(move || {
            let how = (&plan, of_vouchers);
            cut(&vault, tenant, &import, how, ChunkReader::new(pieces), &to_us)
        })
    };
    let taken = take_in(engine, tenant, &import, &mut slices).await;
    slices.close();
    feeder.abort();
    let cut = cutter.await.map_err(|e| WorkError::Other(format!("the reader failed: {e}")))?;
    let records = match taken {
        Err(EngineError::Refused(Refusal::Stale)) => return Ok(()),
        taken => taken?,
    };
    match cut {
        Ok(()) => finish(engine, tenant, id, records, None).await,
        Err(FileError::Read(error)) if !is_lost(&error) => Err(WorkError::Other(error.to_string())),
        Err(error) => finish(engine, tenant, id, records, Some(failure(&error))).await,
    }
}

async fn feed(
    engine: Engine,
    tenant: Tenant,
    id: ImportId,
    count: i64,
    to: mpsc::Sender<io::Result<Zeroizing<Vec<u8>>>>,
) {
    for number in 0..count {
        let piece = open(&engine, tenant, id, number).await;
        let failed = piece.is_err();
        if to.send(piece).await.is_err() || failed {
            return;
        }
    }
}

async fn open(
    engine: &Engine,
    tenant: Tenant,
    id: ImportId,
    number: i64,
) -> io::Result<Zeroizing<Vec<u8>>> {
    let found = engine.reader().staged_chunk(tenant, id, number).await.map_err(io::Error::other)?;
    let lost = |why| io::Error::new(io::ErrorKind::InvalidData, why);
    let sealed = found.ok_or_else(|| lost("gone"))?;
    let vault = engine.vault_for([&sealed[..]]).await;
    let opened = chunks::unseal(&vault, tenant, id, number, &sealed);
    opened.inspect_err(|error| tracing::error!(import.id = %id, piece = number, %error, "a staged piece does not open")).map_err(|error| match error {
        VaultError::Damaged => lost("damaged"),
        error => io::Error::other(error),
    })
}

/// Whether a piece of the upload will never be read.
fn is_lost(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}

fn failure(error: &FileError) -> String {
    match error {
        FileError::Read(_) => LOST.to_owned(),
        error => error.to_string(),
    }
}

/// Sends slices to the engine, in order, some at a time; gives the cursor after the last.
async fn take_in(
    engine: &Engine,
    tenant: Tenant,
    import: &Import,
    slices: &mut mpsc::Receiver<Slice>,
) -> Result<i64, EngineError> {
    let mut cursor = import.records;
    let mut flying = FuturesOrdered::new();
    loop {
        tokio::select! {
            biased;
            Some(done) = flying.next() => { done?; }
            slice = slices.recv(), if flying.len() < IN_FLIGHT => match slice {
                None => break,
                Some(slice) => {
                    cursor = slice.to;
                    let command = command(engine, import, slice);
                    flying.push_back(engine.run_bulk(engine.internal(tenant), command));
                }
            },
        }
    }
    while let Some(done) = flying.next().await {
        done?;
    }
    Ok(cursor)
}

fn command(engine: &Engine, import: &Import, slice: Slice) -> ImportSlice {
    ImportSlice {
        import: import.id,
        sku: import.sku,
        from: slice.from,
        to: slice.to,
        rows: slice.rows,
        errors: slice.errors,
        lease_until: engine.now().plus_micros(LEASE_US),
    }
}

async fn finish(
    engine: &Engine,
    tenant: Tenant,
    import: ImportId,
    records: i64,
    failure: Option<String>,
) -> Result<(), WorkError> {
    let finish = FinishImport { import, records, failure };
    match engine.run_bulk(engine.internal(tenant), finish).await {
        Ok(_) | Err(EngineError::Refused(Refusal::Stale)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
