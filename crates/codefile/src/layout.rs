//! What each column of a file means, by what was told, by its header, by its place, and by answers.

use crate::builtin::{is_field_code, plain};
use crate::column::VALID_UNTIL;
use crate::told::Told;
use crate::{FileError, Meaning, header};

/// A column while it is being understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) header: Option<String>,
    /// What it means without any answer.
    pub(crate) base: Meaning,
    /// What it means with the answer.
    pub(crate) meaning: Meaning,
    /// Whether the caller said so.
    pub(crate) told: bool,
    /// Whether another column has the same meaning.
    pub(crate) twin: bool,
    /// What stands before each of its values and is no part of them.
    pub(crate) label: Option<String>,
    /// Known as the date by its place alone, so that only a plain date will do.
    pub(crate) strict_date: bool,
}

/// The id of the question about a column.
pub(crate) fn question(place: usize) -> String {
    format!("column-{}", place + 1)
}

/// Gives every column its meaning. `by_place` stands for headers where the file has none.
pub(crate) fn slots(
    names: Option<&[String]>,
    by_place: &[Meaning],
    told: &Told,
) -> Result<Vec<Slot>, FileError> {
    let count = names.map_or(by_place.len(), <[String]>::len);
    check_told(names, count, told)?;
    let mut slots: Vec<Slot> = (0..count).map(|place| slot(place, names, by_place, told)).collect();
    part_twins(&mut slots)?;
    for place in 0..count {
        let id = question(place);
        if let Some(answer) = told.answer(&id) {
            let header = slots[place].header.as_deref();
            let meaning = header::of_code(answer, header, &told.fields);
            let taken = |other: &Slot| is_same(&other.meaning, &meaning);
            let others = slots.iter().enumerate().filter(|(other, _)| *other != place);
            let cure = "say a field's code like number, valid_until, or - to ignore the column";
            if !is_word(answer) {
                return Err(FileError::Answer { finding: id, cure });
            }
            if others.into_iter().any(|(_, other)| taken(other)) {
                let cure = "another column has this meaning already";
                return Err(FileError::Answer { finding: id, cure });
            }
            slots[place].meaning = meaning;
        }
    }
    let any = |wanted: fn(&Meaning) -> bool| slots.iter().any(|slot| wanted(&slot.meaning));
    if !any(|m| matches!(m, Meaning::Field { .. } | Meaning::Unknown)) {
        return Err(unfit(
            "columns",
            "no column is left for a code; name one as number or password",
        ));
    }
    Ok(slots)
}

fn slot(place: usize, names: Option<&[String]>, by_place: &[Meaning], told: &Told) -> Slot {
    let header = names.map(|names| names[place].clone()).filter(|name| !name.is_empty());
    let said = told.columns.as_ref().map(|columns| columns[place].trim());
    let mapped = header.as_deref().and_then(|name| header::mapped(name, told));
    let base = match (said.or(mapped), &header) {
        (Some(code), _) => header::of_code(code, header.as_deref(), &told.fields),
        (None, Some(name)) => header::known(name, &told.fields).unwrap_or(Meaning::Unknown),
        (None, None) if names.is_some() => Meaning::Unknown,
        (None, None) => by_place.get(place).cloned().unwrap_or(Meaning::Unknown),
    };
    let told = said.is_some() || mapped.is_some();
    let strict_date = !told && names.is_none() && base == Meaning::ValidUntil;
    Slot { header, meaning: base.clone(), base, told, twin: false, label: None, strict_date }
}

/// Makes columns of one meaning unknown, except the one that was told.
fn part_twins(slots: &mut [Slot]) -> Result<(), FileError> {
    for place in 0..slots.len() {
        let twins =
            |other: &usize| *other != place && is_same(&slots[*other].base, &slots[place].base);
        let twins: Vec<usize> = (0..slots.len()).filter(twins).collect();
        if slots[place].told && twins.iter().any(|twin| slots[*twin].told) {
            return Err(unfit("columns", "two columns have the same meaning; give each its own"));
        }
        slots[place].twin = !twins.is_empty() && !slots[place].told;
    }
    for slot in slots.iter_mut().filter(|slot| slot.twin) {
        (slot.base, slot.meaning) = (Meaning::Unknown, Meaning::Unknown);
    }
    Ok(())
}

fn is_same(one: &Meaning, other: &Meaning) -> bool {
    one.code().is_some_and(|code| code != "-" && other.code() == Some(code))
}

fn check_told(names: Option<&[String]>, count: usize, told: &Told) -> Result<(), FileError> {
    if let Some(columns) = &told.columns {
        if columns.len() != count {
            return Err(unfit("columns", "it names more or fewer columns than the file has"));
        }
        if !columns.iter().all(|code| is_word(code.trim())) {
            return Err(unfit(
                "columns",
                "name each column by a code like number, account or valid_until, or - to ignore it",
            ));
        }
    }
    let wanted = [
        ("number", &told.names.number),
        ("password", &told.names.password),
        (VALID_UNTIL, &told.names.valid_until),
    ];
    for (column, name) in
        wanted.into_iter().filter_map(|(column, name)| Some((column, name.as_ref()?)))
    {
        let Some(names) = names else { continue };
        let found = names.iter().filter(|found| plain(found) == plain(name)).count();
        match found {
            0 => return Err(FileError::ColumnMissing { column, name: name.clone() }),
            1 => {}
            _ => {
                return Err(unfit(
                    column,
                    "two columns of the header have this name; use columns= instead",
                ));
            }
        }
    }
    Ok(())
}

/// Whether a text can name a meaning.
fn is_word(text: &str) -> bool {
    matches!(text, "-" | "ignore") || is_field_code(text)
}

pub(crate) fn unfit(what: &str, cure: &'static str) -> FileError {
    FileError::Unfit { what: what.to_owned(), cure }
}

/// What columns without a header mean by their place.
pub(crate) fn by_place(count: usize, third_is_date: bool, told: &Told) -> Vec<Meaning> {
    let field = |code: &str| header::of_code(code, None, &told.fields);
    let has =
        |code: &str| told.fields.is_empty() || told.fields.iter().any(|field| field.code == code);
    match count {
        1 if told.fields.len() == 1 => vec![field(&told.fields[0].code)],
        1 if has("password") => vec![field("password")],
        2 if has("number") && has("password") => vec![field("number"), field("password")],
        3 if third_is_date && has("number") && has("password") => {
            vec![field("number"), field("password"), Meaning::ValidUntil]
        }
        _ => vec![Meaning::Unknown; count],
    }
}
