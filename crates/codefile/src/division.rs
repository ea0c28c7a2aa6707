//! Finds what divides the lines of a text file, from all of its lines.

use crate::profile::{CANDIDATES, COLON, COMMA, Profile, RARE, SPACE, USUAL};
use crate::told::{Separator, Told};

/// What divides the lines, as far as they say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Division {
    /// The candidate and how often it stands in a line; `None`: whole lines.
    pub(crate) by: Option<(usize, usize)>,
    /// What else it could be, when it is not plain.
    pub(crate) doubt: Option<Vec<usize>>,
}

impl Division {
    fn plain(by: Option<(usize, usize)>) -> Self {
        Self { by, doubt: None }
    }

    pub(crate) fn separator(&self) -> Option<&'static str> {
        self.by.map(|(candidate, _)| CANDIDATES[candidate])
    }
}

/// Decides by the lines that were seen, and by how many columns were told.
pub(crate) fn decide(profile: &Profile, columns: Option<usize>) -> Division {
    match columns {
        Some(0 | 1) => Division::plain(None),
        Some(columns) => by_columns(profile, columns - 1),
        None => by_lines(profile),
    }
}

/// With so many columns told, what divides most lines so.
fn by_columns(profile: &Profile, count: usize) -> Division {
    let mut fits: Vec<(u64, usize)> = (0..CANDIDATES.len())
        .map(|at| (profile.having(at, count), at))
        .filter(|fit| fit.0 > 0)
        .collect();
    fits.sort_by_key(|(lines, at)| (std::cmp::Reverse(*lines), *at));
    let Some((lines, best)) = fits.first().copied() else { return Division::plain(None) };
    let rivals: Vec<usize> =
        fits.iter().filter(|(having, _)| *having == lines).map(|(_, at)| *at).collect();
    let doubt = (rivals.len() > 1).then_some(rivals);
    Division { by: Some((best, count)), doubt }
}

fn by_lines(profile: &Profile) -> Division {
    let uniform: Vec<usize> =
        (0..CANDIDATES.len()).filter(|at| profile.uniform(*at).is_some()).collect();
    let by = |at: usize| Some((at, profile.most(at).0));
    let usual: Vec<usize> = uniform.iter().copied().filter(|at| *at < USUAL).collect();
    // A rare sign that stands alike in every line may be what divides.
    // Against a single comma so may a colon or a space; with dates and times they are at home.
    let weak = usual.first() == Some(&COMMA) && profile.uniform(COMMA) == Some(1);
    let is_rival = |at: &usize| *at < RARE || weak && matches!(*at, COLON | SPACE);
    // In every line is enough, be it more often in some.
    let in_all = |at: &usize| profile.with(*at) == profile.lines;
    let rivals: Vec<usize> = (0..CANDIDATES.len()).filter(in_all).filter(is_rival).collect();
    // A comma is at home in codes more than a tab or four hyphens are.
    let stronger = |at: usize| (0..at.min(2)).any(|rival| profile.with(rival) > 0);
    match usual.first().copied() {
        Some(at) if rivals.len() == 1 && !stronger(at) => Division::plain(by(at)),
        Some(at) => {
            let mut all: Vec<usize> = (0..USUAL).filter(|at| profile.with(*at) > 0).collect();
            all.extend(rivals.iter().filter(|rival| **rival >= USUAL));
            Division { by: by(at), doubt: Some(all) }
        }
        None => {
            // Colons and spaces are at home in codes, so they must stand alike in many lines.
            let half = |at: usize| {
                let with = profile.with(at);
                let alike = if at < RARE { with } else { profile.most(at).1 };
                with > 0 && (with == profile.lines || 2 * alike >= profile.lines)
            };
            let likely = (0..CANDIDATES.len())
                .filter(|at| if *at < USUAL { profile.with(*at) > 0 } else { half(*at) });
            let mut likely: Vec<usize> = likely.collect();
            likely.sort_by_key(|at| (std::cmp::Reverse(profile.most(*at).1), *at));
            match likely.first().copied() {
                None => Division::plain(None),
                Some(at) => Division { by: by(at), doubt: Some(likely) },
            }
        }
    }
}

/// What the caller said, or answered, about the division of lines.
pub(crate) enum Said {
    /// Nothing.
    Nothing,
    /// This text divides.
    Text(String),
    /// Nothing divides.
    WholeLine,
}

pub(crate) fn said(told: &Told) -> Said {
    match (&told.separator, told.answer("separator")) {
        (Some(Separator::Text(text)), _) if text.is_empty() => Said::WholeLine,
        (Some(Separator::Text(text)), _) => Said::Text(text.clone()),
        (Some(Separator::WholeLine), _) | (None, Some("none")) => Said::WholeLine,
        (None, Some(answer)) => Said::Text(if answer == "tab" { "\t" } else { answer }.to_owned()),
        (None, None) => Said::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let mut profile = Profile::new(None);
        (1..).zip(lines).for_each(|(number, line)| profile.line(number, line));
        let found = decide(&profile, None);
        let names = |at: &usize| CANDIDATES[*at];
        let shown = match (&found.doubt, found.by) {
            (None, None) => "whole".to_owned(),
            (None, Some((at, count))) => format!("{} {count}", CANDIDATES[at]),
            (Some(doubt), _) => {
                format!("? {}", doubt.iter().map(names).collect::<Vec<_>>().join(" "))
            }
        };
        assert_eq!(shown, expected, "{lines:?}");
    }

    #[test]
    fn one_division_for_the_whole_file() {
        check(&["P1", "P2"], "whole");
        check(&["A----P", "B----Q"], "---- 1");
        check(&["A,P,2027-01-31", "B,Q,2027-01-31"], ", 2");
        check(&["A\tP,1", "B\tQ"], "\t 1");
        check(&["A,P,2027-01-31T08:00:00Z"], ", 2");
        check(&["AAAAA-BBBBB", "CCCCC-DDDDD"], "whole");
        check(&["https://x/s/1?pwd=a", "https://x/s/2?pwd=b"], "whole");
        check(&["a:b;c", "d", "e|f"], "whole");
        check(&["a|b", "c|d|e", "f|g|h|i"], "? |");
    }

    #[test]
    fn what_mixes_is_a_doubt() {
        check(&["A----P", "B,Q"], "? ---- ,");
        check(&["A----P,1", "B----Q,2"], "? ---- ,");
        check(&["A,P", "B----Q,1"], "? ---- ,");
        check(&["A,P", "Q"], "? ,");
        check(&["A,P", "B,Q,2027-01-31"], "? ,");
        check(&["A|P", "B|Q"], "? |");
        check(&["A P 2020-01-31", "B Q 2020-01-31"], "?  ");
        check(&["a@b.c:Pw1", "d@e.f:Pw2"], "? :");
        check(&["A|P,1", "B|Q,2"], "? , |");
        check(&["A:,1", "B:Q,2"], "? , :");
        check(&["A, 1", "B, 2"], ", 1");
        check(&["A|,1", "B||Q,2"], "? , |");
    }

    #[test]
    fn columns_that_were_told_decide() {
        let mut profile = Profile::new(None);
        for (number, line) in (1..).zip(["a,b----c----d", "e----f----g", "h"]) {
            profile.line(number, line);
        }
        let found = decide(&profile, Some(3));
        assert_eq!((found.separator(), found.doubt), (Some("----"), None));
        assert_eq!(decide(&profile, Some(1)).by, None);
    }
}
