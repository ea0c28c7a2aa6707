//! Which passwords are too weak. Nobody is asked: what everybody tries first is known here.
//!
//! Of a password everything that can be guessed is struck out: common words, also with figures for letters, runs of the
//! keyboard and of the alphabet, repeated characters, years, and what is known of the person. What is left must be long
//! enough.

use crate::Refusal;

/// Characters of a password at least, and at most.
const CHARS_MIN: usize = 12;
const CHARS_MAX: usize = 128;
/// Characters that are left at least when everything that can be guessed is struck out.
const LEFT_MIN: usize = 7;
/// Different ones among them at least.
const DIFFERENT_MIN: usize = 5;
/// A run of this many neighbours counts as one guess.
const RUN: usize = 3;

/// Words that people choose, longest first where one begins another.
const COMMON: &str = include_str!("common.txt");

/// Rows of keyboards, in which neighbours stand beside each other.
const ROWS: [&str; 8] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "abcdefghijklmnopqrstuvwxyz",
    "147258369",
];

/// Refuses a password that others would guess. `about` is what is known of the person: name, mail address, shop.
pub fn check(password: &str, about: &[&str]) -> Result<(), Refusal> {
    let length = password.chars().count();
    if !(CHARS_MIN..=CHARS_MAX).contains(&length) {
        let detail = format!("choose {CHARS_MIN} to {CHARS_MAX} characters; a few words are good");
        return Err(Refusal::invalid("password", detail));
    }
    let left = unguessable(password, about);
    let mut different: Vec<char> = left.chars().collect();
    different.sort_unstable();
    different.dedup();
    if left.chars().count() < LEFT_MIN || different.len() < DIFFERENT_MIN {
        let detail = "it is made of what is tried first: common words, runs of the keyboard, years, your own name; \
                      choose a few words that have nothing to do with each other";
        return Err(Refusal::invalid("password", detail));
    }
    Ok(())
}

/// What is left of a password when everything that can be guessed is struck out.
fn unguessable(password: &str, about: &[&str]) -> String {
    let mut text: Vec<char> = password.to_lowercase().chars().map(plain).collect();
    let own = about.iter().flat_map(|text| {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
    });
    let own = own.filter(|word| word.chars().count() >= 3);
    let common = COMMON.lines().filter(|line| !line.is_empty()).map(str::to_owned);
    let mut words: Vec<Vec<char>> =
        own.chain(common).map(|word| word.chars().map(plain).collect()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &words {
        strike(&mut text, word);
    }
    strike_runs(&mut text);
    text.into_iter().filter(|c| *c != STRUCK && !c.is_whitespace()).collect()
}

/// Stands where something was struck out, so that what is left does not slide together.
const STRUCK: char = '\u{0}';

/// The letter that a figure or a sign is written for.
fn plain(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        c => c,
    }
}

fn strike(text: &mut [char], word: &[char]) {
    let mut at = 0;
    while at + word.len() <= text.len() {
        if text[at..at + word.len()] == *word {
            text[at..at + word.len()].fill(STRUCK);
            at += word.len();
        } else {
            at += 1;
        }
    }
}

/// Strikes out runs: neighbours on a keyboard or in the alphabet, in either direction, and repetitions.
fn strike_runs(text: &mut [char]) {
    let rows: Vec<Vec<char>> = ROWS.iter().map(|row| row.chars().map(plain).collect()).collect();
    let mut at = 0;
    while at < text.len() {
        let run = run_from(&text[at..], &rows);
        if run >= RUN {
            text[at..at + run].fill(STRUCK);
            at += run;
        } else {
            at += 1;
        }
    }
}

fn run_from(text: &[char], rows: &[Vec<char>]) -> usize {
    if text[0] == STRUCK {
        return 0;
    }
    let same = text.iter().take_while(|c| **c == text[0]).count();
    let along = |row: &[char], step: isize| {
        let starts = (0..row.len()).filter(|at| row[*at] == text[0]);
        let length = |start: usize| {
            let next =
                |n: usize| row.get(usize::try_from(start as isize + step * n as isize).ok()?);
            (0..text.len()).take_while(|n| next(*n) == Some(&text[*n])).count()
        };
        starts.map(length).max().unwrap_or(0)
    };
    let runs = rows.iter().flat_map(|row| [along(row, 1), along(row, -1)]);
    runs.max().unwrap_or(0).max(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_refused() {
        for weak in [
            "password",
            "short-one",
            "passwordpassword",
            "Password123456!",
            "P@ssw0rd2026!!",
            "qwertyuiop123456",
            "1q2w3e4r5t6y7u8i",
            "1qaz2wsx3edc",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "woaini1314520!!",
            "administrator123",
            "iloveyou20262026",
            "1234567890123456",
            "letmeinletmein!!",
            "tessera-tessera-1",
            "zhangwei-zhangwei",
            "Zhang.Wei.1990.01",
            "galaxy-shop-2026",
        ] {
            let about = ["Zhang Wei", "zhang.wei@galaxy.example", "Galaxy Shop"];
            assert!(check(weak, &about).is_err(), "{weak}");
        }
        assert!(check(&"长".repeat(129), &[]).is_err());
    }

    #[test]
    fn words_that_have_nothing_to_do_with_each_other_are_good() {
        for good in [
            "correct horse battery staple",
            "tPz8-kvQ2-wRw6",
            "七只鸭子过河看月亮去了呀",
            "gravel-mitten-oboe",
            "xK9#mQ2$vL7pn",
        ] {
            assert_eq!(check(good, &["Zhang Wei", "zhang.wei@galaxy.example"]), Ok(()), "{good}");
        }
    }
}
