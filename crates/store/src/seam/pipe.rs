//! PostgreSQL's writer: statements that do not wait for each other's answers.
//!
//! A batch is twenty to forty short statements. A driver that waits for each answer pays a round trip a statement,
//! with two wake-ups on each side; sent one after the other, they cost one round trip together, and the server
//! works while we still write. `BEGIN` travels with the first of them.

use super::call::{Call, Calls, Found};
use super::conn::Row;
use super::statement::Dialect;
use super::value::{Type, Value};
use crate::Error;
use crate::tls::Tls;
use bytes::{BufMut, BytesMut};
use futures_util::future::maybe_done;
use futures_util::{TryStreamExt, poll};
use std::collections::HashMap;
use std::pin::pin;
use tokio::task::JoinSet;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::{IsNull, ToSql, Type as PgType, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Socket, Statement};

/// What begins a transaction.
static BEGIN: super::Statement = super::Statement::new("begin", "BEGIN");

/// A connection.
#[derive(Debug)]
pub struct Pipe {
    client: Client,
    /// Statements by where their texts lie, which are never freed.
    prepared: HashMap<usize, Statement>,
    /// A transaction that begins with the next statement.
    begin_due: bool,
    /// Serves the wire; ends with this, also when the server never answers.
    connection: JoinSet<()>,
}

impl Pipe {
    /// Opens a connection, whose wire is served on the runtime of the caller.
    pub(crate) async fn open(config: &Config, tls: &Tls) -> Result<Self, Error> {
        let mut connection = JoinSet::new();
        let client = match tls.connector() {
            None => connect(config, NoTls, &mut connection).await,
            Some(tls) => connect(config, tls, &mut connection).await,
        };
        let client = client.map_err(|e| Error::of_postgres("connect", e))?;
        Ok(Self { client, prepared: HashMap::new(), begin_due: false, connection })
    }

    /// Begins a transaction, which the server hears of with the next statement.
    pub fn begin(&mut self) {
        self.begin_due = true;
    }

    /// Runs a text of any number of statements.
    pub async fn raw(&mut self, text: &str) -> Result<(), Error> {
        if std::mem::take(&mut self.begin_due) {
            return self.raw_now(&format!("BEGIN;{text}")).await;
        }
        self.raw_now(text).await
    }

    async fn raw_now(&self, text: &str) -> Result<(), Error> {
        self.client.batch_execute(text).await.map_err(|e| Error::of_postgres("raw", e))
    }

    /// Sends all calls, then reads all answers. The first that fails fails them all; inside a transaction nothing
    /// after it has an effect.
    pub async fn run(&mut self, calls: &[Call<'_>]) -> Result<Vec<Found>, Error> {
        let mut first = Calls::default();
        if std::mem::take(&mut self.begin_due) {
            first.execute(&BEGIN, Vec::new());
        }
        let calls = first.iter().chain(calls);
        let mut statements = Vec::new();
        for call in calls.clone() {
            statements.push(self.prepare(call).await?);
        }
        let mut sent = Vec::with_capacity(statements.len());
        for (call, statement) in calls.clone().zip(&statements) {
            let mut answer = Box::pin(maybe_done(ask(&self.client, statement, call)));
            // A first look for an answer sends the question.
            let _ = poll!(answer.as_mut());
            sent.push(answer);
        }
        let mut all = Vec::with_capacity(sent.len());
        for (call, mut answer) in calls.zip(sent) {
            answer.as_mut().await;
            let found = answer.as_mut().take_output().transpose()?.unwrap_or_default();
            call.check(&found)?;
            all.push(found);
        }
        Ok(all.split_off(first.len()))
    }

    /// Ends the connection politely.
    pub async fn close(mut self) {
        drop(self.client);
        while self.connection.join_next().await.is_some() {}
    }

    async fn prepare(&mut self, call: &Call<'_>) -> Result<Statement, Error> {
        let text = call.text(Dialect::Postgres);
        let place = text.as_ptr().addr();
        if let Some(known) = self.prepared.get(&place) {
            return Ok(known.clone());
        }
        let types: Vec<PgType> = call.values().iter().map(|value| column(value.kind())).collect();
        let prepared = self.client.prepare_typed(text, &types).await;
        let prepared = prepared.map_err(|e| Error::of_postgres(call.name(), e))?;
        self.prepared.insert(place, prepared.clone());
        Ok(prepared)
    }
}

/// Connects; the wire is served by a task of the set.
async fn connect<T>(
    config: &Config,
    tls: T,
    tasks: &mut JoinSet<()>,
) -> Result<Client, tokio_postgres::Error>
where
    T: MakeTlsConnect<Socket> + Send,
    T::Stream: Send + 'static,
{
    let (client, wire) = config.connect(tls).await?;
    tasks.spawn(async move {
        if let Err(error) = wire.await {
            tracing::debug!(error = kernel::chain(&error), "a connection to the database ended");
        }
    });
    Ok(client)
}

async fn ask(client: &Client, statement: &Statement, call: &Call<'_>) -> Result<Found, Error> {
    let failed = |e| Error::of_postgres(call.name(), e);
    let answer = client.query_raw(statement, call.values().iter()).await.map_err(failed)?;
    let mut answer = pin!(answer);
    let mut rows = Vec::new();
    while let Some(row) = answer.try_next().await.map_err(failed)? {
        rows.push(Row::Pipe(row));
    }
    Ok(Found { rows, written: answer.rows_affected().unwrap_or(0) })
}

fn column(kind: Type) -> PgType {
    match kind {
        Type::Int => PgType::INT8,
        Type::Blob => PgType::BYTEA,
        Type::Text => PgType::TEXT,
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        _: &PgType,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null(_) => return Ok(IsNull::Yes),
            Self::Int(int) => out.put_i64(*int),
            Self::Blob(bytes) => out.put_slice(bytes),
            Self::Text(text) => out.put_slice(text.as_bytes()),
        }
        Ok(IsNull::No)
    }

    fn accepts(kind: &PgType) -> bool {
        [PgType::INT8, PgType::BYTEA, PgType::TEXT].contains(kind)
    }

    to_sql_checked!();
}
