//! The schema, step by step. Each step runs once, in one transaction, on whichever node comes first; rows move in many.

mod moves;
mod room;
mod styles;

use crate::Error;
use crate::address::Address;
use crate::config::lock::{GENERATION, SEALS};
use crate::seam::fill;
use crate::seam::{Conn, Dialect, Statement, Value};
use kernel::Timestamp;
use moves::Move;
use std::time::{Duration, Instant};

/// Steps in order; a step that was released is never edited.
const STEPS: &[Step] = &[
    Step::Sql(include_str!("../../sql/migrations/0001_core.sql")),
    Step::Sql(include_str!("../../sql/migrations/0002_key_limits.sql")),
    Step::Sql(include_str!("../../sql/migrations/0003_consent_and_input.sql")),
    Step::Sql(include_str!("../../sql/migrations/0004_marks.sql")),
    Step::Sql(include_str!("../../sql/migrations/0005_shops_and_looks.sql")),
    Step::Sql(include_str!("../../sql/migrations/0006_buyers_by_tag.sql")),
    Step::Sql(include_str!("../../sql/migrations/0007_room_for_updates.sql")),
    Step::Sql(include_str!("../../sql/migrations/0008_records.sql")),
    Step::Sql(include_str!("../../sql/migrations/0009_damaged.sql")),
    Step::Sql(include_str!("../../sql/migrations/0010_relocation.sql")),
    Step::Sql(include_str!("../../sql/migrations/0011_pulses_and_key_ends.sql")),
    Step::Sql(include_str!("../../sql/migrations/0012_receipts_by_order.sql")),
    Step::Sql(include_str!("../../sql/migrations/0013_tenant_first.sql")),
    Step::Moves(&[Move::Journal]),
    Step::Sql(include_str!("../../sql/migrations/0015_tenant_first_done.sql")),
    Step::Sql(include_str!("../../sql/migrations/0016_keys_begin_with_the_tenant.sql")),
    Step::Moves(moves::KEYS),
    Step::Sql(include_str!("../../sql/migrations/0018_keys_begin_with_the_tenant_done.sql")),
    Step::Sql(include_str!("../../sql/migrations/0019_orders_lead_to_money.sql")),
    Step::Sql(include_str!("../../sql/migrations/0020_resources.sql")),
    Step::Sql(include_str!("../../sql/migrations/0021_pictures.sql")),
    Step::Styles,
    Step::Sql(include_str!("../../sql/migrations/0023_styles_moved.sql")),
    Step::Sql(include_str!("../../sql/migrations/0024_people.sql")),
    Step::Sql(include_str!("../../sql/migrations/0025_journal_is_proven.sql")),
    Step::Sql(include_str!("../../sql/migrations/0026_approvals.sql")),
    Step::Sql(include_str!("../../sql/migrations/0027_order_keys.sql")),
    Step::Sql(include_str!("../../sql/migrations/0028_money_is_found.sql")),
    Step::Sql(include_str!("../../sql/migrations/0029_sold.sql")),
    Step::Sql(include_str!("../../sql/migrations/0030_products_have_an_order.sql")),
    Step::Sql(include_str!("../../sql/migrations/0031_sales.sql")),
    Step::Sql(include_str!("../../sql/migrations/0032_exports.sql")),
    Step::Sql(include_str!("../../sql/migrations/0033_request_log.sql")),
    Step::Sql(include_str!("../../sql/migrations/0034_channel_payments.sql")),
    Step::Sql(include_str!("../../sql/migrations/0035_vouchers.sql")),
    Step::Sql(include_str!("../../sql/migrations/0036_tills.sql")),
    Step::Sql(include_str!("../../sql/migrations/0037_recharges.sql")),
    Step::Sql(include_str!("../../sql/migrations/0038_contents.sql")),
    Step::Sql(include_str!("../../sql/migrations/0039_imported_vouchers.sql")),
    Step::Sql(include_str!("../../sql/migrations/0040_content_files.sql")),
];

/// What changes the schema.
enum Step {
    /// Statements, in one transaction.
    Sql(&'static str),
    /// Rows that go over to new tables, see [`moves`].
    Moves(&'static [Move]),
    /// Styles of shops, which become resources.
    Styles,
}

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// Any number that only migrations of this program lock.
const ADVISORY_LOCK: i64 = 0x7465_7373_6572_6131;

static VERSION: Statement =
    Statement::new("migrations/version", include_str!("../../sql/migrations/version.sql"));
static DONE: Statement =
    Statement::new("migrations/done", include_str!("../../sql/migrations/done.sql"));
static FIRST_GENERATION: Statement = Statement::new(
    "migrations/first_generation",
    include_str!("../../sql/migrations/first_generation.sql"),
);

static SEAL_FENCE: Statement =
    Statement::new("migrations/seal_fence", include_str!("../../sql/migrations/seal_fence.sql"));

/// Whether the schema of any program of ours is there.
pub(crate) async fn is_there(conn: &mut Conn) -> Result<bool, Error> {
    static SQLITE: Statement =
        Statement::new("is it there", "SELECT 1 FROM sqlite_master WHERE name = 'schema_steps'");
    static POSTGRES: Statement =
        Statement::new("is it there", "SELECT 1 WHERE to_regclass('schema_steps') IS NOT NULL");
    let statement = match conn.engine() {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    Ok(!conn.fetch(statement, &[]).await?.is_empty())
}

/// Brings the schema to this program's version, however many transactions that takes. What is stopped goes on where it
/// was; several nodes may come at once and take turns.
pub(crate) async fn migrate(
    address: &Address,
    conn: &mut Conn,
    now: Timestamp,
) -> Result<(), Error> {
    let mut told = ProgressLog::default();
    while let Some(progress) = advance(address, conn, now).await? {
        told.tell(progress);
        if conn.engine() == Dialect::Sqlite {
            // Nobody else brings the log into the file before the database is open.
            conn.fetch(&CHECKPOINT, &[]).await?;
        }
    }
    Ok(())
}

/// One transaction; `None` when the schema is this program's.
async fn advance(
    address: &Address,
    conn: &mut Conn,
    now: Timestamp,
) -> Result<Option<moves::Progress>, Error> {
    match conn.engine() {
        Dialect::Sqlite => conn.raw("BEGIN IMMEDIATE").await?,
        Dialect::Postgres => {
            conn.raw(&format!("BEGIN; SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")).await?;
        }
    }
    let table = "CREATE TABLE IF NOT EXISTS schema_steps (
        step {int} NOT NULL, at {int} NOT NULL, CONSTRAINT schema_steps_pk PRIMARY KEY (step))";
    conn.raw(&fill(table, conn.engine())).await?;
    let found = conn.fetch(&VERSION, &[]).await?;
    let version = found.first().map_or(Ok(0), |row| row.int(0))?;
    let known = STEPS.len() as i64;
    if version > known {
        return Err(Error::Setup(format!(
            "the database has schema step {version}, this program knows {known}: use a newer program"
        )));
    }
    for (step, number) in STEPS.iter().zip(1..).skip(version as usize) {
        match step {
            Step::Sql(text) => conn.raw(&fill(text, conn.engine())).await?,
            Step::Moves(moved) => {
                if moves::begin(moved, conn).await? {
                    room::check(address, conn).await?;
                }
                if let Some(progress) = moves::advance(moved, conn).await? {
                    conn.raw("COMMIT").await?;
                    return Ok(Some(progress));
                }
            }
            Step::Styles => styles::move_all(conn).await?,
        }
        conn.execute(&DONE, &[Value::Int(number), Value::Int(now.0)]).await?;
    }
    if version == 0 {
        let params = [Value::bytes(&GENERATION), Value::Int(0), Value::Int(now.0)];
        conn.execute(&FIRST_GENERATION, &params).await?;
    }
    // Batches lock this row before any key was retired, so it is there from the start.
    let seals = [Value::bytes(&SEALS), Value::Int(0), Value::Int(now.0)];
    conn.execute(&SEAL_FENCE, &seals).await?;
    // Rows of nodes that are gone; each process has one of its own.
    static OLD_PULSES: Statement = Statement::new("old pulses", "DELETE FROM pulses WHERE at < ?");
    conn.execute(&OLD_PULSES, &[Value::Int(now.plus_days(-7).0)]).await?;
    conn.raw("COMMIT").await?;
    Ok(None)
}

static CHECKPOINT: Statement = Statement::new("checkpoint", "PRAGMA wal_checkpoint(PASSIVE)");

/// When progress was told last.
#[derive(Default)]
struct ProgressLog(Option<Instant>);

impl ProgressLog {
    /// Tells how far it is, at first and every two seconds.
    fn tell(&mut self, moves::Progress { what, rows: (moved, all) }: moves::Progress) {
        if self.0.is_some_and(|last| last.elapsed() < TELL_EVERY) {
            return;
        }
        self.0 = Some(Instant::now());
        tracing::info!(what, moved, all, "the database is brought to this program's version");
    }
}
