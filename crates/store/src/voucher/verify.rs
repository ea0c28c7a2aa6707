//! Checks of vouchers and redemptions.

use crate::Error;
use crate::seam::Conn;
use crate::verify::Check;
use crate::verify::finding::{Finding, first};

/// What is left of vouchers is their templates' control account, what was used of each is its redemptions, money that is not
/// earned has its account, and each is found by one code.
pub(crate) async fn vouchers(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("vouchers");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_VOUCHERS).await?;
    let says = "what is left of its vouchers is not what their control account has";
    finding.none(conn, &super::sql::VERIFY_OUTSTANDING, &[], says, first("sku")).await?;
    let says = "what is not earned of vouchers is not what the account of it has";
    finding.none(conn, &super::sql::VERIFY_UNEARNED, &[], says, first("of")).await?;
    let says = "what was used of it is not what was redeemed";
    finding.none(conn, &super::sql::VERIFY_REDEEMED, &[], says, first("vch")).await?;
    let says = "what is left and how it stands do not fit";
    finding.none(conn, &super::sql::VERIFY_VOUCHER_STATES, &[], says, first("vch")).await?;
    let says = "has no code or several, or is not there";
    finding.none(conn, &super::sql::VERIFY_VOUCHER_TAGS, &[], says, first("vch")).await?;
    let says = "is not what an imported code became";
    finding.none(conn, &super::sql::VERIFY_IMPORTED_VOUCHERS, &[], says, first("vch")).await?;
    Ok(finding.done())
}
