//! Search who did what.

use super::fact::Happened;
use crate::insight::caught_up;
use domain::Fact as Stored;
use domain::context::Actor;
use domain::resource::registry;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, Limit, Page};
use edge::problem::Problem;
use edge::wire::{RequestId, Time, Wire};
use kernel::{ApiKeyId, CodeBatchId, MerchantId, OrderId, PersonId, id};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::read::{About, AuditFilter, JournalRow, Whose};
use utoipa::{IntoParams, ToSchema};

/// Cursors of this list, oldest and newest first.
const OF_AUDIT: u64 = 2;
const OF_AUDIT_DOWN: u64 = 3;
/// How the acts of nobody in person are called.
const SYSTEM: &str = "system";

/// What is searched for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Whose acts: the id of a person or a key, or `system` for timers, jobs and buyers.
    #[serde(default)]
    pub actor: Option<String>,
    /// What they are about: the id of a product, a batch … An order's stands for its payments, refunds and approvals, too, as far
    /// as the journal was followed: all but the last two seconds.
    #[serde(default)]
    pub object: Option<String>,
    /// Of what kind, as `order.bought`.
    #[serde(default)]
    pub kind: Option<String>,
    /// Not before this time.
    #[param(inline)]
    #[serde(default)]
    pub from: Option<Time>,
    /// Before this time.
    #[param(inline)]
    #[serde(default)]
    pub to: Option<Time>,
    /// In which order; oldest first when absent.
    #[param(inline)]
    #[serde(default)]
    pub sort: Option<AuditSort>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    #[serde(default)]
    pub after: Option<Cursor>,
}

/// In which order acts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum AuditSort {
    /// Newest first.
    #[serde(rename = "-at")]
    Newest,
    /// Oldest first.
    #[serde(rename = "at")]
    Oldest,
}

/// An act: who, from where, what, with which object, why.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its number in the journal.
    pub seq: i64,
    /// When.
    pub at: Time,
    /// Who: the id of the person, or of the key that was used, or `system`.
    pub actor: String,
    /// From which address; null for `system`, and for what was done before addresses were kept.
    pub address: Option<String>,
    /// What was done.
    pub kind: String,
    /// The id of what it was done to.
    pub object: String,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// The request.
    pub request: RequestId,
    /// How it is afterwards and, where it was edited, under `before` how it was. Buyers are masked, secrets are not in it.
    pub data: Happened,
}

/// The reason that many facts carry, or the refund that they are about.
#[derive(Deserialize)]
struct Why {
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    refund: Option<Given>,
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    reason: Option<String>,
}

impl Search {
    /// The filter that it stands for.
    pub async fn filter(&self, caller: &Caller) -> Result<AuditFilter, Problem> {
        let object = match self.object.as_deref() {
            Some(text) => Some(object(text, caller).await?),
            None => None,
        };
        if self.kind.as_deref().is_some_and(|kind| !is_kind(kind)) {
            return Err(Problem::invalid("kind", "is no kind of fact, as `order.bought`"));
        }
        Ok(AuditFilter {
            whose: self.actor.as_deref().map(whose).transpose()?.unwrap_or_default(),
            object,
            kind: self.kind.clone(),
            from: self.from.map(|Wire(time)| time),
            to: self.to.map(|Wire(time)| time),
        })
    }

    /// In which way the book is walked, and behind which number.
    pub fn start(&self) -> Result<(Way, Option<i64>), Problem> {
        let way = self.way();
        let Some(after) = self.after else { return Ok((way, None)) };
        let wrong = || Problem::invalid("after", "expected `next` of an earlier page");
        Ok((way, Some(after.number(of_way(way)).ok_or_else(wrong)?)))
    }

    fn way(&self) -> Way {
        if self.sort == Some(AuditSort::Newest) { Way::Down } else { Way::Up }
    }

    /// Where a page of it ended.
    pub fn cursor(&self, next: Option<i64>) -> Option<Cursor> {
        next.map(|seq| Cursor::of_number(of_way(self.way()), seq))
    }
}

fn of_way(way: Way) -> u64 {
    if way == Way::Down { OF_AUDIT_DOWN } else { OF_AUDIT }
}

impl AuditEntry {
    /// An entry of a row.
    pub fn of(row: &JournalRow) -> Result<Self, Problem> {
        let broken = |why: String| Problem::internal(format_args!("fact {}: {why}", row.seq));
        let newest = Stored::newest(&row.kind, row.v, &row.data);
        let text = newest.map_err(|_| broken("its kind or version is unknown".to_owned()))?;
        let data = Happened::read(&row.kind, &text).map_err(|e| broken(e.to_string()))?;
        let why: Why = serde_json::from_str(&text).map_err(|e| broken(e.to_string()))?;
        Ok(Self {
            seq: row.seq,
            at: Wire(row.at),
            actor: row.actor.map_or_else(|| SYSTEM.to_owned(), |actor| actor.to_string()),
            address: row.address.map(|address| address.to_string()),
            kind: row.kind.clone(),
            object: data.subject(row.subject),
            reason: why.reason.or_else(|| why.refund.and_then(|refund| refund.reason)),
            request: Wire(row.request),
            data,
        })
    }
}

/// Search who did what, oldest first unless it is asked otherwise.
///
/// A page may hold fewer items than `limit`, or none, and still have a `next`: only a part of the journal is looked through
/// at once. `from` goes straight to its time.
#[utoipa::path(
    get, path = "/v1/audit", tag = "journal",
    params(Search), responses((status = 200, body = Page<AuditEntry>))
)]
pub async fn search_audit(
    caller: Caller,
    Query(search): Query<Search>,
) -> Answered<Page<AuditEntry>> {
    let (filter, start) = (search.filter(&caller).await?, search.start()?);
    if matches!(filter.object, Some(About::Order(_))) {
        caught_up(&caller).await?;
    }
    let page = caller.reader().audit(caller.tenant(), &filter, start, search.limit.0).await?;
    let data = page.rows.iter().map(AuditEntry::of).collect::<Result<_, _>>()?;
    Ok(Answer::ok(Page { data, next: search.cursor(page.next) }))
}

fn is_kind(kind: &str) -> bool {
    Stored::kinds().any(|known| known.name == kind) || registry::of_fact(kind).is_some()
}

fn whose(text: &str) -> Result<Whose, Problem> {
    if text == SYSTEM {
        return Ok(Whose::Nobodys);
    }
    let person = PersonId::parse(text).map(Actor::Person);
    let actor = person.or_else(|_| ApiKeyId::parse(text).map(Actor::Key)).map(Whose::Of);
    actor
        .map_err(|_| Problem::invalid("actor", "expected the id of a person or a key, or `system`"))
}

/// The names under which facts are about an object. A shop is kept under its merchant in the mode, a batch under the import
/// that brought it.
async fn object(text: &str, caller: &Caller) -> Result<About, Problem> {
    let parsed = text.split_once('_').filter(|(prefix, _)| prefix.len() == 3);
    let parsed = parsed.and_then(|(prefix, rest)| Some((prefix, id::decode(rest)?)));
    let wrong = || Problem::invalid("object", "expected an id, as ord_…");
    let ((prefix, found), tenant) = (parsed.ok_or_else(wrong)?, caller.tenant());
    let other = match prefix {
        OrderId::PREFIX => return Ok(About::Order(OrderId(found))),
        MerchantId::PREFIX if found == tenant.merchant().0 => *tenant.bytes(),
        CodeBatchId::PREFIX => {
            let import = caller.reader().import_by_batch(tenant, CodeBatchId(found)).await?;
            import.map_or(found, |import| import.id.0)
        }
        _ => found,
    };
    Ok(About::Names([found, other]))
}
