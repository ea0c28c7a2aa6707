//! How the whole does, for the operator: this program, the queue before its database, and what waits to be done.

use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::wire::{Time, Wire};
use serde::Serialize;
use store::seam::Dialect as Database;
use utoipa::ToSchema;

/// How the whole does.
#[derive(Debug, Serialize, ToSchema)]
pub struct System {
    /// The version of the program that answers.
    pub version: &'static str,
    /// Its database: `sqlite` or `postgres`.
    pub database: &'static str,
    /// Bytes of the database.
    pub database_bytes: i64,
    /// The durability settings in force, as the database told them.
    pub durability: String,
    /// Whether this program can work.
    pub ready: bool,
    /// Codes of what is wrong; empty when all is well.
    pub why: Vec<&'static str>,
    /// Batches that were committed since its start.
    pub batches: u64,
    /// Commands in those batches.
    pub commands: u64,
    /// Batches that ran again because another writer was in the way.
    pub reruns: u64,
    /// Commands that wait before the database.
    pub queued: i64,
    /// Books whose reports and timelines have facts to read yet.
    pub books_behind: i64,
    /// Facts that they have to read.
    pub facts_behind: i64,
    /// Work that is due, by kind; a kind without any is absent.
    pub jobs: Vec<Jobs>,
}

/// Work of one kind that is due.
#[derive(Debug, Serialize, ToSchema)]
pub struct Jobs {
    /// Which kind.
    pub kind: &'static str,
    /// How many pieces are due, those under way too.
    pub due: i64,
    /// How many are under way.
    pub under_way: i64,
    /// How many did not go well at the first attempt.
    pub retried: i64,
    /// Since when the oldest of them is due.
    pub since: Time,
}

/// Read how the whole does: the program that answers, its queue, and the jobs of all books. For the operator.
#[utoipa::path(get, path = "/v1/system", tag = "merchants", responses((status = 200, body = System)))]
pub async fn get_system(caller: Caller) -> Answered<System> {
    let (engine, reader) = (caller.engine(), caller.reader());
    let jobs = reader.backlog(engine.now()).await?;
    let behind = reader.books_behind().await?;
    let (verdict, stats) = (engine.health().ready(), engine.stats());
    let jobs = jobs.iter().map(|jobs| Jobs {
        kind: jobs.kind.name(),
        due: jobs.pieces,
        under_way: jobs.under_way,
        retried: jobs.retried,
        since: Wire(jobs.since),
    });
    Ok(Answer::ok(System {
        version: env!("CARGO_PKG_VERSION"),
        database: name(engine.database()),
        database_bytes: reader.size_bytes().await?,
        durability: engine.durability().to_owned(),
        ready: verdict.is_well(),
        why: verdict.why,
        batches: stats.batches(),
        commands: stats.commands(),
        reruns: stats.reruns(),
        queued: i64::try_from(engine.waiting()).unwrap_or(i64::MAX),
        books_behind: i64::try_from(behind.len()).unwrap_or(i64::MAX),
        facts_behind: behind.iter().map(|book| book.head - book.followed).sum(),
        jobs: jobs.collect(),
    }))
}

fn name(database: Database) -> &'static str {
    match database {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgres",
    }
}
