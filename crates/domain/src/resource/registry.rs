//! Every kind of resource, a line each.

use super::sample::{SampleNote, SampleOffer, SamplePlace};
use super::{AnyKind, Resource};
use crate::approval::policy::ApprovalPolicy;
use crate::identity::terms::MerchantTerms;
use crate::payment::account::PaymentAccount;
use crate::payment::offline::OfflineTransfer;
use crate::people::grant::OperatorGrant;
use crate::people::network::StaffNetwork;
use crate::people::role::Role;
use crate::people::staff::Staff;
use crate::shop::{ShopLanguages, ShopMessages, ShopStyle};
use crate::voucher::Store;
use std::sync::LazyLock;

/// Kinds of which only `demo --sample-kinds` and tests have routes. Stored ones are read and checked by every program.
const SAMPLES: usize = 3;

/// Every kind. Samples stand last.
pub static ALL: &[AnyKind] = &[
    AnyKind::of::<Role>(),
    AnyKind::of::<Staff>(),
    AnyKind::of::<StaffNetwork>(),
    AnyKind::of::<OperatorGrant>(),
    AnyKind::of::<ApprovalPolicy>(),
    AnyKind::of::<ShopStyle>(),
    AnyKind::of::<ShopLanguages>(),
    AnyKind::of::<ShopMessages>(),
    AnyKind::of::<MerchantTerms>(),
    AnyKind::of::<PaymentAccount>(),
    AnyKind::of::<OfflineTransfer>(),
    AnyKind::of::<Store>(),
    AnyKind::of::<SamplePlace>(),
    AnyKind::of::<SampleOffer>(),
    AnyKind::of::<SampleNote>(),
];

/// The kinds that are served.
pub static KINDS: &[AnyKind] = ALL.split_at(ALL.len() - SAMPLES).0;

/// A field by which resources of a kind refer to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The number of the kind that refers.
    pub from: i64,
    /// The field.
    pub name: &'static str,
    /// The number of the kind that is referred to.
    pub to: i64,
}

/// Every field by which one kind refers to another.
pub static LINKS: LazyLock<Vec<Link>> = LazyLock::new(|| {
    let of = |any: &'static AnyKind| {
        let link =
            |to: super::Reference| Link { from: any.kind.number, name: to.name, to: to.kind };
        any.refs().into_iter().map(link)
    };
    let mut links: Vec<Link> = ALL.iter().flat_map(of).collect();
    links.dedup();
    links
});

/// The kind of a number.
pub fn numbered(number: i64) -> Option<&'static AnyKind> {
    ALL.iter().find(|any| any.kind.number == number)
}

/// The kind of a type.
pub fn of<T: Resource>() -> &'static AnyKind {
    match numbered(T::KIND.number) {
        Some(any) => any,
        None => unreachable!("{} stands in no line above", T::KIND.word),
    }
}

/// The kind whose facts have this name, and which of the four it is.
pub fn of_fact(name: &str) -> Option<(&'static AnyKind, usize)> {
    ALL.iter().find_map(|any| {
        let at = any.kind.facts.iter().position(|fact| *fact == name)?;
        Some((any, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Scope;
    use std::collections::BTreeSet;

    /// Fields that every answer has beside those of the body, and parameters that every list has.
    const TAKEN: [&str; 10] = [
        "id",
        "version",
        "created_at",
        "edited_at",
        "archived_at",
        "limit",
        "after",
        "sort",
        "archived",
        "kind",
    ];

    #[test]
    fn no_two_kinds_share_a_number_or_a_name() {
        for of in [
            (|any: &AnyKind| any.kind.number.to_string()) as fn(&AnyKind) -> String,
            |any| any.kind.word.to_owned(),
            |any| any.kind.plural.to_owned(),
            |any| any.kind.prefix.to_owned(),
        ] {
            assert_eq!(ALL.iter().map(of).collect::<BTreeSet<_>>().len(), ALL.len());
        }
        for any in ALL {
            assert!(
                Scope::parse(any.kind.read).is_some() && Scope::parse(any.kind.write).is_some()
            );
        }
    }

    #[test]
    fn every_sample_is_good_and_has_every_field() {
        for any in ALL {
            let kind = any.kind.word;
            let sample = any.stored_sample();
            let body = any.read(&sample).unwrap_or_else(|error| panic!("{kind}: {error:?}"));
            assert_eq!(body.fields(), sample, "{kind} is stored as it is sent");
            let fields: BTreeSet<_> = any.fields.iter().map(|field| field.name).collect();
            let sent: BTreeSet<_> = sample.0.keys().map(String::as_str).collect();
            assert_eq!(fields, sent, "the sample of {kind} has a value for each field of FIELDS");
            assert!(TAKEN.iter().all(|name| !fields.contains(name)), "{kind}");
            let apart = any.secrets.iter().chain(any.pictures);
            assert!(apart.clone().all(|name| fields.contains(name)), "{kind}");
            let keys = any.keys();
            assert!(keys.iter().all(|key| fields.contains(key.name)), "keys are fields: {kind}");
            let schema = serde_json::to_value((any.schema)().0.1).expect("a schema");
            let known = schema["properties"].as_object().expect("an object");
            assert_eq!(known.keys().map(String::as_str).collect::<BTreeSet<_>>(), fields, "{kind}");
            assert_eq!(schema["additionalProperties"], false, "{kind} denies unknown fields");
        }
    }
}
