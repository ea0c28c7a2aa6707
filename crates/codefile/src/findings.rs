//! Makes findings of what was seen, closes those that were answered, and puts the answers into the plan.

use crate::characters::Odd;
use crate::date::{Length, Order};
use crate::division;
use crate::draft::{Draft, Head};
use crate::finding::{Finding, FindingKind, SheetName, Spots};
use crate::inspect::Seen;
use crate::layout::{Slot, question};
use crate::plan::Plan;
use crate::profile::CANDIDATES;
use crate::told::{Format, Told};
use crate::{Cause, Encoding, FileError, Meaning, is_field_code, questions};

/// All findings, the answered ones closed; refuses answers that fit none.
pub(crate) fn all(
    draft: &Draft,
    seen: &Seen,
    encodings: Option<Vec<Encoding>>,
    head: &Head,
    told: &Told,
    sheets: &[SheetName],
) -> Result<Vec<Finding>, FileError> {
    let mut findings = Vec::new();
    if sheets.len() > 1 {
        findings.push(questions::sheet(sheets));
    }
    if let Some(encodings) = encodings {
        findings.push(questions::encoding(&encodings, seen.evidence.not_utf8.clone()));
    }
    structure(&mut findings, draft, seen, head, told);
    columns(&mut findings, draft, seen, told);
    dates(&mut findings, seen);
    characters(&mut findings, seen, told);
    remarks(&mut findings, draft, seen);
    for finding in &mut findings {
        close(finding, told)?;
    }
    let unasked = told.answers.keys().find(|id| findings.iter().all(|finding| finding.id != **id));
    match unasked {
        Some(id) => {
            let cure = "there is no such question about this file; leave the answer out";
            Err(FileError::Answer { finding: id.clone(), cure })
        }
        None => Ok(findings),
    }
}

fn close(finding: &mut Finding, told: &Told) -> Result<(), FileError> {
    let Some(answer) = told.answer(&finding.id) else { return Ok(()) };
    let answer = if finding.id == "separator" && answer == "tab" { "\t" } else { answer };
    let named = finding.choices.iter().any(|choice| choice.value == answer);
    let is_field =
        finding.kind == FindingKind::Column && (answer == "ignore" || is_field_code(answer));
    if !named && !is_field {
        let cure = "this is none of the choices that the finding has";
        return Err(FileError::Answer { finding: finding.id.clone(), cure });
    }
    finding.open = false;
    Ok(())
}

fn structure(findings: &mut Vec<Finding>, draft: &Draft, seen: &Seen, head: &Head, told: &Told) {
    let asks = &draft.asks;
    if let Some(choices) = &asks.records {
        findings.push(questions::records(choices, seen.profile.begins.clone()));
    }
    let mut separators = asks.separators.clone();
    let mut spots = seen.profile.misfits.clone();
    if told.format == Format::Csv {
        spots = seen.survey.misfits.clone();
        let found = draft.separator.as_deref().filter(|text| *text != "," && !draft.ordered);
        if let Some(found) = found
            && told.separator.is_none()
            && spots.count > 0
            && separators.is_none()
        {
            separators = Some(vec![found.to_owned(), ",".to_owned()]);
        }
    } else if !head.is_whole()
        && told.separator.is_none()
        && told.columns.is_none()
        && draft.record.is_none()
        && asks.records.is_none()
    {
        let found = division::decide(&seen.profile, None);
        let all = found.doubt.or_else(|| {
            (found.by != draft.expected && told.answer("separator").is_none())
                .then(|| found.by.iter().chain(&draft.expected).map(|(at, _)| *at).collect())
        });
        let names = |all: Vec<usize>| {
            all.into_iter().map(|at| CANDIDATES[at].to_owned()).chain(["none".to_owned()]).collect()
        };
        separators = all.map(names).or(separators);
    }
    if let Some(separators) = separators {
        findings.push(questions::separator(&separators, spots));
    }
    findings.extend(asks.header.map(questions::header));
    if !asks.above.is_empty() {
        findings.push(questions::above(&asks.above));
    }
}

fn columns(findings: &mut Vec<Finding>, draft: &Draft, seen: &Seen, told: &Told) {
    for (place, (slot, column)) in draft.slots.iter().zip(&seen.survey.columns).enumerate() {
        let unknown = slot.base == Meaning::Unknown && column.filled > 0;
        let dated = !slot.told && matches!(slot.base, Meaning::Field { .. }) && column.is_dates();
        let loose = slot.strict_date && column.loose.count > 0;
        if unknown || dated || loose {
            findings.push(questions::column(place, slot, column, told));
        }
        if column.unlabelled.count > 0 {
            findings.push(questions::unlabelled(place, column.unlabelled.clone()));
        }
        if is_code(slot) && draft.record.is_none() && column.has_odd() {
            findings.push(questions::odd(place, column.odd.clone()));
        }
    }
}

/// Whether a column holds codes, in which remarks are not at home.
fn is_code(slot: &Slot) -> bool {
    match &slot.meaning {
        Meaning::Field { code, secret, .. } => *secret || code == "number",
        _ => false,
    }
}

fn dates(findings: &mut Vec<Finding>, seen: &Seen) {
    let dates = &seen.survey.dates;
    let orders = dates.orders();
    if !orders.is_empty() {
        findings.push(questions::date_order(&orders, dates.unordered.clone()));
    }
    if dates.serials.count > 0 {
        findings.push(questions::date_serials(dates.serials.clone()));
    }
    if dates.lengths.count > 0 {
        findings.push(questions::date_lengths(dates.lengths.clone()));
    }
}

fn characters(findings: &mut Vec<Finding>, seen: &Seen, told: &Told) {
    for odd in Odd::ALL {
        let answered = told.answer(questions::characters_id(odd)).is_some();
        let spots = seen.survey.odd.get(&odd);
        let spots = spots.or_else(|| seen.survey.odd_before.get(&odd).filter(|_| answered));
        findings.extend(spots.map(|spots| questions::characters(odd, spots.clone())));
    }
}

fn remarks(findings: &mut Vec<Finding>, draft: &Draft, seen: &Seen) {
    let survey = &seen.survey;
    if seen.likely_totals.count > 0 {
        findings.push(questions::totals(seen.likely_totals.clone()));
    }
    if survey.quoted_records.count > 0 {
        findings.push(questions::quoted_records(survey.quoted_records.clone()));
    }
    if survey.torn.count > 0 {
        findings.push(questions::torn(survey.torn.clone()));
    }
    let mut titles = Spots::default();
    draft.asks.titles.iter().for_each(|line| titles.add(*line));
    let no_data = [
        ("titles", &titles),
        ("header-again", &seen.headers_again),
        ("header-changed", &seen.headers_changed),
        ("totals-skipped", &seen.totals),
    ];
    for (id, spots) in no_data.into_iter().filter(|(_, spots)| spots.count > 0) {
        findings.push(questions::no_data(id, spots.clone()));
    }
    if survey.lost.count > 0 {
        findings.push(questions::lost(survey.lost.clone()));
    }
    let by_column = draft.slots.iter().zip(&survey.columns);
    let held = by_column.filter(|(slot, _)| matches!(slot.meaning, Meaning::Field { .. }));
    let mut damage = survey.damage.clone();
    for (_, column) in held {
        if column.has_made_dates() {
            damage.insert(Cause::DateMade.code(), column.dates.clone());
        }
        if column.is_rounded() {
            damage.insert(Cause::Rounded.code(), column.rounded.clone());
        }
    }
    for cause in Cause::ALL {
        if let Some(spots) = damage.get(cause.code()) {
            let texts = [cause.message(), cause.message_zh()];
            findings.push(questions::damage(cause.code(), spots.clone(), texts));
        }
    }
}

/// Puts what was seen and answered into the plan.
pub(crate) fn into_plan(plan: &mut Plan, draft: &Draft, seen: &Seen, told: &Told) {
    *plan = skipping(plan, told);
    for (place, column) in plan.columns.iter_mut().enumerate() {
        let found = &seen.survey.columns[place];
        let slot = &draft.slots[place];
        if column.meaning == Meaning::Unknown && found.filled == 0 {
            column.meaning = Meaning::Ignored;
        }
        let id = question(place).replace("column", "label");
        column.no_unlabelled = told.answer(&id) == Some("refuse");
        column.no_dates = found.has_made_dates();
        column.no_rounded = found.is_rounded();
        column.skip_odd &= is_code(slot) && found.has_odd();
    }
    let dates = &seen.survey.dates;
    plan.dates.midnight_is_day = dates.midnight_is_day();
    plan.dates.order = told
        .answer("date-order")
        .and_then(|answer| Order::ALL.into_iter().find(|order| order.name() == answer));
    plan.dates.serial = told.answer("date-serial") == Some("date");
    plan.dates.length = match told.answer("date-length") {
        Some("from_upload") => Some(Length::FromUpload),
        Some("no_end") => Some(Length::NoEnd),
        _ => None,
    };
    let clean = |odd: &Odd| told.answer(questions::characters_id(*odd)) == Some("clean");
    plan.clean = Odd::ALL.into_iter().filter(clean).collect();
    plan.keep_totals = told.answer("totals") == Some("keep");
    plan.no_quoted_records = told.answer("quoted-records") == Some("refuse");
}

/// The plan with the columns in which odd records are passed over.
pub(crate) fn skipping(plan: &Plan, told: &Told) -> Plan {
    let mut plan = plan.clone();
    for (place, column) in plan.columns.iter_mut().enumerate() {
        let id = question(place).replace("column", "odd");
        column.skip_odd = told.answer(&id) == Some("skip");
    }
    plan
}
