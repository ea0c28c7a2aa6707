//! Shops' styles become resources: what is told of each lies in its document, which SQL of two engines does not read.

use crate::Error;
use crate::seam::{Conn, Row, Statement, Value};
use kernel::Id16;
use serde_json::{Map, Value as Json};

static STYLES_TO_MOVE: Statement = Statement::new(
    "migrations/styles_to_move",
    include_str!("../../sql/migrations/styles_to_move.sql"),
);
static MOVE_STYLE: Statement =
    Statement::new("migrations/move_style", include_str!("../../sql/migrations/move_style.sql"));
static MOVE_LOGO: Statement =
    Statement::new("migrations/move_logo", include_str!("../../sql/migrations/move_logo.sql"));

/// The id of the one style of a book: the number of its kind.
const ID: Id16 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/// Moves all of them; a book has one at most.
pub(super) async fn move_all(conn: &mut Conn) -> Result<(), Error> {
    for row in conn.fetch(&STYLES_TO_MOVE, &[]).await? {
        move_one(conn, &row).await?.ok_or(Error::Corrupt("a shop"))?;
    }
    Ok(())
}

/// `tenant, data, changed_at`. It keeps its version. When it was made and edited no row tells; it was no later than the
/// last edit of the configuration. `None` where the document is none.
async fn move_one(conn: &mut Conn, row: &Row) -> Result<Option<()>, Error> {
    let (tenant, at) = (row.tenant(0)?, row.int(2)?);
    let Ok(mut style) = serde_json::from_str::<Map<String, Json>>(row.text(1)?) else {
        return Ok(None);
    };
    let Some(version) = style.remove("version").and_then(|version| version.as_i64()) else {
        return Ok(None);
    };
    let hash = style.get("logo").map(|logo| logo["hash"].as_str().unwrap_or_default().to_owned());
    let tenant = Value::bytes(tenant.bytes());
    let data = crate::rows::json(&style)?;
    let (id, at) = (Value::bytes(&ID), Value::Int(at));
    let params = [tenant.clone(), id.clone(), Value::Int(version), at.clone(), at, data];
    conn.execute(&MOVE_STYLE, &params).await?;
    if let Some(hash) = hash {
        let params = [tenant.clone(), id, Value::text(&hash), tenant];
        conn.execute(&MOVE_LOGO, &params).await?;
    }
    Ok(Some(()))
}
