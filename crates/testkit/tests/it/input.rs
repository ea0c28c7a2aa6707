//! Bad input, for every route: it is refused with a clear error that names the field, changes nothing,
//! and never becomes an error of ours.
//!
//! The bad requests are made from the good ones of [`testkit::requests`] and from the OpenAPI document:
//! whatever the document does not allow must be refused.

mod bad;
mod files;
mod importer;
mod mutate;
mod schema;
mod transport;

use bad::{Bad, Refused};
use domain::resource::registry::ALL;
use schema::Document;
use serde_json::Value;
use testkit::requests::{self, Gives, REQUESTS, Request};
use testkit::{Answer, App, Caller, Db, Fixture, Kind, on_both};

on_both!(every_route_refuses_bad_input_and_changes_nothing);

/// The callers of the two sides, and what there is to ask for.
struct Bench {
    db: Db,
    app: App,
    fixture: Fixture,
    operator: Caller,
    document: Document,
}

impl Bench {
    async fn new(kind: Kind) -> Self {
        let db = Db::new(kind);
        let app = App::start(&db).await;
        let fixture = Fixture::new(&app, "ALPHA").await;
        let operator = app.operator().await;
        Self { db, app, fixture, operator, document: Document::new() }
    }

    fn caller(&self, ask: &Request) -> &Caller {
        if ask.gives == Gives::Forbidden { &self.operator } else { self.fixture.by(ask) }
    }
}

/// What is wrong with a refusal, if anything is.
fn flaw_of_problem(answer: &Answer) -> Option<&'static str> {
    let request = answer.json["request_id"].as_str();
    let detail = answer.json["detail"].as_str();
    let flaws = [
        (!(400..500).contains(&answer.status), "the status is no refusal"),
        (answer.content_type != "application/problem+json", "it is no problem document"),
        (answer.json["status"] != answer.status, "the status in the body is another"),
        (!answer.json["title"].is_string(), "there is no title"),
        (!answer.json["retryable"].is_boolean(), "it does not say whether to try again"),
        (!request.is_some_and(|id| id.starts_with("req_")), "there is no request id"),
        (edge::ErrorCode::parse(answer.code()).is_none(), "the code is unknown"),
        (detail.is_none_or(str::is_empty), "it says nothing"),
        (answer.text.len() > 1_000, "it repeats the input"),
    ];
    flaws.into_iter().find(|(there, _)| *there).map(|(_, flaw)| flaw)
}

/// The same, for a refusal of which more is known.
fn flaw(answer: &Answer, refused: &Refused, route: &open::RouteInfo) -> Option<String> {
    if let Some(flaw) = flaw_of_problem(answer) {
        return Some(flaw.to_owned());
    }
    if (answer.status, answer.code()) != (refused.status, refused.code) {
        return Some(format!("expected {} {}", refused.status, refused.code));
    }
    let announced = route.codes.iter().any(|code| code.name() == refused.code);
    if !announced && refused.code != "method_not_allowed" {
        return Some("the document does not announce it".to_owned());
    }
    if refused.status != 422 {
        return None;
    }
    let field = answer.json["errors"][0]["field"].as_str().unwrap_or_default();
    let cure = answer.json["errors"][0]["detail"].as_str().unwrap_or_default();
    if field.is_empty() || cure.is_empty() {
        return Some("there is no field or no cure".to_owned());
    }
    let wanted = refused.field.as_deref().unwrap_or_default();
    let related = field.starts_with(wanted) || wanted.starts_with(field);
    (!related).then(|| format!("{field} is named in place of {wanted}"))
}

/// The good request does what it should: what is refused later is refused for what was made bad.
async fn assert_good(bench: &Bench, ask: &Request, n: usize) {
    let (by, fixture) = (bench.caller(ask), &bench.fixture);
    let answer = by.send(ask.build(by, fixture, fixture, &format!("good-{n}"))).await;
    // What the owner asked for himself he does not decide; that is shown by `approvals`.
    let own = ["self_approval", "approval_state"].contains(&answer.code())
        && ask.route.starts_with("POST /v1/approvals/{id}/");
    // Somebody works there already; the first owner of a merchant is shown by `people::links`.
    let own = own || (ask.route.ends_with("/owner") && answer.code() == "resource_state");
    // What a channel signs is shown by `channels`; there is no such account here.
    let own = own || (ask.route.starts_with("POST /notify/{channel}") && answer.status == 404);
    assert!(own || (200..300).contains(&answer.status), "{} {}", ask.route, answer.text);
    // What waits for a second person is told of as an approval.
    if answer.status == 202
        && let Some(id) = answer.json["id"].as_str()
    {
        fixture.shop.imported(id).await;
    }
    if ask.route.starts_with("POST /v1/code-batches") {
        fixture.shop.settled(&fixture.names["spare_batch"]).await;
    }
}

/// Sends what must be refused; gives how many requests that were.
async fn refuse(
    bench: &Bench,
    ask: &Request,
    route: &open::RouteInfo,
    flaws: &mut Vec<String>,
) -> usize {
    until_done(&bench.db).await;
    let before = bench.db.rows().await;
    let all = bad::all(bench, ask, route);
    let sent = all.len();
    for Bad { what, request, refused } in all {
        let answer = bench.fixture.shop.send(request).await;
        if let Some(flaw) = flaw(&answer, &refused, route) {
            flaws.push(format!("{} {what}: {flaw}: {} {}", ask.route, answer.status, answer.text));
        }
    }
    let after = bench.db.rows().await;
    if before != after {
        flaws.push(format!("{} changed rows: {:#?}", ask.route, differing(&before, &after)));
    }
    assert!(sent > 0, "{} has no bad input", ask.route);
    sent
}

/// Files that were asked for are written, or came to nothing; vouchers of runs are made, and each refund was sent once.
async fn until_done(db: &Db) {
    while db.number(UNDER_WAY).await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// What goes on by itself. A piece of work that did not go well has no lease while it waits.
const UNDER_WAY: &str = "SELECT (SELECT COUNT(*) FROM work WHERE (kind = 17 AND attempts > 0) OR kind = 31 \
     OR (kind = 5 AND (attempts = 0 OR lease_until > 0))) \
     + (SELECT COUNT(*) FROM exports WHERE state < 3) \
     + (SELECT COUNT(*) FROM exports e JOIN work w ON w.kind = 17 AND w.subject = e.id WHERE e.state > 3)";

/// What happened, beside that somebody was turned away and that a file was written behind a request.
const FACTS: &str =
    "SELECT COUNT(*) FROM journal WHERE kind NOT IN ('access.refused', 'export.ended')";

/// Sends what is odd but may be right: it is done, or refused without a trace; never our error.
async fn try_odd(bench: &Bench, ask: &Request, flaws: &mut Vec<String>) -> usize {
    let odd = bad::odd(bench, ask);
    let sent = odd.len();
    for (what, request) in odd {
        until_done(&bench.db).await;
        let before = bench.db.number(FACTS).await;
        let answer = bench.fixture.shop.send(request).await;
        if (200..300).contains(&answer.status) {
            continue;
        }
        let changed = (bench.db.number(FACTS).await != before).then_some("it left a fact behind");
        if let Some(flaw) = flaw_of_problem(&answer).or(changed) {
            flaws.push(format!("{} {what}: {flaw}: {} {}", ask.route, answer.status, answer.text));
        }
    }
    sent
}

fn differing<'a>(before: &'a [String], after: &'a [String]) -> Vec<&'a String> {
    let gone = before.iter().filter(|row| !after.contains(row));
    gone.chain(after.iter().filter(|row| !before.contains(row))).collect()
}

async fn every_route_refuses_bad_input_and_changes_nothing(kind: Kind) {
    requests::assert_complete();
    let bench = Bench::new(kind).await;
    let (mut refused, mut tried, mut flaws) = (0, 0, Vec::new());
    // In two rounds, because some routes end what others need.
    for (n, ask) in REQUESTS.iter().enumerate() {
        assert_good(&bench, ask, n).await;
    }
    for route in open::routes(ALL) {
        let name = format!("{} {}", route.method, route.path);
        // What is changed in a signed body is refused for its signature; see `payments::notices`.
        let unsigned = |ask: &&Request| ask.route == name && ask.gives != Gives::Signed;
        for ask in REQUESTS.iter().filter(unsigned) {
            refused += refuse(&bench, ask, &route, &mut flaws).await;
            tried += try_odd(&bench, ask, &mut flaws).await;
        }
    }
    eprintln!(
        "{refused} requests refused, {tried} odd ones tried, {} routes",
        open::routes(ALL).len()
    );
    let some = &flaws[..flaws.len().min(30)];
    assert!(flaws.is_empty(), "{} flaws, the first of them: {some:#?}", flaws.len());
    assert!(refused > 1_000 && tried > 100, "the generator lost its teeth: {refused} {tried}");
    let healthy = bench.fixture.shop.get("/readyz").await;
    assert_eq!(healthy.status, 200, "{}", healthy.text);
    bench.app.stop().await;
    bench.db.assert_sound().await;
}

/// A value by its JSON pointer, in the words of an error: `skus[0].price.amount`.
fn field_of(pointer: &str) -> String {
    let mut field = String::new();
    for part in pointer.split('/').skip(1) {
        match part.parse::<usize>() {
            Ok(at) => field.push_str(&format!("[{at}]")),
            Err(_) if field.is_empty() => field.push_str(part),
            Err(_) => field.push_str(&format!(".{part}")),
        }
    }
    field
}

/// Every value in a body, the body itself first, each with its pointer.
fn walk<'a>(at: String, value: &'a Value, into: &mut Vec<(String, &'a Value)>) {
    into.push((at.clone(), value));
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                walk(format!("{at}/{name}"), value, into);
            }
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                walk(format!("{at}/{n}"), value, into);
            }
        }
        _ => {}
    }
}
