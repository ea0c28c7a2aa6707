//! The table of routes and the document made from it.

use crate::{openapi, routes};
use domain::resource::registry::{ALL, KINDS};
use edge::{ErrorCode, Idempotency};
use std::collections::BTreeSet;

#[test]
fn the_document_is_as_reviewed() {
    insta::assert_json_snapshot!(openapi(KINDS));
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = serde_json::to_value(openapi(ALL)).expect("a document is JSON");
    let text = document.to_string();
    let references: BTreeSet<&str> =
        text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn every_answer_of_the_document_is_described_and_typed() {
    let document = serde_json::to_value(openapi(ALL)).expect("a document is JSON");
    let mut answers = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let at = format!("{method} {path}");
            assert!(operation["summary"].is_string() && operation["tags"].is_array(), "{at}");
            for (status, answer) in operation["responses"].as_object().expect("answers") {
                let shared = answer["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
                let answer = shared.map_or(Some(answer), |name| document.pointer(name));
                let answer = answer.expect("an answer");
                assert!(answer["description"].is_string(), "{at} {status}");
                let content = answer["content"].as_object().expect("content");
                assert!(content.values().all(|typed| typed["schema"].is_object()), "{at} {status}");
                answers += 1;
            }
        }
    }
    assert!(answers > 100, "{answers}");
}

#[test]
fn every_route_says_who_may_use_it() {
    let routes = routes(ALL);
    let names: BTreeSet<_> = routes.iter().map(|route| route.operation.as_str()).collect();
    assert_eq!(names.len(), routes.len(), "every operation has its own name");
    let open: Vec<_> = routes.iter().filter(|route| route.scope.is_none()).collect();
    let open: Vec<_> = open.iter().map(|route| route.path.as_str()).collect();
    let told = "/notify/test/{merchant}";
    let file = "/v1/export-files/{token}";
    let shared = "/v1/content-files/{token}";
    let channel = "/notify/{channel}/{account}";
    let ready = ["/healthz", "/readyz", "/openapi.json", "/docs"];
    let named = [&ready[..], &[told, channel, file, shared, "/v1/resources"]].concat();
    assert_eq!(open, named);
}

#[test]
fn an_id_in_a_path_may_lead_nowhere() {
    for route in routes(ALL).iter().filter(|route| route.path.contains('{')) {
        assert!(route.codes.contains(&ErrorCode::NotFound), "{}", route.path);
    }
}

#[test]
fn what_moves_money_or_goods_wants_a_key_for_repeats() {
    let wanting = routes(ALL);
    let wanting = wanting.iter().filter(|route| route.idempotency == Idempotency::Required);
    let wanting: Vec<_> = wanting.map(|route| route.path.as_str()).collect();
    assert_eq!(wanting, ["/v1/orders", "/v1/recharges", "/v1/wallet-credits", "/v1/wallet-holds"]);
    for route in routes(ALL) {
        let listed = route.codes.contains(&ErrorCode::IdempotencyKeyRequired);
        assert_eq!(listed, route.idempotency == Idempotency::Required, "{}", route.path);
    }
}
