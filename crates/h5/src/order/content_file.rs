//! The file that an order shares with others. Like every look at what was bought, it is recorded first.

use super::reveal::{held_still, record_look};
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use edge::content::Shared;
use edge::problem::Problem;

/// `POST /o/{token}/content-files/{line}`
pub async fn content_file(mut visitor: Visitor, Here((token, line)): Here<(String, u32)>) -> Paged {
    let opened = visitor.open(&token).await?;
    let holds = opened.lines.iter().find(|it| it.number == line && it.content.is_some());
    let newest = match holds {
        Some(line) => visitor.reader().newest_content(opened.order.tenant, line.sku).await?,
        None => None,
    };
    // What is no file any more is no look either.
    if newest.is_none_or(|newest| newest.file_bytes.is_none()) {
        return Ok(Answer::see_other(&opened.path));
    }
    let guest = record_look(&visitor, &opened).await?;
    let held = held_still(&visitor, &opened).await?.into_iter().find(|held| held.line == line);
    let Some(held) = held else { return Ok(Answer::see_other(&opened.path)) };
    let file = match held.shared {
        Some(Shared::File(file)) => file,
        // A version that came just now is a text: his order has it.
        Some(Shared::Text(_)) => return Ok(Answer::see_other(&opened.path)),
        None => return Err(Problem::internal("the head of a file is damaged")),
    };
    let answer = Answer::download(file.download(visitor.app().files()).await?);
    let cookie = guest.cookie(&visitor.engine().vault(), visitor.is_secure());
    Ok(answer.with_cookie(&cookie))
}
