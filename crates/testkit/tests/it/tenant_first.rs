//! What belongs to a tenant begins with him: every key that is unique, and what each statement asks for. Engines that are
//! distributed behind PostgreSQL's protocol demand it, and so does moving a tenant (ADR 27, ADR 28).

use crate::explain::{By, by, registered};
use std::collections::{BTreeMap, BTreeSet};
use store::seam::{Dialect, Statement};
use testkit::{Db, Kind, leak, on_both};

on_both!(unique_keys_begin_with_the_tenant);

/// Tables of which a unique key begins with something else, and why.
const TABLES: [(&str, &str); 10] = [
    ("code_tags_before", "claims from before records of fields; a job empties it"),
    ("data_keys", "the operator's"),
    ("database_name", "one row, of the database itself"),
    ("idempotency_0_before", "records from before this rule; emptied with their generation"),
    ("idempotency_1_before", "records from before this rule; emptied with their generation"),
    ("journal_anchoring", "one row, about all books"),
    ("pulses", "a row a node"),
    ("schema_steps", "of the database itself"),
    ("versions", "locks; a subject is a tenant, or stands for what all share"),
    ("work", "claimed in the order of time, whoever's it is"),
];

/// Statements that do not say whose rows they mean, and why.
const STATEMENTS: [(&str, &str); 19] = [
    (
        "payment/read_book_of_account",
        "a channel's notice names an account, and this finds the book",
    ),
    ("payment/delete_old_exchanges", "what is old goes of all books"),
    ("payment/read_old_exchange", "finds out whether there is any, of all books"),
    ("requests/delete_old_requests", "what is old goes of all books"),
    ("insight/truncate_order_keys", "all books are made anew together"),
    ("insight/truncate_order_facts", "the same"),
    ("insight/truncate_sales", "the same"),
    ("insight/truncate_batch_sales", "the same"),
    ("insight/truncate_followed", "the same"),
    ("insight/read_behind", "finds out which books have news"),
    ("anchor/read_anchors", "all books, once an hour"),
    ("anchor/read_behind", "finds out which books have news"),
    ("anchor/read_last_leaves", "all books, once an hour"),
    ("idempotency/truncate_idempotency_0", "drops a generation, whoever's records are in it"),
    ("idempotency/truncate_idempotency_1", "drops a generation, whoever's records are in it"),
    ("identity/read_api_key_by_hash", "leads from a key's hash to its tenant"),
    ("identity/read_tenants", "the operator's list of merchants"),
    ("journal/read_journal_heads", "finds out which books have news"),
    ("order/read_order_by_link", "leads from a link to its tenant"),
];

/// Table, key and first column of each unique key.
async fn unique_keys(db: &Db) -> Vec<[String; 3]> {
    let ask = match db.kind {
        Kind::Sqlite => {
            "SELECT t.name, i.name, c.name FROM sqlite_master t
             JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND i.\"unique\" = 1 AND c.seqno = 0
             UNION ALL
             SELECT t.name, 'rowid', c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND c.pk = 1 AND c.type = 'INTEGER' AND t.sql NOT LIKE '%WITHOUT ROWID%'"
        }
        Kind::Postgres => {
            "SELECT t.relname::text, i.relname::text, COALESCE(a.attname::text, 'an expression')
             FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
             LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
             WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace"
        }
    };
    let mut conn = db.connection().await;
    let found = conn.fetch(leak(ask), &[]).await.expect("the catalogue");
    let text = |row: &store::seam::Row, at| row.text(at).expect("a name").to_owned();
    let keys = found.iter().map(|row| [text(row, 0), text(row, 1), text(row, 2)]).collect();
    conn.close().await;
    keys
}

async fn tables(db: &Db) -> BTreeSet<String> {
    let ask = match db.kind {
        Kind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        Kind::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut conn = db.connection().await;
    let found = conn.fetch(leak(ask), &[]).await.expect("the catalogue");
    let tables = found.iter().map(|row| row.text(0).expect("a name").to_owned()).collect();
    conn.close().await;
    tables
}

async fn unique_keys_begin_with_the_tenant(kind: Kind) {
    let db = Db::new(kind);
    db.store().await;
    let mut first: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for [table, _, column] in unique_keys(&db).await {
        first.entry(table).or_default().push(column);
    }
    let tables = tables(&db).await;
    assert!(tables.len() > 30, "the catalogue is read");
    for table in &tables {
        let keys = first.get(table).unwrap_or_else(|| panic!("{table} has no key"));
        let listed = TABLES.iter().any(|(name, _)| name == table);
        let begins = keys.iter().all(|column| column == "tenant");
        assert_ne!(begins, listed, "{table} has keys that begin with {keys:?}");
    }
    for (table, why) in TABLES {
        assert!(tables.contains(table), "{table} ({why}) is no table");
    }

    let whose: BTreeSet<&str> = tables
        .iter()
        .map(String::as_str)
        .filter(|table| !TABLES.iter().any(|(name, _)| name == table))
        .collect();
    for s in registered().into_iter().filter(|s| by(s) != By::Verify) {
        let silent = silent_about(s, &whose);
        let listed = STATEMENTS.iter().any(|(name, _)| *name == s.name);
        assert_eq!(!silent.is_empty(), listed, "{} does not say whose {silent:?} it means", s.name);
    }
}

/// Tables of which a statement does not say whose rows it means.
fn silent_about<'t>(s: &Statement, tables: &BTreeSet<&'t str>) -> Vec<&'t str> {
    let text = s.text(Dialect::Sqlite, 1).0;
    let spaced = text.replace(['(', ')', ','], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut silent = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let Some(table) = tables.get(pair[1]).filter(|_| VERBS.contains(&pair[0])) else {
            continue;
        };
        let rest: Vec<&str> = words[at + 2..].iter().copied().filter(|w| *w != "AS").collect();
        let named = match pair[0] {
            "INTO" => text.contains(&format!("{table} (tenant,")) || text.contains(", tenant,"),
            _ => match rest.first() {
                Some(alias) if !AFTER_TABLE.contains(alias) => {
                    is_asked_of(text, &format!("{alias}."))
                }
                _ => is_asked_of(text, ""),
            },
        };
        if !named {
            silent.push(*table);
        }
    }
    silent
}

/// What stands before a table's name.
const VERBS: [&str; 4] = ["FROM", "JOIN", "UPDATE", "INTO"];
/// What follows a table's name where it has no other.
const AFTER_TABLE: [&str; 7] = ["WHERE", "SET", "ORDER", "GROUP", "LIMIT", "UNION", "CROSS"];

/// Whether a text tells the tenant of a table from what it was given or from another table's.
fn is_asked_of(text: &str, table: &str) -> bool {
    let tenant = format!("{table}tenant");
    let text = text.replace('+', "");
    let told = [format!(" {tenant} = "), format!(" {tenant} IN ("), format!(" ({tenant}, ")];
    told.iter().any(|asked| text.contains(asked))
}

#[test]
fn a_silent_statement_is_found() {
    static SILENT: [Statement; 4] = [
        Statement::new("read", "SELECT t.id FROM orders t WHERE t.id = ?"),
        Statement::new("bare", "SELECT id FROM orders WHERE id = ?"),
        Statement::new(
            "one of two",
            "SELECT 1 FROM skus s JOIN orders t ON t.id = s.id WHERE s.tenant = ?",
        ),
        Statement::new("write", "UPDATE orders AS t SET paid = 1 WHERE t.id = ?"),
    ];
    let tables = BTreeSet::from(["orders", "skus"]);
    for s in &SILENT {
        assert_eq!(silent_about(s, &tables), ["orders"], "{}", s.name);
    }
    static LOUD: Statement =
        Statement::new("loud", "DELETE FROM orders WHERE tenant = ? AND id = ?");
    assert!(silent_about(&LOUD, &tables).is_empty());
}
