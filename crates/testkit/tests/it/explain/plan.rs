//! Asking an engine how it would run a statement, and what there is to say against it.
//!
//! A statement may walk the keys it was given and nothing else. PostgreSQL is asked for its generic plan,
//! the one that a connection keeps, and SQLite for its query plan.

use serde_json::Value as Json;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row as _};
use store::seam::{Conn, Dialect, Statement, Type};

/// Names that stand for the given rows or for what a statement made of them, never for a table.
const GIVEN: [&str; 3] = ["v", "walk", "w"];
/// What may be tested on a row that a key has led to, because no index has it, or because one row is left.
const TESTED: [&str; 6] = [
    "state = 1",
    " = state)",
    "lease_until <= ",
    "(sealed = $",
    "= sealed)",
    // An id has led to the row; whose it is, is asked of the row.
    "(tenant = ANY (",
];

/// Prepares a statement for a number of rows.
pub async fn prepare(conn: &mut Conn, s: &'static Statement, rows: usize) -> Result<(), String> {
    let (text, _) = s.text(conn.engine(), rows);
    let trial = match conn.engine() {
        Dialect::Sqlite => format!("EXPLAIN {text}"),
        // There is nothing to plan in it, so PostgreSQL does not prepare it.
        Dialect::Postgres if text.starts_with("TRUNCATE") => format!("BEGIN; {text}; ROLLBACK"),
        Dialect::Postgres => format!("{}; DEALLOCATE s", to_prepare(s, rows)),
    };
    conn.raw(&trial).await.map_err(|e| format!("{} for {rows}: {e}", s.name))
}

/// What a plan of a statement does that it may not do.
pub async fn faults(conn: &mut Conn, s: &'static Statement, rows: usize) -> Vec<String> {
    let mut faults = Vec::new();
    if let Conn::Postgres(conn) = conn {
        judge_node(s, &postgres(conn, s, rows).await, &mut faults);
    } else {
        for step in sqlite(conn, s, rows).await {
            judge_step(s, &step, &mut faults);
        }
    }
    faults.iter().map(|fault| format!("{} for {rows}: {fault}", s.name)).collect()
}

fn to_prepare(s: &'static Statement, rows: usize) -> String {
    let (text, chunk) = s.text(Dialect::Postgres, rows);
    let name = |column: &Type| match column {
        Type::Int => "BIGINT",
        Type::Blob => "BYTEA",
        Type::Text => "TEXT",
    };
    let row: Vec<_> = s.columns().iter().map(name).collect();
    let types = match s.name {
        // These have parameters where nothing says their types; the driver does.
        "ledger/read_entries" => "(BYTEA, BIGINT)".to_owned(),
        _ if row.is_empty() => String::new(),
        _ => format!("({})", vec![row.join(", "); chunk].join(", ")),
    };
    format!("PREPARE s {types} AS {text}")
}

async fn postgres(conn: &mut PgConnection, s: &'static Statement, rows: usize) -> Json {
    let (text, _) = s.text(Dialect::Postgres, rows);
    let nulls = vec!["NULL"; text.matches('$').count()].join(", ");
    let nulls = if nulls.is_empty() { nulls } else { format!("({nulls})") };
    let ask = format!(
        "SET plan_cache_mode = force_generic_plan; {}; EXPLAIN (FORMAT JSON) EXECUTE s{nulls}; \
         DEALLOCATE s",
        to_prepare(s, rows)
    );
    let found = sqlx::raw_sql(AssertSqlSafe(ask)).fetch_all(conn).await;
    let found = found.unwrap_or_else(|e| panic!("{}: {e}", s.name));
    let plan: String = found[0].try_get_unchecked(0).expect("a plan");
    let plan: Json = serde_json::from_str(&plan).expect("a plan in JSON");
    plan[0]["Plan"].clone()
}

async fn sqlite(conn: &mut Conn, s: &'static Statement, rows: usize) -> Vec<String> {
    let (text, _) = s.text(Dialect::Sqlite, rows);
    let ask = Statement::new("explain", format!("EXPLAIN QUERY PLAN {text}").leak());
    // Nothing is bound: SQLite would make a plan for that very value.
    let found = conn.fetch(Box::leak(Box::new(ask)), &[]).await;
    let found = found.unwrap_or_else(|e| panic!("{}: {e}", s.name));
    found.iter().map(|row| row.text(3).expect("a step").to_owned()).collect()
}

/// A node of PostgreSQL's plan, and those below it.
fn judge_node(s: &Statement, node: &Json, faults: &mut Vec<String>) {
    let text = |field: &str| node[field].as_str().unwrap_or_default();
    let (kind, table) = (text("Node Type"), text("Relation Name"));
    let place = format!("{kind} {table} {}", text("Index Name"));
    let walks = match kind {
        "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => node["Index Cond"].is_null(),
        "Seq Scan" | "Sample Scan" | "Tid Range Scan" => true,
        _ => false,
    };
    if walks {
        faults.push(format!("walks a whole table or index: {place}"));
    }
    if !table.is_empty() && !may_test(text("Filter")) {
        faults.push(format!("reads more than its keys: {place} filters {}", text("Filter")));
    }
    if !node["Join Filter"].is_null() && !s.columns().is_empty() {
        faults.push(format!("reads more than its keys: {place} joins by {}", text("Join Filter")));
    }
    if kind.ends_with("Sort") && s.text(Dialect::Postgres, 1).0.contains("LIMIT $") {
        faults.push(format!("sorts more than a page: {}", node["Sort Key"]));
    }
    for below in node["Plans"].as_array().into_iter().flatten() {
        judge_node(s, below, faults);
    }
}

fn may_test(filter: &str) -> bool {
    let one = !filter.contains(" AND ") && !filter.contains(" OR ");
    filter.is_empty() || one && TESTED.iter().any(|test| filter.contains(test))
}

/// A step of SQLite's plan. It must search by every column that the statement gives for that table.
fn judge_step(s: &Statement, step: &str, faults: &mut Vec<String>) {
    let mut words = step.split_whitespace();
    let (verb, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let constant = step.contains("CONSTANT ROW");
    if verb == "SCAN" && !constant && !GIVEN.contains(&name) {
        faults.push(format!("walks a whole table or index: {step}"));
    }
    if step.contains("AUTOMATIC") {
        faults.push(format!("makes an index of its own: {step}"));
    }
    let (text, _) = s.text(Dialect::Sqlite, 1);
    if text.contains("LIMIT ?") && step.contains("TEMP B-TREE") {
        faults.push(format!("sorts more than a page: {step}"));
    }
    if verb == "SEARCH" {
        let missing = keys_given(text, name).into_iter().find(|key| {
            let found = [format!("({key}=?"), format!(" {key}=?")];
            !found.iter().any(|by| step.contains(by)) && !step.contains("(rowid=?)")
        });
        if let Some(key) = missing {
            faults.push(format!("reads more than its keys: {step} lacks {key}"));
        }
    }
}

/// The columns of a table (by its short name) that the statement compares with what it is given.
fn keys_given<'a>(text: &'a str, table: &str) -> Vec<&'a str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let key = |four: &[&'a str]| {
        let (alias, column) = four[1].split_once('.')?;
        let (other, _) = four[3].split_once('.').unwrap_or((four[3], ""));
        let given = GIVEN.contains(&other) || other == "?";
        let condition = matches!(four[0], "WHERE" | "AND") && four[2] == "=";
        (condition && alias == table && given).then_some(column)
    };
    words.windows(4).filter_map(key).collect()
}
