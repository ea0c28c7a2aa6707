//! What the products of an order ask of its buyer. The answers are personal data: a rule sees which fields were
//! answered, and never a value.

use crate::catalog::input::{InputField, InputKind};
use crate::{Refusal, World};
use kernel::{OrderId, Tenant};

/// Answers as they come with an order. The edge has read each value by its kind and sealed them together.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The order's id, drawn by the edge because the seal is bound to it.
    pub order: OrderId,
    /// Which fields were answered, each with the kind that its value was read by.
    pub given: Vec<(String, InputKind)>,
    /// Which values do not fit what asks for them.
    pub unfit: Vec<String>,
    /// Codes and values, sealed.
    pub sealed: Vec<u8>,
}

/// The row of an order's answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderInput {
    /// Whose order.
    pub tenant: Tenant,
    /// Which order.
    pub order: OrderId,
    /// Codes and values, sealed.
    pub sealed: Vec<u8>,
}

/// Order of checks: each field that is asked for is answered as it is now, nothing else is answered or does not fit,
/// the seal may come in.
pub fn check<'a>(
    world: &World,
    answers: Option<&Answers>,
    asked: impl Iterator<Item = &'a InputField> + Clone,
) -> Result<(), Refusal> {
    let given = answers.map_or(&[][..], |answers| &answers.given);
    let unfit = answers.map_or(&[][..], |answers| &answers.unfit);
    for field in asked.clone() {
        let answered = given.iter().any(|(code, _)| *code == field.code);
        let fits = given.iter().any(|(code, kind)| *code == field.code && *kind == field.kind);
        let unfit = unfit.contains(&field.code);
        if unfit || answered && !fits || field.required && !answered {
            return Err(Refusal::invalid(at(&field.code), field.kind.wants()));
        }
    }
    for code in given.iter().map(|(code, _)| code).chain(unfit) {
        if asked.clone().all(|field| field.code != *code) {
            return Err(Refusal::invalid(at(code), "nothing in the order asks for it; remove it"));
        }
    }
    answers.map_or(Ok(()), |answers| world.seal.may_store(&answers.sealed))
}

/// How errors name an answer.
pub fn at(code: &str) -> String {
    format!("input.{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(code: &str, kind: InputKind, required: bool) -> InputField {
        let name = code.to_owned();
        InputField { code: code.to_owned(), name, hint: None, kind, required, en: None }
    }

    fn check_given(given: &[(&str, InputKind)], unfit: &[&str], expected: Result<(), &str>) {
        let asked = [
            field("phone", InputKind::Phone, true),
            field("wish", InputKind::Text, false),
            field("phone", InputKind::Digits, false),
        ];
        let given = given.iter().map(|(code, kind)| ((*code).to_owned(), *kind)).collect();
        let unfit = unfit.iter().map(|code| (*code).to_owned()).collect();
        let sealed = vec![1, 0, 0, 0, 1];
        let answers = Answers { order: OrderId([1; 16]), given, unfit, sealed };
        let world = World::default();
        let field = |refusal| match refusal {
            Refusal::Invalid { field, .. } => field,
            other => panic!("{other:?}"),
        };
        let checked = check(&world, Some(&answers), asked.iter()).map_err(field);
        assert_eq!(checked, expected.map_err(str::to_owned), "{answers:?}");
    }

    #[test]
    fn what_is_asked_is_answered_and_nothing_else() {
        let (phone, digits) = (("phone", InputKind::Phone), ("phone", InputKind::Digits));
        let wish = ("wish", InputKind::Text);
        check_given(&[phone, digits], &[], Ok(()));
        check_given(&[phone, digits, wish], &[], Ok(()));
        check_given(&[], &[], Err("input.phone"));
        check_given(&[phone], &[], Err("input.phone"));
        check_given(&[digits], &[], Err("input.phone"));
        check_given(&[phone, digits, ("wish", InputKind::Email)], &[], Err("input.wish"));
        check_given(&[phone, digits, ("else", InputKind::Text)], &[], Err("input.else"));
        check_given(&[phone, digits], &["wish"], Err("input.wish"));
        check_given(&[digits], &["phone"], Err("input.phone"));
        check_given(&[phone, digits], &["else"], Err("input.else"));
    }

    #[test]
    fn answers_under_a_retired_key_stay_outside() {
        let mut world = World::default();
        world.seal.oldest = Some(2);
        let answers = |key| Answers {
            order: OrderId([1; 16]),
            given: Vec::new(),
            unfit: Vec::new(),
            sealed: vec![1, 0, 0, 0, key],
        };
        assert_eq!(check(&world, Some(&answers(1)), [].iter()), Err(Refusal::SealKeyRetired));
        assert_eq!(check(&world, Some(&answers(2)), [].iter()), Ok(()));
        assert_eq!(check(&world, None, [].iter()), Ok(()));
    }
}
